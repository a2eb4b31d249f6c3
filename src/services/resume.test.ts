import { describe, expect, it } from 'vitest'
import type { Scenario } from '../model/scenario'
import { expectResumable } from './resume.fixture'
import { client, mayAll, scenarioOf } from './run.fixture'

/** Everything at once: bus, rule, dead-letter queues, table, database, internet, interfaces of both kinds. */
const everything = (profile: string): Scenario =>
  scenarioOf(
    {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'a' } },
      G: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', VpcId: 'Vpc' } },
      H: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'h', VpcId: 'Vpc' } },
      Role: mayAll,
      Shoppers: client(
        'events:PutEvents',
        'Bus',
        { pattern: 'poisson', rate: 20, at: 0 },
        { body: { source: 'shop', 'detail-type': 'o', detail: { n: 1 } }, poison: [3, 30, 31] },
      ),
      Bus: { Type: 'AWS::Events::EventBus' },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: 'Bus',
          EventPattern: { source: ['shop'] },
          State: 'ENABLED',
          Targets: [
            { Id: 'q', Arn: 'Q' },
            { Id: 'f', Arn: 'Direct', DeadLetterConfig: { Arn: 'Lost' }, RetryPolicy: { MaximumRetryAttempts: 2 } },
          ],
        },
      },
      Q: {
        Type: 'AWS::SQS::Queue',
        Properties: { VisibilityTimeout: 5, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 2 } },
      },
      Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 60 } },
      Lost: { Type: 'AWS::SQS::Queue' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: 'Q', FunctionName: 'Worker', BatchSize: 5 },
      },
      Worker: {
        Type: 'AWS::Lambda::Function',
        Properties: { MemorySize: 1024, Timeout: 3, Role: 'Role' },
        Behavior: {
          steps: [{ wait: { exp: 0.3 } }, { call: 'dynamodb:PutItem', to: 'Table' }, { fail: { poison: true } }],
        },
      },
      Direct: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          MemorySize: 512,
          Timeout: 3,
          Role: 'Role',
          VpcConfig: { SubnetIds: ['A'], SecurityGroupIds: ['G'] },
        },
        Behavior: { steps: [{ wait: 0.1 }] },
      },
      New: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: 'Role', VpcConfig: { SubnetIds: ['A'], SecurityGroupIds: ['H'] } },
        Behavior: { created: 2 },
      },
      Table: { Type: 'AWS::DynamoDB::Table', Behavior: { items: { start: { n: 1 } } } },
      Readers: client('rds:Query', 'Db', { pattern: 'poisson', rate: 30, at: 0 }),
      Db: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { Engine: 'mysql' },
        Behavior: { latency: { exp: 0.1 }, maxConnections: 4 },
      },
      Surfers: client('https:Request', 'Web', { pattern: 'poisson', rate: 5, at: 0 }),
      Web: { Type: 'Coldstart::Internet', Behavior: { latency: { exp: 0.2 }, errors: { rate: 0.1 } } },
    },
    {
      profile,
      duration: 60,
      interventions: [
        { at: 20, fault: 'resource-down', resource: 'Direct' },
        { at: 25, set: '/resources/Q/Properties/VisibilityTimeout', value: 8 },
        { at: 28, repair: 'resource-down', resource: 'Direct' },
        { at: 30, set: '/resources/Direct/Properties/VpcConfig/SecurityGroupIds', value: ['H'] },
        { at: 45, set: '/resources/Rule/Properties/EventPattern', value: { source: ['other'] } },
      ],
    },
  )

describe.each(['teaching', 'aws-2026-11', 'lambda-vpc-2018'])('a run of all services in %s', (profile) => {
  it('goes on from a keyframe as it went on by itself', () => {
    expect(expectResumable(everything(profile), [50, 3_000, 5_500]).length).toBeGreaterThan(10_000)
  })
})
