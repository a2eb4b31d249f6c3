/**
 * Queue mappings with parameters other than those of ../shared/conformance/lambda-behaviour. What is expected follows from AWS's rules (rows of
 * aws-facts.md), by arithmetic; nothing is read off a run.
 */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { about, answersOf, deployed, documentOf, fails, fn, mapping, of, queue, send } from './document.fixture'

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
    // four messages within 1.5 s
    expect(invocations).toBe(1)
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

test('how long messages wait, one by one: four of a group, 2 s each', () => {
  const senders = Object.fromEntries(
    Array.from({ length: 4 }, (_, i) => [`Client${i}`, send(1, { group: 'g', body: { n: i } })]),
  )
  const asked = ['min', 'mean', 'p50', 'p90', 'max'].map((name) => of(`queueDelay.${name}`, 'Queue'))
  const found = answersOf(
    documentOf({
      ...senders,
      Queue: queue({ FifoQueue: true }),
      Mapping: mapping({ BatchSize: 1 }),
      Fn: fn([{ wait: 2 }], {}, { provision: 0, init: 0, overhead: 0 }),
    }),
    [...asked, of('queueDelay.p50', 'Queue', { during: [3, 'end'] })],
  )
  expect(found.map((value) => Math.round((value as number) * 1_000) / 1_000)).toEqual([0, 3, 2, 6, 6, 4])
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

test('pollers that are all busy do not hide a backlog: a minute of it adds 300 however long a call takes (SQS-ESM-3)', () => {
  const found = answersOf(
    documentOf({
      Client: {
        Type: 'Coldstart::Client',
        Behavior: { traffic: { pattern: 'constant', rate: 20 }, call: 'sqs:SendMessage', to: 'Queue' },
      },
      Queue: queue({ VisibilityTimeout: 240 }),
      Mapping: mapping({ BatchSize: 1 }),
      Fn: fn([{ wait: 40 }], { Timeout: 60 }),
    }),
    [of('concurrency.at(60s)', 'Fn'), of('concurrency.at(63s)', 'Fn'), of('pollers.at(123s)', 'Mapping')],
  )
  expect(found).toEqual([5, 305, 605])
})
