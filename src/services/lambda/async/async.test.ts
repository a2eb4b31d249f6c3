import { describe, expect, test } from 'vitest'
import { createRun } from '../../../engine/run'
import type { JsonObject, Resource } from '../../../model/scenario'
import type { Content } from '../../service'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'

const queue: Resource = { Type: 'AWS::SQS::Queue' }
const fn = (steps: JsonObject[], properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 3, Role: 'Role', ...properties },
  Behavior: { provision: 0, init: 0, overhead: 0, steps, ...behavior },
})
const settings = (properties: JsonObject): Resource => ({
  Type: 'AWS::Lambda::EventInvokeConfig',
  Properties: { FunctionName: 'Fn', ...properties },
})
const to = (id: string): JsonObject => ({ Destination: id })
const once = (more: JsonObject = {}, target = 'Fn'): Resource =>
  client('lambda:InvokeAsync', target, { pattern: 'once' }, { body: { order: 7 }, ...more })
const messages = (resources: { [id: string]: Resource }, of: string, more: Parameters<typeof scenarioOf>[1] = {}) => {
  const run = createRun(scenarioOf(resources, { duration: 30_000, ...more }))
  while (!run.advance(1_000_000)) continue
  const held = run.contents().filter((it): it is Content & { value: JsonObject } => it.resource === of)
  return held.map(({ at, value }) => ({ at: at / 1e6, body: value['body'] as JsonObject, value }))
}
const contextOf = (body: JsonObject): JsonObject => body['requestContext'] as JsonObject

describe('retries and what is left of an event (INV-3 to INV-13)', () => {
  test('always fails: starts at 0, 60 and 180 s, then DLQ and destination, three attempts (vector 10)', () => {
    const resources = {
      Role: mayAll,
      Fn: fn([{ fail: {} }], { DeadLetterConfig: { TargetArn: 'Dead' } }),
      Config: settings({ DestinationConfig: { OnFailure: to('Failed'), OnSuccess: to('Done') } }),
      Dead: queue,
      Failed: queue,
      Done: queue,
      Client: once(),
    }
    const run = runOf(scenarioOf(resources))
    expect(
      run
        .states('event')
        .filter(([, state]) => state === 'running')
        .map(([at]) => at),
    ).toEqual([0, 60, 180])
    const [dead] = messages(resources, 'Dead')
    expect(dead?.at).toBe(180)
    expect(dead?.body).toEqual({ order: 7 })
    expect(Object.keys(dead?.value['attributes'] as JsonObject)).toEqual(['RequestID', 'ErrorCode', 'ErrorMessage'])
    const [failed] = messages(resources, 'Failed')
    expect(contextOf(failed!.body)).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: 3 })
    expect(failed!.body).toMatchObject({
      requestPayload: { order: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error' },
    })
    expect(messages(resources, 'Done')).toEqual([])
    expect(run.total('Fn', 'AsyncEventsDropped')).toBe(1)
    expect(run.total('Fn', 'AsyncEventsLost')).toBe(0)
  })

  test.each([
    [0, 1],
    [1, 2],
    [2, 3],
  ])('MaximumRetryAttempts %i: %i attempts (vector 11)', (retries, attempts) => {
    const run = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn([{ fail: {} }]),
        Config: settings({ MaximumRetryAttempts: retries }),
        Client: once(),
      }),
    )
    expect(run.total('Fn', 'Invocations')).toBe(attempts)
    expect(run.total('Fn', 'AsyncEventsLost')).toBe(1)
  })

  test('reserved concurrency 0: no attempt, at once, without a response (vector 12, INV-7)', () => {
    const [record] = messages(
      {
        Role: mayAll,
        Fn: fn([], { ReservedConcurrentExecutions: 0 }),
        Config: settings({ DestinationConfig: { OnFailure: to('Failed') } }),
        Failed: queue,
        Client: once(),
      },
      'Failed',
    )
    expect(record?.at).toBe(0)
    expect(contextOf(record!.body)).toMatchObject({ condition: 'ZeroReservedConcurrency', approximateInvokeCount: 0 })
    expect(record!.body['responseContext']).toBeUndefined()
  })

  test.each([
    [60, 1],
    [90, 2],
    [181, 3],
  ])(
    'maximum age %i s: expired as soon as the next retry would come too late, after %i attempts (vector 13, INV-6)',
    (age, attempts) => {
      const [record] = messages(
        {
          Role: mayAll,
          Fn: fn([{ fail: {} }]),
          Config: settings({ MaximumEventAgeInSeconds: age, DestinationConfig: { OnFailure: to('Failed') } }),
          Failed: queue,
          Client: once(),
        },
        'Failed',
      )
      const condition = attempts === 3 ? 'RetriesExhausted' : 'EventAgeExceeded'
      expect(contextOf(record!.body)).toMatchObject({ condition, approximateInvokeCount: attempts })
      expect(record!.at).toBe([0, 60, 180][attempts - 1])
    },
  )

  test('throttles back off from 1 s to 5 min and use up no retry (INV-4)', () => {
    const run = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn([{ wait: 100 }], { ReservedConcurrentExecutions: 1, Timeout: 900 }),
        Client: client('lambda:InvokeAsync', 'Fn', { pattern: 'burst', count: 2 }),
      }),
    )
    // refused at 0, 1, 3, 7, 15, 31, 63; free again at 100
    expect(run.reasons('lambda.backoff').map(([at, wait]) => [at, wait])).toEqual([
      [0, 1],
      [1, 2],
      [3, 4],
      [7, 8],
      [15, 16],
      [31, 32],
      [63, 64],
    ])
    expect(
      run
        .states('event')
        .filter(([, state]) => state === 'running')
        .map(([at]) => at),
    ).toEqual([0, 127])
  })

  test('ten events, two bad: 8 success records, 2 failure records (claim 7.9)', () => {
    const resources = {
      Role: mayAll,
      Fn: fn([{ fail: { poison: true } }], {}, { response: { paid: true } }),
      Config: settings({
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnSuccess: to('Good'), OnFailure: to('Bad') },
      }),
      Good: queue,
      Bad: queue,
      Client: client('lambda:InvokeAsync', 'Fn', { pattern: 'burst', count: 10 }, { poison: [3, 8] }),
    }
    expect(messages(resources, 'Good')).toHaveLength(8)
    expect(messages(resources, 'Bad')).toHaveLength(2)
    expect(messages(resources, 'Good')[0]!.body['responsePayload']).toEqual({ paid: true })
  })

  test('without the permission nothing arrives, and a metric says so (INV-12)', () => {
    const role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
    const run = runOf(
      scenarioOf({
        Role: role,
        Fn: fn([{ fail: {} }], { DeadLetterConfig: { TargetArn: 'Dead' } }),
        Config: settings({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: to('Failed') } }),
        Dead: queue,
        Failed: queue,
        Client: once(),
      }),
    )
    expect(run.total('Fn', 'DeadLetterErrors')).toBe(1)
    expect(run.total('Fn', 'DestinationDeliveryFailures')).toBe(1)
    expect(run.total('Fn', 'AsyncEventsLost')).toBe(1)
  })

  test('a function and a bus as destinations (INV-10, INV-11)', () => {
    const resources = {
      Role: mayAll,
      Fn: fn([]),
      Config: settings({ DestinationConfig: { OnSuccess: to('Bus') } }),
      Bus: { Type: 'AWS::Events::EventBus' },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: 'Bus',
          EventPattern: { source: ['lambda'], 'detail-type': [{ prefix: 'Lambda Function Invocation Result' }] },
          Targets: [{ Id: 'T', Arn: 'Seen' }],
        },
      },
      Seen: queue,
      Client: once(),
    }
    const [event] = messages(resources, 'Seen')
    expect(event!.body).toMatchObject({
      source: 'lambda',
      'detail-type': 'Lambda Function Invocation Result - Success',
      detail: { requestContext: { condition: 'Success', approximateInvokeCount: 1 } },
    })
    const chained = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn([]),
        Next: fn([]),
        Config: settings({ DestinationConfig: { OnSuccess: to('Next') } }),
        Client: once(),
      }),
    )
    expect(chained.total('Next', 'Invocations')).toBe(1)
  })

  test('settings belong to a qualifier (INV-3): an alias with none uses the defaults', () => {
    const run = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn([{ fail: {} }]),
        V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
        Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: 'Fn', Name: 'live', FunctionVersion: 'V1' } },
        Config: settings({ Qualifier: 'live', MaximumRetryAttempts: 0 }),
        ToAlias: once({}, 'Live'),
        ToLatest: once(),
      }),
    )
    expect(run.total('V1', 'Invocations')).toBe(1)
    expect(run.total('Fn', 'Invocations')).toBe(4)
  })

  test('a few events come twice in the faithful profile, none in teaching (INV-8)', () => {
    const invocations = (profile: string): number =>
      runOf(
        scenarioOf(
          {
            Role: mayAll,
            Fn: fn([]),
            Client: client('lambda:InvokeAsync', 'Fn', { pattern: 'constant', rate: 100, count: 20_000 }),
          },
          { profile },
        ),
      ).total('Fn', 'Invocations')
    expect(invocations('teaching')).toBe(20_000)
    const faithful = invocations('aws-2026-11') - 20_000
    // 10 expected
    expect(faithful).toBeGreaterThan(1)
    expect(faithful).toBeLessThan(25)
  })
})

describe('recursion guard (LAM-68)', () => {
  const loop = (properties: JsonObject = {}) => ({
    Role: mayAll,
    Fn: fn([{ wait: 0.1 }, { call: 'sqs:SendMessage', to: 'Loop' }], properties),
    Loop: queue,
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'Loop', FunctionName: 'Fn', BatchSize: 1 },
    },
    Client: client('lambda:Invoke', 'Fn', { pattern: 'once' }),
  })
  test('a function that sends to its own queue is stopped after 16 passes (claim 7.13)', () => {
    const run = runOf(scenarioOf(loop(), { duration: 600 }))
    expect(run.total('Fn', 'Invocations')).toBe(16)
    expect(run.total('Fn', 'RecursiveInvocationsDropped')).toBe(1)
    expect(run.stopped).toBeUndefined()
  })
  test('Allow lets it go on', () => {
    const run = runOf(scenarioOf(loop({ RecursiveLoop: 'Allow' }), { duration: 60 }))
    expect(run.total('Fn', 'RecursiveInvocationsDropped')).toBe(0)
    expect(run.stopped ?? run.total('Fn', 'Invocations')).not.toBe(16)
  })
  test('of a batch only the message in a loop is stopped; it goes to the dead-letter queue, the others go on', () => {
    const resources = {
      ...loop(),
      Fn: fn([{ wait: 0.1 }, { call: 'sqs:SendMessage', to: 'Loop', perMessage: true }]),
      Loop: { ...queue, Properties: { RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 3 } } },
      Dead: queue,
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: 'Loop',
          FunctionName: 'Fn',
          BatchSize: 10,
          MaximumBatchingWindowInSeconds: 1,
        },
      },
      Client: client('sqs:SendMessage', 'Loop', { pattern: 'once' }),
      Later: client('sqs:SendMessage', 'Loop', { pattern: 'once', at: 3.5 }),
    }
    const run = runOf(scenarioOf(resources, { duration: 600 }))
    // each of the two messages is worked on and sent again 16 times; most of the time they share their batch
    expect(run.total('Loop', 'NumberOfMessagesSent')).toBe(2 + 2 * 16)
    expect(run.total('Fn', 'Invocations')).toBeLessThan(2 * 16)
    expect(run.total('Fn', 'RecursiveInvocationsDropped')).toBe(2)
    expect(messages(resources, 'Dead', { duration: 600 })).toHaveLength(2)
  })
  test('many events through the same function are no loop', () => {
    const run = runOf(
      scenarioOf({
        ...loop(),
        Fn: fn([]),
        Client: client('sqs:SendMessage', 'Loop', { pattern: 'burst', count: 100 }),
      }),
    )
    expect(run.total('Fn', 'Invocations')).toBe(100)
    expect(run.total('Fn', 'RecursiveInvocationsDropped')).toBe(0)
  })
})
