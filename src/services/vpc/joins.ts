/** Wires that join networks: peering, transit gateway attachments, VPN connections. Not calls. */
import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, properties, text } from '../../network/read'
import { freeId, idsOf, taken, typeOf } from '../edit'
import type { Connection, Connector, Refusal } from '../service'
import {
  CUSTOMER_GATEWAY,
  PEERING,
  refOf,
  referring,
  subnetsOf,
  TRANSIT,
  TRANSIT_ATTACHMENT,
  VPC,
  VPN,
  VPN_GATEWAY,
} from './topology'

interface Join {
  readonly type: string
  readonly action: string
  /** Properties that name the two ends; the first that is set counts. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** Types a wire may be drawn between. */
  readonly ends?: readonly (readonly [string, string])[]
  readonly stem: string
  make?(from: LogicalId, to: LogicalId, scenario: Scenario): Resource
}

const end = (resource: Resource, names: readonly string[]): LogicalId | null =>
  names.map((name) => refOf(resource, name)).find((id) => id !== null) ?? null

const JOINS: readonly Join[] = [
  {
    type: PEERING,
    action: 'ec2:Peering',
    from: ['VpcId'],
    to: ['PeerVpcId'],
    ends: [[VPC, VPC]],
    stem: 'Peering',
    make: (VpcId, PeerVpcId) => ({ Type: PEERING, Properties: { VpcId, PeerVpcId } }),
  },
  {
    type: TRANSIT_ATTACHMENT,
    action: 'ec2:TransitAttachment',
    from: ['VpcId'],
    to: ['TransitGatewayId'],
    ends: [[VPC, TRANSIT]],
    stem: 'Attachment',
    make: (VpcId, TransitGatewayId, scenario) => ({
      Type: TRANSIT_ATTACHMENT,
      Properties: { TransitGatewayId, VpcId, SubnetIds: onePerZone(VpcId, scenario) },
    }),
  },
  {
    type: 'AWS::EC2::TransitGatewayVpcAttachment',
    action: 'ec2:TransitAttachment',
    from: ['VpcId'],
    to: ['TransitGatewayId'],
    stem: '',
  },
  {
    type: 'AWS::EC2::TransitGatewayPeeringAttachment',
    action: 'ec2:TransitAttachment',
    from: ['TransitGatewayId'],
    to: ['PeerTransitGatewayId'],
    stem: '',
  },
  {
    type: VPN,
    action: 'ec2:Vpn',
    from: ['VpnGatewayId', 'TransitGatewayId'],
    to: ['CustomerGatewayId'],
    ends: [
      [VPN_GATEWAY, CUSTOMER_GATEWAY],
      [TRANSIT, CUSTOMER_GATEWAY],
    ],
    stem: 'Vpn',
    make: (from, CustomerGatewayId, scenario) => ({
      Type: VPN,
      Properties: {
        [typeOf(from, scenario) === TRANSIT ? 'TransitGatewayId' : 'VpnGatewayId']: from,
        CustomerGatewayId,
        StaticRoutesOnly: true,
        Type: 'ipsec.1',
      },
    }),
  },
]

function onePerZone(vpc: LogicalId, scenario: Scenario): LogicalId[] {
  const zones = new Map<string | null, LogicalId>()
  for (const id of subnetsOf(vpc, scenario)) {
    const zone = text(properties(scenario.resources[id]!)['AvailabilityZone'])
    if (!zones.has(zone)) zones.set(zone, id)
  }
  return [...zones.values()]
}

/** What is wrong with the join, as a label of its wire. */
function labelOf(resource: Resource): { label?: string } {
  const { status, state } = object(resource.Behavior)
  const word = text(status) ?? text(state)
  return word === null || word === 'active' || word === 'available' ? {} : { label: word }
}

const connectorOf = ({ type, action, from: first, to: second, ends, stem, make }: Join): Connector => ({
  derive: (scenario) =>
    idsOf(type, scenario).flatMap((id): Connection[] => {
      const resource = scenario.resources[id]!
      const from = end(resource, first)
      const to = end(resource, second)
      if (typeOf(from, scenario) === null || typeOf(to, scenario) === null) return []
      return [{ from: from!, to: to!, action, resource: id, style: 'sync', ...labelOf(resource) }]
    }),
  accepts(from, to, scenario): true | Refusal | null {
    if (ends?.some(([a, b]) => typeOf(from, scenario) === a && typeOf(to, scenario) === b) !== true) return null
    if (from === to) return null
    const joined = idsOf(type, scenario).some((id) => {
      const both = [end(scenario.resources[id]!, first), end(scenario.resources[id]!, second)]
      return both.includes(from) && both.includes(to)
    })
    return joined ? { refused: `${from} and ${to} are joined already.` } : true
  },
  connect(from, to, scenario) {
    const id = freeId(`${from}${stem}${to}`, taken(scenario))
    const said = `Joined ${from} and ${to} by ${id}. Packets need routes to it.`
    return { resources: { [id]: make!(from, to, scenario) }, said }
  },
  disconnect({ resource, from, to }, scenario) {
    const resources: { [id: LogicalId]: null } = {}
    if (resource !== undefined) {
      resources[resource] = null
      for (const property of ['VpcPeeringConnectionId', 'TransitGatewayAttachmentId'])
        for (const other of idsReferring(property, resource, scenario)) resources[other] = null
    }
    return { resources, said: `Removed what joins ${from} and ${to}.` }
  },
})

const USERS: { readonly [property: string]: readonly string[] } = {
  VpcPeeringConnectionId: ['AWS::EC2::Route'],
  TransitGatewayAttachmentId: [
    'AWS::EC2::TransitGatewayRoute',
    'AWS::EC2::TransitGatewayRouteTableAssociation',
    'AWS::EC2::TransitGatewayRouteTablePropagation',
  ],
}

const idsReferring = (property: string, id: LogicalId, scenario: Scenario): LogicalId[] =>
  (USERS[property] ?? []).flatMap((type) => referring(type, property, id, scenario))

export const joinConnectors: readonly Connector[] = JOINS.map(connectorOf)
