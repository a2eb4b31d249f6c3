/** Single gates of the packet path: security group, network ACL, route lookup. */
import { aclDecision, groupRule } from './filters'
import { contains, formatAddress } from './ipv4'
import { portsText } from './read'
import type { Trail } from './trail'
import type { Interface, Route, RouteTable, SecurityGroup, Subnet } from './types'
import type { Packet } from './walk'

type Way = 'ingress' | 'egress'

/** `peerGroups`: groups of the interface at the far end, as far as rules may name them. */
export function groupGate(
  trail: Trail,
  face: Interface,
  way: Way,
  packet: Packet,
  peerGroups: readonly SecurityGroup[],
): boolean {
  // a network load balancer may do without, a NAT gateway has none
  if (face.groups.length === 0 && (face.kind === 'balancer' || face.kind === 'nat')) return true
  const out = way === 'egress'
  const gate = out ? 'security-group-out' : 'security-group-in'
  const { flow } = packet
  const peer = out ? packet.dst : packet.src
  const ask = { protocol: flow.protocol, low: flow.low, high: flow.high, peer, peerGroups }
  const match = groupRule(face.groups, way, ask)
  const on = face.owners[0] ?? face.id
  if (match !== null)
    return trail.pass(gate, match.group.id, () => `${called(match.group)} allows ${match.rule.text}`, match.rule.id, on)
  let count = 0
  for (const group of face.groups) count += group[way].length
  const names = () => (face.groups.length === 0 ? 'No security group' : face.groups.map((group) => group.id).join(', '))
  const where = () => `${portsText(flow.protocol, flow.low, flow.high)} ${out ? 'to' : 'from'} ${formatAddress(peer)}`
  const side = out ? 'outbound' : 'inbound'
  if (!trail.quiet)
    trail.need = { low: flow.low, high: flow.high, peer, peerGroups: peerGroups.map((group) => group.id), entry: null }
  const at = face.groups[0]?.id ?? on
  const none = () => `none of ${count} ${side} ${count === 1 ? 'rule' : 'rules'} matches`
  if (!out && packet.lost.length > 0 && groupRule(face.groups, way, { ...ask, peerGroups: packet.lost }) !== null) {
    const text = () =>
      `${names()} admits the sender's security group, but on this path it is lost: use a rule for ${formatAddress(peer)}.`
    return trail.block(gate, at, none, 'SG_REFERENCES_NOT_PRESERVED', text, null, on)
  }
  return trail.block(
    gate,
    at,
    count === 0 ? `no ${side} rule` : none,
    count === 0 ? 'SG_HAS_NO_RULES' : 'ENI_SG_RULES_MISMATCH',
    () =>
      count === 0
        ? `${names()} has no ${side} rule, so ${where()} is refused. Add one.`
        : `${names()} has no ${side} rule for ${where()}. Add one.`,
    null,
    on,
  )
}

function called(group: SecurityGroup): string {
  return group.implicit ? `default security group of ${group.id}` : group.id
}

/** The subnet's border in one direction (NET-24, 25). */
export function aclGate(trail: Trail, subnet: Subnet, way: Way, packet: Packet): boolean {
  const { acl } = subnet
  const out = way === 'egress'
  const { flow } = packet
  const peer = out ? packet.dst : packet.src
  const { allowed, entry } = aclDecision(acl, way, { protocol: flow.protocol, low: flow.low, high: flow.high, peer })
  const name = acl.implicit ? `default network ACL of ${acl.id}` : acl.id
  const rule = () => (entry === null ? `${name}: * denies what no rule allows` : `${name}: rule ${entry.text}`)
  const gate = out ? 'nacl-out' : 'nacl-in'
  if (allowed) return trail.pass(gate, acl.id, rule, entry?.id ?? null, subnet.id)
  trail.need = { low: flow.low, high: flow.high, peer, peerGroups: [], entry: entry?.number ?? null }
  const text = () => {
    const side = out ? `out of ${subnet.id} to` : `into ${subnet.id} from`
    const what = `${portsText(flow.protocol, flow.low, flow.high)} ${side} ${formatAddress(peer)}`
    const why = packet.back
      ? 'Network ACLs are stateless: the reply needs a rule of its own.'
      : entry === null
        ? 'Add an allow rule.'
        : 'Add an allow rule before the deny.'
    return `${name} denies ${what}. ${why}`
  }
  return trail.block(gate, acl.id, rule, 'SUBNET_ACL_RESTRICTION', text, entry?.id ?? null, subnet.id)
}

export interface Lookup {
  readonly route: Route | null
  readonly rule: () => string
  /** An active match that the chosen route hides. */
  readonly hidden: Route | null
}

/** Longest prefix wins (NET-20); the table is sorted, so the first match is it. */
export function lookup(table: RouteTable, address: number): Lookup {
  let route: Route | null = null
  let hidden: Route | null = null
  let matches = 0
  for (const candidate of table.routes) {
    if (!contains(candidate.block, address)) continue
    matches++
    if (route === null) route = candidate
    else if (hidden === null && candidate.blackhole === null) hidden = candidate
  }
  const found = route
  const rule = () =>
    found === null
      ? `no route for ${formatAddress(address)}`
      : matches === 1
        ? `${found.text}, the only match`
        : `${found.text}, longest match of ${matches}`
  return { route, rule, hidden }
}

/** The route table gate: the active route for the destination, or null once the trail is blocked. */
export function routeGate(trail: Trail, subnet: Subnet, packet: Packet): Route | null {
  const { table } = subnet
  const { route, rule, hidden } = lookup(table, packet.dst)
  const name = () => tableName(table)
  if (route === null) {
    const text = () =>
      packet.back
        ? `${name()} has no route back to ${formatAddress(packet.dst)}, so the reply is lost. Add one.`
        : `${name()} has no route for ${formatAddress(packet.dst)}. ${subnet.id} drops the packet. Add a route.`
    trail.block('route-table', table.id, rule, 'NO_ROUTE_TO_DESTINATION', text, null, subnet.id)
    return null
  }
  if (route.blackhole !== null) {
    const equal = hidden?.block.length === route.block.length
    const code = hidden === null ? 'BAD_STATE_ROUTE' : equal ? 'HIGHER_PRIORITY_ROUTE' : 'MORE_SPECIFIC_ROUTE'
    const text = () =>
      `${name()}: ${route.text} is a blackhole, because ${route.blackhole}${hidden === null ? '' : `, and it hides ${hidden.text}`}. Point it elsewhere or remove it.`
    trail.block('route-table', table.id, () => `${rule()} (blackhole)`, code, text, route.id, subnet.id)
    return null
  }
  if (route.target.kind === 'unsupported') {
    const text = () => `${name()}: ${route.text} leads to a component this analysis does not follow.`
    trail.block('route-table', table.id, rule, 'UNSUPPORTED_COMPONENT', text, route.id, subnet.id)
    return null
  }
  const { kind } = route.target
  // a route within the VPC may lead to a router, and to nothing else
  const astray =
    kind !== 'local' && kind !== 'interface' && table.vpc.cidrs.some((block) => contains(block, packet.dst))
  if (astray) {
    const text = () =>
      `${table.id}: ${route.text} is more specific than the local route and takes the packet away from ${formatAddress(packet.dst)}. Remove it.`
    trail.block('route-table', table.id, route.text, 'MORE_SPECIFIC_ROUTE', text, route.id, subnet.id)
    return null
  }
  trail.pass('route-table', table.id, rule, route.id, subnet.id)
  return route
}

export function tableName(table: RouteTable): string {
  return table.main ? `The main route table of ${table.id}` : table.id
}
