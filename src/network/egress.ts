/** The way out of a VPC: route lookup, then internet gateway, NAT gateway or gateway endpoint. */
import type { Flow } from './gates'
import { border, lookup, tableName } from './gates'
import { formatAddress, isRfc1918, isRfc6598 } from './ipv4'
import { NAT_PORTS, nameOf } from './parties'
import type { Trail } from './trail'
import type { Interface, Nat, Network, Ports, Route, Subnet } from './types'

/** Where a packet came out: on the internet with a public source address, or inside the service behind an endpoint. */
export type Exit = { readonly kind: 'internet'; readonly address: number } | { readonly kind: 'service' }

export interface Outbound {
  readonly network: Network
  readonly trail: Trail
  readonly face: Interface
  readonly address: number
  readonly to: number
  readonly flow: Flow
  readonly replyPorts: Ports
}

/** The route table gate: the active route for the destination, or null once the trail is blocked. */
export function routeGate(trail: Trail, subnet: Subnet, to: number): Route | null {
  const { table } = subnet
  const { route, rule, hidden } = lookup(table, to)
  const name = tableName(table)
  if (route === null) {
    trail.block(
      'route-table',
      table.id,
      rule,
      'NO_ROUTE_TO_DESTINATION',
      `${name} has no route for ${formatAddress(to)}. ${subnet.id} drops the packet.`,
    )
    return null
  }
  if (route.blackhole !== null) {
    const stolen = hidden !== null
    const why = stolen ? `, and it hides ${hidden.text}` : ''
    const code = stolen ? 'MORE_SPECIFIC_ROUTE' : 'BAD_STATE_ROUTE'
    trail.block(
      'route-table',
      table.id,
      `${rule} (blackhole)`,
      code,
      `${name}: ${route.text} is a blackhole, because ${route.blackhole}${why}.`,
      route.id,
    )
    return null
  }
  if (route.target.kind === 'unsupported') {
    const text = `${name}: ${route.text} leads to a component this analysis does not follow.`
    trail.block('route-table', table.id, rule, 'UNSUPPORTED_COMPONENT', text, route.id)
    return null
  }
  trail.pass('route-table', table.id, rule, route.id)
  return route
}

/** Follows `route` (already looked up) out of the VPC; null once blocked. */
export function leave(out: Outbound, route: Route): Exit | null {
  const { target } = route
  switch (target.kind) {
    case 'internet-gateway':
      return internetGateway(out, target.id, out.face.publicAddress)
    case 'nat-gateway':
      return natGateway(out, target.id)
    case 'endpoint':
      return gatewayEndpoint(out, target.id)
    case 'local':
    case 'unsupported':
      return null
  }
}

function internetGateway(out: Outbound, id: string, publicAddress: number | null): Exit | null {
  const { trail, network, face, to } = out
  if (network.conditions.down.has(id)) {
    trail.block('internet-gateway', id, 'down', 'BAD_STATE', `${id} is down.`)
    return null
  }
  if (publicAddress === null) {
    const never = face.kind === 'hyperplane' ? ' A Lambda interface never gets one.' : ''
    const text = `${nameOf(face)} has no public IP: an internet gateway only carries addresses that have one.${never}`
    trail.block(
      'internet-gateway',
      id,
      `no public IP for ${nameOf(face)}`,
      'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
      text,
    )
    return null
  }
  const reserved = isRfc1918(to) ? 'RFC1918' : isRfc6598(to) ? 'RFC6598' : null
  if (reserved !== null) {
    const text = `${formatAddress(to)} is a private address: an internet gateway does not carry packets to it.`
    trail.block(
      'internet-gateway',
      id,
      `${formatAddress(to)} is ${reserved}`,
      `IGW_DESTINATION_ADDRESS_NOT_IN_${reserved}_EGRESS`,
      text,
    )
    return null
  }
  trail.pass('internet-gateway', id, `public IP ${formatAddress(publicAddress)}`)
  return { kind: 'internet', address: publicAddress }
}

function natGateway(out: Outbound, id: string): Exit | null {
  const { trail, network, face, address, to, flow, replyPorts } = out
  const nat = network.nats.get(id)
  if (nat === undefined || nat.failed !== null || nat.interface.address === null) {
    const why = nat?.failed ?? `${id} has no interface`
    trail.block('nat-gateway', id, why, 'BAD_STATE', `${id} is not available: ${why}.`)
    return null
  }
  const home = nat.interface.subnet
  const onward = natRoute(trail, nat, home, to)
  if (onward === null) return null
  if (home !== face.subnet && !border(trail, home, 'ingress', address, to, flow, replyPorts)) return null
  if (!border(trail, home, 'egress', nat.interface.address, to, flow, NAT_PORTS)) return null
  const beyond = { ...out, face: nat.interface, address: nat.interface.address, replyPorts: NAT_PORTS }
  return leave(beyond, onward)
}

/** What makes a NAT gateway useful: its own subnet's route leads out of the VPC (NET-26). */
function natRoute(trail: Trail, nat: Nat, home: Subnet, to: number): Route | null {
  const { route, rule } = lookup(home.table, to)
  const onward = route !== null && route.blackhole === null ? route : null
  if (onward?.target.kind === 'internet-gateway' || onward?.target.kind === 'endpoint') {
    trail.pass('nat-gateway', nat.id, `available in ${home.id}; ${home.table.id}: ${rule}`, onward.id)
    return onward
  }
  const name = tableName(home.table)
  const text = `${nat.id} sits in ${home.id}, and ${lower(name)} has no route for ${formatAddress(to)} to an internet gateway. A NAT gateway needs a public subnet.`
  trail.block(
    'nat-gateway',
    nat.id,
    `${home.id} is not public; ${home.table.id}: ${rule}`,
    'NO_ROUTE_TO_DESTINATION',
    text,
    route?.id ?? null,
  )
  return null
}

function lower(text: string): string {
  return text.startsWith('The main') ? text.replace('The', 'the') : text
}

function gatewayEndpoint(out: Outbound, id: string): Exit | null {
  const { trail, network, flow } = out
  if (network.conditions.down.has(id)) {
    trail.block('endpoint', id, 'down', 'BAD_STATE', `${id} is down.`)
    return null
  }
  const service = network.endpoints.get(id)?.service ?? 'the service'
  if (flow.protocol !== 6) {
    const text = `${id} carries TCP only.`
    trail.block('endpoint', id, 'TCP only', 'VPCE_GATEWAY_PROTOCOL_RESTRICTION', text)
    return null
  }
  trail.pass('endpoint', id, `gateway endpoint for ${service}`)
  return { kind: 'service' }
}
