/** The ways out of a VPC: internet gateway, NAT gateway, gateway endpoint, a router of one's own. */
import { policyRefuses } from './endpointPolicy'
import { aclGate, groupGate, lookup, tableName } from './gates'
import { contains, formatAddress, isRfc1918, isRfc6598 } from './ipv4'
import { NAT_PORTS, nameOf } from './parties'
import type { Interface, Nat, Route, Subnet } from './types'
import type { Next, Packet, Walk } from './walk'
import { faceAt, publicAddressOf } from './walk'

export function internetGateway(walk: Walk, packet: Packet, subnet: Subnet, id: string): Next {
  const { trail, network } = walk
  const { dst } = packet
  if (network.conditions.down.has(id)) return trail.block('internet-gateway', id, 'down', 'BAD_STATE', `${id} is down.`)
  const face = faceAt(network, subnet.vpc, packet.src)
  const address = publicAddressOf(face, packet.src)
  if (address === null) {
    const name = face === undefined ? formatAddress(packet.src) : nameOf(face)
    const never =
      face?.kind === 'hyperplane'
        ? ' A Lambda interface never gets one: route through a NAT gateway.'
        : ' Give it one, or route through a NAT gateway.'
    const text = `${name} has no public IP: an internet gateway only carries addresses that have one.${never}`
    return trail.block('internet-gateway', id, `no public IP for ${name}`, 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', text)
  }
  const reserved = isRfc1918(dst) ? 'RFC1918' : isRfc6598(dst) ? 'RFC6598' : null
  if (reserved !== null) {
    const text = () => `${formatAddress(dst)} is a private address: an internet gateway does not carry packets to it.`
    const rule = () => `${formatAddress(dst)} is ${reserved}`
    return trail.block('internet-gateway', id, rule, `IGW_DESTINATION_ADDRESS_NOT_IN_${reserved}_EGRESS`, text)
  }
  trail.pass('internet-gateway', id, () => `public IP ${formatAddress(address)}`)
  return { at: 'internet', packet: { ...packet, src: address, groups: [], lost: packet.groups } }
}

/** Kinds of routes a NAT gateway's own subnet may send its packets on by. */
const ONWARD = new Set(['internet-gateway', 'endpoint', 'peering', 'transit-gateway', 'vpn-gateway', 'interface'])

export function natGateway(walk: Walk, packet: Packet, subnet: Subnet, id: string): Next {
  const { trail, network } = walk
  const nat = network.nats.get(id)
  if (nat === undefined || nat.failed !== null || nat.interface.address === null) {
    const why = nat?.failed ?? `${id} has no interface`
    return trail.block('nat-gateway', id, why, 'BAD_STATE', `${id} is not available: ${why}.`)
  }
  const { interface: face } = nat
  const home = face.subnet
  if (packet.back) {
    const text = `${tableName(subnet.table)} sends the reply to ${formatAddress(packet.dst)} through ${id}, which knows no such connection: the reply is lost.`
    return trail.block(
      'route-table',
      subnet.table.id,
      `reply into ${id}`,
      'NO_ROUTE_TO_DESTINATION',
      text,
      null,
      subnet.id,
    )
  }
  const route = natRoute(walk, nat, home, packet.dst)
  if (route === null) return false
  if (home !== subnet && !aclGate(trail, home, 'ingress', packet)) return false
  walk.sessions.push({ nat: face, inner: packet })
  const beyond = { ...packet, src: nat.interface.address, reply: NAT_PORTS, groups: [], lost: packet.groups }
  if (!aclGate(trail, home, 'egress', beyond)) return false
  return { at: 'route', packet: beyond, subnet: home, face, route }
}

/** What makes a NAT gateway useful: its own subnet's route leads out of the VPC (NET-26). */
function natRoute({ trail }: Walk, nat: Nat, home: Subnet, to: number): Route | null {
  const { route, rule } = lookup(home.table, to)
  if (route !== null && route.blackhole === null && ONWARD.has(route.target.kind)) {
    trail.pass('nat-gateway', nat.id, () => `available in ${home.id}; ${home.table.id}: ${rule()}`, route.id, home.id)
    return route
  }
  const text = () => {
    const name = tableName(home.table)
    const table = home.table.main ? name.replace('The', 'the') : name
    return `${nat.id} sits in ${home.id}, and ${table} has no route for ${formatAddress(to)} to an internet gateway. A NAT gateway needs a public subnet.`
  }
  const shown = () => `${home.id} is not public; ${home.table.id}: ${rule()}`
  trail.block('nat-gateway', nat.id, shown, 'NO_ROUTE_TO_DESTINATION', text, route?.id ?? null, home.id)
  return null
}

export function gatewayEndpoint(walk: Walk, packet: Packet, subnet: Subnet, id: string): Next {
  const { trail, network } = walk
  const endpoint = network.endpoints.get(id)
  const failed = endpoint?.failed ?? null
  if (failed !== null) return trail.block('endpoint', id, failed, 'BAD_STATE', `${failed}.`)
  const service = endpoint?.service ?? 'the service'
  if (packet.flow.protocol !== 6)
    return trail.block('endpoint', id, 'TCP only', 'VPCE_GATEWAY_PROTOCOL_RESTRICTION', `${id} carries TCP only.`)
  const { vpc } = subnet
  if (!vpc.cidrs.some((block) => contains(block, packet.src))) {
    const text = `${id} serves ${vpc.id} alone; ${formatAddress(packet.src)} is no address of it.`
    const code = 'VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION'
    return trail.block('endpoint', id, `${formatAddress(packet.src)} is not in ${vpc.id}`, code, text)
  }
  if (endpoint !== undefined && policyRefuses(walk, endpoint)) return false
  trail.pass('endpoint', id, () => `gateway endpoint for ${service}`)
  return { at: 'service', packet, vpc }
}

/** An instance or interface that passes on what is not its own. */
export function router(walk: Walk, packet: Packet, subnet: Subnet, id: string): Next {
  const { trail, network } = walk
  const face: Interface | undefined = network.hosts.get(id)?.find((each) => each.subnet.vpc === subnet.vpc)
  const off = face === undefined ? `${id} has no interface in ${subnet.vpc.id}` : (face.off ?? face.subnet.down)
  if (face === undefined || off !== null || network.conditions.down.has(id)) {
    const why = off ?? `${id} is down`
    return trail.block('interface', id, why, 'BAD_STATE', `${why}, so it passes nothing on.`)
  }
  if (face.subnet !== subnet && !aclGate(trail, face.subnet, 'ingress', packet)) return false
  if (face.checked) {
    const text = `${id} drops what is not addressed to it. Switch off its source/destination check, so that it can route.`
    return trail.block('interface', id, 'source/destination check is on', 'ENI_SOURCE_DEST_CHECK_RESTRICTION', text)
  }
  const known = packet.back && walk.routers.has(face)
  if (!known) {
    if (!groupGate(trail, face, 'ingress', packet, packet.groups)) return false
    if (!groupGate(trail, face, 'egress', packet, [])) return false
  }
  walk.routers.add(face)
  trail.pass('interface', id, 'passes it on')
  return { at: 'subnet', packet, subnet: face.subnet, face }
}
