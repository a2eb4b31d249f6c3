/** What targets of schedules get, and inputs that AWS would refuse (EB-66); a schedule that is deleted. */
import { expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { mayAll, runOf, scenarioOf } from '../run.fixture'
import { checks } from './checks'

const every = (target: JsonObject): Resource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { RoleArn: 'Role', ...target },
  },
})
const REST: Scenario['resources'] = {
  Role: mayAll,
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
  R: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: 'Bus',
      EventPattern: { source: [{ prefix: '' }] },
      Targets: [{ Id: 'K', Arn: 'K' }],
    },
  },
  K: { Type: 'AWS::SQS::Queue' },
  F: { Type: 'AWS::Lambda::Function', Properties: { Role: 'Role' } },
  T: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: true } },
}
const called = { EventBridgeParameters: { Source: 'clock', DetailType: 'tick' } }
const problems = (target: JsonObject): string[] =>
  checks.flatMap((check) => check(scenarioOf({ ...REST, S: every(target) }))).map(({ message }) => message)

it('a bus gets the event its parameters name, also without an input', () => {
  const ran = runOf(scenarioOf({ ...REST, S: every({ Arn: 'Bus', ...called }) }, { duration: 100 }))
  const [message] = ran.contents().map(({ value }) => value as JsonObject)
  expect(message!['body']).toMatchObject({
    source: 'clock',
    'detail-type': 'tick',
    detail: { 'detail-type': 'Scheduled Event' },
  })
  expect(ran.costs.find(({ resource, item }) => resource === 'Bus' && item === 'Events')!.quantity).toBe(1)
})

it('functions and buses take JSON, and only AWS sends events of aws.', () => {
  expect(problems({ Arn: 'F', Input: 'hello' })).toEqual([
    'F takes JSON, and the input is none. Write it such as {"id": 7} or "text".',
  ])
  expect(problems({ Arn: 'F', Input: '"hello"' })).toEqual([])
  expect(problems({ Arn: 'K', Input: 'hello' })).toEqual([])
  expect(problems({ Arn: 'Bus', Input: '[1]', ...called })[0]).toContain('a JSON object')
  const posing = { EventBridgeParameters: { Source: 'aws.ec2', DetailType: 'tick' } }
  expect(problems({ Arn: 'Bus', Input: '{}', ...posing })[0]).toContain('Only AWS services')
  expect(problems({ Arn: 'T' })[0]).toContain('T is a FIFO topic')
})

it('a schedule that is deleted fires no more', () => {
  const interventions: Scenario['interventions'] = [{ at: 90, fault: 'deleted', resource: 'S' }]
  const ran = runOf(scenarioOf({ ...REST, S: every({ Arn: 'K' }) }, { interventions }))
  expect(ran.reasons('scheduler.fired').map(([at]) => at)).toEqual([60])
})
