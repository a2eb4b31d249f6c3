/** Between VPCs and to networks on premises: peering, transit gateways, VPN. */
import { aclGate } from './gates'
import { contains, formatAddress, isRfc1918, isRfc6598 } from './ipv4'
import type { Route, Subnet, Vpn } from './types'
import type { Next, Packet, Step, Walk } from './walk'
import { replyTo } from './walk'

const inside = (vpc: { readonly cidrs: Subnet['vpc']['cidrs'] }, address: number): boolean =>
  vpc.cidrs.some((block) => contains(block, address))

/** Peering joins two VPCs and nothing behind them: both addresses must be of the VPCs themselves. */
export function peering(walk: Walk, packet: Packet, subnet: Subnet, id: string): Next {
  const { trail, network } = walk
  const found = network.peerings.get(id)
  if (found === undefined || found.failed !== null) {
    const why = found?.failed ?? `${id} does not exist`
    return trail.block('peering', id, why, 'BAD_STATE', `${why}, so it carries nothing.`)
  }
  const { vpc } = subnet
  const far = found.vpcs[0] === vpc ? found.vpcs[1] : found.vpcs[0]
  if (far === null) {
    const text = `The VPC behind ${id} is not in this document, so nobody can tell what answers there.`
    return trail.block('peering', id, 'unknown VPC', 'UNKNOWN_DESTINATION', text)
  }
  const stray = !inside(far, packet.dst)
  if (stray || !inside(vpc, packet.src)) {
    const [address, home] = stray ? [packet.dst, far] : [packet.src, vpc]
    const text = `${formatAddress(address)} is no address of ${home.id}. Peering reaches the other VPC itself, and nothing behind it. Peer the VPCs that talk.`
    const rule = `${formatAddress(address)} is not in ${home.id}`
    return trail.block('peering', id, rule, 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', text)
  }
  trail.pass('peering', id, `active, ${vpc.id} to ${far.id}`)
  const kept = found.references ? packet : { ...packet, groups: [], lost: packet.groups }
  return { at: 'vpc', packet: kept, vpc: far, from: null }
}

/** Into a transit gateway, through the attachment's subnet in the sender's zone. */
export function enterTransit(walk: Walk, packet: Packet, subnet: Subnet, id: string): Next {
  const { trail, network } = walk
  const transit = network.transits.get(id)
  const by = transit?.attachments.find((each) => each.vpc === subnet.vpc)
  if (transit === undefined || by === undefined || transit.failed !== null) {
    const why = transit?.failed ?? `${id} has no attachment to ${subnet.vpc.id}`
    return trail.block('transit-gateway', id, why, 'BAD_STATE', `${why}.`)
  }
  if (by.failed !== null)
    return trail.block(
      'transit-gateway',
      by.id,
      by.failed,
      'BAD_STATE_ATTACHMENT',
      `${by.failed}, so it carries nothing.`,
    )
  const door = by.subnets.find((each) => each.zone === subnet.zone)
  if (door === undefined) {
    const text = `${by.id} has no subnet in zone ${subnet.zone ?? '?'}: packets from ${subnet.id} do not reach ${id}. Add a subnet of that zone to it.`
    return trail.block(
      'transit-gateway',
      by.id,
      `no subnet in zone ${subnet.zone ?? '?'}`,
      'TGW_ROUTE_AZ_RESTRICTION',
      text,
    )
  }
  if (!aclGate(trail, door, 'ingress', packet)) return false
  const kept = transit.references ? packet : { ...packet, groups: [], lost: packet.groups }
  return { at: 'transit', packet: kept, transit, by, zone: subnet.zone }
}

/** Through the route table the attachment is associated with. */
export function crossTransit(walk: Walk, { packet, transit, by, zone }: Extract<Step, { at: 'transit' }>): Next {
  const { trail, network } = walk
  const { table } = by
  const to = formatAddress(packet.dst)
  if (table === null) {
    const text = `${by.id} is associated with no route table of ${transit.id}, so its packets go nowhere. Associate it with one.`
    const code = 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION'
    return trail.block('transit-gateway', by.id, 'no route table', code, text)
  }
  const matches = table.routes.filter((each) => contains(each.block, packet.dst))
  const [route, ...others] = matches
  const on = transit.id
  if (route === undefined) {
    const text = `Route table ${table.id} has no route for ${to}. Propagate the attachment's networks into it.`
    const code = 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT'
    return trail.block('transit-gateway', table.id, `no route for ${to}`, code, text, null, on)
  }
  const next = route.attachment
  const why = next === null ? 'a blackhole' : next.failed
  if (next === null || why !== null) {
    const hidden = others.find((each) => each.attachment !== null && each.attachment.failed === null)
    const code =
      hidden === undefined
        ? 'TGW_RTB_BAD_STATE_ROUTE'
        : hidden.block.length === route.block.length
          ? 'TGW_RTB_HIGHER_PRIORITY_ROUTE'
          : 'TGW_RTB_MORE_SPECIFIC_ROUTE'
    const text = `Route table ${table.id}: ${route.text} leads nowhere: ${why}${hidden === undefined ? '' : `, and it hides ${hidden.text}`}.`
    return trail.block('transit-gateway', table.id, `${route.text} (${why})`, code, text, route.id, on)
  }
  const rule = () => `${table.id}: ${route.text}${matches.length === 1 ? '' : `, longest match of ${matches.length}`}`
  trail.pass('transit-gateway', transit.id, rule, route.id)
  if (next.vpn !== null) return { at: 'vpn', packet, gateway: transit.id, vpns: [next.vpn], route: null }
  if (next.peer !== null) {
    const peer = network.transits.get(next.peer)
    const twin = peer?.attachments.find((each) => each.id === next.id)
    if (peer !== undefined && twin !== undefined) return { at: 'transit', packet, transit: peer, by: twin, zone }
  }
  const door = next.subnets.find((each) => each.zone === zone) ?? next.subnets[0]
  if (next.vpc === null || door === undefined) {
    const text = `${next.id} leads to a VPC or subnet that is not in this document.`
    return trail.block('transit-gateway', next.id, 'unknown VPC', 'UNKNOWN_DESTINATION', text)
  }
  return { at: 'subnet', packet, subnet: door, face: null }
}

/** Through a VPN to a network on premises. */
export function onPremises(walk: Walk, { packet, gateway, vpns, route }: Extract<Step, { at: 'vpn' }>): Next {
  const { trail, network } = walk
  const { dst } = packet
  const to = formatAddress(dst)
  if (network.conditions.down.has(gateway))
    return trail.block('vpn-gateway', gateway, 'down', 'BAD_STATE', `${gateway} is down.`)
  const vpn =
    vpns.find((each) => each.failed === null && leads(each, dst, route)) ?? vpns.find((each) => leads(each, dst, route))
  if (vpn === undefined) {
    const text = `No VPN of ${gateway} has a route for ${to}. Add one.`
    return trail.block('vpn-gateway', gateway, `no route for ${to}`, 'NO_ROUTE_TO_DESTINATION', text)
  }
  if (vpn.failed !== null) {
    const code = network.transits.has(gateway) ? 'TGW_BAD_STATE_VPN' : 'BAD_STATE_VPN'
    return trail.block('vpn-gateway', vpn.id, vpn.failed, code, `${vpn.failed}, so it carries nothing.`)
  }
  trail.pass('vpn-gateway', gateway, `${vpn.id} to ${vpn.customer}`)
  if (packet.back) return packet.origin === null
  walk.trail.onReply(() => walk.run(walk, fromPremises(walk, replyTo(packet), gateway)))
  return trail.pass('destination', walk.to, `${to} on premises, behind ${vpn.customer}`)
}

/** Learnt networks are not in the document: a route somebody wrote for the block, or a private address, is taken for one. */
function leads(vpn: Vpn, address: number, route: Route | null): boolean {
  if (vpn.blocks.some((block) => contains(block, address))) return true
  return (
    vpn.dynamic &&
    vpn.blocks.length === 0 &&
    ((route?.block.length ?? 0) > 0 || isRfc1918(address) || isRfc6598(address))
  )
}

/** From a network on premises: a VPN gateway delivers within its VPC, a transit gateway by the VPN's route table. */
export function fromPremises({ trail, network }: Walk, packet: Packet, gateway: string): Next {
  const { src, dst } = packet
  if (network.conditions.down.has(gateway))
    return trail.block('vpn-gateway', gateway, 'down', 'BAD_STATE', `${gateway} is down.`)
  const transit = network.transits.get(gateway)
  if (transit !== undefined) {
    const by = transit.attachments.find((each) => each.vpn !== null && (packet.back || each.vpn.failed === null))
    if (by !== undefined) return { at: 'transit', packet, transit, by, zone: null }
  }
  const vpc = [...network.vpcs.values()].find((each) => each.vpnGateway === gateway)
  if (vpc === undefined || !inside(vpc, dst)) {
    const where =
      vpc === undefined ? `${gateway} is attached to no VPC` : `${formatAddress(dst)} is no address of ${vpc.id}`
    const text = `${where}, and a VPN gateway delivers within its VPC alone.`
    return trail.block('vpn-gateway', gateway, where, 'NO_ROUTE_TO_DESTINATION', text)
  }
  if (inside(vpc, src)) {
    const text = `${formatAddress(src)} is an address of ${vpc.id} and cannot come from outside.`
    return trail.block('vpn-gateway', gateway, 'source in the VPC', 'GATEWAY_REJECTS_SPOOFED_TRAFFIC', text)
  }
  trail.pass('vpn-gateway', gateway, `into ${vpc.id}`)
  return { at: 'vpc', packet, vpc, from: null }
}
