/** Single gates of the packet path: security group, network ACL border, route lookup. */
import { aclDecision, groupRule } from './filters'
import { contains, formatAddress } from './ipv4'
import { portsText } from './read'
import type { Trail } from './trail'
import type { Interface, Ports, Route, RouteTable, SecurityGroup, Subnet } from './types'

export interface Flow extends Ports {
  /** IANA number, -1 for all. */
  readonly protocol: number
}

/** One end of a packet as the filters in between see it. */
export interface Point {
  readonly address: number
  readonly groups: readonly SecurityGroup[]
}

export function groupGate(
  trail: Trail,
  face: Interface,
  direction: 'ingress' | 'egress',
  peer: Point,
  flow: Flow,
): boolean {
  const gate = direction === 'egress' ? 'security-group-out' : 'security-group-in'
  const match = groupRule(face.groups, direction, { ...flow, peer: peer.address, peerGroups: peer.groups })
  if (match !== null)
    return trail.pass(gate, match.group.id, `${called(match.group)} allows ${match.rule.text}`, match.rule.id)
  const first = face.groups[0]
  const count = face.groups.reduce((sum, group) => sum + group[direction].length, 0)
  const names = face.groups.length === 0 ? 'No security group' : face.groups.map((group) => group.id).join(', ')
  const where = `${portsText(flow.protocol, flow.low, flow.high)} ${direction === 'egress' ? 'to' : 'from'} ${formatAddress(peer.address)}`
  const side = direction === 'egress' ? 'outbound' : 'inbound'
  trail.need = { ...portsOf(flow), peer: peer.address, peerGroups: peer.groups.map((group) => group.id), entry: null }
  return trail.block(
    gate,
    first?.id ?? face.owners[0] ?? face.id,
    count === 0 ? `no ${side} rule` : `none of ${count} ${side} ${count === 1 ? 'rule' : 'rules'} matches`,
    count === 0 ? 'SG_HAS_NO_RULES' : 'ENI_SG_RULES_MISMATCH',
    count === 0
      ? `${names} has no ${side} rule, so ${where} is refused.`
      : `${names} has no ${side} rule for ${where}.`,
  )
}

function called(group: SecurityGroup): string {
  return group.implicit ? `default security group of ${group.id}` : group.id
}

function portsOf(flow: Ports): Ports {
  return { low: flow.low, high: flow.high }
}

/** The subnet's border: the packet now, its reply (to `replyPorts`) later, each against the ACL's own direction (NET-24, 25). */
export function border(
  trail: Trail,
  subnet: Subnet,
  direction: 'ingress' | 'egress',
  from: number,
  to: number,
  flow: Flow,
  replyPorts: Ports,
): boolean {
  if (!aclGate(trail, subnet, direction, direction === 'egress' ? to : from, flow)) return false
  const back = direction === 'egress' ? 'ingress' : 'egress'
  const reply = hasPorts(flow) ? { protocol: flow.protocol, low: replyPorts.low, high: replyPorts.high } : flow
  trail.onReply(() => aclGate(trail, subnet, back, back === 'egress' ? from : to, reply))
  return true
}

function hasPorts(flow: Flow): boolean {
  return flow.protocol === 6 || flow.protocol === 17
}

function aclGate(trail: Trail, subnet: Subnet, direction: 'ingress' | 'egress', peer: number, flow: Flow): boolean {
  const gate = direction === 'egress' ? 'nacl-out' : 'nacl-in'
  const { acl } = subnet
  const name = acl.implicit ? `default network ACL of ${acl.id}` : acl.id
  const decision = aclDecision(acl, direction, { ...flow, peer })
  const rule =
    decision.entry === null ? `${name}: * denies what no rule allows` : `${name}: rule ${decision.entry.text}`
  if (decision.allowed) return trail.pass(gate, acl.id, rule, decision.entry?.id ?? null)
  const way = direction === 'egress' ? `out of ${subnet.id} to` : `into ${subnet.id} from`
  const what = `${portsText(flow.protocol, flow.low, flow.high)} ${way} ${formatAddress(peer)}`
  const why = trail.returning
    ? 'Network ACLs are stateless: the reply needs a rule of its own.'
    : decision.entry === null
      ? 'Add an allow rule.'
      : 'Add an allow rule before the deny.'
  trail.need = { ...portsOf(flow), peer, peerGroups: [], entry: decision.entry?.number ?? null }
  return trail.block(
    gate,
    acl.id,
    rule,
    'SUBNET_ACL_RESTRICTION',
    `${name} denies ${what}. ${why}`,
    decision.entry?.id ?? null,
  )
}

export interface Lookup {
  readonly route: Route | null
  readonly rule: string
  /** An active, shorter match that the chosen route hides. */
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
  if (route === null) return { route, rule: `no route for ${formatAddress(address)}`, hidden }
  const rule = matches === 1 ? `${route.text}, the only match` : `${route.text}, longest match of ${matches}`
  return { route, rule, hidden }
}

export function tableName(table: RouteTable): string {
  return table.main ? `The main route table of ${table.id}` : table.id
}
