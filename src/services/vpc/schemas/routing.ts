import { ref, refs, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import {
  anyBlock,
  assigned,
  block6,
  INSTANCE,
  INTERFACE,
  prefixList,
  subnetId,
  TABLE,
  tableId,
  TRANSIT,
  vpcId,
} from './kit'

const hop = (types: readonly string[], title: string, help: string, ...factRows: string[]) =>
  ref(types, { title, help, factRows, dangling: 'blackhole' }).optional()
const more = (types: readonly string[], title: string, help: string) =>
  ref(types, { title, help, dangling: 'blackhole', group: 'advanced' }).optional()

export const routingSchemas: Schemas = {
  'AWS::EC2::RouteTable': { Properties: z.strictObject({ VpcId: vpcId }), Behavior: assigned() },
  'AWS::EC2::Route': {
    Properties: z.strictObject({
      RouteTableId: tableId,
      DestinationCidrBlock: anyBlock({
        title: 'Destination',
        help: 'Addresses the route is for; the longest prefix wins.',
        factRows: ['NET-20'],
      }).optional(),
      DestinationPrefixListId: prefixList({
        title: 'Prefix list',
        help: 'List of blocks the route is for, in place of one block.',
        factRows: ['NET-20'],
        group: 'advanced',
      }).optional(),
      DestinationIpv6CidrBlock: block6('IPv6 block the route is for; packets here are IPv4.').optional(),
      GatewayId: hop(
        ['AWS::EC2::InternetGateway', 'AWS::EC2::VPNGateway'],
        'Gateway',
        'Sends the packets to the internet, or through a VPN gateway.',
        'NET-22',
      ),
      NatGatewayId: hop(['AWS::EC2::NatGateway'], 'NAT gateway', 'Sends the packets through a NAT gateway.', 'NET-26'),
      VpcPeeringConnectionId: more(
        ['AWS::EC2::VPCPeeringConnection'],
        'Peering',
        'Sends the packets to the other VPC.',
      ),
      TransitGatewayId: more(TRANSIT, 'Transit gateway', 'Sends the packets to a transit gateway.'),
      NetworkInterfaceId: more(INTERFACE, 'Interface', 'Sends the packets to an interface, as of a firewall.'),
      InstanceId: more(INSTANCE, 'Instance', 'Sends the packets to an instance, as a NAT instance.'),
      VpcEndpointId: more(
        ['AWS::EC2::VPCEndpoint'],
        'Endpoint',
        'Sends the packets to a gateway load balancer endpoint.',
      ),
      EgressOnlyInternetGatewayId: more(
        ['AWS::EC2::EgressOnlyInternetGateway'],
        'Egress-only gateway',
        'Lets IPv6 out, and no connection in.',
      ),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    Properties: z.strictObject({ SubnetId: subnetId, RouteTableId: tableId }),
    Behavior: assigned(),
  },
  'AWS::EC2::VPNGatewayRoutePropagation': {
    Properties: z.strictObject({
      RouteTableIds: refs(TABLE, 200, {
        title: 'Route tables',
        help: 'Tables that get the routes of the VPN.',
      }).default([]),
      VpnGatewayId: ref(['AWS::EC2::VPNGateway'], {
        title: 'VPN gateway',
        help: 'Gateway whose routes they get; a static route wins over an equal one.',
        factRows: ['NET-20'],
      }),
    }),
    Behavior: assigned(),
  },
}
