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
  EIP,
  NAT,
  refOf,
  ROUTE,
  ROUTE_ASSOCIATION,
  ROUTE_TABLE,
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
    owners: (resource, scenario) =>
      idsOf(NAT, scenario).filter((id) => {
        const allocation = refOf(scenario.resources[id], 'AllocationId')
        return allocation !== null && scenario.resources[allocation] === resource
      }),
  },
  // a gateway that goes takes its routes along: a reference to nothing would be an error in the document
  [ROUTE]: hidden('Route', 'route-table', 'One line of a route table.', 'RouteTableId', 'GatewayId', 'NatGatewayId'),
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
    'Puts an internet gateway on a VPC.',
    'VpcId',
    'InternetGatewayId',
  ),
  [ACL_ENTRY]: hidden('Network ACL entry', 'nacl', 'One numbered rule of a network ACL.', 'NetworkAclId'),
  [ACL_ASSOCIATION]: hidden(
    'Network ACL association',
    'nacl',
    'Gives a subnet its network ACL.',
    'SubnetId',
    'NetworkAclId',
  ),
}
