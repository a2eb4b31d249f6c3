import { describe, expect, it, test } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, openToAll, runOf, scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { deadLetters, subscription } from './connectors'

const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: {} }
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const subscribed = (Endpoint: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: 'Topic', Protocol: 'sqs', Endpoint, RawMessageDelivery: false, ...more },
})
const publish = (count: number, more: JsonObject = { body: { n: 1 } }, rate = 1): Resource =>
  client('sns:Publish', 'Topic', { pattern: 'constant', rate, at: 0, count }, more)
const fn: Resource = {
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role' },
  Behavior: { steps: [{ wait: 0.1 }] },
}
const role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
const attribute = (value: string, type = 'String'): JsonObject => ({ dataType: type, stringValue: value })

describe('a topic', () => {
  it('gives three queues a copy each; the one that is down for a minute catches up and loses nothing (claim 8.16)', () => {
    const interventions: Scenario['interventions'] = [
      { at: 10, fault: 'resource-down', resource: 'C' },
      { at: 70, repair: 'resource-down', resource: 'C' },
    ]
    const ran = runOf(
      scenarioOf(
        {
          Shop: publish(100),
          Topic: topic,
          A: queue,
          B: queue,
          C: queue,
          ToA: subscribed('A'),
          ToB: subscribed('B'),
          ToC: subscribed('C'),
        },
        { duration: 200, interventions },
      ),
    )
    for (const id of ['A', 'B', 'C']) expect(ran.level(id, 'visible').at(-1)?.[1]).toBe(100)
    // the others had everything 30 ms after it was published
    expect(ran.level('A', 'visible').at(-1)?.[0]).toBeCloseTo(99.03, 6)
    expect(ran.level('C', 'visible').filter(([at]) => at > 10.1 && at < 70)).toEqual([])
    expect(ran.total('Topic', 'NumberOfMessagesPublished')).toBe(100)
    expect(ran.total('Topic', 'NumberOfNotificationsDelivered')).toBe(300)
    expect(ran.total('Topic', 'NumberOfNotificationsFailed')).toBe(0)
  })

  it('tries again 3 times at once, 2 times after a second, 10 times with waits up to 20 s, then every 20 s (SNS-2)', () => {
    const interventions: Scenario['interventions'] = [{ at: 0, fault: 'resource-down', resource: 'A' }]
    const ran = runOf(
      scenarioOf({ Shop: publish(1), Topic: topic, A: queue, S: subscribed('A') }, { duration: 200, interventions }),
    )
    const waits = ran.reasons('sns.retry').map(([, wait]) => wait)
    expect(waits.slice(0, 5)).toEqual([0, 0, 0, 1, 1])
    expect(waits[5]).toBe(1)
    expect(waits[14]).toBe(20)
    const growing = waits.slice(5, 15)
    growing.slice(1).forEach((wait, i) => expect(wait / growing[i]!).toBeCloseTo(20 ** (1 / 9), 3))
    expect(new Set(waits.slice(15))).toEqual(new Set([20]))
  })

  it('tries an HTTPS host 3 times more, 20 s apart, then uses the dead-letter queue of the subscription (SNS-4, SNS-5)', () => {
    const host: Resource = { Type: 'Coldstart::Internet', Behavior: { host: 'x.example', errors: { rate: 1 } } }
    const ran = runOf(
      scenarioOf(
        {
          Shop: publish(1),
          Topic: topic,
          Host: host,
          Dead: queue,
          S: subscribed('Host', { Protocol: 'https', RedrivePolicy: { deadLetterTargetArn: 'Dead' } }),
        },
        { duration: 120 },
      ),
    )
    expect(ran.reasons('sns.retry').map(([, wait]) => wait)).toEqual([20, 20, 20])
    expect(ran.level('Dead', 'visible').at(-1)?.[1]).toBe(1)
    expect(ran.total('S', 'NumberOfNotificationsRedrivenToDlq')).toBe(1)
    expect(ran.total('Topic', 'NumberOfNotificationsFailed')).toBe(1)
  })

  it('does not try again what is refused for lack of permission (SNS-5)', () => {
    const other: Resource = {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'Fn', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' },
    }
    const resources = {
      Shop: publish(1),
      Topic: topic,
      Fn: fn,
      Role: role,
      S: subscribed('Fn', { Protocol: 'lambda' }),
    }
    const ran = runOf(scenarioOf({ ...resources, Other: other }))
    expect(ran.reasons('sns.retry')).toEqual([])
    expect(ran.reasons('sns.dropped').map(([, attempts]) => attempts)).toEqual([1])
    expect(runOf(scenarioOf(resources)).total('Fn', 'Invocations')).toBe(0)
    expect(runOf(scenarioOf(openToAll(resources))).total('Fn', 'Invocations')).toBe(1)
  })

  it('delivers what the filter policy of a subscription lets through, by attributes or by body (SNS-6, SNS-7)', () => {
    const attributes = {
      type: attribute('order'),
      price: attribute('120', 'Number'),
      tags: attribute('["a","b"]', 'String.Array'),
    }
    const ran = runOf(
      scenarioOf({
        Shop: publish(2, { body: { kind: 'x' }, attributes }),
        Topic: topic,
        A: queue,
        ByType: subscribed('A', { FilterPolicy: { type: ['order'], price: [{ numeric: ['>', 100] }], tags: ['b'] } }),
        B: queue,
        Other: subscribed('B', { FilterPolicy: { type: ['refund'] } }),
        C: queue,
        ByBody: subscribed('C', { FilterPolicy: { kind: ['x'] }, FilterPolicyScope: 'MessageBody' }),
      }),
    )
    const depth = (id: string): number => ran.level(id, 'visible').at(-1)?.[1] ?? 0
    expect([depth('A'), depth('B'), depth('C')]).toEqual([2, 0, 2])
    expect(ran.total('Topic', 'NumberOfNotificationsFilteredOut')).toBe(2)
    expect(ran.total('Other', 'NumberOfNotificationsFilteredOut-MessageAttributes')).toBe(2)
    expect(ran.reasons('sns.filteredOut')).toHaveLength(2)
  })

  it('tells what cannot be read apart from what is not wanted (SNS-7)', () => {
    const filtered = (message: JsonObject, policy: JsonObject): string[] => {
      const ran = runOf(scenarioOf({ Shop: publish(1, message), Topic: topic, A: queue, S: subscribed('A', policy) }))
      const names = [
        'MessageAttributes',
        'MessageBody',
        'NoMessageAttributes',
        'InvalidAttributes',
        'InvalidMessageBody',
      ]
      return names.filter((name) => ran.total('S', `NumberOfNotificationsFilteredOut-${name}`) === 1)
    }
    const byType = { FilterPolicy: { type: ['order'] } }
    const byBody = { ...byType, FilterPolicyScope: 'MessageBody' }
    expect(filtered({ body: {} }, byType)).toEqual(['NoMessageAttributes'])
    expect(filtered({ body: {}, attributes: { n: attribute('x', 'Number') } }, byType)).toEqual(['InvalidAttributes'])
    expect(filtered({ body: {}, attributes: { n: attribute('1', 'Number') } }, byType)).toEqual(['MessageAttributes'])
    expect(filtered({ text: 'no JSON' }, byBody)).toEqual(['InvalidMessageBody'])
    expect(filtered({ text: '{"type":"refund"}' }, byBody)).toEqual(['MessageBody'])
    expect(filtered({ text: '{"type":"order"}' }, byBody)).toEqual([])
  })

  it('puts messages into a delivery stream with a role', () => {
    const Stream: Resource = { Type: 'AWS::KinesisFirehose::DeliveryStream' }
    const drawn = subscription.connect('Topic', 'Stream', scenarioOf({ Topic: topic, Stream })).resources
    const resources: Scenario['resources'] = {
      Shop: publish(2),
      Topic: topic,
      Stream,
      ...(drawn as Scenario['resources']),
    }
    const way = (ran: ReturnType<typeof runOf>): number => ran.total('TopicToStream', 'NumberOfNotificationsDelivered')
    expect(way(runOf(scenarioOf(resources)))).toBe(2)
    const { SubscriptionRoleArn: _, ...Properties } = resources['TopicToStream']!.Properties!
    const without = scenarioOf({ ...resources, TopicToStream: { Type: 'AWS::SNS::Subscription', Properties } })
    expect(way(runOf(without))).toBe(0)
    expect(runOf(without).reasons('sns.noRole')).toHaveLength(2)
    expect(checks.flatMap((check) => check(without)).map(({ path }) => path)).toEqual([
      '/resources/TopicToStream/Properties/SubscriptionRoleArn',
    ])
  })

  it('says when nobody wants a message, and refuses one over 256 KB (SNS-1)', () => {
    expect(runOf(scenarioOf({ Shop: publish(1), Topic: topic })).reasons('sns.nobody')).toHaveLength(1)
    const large = runOf(
      scenarioOf({ Shop: publish(1, { text: 'x'.repeat(262_145) }), Topic: topic, A: queue, S: subscribed('A') }),
    )
    expect(large.reasons('sns.tooLarge').map(([, bytes]) => bytes)).toEqual([262_145])
    expect(large.total('Topic', 'NumberOfMessagesPublished')).toBe(0)
  })

  it('costs by the publish; deliveries to queues are free (PR-13)', () => {
    const { costs } = runOf(scenarioOf({ Shop: publish(4), Topic: topic, A: queue, S: subscribed('A') }))
    const topicCosts = (lines: typeof costs): number[] =>
      lines.filter(({ resource }) => resource === 'Topic').map(({ usd }) => usd)
    expect(topicCosts(costs)).toEqual([0.000_002])
    const large = publish(1, { text: 'x'.repeat(131_073) })
    expect(topicCosts(runOf(scenarioOf({ Shop: large, Topic: topic })).costs)).toEqual([0.000_001_5])
  })
})

test('queues get the envelope, or the message itself when raw; functions get Records', () => {
  const got = (more: JsonObject): JsonObject => {
    const ran = runOf(scenarioOf({ Shop: publish(1), Topic: topic, A: queue, S: subscribed('A', more) }))
    return (ran.contents().find(({ resource }) => resource === 'A')!.value as JsonObject)['body'] as JsonObject
  }
  expect(got({})).toMatchObject({ Type: 'Notification', Message: '{"n":1}', Timestamp: '2026-11-20T00:00:00.000Z' })
  expect(got({ RawMessageDelivery: true })).toEqual({ n: 1 })
})

describe('wires', () => {
  const scenario = scenarioOf({ Topic: topic, A: queue, Fn: fn, Role: role })
  it('write a subscription, and the permission a function needs', () => {
    const { resources } = subscription.connect('Topic', 'Fn', scenario)
    expect(resources).toMatchObject({
      TopicToFn: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 'Topic', Protocol: 'lambda', Endpoint: 'Fn' },
      },
    })
    expect(Object.values(resources).map((resource) => resource!.Type)).toContain('AWS::Lambda::Permission')
    const joined = { ...scenario, resources: { ...scenario.resources, ...resources } as Scenario['resources'] }
    expect(subscription.derive(joined)).toMatchObject([{ from: 'Topic', to: 'Fn', action: 'lambda:InvokeAsync' }])
    expect(subscription.accepts('Topic', 'Fn', joined)).toEqual({ refused: expect.stringContaining('already') })
    const [wire] = subscription.derive(joined)
    expect(Object.values(subscription.disconnect(wire!, joined).resources)).toEqual([null, null])
  })
  it('to a dead-letter queue are written in the subscriptions', () => {
    const joined = { ...scenario, resources: { ...scenario.resources, S: subscribed('Fn', { Protocol: 'lambda' }) } }
    const { resources } = deadLetters.connect('Topic', 'A', joined)
    expect(resources['S']!.Properties).toMatchObject({ RedrivePolicy: { deadLetterTargetArn: 'A' } })
  })
})

test.each<[string, { [id: string]: Resource }, string]>([
  ['the wrong protocol', { S: subscribed('Fn') }, 'is delivered to by lambda'],
  [
    'a FIFO queue at a standard topic',
    { A: { ...queue, Properties: { FifoQueue: true } }, S: subscribed('A') },
    'only a FIFO topic',
  ],
  [
    'raw delivery to a function',
    { S: subscribed('Fn', { Protocol: 'lambda', RawMessageDelivery: true }) },
    'always get the envelope',
  ],
  ['a nested policy on attributes', { S: subscribed('A', { FilterPolicy: { a: { b: [1] } } }) }, 'is nested'],
  [
    'six keys',
    { S: subscribed('A', { FilterPolicy: { a: [1], b: [1], c: [1], d: [1], e: [1], f: [1] } }) },
    'has 6 keys',
  ],
  [
    'values times depth beyond 150',
    {
      S: subscribed('A', {
        FilterPolicyScope: 'MessageBody',
        FilterPolicy: { a: { b: { c: [1, 2, 3, 4] } }, d: { e: [1, 2, 3] }, f: [1, 2, 3] },
      }),
    },
    'has 216 combinations',
  ],
  ['a policy over 256 KB', { S: subscribed('A', { FilterPolicy: { a: ['x'.repeat(262_144)] } }) }, 'has 262154 bytes'],
  [
    'a number beyond a thousand million',
    { S: subscribed('A', { FilterPolicy: { a: [{ numeric: ['>', 1_000_000_001] }] } }) },
    'compares with 1000000001',
  ],
  [
    'a number with six decimals',
    { S: subscribed('A', { FilterPolicy: { a: [{ numeric: ['=', 0.000_001] }] } }) },
    'compares with 0.000001',
  ],
  ['a policy that is none', { S: subscribed('A', { FilterPolicy: { a: 'b' } }) }, 'cannot be used'],
])('%s is refused', (_, resources, part) => {
  const scenario = scenarioOf(openToAll({ Topic: topic, A: queue, Fn: fn, Role: role, ...resources }))
  expect(checks.flatMap((check) => check(scenario)).map(({ message }) => message)).toEqual([
    expect.stringContaining(part),
  ])
})
