import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../../model/scenario'
import { client, mayAll, runOf, scenarioOf, type Ran } from '../../run.fixture'
import { deadLetters, destinations } from '../checks/async'
import { recursion } from '../checks/recursion'
import { connectors } from '../connectors'
import { deadLetter } from '../connectors/dead-letter'

type Resources = { [id: string]: Resource }
const fn = (properties: JsonObject = {}, steps: JsonObject[] = [{ fail: {} }]): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 3, Role: 'Role', ...properties },
  Behavior: { provision: 0, init: 0, overhead: 0, steps },
})
const settings = (OnFailure: string, when = 'OnFailure'): Resource => ({
  Type: 'AWS::Lambda::EventInvokeConfig',
  Properties: {
    FunctionName: 'Fn',
    MaximumRetryAttempts: 0,
    DestinationConfig: { [when]: { Destination: OnFailure } },
  },
})
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: {} }
const bucket: Resource = { Type: 'AWS::S3::Bucket', Properties: {} }
const subscribed = (RawMessageDelivery: boolean): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: 'T', Protocol: 'sqs', Endpoint: 'Q', RawMessageDelivery },
})
const once = (body: JsonObject = { order: 7 }): Resource =>
  client('lambda:InvokeAsync', 'Fn', { pattern: 'once', at: 5 }, { body })
const held = (ran: Ran, id: string): { key: string; value: JsonObject }[] =>
  ran.contents().flatMap(({ resource, key, value }) => (resource === id ? [{ key, value: value as JsonObject }] : []))
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('records of failures', () => {
  test('go to a topic, with id and time filled in (INV-10)', () => {
    const ran = runOf(
      scenarioOf({
        Fn: fn(),
        Role: mayAll,
        Config: settings('T'),
        T: topic,
        Sub: subscribed(true),
        Q: queue,
        C: once(),
      }),
    )
    const [message] = held(ran, 'Q')
    expect(message!.value['body']).toMatchObject({
      timestamp: '2026-11-20T00:00:05.000Z',
      requestContext: { requestId: expect.stringMatching(UUID), condition: 'RetriesExhausted' },
      requestPayload: { order: 7 },
    })
    expect(ran.hops('sns:Publish').map(([at]) => at)).toEqual([5])
  })

  test('go to a bucket under the key AWS gives them (INV-10)', () => {
    const ran = runOf(scenarioOf({ Fn: fn(), Role: mayAll, Config: settings('B'), B: bucket, C: once() }))
    const [object] = held(ran, 'B')
    expect(object!.key).toMatch(/^aws\/lambda\/async\/Fn\/2026\/11\/20\/2026-11-20T00\.00\.05-[0-9a-f-]{36}$/)
    const { requestContext } = object!.value['body'] as { requestContext: JsonObject }
    expect(requestContext).toMatchObject({ condition: 'RetriesExhausted', requestId: expect.stringMatching(UUID) })
    expect(ran.total('Fn', 'AsyncEventsLost')).toBe(0)
  })

  test('need the permission of the role (INV-12)', () => {
    const Role: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
    for (const [to, resource] of [
      ['T', topic],
      ['B', bucket],
    ] as const) {
      const ran = runOf(scenarioOf({ Fn: fn(), Role, Config: settings(to), [to]: resource, C: once() }))
      expect(ran.total('Fn', 'DestinationDeliveryFailures')).toBe(1)
      expect(ran.total('Fn', 'AsyncEventsLost')).toBe(1)
    }
  })
})

describe('a dead-letter topic (INV-9)', () => {
  const resources = (body?: JsonObject): Resources => ({
    Fn: fn({ DeadLetterConfig: { TargetArn: 'T' } }),
    Config: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: 'Fn', MaximumRetryAttempts: 0 } },
    Role: mayAll,
    T: topic,
    Sub: subscribed(true),
    Q: queue,
    C: once(body),
  })
  test('gets the event as it came, with its attributes', () => {
    const [message] = held(runOf(scenarioOf(resources())), 'Q')
    expect(message!.value).toMatchObject({
      body: { order: 7 },
      attributes: {
        RequestID: { StringValue: expect.stringMatching(UUID) },
        ErrorCode: { StringValue: '200' },
      },
    })
  })
  test('does not get what is larger than 256 KB: DeadLetterErrors (INV-13)', () => {
    const ran = runOf(scenarioOf(resources({ text: 'x'.repeat(300_000) })))
    expect(held(ran, 'Q')).toEqual([])
    expect(ran.reasons('sns.tooLarge')).toHaveLength(1)
    expect(ran.total('Fn', 'DeadLetterErrors')).toBe(1)
  })
})

describe('what is said', () => {
  const poor: Resource = { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }
  const said = (check: typeof destinations, resources: Resources): string[] =>
    check(scenarioOf(resources)).map(({ message }) => message)
  test('permissions that are missing, in the words of AWS', () => {
    expect(said(destinations, { Fn: fn(), Role: poor, Config: settings('T'), T: topic })).toEqual([
      expect.stringContaining('to call Publish on arn:aws:sns:us-east-1:123456789012:T'),
    ])
    expect(said(destinations, { Fn: fn(), Role: poor, Config: settings('B'), B: bucket })).toEqual([
      expect.stringContaining('to call PutObject on arn:aws:s3:::B'),
    ])
    expect(said(deadLetters, { Fn: fn({ DeadLetterConfig: { TargetArn: 'T' } }), Role: poor, T: topic })).toEqual([
      expect.stringContaining('permissions to call Publish on SNS'),
    ])
  })
  test('a FIFO topic, and a bucket for what succeeded', () => {
    const T = { ...topic, Properties: { FifoTopic: true } }
    expect(said(destinations, { Fn: fn(), Role: mayAll, Config: settings('T'), T })[0]).toContain('is a FIFO topic')
    expect(said(deadLetters, { Fn: fn({ DeadLetterConfig: { TargetArn: 'T' } }), Role: mayAll, T })[0]).toContain(
      'FIFO',
    )
    expect(said(destinations, { Fn: fn(), Role: mayAll, Config: settings('B', 'OnSuccess'), B: bucket })[0]).toContain(
      'failures alone',
    )
  })
  test('a loop through a topic (LAM-68)', () => {
    const Sub: Resource = {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: 'T', Protocol: 'lambda', Endpoint: 'Fn' },
    }
    const Fn = fn({}, [{ call: 'sns:Publish', to: 'T' }])
    expect(said(recursion, { Fn, T: topic, Sub })[0]).toContain('Fn -> T -> Fn is a loop')
  })
})

describe('wires', () => {
  const join = (scenario: Scenario, resources: { [id: string]: Resource | null }): Scenario => ({
    ...scenario,
    resources: Object.fromEntries(
      Object.entries({ ...scenario.resources, ...resources }).filter(([, it]) => it !== null),
    ) as Resources,
  })
  const scenario = scenarioOf({
    Fn: fn(),
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [] } },
    T: topic,
    B: bucket,
  })
  test('to a dead-letter topic bring sns:Publish and take it away', () => {
    expect(deadLetter.accepts('Fn', 'T', scenario, 'failure')).toBe(true)
    expect(deadLetter.accepts('Fn', 'B', scenario, 'failure')).toHaveProperty('refused')
    const joined = join(scenario, deadLetter.connect('Fn', 'T', scenario).resources)
    const [wire] = deadLetter.derive(joined)
    expect(wire).toMatchObject({ to: 'T', action: 'sns:Publish', port: 'failure' })
    expect(JSON.stringify(joined.resources['Role'])).toContain('sns:Publish')
    const parted = join(joined, deadLetter.disconnect(wire!, joined).resources)
    expect(JSON.stringify(parted.resources['Role'])).not.toContain('sns:Publish')
  })
  test('of records go to topics, and of failures to buckets', () => {
    const able = (to: string, port: string) =>
      connectors.map((one) => one.accepts('Fn', to, scenario, port)).filter((it) => it !== null)
    expect(able('T', 'success')).toEqual([true])
    expect(able('T', 'onFailure')).toEqual([true])
    expect(able('B', 'onFailure')).toEqual([true])
    expect(able('B', 'success')).toEqual([{ refused: expect.stringContaining('failures alone') }])
    const one = connectors.find((it) => it.accepts('Fn', 'B', scenario, 'onFailure') === true)!
    const joined = join(scenario, one.connect('Fn', 'B', scenario).resources)
    expect(one.derive(joined)).toMatchObject([{ to: 'B', action: 's3:PutObject', port: 'failure' }])
    expect(JSON.stringify(joined.resources['Role'])).toContain('s3:PutObject')
  })
})
