import type { JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { object, text } from '../../../network/read'
import { EVENT_ID, EVENT_TIME } from '../../filled'

const ACCOUNT = '123456789012'

export const isStopped = (id: LogicalId, scenario: Scenario): boolean =>
  text(object(scenario.resources[id]?.Behavior)['state']) === 'stopped'

/** All else the document says of it. */
export function withoutState(id: LogicalId, scenario: Scenario): string {
  const { state: _, ...behavior } = object(scenario.resources[id]?.Behavior)
  return JSON.stringify([scenario.resources[id]?.Properties, behavior])
}

/** What the default bus gets when the state of an instance changes (ASG-5). */
export const stateChange = (instance: string, state: string): JsonObject => ({
  version: '0',
  id: EVENT_ID,
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: ACCOUNT,
  time: EVENT_TIME,
  region: 'us-east-1',
  resources: [`arn:aws:ec2:us-east-1:${ACCOUNT}:instance/${instance}`],
  detail: { 'instance-id': instance, state },
})
