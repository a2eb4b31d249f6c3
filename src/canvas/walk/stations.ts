/** Where the hops of a verdict stand in the drawing: one wire through the devices they name, and a place on it for each. */
import type { Drawing, DrawnNode, Point, Rect } from '../../drawing'
import { drawEdges } from '../../drawing/wires'
import type { Wire } from '../../drawing'
import type { Hop, Network, Query, Trace } from '../../network'

export interface Station {
  readonly hop: Hop
  /** On the wire, 0 at the sender, 1 at the destination; the way back runs from 1 to 0. */
  readonly fraction: number
  /** Where the gate's badge stands. */
  readonly at: Point
  /** The node that is the gate; null for gates on a border or an interface. */
  readonly node: string | null
  /** The subnet on whose border the gate stands. */
  readonly subnet: string | null
}

export interface Course {
  readonly wire: Wire
  readonly stations: readonly Station[]
  /** Drawn ids on the way, containers included: what is not faded. */
  readonly nodes: ReadonlySet<string>
  /** Ends that are not drawn, such as an address: a place for them. */
  readonly ghosts: readonly { readonly id: string; readonly rect: Rect }[]
}

const GHOST = { w: 132, h: 36 }
/** From a border gate to its neighbour on the same crossing (px). */
const BESIDE = 15

/** Null when neither end has a place in the drawing. */
export function courseOf(drawing: Drawing, network: Network, query: Query, verdict: Trace): Course | null {
  const { hops } = verdict
  const shown = verdict.sources.find(({ reachable }) => !reachable) ?? verdict.sources[0]
  const ghosts: { id: string; rect: Rect }[] = []
  const nodes = new Map(drawing.nodeById)
  const vpc = network.subnets.get(shown?.subnet ?? '')?.vpc
  const gates = [...hops.map(({ resource }) => resource), vpc?.internetGateway ?? '']
  const end = (id: string): string => {
    const known = drawnFor(drawing, network, id)
    if (known !== null) return known
    const ghost = { id: `ghost:${id}`, rect: beyond(drawing, gates, ghosts.length) }
    ghosts.push(ghost)
    nodes.set(ghost.id, stand(ghost.id, id, ghost.rect))
    return ghost.id
  }
  const from = end(query.from)
  const to = end(query.to)
  const forward = hops.filter(({ direction }) => direction === 'forward')
  const face = shown !== undefined && drawing.nodeById.has(shown.interface) ? [shown.interface] : []
  const devices = forward.flatMap(({ resource }) => (isDevice(drawing, resource) ? [resource] : []))
  const via = [...new Set([...face, ...devices])].filter((id) => id !== from && id !== to)
  const [edge] = drawEdges([{ from, to, port: 'out', via, connection: null }], nodes)
  if (edge === undefined) return null
  const { wire } = edge
  const track = new Track(wire)
  const home = shown?.subnet ?? subnetOf(network, query.from)
  const goal = subnetOf(network, query.to)
  const rectOf = (id: string | null | undefined): Rect | undefined => nodes.get(id ?? '')?.rect
  const stations: Station[] = []
  /** Borders crossed on the way there, which the reply crosses again, last one first. */
  const crossed: Station[] = []
  /** Subnet whose border the packet crosses next on its way out. */
  let inside = home
  let reached = 0
  hops.forEach((hop, i) => {
    const back = hop.direction === 'return'
    if (!isBorder(hop, drawing)) {
      const node = nodeOf(hop, { from, to, face: face[0] ?? from, drawing })
      const rect = rectOf(node)
      const nat = network.nats.get(hop.resource)
      if (nat !== undefined && !back) inside = nat.interface.subnet.id
      if (rect === undefined) return stations.push(track.station(hop, reached, 0))
      if (hop.gate.startsWith('security-group'))
        return stations.push({
          ...track.station(hop, Math.max(reached, track.meeting(rect)), 0),
          at: corner(hop, rect),
        })
      // a NAT gateway is looked at before its subnet's ACL: the packet waits at that border
      const waits = nat !== undefined && !back && hops[i + 1]?.gate === 'nacl-in'
      const border = waits ? rectOf(inside) : undefined
      const index = border === undefined ? track.meeting(rect) : track.crossing(border, false, reached)
      if (!back) reached = Math.max(reached, index)
      return stations.push({ ...track.station(hop, index, 0), node })
    }
    if (back) {
      const again = crossed.findLastIndex(
        ({ hop: before }) => before.resource === hop.resource && before.gate !== hop.gate && before.on === hop.on,
      )
      const [before] = again === -1 ? [] : crossed.splice(again, 1)
      if (before !== undefined) return stations.push({ ...before, hop })
    }
    const wanted = hop.on ?? (back || (hop.gate === 'nacl-in' && inside === home) ? goal : inside)
    const own = subnetsBehind(network, hop)
    const subnet = own.find((id) => id === wanted) ?? own.find((id) => id === goal || id === home) ?? own[0] ?? null
    const rect = rectOf(subnet ?? hop.resource)
    const outward = (hop.gate === 'nacl-in') === back
    const index = rect === undefined ? reached : track.crossing(rect, outward, back ? 0 : reached)
    if (!back) reached = index
    const beside = subnet === null ? 0 : hop.gate === 'route-table' ? BESIDE : -BESIDE
    const station = { ...track.station(hop, index, beside), subnet }
    if (!back && hop.gate !== 'route-table') crossed.push(station)
    return stations.push(station)
  })
  const on = new Set([from, to, ...via, ...stations.flatMap(({ node }) => node ?? [])])
  for (const id of [home, goal, ...forward.map(({ resource }) => resource)]) if (id != null && nodes.has(id)) on.add(id)
  for (const id of Array.from(on))
    for (let parent = nodes.get(id)?.parent; parent != null && !on.has(parent); parent = nodes.get(parent)?.parent)
      on.add(parent)
  return { wire, stations, nodes: on, ghosts }
}

function isDevice(drawing: Drawing, id: string): boolean {
  const node = drawing.nodeById.get(id)
  return node !== undefined && node.shape !== 'container' && node.type !== 'AWS::Lambda::Function'
}

/** Gates of a subnet; and what a VPC lacks, for which the VPC itself is named. */
function isBorder({ gate, resource }: Hop, drawing: Drawing): boolean {
  if (gate === 'route-table' || gate.startsWith('nacl')) return true
  return gate !== 'interface' && drawing.nodeById.get(resource)?.shape === 'container'
}

/** Where a security group hangs on its interface: on the side away from the wire. */
function corner({ gate }: Hop, { x, y, w, h }: Rect): Point {
  return gate === 'security-group-in' ? { x: x + w + 12, y: y + h / 2 } : { x: x - 12, y: y + h / 2 }
}

/** The drawn node of a resource, of the resource it is attached to, or of the one that holds an address. */
function drawnFor(drawing: Drawing, network: Network, id: string): string | null {
  if (drawing.nodeById.has(id)) return id
  for (const [owner, attached] of drawing.attachments) if (attached.some((each) => each.id === id)) return owner
  const face = network.interfaces.get(id)
  return face?.owners.find((owner) => drawing.nodeById.has(owner)) ?? null
}

function subnetOf(network: Network, id: string): string | null {
  return (network.hosts.get(id)?.[0] ?? network.interfaces.get(id))?.subnet.id ?? null
}

/** Subnets that a hop's ACL or route table serves. */
function subnetsBehind(network: Network, { gate, resource }: Hop): string[] {
  return [...network.subnets.values()]
    .filter(({ table, acl }) => (gate === 'route-table' ? table : acl).id === resource)
    .map(({ id }) => id)
}

function nodeOf(hop: Hop, ends: { from: string; to: string; face: string; drawing: Drawing }): string | null {
  switch (hop.gate) {
    case 'function-state':
      return ends.from
    case 'interface':
    case 'security-group-out':
      return ends.face
    case 'security-group-in':
      return ends.drawing.nodeById.has(hop.on ?? '') ? (hop.on ?? null) : ends.to
    case 'destination':
      return ends.to
    default:
      return ends.drawing.nodeById.has(hop.resource) ? hop.resource : null
  }
}

/** Under the gateway the packet takes or could take, else under everything. */
function beyond(drawing: Drawing, gates: readonly string[], others: number): Rect {
  const gate = gates.findLast((id) => drawing.nodeById.get(id)?.shape === 'gate')
  const { x, y, w, h } = drawing.bounds
  const above = drawing.nodeById.get(gate ?? '')?.rect ?? { x, w }
  return { x: above.x + above.w / 2 - GHOST.w / 2 + others * (GHOST.w + 40), y: y + h + 48, ...GHOST }
}

/** Stands in the drawing for what is not in it, while a wire is laid to it. */
function stand(id: string, label: string, rect: Rect): DrawnNode {
  return {
    id,
    resource: null,
    type: 'ghost',
    kind: { label, category: 'network', drawn: 'node', glyph: 'internet', summary: '' },
    shape: 'gate',
    silhouette: 'gate',
    glyph: 'internet',
    label,
    typeLine: '',
    parent: null,
    rect,
    relative: rect,
    extent: 'normal',
    ports: [],
  }
}

/** A wire as points at equal distances. */
class Track {
  private readonly count: number
  private readonly samples: Float32Array

  constructor({ samples }: Wire) {
    this.samples = samples
    this.count = samples.length / 2
  }

  station(hop: Hop, index: number, beside: number): Station {
    const at = this.point(index)
    const before = this.point(Math.max(0, index - 1))
    const after = this.point(Math.min(this.count - 1, index + 1))
    const vertical = Math.abs(after.y - before.y) >= Math.abs(after.x - before.x)
    return {
      hop,
      fraction: this.count < 2 ? 0 : index / (this.count - 1),
      at: vertical ? { x: at.x + beside, y: at.y } : { x: at.x, y: at.y + beside },
      node: null,
      subnet: null,
    }
  }

  /** Where the wire first meets the rectangle, else where it comes nearest: the packet never covers a name. */
  meeting(rect: Rect): number {
    const middle = { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 }
    let best = 0
    let least = Infinity
    for (let i = 0; i < this.count; i++) {
      const point = this.point(i)
      if (holds(rect, point)) return i
      const apart = Math.hypot(point.x - middle.x, point.y - middle.y)
      if (apart < least) {
        least = apart
        best = i
      }
    }
    return best
  }

  /** Where the wire first crosses the border outward or inward, from `from` on. */
  crossing(rect: Rect, outward: boolean, from: number): number {
    for (let i = Math.max(1, from); i < this.count; i++) {
      const was = holds(rect, this.point(i - 1))
      if (was === outward && holds(rect, this.point(i)) !== was) return i
    }
    return from
  }

  private point(index: number): Point {
    return { x: this.samples[2 * index] ?? 0, y: this.samples[2 * index + 1] ?? 0 }
  }
}

function holds(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.x && x <= rect.x + rect.w && y >= rect.y && y <= rect.y + rect.h
}
