/** What a load balancer does with a connection: takes it on a listener's port and opens one to a target. */
import { groupGate } from './gates'
import { parseAddress } from './ipv4'
import { NAT_PORTS } from './parties'
import type { Interface, Listener, Target, TargetGroup } from './types'
import type { Packet, Walk } from './walk'

/** The client's packet reached a node of the balancer. The reply to the client is registered already. */
export function balance(walk: Walk, packet: Packet, node: Interface): boolean {
  const { trail, network } = walk
  const id = node.owners[0] ?? node.id
  const balancer = network.balancers.get(id)
  const { protocol, low, high } = packet.flow
  const listener = balancer?.listeners.find(
    (each: Listener) => each.protocols.includes(protocol) && low === each.port && high === each.port,
  )
  if (balancer === undefined || listener === undefined) {
    const ports = balancer?.listeners.map(({ port }) => port).join(', ') ?? ''
    const text = `${id} does not listen there. ${ports === '' ? 'It has no listener: add one.' : `It listens on ${ports}.`}`
    return trail.block('load-balancer', id, `listens on ${ports || 'nothing'}`, 'ELBV2_LISTENER_PORT_RESTRICTION', text)
  }
  const [group] = listener.groups
  if (group === undefined) {
    const text = `${listener.id} forwards to no target group.`
    return trail.block('load-balancer', listener.id, 'no target group', 'ELBV2_LISTENER_HAS_NO_TG', text, null, id)
  }
  const rule = () => `${listener.id} on ${listener.port} -> ${listener.groups.map((each) => each.id).join(', ')}`
  trail.pass('load-balancer', id, rule, listener.id)
  if (listener.groups.some((each) => each.lambda && each.targets.length > 0))
    return trail.pass('destination', walk.to, 'a function answers')
  const open = listener.groups.flatMap((each) => each.targets.map((target) => ({ group: each, target })))
  const near = open.filter(({ target }) => {
    const face = faceOf(walk, node, target)
    return balancer.crossZone || face === undefined || face.subnet.zone === node.subnet.zone
  })
  if (near.length === 0) {
    const zone = node.subnet.zone ?? '?'
    const text =
      open.length === 0
        ? `${group.id} has no target.`
        : `${group.id} has no target in zone ${zone}, and ${id} does not cross zones. Switch on load_balancing.cross_zone.enabled, or add a target there.`
    return trail.block(
      'load-balancer',
      group.id,
      `no target for zone ${zone}`,
      'ELBV2_NO_TARGETS_IN_AZ',
      text,
      null,
      id,
    )
  }
  // one target that can be reached is enough; otherwise the first tells why
  const undo = trail.mark()
  for (const { group: each, target } of near) {
    if (passOn(walk, packet, node, each, target)) return true
    undo()
  }
  const [first] = near
  return first !== undefined && passOn(walk, packet, node, first.group, first.target)
}

function faceOf({ network }: Walk, node: Interface, { id }: Target): Interface | undefined {
  const address = parseAddress(id)
  const known = network.hosts.get(network.aliases.get(id) ?? id)
  return address === null
    ? (known?.find((face) => face.subnet.vpc === node.subnet.vpc) ?? known?.[0])
    : network.byAddress.get(address)?.find((face) => face.subnet.vpc === node.subnet.vpc)
}

function passOn(walk: Walk, packet: Packet, node: Interface, group: TargetGroup, target: Target): boolean {
  const { trail } = walk
  const face = faceOf(walk, node, target)
  const dst = parseAddress(target.id) ?? face?.address ?? null
  if (dst === null || node.address === null)
    return trail.block(
      'load-balancer',
      group.id,
      'no target',
      'NO_POSSIBLE_DESTINATION',
      `${target.id}, a target of ${group.id}, has no address.`,
    )
  const port = target.port ?? packet.flow.low
  const onward: Packet = {
    src: node.address,
    dst,
    flow: { ...packet.flow, low: port, high: port },
    reply: NAT_PORTS,
    groups: node.groups,
    lost: [],
    origin: node,
    back: false,
  }
  // a target that sees the client's address filters by it; its replies go to the balancer all the same
  const seen = group.preserves ? { ...onward, src: packet.src, groups: packet.groups, caught: true } : onward
  const inner: Walk = { ...walk, to: target.id, target: null }
  return (
    groupGate(trail, node, 'egress', onward, face?.groups ?? []) &&
    walk.run(inner, { at: 'subnet', packet: seen, subnet: node.subnet, face: node })
  )
}
