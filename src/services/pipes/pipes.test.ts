import { describe, expect, test } from 'vitest'
import type { Intervention, JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, runOf, scenarioOf, type Ran } from '../run.fixture'

const queue: Resource = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } }
const stream: Resource = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } }
const pipe = (more: JsonObject = {}): Resource => ({
  Type: 'AWS::Pipes::Pipe',
  Properties: { Source: 'In', Target: 'Out', RoleArn: 'Role', ...more },
})
const fn = (steps: JsonObject[], more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role' },
  Behavior: { steps, ...more },
})
const sends = (count: number, body: JsonObject = { id: 'a', n: 1 }, more: JsonObject = {}): Resource =>
  client('sqs:SendMessage', 'In', { pattern: 'constant', rate: 1, at: 0, count }, { body, ...more })
const puts = (count: number, more: JsonObject = {}): Resource =>
  client('kinesis:PutRecord', 'In', { pattern: 'constant', rate: 1, at: 0, count }, { body: { n: 1 }, ...more })
const document = (
  resources: { [id: string]: Resource },
  interventions: Intervention[] = [],
  more: Partial<Scenario> = {},
): Scenario => scenarioOf({ Role: mayAll, In: queue, Out: queue, P: pipe(), ...resources }, { interventions, ...more })
const held = (ran: Ran, resource = 'Out'): JsonObject[] =>
  ran.contents().flatMap((it) => (it.resource === resource ? [it.value as JsonObject] : []))
const bodies = (ran: Ran, resource = 'Out') => held(ran, resource).map(({ body }) => body)
const template = (InputTemplate: string, more: JsonObject = {}) => ({ TargetParameters: { InputTemplate, ...more } })
const filter = (Pattern: JsonObject) => ({ SourceParameters: { FilterCriteria: { Filters: [{ Pattern }] } } })

describe('from a queue', () => {
  test('messages are handed on as records, and removed', () => {
    const ran = runOf(document({ C: sends(5) }))
    expect(bodies(ran)).toHaveLength(5)
    expect(bodies(ran)[0]).toMatchObject({ body: { id: 'a', n: 1 }, eventSource: 'aws:sqs', eventSourceARN: 'In' })
    expect(held(ran, 'In')).toEqual([])
    expect(ran.total('P', 'EventCount')).toBe(5)
    expect(ran.total('P', 'DeliveredEventCount')).toBe(5)
    expect(ran.costs.find(({ resource }) => resource === 'P')!.usd).toBeCloseTo(5 * 0.0000004, 12)
  })
  test('a template makes what the target gets', () => {
    const P = pipe(template('{"order": <$.body.id>, "by": <aws.pipes.pipe-name>}'))
    expect(bodies(runOf(document({ C: sends(1), P })))).toEqual([{ order: 'a', by: 'P' }])
  })
  test('what does not fit the filter is removed and not paid for', () => {
    const ran = runOf(document({ C: sends(3), D: sends(2, { id: 'b' }), P: pipe(filter({ body: { id: ['b'] } })) }))
    expect(bodies(ran)).toHaveLength(2)
    expect(held(ran, 'In')).toEqual([])
    expect(ran.total('P', 'FilteredOutEventCount')).toBe(3)
    expect(ran.total('P', 'RequestsPaid')).toBe(2)
  })
  test('a target that fails leaves the messages with the queue: they are there again after the visibility timeout', () => {
    const ran = runOf(
      document({ C: sends(1) }, [
        { at: 0, fault: 'resource-down', resource: 'Out' },
        { at: 20, repair: 'resource-down', resource: 'Out' },
      ]),
    )
    expect(ran.reasons('pipes.failed')).toEqual([[0, 1]])
    expect(ran.level('Out', 'visible')).toEqual([[30, 1]])
    expect(held(ran, 'In')).toEqual([])
  })
  test('a function that fails gets the whole batch again', () => {
    const once = client(
      'sqs:SendMessage',
      'In',
      { pattern: 'burst', at: 0, count: 2 },
      { body: { big: 'x'.repeat(10) } },
    )
    const ran = runOf(document({ C: once, P: pipe({ Target: 'Fn' }), Fn: fn([{ fail: { attempts: [1] } }]) }))
    expect(ran.total('Fn', 'Errors')).toBe(1)
    expect(ran.total('P', 'DeliveredEventCount')).toBe(2)
    expect(ran.total('P', 'TargetStageFailed')).toBe(1)
  })
  test('a function that names what failed gets only that again; of a stream it gets all', () => {
    const burst = client('sqs:SendMessage', 'In', { pattern: 'burst', at: 0, count: 5 }, { body: {}, poison: [2] })
    const Fn = fn([{ fail: { poison: true }, perMessage: true }], { reportFailures: true })
    const ran = runOf(document({ C: burst, P: pipe({ Target: 'Fn' }), Fn }, [], { duration: 40 }))
    expect(ran.total('P', 'DeliveredEventCount')).toBe(4)
    expect(ran.total('P', 'TargetStageFailed')).toBe(1)
    const of = { In: stream, C: puts(3, { poison: [2] }), P: pipe({ Target: 'Fn' }), Fn }
    const streamed = runOf(document(of, [], { duration: 40 }))
    expect(streamed.total('P', 'DeliveredEventCount')).toBe(1)
    expect(streamed.reasons('pipes.retries').length).toBeGreaterThan(1)
  })
  test('a function gets the batch as one call', () => {
    const burst = client('sqs:SendMessage', 'In', { pattern: 'burst', at: 0, count: 10 }, { body: {} })
    const ran = runOf(document({ C: burst, P: pipe({ Target: 'Fn' }), Fn: fn([{ wait: 0.1 }]) }))
    expect(ran.total('Fn', 'Invocations')).toBe(1)
    expect(held(ran, 'In')).toEqual([])
  })
  test('an enrichment is waited for, and its response goes on in place of the batch', () => {
    const resources = { C: sends(1), P: pipe({ Enrichment: 'Fn' }) }
    const two = runOf(document({ ...resources, Fn: fn([{ wait: 1 }], { response: [{ name: 'A' }, { name: 'B' }] }) }))
    expect(bodies(two)).toEqual([{ name: 'A' }, { name: 'B' }])
    expect(two.level('Out', 'visible')[0]![0]).toBeGreaterThan(1)
    const none = runOf(document({ ...resources, Fn: fn([], { response: [] }) }))
    expect(bodies(none)).toEqual([])
    expect(held(none, 'In')).toEqual([])
    const silent = runOf(document({ ...resources, Fn: fn([]) }))
    expect(bodies(silent)).toHaveLength(1)
    const broken = runOf(document({ ...resources, Fn: fn([{ fail: { attempts: [1] } }], { response: { ok: true } }) }))
    expect(broken.total('P', 'EnrichmentStageFailed')).toBe(1)
    expect(bodies(broken)).toEqual([{ ok: true }])
  })
  test('a bus gets events, a topic messages', () => {
    const Rule: Resource = {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: 'Bus',
        EventPattern: { source: ['Pipe P'], detail: { id: ['a'] } },
        Targets: [{ Id: 'Out', Arn: 'Out' }],
      },
    }
    const P = pipe({ Target: 'Bus', ...template('{"id": <$.body.id>}') })
    const ran = runOf(document({ C: sends(1), P, Bus: { Type: 'AWS::Events::EventBus', Properties: {} }, Rule }))
    expect(bodies(ran)).toMatchObject([{ 'detail-type': 'Event from aws:sqs', detail: { id: 'a' } }])
  })
  test('without permission nothing is read, and it says so', () => {
    const Role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
    const ran = runOf(document({ C: sends(1), Role }, [], { duration: 20 }))
    expect(bodies(ran)).toEqual([])
    expect(ran.reasons('pipes.refused').length).toBeGreaterThan(0)
  })
  test('stopped it reads nothing; started it goes on', () => {
    const state = (at: number, value: string): Intervention => ({
      at,
      set: '/resources/P/Properties/DesiredState',
      value,
    })
    const ran = runOf(document({ C: sends(10) }, [state(2.5, 'STOPPED'), state(50, 'RUNNING')]))
    expect(ran.level('Out', 'visible').filter(([at]) => at < 50)).toHaveLength(3)
    expect(bodies(ran)).toHaveLength(10)
  })
})

describe('from a stream', () => {
  const S = (more: JsonObject = {}, all: JsonObject = {}): { [id: string]: Resource } => ({
    In: stream,
    P: pipe({ SourceParameters: { KinesisStreamParameters: { StartingPosition: 'TRIM_HORIZON', ...more } }, ...all }),
  })
  test('records are handed on in order, once a second', () => {
    const ran = runOf(document({ ...S(), C: puts(5, { body: { n: 1 } }) }))
    expect(bodies(ran)).toHaveLength(5)
    expect(bodies(ran)[0]).toMatchObject({ data: { n: 1 }, eventSource: 'aws:kinesis', sequenceNumber: '0' })
    expect(bodies(ran).map((body) => (body as JsonObject)['sequenceNumber'])).toEqual(['0', '1', '2', '3', '4'])
  })
  test('a batch that fails blocks its shard, is tried again and given up after its retries', () => {
    const resources = {
      ...S({ MaximumRetryAttempts: 2, BatchSize: 1, DeadLetterConfig: { Arn: 'Dead' } }, { Target: 'Fn' }),
      Dead: queue,
      Fn: fn([{ fail: { poison: true } }]),
      C: puts(3, { poison: [1] }),
    }
    const ran = runOf(document(resources))
    expect(ran.total('Fn', 'Errors')).toBe(3)
    expect(ran.reasons('pipes.retries').map(([, value]) => value)).toEqual([1, 2])
    expect(ran.total('P', 'DeliveredEventCount')).toBe(2)
    expect(ran.total('P', 'DroppedEventCount')).toBe(1)
    expect(bodies(ran, 'Dead')).toMatchObject([{ startSequenceNumber: '0', batchSize: 1 }])
  })
  test('records too old are given up', () => {
    const resources = {
      ...S({ MaximumRecordAgeInSeconds: 60, BatchSize: 1 }),
      C: puts(1),
    }
    const ran = runOf(document(resources, [{ at: 0, fault: 'resource-down', resource: 'Out' }], { duration: 600 }))
    const [[at, count]] = ran.reasons('pipes.discarded') as [[number, number]]
    expect(at).toBeGreaterThan(60)
    expect(at).toBeLessThan(200)
    expect(count).toBe(1)
  })
  test('of a table: every change', () => {
    const Table: Resource = {
      Type: 'AWS::DynamoDB::Table',
      Properties: { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } },
    }
    const C = client('dynamodb:PutItem', 'In', { pattern: 'constant', rate: 1, at: 0, count: 3 }, { body: { id: 'x' } })
    const ran = runOf(document({ In: Table, C, P: pipe(filter({ eventName: ['INSERT'] })) }))
    expect(bodies(ran).length).toBeGreaterThan(0)
    expect(bodies(ran)[0]).toMatchObject({ eventName: 'INSERT', eventSource: 'aws:dynamodb' })
  })
})

test('goes on from a keyframe as it went', () => {
  const Fn = fn([{ wait: 0.5 }, { fail: { attempts: [1] } }], { response: [{ a: 1 }] })
  expectResumable(document({ C: sends(20), Fn, P: pipe({ Enrichment: 'Fn' }) }), [20, 60, 120, 200, 260])
  const resources = {
    In: stream,
    Fn: fn([{ fail: { poison: true } }]),
    C: puts(10, { poison: [2] }),
    P: pipe({
      Target: 'Fn',
      SourceParameters: { KinesisStreamParameters: { MaximumRetryAttempts: 1, BatchSize: 2 } },
    }),
  }
  expectResumable(document(resources), [15, 40, 70])
})
