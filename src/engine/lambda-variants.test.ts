/**
 * The kinds of cases in ../shared/conformance/lambda-behaviour with other parameters. What is expected follows from AWS's rules (rows of aws-facts.md),
 * by arithmetic; nothing is read off a run.
 */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../model/scenario'
import { answersOf, calls, deployed, documentOf, fn, mapping, queue, send, version } from './lambda-variants.fixture'
import type { MetricQuery } from './query'

const fails: JsonObject = { fail: { type: 'ValueError', message: 'no such order' } }
const of = (m: string, id: string, more: Omit<MetricQuery, 'm' | 'of'> = {}): MetricQuery => ({ m, of: id, ...more })
/** Two numbers that differ by what starting, queueing and answering take in the teaching profile, together under 0.3 s. */
const about = (value: Json, expected: number): void => {
  expect(value).toBeGreaterThanOrEqual(expected)
  expect(value).toBeLessThan(expected + 0.3)
}

describe('asynchronous events (INV-3 to INV-12)', () => {
  const config = (more: JsonObject): JsonObject => ({
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: 'Fn', DestinationConfig: { OnFailure: { Destination: 'Failed' } }, ...more },
  })
  const asked = [
    of('attempts', 'Fn'),
    of('record', 'Failed', { field: 'requestContext.condition' }),
    of('record', 'Failed', { field: 'requestContext.approximateInvokeCount' }),
    of('record.at', 'Failed'),
  ]
  const failing = (seconds: number, more: JsonObject, resources: JsonObject = {}): Json[] =>
    answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn'),
        Fn: fn([{ wait: seconds }, fails], { Timeout: 60 }),
        Config: config(more),
        Failed: queue(),
        ...resources,
      }),
      asked,
    )

  test.each([
    [0, 0],
    [0, 4],
    [1, 0],
    [1, 7],
    [2, 0],
    [2, 12.5],
  ])('%d retries of %d s: 1 and 2 min after the end of the one before', (retries, seconds) => {
    const [attempts, condition, count, at] = failing(seconds, { MaximumRetryAttempts: retries }) as [
      number,
      string,
      number,
      number,
    ]
    expect([attempts, condition, count]).toEqual([retries + 1, 'RetriesExhausted', retries + 1])
    about(at, (retries + 1) * seconds + [0, 60, 180][retries]!)
  })

  test.each([
    // a retry that would start at the limit or later is not waited for (INV-6)
    [60, 0, 1, 'EventAgeExceeded', 0],
    [61, 0, 2, 'EventAgeExceeded', 60],
    [75, 20, 1, 'EventAgeExceeded', 20],
    [90, 20, 2, 'EventAgeExceeded', 100],
    [150, 0, 2, 'EventAgeExceeded', 60],
    [180, 0, 2, 'EventAgeExceeded', 60],
    [182, 0, 3, 'RetriesExhausted', 180],
    [182, 2, 2, 'EventAgeExceeded', 64],
    [21_600, 3, 3, 'RetriesExhausted', 189],
  ])('a maximum age of %d s with %d s of work: %d attempts, %s', (age, seconds, attempts, condition, at) => {
    const found = failing(seconds, { MaximumEventAgeInSeconds: age })
    expect(found.slice(0, 3)).toEqual([attempts, condition, attempts])
    about(found[3]!, at)
  })

  test('a maximum age or a number of retries out of range is refused (INV-3, INV-5)', () => {
    for (const bad of [
      { MaximumEventAgeInSeconds: 59 },
      { MaximumEventAgeInSeconds: 21_601 },
      { MaximumRetryAttempts: 3 },
    ])
      expect(deployed({ Fn: fn([]), Config: config(bad), Failed: queue() })).toBe('refused')
  })

  test.each([1, 2, 5])('first %d attempts fail, then it succeeds or the retries are used up', (first) => {
    const steps = [{ fail: { attempts: Array.from({ length: first }, (_, i) => i + 1) } }]
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 3),
        Fn: fn(steps, {}, { response: { done: true } }),
        Config: {
          Type: 'AWS::Lambda::EventInvokeConfig',
          Properties: {
            FunctionName: 'Fn',
            DestinationConfig: { OnSuccess: { Destination: 'Good' }, OnFailure: { Destination: 'Failed' } },
          },
        },
        Good: queue(),
        Failed: queue(),
      }),
      [
        of('attempts', 'Fn'),
        of('records', 'Good', { where: { 'requestContext.condition': 'Success', 'responsePayload.done': true } }),
        of('records', 'Failed'),
        of('record', 'Good', { field: 'requestContext.approximateInvokeCount' }),
      ],
    )
    const good = first <= 2
    expect(found).toEqual([3 * Math.min(3, first + 1), good ? 3 : 0, good ? 0 : 3, good ? first + 1 : null])
  })

  test.each([1, 3])('the record of a timeout after %d s (LAM-53)', (timeout) => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 1, { body: { order: 7 } }),
        Fn: fn([{ wait: timeout + 2 }], { Timeout: timeout }),
        Config: config({ MaximumRetryAttempts: 0 }),
        Failed: queue(),
      }),
      [
        of('record', 'Failed', { field: 'responsePayload.errorType' }),
        of('record', 'Failed', { field: 'responsePayload.errorMessage' }),
        of('record', 'Failed', { field: 'responseContext.functionError' }),
        of('record', 'Failed', { field: 'responseContext.statusCode' }),
        of('record', 'Failed', { field: 'requestPayload.order' }),
        of('timeouts', 'Fn'),
        of('duration.max', 'Fn'),
      ],
    )
    expect(found.slice(0, 1)).toEqual(['Sandbox.Timedout'])
    expect(found[1]).toMatch(new RegExp(`Task timed out after ${timeout}\\.\\d\\d seconds`))
    expect(found.slice(2)).toEqual(['Unhandled', 200, 7, 1, timeout])
  })

  test('reserved 0: no attempt, at once, without a response (INV-7)', () => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 4),
        Fn: fn([], { ReservedConcurrentExecutions: 0 }),
        Config: config({}),
        Failed: queue(),
      }),
      [
        of('attempts', 'Fn'),
        of('records', 'Failed', { where: { 'requestContext.condition': 'ZeroReservedConcurrency' } }),
        of('records', 'Failed', { where: { responseContext: null, responsePayload: null } }),
        of('record', 'Failed', { field: 'requestContext.approximateInvokeCount' }),
        of('success', 'Caller'),
      ],
    )
    expect(found).toEqual([0, 4, 4, 0, 1])
  })

  test('throttled: back after 1, 2, 4 s and so on, without using up retries (INV-4)', () => {
    const found = answersOf(
      documentOf({
        First: calls('lambda:Invoke', 'Fn', 1, { body: { keep: true } }),
        Caller: {
          ...calls('lambda:InvokeAsync', 'Fn'),
          Behavior: { traffic: { pattern: 'once', at: 1 }, call: 'lambda:InvokeAsync', to: 'Fn' },
        },
        Fn: fn([{ wait: 20 }], { Timeout: 30, ReservedConcurrentExecutions: 1 }),
        Config: config({ MaximumRetryAttempts: 0 }),
        Failed: queue(),
      }),
      [of('attempts', 'Fn'), of('throttles', 'Fn'), of('starts', 'Fn'), of('records', 'Failed')],
    ) as [number, number, number[], number]
    // refused at 1, 2, 4, 8 and 16 s; free at 20 s, so at 32 s
    expect([found[0], found[1], found[3]]).toEqual([2, 5, 0])
    about(found[2][1]!, 32)
  })

  test('a dead-letter queue and a destination get their copies (INV-9, INV-12)', () => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 2, { body: { order: 9 } }),
        Fn: fn([fails], { DeadLetterConfig: { TargetArn: 'Dead' } }),
        Config: config({ MaximumRetryAttempts: 1 }),
        Failed: queue(),
        Dead: queue(),
      }),
      [
        of('records', 'Dead', { where: { order: 9 } }),
        of('records', 'Failed', { where: { 'requestPayload.order': 9, 'responsePayload.errorType': 'ValueError' } }),
        of('record', 'Dead', { field: 'attributes.ErrorMessage.StringValue' }),
        of('queue.depth', 'Dead'),
        of('lost', 'Fn'),
      ],
    )
    expect(found).toEqual([2, 2, 'no such order', 2, 0])
  })
})

describe('concurrency (LAM-45 to LAM-49)', () => {
  test.each([
    [2, 9],
    [5, 8],
    [7, 7],
  ])('reserved %d, %d at once', (reserved, count) => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:Invoke', 'Fn', count),
        Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: reserved }),
      }),
      [
        of('invocations', 'Fn'),
        of('throttles', 'Fn'),
        of('errors', 'Fn'),
        of('success', 'Caller'),
        of('concurrency.max', 'Fn'),
      ],
    )
    const run = Math.min(reserved, count)
    expect(found).toEqual([run, count - run, 0, run / count, run])
  })

  test.each([
    [3, 5],
    [10, 15],
    [4, 2],
  ])('provisioned %d, %d at once', (provisioned, count) => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:Invoke', 'Live', count),
        Fn: fn([{ wait: 1 }]),
        V1: version({}),
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: 'Fn',
            FunctionVersion: 'V1',
            ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned },
          },
        },
      }),
      [
        of('coldStarts', 'Fn'),
        of('provisionedStarts', 'Live'),
        of('ProvisionedConcurrencySpilloverInvocations', 'Live'),
      ],
    )
    const spilled = Math.max(0, count - provisioned)
    expect(found).toEqual([spilled, count - spilled, spilled])
  })

  test.each([
    [1, 2, 'refused'],
    [2, 2, 'ok'],
    [5, 7, 'refused'],
    [7, 5, 'ok'],
  ])('reserved %d with %d provisioned is %s', (reserved, provisioned, status) => {
    const resources = {
      Caller: calls('lambda:Invoke', 'Fn', 3),
      Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: reserved }),
      V1: version({ ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned } }),
    }
    const [found, throttles] = answersOf(documentOf(resources), [{ m: 'deploy.status' }, of('throttles', 'Fn')])
    expect(found).toBe(status)
    // what is left for $LATEST is reserved less provisioned (LAM-49)
    if (status === 'ok') expect(throttles).toBe(3 - Math.min(3, reserved - provisioned))
  })

  test.each([
    [900, 'ok'],
    [901, 'refused'],
  ])('%d reserved in an account of 1,000 is %s (LAM-42)', (reserved, status) =>
    expect(deployed({ Fn: fn([], { ReservedConcurrentExecutions: reserved }) })).toBe(status),
  )

  test.each([0, 0.1, 0.5, 1])('a weight of %d for the second version (LAM-61)', (weight) => {
    const total = 4_000
    const [first, second, share] = answersOf(
      documentOf({
        Caller: {
          Type: 'Coldstart::Client',
          Behavior: { traffic: { pattern: 'constant', rate: 200, count: total }, call: 'lambda:Invoke', to: 'Live' },
        },
        Fn: fn([]),
        V1: version({}),
        V2: version({}),
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: {
            FunctionName: 'Fn',
            FunctionVersion: 'V1',
            RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: weight }] },
          },
        },
      }),
      [of('invocations', 'V1'), of('invocations', 'V2'), of('share', 'Live', { where: { version: 2 } })],
    ) as [number, number, number]
    expect(first + second).toBe(total)
    expect(share).toBe(second / total)
    expect(Math.abs(second - weight * total)).toBeLessThanOrEqual(3 * Math.sqrt(total * weight * (1 - weight)))
  })
})

describe('handlers (LAM-2, LAM-3, LAM-53)', () => {
  test.each([
    [128, 2 * (1_769 / 128)],
    [512, 2 * (1_769 / 512)],
    [1_769, 2],
    // one thread uses one vCPU at most
    [3_538, 2],
  ])('2 vCPU-seconds in %d MB take %d s', (memory, seconds) => {
    const [duration] = answersOf(
      documentOf({ Caller: calls('lambda:Invoke', 'Fn'), Fn: fn([{ cpu: 2 }], { MemorySize: memory, Timeout: 60 }) }),
      [of('duration.max', 'Fn')],
    ) as [number]
    expect(Math.abs(duration - seconds)).toBeLessThan(0.01)
  })

  test.each([
    [3, 2.9, 0],
    [3, 3.5, 1],
    [10, 60, 1],
  ])('timeout %d s, work of %d s: %d timeouts', (timeout, seconds, timeouts) => {
    const found = answersOf(
      documentOf({ Caller: calls('lambda:Invoke', 'Fn'), Fn: fn([{ wait: seconds }], { Timeout: timeout }) }),
      [of('timeouts', 'Fn'), of('errors', 'Fn', { where: { type: 'Sandbox.Timedout' } }), of('success', 'Caller')],
    )
    // the call itself is answered with 200 (LAM-53), but what it did is an error
    expect(found.slice(0, 2)).toEqual([timeouts, timeouts])
  })

  test.each([
    [128, 100, 0],
    [128, 140, 1],
    [512, 140, 0],
  ])('%d MB for code that needs %d: killed %d times', (memory, needs, killed) => {
    const [errors] = answersOf(
      documentOf({
        Caller: calls('lambda:Invoke', 'Fn'),
        Fn: fn([{ memory: needs, scope: 'handler' }], { MemorySize: memory }, { memory: 10 }),
      }),
      [of('errors', 'Fn')],
    )
    expect(errors).toBe(killed)
  })
})

describe('queue mappings (SQS-ESM-1 to SQS-ESM-10)', () => {
  test.each([
    [25, 10, 3],
    [25, 1, 25],
    [7, 3, 3],
    [30, 10, 3],
  ])('%d messages at once in batches of %d: %d invocations', (count, batch, invocations) => {
    const found = answersOf(
      documentOf({ Client: send(count), Queue: queue(), Mapping: mapping({ BatchSize: batch }), Fn: fn([]) }),
      [
        of('invocations', 'Fn'),
        of('receives', 'Queue'),
        of('NumberOfMessagesDeleted', 'Queue'),
        of('records', 'Queue'),
      ],
    )
    expect(found).toEqual([invocations, count, count, 0])
  })

  test.each([
    [11, 0, 'refused'],
    [11, 1, 'ok'],
    [10, 0, 'ok'],
    [10_000, 1, 'ok'],
    [10_001, 1, 'refused'],
    [10, 301, 'refused'],
  ])('batch size %d with a window of %d s is %s', (size, window, status) =>
    expect(
      deployed({
        Queue: queue(),
        Fn: fn([]),
        Mapping: mapping({ BatchSize: size, MaximumBatchingWindowInSeconds: window }),
      }),
    ).toBe(status),
  )

  test.each([
    [30, 60, 'refused'],
    [29, 30, 'refused'],
    [30, 30, 'ok'],
    [180, 30, 'ok'],
  ])('visibility %d s, function timeout %d s: %s (SQS-ESM-2)', (visibility, timeout, status) =>
    expect(
      deployed({
        Queue: queue({ VisibilityTimeout: visibility }),
        Fn: fn([], { Timeout: timeout }),
        Mapping: mapping(),
      }),
    ).toBe(status),
  )

  test.each([2, 20, 300])('a window of %d s gathers what comes within it', (window) => {
    const [invocations, starts] = answersOf(
      documentOf({
        Client: {
          Type: 'Coldstart::Client',
          Behavior: { traffic: { pattern: 'constant', rate: 2, count: 4 }, call: 'sqs:SendMessage', to: 'Queue' },
        },
        Queue: queue({ VisibilityTimeout: 400 }),
        Mapping: mapping({ BatchSize: 50, MaximumBatchingWindowInSeconds: window }),
        Fn: fn([]),
      }),
      [of('invocations', 'Fn'), of('starts', 'Fn')],
    ) as [number, number[]]
    // four messages within 1.5 s; each poller that received one waits out its own window
    expect(invocations).toBeGreaterThanOrEqual(1)
    expect(invocations).toBeLessThanOrEqual(4)
    expect(starts[0]).toBeGreaterThanOrEqual(window)
  })

  test.each([
    [1, 5],
    [2, 7],
    [4, 12],
  ])('the first %d attempts fail, visibility %d s: that long apart at least, then deleted', (first, visibility) => {
    const [invocations, starts, deleted, left] = answersOf(
      documentOf({
        Client: send(),
        Queue: queue({ VisibilityTimeout: visibility }),
        Mapping: mapping({ BatchSize: 1 }),
        Fn: fn([{ fail: { attempts: Array.from({ length: first }, (_, i) => i + 1) } }]),
      }),
      [of('invocations', 'Fn'), of('starts', 'Fn'), of('NumberOfMessagesDeleted', 'Queue'), of('records', 'Queue')],
    ) as [number, number[], number, number]
    expect([invocations, deleted, left]).toEqual([first + 1, 1, 0])
    starts.slice(1).forEach((at, i) => about(at - starts[i]!, visibility))
  })

  test.each([
    [1, 6],
    [3, 4],
    [5, 10],
  ])('maxReceiveCount %d, always failing: received so often, then dead (SQS-5)', (most, visibility) => {
    const found = answersOf(
      documentOf({
        Client: send(2),
        Queue: queue({
          VisibilityTimeout: visibility,
          RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: most },
        }),
        Dead: queue(),
        Mapping: mapping({ BatchSize: 1 }),
        Fn: fn([fails]),
      }),
      [
        of('receives', 'Queue'),
        of('attempts', 'Fn'),
        of('queue.depth', 'Dead'),
        of('records', 'Queue'),
        of('record.at', 'Dead'),
      ],
    )
    expect(found.slice(0, 4)).toEqual([2 * most, 2 * most, 2, 0])
    about(found[4]!, most * visibility)
  })

  // of three messages: what comes back when the handler returns this (SQS-ESM-7)
  test.each<[Json, number]>([
    [{}, 0],
    [null, 0],
    [{ batchItemFailures: [] }, 0],
    [{ batchItemFailures: null }, 0],
    [{ batchItemFailures: [{ itemIdentifier: '#2' }] }, 1],
    [{ batchItemFailures: [{ itemIdentifier: '#1' }, { itemIdentifier: '#3' }] }, 2],
    [{ batchItemFailures: [{ itemIdentifier: '' }] }, 3],
    [{ batchItemFailures: [{ itemIdentifier: null }] }, 3],
    [{ batchItemFailures: [{ foo: '#2' }] }, 3],
    [{ batchItemFailures: [{ itemIdentifier: 'nobody' }] }, 3],
    [{ batchItemFailures: 'all' }, 3],
  ])('the response %j leaves %d of three', (response, failed) => {
    const resources = (reports: boolean): JsonObject => ({
      Client: send(3),
      Queue: queue({ VisibilityTimeout: 5, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } }),
      Dead: queue(),
      Mapping: mapping({ BatchSize: 3, ...(reports ? { FunctionResponseTypes: ['ReportBatchItemFailures'] } : {}) }),
      Fn: fn([], {}, { response }),
    })
    expect(answersOf(documentOf(resources(true)), [of('records', 'Dead'), of('attempts', 'Fn')])).toEqual([failed, 1])
    // a mapping that does not ask for it does not look
    expect(answersOf(documentOf(resources(false)), [of('records', 'Dead'), of('attempts', 'Fn')])).toEqual([0, 1])
  })

  test.each([
    [10, 3],
    [6, 2],
    [4, 1],
  ])('one poison message among %d, maxReceiveCount %d', (count, most) => {
    const run = (more: JsonObject): Json[] =>
      answersOf(
        documentOf({
          Client: send(count, { poison: [2], body: { n: 1 } }),
          Queue: queue({ VisibilityTimeout: 5, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: most } }),
          Dead: queue(),
          Table: { Type: 'AWS::DynamoDB::Table' },
          Mapping: mapping({ BatchSize: count, ...more }),
          Fn: fn(
            [
              { fail: { poison: true }, perMessage: true },
              { call: 'dynamodb:PutItem', to: 'Table', perMessage: true },
            ],
            {},
            more['FunctionResponseTypes'] === undefined ? {} : { reportFailures: true },
          ),
        }),
        [of('queue.depth', 'Dead'), of('effects', 'Table'), of('duplicateEffects', 'Table'), of('attempts', 'Fn')],
      )
    // the handler works message by message and stops at the second: the first is done again each time, and all are dead at last
    expect(run({})).toEqual([count, most, most - 1, most])
    // reported alone: the others are done once
    expect(run({ FunctionResponseTypes: ['ReportBatchItemFailures'] })).toEqual([1, count - 1, 0, most])
  })

  test.each([
    [5, 10],
    [30, 45],
  ])('a delay of %d s: nothing before, whatever the visibility', (delay, visibility) => {
    const [starts, delayed] = answersOf(
      documentOf({
        Client: send(),
        Queue: queue({ DelaySeconds: delay, VisibilityTimeout: visibility }),
        Mapping: mapping(),
        Fn: fn([]),
      }),
      [of('starts', 'Fn'), of('ApproximateNumberOfMessagesDelayed', 'Queue', { stat: 'Maximum' })],
    ) as [number[], number]
    expect(delayed).toBe(1)
    about(starts[0]!, delay)
  })

  test.each([
    [3, 2],
    [1, 5],
    [4, 4],
  ])('a FIFO queue with %d groups of %d messages: as many at once (SQS-ESM-10)', (groups, each) => {
    const senders = Object.fromEntries(
      Array.from({ length: groups * each }, (_, i) => [
        `Client${String(i).padStart(2, '0')}`,
        send(1, { group: `g${i % groups}`, body: { n: i } }),
      ]),
    )
    const found = answersOf(
      documentOf({
        ...senders,
        Queue: queue({ FifoQueue: true }),
        Mapping: mapping({ BatchSize: 1 }),
        Fn: fn([{ wait: 2 }]),
      }),
      [of('concurrency.max', 'Fn'), of('envs.max', 'Fn'), of('invocations', 'Fn'), of('records', 'Queue')],
    )
    expect(found).toEqual([groups, groups, groups * each, 0])
  })

  test.each([
    [[0, 1, 1, 2], 2],
    [[0, 0, 3], 3],
    [[2, 0, 0], 3],
    [[1, 1, 1, 1, 1], 4],
  ])(
    'a FIFO group of messages that fail %j times, maxReceiveCount %d: the first failure takes those behind it along',
    (times, most) => {
      const senders = Object.fromEntries(
        times.map((failAttempts, i) => [`Client${i}`, send(1, { group: 'g', body: { n: i, failAttempts } })]),
      )
      // by hand: each round hands out what is left in order; a message is done when its attempts are used up and none before it failed
      let left = times.map((need, n) => ({ n, need, receives: 0 }))
      let rounds = 0
      const dead: number[] = []
      for (;;) {
        for (const it of left.filter(({ receives }) => receives >= most)) dead.push(it.n)
        left = left.filter(({ receives }) => receives < most)
        if (left.length === 0) break
        rounds++
        for (const it of left) it.receives++
        const first = left.findIndex(({ need, receives }) => receives <= need)
        left = first < 0 ? [] : left.slice(first)
      }
      const found = answersOf(
        documentOf({
          ...senders,
          Queue: queue({
            FifoQueue: true,
            VisibilityTimeout: 8,
            RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: most },
          }),
          Dead: queue({ FifoQueue: true }),
          Mapping: mapping({ BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'] }),
          Fn: fn(
            [
              { wait: 0, perMessage: true },
              { fail: { field: 'failAttempts' }, perMessage: true },
            ],
            {},
            { reportFailures: true },
          ),
        }),
        [of('invocations', 'Fn'), of('record.all', 'Dead', { field: 'n' }), of('records', 'Queue')],
      )
      expect(found).toEqual([rounds, dead, 0])
    },
  )

  test.each([
    [2, 20],
    [3, 9],
    [50, 5],
  ])('a maximum concurrency of %d for %d messages of 1 s', (most, count) => {
    const [concurrency, throttles, drain] = answersOf(
      documentOf({
        Client: send(count),
        Queue: queue(),
        Mapping: mapping({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: most } }),
        Fn: fn([{ wait: 1 }]),
      }),
      [of('concurrency.max', 'Fn'), of('throttles', 'Fn'), of('drain', 'Queue')],
    ) as number[]
    const atOnce = Math.min(most, 5, count)
    expect([concurrency, throttles]).toEqual([atOnce, 0])
    about(drain!, Math.ceil(count / atOnce))
  })

  test('a message beyond the size of the queue is refused, its sender told so (SQS-2)', () => {
    const text = 'x'.repeat(2_000)
    const found = answersOf(
      documentOf({
        Client: send(1, { text }),
        Queue: queue({ MaximumMessageSize: 1_024 }),
        Fn: fn([]),
        Mapping: mapping(),
      }),
      [of('success', 'Client'), of('NumberOfMessagesSent', 'Queue'), of('invocations', 'Fn')],
    )
    expect(found).toEqual([0, 0, 0])
  })
})

test('a message is found by its text and by paths into it, wherever it lies', () => {
  const resources = (message: JsonObject): JsonObject => ({
    Client: send(1, message),
    Queue: queue({ VisibilityTimeout: 5, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } }),
    Dead: queue(),
    Mapping: mapping(),
    Fn: fn([fails]),
  })
  const asked = [
    of('record', 'Dead', { field: 'body' }),
    of('record', 'Dead', { field: 'order.id' }),
    of('record', 'Dead', { field: 'body.order.id' }),
    of('records', 'Dead', { where: { 'order.id': 5 } }),
    of('records', 'Dead', { where: { 'body.order.id': ['4', '5'], note: null } }),
    of('records', 'Dead', { where: { 'order.id': 6 } }),
  ]
  const body = { order: { id: 5 } }
  const text = JSON.stringify(body)
  expect(answersOf(documentOf(resources({ body })), asked)).toEqual([body, 5, 5, 1, 1, 0])
  expect(answersOf(documentOf(resources({ text })), asked)).toEqual([text, 5, 5, 1, 1, 0])
  expect(answersOf(documentOf(resources({ text: 'plain' })), asked.slice(0, 2))).toEqual(['plain', null])
})
