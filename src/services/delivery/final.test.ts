/** What is not tried again (EB-9, SNS-5): a target that is gone, a message it refuses as it is. What is down for a while is. */
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, mayAll, openToAll, runOf, scenarioOf, type Ran } from '../run.fixture'

const once = { pattern: 'once', at: 1 }
const queue = (Properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties })
const put = client('events:PutEvents', 'Bus', once, { body: { source: 'shop' } })
const bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } }
const rule = (target: JsonObject): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: 'Bus',
    EventPattern: { source: ['shop'] },
    Targets: [{ Id: 'A', Arn: 'K', DeadLetterConfig: { Arn: 'Dead' }, ...target }],
  },
})
const without = (resource: string): NonNullable<Scenario['interventions']> => [{ at: 0, fault: 'deleted', resource }]
const attributes = (ran: Ran): { [name: string]: string } =>
  Object.fromEntries(
    ran.contents().flatMap(({ resource, value }) => {
      if (resource !== 'Dead') return []
      const all = (value as JsonObject)['attributes'] as { [name: string]: { stringValue: string } }
      return Object.entries(all).map(([name, { stringValue }]): [string, string] => [name, stringValue])
    }),
  )

describe('a rule', () => {
  it('does not try a target again that is deleted', () => {
    const resources = { C: put, Bus: bus, R: rule({}), K: queue(), Dead: queue() }
    const scenario = scenarioOf(resources, { interventions: without('K') })
    const ran = runOf(scenario)
    expect(ran.total('R', 'InvocationAttempts')).toBe(1)
    const { ERROR_CODE, RETRY_ATTEMPTS, EXHAUSTED_RETRY_CONDITION } = attributes(ran)
    expect([ERROR_CODE, RETRY_ATTEMPTS, EXHAUSTED_RETRY_CONDITION]).toEqual(['NO_RESOURCE', '0', undefined])
    expectResumable(scenario, [1, 2, 3])
  })

  it('nor an alias whose function is', () => {
    const F: Resource = { Type: 'AWS::Lambda::Function', Properties: {} }
    const V: Resource = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'F' } }
    const K: Resource = {
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: 'F', FunctionVersion: 'V', Name: 'live' },
    }
    const resources = openToAll({ C: put, Bus: bus, R: rule({}), F, V, K, Dead: queue() })
    const ran = runOf(scenarioOf(resources, { interventions: without('F') }))
    expect(attributes(ran)['ERROR_CODE']).toBe('NO_RESOURCE')
  })

  it('nor a FIFO queue that refuses the message as it is', () => {
    const K = queue({ FifoQueue: true })
    const ran = runOf(scenarioOf({ C: put, Bus: bus, R: rule({}), K, Dead: queue() }))
    expect(ran.reasons('sqs.noGroup')).toHaveLength(1)
    expect(attributes(ran)['ERROR_CODE']).toBe('INVALID_PARAMETER')
  })

  it('but one that is down', () => {
    const R = rule({ RetryPolicy: { MaximumRetryAttempts: 2 } })
    const down: NonNullable<Scenario['interventions']> = [{ at: 0, fault: 'resource-down', resource: 'K' }]
    const ran = runOf(scenarioOf({ C: put, Bus: bus, R, K: queue(), Dead: queue() }, { interventions: down }))
    expect(ran.total('R', 'InvocationAttempts')).toBe(3)
    expect(attributes(ran)['EXHAUSTED_RETRY_CONDITION']).toBe('MaximumRetryAttempts')
  })
})

it('topics, buckets and schedules give up what is deleted; a delivery stream waits for its bucket', () => {
  const ran = runOf(
    scenarioOf(
      {
        Role: mayAll,
        K: queue(),
        B: { Type: 'AWS::S3::Bucket' },
        C1: client('sns:Publish', 'T', once),
        T: { Type: 'AWS::SNS::Topic' },
        S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 'T', Protocol: 'sqs', Endpoint: 'K' } },
        C2: client('s3:PutObject', 'Told', once),
        Told: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: 'K' }] },
          },
        },
        At: {
          Type: 'AWS::Scheduler::Schedule',
          Properties: {
            ScheduleExpression: 'at(2026-11-20T00:01:00)',
            FlexibleTimeWindow: { Mode: 'OFF' },
            Target: { Arn: 'K', RoleArn: 'Role' },
          },
        },
        C3: client('firehose:PutRecord', 'H', once),
        H: {
          Type: 'AWS::KinesisFirehose::DeliveryStream',
          Properties: {
            ExtendedS3DestinationConfiguration: {
              BucketARN: 'B',
              RoleARN: 'Role',
              BufferingHints: { IntervalInSeconds: 5, SizeInMBs: 1 },
            },
          },
        },
      },
      { interventions: [...without('K'), ...without('B')], duration: 100 },
    ),
  )
  expect(ran.reasons('sns.dropped')).toHaveLength(1)
  expect(ran.reasons('s3.dropped')).toHaveLength(1)
  expect(ran.reasons('scheduler.dropped')).toHaveLength(1)
  expect(ran.reasons('firehose.deliveryRetry').length).toBeGreaterThan(3)
})
