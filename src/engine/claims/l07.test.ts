/** Lesson 7, asynchronous calls: claims of learning-design.md section 5. There is no S3 yet: a client invokes asynchronously, as S3 does. */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { logsOf } from '../../state/run/logs/small.fixture'
import {
  BURST,
  client,
  fn,
  measure,
  ONCE,
  one,
  queue,
  reasonsOf,
  scenarioOf,
  sends,
  type Resources,
} from './run.fixture'

const config = (properties: JsonObject): Resources => ({
  Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: 'Fn', ...properties } },
})
const to = (Destination: string) => ({ Destination })
const QUEUES = { Dlq: queue() }
/** Always fails after 1 s, the overhead of an invocation included. */
const FAILS: JsonObject[] = [{ wait: 0.999 }, { fail: {} }]
const failing = (properties: JsonObject = {}, more: Resources = {}, duration = 400) =>
  scenarioOf({ Source: sends(ONCE(), 'Fn'), Fn: fn(FAILS, properties), ...more }, duration)

/** A bucket that tells a function of every new object, and may. */
const bucket = (fn = 'Fn'): Resources => ({
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: fn }] },
    },
  },
  Invited: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: fn,
      Principal: 's3.amazonaws.com',
      SourceArn: 'Bucket',
    },
  },
})
const uploads = (): Resources[string] =>
  client(ONCE(), 'Bucket', { call: 's3:PutObject', body: { key: 'film.mp4', size: 1_000 } })

test('7.1, 7.12 the source does not wait; the work takes as long as ever', () => {
  const job = fn([{ wait: 29.999 }], { Timeout: 60 })
  const run = (resources: Resources) =>
    measure(scenarioOf({ ...resources, Fn: job }, 90), {
      upload: 'latency.max Upload',
      job: 'duration.max Fn',
    }) as { [name: string]: number }
  const throughS3 = run({ Upload: uploads(), ...bucket() })
  expect(throughS3.upload).toBeLessThanOrEqual(0.05)
  expect(throughS3.job).toBe(30)
  expect(run({ Upload: client(ONCE(), 'Fn') })).toEqual({ upload: 30.1, job: 30 })
})

describe('retries (INV-3)', () => {
  test('7.2 three tries, at 0, 61.1 and 182.1 s', () => {
    expect(measure(failing(), { starts: 'starts Fn', ends: 'ends Fn' })).toEqual({
      starts: [0, 61.1, 182.1],
      ends: [1.1, 62.1, 183.1],
    })
  })
  test.each([0, 1, 2])('7.3 %d retries', (MaximumRetryAttempts) => {
    expect(one(failing({}, config({ MaximumRetryAttempts })), 'attempts Fn')).toBe(MaximumRetryAttempts + 1)
  })
  test('7.4 each try logs again, under one request id', () => {
    expect(one(failing(), 'logs.starts Fn')).toBe(3)
    const ids = logsOf(failing()).lines.flatMap(({ message }) => /^START RequestId: (\S+)/.exec(message)?.[1] ?? [])
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(1)
  })
})

describe('what is left of an event (INV-9, INV-10)', () => {
  test('7.5 without a failure target it is gone', () => {
    expect(measure(failing(), { lost: 'lost Fn', dropped: 'AsyncEventsDropped Fn' })).toEqual({ lost: 1, dropped: 1 })
  })
  test.each([
    ['a dead-letter queue', failing({ DeadLetterConfig: { TargetArn: 'Dlq' } }, QUEUES)],
    ['a destination', failing({}, { ...QUEUES, ...config({ DestinationConfig: { OnFailure: to('Dlq') } }) })],
  ])('7.6 %s keeps it, from 183.1 s on', (_, scenario) => {
    expect(measure(scenario, { depth: 'queue.depth Dlq', at: 'record.at Dlq', lost: 'lost Fn' })).toEqual({
      depth: 1,
      at: 183.1,
      lost: 0,
    })
  })
  test('7.6 a role that may not send is refused by the gate; a run without the permission loses the event', () => {
    const scenario = failing({ DeadLetterConfig: { TargetArn: 'Dlq' } }, QUEUES)
    scenario.resources['Role'] = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
    expect(measure(scenario, { depth: 'queue.depth Dlq', lost: 'lost Fn', errors: 'DeadLetterErrors Fn' })).toEqual({
      depth: 0,
      lost: 1,
      errors: 1,
    })
  })
  test('7.9 destinations part 10 events, 2 of them bad: 8 and 2, with request and response', () => {
    const resources = {
      Source: sends(BURST(10), 'Fn', { poison: [3, 7], body: { order: 1 } }),
      Fn: fn([{ wait: 0.1 }, { fail: { poison: true, type: 'BadOrder' } }], {}, { response: { done: true } }),
      Good: queue(),
      Bad: queue(),
      ...config({ MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: to('Good'), OnFailure: to('Bad') } }),
    }
    const found = measure(scenarioOf(resources, 60), {
      good: 'queue.depth Good',
      bad: 'queue.depth Bad',
      request: { m: 'record', of: 'Good', field: 'requestPayload.order' },
      response: { m: 'record', of: 'Good', field: 'responsePayload.done' },
      error: { m: 'record', of: 'Bad', field: 'responsePayload.errorType' },
      conditions: { m: 'record.all', of: 'Bad', field: 'requestContext.condition' },
    })
    expect(found).toEqual({
      good: 8,
      bad: 2,
      request: 1,
      response: true,
      error: 'BadOrder',
      conditions: ['RetriesExhausted', 'RetriesExhausted'],
    })
  })
})

describe('repeats (INV-8): the balance is 100, and the handler crashes after writing in two of three tries', () => {
  const balance = (write: JsonObject): Json =>
    one(
      scenarioOf(
        {
          Source: sends(ONCE(), 'Fn'),
          Fn: fn([
            { call: 'dynamodb:UpdateItem', to: 'Accounts', key: 'C1', ...write },
            { fail: { attempts: [1, 2] } },
          ]),
          Accounts: { Type: 'AWS::DynamoDB::Table', Behavior: { items: { C1: { balance: 100 } } } },
        },
        400,
      ),
      { m: 'state', of: 'Accounts', where: { key: 'C1', field: 'balance' } },
    )
  test('7.7 adding 10 ends at 130, setting 110 at 110', () => {
    expect(balance({ add: { balance: 10 } })).toBe(130)
    expect(balance({ set: { balance: 110 } })).toBe(110)
  })
  test('7.8 an idempotency key: adding ends at 110', () => {
    expect(balance({ add: { balance: 10 }, idempotent: true })).toBe(110)
  })
})

describe('throttled events (INV-4 to INV-7)', () => {
  /** Twenty events, and nothing free: twenty synchronous calls of 599 s hold what is reserved. */
  const taken = (more: Resources = {}) =>
    scenarioOf(
      {
        Long: client(BURST(20), 'Fn', { timeout: 900 }),
        Source: sends(BURST(20, 1), 'Fn'),
        Fn: fn([{ wait: 0.05, cold: 599 }], { Timeout: 900, ReservedConcurrentExecutions: 20 }),
        ...more,
      },
      2_000,
    )
  test('7.10 throttling is no try: all twenty are done once there is room, none is lost', () => {
    const found = measure(taken(), {
      attempts: 'attempts Fn',
      throttles: 'throttles Fn',
      errors: 'errors Fn',
      lost: 'lost Fn',
    })
    // the long calls count as well: one attempt for each of the twenty events
    expect(found).toMatchObject({ attempts: 40, errors: 0, lost: 0 })
    expect(found.throttles).toBeGreaterThanOrEqual(20)
    const waits = reasonsOf(taken(), 'lambda.backoff').map(({ value }) => value)
    expect([...new Set(waits)].slice(0, 9)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256])
  })
  test('7.11 they expire: after at most 60 s all twenty are in the failure queue', () => {
    const scenario = taken({
      ...QUEUES,
      ...config({ MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: to('Dlq') } }),
    })
    const found = measure(scenario, {
      depth: 'queue.depth Dlq',
      conditions: { m: 'record.all', of: 'Dlq', field: 'requestContext.condition' },
      at: 'record.at Dlq',
    })
    expect(found.depth).toBe(20)
    expect(new Set(found.conditions as string[])).toEqual(new Set(['EventAgeExceeded']))
    expect(found.at).toBeLessThanOrEqual(61)
  })
  test('7.10, 7.11 reserved 0 is no throttling that is waited for: the events are given up at once (INV-7)', () => {
    const resources = {
      Source: sends(BURST(20), 'Fn'),
      Fn: fn([{ wait: 0.05 }], { ReservedConcurrentExecutions: 0 }),
      ...QUEUES,
      ...config({ MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure: to('Dlq') } }),
    }
    const interventions = [{ at: 600, set: '/resources/Fn/Properties/ReservedConcurrentExecutions', value: 5 }]
    const found = measure(scenarioOf(resources, 1_000, { interventions }), {
      attempts: 'attempts Fn',
      depth: 'queue.depth Dlq',
      at: 'record.at Dlq',
      conditions: { m: 'record.all', of: 'Dlq', field: 'requestContext.condition' },
    })
    expect(found).toMatchObject({ attempts: 0, depth: 20, at: 0 })
    expect(new Set(found.conditions as string[])).toEqual(new Set(['ZeroReservedConcurrency']))
  })
})

test('7.13 a function that writes where it is triggered is stopped after about 16 rounds (LAM-68)', () => {
  const loop = (RecursiveLoop: string) =>
    measure(
      scenarioOf(
        {
          Source: uploads(),
          ...bucket(),
          Fn: fn([{ wait: 0.1 }, { call: 's3:PutObject', to: 'Bucket' }], { RecursiveLoop }),
        },
        120,
      ),
      { invocations: 'invocations Fn', stopped: 'RecursiveInvocationsDropped Fn' },
    ) as { [name: string]: number }
  expect(loop('Terminate')).toEqual({ invocations: 16, stopped: 1 })
  expect(loop('Allow').invocations).toBeGreaterThan(50)
})
