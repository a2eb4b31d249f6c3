import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'

const fn = (properties: JsonObject, behavior: JsonObject): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 3, Role: 'Role', ...properties },
  Behavior: behavior,
})
const role = (...statements: JsonObject[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyName: 'P', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] },
})
const once = { pattern: 'once' }

describe('duration and timeout', () => {
  const seconds = (properties: JsonObject, behavior: JsonObject): number => {
    const run = runOf(
      scenarioOf({ Role: role(), Fn: fn(properties, behavior), Client: client('lambda:Invoke', 'Fn', once) }),
    )
    return run.total('Fn', 'Duration') / 1e6
  }
  test('CPU time follows memory up to one vCPU (LAM-2, claims 2.1, 2.2)', () => {
    const job = { overhead: 0, steps: [{ cpu: 2 }] }
    expect(seconds({ MemorySize: 128, Timeout: 60 }, job)).toBeCloseTo(27.640625, 5)
    expect(seconds({ MemorySize: 512, Timeout: 60 }, job)).toBeCloseTo(6.910156, 5)
    expect(seconds({ MemorySize: 1_769, Timeout: 60 }, job)).toBe(2)
    expect(seconds({ MemorySize: 3_538, Timeout: 60 }, job)).toBe(2)
  })
  test('waiting does not depend on memory', () => {
    expect(seconds({ MemorySize: 128 }, { overhead: 0, steps: [{ wait: 1 }] })).toBe(1)
  })
  test('a call ends at the timeout, and the next invocation pays init again inside its duration (LAM-3, LAM-23)', () => {
    const run = runOf(
      scenarioOf({
        Role: role(),
        Fn: fn({ Timeout: 3 }, { steps: [{ wait: 5 }] }),
        Client: client('lambda:Invoke', 'Fn', { pattern: 'repeat', every: 10, times: 2 }),
      }),
    )
    expect(run.spans('Fn')).toEqual(['timeout', 'timeout'])
    expect(run.total('Fn', 'Timeouts')).toBe(2)
    expect(run.total('Fn', 'Duration')).toBe(6_000_000)
    expect(run.total('Fn', 'ColdStarts')).toBe(1)
  })
})

describe('billing (LAM-27, OBS-3)', () => {
  test('rounds up to 1 ms and includes init, not provisioning', () => {
    const run = runOf(
      scenarioOf({
        Role: role(),
        Fn: fn({}, { steps: [{ wait: 0.0502 }] }),
        Client: client('lambda:Invoke', 'Fn', once),
      }),
    )
    // 50 ms init + 1 ms overhead + 50.2 ms handler
    expect(run.total('Fn', 'BilledMs')).toBe(102)
    expect(run.total('Fn', 'Duration')).toBe(51_200)
  })
})

describe('what a call made by the code meets', () => {
  const table: Resource = { Type: 'AWS::DynamoDB::Table' }
  const writing = (statements: JsonObject[]) =>
    runOf(
      scenarioOf({
        Role: role(...statements),
        Fn: fn({}, { steps: [{ call: 'dynamodb:PutItem', to: 'Table' }] }),
        Table: table,
        Client: client('lambda:Invoke', 'Fn', once),
      }),
    )
  test('an allow lets it through', () => {
    const run = writing([{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: 'Table' }])
    expect(run.total('Fn', 'Errors')).toBe(0)
    expect(run.reasons('call.denied')).toEqual([])
  })
  test('no statement means AccessDenied, and the invocation fails (claim 5.1)', () => {
    const run = writing([])
    expect(run.total('Fn', 'Errors')).toBe(1)
    expect(run.reasons('call.denied')).toHaveLength(1)
    expect(run.total('Client', 'Failures')).toBe(1)
  })
  test('an explicit deny beats an allow (IAM-1)', () => {
    const run = writing([
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:*', Resource: 'Table' },
    ])
    expect(run.reasons('call.denied')).toHaveLength(1)
  })
})

describe('the asynchronous queue (INV-3 to INV-9)', () => {
  const failing = (properties: JsonObject, config: JsonObject | null, more: { [id: string]: Resource } = {}) =>
    runOf(
      scenarioOf(
        {
          Role: role({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'Failures' }),
          Fn: fn(properties, { overhead: 0, provision: 0, init: 0, steps: [{ wait: 1 }, { fail: { rate: 1 } }] }),
          Client: client('lambda:InvokeAsync', 'Fn', once),
          ...(config === null
            ? {}
            : {
                Config: {
                  Type: 'AWS::Lambda::EventInvokeConfig',
                  Properties: { FunctionName: 'Fn', Qualifier: '$LATEST', ...config },
                },
              }),
          ...more,
        },
        { duration: 1_000 },
      ),
    )
  test('always failing: attempts end at 1, 62 and 183 s, then it is lost', () => {
    const run = failing({}, null)
    expect(run.total('Fn', 'Invocations')).toBe(3)
    expect(run.reasons('lambda.lost').map(([at]) => at)).toEqual([183])
  })
  test('MaximumRetryAttempts 0: one attempt', () => {
    expect(failing({}, { MaximumRetryAttempts: 0 }).total('Fn', 'Invocations')).toBe(1)
  })
  test('a retry that would start at the age limit is not waited for (INV-6, vector 13)', () => {
    const run = failing({}, { MaximumEventAgeInSeconds: 60 })
    expect(run.total('Fn', 'Invocations')).toBe(1)
    expect(run.reasons('lambda.expired').map(([at]) => at)).toEqual([1])
  })
  test('a dead-letter queue keeps it', () => {
    const run = failing({ DeadLetterConfig: { TargetArn: 'Failures' } }, null, {
      Failures: { Type: 'AWS::SQS::Queue' },
    })
    expect(run.level('Failures', 'visible').at(-1)).toEqual([183, 1])
  })
  test('without the permission to send it is lost, and counted (claim 5.10)', () => {
    const run = failing({ DeadLetterConfig: { TargetArn: 'Other' } }, null, { Other: { Type: 'AWS::SQS::Queue' } })
    expect(run.total('Fn', 'DeadLetterErrors')).toBe(1)
    expect(run.total('Fn', 'AsyncEventsDropped')).toBe(1)
  })
  test('reserved 0: no attempt at all, straight to the dead-letter queue (INV-7, vector 12)', () => {
    const run = failing({ ReservedConcurrentExecutions: 0, DeadLetterConfig: { TargetArn: 'Failures' } }, null, {
      Failures: { Type: 'AWS::SQS::Queue' },
    })
    expect(run.total('Fn', 'Invocations')).toBe(0)
    expect(run.level('Failures', 'visible').at(-1)).toEqual([0, 1])
  })
  test('throttling uses up no retry: it backs off 1, 2, 4, ... s until there is room (INV-4)', () => {
    const run = runOf(
      scenarioOf({
        Role: role(),
        Fn: fn(
          { ReservedConcurrentExecutions: 1, Timeout: 10 },
          { overhead: 0, provision: 0, init: 0, steps: [{ wait: 4 }] },
        ),
        Client: client('lambda:InvokeAsync', 'Fn', { pattern: 'burst', count: 2 }),
      }),
    )
    expect(run.reasons('lambda.backoff').map(([at, wait]) => [at, wait])).toEqual([
      [0, 1],
      [1, 2],
      [3, 4],
    ])
    expect(run.total('Fn', 'Invocations')).toBe(2)
  })
})

describe('pollers (ESM-1, SQS-ESM-3 to SQS-ESM-8)', () => {
  const poll = { Effect: 'Allow', Action: 'sqs:*', Resource: 'Queue' }
  const mapped = (
    messages: number,
    properties: JsonObject,
    mapping: JsonObject,
    behavior: JsonObject,
    statements: JsonObject[] = [poll],
  ) =>
    runOf(
      scenarioOf({
        Role: role(...statements),
        Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } },
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ...mapping },
        },
        Fn: fn(properties, { overhead: 0, provision: 0, init: 0, ...behavior }),
        Client: client('sqs:SendMessage', 'Queue', { pattern: 'burst', count: messages }),
      }),
    )
  const second = { steps: [{ wait: 1 }] }
  test('100 messages in batches of 10 and of 1 (claim 8.2)', () => {
    expect(mapped(100, {}, { BatchSize: 10 }, second).total('Fn', 'Invocations')).toBe(10)
    expect(mapped(100, {}, { BatchSize: 1 }, second).total('Fn', 'Invocations')).toBe(100)
  })
  test('five pollers work at once', () => {
    expect(mapped(50, {}, { BatchSize: 1 }, second).max('Fn', 'ConcurrentExecutions')).toBe(5)
  })
  test('maximum concurrency caps them without throttles (claim 8.12)', () => {
    const run = mapped(
      20,
      { ReservedConcurrentExecutions: 2 },
      { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
      second,
    )
    expect(run.total('Fn', 'Throttles')).toBe(0)
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(2)
  })
  test('reserved below five throttles; batches are held and offered every 250 ms (claim 8.11)', () => {
    const run = mapped(20, { ReservedConcurrentExecutions: 4 }, { BatchSize: 1 }, second)
    expect(run.total('Fn', 'Throttles')).toBe(16)
    expect(run.total('Fn', 'Invocations')).toBe(20)
  })
  test('1,000 messages of 1 s: five pollers for a minute, then 305; drained after 63 s (claim 8.13)', () => {
    const run = mapped(1_000, {}, { BatchSize: 1 }, second)
    expect(run.total('Fn', 'Invocations')).toBe(1_000)
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(305)
    expect(run.level('Queue', 'inFlight').at(-1)![0]).toBeCloseTo(63, 0)
  })
  test('a role that may not receive: nothing is read (claim 5.7)', () => {
    const run = mapped(10, {}, {}, second, [])
    expect(run.total('Fn', 'Invocations')).toBe(0)
    expect(run.reasons('call.denied').length).toBeGreaterThan(0)
  })
})
