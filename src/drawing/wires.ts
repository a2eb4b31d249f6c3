/** Turns links between nodes into wires: which ports, which side, which corners. */
import { LANE, wireThrough } from './geometry'
import { labelsApart } from './labels'
import { crosses, route, runsOf, type Anchor, type Run } from './route'
import type { Link } from './outline'
import type { DrawnEdge, DrawnNode, Point, Port, Rect } from './types'

interface Leg {
  readonly from: DrawnNode
  readonly to: DrawnNode
  readonly fromPort: Port
  readonly toPort: Port
}

const NONE: ReadonlyMap<string, DrawnEdge> = new Map()

/**
 * Wires in the order of the links. A link through devices (interface, NAT, gateway) is one wire of several legs. `kept`: wires
 * by id that stay as they are.
 */
export function drawEdges(
  links: readonly Link[],
  nodes: ReadonlyMap<string, DrawnNode>,
  kept: ReadonlyMap<string, DrawnEdge> = NONE,
): DrawnEdge[] {
  const obstacles = obstaclesOf(nodes)
  const runs: Run[] = []
  const edges: DrawnEdge[] = []
  const taken = new Set<string>()
  const pending = links.flatMap((link) => {
    const legs = legsOf(link, nodes)
    const last = legs.at(-1)
    return last === undefined ? [] : [{ link, legs, last, key: legs.map(keyOf).join(' ') }]
  })
  const sizes = new Map<string, number>()
  for (const { key } of pending) sizes.set(key, (sizes.get(key) ?? 0) + 1)
  const seen = new Map<string, number>()
  for (const { link, legs, last, key } of pending) {
    const index = seen.get(key) ?? 0
    seen.set(key, index + 1)
    const id = idOf(link, taken)
    const before = kept.get(id)
    if (before !== undefined) {
      runs.push(
        ...runsOf(before.wire.points, {
          from: `${legs[0]?.from.id}|${legs[0]?.fromPort.id}|${index}`,
          to: `${last.to.id}|${last.toPort.id}|${index}`,
        }),
      )
      edges.push(before)
      continue
    }
    // wires with the same ports all the way run side by side, one lane apart
    const shift = (index - ((sizes.get(key) ?? 1) - 1) / 2) * LANE
    const points: Point[] = []
    for (const leg of legs) {
      const start = aimed(anchor(leg.from.rect, leg.fromPort, shift), leg, obstacles)
      const end = straighten(start, anchor(leg.to.rect, leg.toPort, shift), leg.to.rect)
      const ends = { from: `${leg.from.id}|${leg.fromPort.id}|${index}`, to: `${leg.to.id}|${leg.toPort.id}|${index}` }
      const corners = route(start, end, { obstacles, runs }, ends)
      runs.push(...runsOf(corners, ends))
      points.push(...underDevice(points.at(-1), start), ...corners)
    }
    edges.push({
      id,
      from: link.from,
      to: link.to,
      fromPort: link.port,
      toPort: last.toPort.id,
      connection: link.connection,
      via: link.via,
      style: styleOf(link, nodes),
      label: link.connection?.label ?? '',
      wire: wireThrough(points, last.toPort.side),
    })
  }
  const containers = [...nodes.values()].flatMap(({ shape, rect }) => (shape === 'container' ? [rect] : []))
  return labelsApart(edges, obstacles, containers)
}

function legsOf(link: Link, nodes: ReadonlyMap<string, DrawnNode>): Leg[] {
  const stops = [link.from, ...link.via, link.to].flatMap((id) => nodes.get(id) ?? [])
  if (stops.length < 2 || !nodes.has(link.from) || !nodes.has(link.to)) return []
  const legs: Leg[] = []
  for (let i = 1; i < stops.length; i++) {
    const from = stops[i - 1]
    const to = stops[i]
    if (from === undefined || to === undefined) continue
    const ports = portsFor(i === 1 ? link.port : 'out', link.connection === null || link.via.length > 0, from, to)
    // a call to an alias arrives at its row, where it comes from the left
    const row =
      i === stops.length - 1 && ports.to.id === 'in' ? to.ports.find(({ id }) => id === link.toPort) : undefined
    legs.push({ from, to, fromPort: ports.from, toPort: row ?? ports.to })
  }
  return legs
}

function keyOf(leg: Leg): string {
  return `${leg.from.id}|${leg.fromPort.id}|${leg.to.id}|${leg.toPort.id}`
}

function styleOf(link: Link, nodes: ReadonlyMap<string, DrawnNode>): DrawnEdge['style'] {
  if (link.connection === null) return 'tether'
  return nodes.get(link.from)?.shape === 'container' ? 'route' : link.connection.style
}

/** From where a wire enters a device to where it leaves: out of sight beneath it. */
function underDevice(entered: Point | undefined, left: Point): Point[] {
  if (entered === undefined) return []
  const y = (entered.y + left.y) / 2
  return [
    { x: entered.x, y },
    { x: left.x, y },
  ]
}

/**
 * Wires from the floor or roof of a container or device leave right over what they lead to, where one straight line can:
 * over its middle, else wherever nothing stands between.
 */
function aimed(start: Anchor, leg: Leg, obstacles: readonly Rect[]): Anchor {
  if (leg.from.shape === 'node' || (start.side !== 'bottom' && start.side !== 'top')) return start
  const { rect } = leg.from
  const { rect: goal } = leg.to
  const low = Math.max(rect.x, goal.x) + 16
  const high = Math.min(rect.x + rect.w, goal.x + goal.w) - 16
  if (low > high) return start
  const end = start.side === 'bottom' ? goal.y : goal.y + goal.h
  const clamp = (x: number): number => Math.round(Math.min(Math.max(x, low), high))
  const wanted = [start.x, goal.x + goal.w / 2, (low + high) / 2, low, high].map(clamp)
  const isClear = (x: number): boolean =>
    !obstacles.some((obstacle) => crosses({ x, y: start.y }, { x, y: end }, obstacle))
  return { ...start, x: wanted.find(isClear) ?? clamp(goal.x + goal.w / 2) }
}

function idOf(link: Link, taken: Set<string>): string {
  const base =
    link.connection === null
      ? `${link.from}~${link.to}`
      : `${link.connection.from}->${link.connection.to}:${link.connection.action}`
  let id = base
  if (taken.has(id)) id = `${base}:${link.port}`
  for (let n = 2; taken.has(id); n++) id = `${base}:${link.port}:${n}`
  taken.add(id)
  return id
}

/** Out of the right side into the left one; failures and network devices through floor and roof (visual.md 8). */
function portsFor(portId: string, network: boolean, from: DrawnNode, to: DrawnNode): { from: Port; to: Port } {
  const isBelow = to.rect.y >= from.rect.y + from.rect.h
  const isAbove = to.rect.y + to.rect.h <= from.rect.y
  const shared = Math.min(from.rect.x + from.rect.w, to.rect.x + to.rect.w) - Math.max(from.rect.x, to.rect.x)
  const stacked = shared > 0.5 * Math.min(from.rect.w, to.rect.w)
  const wanted = port(from, portId)
  const device = from.shape !== 'node' || to.shape !== 'node' || network
  if (wanted?.id === 'failure')
    return { from: wanted, to: isBelow && (stacked || to.rect.x < from.rect.x) ? roof(to) : side(to, 'in') }
  if ((device && (shared > 0 || from.shape !== 'node')) || (stacked && portId === 'out')) {
    if (isBelow) return { from: side(from, 'bottom'), to: roof(to) }
    if (isAbove) return { from: { ...roof(from), role: 'out' }, to: { ...side(to, 'bottom'), role: 'in' } }
  }
  return { from: wanted === undefined || wanted.id === 'bottom' ? side(from, 'out') : wanted, to: side(to, 'in') }
}

function port(node: DrawnNode, id: string): Port | undefined {
  return node.ports.find((candidate) => candidate.id === id)
}

function roof(node: DrawnNode): Port {
  return side(node, 'top')
}

function side(node: DrawnNode, id: 'in' | 'out' | 'top' | 'bottom'): Port {
  const found = port(node, id)
  if (found !== undefined) return found
  const across = id === 'top' || id === 'bottom'
  const sides = { in: 'left', out: 'right', top: 'top', bottom: 'bottom' } as const
  return {
    id,
    side: sides[id],
    at: across ? node.rect.w / 2 : node.rect.h / 2,
    role: id === 'in' || id === 'top' ? 'in' : 'out',
    shown: false,
  }
}

function anchor(rect: Rect, at: Port, shift: number): Anchor {
  const place = Math.round(at.at + shift)
  switch (at.side) {
    case 'left':
      return { x: rect.x, y: rect.y + place, side: at.side }
    case 'right':
      return { x: rect.x + rect.w, y: rect.y + place, side: at.side }
    case 'top':
      return { x: rect.x + place, y: rect.y, side: at.side }
    case 'bottom':
      return { x: rect.x + place, y: rect.y + rect.h, side: at.side }
  }
}

/** Moves an arrival along its side when that makes the wire straight: up to 32 px, or anywhere on roofs of devices. */
function straighten(from: Anchor, to: Anchor, rect: Rect): Anchor {
  if (to.side === 'top' || to.side === 'bottom') {
    const opposite = to.side === 'top' ? from.side === 'bottom' : from.side === 'top'
    const reaches = from.x >= rect.x + 12 && from.x <= rect.x + rect.w - 12
    return opposite && reaches ? { ...to, x: from.x } : to
  }
  const opposite = to.side === 'left' ? from.side === 'right' : from.side === 'left'
  const reaches = Math.abs(from.y - to.y) <= 32 && from.y >= rect.y + 8 && from.y <= rect.y + rect.h - 8
  return opposite && reaches ? { ...to, y: from.y } : to
}

/** Nodes and container titles; wires may cross the borders of containers. */
function obstaclesOf(nodes: ReadonlyMap<string, DrawnNode>): Rect[] {
  const result: Rect[] = []
  for (const node of nodes.values()) {
    if (node.shape !== 'container') result.push(node.rect)
    else {
      const letters = node.label.length + (node.container?.range?.length ?? 0)
      result.push({ x: node.rect.x + 12, y: node.rect.y - 9, w: Math.min(node.rect.w - 24, letters * 6.2 + 36), h: 18 })
    }
  }
  return result
}
