/** Where something goes that has no place yet. */
import { GRID, containsPoint, grow, overlaps, snap } from './rect'
import type { Drawing, DrawnNode, Point, Rect } from './types'

/** Space kept free around a node that is placed (px). */
const CLEARANCE = 16
const RINGS = 60

/**
 * The free place nearest to a point: top left corner of a rectangle of this size, on the 20 px grid, overlapping none of the
 * others. Spirals outward, so it is deterministic; far from everything it gives up and returns the point itself.
 */
export function freePlace(near: Point, size: { w: number; h: number }, taken: readonly Rect[], within?: Rect): Point {
  const start = {
    x: snap(Math.max(near.x - size.w / 2, within?.x ?? -Infinity)),
    y: snap(Math.max(near.y - size.h / 2, within?.y ?? -Infinity)),
  }
  const blocked = taken.map((rect) => grow(rect, CLEARANCE))
  const fits = (at: Point): boolean => {
    const rect = { ...at, ...size }
    if (within !== undefined && (at.x < within.x - 2 || at.y < within.y - 2)) return false
    return !blocked.some((other) => overlaps(rect, other))
  }
  if (fits(start)) return start
  for (let ring = 1; ring <= RINGS; ring++) {
    for (const at of ringAround(start, ring)) if (fits(at)) return at
  }
  return start
}

function* ringAround(start: Point, ring: number): Generator<Point> {
  const step = ring * GRID
  // right and below first: that is where a drawing grows
  for (let i = 0; i <= 2 * ring; i++) {
    const offset = (i % 2 === 0 ? i / 2 : -(i + 1) / 2) * GRID
    yield { x: start.x + step, y: start.y + offset }
    yield { x: start.x + offset, y: start.y + step }
    yield { x: start.x - step, y: start.y + offset }
    yield { x: start.x + offset, y: start.y - step }
  }
}

/** What a new node must keep clear of: siblings in its container, or everything at the top level. */
export function takenIn(drawing: Drawing, container: string | null): Rect[] {
  return drawing.nodes.filter((node) => node.parent === container).map((node) => node.rect)
}

/** The innermost container under a point, without the given nodes and what they hold; null for the open canvas. */
export function containerAt(drawing: Drawing, point: Point, except: ReadonlySet<string> = new Set()): DrawnNode | null {
  let found: DrawnNode | null = null
  for (const node of drawing.nodes) {
    if (node.shape !== 'container' || !containsPoint(node.rect, point) || isWithin(drawing, node, except)) continue
    found = node
  }
  return found
}

function isWithin(drawing: Drawing, node: DrawnNode, ids: ReadonlySet<string>): boolean {
  let current: DrawnNode | undefined = node
  for (let depth = 0; current !== undefined && depth < 64; depth++) {
    if (ids.has(current.id)) return true
    current = current.parent === null ? undefined : drawing.nodeById.get(current.parent)
  }
  return false
}

/** The resource a container stands for; a zone stands for the VPC around it. */
export function containerResource(drawing: Drawing, container: DrawnNode | null): string | null {
  let current: DrawnNode | undefined = container ?? undefined
  for (let depth = 0; current !== undefined && depth < 64; depth++) {
    if (current.resource !== null) return current.resource
    current = current.parent === null ? undefined : drawing.nodeById.get(current.parent)
  }
  return null
}
