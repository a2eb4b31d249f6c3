/** Turns links between nodes into wires: which ports, which side, which corners. */
import { LANE, wireThrough } from './geometry'
import { route, runsOf, type Anchor, type Run } from './route'
import type { Link } from './outline'
import type { DrawnEdge, DrawnNode, Port, Rect } from './types'

export function drawEdges(links: readonly Link[], nodes: ReadonlyMap<string, DrawnNode>): DrawnEdge[] {
  const obstacles = obstaclesOf(nodes)
  const runs: Run[] = []
  const edges: DrawnEdge[] = []
  const taken = new Set<string>()
  const pending = links.flatMap((link) => {
    const from = nodes.get(link.from)
    const to = nodes.get(link.to)
    return from === undefined || to === undefined ? [] : [{ link, from, to, ports: portsFor(link, from, to) }]
  })
  const groups = new Map<string, number>()
  const keyOf = (item: (typeof pending)[number]): string =>
    `${item.link.from}|${item.ports.from.id}|${item.link.to}|${item.ports.to.id}`
  for (const item of pending) groups.set(keyOf(item), (groups.get(keyOf(item)) ?? 0) + 1)
  const seen = new Map<string, number>()
  for (const item of pending) {
    const { link, from, to, ports } = item
    const key = keyOf(item)
    const index = seen.get(key) ?? 0
    seen.set(key, index + 1)
    // wires with the same two ports run side by side, one lane apart
    const shift = (index - ((groups.get(key) ?? 1) - 1) / 2) * LANE
    const a = anchor(from.rect, ports.from, shift)
    const b = straighten(a, anchor(to.rect, ports.to, shift), to.rect)
    const ends = { from: `${from.id}|${ports.from.id}|${index}`, to: `${to.id}|${ports.to.id}|${index}` }
    const points = route(a, b, { obstacles, runs }, ends)
    runs.push(...runsOf(points, ends))
    edges.push({
      id: idOf(link, taken),
      from: from.id,
      to: to.id,
      fromPort: link.port,
      toPort: ports.to.id,
      connection: link.connection,
      style: link.connection === null ? 'tether' : link.connection.style,
      label: link.connection?.label ?? '',
      wire: wireThrough(points, ports.to.side),
    })
  }
  return edges
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
function portsFor(link: Link, from: DrawnNode, to: DrawnNode): { from: Port; to: Port } {
  const isBelow = to.rect.y >= from.rect.y + from.rect.h
  const isAbove = to.rect.y + to.rect.h <= from.rect.y
  const shared = Math.min(from.rect.x + from.rect.w, to.rect.x + to.rect.w) - Math.max(from.rect.x, to.rect.x)
  const stacked = shared > 0.5 * Math.min(from.rect.w, to.rect.w)
  const wanted = port(from, link.port)
  const device = from.shape !== 'node' || to.shape !== 'node' || link.connection === null
  if (wanted?.id === 'failure')
    return { from: wanted, to: isBelow && (stacked || to.rect.x < from.rect.x) ? roof(to) : side(to, 'in') }
  if (link.connection === null || device || (stacked && link.port === 'out')) {
    if (isBelow) return { from: side(from, 'bottom'), to: roof(to) }
    if (isAbove) return { from: { ...roof(from), role: 'out' }, to: { ...side(to, 'bottom'), role: 'in' } }
  }
  return { from: wanted ?? side(from, 'out'), to: side(to, 'in') }
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

/** Moves an arrival along its side when that makes the wire straight: up to 24 px, or anywhere on roofs of devices. */
function straighten(from: Anchor, to: Anchor, rect: Rect): Anchor {
  if (to.side === 'top' || to.side === 'bottom') {
    const opposite = to.side === 'top' ? from.side === 'bottom' : from.side === 'top'
    const reaches = from.x >= rect.x + 12 && from.x <= rect.x + rect.w - 12
    return opposite && reaches ? { ...to, x: from.x } : to
  }
  const opposite = to.side === 'left' ? from.side === 'right' : from.side === 'left'
  const reaches = Math.abs(from.y - to.y) <= 24 && from.y >= rect.y + 8 && from.y <= rect.y + rect.h - 8
  return opposite && reaches ? { ...to, y: from.y } : to
}

/** Nodes and container titles; wires may cross the borders of containers. */
function obstaclesOf(nodes: ReadonlyMap<string, DrawnNode>): Rect[] {
  const result: Rect[] = []
  for (const node of nodes.values()) {
    if (node.shape !== 'container') result.push(node.rect)
    else {
      const letters = node.label.length + (node.container?.range?.length ?? 0)
      result.push({ x: node.rect.x + 12, y: node.rect.y - 9, w: Math.min(node.rect.w - 24, letters * 6.6 + 40), h: 18 })
    }
  }
  return result
}
