/** Edits that join networks, or mend what joins them: peering, transit gateways, VPN, load balancers, states. */
import type { JsonObject } from '../model/scenario'
import type { Candidate } from './candidates'
import { ensureTable } from './edits'
import { formatAddress, formatCidr, overlaps, parseCidr } from './ipv4'
import type { Draft } from './patches'
import { own } from './placements'
import { list, object, properties, ref, text } from './read'
import { joined } from './steps'
import type { Traced } from './trace'
import type { Interface, Network, Subnet, Vpc } from './types'

const targetOf = ({ to }: Traced): Interface | undefined => (to.kind === 'interfaces' ? to.faces[0] : undefined)

/** Routes for all blocks of `far` in the subnet's table, changing those that are there. */
function routeTo(draft: Draft, subnet: Subnet, blocks: readonly string[], to: JsonObject): void {
  const table = ensureTable(draft, subnet)
  for (const block of blocks) {
    const known = Object.entries(draft.scenario.resources).find(
      ([, { Type, Properties }]) =>
        Type === 'AWS::EC2::Route' &&
        ref(Properties?.RouteTableId) === table &&
        Properties?.DestinationCidrBlock === block,
    )
    if (known === undefined)
      draft.add(`${table}To${Object.values(to).join('')}`, 'AWS::EC2::Route', {
        RouteTableId: table,
        DestinationCidrBlock: block,
        ...to,
      })
    else {
      for (const name of Object.keys(properties(known[1])))
        if (name.endsWith('Id') && name !== 'RouteTableId' && !(name in to)) draft.unset(known[0], name)
      for (const [name, value] of Object.entries(to)) draft.set(known[0], name, value)
    }
  }
}

const blocksOf = (vpc: Vpc): string[] => vpc.cidrs.map(formatCidr)

/** What joins two VPCs already, as properties of a route. */
function joinOf(network: Network, a: Vpc, b: Vpc): { id: string; to: JsonObject } | null {
  for (const { id, vpcs, failed } of network.peerings.values())
    if (failed === null && vpcs.includes(a) && vpcs.includes(b)) return { id, to: { VpcPeeringConnectionId: id } }
  for (const { id, attachments } of network.transits.values()) {
    const vpcs = attachments.map(({ vpc }) => vpc)
    if (vpcs.includes(a) && vpcs.includes(b)) return { id, to: { TransitGatewayId: id } }
  }
  return null
}

/** Routes between VPCs, to or from on premises. Empty when the walk is about neither. */
export function routeAcross(network: Network, blocked: Traced): readonly Candidate[] {
  const hop = blocked.hops.at(-1)
  const subnet = network.subnets.get(hop?.on ?? '')
  if (hop === undefined || subnet === undefined) return []
  const back = hop.direction === 'return'
  const { from, to } = blocked
  const party = back ? from : to
  const far = (back ? blocked.face : targetOf(blocked))?.subnet.vpc
  if (far !== undefined && far !== subnet.vpc) {
    const join = joinOf(network, subnet.vpc, far)
    if (join === null) return []
    const title = `Route ${blocksOf(far).join(', ')} of ${subnet.id} to ${join.id}`
    return [{ title, kind: 'join', edit: (draft) => routeTo(draft, subnet, blocksOf(far), join.to) }]
  }
  if (party.kind !== 'premises') return []
  const known = network.vpns.flatMap(({ side, blocks }) => (side === party.gateway ? blocks : []))
  const blocks = known.length > 0 ? known.map(formatCidr) : [`${formatAddress(party.address)}/32`]
  const gateway = network.transits.has(party.gateway)
    ? { TransitGatewayId: party.gateway }
    : { GatewayId: party.gateway }
  const title = `Route ${blocks.join(', ')} of ${subnet.id} to ${party.gateway}`
  return [{ title, kind: 'join', edit: (draft) => routeTo(draft, subnet, blocks, gateway) }]
}

/** A peering of their own for two VPCs, with routes both ways. */
export function peer(network: Network, blocked: Traced): readonly Candidate[] {
  const near = blocked.face?.subnet
  const far = targetOf(blocked)?.subnet
  if (near === undefined || far === undefined || near.vpc === far.vpc) return []
  if (near.vpc.cidrs.some((a) => far.vpc.cidrs.some((b) => overlaps(a, b)))) return []
  const edit = (draft: Draft): void => {
    const props = { VpcId: near.vpc.id, PeerVpcId: far.vpc.id }
    const id = draft.add(`${near.vpc.id}Peering`, 'AWS::EC2::VPCPeeringConnection', props)
    routeTo(draft, near, blocksOf(far.vpc), { VpcPeeringConnectionId: id })
    routeTo(draft, far, blocksOf(near.vpc), { VpcPeeringConnectionId: id })
  }
  const what = joined(network, near.vpc, far.vpc) ? 'a peering of their own' : 'a peering connection'
  return [{ title: `Give ${near.vpc.id} and ${far.vpc.id} ${what}`, kind: 'join', edit }]
}

const GOOD: { readonly [type: string]: string } = {
  'AWS::EC2::VPCPeeringConnection': 'active',
  'AWS::EC2::Instance': 'running',
}

/** A state somebody can change: accept what waits, start what is stopped, bring back what is down. */
export function changeState(network: Network, id: string): readonly Candidate[] {
  const resource = own(network.scenario, id)
  const { state, status } = object(resource?.Behavior)
  const word = text(status) ?? text(state)
  if (resource === undefined || word === null || network.conditions.down.has(id)) return []
  const good = GOOD[resource.Type] ?? 'available'
  if (word === good || /delet|reject|expired|failed/.test(word)) return []
  const verb = /accept/i.test(word) ? 'Accept' : word === 'stopped' ? 'Start' : 'Bring up'
  const edit = (draft: Draft): void => draft.behave(id, text(status) === null ? 'state' : 'status', good)
  return [{ title: `${verb} ${id}`, kind: 'filter', edit }]
}

export function transitCandidates(network: Network, blocked: Traced): readonly Candidate[] {
  const hop = blocked.hops.at(-1)
  const at = blocked.at ?? ''
  if (hop === undefined) return []
  const back = hop.direction === 'return'
  const target = targetOf(blocked)
  const far = (back ? blocked.face : target)?.subnet.vpc
  const attachments = [...network.transits.values()].flatMap((each) => each.attachments)
  const attachment = attachments.find(({ id }) => id === at)
  const one = (title: string, edit: Candidate['edit']): Candidate[] => [{ title, kind: 'join', edit }]
  switch (blocked.code) {
    case 'TGW_ROUTE_AZ_RESTRICTION': {
      const subnet = (back ? target : blocked.face)?.subnet.id
      return subnet === undefined
        ? []
        : one(`Give ${at} the subnet ${subnet}`, (draft) => draft.push(at, 'SubnetIds', subnet))
    }
    case 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION': {
      const tables = Object.entries(network.scenario.resources).filter(
        ([, { Type, Properties }]) =>
          Type === 'AWS::EC2::TransitGatewayRouteTable' && ref(Properties?.TransitGatewayId) === attachment?.transit,
      )
      return tables.flatMap(([table]) =>
        one(
          `Associate ${at} with ${table}`,
          (draft) =>
            void draft.add(`${at}Association`, 'AWS::EC2::TransitGatewayRouteTableAssociation', {
              TransitGatewayAttachmentId: at,
              TransitGatewayRouteTableId: table,
            }),
        ),
      )
    }
    case 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT': {
      const next = attachments.find(({ vpc, transit }) => vpc === far && transit === (hop.on ?? at))
      if (next === undefined || far === undefined) return []
      if (network.transits.has(at))
        return one(`Let attachments write their networks into the table of ${at}`, (draft) =>
          draft.set(at, 'DefaultRouteTablePropagation', 'enable'),
        )
      return one(
        `Let ${next.id} write its networks into ${at}`,
        (draft) =>
          void draft.add(`${next.id}Propagation`, 'AWS::EC2::TransitGatewayRouteTablePropagation', {
            TransitGatewayAttachmentId: next.id,
            TransitGatewayRouteTableId: at,
          }),
      )
    }
    default: {
      const via = hop.via
      return via === undefined ? [] : one(`Remove the route ${via}`, (draft) => draft.remove(via))
    }
  }
}

export function otherCandidates(network: Network, blocked: Traced): readonly Candidate[] {
  const at = blocked.at ?? ''
  const one = (title: string, edit: Candidate['edit']): Candidate[] => [{ title, kind: 'filter', edit }]
  switch (blocked.code) {
    case 'ENI_SOURCE_DEST_CHECK_RESTRICTION':
      return one(`Switch off the source/destination check of ${at}`, (draft) => draft.set(at, 'SourceDestCheck', false))
    case 'ENDPOINT_POLICY_DENIED':
      return one(`Take the policy from ${at}`, (draft) => draft.unset(at, 'PolicyDocument'))
    case 'ELBV2_LISTENER_PORT_RESTRICTION': {
      const known = network.balancers.get(at)?.listeners[0]
      if (known === undefined || blocked.protocol === -1) return []
      const like = properties(own(network.scenario, known.id) ?? { Type: '' })
      const listener: JsonObject = { ...like, LoadBalancerArn: at, Port: blocked.port }
      return one(
        `Let ${at} listen on ${blocked.port}`,
        (draft) => void draft.add(`${at}On${blocked.port}`, 'AWS::ElasticLoadBalancingV2::Listener', listener),
      )
    }
    case 'ELBV2_NO_TARGETS_IN_AZ': {
      const balancer = blocked.hops.at(-1)?.on ?? ''
      const attributes = list(properties(own(network.scenario, balancer) ?? { Type: '' }).LoadBalancerAttributes)
      const Key = 'load_balancing.cross_zone.enabled'
      const others = attributes.filter((entry) => object(entry).Key !== Key)
      return one(`Let ${balancer} cross zones`, (draft) =>
        draft.set(balancer, 'LoadBalancerAttributes', [...others, { Key, Value: 'true' }]),
      )
    }
    case 'NO_ROUTE_TO_DESTINATION': {
      const vpn = network.vpns.find(({ side }) => side === at)
      const { to } = blocked
      if (vpn === undefined || to.kind === 'interfaces' || to.kind === 'invalid') return []
      const block = `${formatAddress(to.address)}/32`
      return parseCidr(block) === null
        ? []
        : one(
            `Add ${block} to the routes of ${vpn.id}`,
            (draft) =>
              void draft.add(`${vpn.id}Route`, 'AWS::EC2::VPNConnectionRoute', {
                VpnConnectionId: vpn.id,
                DestinationCidrBlock: block,
              }),
          )
    }
    default:
      return []
  }
}
