import { expect, test } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { checks } from './checks'

const ec2 = (type: string, Properties: JsonObject = {}): Resource => ({ Type: `AWS::EC2::${type}`, Properties })
const problems = (resources: { [id: string]: Resource }): string[] => {
  const scenario: Scenario = { coldstart: 1, name: 'Test', profile: 'teaching', seed: 1, duration: 1, resources }
  return checks.flatMap((check) => check(scenario)).map(({ severity, message }) => `${severity}: ${message}`)
}
const Vpc = ec2('VPC', { CidrBlock: '10.0.0.0/16' })
const subnet = (CidrBlock: string, AvailabilityZone = 'a') =>
  ec2('Subnet', { VpcId: 'Vpc', CidrBlock, AvailabilityZone })

test('a subnet may lie in any block of its VPC', () => {
  const resources = { Vpc, S: subnet('10.1.0.0/24') }
  expect(problems(resources).join()).toMatch(/error: 10.1.0.0\/24 of S lies outside/)
  expect(problems({ ...resources, More: ec2('VPCCidrBlock', { VpcId: 'Vpc', CidrBlock: '10.1.0.0/16' }) })).toEqual([])
})

test('peered VPCs must not overlap, and be two', () => {
  const peering = (block: string, PeerVpcId = 'Other') => ({
    Vpc,
    Other: ec2('VPC', { CidrBlock: block }),
    Pcx: ec2('VPCPeeringConnection', { VpcId: 'Vpc', PeerVpcId }),
  })
  expect(problems(peering('10.1.0.0/16'))).toEqual([])
  expect(problems(peering('10.0.128.0/20')).join()).toMatch(/^error: Vpc and Other use the same addresses/)
  expect(problems(peering('10.1.0.0/16', 'Vpc')).join()).toMatch(/^error: Pcx joins Vpc with itself/)
  // a VPC of an account nobody knows
  expect(problems(peering('10.1.0.0/16', 'vpc-0abc'))).toEqual([])
})

test('a VPC takes one internet gateway', () => {
  const attach = (InternetGatewayId: string) => ec2('VPCGatewayAttachment', { VpcId: 'Vpc', InternetGatewayId })
  const both = { Vpc, A: ec2('InternetGateway'), B: ec2('InternetGateway'), InA: attach('A'), InB: attach('B') }
  expect(problems(both)).toEqual(['error: Vpc has A and B attached. A VPC takes one. Remove InB.'])
})

test('a route is for one destination and leads to one target', () => {
  const route = (props: JsonObject) => ({
    Vpc,
    T: ec2('RouteTable', { VpcId: 'Vpc' }),
    R: ec2('Route', { RouteTableId: 'T', ...props }),
  })
  expect(problems(route({ NatGatewayId: 'Nat' })).join()).toMatch(/error: R is for no destination/)
  expect(problems(route({ DestinationCidrBlock: '0.0.0.0/0' })).join()).toMatch(/warning: R leads nowhere/)
  expect(
    problems(route({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'Nat', TransitGatewayId: 'Tgw' })).join(),
  ).toMatch(/error: R leads to Nat and Tgw/)
})

test('endpoints and attachments: fitting service, one subnet in a zone', () => {
  const two = { Vpc, A: subnet('10.0.1.0/24'), B: subnet('10.0.2.0/24') }
  const endpoint = (props: JsonObject) => ({ ...two, E: ec2('VPCEndpoint', { VpcId: 'Vpc', ...props }) })
  expect(problems(endpoint({ ServiceName: 'com.amazonaws.us-east-1.sqs', VpcEndpointType: 'Gateway' })).join()).toMatch(
    /not to sqs/,
  )
  expect(problems(endpoint({ ServiceName: 'com.amazonaws.us-east-1.s3', VpcEndpointType: 'Gateway' }))).toEqual([])
  const inBoth = { ServiceName: 'com.amazonaws.us-east-1.sqs', VpcEndpointType: 'Interface', SubnetIds: ['A', 'B'] }
  expect(problems(endpoint(inBoth)).join()).toMatch(/both in zone a/)
  const attachment = ec2('TransitGatewayAttachment', { VpcId: 'Vpc', TransitGatewayId: 'Tgw', SubnetIds: ['A', 'B'] })
  expect(problems({ ...two, Tgw: ec2('TransitGateway'), At: attachment }).join()).toMatch(/An attachment takes one/)
})

test('quotas: rules of groups with prefix lists, entries of ACLs, groups of an instance', () => {
  const rules = (count: number, more: JsonObject = {}) =>
    Array.from({ length: count }, (_, i): JsonObject => ({
      IpProtocol: 'tcp',
      FromPort: i,
      ToPort: i,
      CidrIp: '0.0.0.0/0',
      ...more,
    }))
  const group = (list: JsonObject[]) => ({ Vpc, G: ec2('SecurityGroup', { VpcId: 'Vpc', SecurityGroupIngress: list }) })
  expect(problems(group(rules(60)))).toEqual([])
  const extra = ec2('SecurityGroupIngress', { GroupId: 'G', IpProtocol: '-1', CidrIp: '0.0.0.0/0' })
  expect(problems({ ...group(rules(60)), Extra: extra })).toEqual(['warning: G has 61 inbound rules. The quota is 60.'])
  const many = ec2('PrefixList', { PrefixListName: 'l', MaxEntries: 50, Entries: [] })
  expect(problems({ ...group(rules(2, { SourcePrefixListId: 'L' })), L: many }).join()).toMatch(/100 inbound rules/)
  const entries = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `E${i}`,
        ec2('NetworkAclEntry', {
          NetworkAclId: 'Acl',
          RuleNumber: i + 1,
          Protocol: -1,
          RuleAction: 'allow',
          Egress: false,
          CidrBlock: '0.0.0.0/0',
        }),
      ]),
    )
  const acl = { Vpc, Acl: ec2('NetworkAcl', { VpcId: 'Vpc' }) }
  expect(problems({ ...acl, ...entries(20) })).toEqual([])
  expect(problems({ ...acl, ...entries(21) }).join()).toMatch(/^warning: Acl has 21 inbound/)
  expect(problems({ ...acl, ...entries(41) }).join()).toMatch(/^error: Acl has 41 inbound/)
  const web = ec2('Instance', { SecurityGroupIds: ['a', 'b', 'c', 'd', 'e', 'f'] })
  expect(problems({ Vpc, Web: web }).join()).toMatch(/Web has 6 security groups/)
})
