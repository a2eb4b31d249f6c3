/** The walk itself: one step after the other, until the packet arrives or is dropped. */
import { answerPublic, arrive, deliver, onInternet } from './delivery'
import { gatewayEndpoint, internetGateway, natGateway, router } from './egress'
import { aclGate, lookup, routeGate } from './gates'
import { contains, formatCidr } from './ipv4'
import { nameOf } from './parties'
import { crossTransit, enterTransit, onPremises, peering } from './remote'
import type { Network, Route, Subnet, Vpc } from './types'
import type { Next, Step, Walk } from './walk'
import { replyTo } from './walk'

/** Routers that pass a packet in a circle end the walk. */
const MOST_STEPS = 64

export function run(walk: Walk, step: Next): boolean {
  let next = step
  for (let left = MOST_STEPS; left > 0; left--) {
    if (typeof next === 'boolean') return next
    next = advance(walk, next)
  }
  const text = 'The routes lead the packet in a circle.'
  return walk.trail.block('route-table', walk.to, 'in a circle', 'NO_PATH', text)
}

function advance(walk: Walk, step: Step): Next {
  switch (step.at) {
    case 'subnet':
      return leave(walk, step)
    case 'route':
      return follow(walk, step)
    case 'vpc':
      return deliver(walk, step.packet, step.vpc, step.from)
    case 'internet':
      return onInternet(walk, step.packet)
    case 'transit':
      return crossTransit(walk, step)
    case 'vpn':
      return onPremises(walk, step)
    case 'service': {
      const { packet, vpc } = step
      walk.trail.onReply(() => walk.run(walk, { at: 'vpc', packet: replyTo(packet), vpc, from: null }))
      return answerPublic(walk, packet.dst, 'service')
    }
  }
}

/** Out of an interface: within its subnet no ACL and no router is in between. */
function leave(walk: Walk, { packet, subnet, face }: Extract<Step, { at: 'subnet' }>): Next {
  const { trail } = walk
  const { table } = subnet
  const near = contains(subnet.block, packet.dst)
  if (near && !packet.back && isApart(walk, subnet, packet.dst)) return false
  if (near) {
    const rule = () => `${formatCidr(subnet.block)} is ${subnet.id} itself -> local`
    if (face !== null) trail.pass('route-table', table.id, rule, null, subnet.id)
    return arrive(walk, packet, subnet)
  }
  if (!aclGate(trail, subnet, 'egress', packet)) return false
  if (packet.back && packet.caught === true) return true
  if (!packet.back && isApart(walk, subnet, packet.dst)) return false
  const route = routeGate(trail, subnet, packet)
  return route !== null && { at: 'route', packet, subnet, face, route }
}

function follow(walk: Walk, { packet, subnet, route }: Extract<Step, { at: 'route' }>): Next {
  const { target } = route
  switch (target.kind) {
    case 'local':
      return { at: 'vpc', packet, vpc: subnet.vpc, from: subnet }
    case 'internet-gateway':
      return internetGateway(walk, packet, subnet, target.id)
    case 'nat-gateway':
      return natGateway(walk, packet, subnet, target.id)
    case 'endpoint':
      return gatewayEndpoint(walk, packet, subnet, target.id)
    case 'interface':
      return router(walk, packet, subnet, target.id)
    case 'peering':
      return peering(walk, packet, subnet, target.id)
    case 'transit-gateway':
      return enterTransit(walk, packet, subnet, target.id)
    case 'vpn-gateway': {
      const vpns = walk.network.vpns.filter(({ side }) => side === target.id)
      return { at: 'vpn', packet, gateway: target.id, vpns, route }
    }
    case 'unsupported':
      return false
  }
}

const JOINING = new Set<Route['target']['kind']>([
  'peering',
  'transit-gateway',
  'vpn-gateway',
  'interface',
  'nat-gateway',
])

/** Whether a route of the subnet leads to a private address of another VPC at all. */
export function leadsAcross(subnet: Subnet, address: number): boolean {
  const { route } = lookup(subnet.table, address)
  return route !== null && JOINING.has(route.target.kind)
}

/** Blocks the walk when the interface meant is in a VPC that no peering and no transit gateway joins with this one. */
function isApart({ trail, network, target, to }: Walk, subnet: Subnet, address: number): boolean {
  const { vpc, table } = subnet
  const far = target?.subnet.vpc
  if (target === null || far === undefined || far === vpc || target.address !== address) return false
  const { route, rule } = lookup(table, address)
  if (route !== null && JOINING.has(route.target.kind)) return false
  if (!joined(network, vpc, far)) {
    const text = `${nameOf(target)} of ${to} is in ${far.id}, ${subnet.id} in ${vpc.id}, and nothing connects the two VPCs. Peer them, or attach both to a transit gateway.`
    const none = `no connection to ${far.id}`
    trail.block('route-table', table.id, none, 'DISCONNECTED_VPCS', text, null, subnet.id)
    return true
  }
  if (route?.target.kind !== 'local') return false
  const text = `${route.text} keeps ${nameOf(target)} within ${vpc.id}: the two VPCs use the same addresses. Give one another block.`
  trail.block('route-table', table.id, rule, 'VPC_LOCAL_ROUTE_CIDR_RESTRICTION', text, null, subnet.id)
  return true
}

/** Whether something that could carry packets between two VPCs exists, in whatever state. */
export function joined({ peerings, transits }: Network, a: Vpc, b: Vpc): boolean {
  const holds = (vpcs: readonly (Vpc | null)[]): boolean => vpcs.includes(a) && vpcs.includes(b)
  if ([...peerings.values()].some(({ vpcs }) => holds(vpcs))) return true
  return [...transits.values()].some(({ attachments }) => holds(attachments.map(({ vpc }) => vpc)))
}
