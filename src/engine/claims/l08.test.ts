/** Lesson 8, queues and mappings: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject } from '../../model/scenario'
import { simulate } from '../simulate'
import {
  BURST,
  client,
  documentOf,
  fn,
  mapping,
  measure,
  NO_OVERHEAD,
  ONCE,
  one,
  posts,
  queue,
  refusal,
  scenarioOf,
  sent,
  table,
  type Resources,
} from './run.fixture'

const DEAD = (maxReceiveCount: number): JsonObject => ({
  RedrivePolicy: { deadLetterTargetArn: 'Dlq', maxReceiveCount },
})

describe('the mapping (ESM-1, ESM-2)', () => {
  const run = (properties: JsonObject) =>
    scenarioOf(
      {
        Shop: posts(BURST(100, 1), 'Queue'),
        Queue: queue(),
        Mapping: mapping(properties),
        Fn: fn([{ wait: 0.1 }]),
      },
      60,
    )
  test('8.1 the mapping receives and calls synchronously; the queue calls nobody', () => {
    const { legend } = simulate(run({ BatchSize: 10 }))
    const between = (from: string, to: string) =>
      legend.wires.filter((wire) => wire.from === from && wire.to === to).map(({ action }) => action)
    expect(between('Mapping', 'Fn')).toEqual(['lambda:Invoke'])
    expect(between('Mapping', 'Queue').toSorted()).toEqual(['sqs:DeleteMessage', 'sqs:ReceiveMessage'])
    expect(legend.wires.filter(({ from }) => from === 'Queue')).toEqual([])
  })
  test.each([
    [10, 10],
    [1, 100],
  ])('8.2 a hundred messages in batches of %d are %d calls', (BatchSize, calls) => {
    const window = BatchSize > 1 ? { MaximumBatchingWindowInSeconds: 1 } : {}
    expect(measure(run({ BatchSize, ...window }), { calls: 'invocations Fn', left: 'queue.depth Queue' })).toEqual({
      calls,
      left: 0,
    })
  })
  test('8.3 received messages are invisible, and deleted after success', () => {
    const scenario = scenarioOf(
      { Shop: posts(ONCE(1), 'Queue'), Queue: queue(), Mapping: mapping(), Fn: fn([{ wait: 2 }], {}, NO_OVERHEAD) },
      10,
    )
    expect(
      measure(scenario, {
        visible: 'queue.depth.at(2s) Queue',
        inFlight: 'queue.inFlight.at(2s) Queue',
        afterwards: 'queue.inFlight.at(4s) Queue',
        deleted: 'NumberOfMessagesDeleted Queue',
      }),
    ).toEqual({ visible: 0, inFlight: 1, afterwards: 0, deleted: 1 })
  })
})

describe('ten messages, the fourth is poison, three receives (SQS-ESM-6, SQS-ESM-7)', () => {
  /** Does the other nine before it raises the failure of the fourth, or reports it. */
  const ALL: JsonObject[] = [
    { fail: { poison: true }, perMessage: true },
    { call: 'dynamodb:PutItem', to: 'Done', perMessage: true },
  ]
  const orders = (steps: JsonObject[], properties: JsonObject) =>
    scenarioOf(
      {
        Shop: posts(BURST(10, 1), 'Queue', { poison: [4] }),
        Queue: queue({ VisibilityTimeout: 12, ...DEAD(3) }),
        Dlq: queue(),
        Mapping: mapping({ BatchSize: 10, MaximumBatchingWindowInSeconds: 1, ...properties }),
        Fn: fn(steps, { Timeout: 2 }, { reportFailures: true }),
        Done: table,
      },
      120,
    )
  const run = (steps: JsonObject[], properties: JsonObject) =>
    measure(orders(steps, properties), {
      dead: 'queue.depth Dlq',
      effects: 'effects Done',
      duplicates: 'duplicateEffects Done',
      calls: 'invocations Fn',
      deleted: 'NumberOfMessagesDeleted Queue',
    })
  test('8.4 a batch fails as a whole: 10 dead letters, 27 effects, 18 of them again', () => {
    expect(run([...ALL, { fail: { poison: true } }], {})).toEqual({
      dead: 10,
      effects: 27,
      duplicates: 18,
      calls: 3,
      deleted: 0,
    })
  })
  test('8.5 a partial batch response isolates it: 1 dead letter, 9 effects, none again', () => {
    expect(run(ALL, { FunctionResponseTypes: ['ReportBatchItemFailures'] })).toEqual({
      dead: 1,
      effects: 9,
      duplicates: 0,
      calls: 3,
      deleted: 9,
    })
  })
  test('8.6 deleting the successes does too, with nine calls more', () => {
    const steps = [...ALL, { call: 'sqs:DeleteMessage', to: 'Queue', perMessage: true }, { fail: { poison: true } }]
    expect(run(steps, {})).toMatchObject({ dead: 1, effects: 9, duplicates: 0, calls: 3, deleted: 9 })
    expect(sent(orders(steps, {}), 'Fn', 'Queue', 'sqs:DeleteMessage')).toBe(9)
  })
  test('8.7 batches of one isolate it for 12 calls', () => {
    const steps = [...ALL, { fail: { poison: true } }]
    expect(run(steps, { BatchSize: 1, MaximumBatchingWindowInSeconds: 0 })).toMatchObject({
      dead: 1,
      effects: 9,
      duplicates: 0,
      calls: 12,
      deleted: 9,
    })
  })
})

describe('visibility (SQS-ESM-2, SQS-ESM-8)', () => {
  test('8.8 work longer than the visibility timeout is done twice', () => {
    /** Two instances take their work from the queue, 45 s a message. Within 100 s: a receipt that is too old deletes nothing, so it goes on. */
    const received = (VisibilityTimeout: number) =>
      measure(
        scenarioOf(
          {
            Shop: posts(ONCE(1), 'Queue'),
            Queue: queue({ VisibilityTimeout }),
            Done: table,
            Workers: {
              Type: 'AWS::AutoScaling::AutoScalingGroup',
              Properties: { MinSize: 2, MaxSize: 2 },
              Behavior: { worker: { queue: 'Queue', duration: 45, call: 'dynamodb:PutItem', to: 'Done' } },
            },
          },
          100,
        ),
        { effects: 'effects Workers', again: 'duplicateEffects Workers' },
      )
    expect(received(30)).toEqual({ effects: 2, again: 1 })
    expect(received(60)).toEqual({ effects: 1, again: 0 })
  })

  test('8.9 a mapping refuses 10 s for a function of 25 s', () => {
    const document = documentOf(
      { Queue: queue({ VisibilityTimeout: 10 }), Mapping: mapping(), Fn: fn([], { Timeout: 25 }) },
      10,
    )
    const { status, path, facts } = refusal(gateJson(document))
    expect([status, path]).toEqual(['refused', '/resources/Queue/Properties/VisibilityTimeout'])
    expect(facts).toContain('SQS-ESM-2')
  })

  /** 1.8 s each, the overhead of an invocation included. */
  const jobs = (VisibilityTimeout: number) =>
    scenarioOf(
      {
        Shop: posts(BURST(20), 'Queue'),
        Queue: queue({ VisibilityTimeout, ...DEAD(3) }),
        Dlq: queue(),
        Mapping: mapping({ BatchSize: 1 }),
        Fn: fn([{ wait: 1.799 }], { Timeout: 2, ReservedConcurrentExecutions: 1 }),
      },
      300,
    )
  test.each([
    [2, 10, 10],
    [4, 5, 5],
    [6, 3, 3],
    // see README.md: who is first when a poller asks again in the very moment another one ends
    [8, 2, 1],
    [12, 0, 0],
  ])(
    '8.10 hidden for %d s, of 20 healthy messages are dead-lettered: by the table %d, here %d',
    (hidden, table, dead) => {
      expect(measure(jobs(hidden), { dead: 'queue.depth Dlq', errors: 'errors Fn' })).toEqual({ dead, errors: 0 })
      expect(Math.abs(dead - table)).toBeLessThanOrEqual(1)
    },
  )
})

describe('reserved and maximum concurrency (SQS-ESM-4, SQS-ESM-8)', () => {
  const run = (reserved: number, properties: JsonObject = {}) =>
    measure(
      scenarioOf(
        {
          Shop: posts(BURST(20), 'Queue'),
          Queue: queue({ VisibilityTimeout: 60 }),
          Mapping: mapping({ BatchSize: 1, ...properties }),
          Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: reserved, Timeout: 10 }, NO_OVERHEAD),
        },
        100,
      ),
      { throttles: 'throttles Fn', done: 'successes Fn', drain: 'drain Queue' },
    )
  test.each([
    [1, 280, 20],
    [2, 104, 10],
    [4, 16, 5],
    [5, 0, 4],
  ])('8.11 reserved %d: %d throttles, and all are done after %d s', (reserved, throttles, drain) => {
    expect(run(reserved)).toEqual({ throttles, done: 20, drain })
  })
  test('8.12 maximum concurrency 2 in its place: no throttles, 10 s', () => {
    expect(run(2, { ScalingConfig: { MaximumConcurrency: 2 } })).toEqual({ throttles: 0, done: 20, drain: 10 })
  })
})

describe('load (SQS-ESM-3)', () => {
  const flood = (wait: number, properties: JsonObject = {}) =>
    scenarioOf(
      {
        Shop: posts(BURST(1_000), 'Queue'),
        Queue: queue({ VisibilityTimeout: 120 }),
        Mapping: mapping({ BatchSize: 1, ...properties }),
        Fn: fn([{ wait }], { Timeout: 10 }, NO_OVERHEAD),
      },
      300,
    )
  test('8.13 1,000 jobs of 1 s drain in 63 s: 5 pollers for a minute, then 305', () => {
    expect(measure(flood(1), { drain: 'drain Queue', peak: 'concurrency.max Fn' })).toEqual({
      drain: 63,
      peak: 305,
    })
  })
  test('8.14 a queue flattens a spike: a worker of 10/s does all in 100 s; the same spike called directly loses 990', () => {
    const worker = flood(0.5, { ScalingConfig: { MaximumConcurrency: 5 } })
    expect(measure(worker, { drain: 'drain Queue', lost: 'lost Queue', throttles: 'throttles Fn' })).toEqual({
      drain: 100,
      lost: 0,
      throttles: 0,
    })
    const direct = scenarioOf(
      { User: client(BURST(1_000), 'Fn'), Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: 10 }) },
      30,
    )
    expect(one(direct, 'throttles Fn')).toBe(990)
  })
  test('8.19 5,000 uploads through a queue: no throttles at a worker capped at 50', () => {
    const resources: Resources = {
      Uploads: client({ pattern: 'constant', rate: 500, count: 5_000 }, 'Bucket', {
        call: 's3:PutObject',
        body: { key: 'a.jpg', size: 1_000 },
      }),
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          NotificationConfiguration: {
            LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: 'Intake' }],
          },
        },
      },
      IntakeInvoked: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: 'Intake',
          Principal: 's3.amazonaws.com',
          SourceArn: 'Bucket',
        },
      },
      Intake: fn([{ call: 'sqs:SendMessage', to: 'Queue' }]),
      Queue: queue({ VisibilityTimeout: 120 }),
      Mapping: mapping({ BatchSize: 10, ScalingConfig: { MaximumConcurrency: 50 } }),
      Fn: fn([{ wait: 1 }], { ReservedConcurrentExecutions: 50, Timeout: 10 }),
    }
    expect(
      measure(scenarioOf(resources, 300), {
        throttles: 'throttles Fn',
        deleted: 'NumberOfMessagesDeleted Queue',
        lost: 'lost Queue',
      }),
    ).toEqual({ throttles: 0, deleted: 5_000, lost: 0 })
  })
})

describe('queues keep and forget (SQS-1, SQS-4, SQS-5)', () => {
  test('8.15 after the bug is fixed a move task brings the dead letters back', () => {
    const resources: Resources = {
      Shop: posts(ONCE(), 'Queue', { poison: [1] }),
      Queue: queue({ VisibilityTimeout: 18, ...DEAD(1) }),
      Dlq: queue(),
      Mapping: mapping(),
      Fn: fn([{ fail: {} }]),
      Operator: client(ONCE(60), 'Dlq', { call: 'sqs:StartMessageMoveTask' }),
    }
    const interventions = [{ at: 50, set: '/resources/Fn/Behavior/steps', value: [{ wait: 0.1 }] }]
    expect(
      measure(scenarioOf(resources, 100, { interventions }), {
        before: 'queue.depth.at(55s) Dlq',
        after: 'queue.depth Dlq',
        done: 'NumberOfMessagesDeleted Queue',
      }),
    ).toEqual({ before: 1, after: 0, done: 1 })
  })

  test('8.16 fan-out: one consumer off for 60 s, the others are unaffected and nothing is lost', () => {
    const resources: Resources = {
      Shop: client({ pattern: 'constant', rate: 1, count: 60 }, 'Orders', { call: 'sns:Publish', body: { order: 1 } }),
      Orders: { Type: 'AWS::SNS::Topic' },
    }
    for (const n of [1, 2, 3]) {
      resources[`To${n}`] = {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 'Orders', Protocol: 'sqs', Endpoint: `Queue${n}` },
      }
      resources[`Queue${n}`] = queue()
      resources[`Mapping${n}`] = mapping({ EventSourceArn: `Queue${n}`, FunctionName: `Fn${n}`, BatchSize: 1 })
      resources[`Fn${n}`] = fn([{ wait: 0.1 }])
    }
    const interventions = [
      { at: 10, fault: 'resource-down', resource: 'Fn3' },
      { at: 70, repair: 'resource-down', resource: 'Fn3' },
    ]
    const found = measure(scenarioOf(resources, 300, { interventions }), {
      one: { m: 'successes', of: 'Fn1', during: [0, 61] },
      two: { m: 'successes', of: 'Fn2', during: [0, 61] },
      three: { m: 'successes', of: 'Fn3', during: [11, 70] },
      all: { m: 'NumberOfMessagesDeleted', of: 'Queue3' },
      lost: 'lost Queue3',
    })
    expect(found).toEqual({ one: 60, two: 60, three: 0, all: 60, lost: 0 })
  })

  test('8.17 FIFO keeps the order of a group: a message that fails holds up those behind it, in a standard queue it does not', () => {
    const run = (group: JsonObject, properties: JsonObject) => {
      const message = (n: number): JsonObject => ({
        call: 'sqs:SendMessage',
        to: 'Queue',
        body: { n, failAttempts: n === 0 ? 1 : 0 },
        ...group,
      })
      const resources: Resources = {
        Start: client(ONCE(), 'Sender'),
        Sender: fn(
          Array.from({ length: 20 }, (_, n) => message(n)),
          {},
          NO_OVERHEAD,
        ),
        Queue: queue({ VisibilityTimeout: 30, ...properties }),
        Mapping: mapping({ BatchSize: 1 }),
        Fn: fn(
          [
            { wait: 0.5, perMessage: true },
            { fail: { field: 'failAttempts' }, perMessage: true },
          ],
          {},
          NO_OVERHEAD,
        ),
      }
      const { starts, ...rest } = measure(scenarioOf(resources, 60), {
        starts: 'starts Fn',
        most: 'concurrency.max Fn',
        done: 'successes Fn',
      })
      return { starts: starts as number[], ...rest }
    }
    const fifo = run({ group: 'g' }, { FifoQueue: true, ContentBasedDeduplication: true })
    expect(fifo).toMatchObject({ most: 1, done: 20 })
    expect(fifo.starts.slice(0, 4)).toEqual([0, 30, 30.5, 31])
    const standard = run({}, {})
    expect(standard).toMatchObject({ most: 5, done: 20 })
    // the other nineteen are done long before the first, which comes again at 30 s
    expect(standard.starts.filter((at) => at < 10)).toHaveLength(20)
    expect(standard.starts.at(-1)).toBe(30)
  })

  test('8.18 a queue forgets after its retention: 4 days, 14 at most', () => {
    const day = 86_400
    const run = (retention: JsonObject) =>
      measure(
        scenarioOf(
          {
            Shop: posts(BURST(10), 'Queue'),
            Queue: queue(retention),
            Mapping: mapping({ Enabled: false }),
            Fn: fn([{ wait: 0.1 }]),
            Later: client(ONCE(5.5 * day), 'Fn'),
          },
          6 * day,
          { interventions: [{ at: 5 * day, set: '/resources/Mapping/Properties/Enabled', value: true }] },
        ),
        { lost: 'lost Queue', done: 'NumberOfMessagesDeleted Queue' },
      )
    expect(run({})).toEqual({ lost: 10, done: 0 })
    expect(run({ MessageRetentionPeriod: 14 * day })).toEqual({ lost: 0, done: 10 })
  })
})
