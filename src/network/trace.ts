/** One walk from a source to a destination and back, gate by gate in the fact sheet's diagnosis order (10.1). */
import { noAddress } from './delivery'
import { formatAddress, parseAddress } from './ipv4'
import type { Party } from './parties'
import { destination, portOf, source } from './parties'
import { own } from './placements'
import { portsText } from './read'
import type { Start } from './sending'
import { fromInterface, fromOutside, senders } from './sending'
import { run } from './steps'
import type { Need } from './trail'
import { Trail } from './trail'
import type { Code, Gate, Interface, Network, Query, SourceResult, Trace } from './types'
import type { Walk } from './walk'

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

const BETWEEN = new Set<Gate>([
  'nat-gateway',
  'internet-gateway',
  'endpoint',
  'peering',
  'transit-gateway',
  'vpn-gateway',
  'load-balancer',
])

const PROTOCOLS = { tcp: 6, udp: 17, icmp: 1, any: -1 } as const

/** A query by logical ids, and what they mean in a network. */
interface Parties {
  readonly query: Query
  readonly start: Start
  readonly faces: readonly Interface[]
}

function parties(network: Network, asked: Query): Parties {
  const query = { ...asked, from: named(network, asked.from), to: named(network, asked.to) }
  const first = destination(network, query.to, null)
  const from = source(network, query.from, vpcOf(first))
  const to = destination(network, query.to, vpcOf(from))
  const protocol = PROTOCOLS[query.protocol ?? 'tcp']
  const port = query.port ?? portOf(network, query.to)
  const ported = protocol === 6 || protocol === 17 || query.port !== undefined
  const flow = ported ? { protocol, low: port, high: port } : { protocol, low: 0, high: 65535 }
  const reply = query.sourcePort === undefined ? null : { low: query.sourcePort, high: query.sourcePort }
  const start: Start = { from, to, name: query.to, flow, reply, source: parseAddress(query.source ?? '') }
  return { query, start, faces: senders(network, from, query.from, query) }
}

/** A name AWS gave, as the document's own. */
export const named = (network: Network, name: string): string =>
  own(network.scenario, name) === undefined ? (network.aliases.get(name) ?? name) : name

function walkFrom(network: Network, { query, start }: Parties, face: Interface | null, trail: Trail): boolean {
  const { to } = start
  const service = to.kind === 'public' ? to.service : null
  const walk: Walk = { network, trail, to: query.to, service, target: null, sessions: [], routers: new Set(), run }
  return (
    sourceGate(walk, query, start.from, face, to) &&
    (face === null ? fromOutside(walk, start) : fromInterface(walk, face, start)) &&
    trail.reply()
  )
}

export interface Bare {
  readonly reachable: boolean
  readonly code: Code
  readonly at: string | null
}

const REACHED: Bare = { reachable: true, code: 'ok', at: null }

/** The bare verdict, for a matrix of thousands: no hops, no sentences. The caller knows the parties and the interfaces that send (`senders`). */
export function verdict(network: Network, from: Party, faces: readonly Interface[], to: Party, port: number): Bare {
  const query = { from: from.id, to: to.id }
  const flow = { protocol: 6, low: port, high: port }
  const between = { query, start: { from, to, name: to.id, flow, reply: null, source: null }, faces }
  for (const face of faces.length === 0 ? [null] : faces) {
    const trail = new Trail(true)
    if (!walkFrom(network, between, face, trail)) return { reachable: false, code: trail.code, at: trail.at }
  }
  return REACHED
}

/** The verdict without fixes. Total: unknown names give a blocked trace with a code, never an exception. */
export function trace(network: Network, asked: Query): Traced {
  const between = parties(network, asked)
  const { query, start, faces } = between
  const { from, to, flow } = start
  const { protocol, low: port } = flow
  const trails: { trail: Trail; face: Interface | null; ok: boolean }[] = []
  for (const face of faces.length === 0 ? [null] : faces) {
    const trail = new Trail()
    trails.push({ trail, face, ok: walkFrom(network, between, face, trail) })
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
  if (face.off !== null)
    return trail.block('interface', from.id, face.off, 'BAD_STATE', `${from.id} sends nothing: ${face.off}.`)
  if (face.address === null) return noAddress(trail, face)
  const { address, subnet } = face
  return trail.pass('interface', subnet.id, () => `${formatAddress(address)} in ${subnet.id}`, null, face.owners[0])
}

function arrived(query: Query, trail: Trail, what: string): string {
  const between = trail.hops.filter(({ direction, gate }) => direction === 'forward' && BETWEEN.has(gate))
  const path = between.length === 0 ? '' : ` through ${between.map((hop) => hop.resource).join(', then ')}`
  return `${query.from} reaches ${query.to} on ${what}${path}.`
}
