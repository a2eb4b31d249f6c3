import { describe, expect, test } from 'vitest'
import { PROFILES } from '../model/facts'
import { SCHEMAS } from '../services/schemas'
import type { Field } from './field'
import { partFields } from './fields'
import { documentSchema } from './json-schema'
import { KINDS } from './samples'

const TYPES = [
  'Coldstart::Client',
  'Coldstart::Internet',
  'Coldstart::Source',
  'AWS::Events::EventBus',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::Events::Archive',
  'AWS::SQS::Queue',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::CodeSigningConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::DynamoDB::Table',
  'AWS::Kinesis::Stream',
  'AWS::Kinesis::StreamConsumer',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Pipes::Pipe',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::Scheduler::Schedule',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::ScalingPolicy',
  'AWS::AutoScaling::ScheduledAction',
  'AWS::AutoScaling::LifecycleHook',
  'AWS::CloudWatch::Alarm',
  'AWS::EFS::FileSystem',
  'AWS::EFS::MountTarget',
  'AWS::EFS::AccessPoint',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSubnetGroup',
  'AWS::EC2::VPC',
  'AWS::EC2::Subnet',
  'AWS::EC2::RouteTable',
  'AWS::EC2::Route',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::NatGateway',
  'AWS::EC2::EIP',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::NetworkAcl',
  'AWS::EC2::NetworkAclEntry',
  'AWS::EC2::SubnetNetworkAclAssociation',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::CustomerGateway',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::EgressOnlyInternetGateway',
  'AWS::EC2::Instance',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::PrefixList',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::TransitGateway',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayPeeringAttachment',
  'AWS::EC2::TransitGatewayRoute',
  'AWS::EC2::TransitGatewayRouteTable',
  'AWS::EC2::TransitGatewayRouteTableAssociation',
  'AWS::EC2::TransitGatewayRouteTablePropagation',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::VPCCidrBlock',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::EC2::VPNConnection',
  'AWS::EC2::VPNConnectionRoute',
  'AWS::EC2::VPNGateway',
  'AWS::EC2::VPNGatewayRoutePropagation',
  'AWS::IAM::Role',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
]

const STEPS = ['cpu', 'wait', 'target', 'call', 'fail', 'connect', 'memory', 'write', 'read', 'state', 'log']

const named = (type: string, part: 'Properties' | 'Behavior', name: string) =>
  partFields(SCHEMAS[type], part).find((field) => field.name === name)

/** A field and all below it that have a name of their own. */
function below(field: Field): Field[] {
  const children = [
    ...(field.fields ?? []),
    ...(field.item === undefined ? [] : [field.item]),
    ...(field.variants ?? []).map((variant) => variant.field),
  ]
  return [field, ...children.flatMap(below)]
}

test('every resource type of the property tables has a schema', () => {
  expect(Object.keys(SCHEMAS).sort()).toEqual([...TYPES].sort())
})

describe('fields', () => {
  test.each(TYPES)('%s: every property says what it is', (type) => {
    const fields = (['Properties', 'Behavior'] as const).flatMap((part) => partFields(SCHEMAS[type], part))
    for (const field of fields.flatMap(below).filter((item) => item.name !== '')) {
      if (field.kind === 'list' && field.name === 'uniform') continue
      if (['exp', 'uniform', 'lognormal', 'quantiles', 'p50', 'p90', 'pattern'].includes(field.name)) continue
      // names of the API keep their spelling
      expect(field.help, field.name).toMatch(/^([A-Z]|errorType|errorMessage|global:|handler:).*\.$/)
      for (const row of field.factRows) expect(row).toMatch(/^[A-Z]+\d?(-[A-Z]+)?-\d+b?$/)
    }
  })

  test('a number has its range, unit, default, sources and slider', () => {
    expect(named('AWS::SQS::Queue', 'Properties', 'VisibilityTimeout')).toMatchObject({
      kind: 'integer',
      min: 0,
      max: 43_200,
      unit: 's',
      default: 30,
      required: false,
      factRows: ['SQS-1', 'SQS-ESM-2'],
      slider: { max: 900 },
      group: 'basic',
      title: 'Visibility timeout',
    })
  })

  test('every kind is recognised', () => {
    expect(named('AWS::Lambda::Function', 'Properties', 'Role')).toMatchObject({
      kind: 'ref',
      types: ['AWS::IAM::Role'],
      required: false,
    })
    expect(named('AWS::Lambda::EventSourceMapping', 'Properties', 'EventSourceArn')).toMatchObject({
      kind: 'ref',
      required: true,
    })
    expect(named('AWS::Lambda::Function', 'Properties', 'VpcConfig')).toMatchObject({
      kind: 'object',
      fields: [
        { kind: 'refs', types: ['AWS::EC2::Subnet'], max: 16 },
        { kind: 'refs', max: 5 },
      ],
    })
    expect(named('AWS::Lambda::Function', 'Properties', 'Environment')?.fields?.[0]).toMatchObject({
      kind: 'map',
      item: { kind: 'string' },
    })
    expect(named('AWS::Lambda::Function', 'Behavior', 'init')).toMatchObject({
      kind: 'duration',
      unit: 's',
      group: 'advanced',
    })
    expect(named('AWS::Lambda::Function', 'Behavior', 'steps')).toMatchObject({
      kind: 'list',
      max: 50,
      item: { kind: 'variant', variants: STEPS.map((name) => ({ name })) },
    })
    expect(named('Coldstart::Client', 'Behavior', 'traffic')).toMatchObject({
      kind: 'variant',
      discriminator: 'pattern',
      default: { pattern: 'once', at: 0 },
    })
    expect(named('Coldstart::Client', 'Behavior', 'traffic')?.variants?.map((variant) => variant.name)).toEqual([
      'once',
      'burst',
      'constant',
      'poisson',
      'ramp',
      'repeat',
      'manual',
    ])
    expect(named('Coldstart::Client', 'Behavior', 'body')).toMatchObject({ kind: 'json' })
    expect(named('AWS::Events::Rule', 'Properties', 'State')).toMatchObject({
      kind: 'enum',
      values: ['ENABLED', 'DISABLED'],
      default: 'ENABLED',
    })
    expect(named('AWS::EC2::Subnet', 'Properties', 'MapPublicIpOnLaunch')).toMatchObject({
      kind: 'boolean',
      default: false,
    })
    expect(named('AWS::EC2::Subnet', 'Properties', 'CidrBlock')).toMatchObject({ kind: 'string', required: true })
  })

  test('an unknown type has none', () => {
    expect(partFields(SCHEMAS['AWS::Nothing::Known'], 'Properties')).toEqual([])
  })
})

test('the JSON Schema says per type what is allowed, and holds none of our own words', () => {
  const schema = documentSchema(SCHEMAS, KINDS)
  const text = JSON.stringify(schema)
  expect(JSON.parse(text)).toEqual(schema)
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    required: ['coldstart', 'resources'],
    additionalProperties: false,
    properties: { profile: { enum: Object.keys(PROFILES), default: 'teaching' } },
    definitions: {
      'AWS.SQS.Queue.Properties': {
        additionalProperties: false,
        properties: {
          VisibilityTimeout: {
            type: 'integer',
            minimum: 0,
            maximum: 43_200,
            default: 30,
            title: 'Visibility timeout',
            description:
              'A received message stays hidden this long; not deleted by then, it appears again. Unit: s. 0 to 43200.',
          },
        },
      },
    },
  })
  for (const word of ['factRows', '"help"', '"slider"', '"dangling"']) expect(text).not.toContain(word)
  for (const type of TYPES) expect(text).toContain(`"const":"${type}"`)
})
