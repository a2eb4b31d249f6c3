import type { LogicalId, Resource } from '../../model/scenario'
import { list, properties } from '../../network/read'
import { idsOf } from '../edit'
import type { Kind } from '../service'
import { inVpc } from './containers'
import {
  ACL,
  ACL_ASSOCIATION,
  ACL_ENTRY,
  ATTACHMENT,
  CIDR_BLOCK,
  EIP,
  EIP_ASSOCIATION,
  INTERFACE,
  NAT,
  PREFIX_LIST,
  refOf,
  ROUTE,
  ROUTE_ASSOCIATION,
  ROUTE_TABLE,
  ROUTE_TARGETS,
  SECURITY_GROUP,
  VPC,
  vpcFor,
} from './topology'

const owned =
  (...names: string[]) =>
  (resource: Resource): LogicalId[] =>
    names.flatMap((name) => refOf(resource, name) ?? [])

const hidden = (label: string, glyph: string, summary: string, ...owners: string[]): Kind => ({
  label,
  category: 'network',
  drawn: 'none',
  glyph,
  summary,
  palette: false,
  owners: owned(...owners),
})

const TRANSIT_PARTS = ['TransitGatewayRouteTableId', 'TransitGatewayAttachmentId']

/** What is shown on its VPC or NAT gateway, and what only lists and code show. */
export const attachments: { readonly [type: string]: Kind } = {
  [SECURITY_GROUP]: {
    label: 'Security group',
    category: 'network',
    drawn: 'attachment',
    glyph: 'security-group',
    summary: 'What may come in and go out of an interface. It remembers connections and only allows.',
    palette: false,
    create(id, { container }, scenario) {
      const vpc = vpcFor(container, scenario) ?? idsOf(VPC, scenario)[0]
      const Properties = { GroupDescription: `Security group ${id}` }
      return {
        [id]: { Type: SECURITY_GROUP, Properties: vpc === undefined ? Properties : { ...Properties, VpcId: vpc } },
      }
    },
    owners: inVpc,
    typeLine(resource) {
      const count = list(properties(resource)['SecurityGroupIngress']).length
      return count === 0 ? 'Nothing in' : `${count} ${count === 1 ? 'rule' : 'rules'} in`
    },
  },
  [ROUTE_TABLE]: {
    label: 'Route table',
    category: 'network',
    drawn: 'attachment',
    glyph: 'route-table',
    summary: 'Where packets of its subnets go. The longest matching prefix wins.',
    palette: false,
    create(id, { container }, scenario) {
      const vpc = vpcFor(container, scenario)
      return { [id]: { Type: ROUTE_TABLE, Properties: vpc === null ? {} : { VpcId: vpc } } }
    },
    owners: inVpc,
  },
  [ACL]: {
    label: 'Network ACL',
    category: 'network',
    drawn: 'attachment',
    glyph: 'nacl',
    summary: 'Numbered rules at the border of subnets. It forgets connections, so answers need a rule of their own.',
    palette: false,
    owners: inVpc,
  },
  [EIP]: {
    label: 'Elastic IP',
    category: 'network',
    drawn: 'attachment',
    glyph: 'elastic-ip',
    summary: 'A fixed public address.',
    palette: false,
    owners: (resource, scenario) => [
      ...owned('InstanceId')(resource),
      ...idsOf(NAT, scenario).filter((id) => {
        const allocation = refOf(scenario.resources[id], 'AllocationId')
        return allocation !== null && scenario.resources[allocation] === resource
      }),
    ],
  },
  [INTERFACE]: {
    label: 'Network interface',
    category: 'network',
    drawn: 'attachment',
    glyph: 'eni',
    summary: 'Addresses in a subnet, with the security groups that filter them.',
    palette: false,
    owners: owned('SubnetId'),
  },
  // a gateway that goes takes its routes along: a reference to nothing would be an error in the document
  [ROUTE]: hidden('Route', 'route-table', 'One line of a route table.', 'RouteTableId', ...ROUTE_TARGETS),
  [ROUTE_ASSOCIATION]: hidden(
    'Route table association',
    'route-table',
    'Gives a subnet its route table.',
    'SubnetId',
    'RouteTableId',
  ),
  [ATTACHMENT]: hidden(
    'Gateway attachment',
    'internet-gateway',
    'Puts an internet or VPN gateway on a VPC.',
    'VpcId',
    'InternetGatewayId',
    'VpnGatewayId',
  ),
  [ACL_ENTRY]: hidden('Network ACL entry', 'nacl', 'One numbered rule of a network ACL.', 'NetworkAclId'),
  [ACL_ASSOCIATION]: hidden(
    'Network ACL association',
    'nacl',
    'Gives a subnet its network ACL.',
    'SubnetId',
    'NetworkAclId',
  ),
  [CIDR_BLOCK]: hidden('Address block', 'vpc', 'Further addresses of a VPC.', 'VpcId'),
  [EIP_ASSOCIATION]: hidden(
    'Address association',
    'elastic-ip',
    'Gives an instance or an interface a public address.',
    'AllocationId',
    'InstanceId',
    'NetworkInterfaceId',
  ),
  [PREFIX_LIST]: hidden('Prefix list', 'route-table', 'Blocks that routes and rules mean by one name.'),
  'AWS::EC2::SecurityGroupIngress': hidden(
    'Inbound rule',
    'security-group',
    'One rule of a security group.',
    'GroupId',
  ),
  'AWS::EC2::SecurityGroupEgress': hidden(
    'Outbound rule',
    'security-group',
    'One rule of a security group.',
    'GroupId',
  ),
  'AWS::EC2::EgressOnlyInternetGateway': {
    ...hidden('Egress-only gateway', 'internet-gateway', 'Lets IPv6 out of a VPC, and no connection in.', 'VpcId'),
    drawn: 'attachment',
  },
  'AWS::EC2::VPNGatewayRoutePropagation': hidden(
    'Route propagation',
    'route-table',
    'Writes the routes of a VPN into route tables.',
    'VpnGatewayId',
  ),
  'AWS::EC2::VPNConnectionRoute': hidden('VPN route', 'route-table', 'A network on premises.', 'VpnConnectionId'),
  'AWS::EC2::TransitGatewayRouteTable': {
    ...hidden('Transit route table', 'route-table', 'Where packets of its attachments go.', 'TransitGatewayId'),
    drawn: 'attachment',
  },
  'AWS::EC2::TransitGatewayRouteTableAssociation': hidden(
    'Transit association',
    'route-table',
    'Gives an attachment its route table.',
    ...TRANSIT_PARTS,
  ),
  'AWS::EC2::TransitGatewayRouteTablePropagation': hidden(
    'Transit propagation',
    'route-table',
    "Writes an attachment's networks into a route table.",
    ...TRANSIT_PARTS,
  ),
  'AWS::EC2::TransitGatewayRoute': hidden(
    'Transit route',
    'route-table',
    'One line of a transit gateway route table.',
    ...TRANSIT_PARTS,
  ),
}
