/** The last part of a path: into a subnet, through its interface's security groups, to whoever answers. */
import { balance } from './balancing'
import { aclGate, groupGate } from './gates'
import { contains, formatAddress, isRfc1918, isRfc6598, parseAddress } from './ipv4'
import { nameOf } from './parties'
import type { Trail } from './trail'
import type { Interface, Subnet, Vpc } from './types'
import type { Next, Packet, Walk } from './walk'
import { faceAt, replyTo } from './walk'

/** Within a VPC, to the subnet that holds the address. */
export function deliver(walk: Walk, packet: Packet, vpc: Vpc, from: Subnet | null): Next {
  const { trail, network } = walk
  const { dst } = packet
  const subnet = faceAt(network, vpc, dst)?.subnet ?? vpc.subnets.find((each) => contains(each.block, dst))
  if (subnet === undefined) {
    const to = formatAddress(dst)
    const text = `${to} lies in ${vpc.id}, but in none of its subnets: nobody has it.`
    return trail.block('destination', vpc.id, `no subnet holds ${to}`, 'NO_POSSIBLE_DESTINATION', text)
  }
  if (subnet !== from && !aclGate(trail, subnet, 'ingress', packet)) return false
  return arrive(walk, packet, subnet)
}

/** In its subnet, at the interface that holds the address. */
export function arrive(walk: Walk, packet: Packet, subnet: Subnet): Next {
  const { trail, network } = walk
  const face = faceAt(network, subnet.vpc, packet.dst)
  if (packet.back) {
    if (face !== undefined && face === packet.origin) return true
    const session = walk.sessions.findLast(({ nat }) => nat === face)
    if (session !== undefined && face !== undefined) {
      walk.sessions.splice(walk.sessions.lastIndexOf(session), 1)
      const inner = { ...replyTo(session.inner), src: packet.src }
      trail.pass('nat-gateway', face.id, () => `back to ${formatAddress(inner.dst)}`, null, face.subnet.id)
      return { at: 'subnet', packet: inner, subnet: face.subnet, face }
    }
  }
  if (face === undefined || packet.back) {
    const to = formatAddress(packet.dst)
    const text = packet.back
      ? `The reply to ${to} ends in ${subnet.id}, where it is not expected: it is lost.`
      : `No interface has the address ${to} in ${subnet.id}.`
    return trail.block('destination', subnet.id, 'vacant', 'NO_POSSIBLE_DESTINATION', text)
  }
  return groupGate(trail, face, 'ingress', packet, packet.groups) && answer(walk, packet, face)
}

/** Does the owner of the interface take connections at all, and is it up? */
function answer(walk: Walk, packet: Packet, face: Interface): boolean {
  const { trail, network, to } = walk
  if (face.kind === 'hyperplane') {
    const text = `${nameOf(face)} is a Lambda interface. It opens connections and accepts none: call the function through its invoke API.`
    return trail.block('destination', to, 'accepts no connections', 'NO_POSSIBLE_DESTINATION', text)
  }
  if (face.kind === 'nat') {
    const text = `${nameOf(face)} is a NAT gateway. It forwards connections that start behind it and accepts none.`
    const at = face.owners[0] ?? to
    return trail.block('destination', at, 'accepts no connections', 'NO_POSSIBLE_DESTINATION', text)
  }
  const owner = face.owners.find((id) => network.conditions.down.has(id))
  // a service that is down stays down behind its endpoint
  const behind = face.kind === 'endpoint' && network.conditions.down.has(to) ? 'it is down' : null
  const down = owner === undefined ? (face.subnet.down ?? face.off ?? behind) : `${owner} is down`
  const at = parseAddress(to) === null ? to : (face.owners[0] ?? to)
  if (down !== null) return trail.block('destination', at, down, 'BAD_STATE', `${to} does not answer: ${down}.`)
  trail.onReply(() => walk.run(walk, { at: 'subnet', packet: replyTo(packet), subnet: face.subnet, face }))
  if (face.kind === 'balancer') return balance(walk, packet, face)
  return trail.pass('destination', to, () => `${nameOf(face)} answers`)
}

/** On the internet: to the interface that holds the public address, or to somebody outside. */
export function onInternet(walk: Walk, packet: Packet): Next {
  const { network } = walk
  for (const face of network.byAddress.get(packet.dst) ?? []) {
    const second = face.more.find(([, address]) => address === packet.dst)
    if (face.publicAddress === packet.dst || second !== undefined)
      return enter(walk, packet, face, second?.[0] ?? face.address)
  }
  if (packet.back) return packet.origin === null
  walk.trail.onReply(() => walk.run(walk, { at: 'internet', packet: replyTo(packet) }))
  return answerPublic(walk, packet.dst, 'internet')
}

/** From the internet into a VPC, to the private address a public one stands for (NET-22). */
function enter(walk: Walk, packet: Packet, face: Interface, address: number | null): Next {
  const { trail, network } = walk
  const { vpc } = face.subnet
  const gateway = vpc.internetGateway
  if (gateway === null)
    return trail.block(
      'internet-gateway',
      vpc.id,
      'none attached',
      'NO_PATH',
      `${vpc.id} has no internet gateway attached.`,
    )
  if (network.conditions.down.has(gateway))
    return trail.block('internet-gateway', gateway, 'down', 'BAD_STATE', `${gateway} is down.`)
  if (address === null) return noAddress(trail, face)
  const { src } = packet
  const reserved = isRfc1918(src) ? 'RFC1918' : isRfc6598(src) ? 'RFC6598' : null
  if (reserved !== null) {
    const text = `${formatAddress(src)} is a private address: an internet gateway lets nothing in from it.`
    const code = `IGW_SOURCE_ADDRESS_NOT_IN_${reserved}_INGRESS` as const
    return trail.block('internet-gateway', gateway, `${formatAddress(src)} is ${reserved}`, code, text)
  }
  if (vpc.cidrs.some((block) => contains(block, src))) {
    const text = `${formatAddress(src)} is an address of ${vpc.id} and cannot come from outside.`
    return trail.block('internet-gateway', gateway, 'source in the VPC', 'GATEWAY_REJECTS_SPOOFED_TRAFFIC', text)
  }
  trail.pass('internet-gateway', gateway, () => `${formatAddress(packet.dst)} -> ${formatAddress(address)}`)
  return { at: 'vpc', packet: { ...packet, dst: address }, vpc, from: null }
}

export function noAddress(trail: Trail, face: Interface): false {
  const text = `${face.subnet.id} has no free address left for ${face.owners[0] ?? face.id}.`
  return trail.block('interface', face.subnet.id, 'no free address', 'BAD_STATE', text)
}

/** The end of a path outside the VPCs. */
export function answerPublic(walk: Walk, address: number, exit: 'internet' | 'service'): boolean {
  const { trail, network, to, service } = walk
  if (network.conditions.down.has(to))
    return trail.block('destination', to, 'down', 'BAD_STATE', `${to} does not answer: it is down.`)
  const where = () =>
    service === null ? formatAddress(address) : exit === 'service' ? service : `${service}, public endpoint`
  return trail.pass('destination', to, () => `${where()} answers`)
}
