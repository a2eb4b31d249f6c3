/** A simple layered arrangement, left to right, for documents and parts of documents without a layout. Deterministic. */
import { onBorder, PAD } from './containers'
import { snap } from './rect'
import type { Rect, Shape } from './types'

export interface Item {
  readonly id: string
  readonly parent: string | null
  readonly w: number
  readonly h: number
  readonly shape: Shape
  /** `vpc` arranges its zones side by side, `zone` stacks its subnets. */
  readonly level?: 'vpc' | 'zone' | 'subnet' | 'other'
  /** y of the port wires arrive at, from the top; straight wires come from equal ports. */
  readonly row: number
}

export interface Arrow {
  readonly from: string
  readonly to: string
  /** Failure paths and tethers hang below their source. */
  readonly below: boolean
  /** y where it leaves, from the top of the source. */
  readonly row: number
}

const GAP = { layer: 72, row: 32, below: 44, sibling: 24 }

interface Block {
  readonly id: string
  readonly w: number
  readonly h: number
  readonly row: number
  /** Members relative to the block's corner. */
  readonly rects: Map<string, Rect>
}

/** Absolute rectangles of all items, containers around what they hold, the whole starting at 0, 0. */
export function layout(items: readonly Item[], arrows: readonly Arrow[]): Map<string, Rect> {
  const byId = new Map(items.map((item) => [item.id, item]))
  const childrenOf = new Map<string | null, Item[]>()
  for (const item of items) {
    const parent = item.parent !== null && byId.has(item.parent) ? item.parent : null
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), item])
  }
  const top = arrange(null, undefined, childrenOf, byId, arrows)
  return top.rects
}

function arrange(
  parent: string | null,
  level: Item['level'],
  childrenOf: ReadonlyMap<string | null, readonly Item[]>,
  byId: ReadonlyMap<string, Item>,
  arrows: readonly Arrow[],
): Block {
  const children = childrenOf.get(parent) ?? []
  const gates = children.filter((child) => child.shape === 'gate' && parent !== null)
  const inner = children.filter((child) => !gates.includes(child))
  let blocks = inner.map((child) => blockOf(child, childrenOf, byId, arrows))
  const lifted = lift(arrows, parent, byId)
  let places: Map<string, { x: number; y: number }>
  if (level === 'vpc' || level === 'zone') {
    places = inRow(blocks, level === 'vpc' ? 'x' : 'y')
  } else {
    const hung = hang(blocks, lifted)
    blocks = hung.blocks
    places = layered(blocks, hung.arrows)
  }
  const rects = new Map<string, Rect>()
  let right = 0
  let bottom = 0
  for (const block of blocks) {
    const at = places.get(block.id) ?? { x: 0, y: 0 }
    for (const [id, rect] of block.rects) rects.set(id, { ...rect, x: rect.x + at.x, y: rect.y + at.y })
    right = Math.max(right, at.x + block.w)
    bottom = Math.max(bottom, at.y + block.h)
  }
  const w = right
  const h = bottom
  return withGates({ id: parent ?? '', w, h, row: h / 2, rects }, gates, parent !== null)
}

/** A child as a block; a container is arranged inside first and wraps its children. */
function blockOf(
  item: Item,
  childrenOf: ReadonlyMap<string | null, readonly Item[]>,
  byId: ReadonlyMap<string, Item>,
  arrows: readonly Arrow[],
): Block {
  if (item.shape !== 'container') {
    return {
      id: item.id,
      w: item.w,
      h: item.h,
      row: item.row,
      rects: new Map([[item.id, { x: 0, y: 0, w: item.w, h: item.h }]]),
    }
  }
  const inside = arrange(item.id, item.level, childrenOf, byId, arrows)
  const w = Math.max(item.w, snapUp(inside.w + 2 * PAD.side + 16))
  const h = Math.max(item.h, snapUp(inside.h + PAD.top + PAD.bottom + 16))
  const own: Rect = { x: 0, y: 0, w, h }
  const rects = new Map([[item.id, own]])
  for (const [id, rect] of inside.rects) {
    const moved = { ...rect, x: rect.x + PAD.side + 8, y: rect.y + PAD.top + 8 }
    rects.set(
      id,
      byId.get(id)?.shape === 'gate' && byId.get(id)?.parent === item.id ? onBorder({ ...moved, y: h }, own) : moved,
    )
  }
  return { id: item.id, w, h, row: h / 2, rects }
}

/** Room for capsules on the lower border, left to right. */
function withGates(block: Block, gates: readonly Item[], contained: boolean): Block {
  if (gates.length === 0 || !contained) return block
  const rects = new Map(block.rects)
  let x = 0
  for (const gate of gates) {
    rects.set(gate.id, { x, y: block.h, w: gate.w, h: gate.h })
    x += gate.w + GAP.sibling
  }
  return { ...block, w: Math.max(block.w, x - GAP.sibling), rects }
}

/** Arrows between the children of one parent: an arrow between their descendants counts as theirs. */
function lift(arrows: readonly Arrow[], parent: string | null, byId: ReadonlyMap<string, Item>): Arrow[] {
  const at = (id: string): { child: string; direct: boolean } | null => {
    let current = byId.get(id)
    for (let depth = 0; current !== undefined && depth < 64; depth++) {
      const up = current.parent !== null && byId.has(current.parent) ? current.parent : null
      if (up === parent) return { child: current.id, direct: current.id === id }
      current = up === null ? undefined : byId.get(up)
    }
    return null
  }
  const result: Arrow[] = []
  for (const arrow of arrows) {
    const from = at(arrow.from)
    const to = at(arrow.to)
    if (from === null || to === null || from.child === to.child) continue
    result.push({
      from: from.child,
      to: to.child,
      below: arrow.below && to.direct && (from.direct || byId.get(arrow.from)?.shape === 'gate'),
      row: arrow.row,
    })
  }
  return result
}

/** Joins what only hangs below one block (its dead-letter queue, its interface) to that block. */
function hang(blocks: readonly Block[], arrows: readonly Arrow[]): { blocks: Block[]; arrows: Arrow[] } {
  const hosts = new Map<string, string>()
  for (const arrow of arrows) {
    const others = arrows.filter((other) => other.to === arrow.to && !other.below)
    if (
      arrow.below &&
      others.length === 0 &&
      !hosts.has(arrow.to) &&
      !hosts.has(arrow.from) &&
      arrow.from !== arrow.to
    ) {
      if (![...hosts.values()].includes(arrow.to)) hosts.set(arrow.to, arrow.from)
    }
  }
  const byId = new Map(blocks.map((block) => [block.id, block]))
  const joined: Block[] = []
  for (const block of blocks) {
    if (hosts.has(block.id)) continue
    const below = blocks.filter((other) => hosts.get(other.id) === block.id)
    const rects = new Map(block.rects)
    let { w, h } = block
    let x = 0
    for (const other of below) {
      const dx = below.length === 1 ? Math.max(0, Math.round((block.w - other.w) / 2)) : x
      for (const [id, rect] of other.rects) rects.set(id, { ...rect, x: rect.x + dx, y: rect.y + block.h + GAP.below })
      w = Math.max(w, dx + other.w)
      h = Math.max(h, block.h + GAP.below + other.h)
      x += other.w + GAP.sibling
    }
    joined.push({ ...block, w, h, rects })
  }
  const host = (id: string): string => (byId.has(id) ? (hosts.get(id) ?? id) : id)
  const rest = arrows
    .map((arrow) => ({ ...arrow, from: host(arrow.from), to: host(arrow.to) }))
    .filter((arrow) => arrow.from !== arrow.to)
  return { blocks: joined, arrows: rest }
}

function inRow(blocks: readonly Block[], axis: 'x' | 'y'): Map<string, { x: number; y: number }> {
  const places = new Map<string, { x: number; y: number }>()
  let at = 0
  for (const block of blocks) {
    places.set(block.id, axis === 'x' ? { x: at, y: 0 } : { x: 0, y: at })
    at += (axis === 'x' ? block.w : block.h) + GAP.sibling
  }
  return places
}

/** Longest-path layers; in each, blocks stand at the height of what feeds them and are pushed apart. */
function layered(blocks: readonly Block[], arrows: readonly Arrow[]): Map<string, { x: number; y: number }> {
  const forward = withoutCircles(blocks, arrows)
  const layer = new Map<string, number>(blocks.map((block) => [block.id, 0]))
  for (let pass = 0; pass < blocks.length; pass++) {
    let changed = false
    for (const arrow of forward) {
      const wanted = (layer.get(arrow.from) ?? 0) + 1
      if (wanted > (layer.get(arrow.to) ?? 0)) {
        layer.set(arrow.to, wanted)
        changed = true
      }
    }
    if (!changed) break
  }
  const places = new Map<string, { x: number; y: number }>()
  const depth = Math.max(0, ...layer.values())
  let x = 0
  for (let i = 0; i <= depth; i++) {
    const members = blocks.filter((block) => layer.get(block.id) === i)
    const wanted = members.map((block, order) => {
      const feeds = forward.filter((arrow) => arrow.to === block.id && places.has(arrow.from))
      const heights = feeds.map((arrow) => (places.get(arrow.from)?.y ?? 0) + arrow.row)
      const mean =
        heights.length === 0 ? order * 1e-3 : heights.reduce((sum, y) => sum + y, 0) / heights.length - block.row
      return { block, y: mean, order }
    })
    wanted.sort((a, b) => a.y - b.y || a.order - b.order)
    let free = -Infinity
    for (const { block, y } of wanted) {
      const at = snap(Math.max(y, free))
      places.set(block.id, { x, y: at })
      free = at + block.h + GAP.row
    }
    x += Math.max(0, ...members.map((block) => block.w)) + GAP.layer
  }
  const highest = Math.min(0, ...[...places.values()].map((place) => place.y))
  return new Map([...places].map(([id, place]) => [id, { x: snap(place.x), y: place.y - highest }]))
}

/** Leaves out arrows that lead back to what is being visited, in document order. */
function withoutCircles(blocks: readonly Block[], arrows: readonly Arrow[]): Arrow[] {
  const state = new Map<string, 'open' | 'done'>()
  const kept: Arrow[] = []
  const visit = (id: string): void => {
    state.set(id, 'open')
    for (const arrow of arrows) {
      if (arrow.from !== id || state.get(arrow.to) === 'open') continue
      kept.push(arrow)
      if (!state.has(arrow.to)) visit(arrow.to)
    }
    state.set(id, 'done')
  }
  const fed = new Set(arrows.map((arrow) => arrow.to))
  for (const block of blocks) if (!fed.has(block.id) && !state.has(block.id)) visit(block.id)
  for (const block of blocks) if (!state.has(block.id)) visit(block.id)
  return kept
}

function snapUp(value: number): number {
  return Math.ceil(value / 4) * 4
}
