/** One document in which everything that is measured happens, for the tests of metric names. */
import type { Resource, Scenario } from '../model/scenario'
import { gateJson } from '../gate'

const ANY = { Effect: 'Allow', Action: ['*'], Resource: ['*'] }
const policy = (statement: object): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: 'Own', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } } as never],
  },
})
const client = (call: string, to: string, traffic: object, more: object = {}): Resource => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic, call, to, ...more } as never,
})
const fn = (steps: object[], more: object = {}, properties: object = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', MemorySize: 512, ...properties },
  Behavior: { steps, ...more } as never,
})
const queue = (properties: object = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties as never })

const resources: { [id: string]: Resource } = {
  Role: policy(ANY),
  Shop: client('lambda:Invoke', 'Live', { pattern: 'constant', rate: 20, count: 400 }),
  Fn: fn([{ wait: 0.05 }, { log: 'done' }]),
  V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
  V2: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
  Live: {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      FunctionName: 'Fn',
      Name: 'live',
      FunctionVersion: 'V1',
      RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: 0.25 }] },
    },
  },
  // provisioned concurrency and its spill-over
  Crowd: client('lambda:Invoke', 'Ready', { pattern: 'burst', count: 8, at: 5 }),
  Warm: fn([{ wait: 1 }]),
  Ready: {
    Type: 'AWS::Lambda::Version',
    Properties: { FunctionName: 'Warm', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 } },
  },
  // a database in a network
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  SubnetA: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'a' },
  },
  SubnetB: {
    Type: 'AWS::EC2::Subnet',
    Properties: { VpcId: 'Vpc', CidrBlock: '10.0.2.0/24', AvailabilityZone: 'b' },
  },
  Open: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Open', VpcId: 'Vpc' } },
  Group: {
    Type: 'AWS::RDS::DBSubnetGroup',
    Properties: { DBSubnetGroupDescription: 'Both', SubnetIds: ['SubnetA', 'SubnetB'] },
  },
  Db: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'mysql', DBInstanceClass: 'db.t4g.micro', DBSubnetGroupName: 'Group' },
    Behavior: { maxConnections: 2 },
  },
  Inside: fn(
    [
      { connect: 0.02, scope: 'global', name: 'db' },
      { call: 'https:Request', to: 'Outside', optional: true },
    ],
    {},
    { Timeout: 5, VpcConfig: { SubnetIds: ['SubnetA'], SecurityGroupIds: ['Open'] } },
  ),
  Outside: { Type: 'Coldstart::Internet', Behavior: { host: 'api.example', latency: 0.1 } },
  Visitor: client('lambda:Invoke', 'Inside', { pattern: 'burst', count: 3, at: 1 }),
  Reader: client('rds:Query', 'Db', { pattern: 'burst', count: 3, at: 1 }),
  // asynchronous, failing
  Events: client('lambda:InvokeAsync', 'Failing', { pattern: 'once', at: 1 }),
  Failing: fn([{ fail: { type: 'PaymentDeclined', message: 'card' } }], {}, { Timeout: 2 }),
  Config: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: 'Failing',
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: 'Failed' } },
    },
  },
  Failed: queue(),
  Late: client('lambda:Invoke', 'Slow', { pattern: 'once', at: 2 }),
  Slow: fn([{ wait: 3 }], {}, { Timeout: 1 }),
  // messages, one of them poison
  Sender: client('sqs:SendMessage', 'Jobs', { pattern: 'burst', count: 10, at: 1 }, { poison: [4], body: { n: 1 } }),
  Jobs: queue({ VisibilityTimeout: 10, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 2 } }),
  Dead: queue(),
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: 'Jobs', FunctionName: 'Worker', BatchSize: 10 },
  },
  Worker: fn([
    { call: 'dynamodb:PutItem', to: 'Orders', perMessage: true },
    { fail: { poison: true }, perMessage: true },
  ]),
  Orders: { Type: 'AWS::DynamoDB::Table' },
  // events
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
  Put: client('events:PutEvents', 'Bus', { pattern: 'burst', count: 4, at: 3 }, { body: { source: 'shop' } }),
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: 'Bus',
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 'Kept', Arn: 'Audit' }],
    },
  },
  Audit: queue(),
  // a front door
  Alb: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Type: 'application', Scheme: 'internet-facing' },
  },
  Http: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: 'Alb',
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'Pages' }],
    },
  },
  Pages: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { TargetType: 'lambda', Targets: [{ Id: 'Page' }] },
  },
  Page: fn([{ wait: 0.2 }], { response: { statusCode: 200, body: 'hello' } }, { ReservedConcurrentExecutions: 4 }),
  Invited: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: 'Page',
      Action: 'lambda:InvokeFunction',
      Principal: 'elasticloadbalancing.amazonaws.com',
    },
  },
  Browser: client('http:Request', 'Alb', { pattern: 'burst', count: 6, at: 6 }),
  Capped: fn([{ wait: 0.5 }], {}, { ReservedConcurrentExecutions: 2 }),
  Rush: client('lambda:Invoke', 'Capped', { pattern: 'burst', count: 5, at: 4 }),
}

/** Runs for 180 s. */
export function everything(): Scenario {
  const gated = gateJson({
    coldstart: 1,
    name: 'Everything that is measured',
    profile: 'teaching',
    seed: 1,
    duration: 180,
    resources: resources as never,
  })
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems, null, 1))
  return gated.normalised
}
