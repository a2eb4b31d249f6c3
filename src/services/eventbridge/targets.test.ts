/** Targets of rules that need more than their name, entries that a bus refuses, rules that are deleted. */
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, runOf, scenarioOf, type Ran } from '../run.fixture'
import { ruleProblems } from './checks'
import { busProblems } from './bus-checks'
import { targetConnector } from './connectors'

const bus = (Name = 'shop', Behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Events::EventBus',
  Properties: { Name },
  Behavior,
})
const queue = (Properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties })
const FIFO = queue({ FifoQueue: true, ContentBasedDeduplication: true })
const rule = (...targets: JsonObject[]): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: 'Bus',
    EventPattern: { source: [{ prefix: '' }] },
    Targets: targets.map((target, index) => ({ Id: `t${index}`, ...target })),
  },
})
const put = (more: JsonObject, times = 1): Resource =>
  client('events:PutEvents', 'Bus', { pattern: 'repeat', every: 1, times, at: 1 }, more)
const grouped = { Arn: 'K', SqsParameters: { MessageGroupId: 'orders' } }
const held = (ran: Ran, id: string): JsonObject[] =>
  ran.contents().flatMap(({ resource, value }) => (resource === id ? [value as JsonObject] : []))
const problems = (resources: Scenario['resources']): string[] =>
  [...ruleProblems(scenarioOf(resources)), ...busProblems(scenarioOf(resources))].map(
    ({ path, message }) => `${path.replace('/resources/', '')}: ${message}`,
  )

describe('a FIFO queue as a target', () => {
  it('gets the message group of the target, and events are told apart by their ids (SQS-4)', () => {
    const C = put({ body: { source: 'shop', detail: { a: 1 } } }, 3)
    const messages = held(runOf(scenarioOf({ C, Bus: bus(), R: rule(grouped), K: FIFO })), 'K')
    expect(messages.map(({ group }) => group)).toEqual(['orders', 'orders', 'orders'])
  })

  it('is refused without one, as parameters are that fit no FIFO queue', () => {
    expect(problems({ Bus: bus(), R: rule({ Arn: 'K' }), K: FIFO })).toEqual([
      expect.stringMatching(/^R\/Properties\/Targets\/0\/Arn: K is a FIFO queue .* Set SqsParameters/),
    ])
    expect(problems({ Bus: bus(), R: rule(grouped), K: queue() })).toEqual([
      'R/Properties/Targets/0/SqsParameters: K is no FIFO queue. Remove SqsParameters.',
    ])
    expect(problems({ Bus: bus(), R: rule(grouped), K: FIFO })).toEqual([])
  })

  it('gets one with its wire', () => {
    const scenario = scenarioOf({ Bus: bus(), K: FIFO })
    const { resources } = targetConnector.connect('Bus', 'K', scenario)
    expect(problems({ ...scenario.resources, ...(resources as Scenario['resources']) })).toEqual([])
  })
})

it('checks find targets that a rule cannot call as they are written', () => {
  const poor: Resource = { Type: 'AWS::IAM::Role' }
  const stream: Resource = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } }
  const target = { Arn: 'Stream', RoleArn: 'Role' }
  expect(problems({ Bus: bus(), R: rule(target), Role: poor, Stream: stream })).toEqual([
    'R/Properties/Targets/0/RoleArn: Role does not allow kinesis:PutRecord on Stream: every call of R will be refused. Allow it.',
  ])
  expect(problems({ Bus: bus(), R: rule(target), Role: mayAll, Stream: stream })).toEqual([])
  const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } }
  expect(problems({ Bus: bus(), R: rule({ Arn: 'T' }), T: topic })[0]).toContain('T is a FIFO topic')
  const same = rule({ Arn: 'K', Id: 'a' }, { Arn: 'L', Id: 'a' })
  expect(problems({ Bus: bus(), R: same, K: queue(), L: queue() })).toEqual([
    'R/Properties/Targets/1/Id: R has two targets with the Id a. Give each an Id of its own.',
  ])
  const far = { Far: bus('far', { account: '999999999999' }), Let: letIn }
  const part = { Arn: 'Far', RoleArn: 'Role', InputPath: '$.detail' }
  expect(problems({ Bus: bus(), R: rule(part), Role: mayAll, ...far })[0]).toContain('gets events as they are')
  expect(problems({ A: bus('default'), B: bus('default') })[0]).toContain('are both named default')
  expect(problems({ A: bus('shop'), B: bus('shop') })[0]).toContain('are both named shop')
  expect(problems({ A: bus('default'), B: bus('default', { account: '999999999999' }) })).toEqual([])
})
const letIn: Resource = {
  Type: 'AWS::Events::EventBusPolicy',
  Properties: { EventBusName: 'Far', StatementId: 'a', Principal: '123456789012' },
}

describe('a bus refuses', () => {
  it.each<[string, JsonObject]>([
    ['text', { text: 'hello' }],
    ['a detail that is a text', { body: { source: 'shop', detail: 'x' } }],
    ['a detail that is a list', { body: { source: 'shop', detail: [1] } }],
  ])('%s (MalformedDetail)', (_, sent) => {
    const ran = runOf(scenarioOf({ C: put(sent), Bus: bus(), R: rule({ Arn: 'K' }), K: queue() }))
    expect(ran.reasons('eventbridge.malformed')).toHaveLength(1)
    expect(ran.total('C', 'Failures')).toBe(1)
    expect(held(ran, 'K')).toEqual([])
  })

  it('what a function sends in the name of an AWS service; a client may stand for one', () => {
    const body = { source: 'aws.ec2', detail: {} }
    const F: Resource = {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'Role' },
      Behavior: { steps: [{ call: 'events:PutEvents', to: 'Bus', body }] },
    }
    const C = client('lambda:Invoke', 'F', { pattern: 'once', at: 1 })
    const ran = runOf(
      scenarioOf({ C, F, D: put({ body }), Role: mayAll, Bus: bus(), R: rule({ Arn: 'K' }), K: queue() }),
    )
    expect(ran.reasons('eventbridge.notYours')).toHaveLength(1)
    expect(held(ran, 'K')).toHaveLength(1)
  })
})

it('a rule that is deleted matches nothing until it is made again', () => {
  const C = put({ body: { source: 'shop' } }, 6)
  const interventions: Scenario['interventions'] = [
    { at: 2.5, fault: 'deleted', resource: 'R' },
    { at: 4.5, repair: 'deleted', resource: 'R' },
  ]
  const scenario = scenarioOf({ C, Bus: bus(), R: rule({ Arn: 'K' }), K: queue() }, { interventions })
  const ran = runOf(scenario)
  expect(ran.reasons('eventbridge.unmatched').map(([at]) => at)).toEqual([3, 4])
  expect(held(ran, 'K')).toHaveLength(4)
  expectResumable(scenario, [5, 10, 14])
})

it('PutEvents to a bus that is gone answers 200, and the event is lost (EB-5)', () => {
  const C = put({ body: { source: 'shop' } }, 3)
  const interventions: Scenario['interventions'] = [{ at: 1.5, fault: 'deleted', resource: 'Bus' }]
  const ran = runOf(scenarioOf({ C, Bus: bus(), R: rule({ Arn: 'K' }), K: queue() }, { interventions }))
  expect(ran.total('C', 'Successes')).toBe(3)
  expect(ran.reasons('eventbridge.busGone').map(([at]) => at)).toEqual([2, 3])
  expect(held(ran, 'K')).toHaveLength(1)
})

it('what came from a bus and may not go on to another is a dead letter where there is a queue for it (EB-14)', () => {
  const over = (from: string, target: JsonObject): Resource => ({
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: `${from}Rule`,
      EventBusName: from,
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 't', ...target }],
    },
  })
  const resources = {
    C: put({ body: { source: 'shop' } }),
    Bus: bus(),
    R1: over('Bus', { Arn: 'Second' }),
    Second: bus('second'),
    R2: over('Second', { Arn: 'Third', DeadLetterConfig: { Arn: 'Dead' } }),
    Third: bus('third'),
    R3: over('Third', { Arn: 'K' }),
    K: queue(),
    Dead: queue(),
  }
  const ran = runOf(scenarioOf(resources))
  const [letter] = held(ran, 'Dead')
  expect(letter!['attributes']).toMatchObject({
    ERROR_CODE: { stringValue: 'THIRD_ACCOUNT_HOP_DETECTED' },
    RULE_ARN: { stringValue: 'arn:aws:events:us-east-1:123456789012:rule/second/SecondRule' },
  })
  expect(held(ran, 'K')).toEqual([])
  expect(ran.reasons('eventbridge.notOnward')).toHaveLength(1)
  expect([ran.total('R2', 'InvocationAttempts'), ran.total('R2', 'InvocationsSentToDlq')]).toEqual([0, 1])
})
