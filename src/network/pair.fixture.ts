/** Two VPCs, an instance each, for tests of what joins them. */
import type { JsonObject, Resource, Scenario } from '../model/scenario'
import { scenario } from './course.fixture'

export type Parts = { readonly [id: string]: Resource | undefined }

export const ec2 = (type: string, Properties: JsonObject = {}, Behavior?: JsonObject): Resource => ({
  Type: `AWS::EC2::${type}`,
  Properties,
  ...(Behavior === undefined ? {} : { Behavior }),
})

const open = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]

/** A VPC `X` with subnets `XOne` (zone a) and `XTwo` (zone b), each on `XTable`, and an instance `XWeb` in the first. */
export function vpc(name: string, block: string, instance: JsonObject = {}): { [id: string]: Resource } {
  const at = (n: number) => `${block.replace(/\.0\.0$/, `.${n}.0`)}/24`
  const joined = (SubnetId: string) => ec2('SubnetRouteTableAssociation', { SubnetId, RouteTableId: `${name}Table` })
  return {
    [name]: ec2('VPC', { CidrBlock: `${block}/16` }),
    [`${name}One`]: ec2('Subnet', { VpcId: name, CidrBlock: at(1), AvailabilityZone: 'a' }),
    [`${name}Two`]: ec2('Subnet', { VpcId: name, CidrBlock: at(2), AvailabilityZone: 'b' }),
    [`${name}Table`]: ec2('RouteTable', { VpcId: name }),
    [`${name}JoinedOne`]: joined(`${name}One`),
    [`${name}JoinedTwo`]: joined(`${name}Two`),
    [`${name}Group`]: ec2('SecurityGroup', { VpcId: name, SecurityGroupIngress: open }),
    [`${name}Web`]: ec2('Instance', {
      SubnetId: `${name}One`,
      SecurityGroupIds: [`${name}Group`],
      PrivateIpAddress: `${block.replace(/\.0\.0$/, '.1')}.20`,
      ...instance,
    }),
  }
}

export const route = (table: string, DestinationCidrBlock: string, to: JsonObject): Resource =>
  ec2('Route', { RouteTableId: table, DestinationCidrBlock, ...to })

/** VPCs `A` (10.1) and `B` (10.2), not joined, with `parts`. */
export function pair(parts: Parts = {}): Scenario {
  const resources: { [id: string]: Resource } = {}
  const all = { ...vpc('A', '10.1.0.0'), ...vpc('B', '10.2.0.0'), ...parts }
  for (const [id, resource] of Object.entries(all)) if (resource !== undefined) resources[id] = resource
  return scenario(resources)
}

export const peered = (status = 'active'): { [id: string]: Resource } => ({
  Pcx: ec2('VPCPeeringConnection', { VpcId: 'A', PeerVpcId: 'B' }, { status }),
  AToB: route('ATable', '10.2.0.0/16', { VpcPeeringConnectionId: 'Pcx' }),
  BToA: route('BTable', '10.1.0.0/16', { VpcPeeringConnectionId: 'Pcx' }),
})

/** A transit gateway with the default table, attached to both in zone a. */
export const transit = (gateway: JsonObject = {}): { [id: string]: Resource } => ({
  Tgw: ec2('TransitGateway', gateway),
  AttachA: ec2('TransitGatewayAttachment', { TransitGatewayId: 'Tgw', VpcId: 'A', SubnetIds: ['AOne'] }),
  AttachB: ec2('TransitGatewayAttachment', { TransitGatewayId: 'Tgw', VpcId: 'B', SubnetIds: ['BOne'] }),
  AToB: route('ATable', '10.2.0.0/16', { TransitGatewayId: 'Tgw' }),
  BToA: route('BTable', '10.1.0.0/16', { TransitGatewayId: 'Tgw' }),
})

/** An internet gateway for a VPC, and its table's default route to it. */
export const online = (name: string): { [id: string]: Resource } => ({
  [`${name}Igw`]: ec2('InternetGateway'),
  [`${name}Attached`]: ec2('VPCGatewayAttachment', { VpcId: name, InternetGatewayId: `${name}Igw` }),
  [`${name}Default`]: route(`${name}Table`, '0.0.0.0/0', { GatewayId: `${name}Igw` }),
})
