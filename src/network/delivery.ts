/** The last part of a path: into a subnet, through its interface's security groups, to whoever answers. */
import type { Exit } from './egress'
import type { Flow, Point } from './gates'
import { border, groupGate, lookup, tableName } from './gates'
import { formatAddress } from './ipv4'
import { ephemeralPorts, nameOf } from './parties'
import type { Trail } from './trail'
import type { Interface, Network, Ports, Subnet } from './types'

/** What stays the same along one walk. */
export interface Walk {
  readonly network: Network
  readonly trail: Trail
  readonly flow: Flow
  /** The id the caller named as destination. */
  readonly to: string
}

/** From one interface to another of the same VPC, once security group and route let the packet out. */
export function deliver(
  walk: Walk,
  from: Interface,
  fromAddress: number,
  face: Interface,
  faceAddress: number,
): boolean {
  const sender: Point = { address: fromAddress, groups: from.groups }
  if (
    from.subnet !== face.subnet &&
    !border(walk.trail, face.subnet, 'ingress', fromAddress, faceAddress, walk.flow, ephemeralPorts(from))
  )
    return false
  return groupGate(walk.trail, face, 'ingress', sender, walk.flow) && answer(walk, face)
}

/** From the internet into a VPC, to an interface's public address (NET-22). */
export function enter(
  walk: Walk,
  sender: number,
  replyPorts: Ports,
  face: Interface,
  senderIsFunction: string | null,
): boolean {
  const { trail, network, flow } = walk
  const { subnet, address, publicAddress } = face
  const gateway = subnet.vpc.internetGateway
  if (publicAddress === null) {
    const who = senderIsFunction === null ? '' : `${senderIsFunction} runs outside every VPC. `
    const text = `${who}${walk.to} has only the private address ${nameOf(face)}, which the internet cannot reach.`
    return trail.block(
      'internet-gateway',
      gateway ?? subnet.vpc.id,
      `no public IP for ${nameOf(face)}`,
      'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
      text,
    )
  }
  if (gateway === null) {
    return trail.block(
      'internet-gateway',
      subnet.vpc.id,
      'none attached',
      'NO_PATH',
      `${subnet.vpc.id} has no internet gateway attached.`,
    )
  }
  if (network.conditions.down.has(gateway))
    return trail.block('internet-gateway', gateway, 'down', 'BAD_STATE', `${gateway} is down.`)
  if (address === null) return noAddress(trail, face)
  trail.pass('internet-gateway', gateway, `${formatAddress(publicAddress)} -> ${formatAddress(address)}`)
  trail.onReply(() => replyRoute(trail, subnet, sender, gateway))
  return (
    border(trail, subnet, 'ingress', sender, address, flow, replyPorts) &&
    groupGate(trail, face, 'ingress', { address: sender, groups: [] }, flow) &&
    answer(walk, face)
  )
}

/** The reply must go back through the gateway the request came in by. */
function replyRoute(trail: Trail, subnet: Subnet, sender: number, gateway: string): boolean {
  const { route, rule } = lookup(subnet.table, sender)
  if (route?.target.kind === 'internet-gateway' && route.target.id === gateway && route.blackhole === null)
    return trail.pass('route-table', subnet.table.id, rule, route.id)
  const text = `${tableName(subnet.table)} has no route back to ${formatAddress(sender)} through ${gateway}, so the reply is lost.`
  return trail.block('route-table', subnet.table.id, rule, 'NO_ROUTE_TO_DESTINATION', text, route?.id ?? null)
}

export function noAddress(trail: Trail, face: Interface): false {
  const text = `${face.subnet.id} has no free address left for ${face.owners[0] ?? face.id}.`
  return trail.block('interface', face.subnet.id, 'no free address', 'BAD_STATE', text)
}

/** Does the owner of the interface take connections at all, and is it up? */
function answer(walk: Walk, face: Interface): boolean {
  const { trail, network, to } = walk
  if (face.kind === 'hyperplane') {
    const text = `${nameOf(face)} is a Lambda interface. It opens connections and accepts none: call the function through its invoke API.`
    return trail.block('destination', to, 'accepts no connections', 'NO_POSSIBLE_DESTINATION', text)
  }
  if (face.kind === 'nat') {
    const text = `${nameOf(face)} is a NAT gateway. It forwards connections that start behind it and accepts none.`
    return trail.block('destination', to, 'accepts no connections', 'NO_POSSIBLE_DESTINATION', text)
  }
  const owner = face.owners.find((id) => network.conditions.down.has(id))
  const down = owner === undefined ? face.subnet.down : `${owner} is down`
  if (down !== null) return trail.block('destination', to, down, 'BAD_STATE', `${to} does not answer: ${down}.`)
  return trail.pass('destination', to, `${nameOf(face)} answers`)
}

/** The end of a path outside the VPCs. */
export function answerPublic(walk: Walk, service: string | null, address: number, exit: Exit['kind']): boolean {
  const { trail, network, to } = walk
  if (network.conditions.down.has(to))
    return trail.block('destination', to, 'down', 'BAD_STATE', `${to} does not answer: it is down.`)
  const where = service === null ? formatAddress(address) : exit === 'service' ? service : `${service}, public endpoint`
  return trail.pass('destination', to, `${where} answers`)
}
