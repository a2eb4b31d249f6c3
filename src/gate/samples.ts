/** A scenario and a registry for the tests of this folder. The kinds are a stand-in, so that the gate is tested alone. */
import type { Json, LogicalId, Resource, Scenario } from '../model/scenario'
import { Token } from '../model/recording'
import { SCHEMAS } from '../services/schemas'
import type { Check, Kind } from '../services/service'
import type { Registry } from './registry'

const idsIn = (resource: Resource, ...names: string[]): LogicalId[] =>
  names.map((name): Json | undefined => resource.Properties?.[name]).filter((id) => typeof id === 'string')

const kind = (label: string, ...actions: string[]): Kind => ({
  label,
  category: 'compute',
  drawn: 'node',
  glyph: 'plain',
  summary: `A ${label.toLowerCase()}.`,
  actions: Object.fromEntries(
    actions.map((action) => [action, { title: action, iam: action, waits: true, token: Token.request, port: 443 }]),
  ),
})

export const KINDS: { readonly [type: string]: Kind } = {
  'AWS::SQS::Queue': kind('Queue', 'sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'),
  'AWS::Lambda::Function': kind('Function', 'lambda:Invoke', 'lambda:InvokeAsync'),
  'AWS::DynamoDB::Table': kind('Table', 'dynamodb:PutItem', 'dynamodb:GetItem'),
  'AWS::IAM::Role': kind('Role'),
  'AWS::Lambda::EventSourceMapping': {
    ...kind('Mapping'),
    owners: (resource) => idsIn(resource, 'EventSourceArn', 'FunctionName'),
  },
  'AWS::EC2::Subnet': { ...kind('Subnet'), owners: (resource) => idsIn(resource, 'VpcId') },
}

export const registry = (...checks: Check[]): Registry => ({
  schemas: SCHEMAS,
  kinds: KINDS,
  checks,
  facts: {
    'lambda.idleTimeout': {
      key: 'lambda.idleTimeout',
      title: 'Idle time',
      unit: 's',
      value: { teaching: 600 },
      rows: ['LAM-25'],
      confidence: 'assumed',
      asOf: '2026-11-20',
      configurable: { min: 1, max: 3_600 },
    },
  },
})

/** A client, a queue with its dead-letter queue, a function in a subnet, a table, and what they need. */
export const orders = (): Scenario => ({
  coldstart: 1,
  name: 'Orders',
  profile: 'teaching',
  seed: 42,
  duration: 300,
  resources: {
    Shoppers: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'poisson', rate: 20 }, call: 'sqs:SendMessage', to: 'Orders' },
    },
    Orders: {
      Type: 'AWS::SQS::Queue',
      Properties: { VisibilityTimeout: 60, RedrivePolicy: { deadLetterTargetArn: 'OrdersDLQ', maxReceiveCount: 3 } },
    },
    OrdersDLQ: { Type: 'AWS::SQS::Queue' },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'Orders', FunctionName: 'Worker' },
    },
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        MemorySize: 512,
        Timeout: 5,
        Role: 'WorkerRole',
        VpcConfig: { SubnetIds: ['PrivateA'], SecurityGroupIds: ['AppSg'] },
      },
      Behavior: {
        steps: [{ cpu: 0.02 }, { wait: { exp: 0.03 } }, { call: 'dynamodb:PutItem', to: 'Table', key: 'k' }],
        errors: { rate: 0.01 },
      },
    },
    WorkerRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyName: 'Inline',
            PolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: ['Table', 'Table/index/ByDate'] },
                { Effect: 'Allow', Action: ['sqs:ReceiveMessage'], Resource: 'Orders' },
                { Effect: 'Allow', Action: 'logs:*', Resource: '*' },
              ],
            },
          },
        ],
      },
    },
    Table: { Type: 'AWS::DynamoDB::Table', Behavior: { items: { k: { total: 100 } } } },
    Vpc: { Type: 'AWS::EC2::VPC' },
    PrivateA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24' } },
    AppSg: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: 'Vpc',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: 'AppSg' }],
      },
    },
  },
  interventions: [
    { at: 10, send: 'Shoppers', count: 3 },
    { at: 20, set: '/resources/Orders/Properties/VisibilityTimeout', value: 90 },
    { at: 30, fault: 'resource-down', resource: 'Table' },
  ],
  layout: { Orders: { x: 320, y: 120 }, Worker: { x: 500, y: 120 } },
  labels: { Orders: 'Order queue' },
})
