import { test } from 'vitest'
import type { Resource } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, scenarioOf } from '../run.fixture'

const topic: Resource = { Type: 'AWS::SNS::Topic', Properties: {} }
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const schedule = (Arn: string, FlexibleTimeWindow: { [name: string]: string | number }): Resource => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'rate(1 minute)',
    FlexibleTimeWindow,
    Target: { Arn, RoleArn: 'Role', DeadLetterConfig: { Arn: 'Dead' }, RetryPolicy: { MaximumRetryAttempts: 3 } },
  },
})
const scenario = (profile: string) =>
  scenarioOf(
    {
      Role: mayAll,
      Clock: schedule('Topic', { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 2 }),
      Strict: schedule('Q', { Mode: 'OFF' }),
      Topic: topic,
      Sub: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: 'Topic', Protocol: 'sqs', Endpoint: 'Q', RawMessageDelivery: false },
      },
      Q: queue,
      Dead: queue,
      Photos: client('s3:PutObject', 'B', { pattern: 'poisson', rate: 2, at: 0 }, { body: { size: 1 } }),
      Deletes: client('s3:DeleteObject', 'B', { pattern: 'poisson', rate: 1, at: 0 }, { body: { key: 'object-{n}' } }),
      B: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          VersioningConfiguration: { Status: 'Enabled' },
          NotificationConfiguration: {
            LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: 'Fn' }],
            QueueConfigurations: [{ Event: 's3:ObjectRemoved:*', Queue: 'Q' }],
            EventBridgeConfiguration: {},
          },
        },
      },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } },
      Tick: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: 'Bus',
          ScheduleExpression: 'rate(1 minute)',
          Targets: [{ Id: 'Q', Arn: 'Q' }],
        },
      },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs24.x', MemorySize: 512, Timeout: 3, Role: 'Role' },
        Behavior: {
          steps: [
            { call: 's3:GetObject', to: 'B' },
            { call: 's3:PutObject', to: 'Small' },
          ],
        },
      },
      Small: { Type: 'AWS::S3::Bucket' },
    },
    {
      profile,
      duration: 400,
      facts: { 's3.duplicates': 0.2 },
      interventions: [
        { at: 100, fault: 'resource-down', resource: 'Q' },
        { at: 200, repair: 'resource-down', resource: 'Q' },
      ],
    },
  )

test.each(['teaching', 'aws-2026-11'])(
  'buckets, schedules and topics go on from a keyframe as they went on (%s)',
  (profile) => {
    expectResumable(scenario(profile), [10, 500, 3_000])
  },
)
