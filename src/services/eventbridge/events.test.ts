/** What travels over a bus, who may put it there, and where it ends (EB-1, EB-4 to EB-7, EB-10, EB-14). */
import { describe, expect, it, test } from 'vitest'
import { applyFix } from '../../gate/fix'
import { Outcome } from '../../model/recording'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, openToAll, runOf, scenarioOf } from '../run.fixture'
import { hands } from '../shards.fixture'
import { eventbridge } from '.'
import type { Problem } from '../service'
import { checks } from './checks'
import { targetConnector } from './connectors'
import { entryBytes, eventOf } from './event'
import { install } from './runtime'

type Resources = { [id: string]: Resource }

const queue: Resource = { Type: 'AWS::SQS::Queue' }
const bus = (Properties: JsonObject = { Name: 'shop' }, Behavior?: JsonObject): Resource => ({
  Type: 'AWS::Events::EventBus',
  Properties,
  ...(Behavior === undefined ? {} : { Behavior }),
})
const rule = (
  EventBusName: string,
  to: string,
  target: JsonObject = {},
  EventPattern: JsonObject = every,
): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: { EventBusName, EventPattern, State: 'ENABLED', Targets: [{ Id: 'T', Arn: to, ...target }] },
})
const every = { source: [{ prefix: '' }] }
const put = (body: JsonObject, count = 1, more: JsonObject = {}): Resource =>
  client('events:PutEvents', 'Bus', { pattern: 'constant', rate: 1, at: 2, count }, { body, ...more })
const order = { source: 'shop', 'detail-type': 'order', detail: { n: 1 } }
const held = (resources: Resources, more: Partial<Scenario> = {}, at = 'A'): JsonObject[] =>
  runOf(scenarioOf(resources, more))
    .contents()
    .flatMap(({ resource, value }) => (resource === at ? [value as JsonObject] : []))
const problems = (resources: Resources): string[] =>
  checks.flatMap((check) => check(scenarioOf(resources))).map(({ severity, message }) => `${severity}: ${message}`)

describe('an event', () => {
  it('has the nine fields of EventBridge, an id of its own and the second it came (EB-4)', () => {
    const got = held({ C: put(order, 2), Bus: bus(), A: queue, R: rule('Bus', 'A') })
    expect(got.map(({ body }) => body)).toEqual(
      [2, 3].map((second) => ({
        version: '0',
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as string,
        ...order,
        account: '123456789012',
        time: `2026-11-20T00:00:0${second}Z`,
        region: 'us-east-1',
        resources: [],
      })),
    )
    const [one, two] = got.map(({ body }) => (body as JsonObject)['id'])
    expect(one).not.toBe(two)
  })

  it('keeps its id and time on every way it takes', () => {
    const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: {} }
    const sub: Resource = {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: 'Topic', Protocol: 'sqs', Endpoint: 'B', RawMessageDelivery: false },
    }
    const resources = { C: put(order), Bus: bus(), A: queue, B: queue, Topic: topic, Sub: sub }
    const more = { Other: bus({ Name: 'other' }), D: queue, Onward: rule('Other', 'D'), ToOther: rule('Bus', 'Other') }
    const ran = runOf(scenarioOf({ ...resources, ...more, R: rule('Bus', 'A'), S: rule('Bus', 'Topic') })).contents()
    const at = (id: string): JsonObject =>
      (ran.find(({ resource }) => resource === id)!.value as JsonObject)['body'] as JsonObject
    const inEnvelope = JSON.parse(String(at('B')['Message'])) as JsonObject
    expect(inEnvelope).toEqual(at('A'))
    expect(at('D')).toEqual(at('A'))
  })

  it('shows its id and time to input transformers, and to patterns that ask for them', () => {
    const InputTransformer = { InputPathsMap: { id: '$.id', at: '$.time' }, InputTemplate: '"<id> at <at>"' }
    const [{ text }] = held({ C: put(order), Bus: bus(), A: queue, R: rule('Bus', 'A', { InputTransformer }) }) as [
      JsonObject,
    ]
    expect(text).toMatch(/^"[0-9a-f-]{36} at 2026-11-20T00:00:02Z"$/)
    expect(text).not.toContain('00000000')
    const late = { time: ['2026-11-20T00:00:03Z'] }
    const got = held({ C: put(order, 3), Bus: bus(), A: queue, R: rule('Bus', 'A', {}, late) })
    expect(got).toMatchObject([{ body: { time: '2026-11-20T00:00:03Z' } }])
  })

  it('gets what PutEvents would refuse to miss, and keeps what it has', () => {
    const whole = eventOf(order, '123456789012')
    expect(eventOf({ total: 1 }, '1')).toMatchObject({
      source: 'coldstart',
      'detail-type': 'Event',
      detail: { total: 1 },
    })
    expect(eventOf({ source: 'a', resources: ['x'] }, '1')).toMatchObject({ source: 'a', detail: {}, resources: ['x'] })
    expect(eventOf(whole, '999')).toBe(whole)
  })

  it.each([
    [{ source: 'a', 'detail-type': 'b', detail: {} }, 4],
    [{ source: 'a', 'detail-type': 'ü', detail: { x: 1 }, time: 'T', resources: ['abc'] }, 14 + 1 + 2 + 7 + 3],
  ])('%j has the bytes AWS counts (EB-5)', (body, bytes) => expect(entryBytes(body)).toBe(bytes))
})

describe('PutEvents', () => {
  const big = { ...order, detail: { text: 'x'.repeat(1_048_576) } }

  it('refuses what is 1 MB or more (EB-5)', () => {
    const ran = runOf(scenarioOf({ C: put(big), Bus: bus(), A: queue, R: rule('Bus', 'A') }))
    expect(ran.reasons('eventbridge.tooLarge')).toEqual([[2, 1_048_576 + 4 + 5 + 11]])
    expect(ran.total('Bus', 'PutEventsFailedEntriesCount')).toBe(1)
    expect(ran.total('Bus', 'PutEventsEntriesCount')).toBe(0)
    expect(ran.total('C', 'Failures')).toBe(1)
  })

  it('takes 10 entries and no more (EB-5)', () => {
    const hand = hands(eventbridge, install, { Bus: bus() }, {})
    const calls = [10, 11].map((count) => hand.write('Bus', 'events:PutEvents', { body: order }, count))
    hand.until(1)
    expect(calls.map(({ outcome }) => outcome)).toEqual([Outcome.ok, Outcome.error])
    expect(hand.metric('Bus', 'PutEventsEntriesCount')).toBe(10)
    expect(hand.metric('Bus', 'PutEventsFailedEntriesCount')).toBe(11)
    expect(hand.metric('Bus', 'PutEventsApproximateFailedCount')).toBe(1)
  })

  it('throttles callers beyond the rate of the account, who try again (EB-6)', () => {
    const burst = client(
      'events:PutEvents',
      'Bus',
      { pattern: 'burst', count: 25, at: 0 },
      { body: order, retries: { max: 3, base: 1, factor: 2 } },
    )
    const ran = runOf(
      scenarioOf(
        { C: burst, Bus: bus(), A: queue, R: rule('Bus', 'A') },
        { facts: { 'eventbridge.putEventsRate': 10 } },
      ),
    )
    expect(ran.reasons('eventbridge.throttled').slice(0, 15)).toEqual(Array.from({ length: 15 }, () => [0, 10]))
    expect(ran.total('Bus', 'PutEventsApproximateThrottledCount')).toBe(20)
    expect(ran.total('Bus', 'PutEventsEntriesCount')).toBe(25)
    expect(ran.total('R', 'MatchedEvents')).toBe(25)
  })

  it('delays what exceeds the invocations of the account, and loses none (EB-7)', () => {
    const burst = client('events:PutEvents', 'Bus', { pattern: 'burst', count: 30, at: 0 }, { body: order })
    const scenario = scenarioOf(
      { C: burst, Bus: bus(), A: queue, R: rule('Bus', 'A'), D: put(order, 5) },
      { facts: { 'eventbridge.invocationRate': 10, 'eventbridge.putEventsRate': 30, 'eventbridge.duplicates': 0.3 } },
    )
    expectResumable(scenario, [40, 90, 120])
    const ran = runOf({
      ...scenario,
      resources: { ...scenario.resources, D: queue },
      facts: { 'eventbridge.invocationRate': 10 },
    })
    expect(ran.total('R', 'ThrottledRules')).toBe(20)
    expect(ran.level('A', 'visible').at(-1)).toEqual([2.5, 30])
    expect(ran.max('R', 'IngestionToInvocationStartLatency')).toBe(2_500_000)
  })

  it('counts every metric of a delivery (EB-17)', () => {
    const ran = runOf(scenarioOf({ C: put(order), Bus: bus(), A: queue, R: rule('Bus', 'A') }))
    const counts = [
      'MatchedEvents',
      'TriggeredRules',
      'Invocations',
      'InvocationAttempts',
      'SuccessfulInvocationAttempts',
    ]
    expect(counts.map((name) => ran.total('R', name))).toEqual([1, 1, 1, 1, 1])
    for (const name of ['Start', 'Success', 'Complete'])
      expect(ran.total('R', `IngestionToInvocation${name}Latency`)).toBe(500_000)
    expect(ran.total('Bus', 'PutEventsApproximateCallCount')).toBe(1)
    expect(ran.total('Bus', 'PutEventsRequestSize')).toBe(entryBytes(order))
  })

  it('delivers twice now and then when told to (EB-8)', () => {
    const resources = { C: put(order, 40), Bus: bus(), A: queue, R: rule('Bus', 'A') }
    expect(held(resources)).toHaveLength(40)
    expect(held(resources, { facts: { 'eventbridge.duplicates': 1 } })).toHaveLength(80)
    const some = held(resources, { facts: { 'eventbridge.duplicates': 0.5 } }).length
    expect(some).toBeGreaterThan(45)
    expect(some).toBeLessThan(75)
  })

  it('costs by 64 KB (PR-14)', () => {
    const body = { ...order, detail: { text: 'x'.repeat(70_000) } }
    const ran = runOf(scenarioOf({ C: put(body), Bus: bus(), A: queue, R: rule('Bus', 'A') }))
    expect(ran.costs).toContainEqual(expect.objectContaining({ resource: 'Bus', item: 'Events', quantity: 2 }))
  })
})

describe('a dead letter', () => {
  const Role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
  const target = { DeadLetterConfig: { Arn: 'Dead' }, RetryPolicy: { MaximumRetryAttempts: 2 } }
  const value = (stringValue: string): JsonObject => ({ dataType: 'String', stringValue })

  it('says why in its attributes: tried too often (EB-10)', () => {
    const interventions: Scenario['interventions'] = [{ at: 0, fault: 'resource-down', resource: 'A' }]
    const got = held(
      { C: put(order), Bus: bus(), A: queue, Dead: queue, R: rule('Bus', 'A', target) },
      { interventions },
      'Dead',
    )
    expect(got).toMatchObject([
      {
        body: { ...order, time: '2026-11-20T00:00:02Z' },
        attributes: {
          RULE_ARN: value('arn:aws:events:us-east-1:123456789012:rule/shop/R'),
          TARGET_ARN: value('arn:aws:sqs:us-east-1:123456789012:A'),
          ERROR_CODE: value('SDK_CLIENT_ERROR'),
          EXHAUSTED_RETRY_CONDITION: value('MaximumRetryAttempts'),
          RETRY_ATTEMPTS: value('2'),
        },
      },
    ])
  })

  it('says why in its attributes: not allowed, so not tried again (EB-9)', () => {
    const R = rule('Bus', 'A', { ...target, RoleArn: 'Role' })
    const [{ attributes }] = held({ C: put(order), Bus: bus(), A: queue, Dead: queue, Role, R }, {}, 'Dead') as [
      JsonObject,
    ]
    expect(attributes).toMatchObject({ ERROR_CODE: value('NO_PERMISSIONS'), RETRY_ATTEMPTS: value('0') })
    expect(Object.keys(attributes as JsonObject)).not.toContain('EXHAUSTED_RETRY_CONDITION')
  })

  it('comes of a stream without a role (EB-12)', () => {
    const S: Resource = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } }
    const resources = { C: put(order), Bus: bus(), S, Dead: queue, R: rule('Bus', 'S', target) }
    const ran = runOf(scenarioOf(resources))
    expect(ran.reasons('eventbridge.noRole')).toEqual([[2.5, 0]])
    expect(ran.hops('kinesis:PutRecord')).toEqual([])
    expect(ran.level('Dead', 'visible')).toEqual([[2.5, 1]])
    expect(problems(resources)).toEqual([expect.stringContaining('R cannot call S')])
  })

  it('and a wire drawn to a stream writes the role', () => {
    const S: Resource = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } }
    const scenario = scenarioOf({ C: put(order), Bus: bus(), S })
    const drawn = { ...scenario.resources, ...(targetConnector.connect('Bus', 'S', scenario).resources as Resources) }
    expect(problems(drawn)).toEqual([])
    expect(held(drawn, {}, 'S')).toHaveLength(1)
  })
})

describe('a bus of another account (EB-14)', () => {
  const abroad = bus({ Name: 'audit' }, { account: '999988887777' })
  const Policy: Resource = {
    Type: 'AWS::Events::EventBusPolicy',
    Properties: { EventBusName: 'Audit', StatementId: 'shop', Principal: '123456789012' },
  }
  const R = rule('Bus', 'Audit', { RoleArn: 'Role', DeadLetterConfig: { Arn: 'Dead' } })
  const resources = {
    C: put(order),
    Bus: bus(),
    Role: mayAll,
    Audit: abroad,
    A: queue,
    Dead: queue,
    R,
    S: rule('Audit', 'A'),
  }

  it('gets events when its policy and a role allow it; the sender pays', () => {
    const ran = runOf(scenarioOf({ ...resources, Policy }))
    expect(ran.level('A', 'visible')).toEqual([[3, 1]])
    expect(ran.costs.filter(({ quantity, item }) => quantity > 0 && item.startsWith('Events'))).toMatchObject([
      { resource: 'Bus', item: 'Events', quantity: 1 },
      { resource: 'Bus', item: 'Events to other accounts', quantity: 1 },
    ])
    const [{ body }] = held({ ...resources, Policy }) as [{ body: JsonObject }]
    expect(body['account']).toBe('123456789012')
    expect(problems({ ...resources, Policy })).toEqual([])
  })

  it.each<[string, Resources]>([
    ['without a policy', {}],
    [
      'with a policy for somebody else',
      { Policy: { ...Policy, Properties: { ...Policy.Properties, Principal: '111122223333' } } },
    ],
    [
      'with a policy that denies',
      {
        Policy,
        No: {
          Type: 'AWS::Events::EventBusPolicy',
          Properties: {
            EventBusName: 'Audit',
            StatementId: 'no',
            Statement: {
              Effect: 'Deny',
              Principal: { AWS: 'arn:aws:iam::123456789012:root' },
              Action: 'events:PutEvents',
            },
          },
        },
      },
    ],
  ])('refuses them %s, and nothing is tried again', (_, more) => {
    const ran = runOf(scenarioOf({ ...resources, ...more }))
    expect(ran.reasons('eventbridge.notLetIn')).toHaveLength(1)
    expect(ran.total('R', 'RetryInvocationAttempts')).toBe(0)
    expect(ran.level('Dead', 'visible')).toEqual([[2.5, 1]])
    expect(problems({ ...resources, ...more })).toEqual([expect.stringContaining('lets no events in')])
  })

  it('is let in, and given a role, by the fixes of its checks', () => {
    let scenario = scenarioOf({ ...resources, R: rule('Bus', 'Audit') })
    const found = (): Problem[] => checks.flatMap((check) => check(scenario))
    for (let [problem] = found(); problem !== undefined; [problem] = found())
      scenario = applyFix(scenario, problem.fix!)
    expect(runOf(scenario).level('A', 'visible')).toEqual([[3, 1]])
  })

  it('is not called without a role', () => {
    const ran = runOf(scenarioOf({ ...resources, Policy, R: rule('Bus', 'Audit') }))
    expect(ran.reasons('eventbridge.noRole')).toHaveLength(1)
    expect(ran.level('A', 'visible')).toEqual([])
  })
})

describe("a partner's bus (EB-1)", () => {
  const source = 'aws.partner/example.com/shop'
  const Bus = bus({ Name: source, EventSourceName: source })
  const partner = (call: string): Resource =>
    client(call, 'Bus', { pattern: 'once', at: 0 }, { body: { 'detail-type': 'sold', detail: {} } })

  it('takes events of the partner, under its name, and bills them', () => {
    const resources = {
      P: partner('events:PutPartnerEvents'),
      Bus,
      A: queue,
      R: rule('Bus', 'A', {}, { source: [source] }),
    }
    expect(held(resources)).toMatchObject([{ body: { source, 'detail-type': 'sold' } }])
    const ran = runOf(scenarioOf(resources))
    expect(ran.costs).toContainEqual(expect.objectContaining({ item: 'Partner events', quantity: 1 }))
    expect(ran.total('Bus', 'PutPartnerEventsEntriesCount')).toBe(1)
    expect(problems(resources)).toEqual([])
  })

  it.each([
    ['events:PutEvents', Bus],
    ['events:PutPartnerEvents', bus()],
  ])('refuses %s elsewhere', (call, on) => {
    const resources = { P: partner(call), Bus: on, A: queue, R: rule('Bus', 'A') }
    const ran = runOf(scenarioOf(resources))
    expect(ran.reasons('eventbridge.notPartner')).toHaveLength(1)
    expect(ran.total('P', 'Failures')).toBe(1)
    expect(problems(resources)).toEqual([expect.stringContaining(`refuses ${call}`)])
  })
})

describe('a loop', () => {
  const fn = (...steps: JsonObject[]): Resource => ({
    Type: 'AWS::Lambda::Function',
    Properties: { Runtime: 'nodejs24.x', MemorySize: 512, Timeout: 3, Role: 'Role' },
    Behavior: { steps },
  })
  const says = (source: string): JsonObject => ({
    call: 'events:PutEvents',
    to: 'Bus',
    body: { source, 'detail-type': 'x', detail: {} },
  })
  const only = (source: string): JsonObject => ({ source: [source] })
  const pingPong = openToAll({
    C: put({ source: 'ping', 'detail-type': 'x', detail: {} }),
    Bus: bus(),
    Role: mayAll,
    Ping: fn(says('pong')),
    Pong: fn(says('ping')),
    ToPing: rule('Bus', 'Ping', {}, only('ping')),
    ToPong: rule('Bus', 'Pong', {}, only('pong')),
  })

  it('of two rules stops after 50 rounds, and says which rule and what helps', () => {
    const ran = runOf(scenarioOf(pingPong, { duration: 3_600 }))
    expect(ran.total('ToPong', 'MatchedEvents')).toBe(50)
    expect(ran.total('ToPing', 'MatchedEvents')).toBe(51)
    expect(ran.reasons('eventbridge.loopStopped')).toEqual([[expect.any(Number), 50]])
    expect(ran.total('ToPong', 'DeadLetterInvocations')).toBe(1)
  })

  it('is told before it runs, once, with its way', () => {
    expect(problems(pingPong)).toEqual([
      expect.stringContaining('warning: ToPing -> Ping -> ToPong -> Pong -> ToPing is a loop'),
    ])
    expect(problems({ ...pingPong, Pong: fn(says('done')) })).toEqual([])
  })

  it('goes on from a keyframe as it went on', () => {
    expectResumable(scenarioOf(pingPong, { duration: 300 }), [50, 400])
  })

  it('of a rule and a function that puts what the rule matches stops too', () => {
    const { ToPong: _, ...rest } = pingPong
    const ran = runOf(scenarioOf({ ...rest, Ping: fn(says('ping')) }, { duration: 3_600 }))
    expect(ran.total('ToPing', 'MatchedEvents')).toBe(51)
    expect(ran.reasons('eventbridge.loopStopped')).toHaveLength(1)
  })

  it('is none when each event begins anew', () => {
    const ran = runOf(
      scenarioOf(openToAll({ ...pingPong, C: put(order, 120), ToPing: rule('Bus', 'Ping', {}, only('shop')) })),
    )
    expect(ran.total('ToPing', 'MatchedEvents')).toBe(120)
    expect(ran.reasons('eventbridge.loopStopped')).toEqual([])
  })
})

test('quotas: 300 rules of a bus, 100 custom buses', () => {
  const many = (count: number, make: (n: number) => Resource): Resources =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`X${n}`, make(n)]))
  const on = { Bus: bus(), A: queue }
  expect(problems({ ...on, ...many(300, () => rule('Bus', 'A')) })).toEqual([])
  expect(problems({ ...on, ...many(301, () => rule('Bus', 'A')) })).toEqual([
    expect.stringContaining('error: Bus has 301 rules'),
  ])
  const buses = (count: number): Resources => ({
    Default: bus({ Name: 'default' }),
    ...many(count, (n) => bus({ Name: `b${n}` })),
  })
  expect(problems(buses(100))).toEqual([])
  expect(problems(buses(101))).toEqual([expect.stringContaining('error: 101 custom buses')])
})
