import { expect, test } from 'vitest'
import { removeResources } from '../../gate'
import { mayAll, scenarioOf } from '../run.fixture'

test('what names a resource that is deleted goes with it: notifications, the target of a schedule', () => {
  const scenario = scenarioOf({
    B: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        NotificationConfiguration: {
          QueueConfigurations: [
            { Event: 's3:ObjectCreated:*', Queue: 'Q' },
            { Event: 's3:ObjectRemoved:*', Queue: 'R' },
          ],
        },
      },
    },
    S: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { ScheduleExpression: 'rate(1 minute)', Target: { Arn: 'Q', RoleArn: 'Role' } },
    },
    Role: mayAll,
    Q: { Type: 'AWS::SQS::Queue' },
    R: { Type: 'AWS::SQS::Queue' },
  })
  const { resources } = removeResources(scenario, ['Q']).scenario
  expect(JSON.stringify(resources['B'])).not.toContain('"Q"')
  expect(JSON.stringify(resources['B'])).toContain('"R"')
  expect(JSON.stringify(resources['S'])).not.toContain('"Q"')
})
