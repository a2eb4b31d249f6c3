import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { CONNECTORS } from '../connectors'
import { openToAll, scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { notification, toDefaultBus } from './connectors'

type Resources = { [id: string]: Resource }
const bucket = (NotificationConfiguration?: JsonObject): Resource => ({
  Type: 'AWS::S3::Bucket',
  Properties: NotificationConfiguration === undefined ? {} : { NotificationConfiguration },
})
const fn = (steps: JsonObject[] = []): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {},
  Behavior: { steps },
})
const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: {} }
const bus = (Name: string): Resource => ({ Type: 'AWS::Events::EventBus', Properties: { Name } })
const filtered = (prefix: string, suffix = ''): JsonObject => ({
  S3Key: { Rules: [{ Name: 'prefix', Value: prefix }, ...(suffix === '' ? [] : [{ Name: 'suffix', Value: suffix }])] },
})
const after = (scenario: Scenario, { resources }: ReturnType<typeof notification.connect>): Scenario => {
  const all = Object.entries({ ...scenario.resources, ...resources }).filter(([, it]) => it !== null)
  return { ...scenario, resources: Object.fromEntries(all) as Resources }
}

describe('wires from a bucket', () => {
  test.each<[string, Resource, JsonObject]>([
    ['a function', fn(), { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: 'To' }] }],
    ['a queue', queue(), { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'To' }] }],
    ['a topic', topic, { TopicConfigurations: [{ Event: 's3:ObjectCreated:*', Topic: 'To' }] }],
  ])('to %s are notifications', (_, To, written) => {
    const scenario = scenarioOf({ B: bucket(), To })
    expect(notification.accepts('B', 'To', scenario)).toBe(true)
    const joined = after(scenario, notification.connect('B', 'To', scenario))
    expect(joined.resources['B']!.Properties).toEqual({ NotificationConfiguration: written })
    const [wire] = notification.derive(joined)
    expect(wire).toMatchObject({ from: 'B', to: 'To', style: 'async' })
    expect(notification.accepts('B', 'To', joined)).toEqual({ refused: expect.stringContaining('already') })
    expect(after(joined, notification.disconnect(wire!, joined)).resources['B']!.Properties).toEqual({})
  })

  test('to a function bring the statement it needs, once it has one (LAM-65)', () => {
    const guarded: Resource = {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: 'Fn', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
    }
    const scenario = scenarioOf({ B: bucket(), Fn: fn(), Guarded: guarded })
    const drawn = notification.connect('B', 'Fn', scenario)
    expect(drawn.resources['BInvokesFn']!.Properties).toMatchObject({ Principal: 's3.amazonaws.com', SourceArn: 'B' })
    const joined = after(scenario, drawn)
    expect(
      Object.keys(after(joined, notification.disconnect(notification.derive(joined)[0]!, joined)).resources),
    ).toEqual(['B', 'Fn', 'Guarded'])
  })

  test('are refused to what a bucket cannot tell, and a second time for the same objects (S3-2, S3-3)', () => {
    const told = bucket({ QueueConfigurations: [{ Event: 's3:ObjectCreated:Put', Queue: 'Q' }] })
    const scenario = scenarioOf({ B: bucket(), Told: told, Q: queue(), Fifo: queue({ FifoQueue: true }), R: queue() })
    expect(notification.accepts('B', 'Told', scenario)).toEqual({ refused: expect.stringContaining('Put a function') })
    expect(notification.accepts('B', 'Fifo', scenario)).toEqual({ refused: expect.stringContaining('EventBridge') })
    expect(notification.accepts('Told', 'R', scenario)).toEqual({ refused: expect.stringContaining('Q of created') })
  })

  test('to a bus are for the default one', () => {
    const scenario = scenarioOf({ B: bucket(), Bus: bus('default'), Other: bus('shop') })
    expect(toDefaultBus.accepts('B', 'Other', scenario)).toEqual({ refused: expect.stringContaining('default') })
    expect(toDefaultBus.accepts('B', 'Bus', scenario)).toBe(true)
    const joined = after(scenario, toDefaultBus.connect('B', 'Bus', scenario))
    const [wire] = toDefaultBus.derive(joined)
    expect(wire).toMatchObject({ from: 'B', to: 'Bus', action: 'events:PutEvents' })
    expect(toDefaultBus.accepts('B', 'Bus', joined)).toEqual({ refused: expect.stringContaining('already') })
    expect(after(joined, toDefaultBus.disconnect(wire!, joined)).resources['B']!.Properties).toEqual({})
  })

  test.each(['Coldstart::Client', 'AWS::Lambda::Function'])('to a bucket from %s are PutObject', (Type) => {
    const scenario = scenarioOf({ From: { Type, Behavior: {} }, B: bucket() })
    const able = CONNECTORS.filter((one) => one.accepts('From', 'B', scenario) === true)
    expect(able).toHaveLength(1)
    const joined = after(scenario, able[0]!.connect('From', 'B', scenario))
    const wires = CONNECTORS.flatMap((one) => one.derive(joined)).filter(({ to }) => to === 'B')
    expect(wires).toMatchObject([{ from: 'From', action: 's3:PutObject', style: 'sync' }])
  })
})

const problems = (resources: Resources): [string, string, string][] =>
  checks
    .flatMap((check) => check(scenarioOf(resources)))
    .map(({ severity, path, message }) => [severity, path, message])
const at = '/resources/B/Properties/NotificationConfiguration'
const created = 's3:ObjectCreated:*'

describe('what is said about buckets', () => {
  test('two filters that overlap, in the words of AWS (S3-3)', () => {
    const two = (a: JsonObject, b: JsonObject): Resources => ({
      B: bucket({ QueueConfigurations: [{ Queue: 'Q', ...a }], TopicConfigurations: [{ Topic: 'T', ...b }] }),
      Q: queue(),
      T: topic,
    })
    const overlapping = (a: JsonObject, b: JsonObject): boolean => problems(two(a, b)).length === 1
    const jpg = { Event: created, Filter: filtered('in/', '.jpg') }
    expect(problems(two({ Event: created }, { Event: 's3:ObjectCreated:Put' }))).toEqual([
      [
        'error',
        `${at}/TopicConfigurations/0`,
        'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type. Q and T would both be told of one object (S3-3).',
      ],
    ])
    expect(overlapping(jpg, { Event: created, Filter: filtered('in/2026', 'g') })).toBe(true)
    expect(overlapping(jpg, { Event: created, Filter: filtered('in/', '.png') })).toBe(false)
    expect(overlapping(jpg, { Event: created, Filter: filtered('out/', '.jpg') })).toBe(false)
    expect(overlapping(jpg, { Event: 's3:ObjectRemoved:*', Filter: filtered('in/') })).toBe(false)
  })

  test('a FIFO queue, two prefixes in one filter, a missing default bus, a function that does not let S3 in', () => {
    const Rules = ['a', 'b'].map((Value) => ({ Name: 'prefix', Value }))
    expect(
      problems({
        B: bucket({
          QueueConfigurations: [{ Event: created, Queue: 'Q', Filter: { S3Key: { Rules } } }],
          LambdaConfigurations: [{ Event: 's3:ObjectRemoved:*', Function: 'Fn' }],
          EventBridgeConfiguration: {},
        }),
        Q: queue({ FifoQueue: true }),
        Fn: fn(),
        P: {
          Type: 'AWS::Lambda::Permission',
          Properties: { FunctionName: 'Fn', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
        },
      }).map(([severity, path]) => [severity, path]),
    ).toEqual([
      ['error', `${at}/QueueConfigurations/0/Filter`],
      ['warning', `${at}/LambdaConfigurations/0/Function`],
      ['error', `${at}/QueueConfigurations/0/Queue`],
      ['info', `${at}/EventBridgeConfiguration`],
    ])
  })

  const loops = (entry: JsonObject, more: Resources): string[] =>
    problems(openToAll({ B: bucket(entry), ...more })).flatMap(([severity, , message]) =>
      severity === 'warning' ? [message] : [],
    )
  const toFn = (Filter?: JsonObject): JsonObject => ({
    LambdaConfigurations: [{ Event: created, Function: 'Fn', ...(Filter === undefined ? {} : { Filter }) }],
  })
  const writes = (key: string, call = 's3:PutObject'): Resource => fn([{ call, to: 'B', key }])

  test('a function that writes to the bucket that starts it, with both remedies (S3-5)', () => {
    const [message] = loops(toFn(), { Fn: writes('a') })
    expect(message).toContain('B -> Fn -> B is a loop')
    expect(message).toContain('second bucket')
    expect(message).toContain('prefix')
    expect(loops(toFn(filtered('in/')), { Fn: writes('in/small/a') })).toHaveLength(1)
    expect(loops(toFn(filtered('in/')), { Fn: writes('out/a') })).toEqual([])
    expect(loops(toFn(), { Fn: writes('a', 's3:GetObject') })).toEqual([])
    expect(loops(toFn(), { Fn: writes('a', 's3:DeleteObject') })).toEqual([])
    expect(loops(toFn(), { Fn: fn([{ call: 's3:PutObject', to: 'C', key: 'a' }]), C: bucket() })).toEqual([])
  })

  test('the same through a queue, a topic and another function', () => {
    const resources: Resources = {
      T: topic,
      S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'T', Protocol: 'sqs', Endpoint: 'Q' } },
      Q: queue(),
      M: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'Q', FunctionName: 'Fn' } },
      Fn: fn([{ call: 'lambda:InvokeAsync', to: 'Gn' }]),
      Gn: writes('a'),
    }
    const [message] = loops({ TopicConfigurations: [{ Event: created, Topic: 'T' }] }, resources)
    expect(message).toContain('B -> T -> Q -> Fn -> Gn -> B is a loop')
  })
})

test('the gate takes what AWS takes', () => {
  const gated = (Properties: JsonObject, Behavior: JsonObject = {}): boolean =>
    gateJson(
      JSON.parse(JSON.stringify(scenarioOf({ B: { Type: 'AWS::S3::Bucket', Properties, Behavior }, Q: queue() }))),
    ).ok
  const queues = (entry: JsonObject): JsonObject => ({
    NotificationConfiguration: { QueueConfigurations: [{ Event: created, Queue: 'Q', ...entry }] },
  })
  expect(gated({}, { objects: { 'a/b c.jpg': { size: 2 } }, latency: 0.1 })).toBe(true)
  expect(gated({ BucketName: 'my-bucket', VersioningConfiguration: { Status: 'Enabled' } })).toBe(true)
  expect(gated(queues({ Filter: filtered('in/', '.jpg') }))).toBe(true)
  expect(gated({ NotificationConfiguration: { EventBridgeConfiguration: {} } })).toBe(true)
  expect(gated({ BucketName: 'My_Bucket' })).toBe(false)
  expect(gated(queues({ Event: 'ObjectCreated' }))).toBe(false)
  expect(gated(queues({ Queue: 'Missing' }))).toBe(false)
  expect(gated(queues({ Filter: { S3Key: { Rules: [{ Name: 'contains', Value: 'x' }] } } }))).toBe(false)
})
