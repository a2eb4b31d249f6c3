/** One walk from a source to a destination and back, gate by gate in the fact sheet's diagnosis order (10.1). */
import { answerPublic, deliver, enter, noAddress } from './delivery'
import type { Walk } from './delivery'
import { leave, routeGate } from './egress'
import { border, groupGate } from './gates'
import { formatAddress, formatCidr } from './ipv4'
import type { Party } from './parties'
import { ephemeralPorts, NAT_PORTS, nameOf, destination, portOf, source } from './parties'
import { own } from './placements'
import { portsText } from './read'
import type { Need } from './trail'
import { Trail } from './trail'
import type { Endpoint, Interface, Network, Query, SourceResult, Trace } from './types'

/** A trace with what the search for fixes needs beside it. */
export interface Traced extends Trace {
  readonly need: Need | null
  /** The interface the reported walk started from; null outside every VPC. */
  readonly face: Interface | null
  readonly from: Party
  readonly to: Party
  readonly port: number
  readonly protocol: number
}

const PROTOCOLS = { tcp: 6, udp: 17, icmp: 1, any: -1 } as const

/** The verdict without fixes. Total: unknown names give a blocked trace with a code, never an exception. */
export function trace(network: Network, query: Query): Traced {
  const first = destination(network, query.to, null)
  const from = source(network, query.from, vpcOf(first))
  const to = destination(network, query.to, vpcOf(from))
  const protocol = PROTOCOLS[query.protocol ?? 'tcp']
  const port = query.port ?? portOf(network, query.to)
  const ported = protocol === 6 || protocol === 17 || query.port !== undefined
  const flow = ported ? { protocol, low: port, high: port } : { protocol, low: 0, high: 65535 }
  const start = (trail: Trail): Walk => ({ network, trail, flow, to: query.to })

  const faces = from.kind === 'interfaces' ? liveFaces(from.faces, query.interface) : []
  const trails: { trail: Trail; face: Interface | null; ok: boolean }[] = []
  for (const face of faces.length === 0 ? [null] : faces) {
    const trail = new Trail()
    const walk = start(trail)
    const ok =
      sourceGate(walk, query, from, face, to) &&
      (face === null ? fromPublic(walk, from, to) : fromInterface(walk, face, to)) &&
      trail.reply()
    trails.push({ trail, face, ok })
  }
  const shown = trails.find((each) => !each.ok) ?? trails[0]
  if (shown === undefined) throw new Error('a trace needs at least one walk')
  const sources = trails.flatMap(({ trail, face, ok }): SourceResult[] =>
    face === null ? [] : [{ interface: face.id, subnet: face.subnet.id, reachable: ok, code: trail.code }],
  )
  const { trail, face, ok } = shown
  const blocked = sources.filter((each) => !each.reachable).length
  const partly =
    !ok && face !== null && blocked < sources.length
      ? `From ${face.subnet.id} (${blocked} of ${sources.length} subnets): `
      : ''
  const explanation = ok ? arrived(query, trail, portsText(protocol, flow.low, flow.high)) : partly + trail.explanation
  return {
    reachable: ok,
    code: trail.code,
    at: trail.at,
    hops: trail.hops,
    explanation,
    sources,
    need: trail.need,
    face,
    from,
    to,
    port,
    protocol,
  }
}

/** Interfaces of zones that are up, or all of them when none is, so that the walk can say why. */
function liveFaces(faces: readonly Interface[], only: string | undefined): readonly Interface[] {
  const asked = only === undefined ? faces : faces.filter((face) => face.id === only)
  const live = asked.filter((face) => face.subnet.down === null)
  return live.length > 0 ? live : asked.slice(0, 1)
}

function vpcOf(party: Party) {
  return party.kind === 'interfaces' ? (party.faces[0]?.subnet.vpc ?? null) : null
}

function sourceGate(walk: Walk, query: Query, from: Party, face: Interface | null, to: Party): boolean {
  const { trail, network } = walk
  const { down, pendingFunctions } = network.conditions
  if (from.kind === 'invalid') return trail.block('interface', from.id, 'not a source', from.code, from.explanation)
  if (to.kind === 'invalid') return trail.block('destination', to.id, 'not a destination', to.code, to.explanation)
  if (from.kind === 'vacant')
    return trail.block(
      'interface',
      from.id,
      'vacant',
      'NO_SOURCE_OR_DESTINATION',
      `No interface has the address ${from.id}.`,
    )
  if (own(network.scenario, query.from)?.Type === 'AWS::Lambda::Function') {
    if (pendingFunctions.has(query.from)) {
      const text = `${query.from} is Pending: its network interfaces are still being built.`
      return trail.block('function-state', query.from, 'Pending', 'BAD_STATE', text)
    }
    if (down.has(query.from))
      return trail.block('function-state', query.from, 'down', 'BAD_STATE', `${query.from} is down.`)
    trail.pass('function-state', query.from, 'Active')
  } else if (down.has(query.from)) {
    return trail.block('interface', query.from, 'down', 'BAD_STATE', `${query.from} is down.`)
  }
  if (to.kind === 'interfaces' && to.faces.length === 0)
    return trail.block(
      'destination',
      to.id,
      'no interface',
      'NO_SOURCE_OR_DESTINATION',
      `${to.id} is in no subnet of this scenario.`,
    )
  if (from.kind !== 'interfaces') return true
  if (face === null)
    return trail.block(
      'interface',
      from.id,
      'no interface',
      'NO_SOURCE_OR_DESTINATION',
      `${from.id} is in no subnet of this scenario.`,
    )
  if (face.subnet.down !== null)
    return trail.block(
      'interface',
      face.subnet.id,
      face.subnet.down,
      'BAD_STATE',
      `${from.id} has no interface left: ${face.subnet.down}.`,
    )
  if (face.address === null) return noAddress(trail, face)
  return trail.pass('interface', face.subnet.id, `${formatAddress(face.address)} in ${face.subnet.id}`)
}

/** The interface that answers: up before down, the sender's own zone before others. */
function pick(faces: readonly Interface[], zone: string | null): Interface | undefined {
  const live = faces.filter((face) => face.subnet.down === null && face.address !== null)
  return live.find((face) => face.kind === 'endpoint' && face.subnet.zone === zone) ?? live[0] ?? faces[0]
}

function fromPublic(walk: Walk, from: Party, to: Party): boolean {
  if (from.kind !== 'public') return false
  if (to.kind === 'public') return answerPublic(walk, to.service, to.address, 'internet')
  if (to.kind === 'vacant') return vacant(walk, to.id)
  const face = to.kind === 'interfaces' ? pick(to.faces, null) : undefined
  return face !== undefined && enter(walk, from.address, NAT_PORTS, face, from.isFunction ? from.id : null)
}

function vacant(walk: Walk, id: string): boolean {
  return walk.trail.block('destination', id, 'vacant', 'NO_POSSIBLE_DESTINATION', `No interface has the address ${id}.`)
}

function fromInterface(walk: Walk, face: Interface, to: Party): boolean {
  if (to.kind === 'invalid' || face.address === null) return false
  if (to.kind === 'public') {
    const endpoint = to.service === null ? undefined : privateEndpoint(face, to.service)
    return endpoint === undefined
      ? outward(walk, face, face.address, to.address, to)
      : toEndpoint(walk, face, face.address, endpoint)
  }
  if (to.kind === 'vacant') return outward(walk, face, face.address, to.address, to)
  const target = pick(to.faces, face.subnet.zone)
  if (target === undefined) return false
  if (target === face) return walk.trail.pass('destination', walk.to, 'the interface itself')
  if (target.address === null) return noAddress(walk.trail, target)
  if (target.subnet.vpc === face.subnet.vpc && !to.viaPublic)
    return within(walk, face, face.address, target, target.address)
  return outward(walk, face, face.address, target.publicAddress ?? target.address, to, target)
}

/** The endpoint whose private DNS answers for the service in this VPC (NET-28). */
function privateEndpoint(face: Interface, service: string): Endpoint | undefined {
  const { vpc } = face.subnet
  if (!vpc.dns) return undefined
  return vpc.endpoints.find((each) => each.kind === 'interface' && each.privateDns && each.service === service)
}

function toEndpoint(walk: Walk, face: Interface, address: number, endpoint: Endpoint): boolean {
  const { trail, network } = walk
  const target = pick(endpoint.interfaces, face.subnet.zone)
  if (target === undefined || target.address === null || target.subnet.down !== null) {
    const text = `${endpoint.id} has no interface in a zone that is up, and private DNS still sends ${endpoint.service} there.`
    return trail.block('endpoint', endpoint.id, 'no live interface', 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ', text)
  }
  trail.pass('endpoint', endpoint.id, `private DNS resolves ${endpoint.service} to ${formatAddress(target.address)}`)
  if (!within(walk, face, address, target, target.address)) return false
  // A service that is down stays down behind its endpoint.
  return network.conditions.down.has(walk.to) ? answerPublic(walk, endpoint.service, target.address, 'service') : true
}

/** Between two interfaces of one VPC. Inside one subnet the packet crosses no ACL. */
function within(walk: Walk, face: Interface, address: number, target: Interface, targetAddress: number): boolean {
  const { trail, flow } = walk
  if (!groupGate(trail, face, 'egress', { address: targetAddress, groups: target.groups }, flow)) return false
  if (face.subnet === target.subnet) {
    trail.pass(
      'route-table',
      face.subnet.table.id,
      `${formatCidr(face.subnet.block)} is ${face.subnet.id} itself -> local`,
    )
    return deliver(walk, face, address, target, targetAddress)
  }
  if (!border(trail, face.subnet, 'egress', address, targetAddress, flow, ephemeralPorts(face))) return false
  const route = routeGate(trail, face.subnet, targetAddress)
  if (route === null) return false
  if (route.target.kind !== 'local') {
    const text = `${face.subnet.table.id}: ${route.text} is more specific than the local route and takes the packet away from ${nameOf(target)}.`
    return trail.block('route-table', face.subnet.table.id, route.text, 'MORE_SPECIFIC_ROUTE', text, route.id)
  }
  return deliver(walk, face, address, target, targetAddress)
}

/** Out of the VPC towards `aim`. `target` is the interface behind a public address, or in another VPC. */
function outward(
  walk: Walk,
  face: Interface,
  address: number,
  aim: number,
  to: Party,
  target: Interface | null = null,
): boolean {
  const { trail, network, flow } = walk
  const replyPorts = ephemeralPorts(face)
  if (!groupGate(trail, face, 'egress', { address: aim, groups: [] }, flow)) return false
  if (!border(trail, face.subnet, 'egress', address, aim, flow, replyPorts)) return false
  if (target !== null && target.publicAddress === null) {
    const { vpc } = face.subnet
    const text = `${nameOf(face)} is in ${vpc.id}, ${walk.to} in ${target.subnet.vpc.id}, and nothing connects the two VPCs.`
    return trail.block('route-table', target.subnet.vpc.id, `no connection from ${vpc.id}`, 'DISCONNECTED_VPCS', text)
  }
  const route = routeGate(trail, face.subnet, aim)
  if (route === null) return false
  if (route.target.kind === 'local') return vacant(walk, formatAddress(aim))
  const exit = leave({ network, trail, face, address, to: aim, flow, replyPorts }, route)
  if (exit === null) return false
  if (target !== null)
    return exit.kind === 'internet'
      ? enter(walk, exit.address, NAT_PORTS, target, null)
      : vacant(walk, formatAddress(aim))
  return answerPublic(walk, to.kind === 'public' ? to.service : null, aim, exit.kind)
}

function arrived(query: Query, trail: Trail, what: string): string {
  const between = trail.hops.filter(
    (hop) =>
      hop.direction === 'forward' &&
      (hop.gate === 'nat-gateway' || hop.gate === 'internet-gateway' || hop.gate === 'endpoint'),
  )
  const path = between.length === 0 ? '' : ` through ${between.map((hop) => hop.resource).join(', then ')}`
  return `${query.from} reaches ${query.to} on ${what}${path}.`
}
