/** Chooses the corners of a wire: few bends, short, clear of nodes and titles, one lane apart from other wires. */
import { LANE, STUB, simplify } from './geometry'
import type { Point, Rect, Side } from './types'

export interface Anchor extends Point {
  readonly side: Side
}

/** A straight piece of a wire already drawn, with the ends of that wire: wires that share an end may share a trunk. */
export interface Run {
  readonly a: Point
  readonly b: Point
  readonly from: string
  readonly to: string
}

export interface Surroundings {
  /** What a wire may not cross. */
  readonly obstacles: readonly Rect[]
  readonly runs: readonly Run[]
}

const COST = { crossing: 4000, conflict: 700, reversal: 20_000, bend: 24 }

/** Corners from one anchor to the other, ends included. Deterministic: the first of equally good ways wins. */
export function route(from: Anchor, to: Anchor, around: Surroundings, ends: { from: string; to: string }): Point[] {
  let best: Point[] = []
  let bestCost = Infinity
  for (const ways of [directWays, detours]) {
    for (const candidate of ways(from, to, around.obstacles)) {
      const cost = costOf(candidate, around, ends, bestCost)
      if (cost < bestCost) {
        best = candidate
        bestCost = cost
      }
    }
    // nothing in the way: a detour would only be longer
    if (bestCost < spanOf(from, to) + COST.conflict) break
  }
  return best
}

export function runsOf(points: readonly Point[], ends: { from: string; to: string }): Run[] {
  const runs: Run[] = []
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]
    const b = points[i]
    if (a !== undefined && b !== undefined) runs.push({ a, b, from: ends.from, to: ends.to })
  }
  return runs
}

const OUT: { readonly [side in Side]: Point } = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
}

function stub(anchor: Anchor): Point {
  const out = OUT[anchor.side]
  return { x: anchor.x + out.x * STUB, y: anchor.y + out.y * STUB }
}

function spanOf(from: Point, to: Point): number {
  return Math.abs(from.x - to.x) + Math.abs(from.y - to.y)
}

function directWays(from: Anchor, to: Anchor): Point[][] {
  const a = stub(from)
  const b = stub(to)
  const ways: Point[][] = []
  const add = (...inner: Point[]): void => {
    ways.push(simplify([from, a, ...inner, b, to]))
  }
  if (from.x === to.x || from.y === to.y) ways.push([from, to])
  const middleX = Math.round((a.x + b.x) / 2)
  const middleY = Math.round((a.y + b.y) / 2)
  const acrossX = new Set<number>()
  const acrossY = new Set<number>()
  for (let lane = 0; lane <= 4; lane++) {
    for (const sign of lane === 0 ? [1] : [1, -1]) {
      acrossX.add(middleX + sign * lane * LANE)
      acrossY.add(middleY + sign * lane * LANE)
    }
    acrossX.add(a.x + OUT[from.side].x * lane * LANE)
    acrossX.add(b.x + OUT[to.side].x * lane * LANE)
    acrossY.add(a.y + OUT[from.side].y * lane * LANE)
    acrossY.add(b.y + OUT[to.side].y * lane * LANE)
  }
  for (const x of acrossX) add({ x, y: a.y }, { x, y: b.y })
  for (const y of acrossY) add({ x: a.x, y }, { x: b.x, y })
  add({ x: a.x, y: b.y })
  add({ x: b.x, y: a.y })
  return ways
}

/** Around what stands between: along the near borders of each obstacle in the way. */
function detours(from: Anchor, to: Anchor, obstacles: readonly Rect[]): Point[][] {
  const a = stub(from)
  const b = stub(to)
  const ways: Point[][] = []
  const add = (...inner: Point[]): void => {
    ways.push(simplify([from, a, ...inner, b, to]))
  }
  const middleX = Math.round((a.x + b.x) / 2)
  const left = Math.min(a.x, b.x) - 40
  const right = Math.max(a.x, b.x) + 40
  const top = Math.min(a.y, b.y) - 40
  const bottom = Math.max(a.y, b.y) + 40
  const near = obstacles.filter((r) => r.x < right && r.x + r.w > left && r.y < bottom && r.y + r.h > top).slice(0, 12)
  for (const rect of near) {
    for (let lane = 0; lane <= 1; lane++) {
      const gap = STUB + lane * LANE
      for (const y of [rect.y - gap, rect.y + rect.h + gap]) {
        add({ x: a.x, y }, { x: b.x, y })
        add({ x: middleX, y: a.y }, { x: middleX, y }, { x: b.x, y })
        add({ x: a.x, y }, { x: middleX, y }, { x: middleX, y: b.y })
      }
      for (const x of [rect.x - gap, rect.x + rect.w + gap]) add({ x, y: a.y }, { x, y: b.y })
    }
  }
  return ways
}

function costOf(
  points: readonly Point[],
  around: Surroundings,
  ends: { from: string; to: string },
  limit: number,
): number {
  let cost = COST.bend * Math.max(0, points.length - 2)
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]
    const b = points[i]
    if (a === undefined || b === undefined) continue
    if (a.x !== b.x && a.y !== b.y) return Infinity
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
    const next = points[i + 1]
    if (next !== undefined && (b.x - a.x) * (next.x - b.x) + (b.y - a.y) * (next.y - b.y) < 0) cost += COST.reversal
    if (cost >= limit) return Infinity
    for (const rect of around.obstacles) if (crosses(a, b, rect)) cost += COST.crossing
    if (cost >= limit) return Infinity
    for (const run of around.runs) {
      if (run.from !== ends.from && run.to !== ends.to && runsTogether(a, b, run)) cost += COST.conflict
    }
    if (cost >= limit) return Infinity
  }
  return cost
}

/** A run along or through the inside of a rectangle; its border does not count. */
export function crosses(a: Point, b: Point, rect: Rect): boolean {
  return (
    Math.min(a.x, b.x) < rect.x + rect.w &&
    Math.max(a.x, b.x) > rect.x &&
    Math.min(a.y, b.y) < rect.y + rect.h &&
    Math.max(a.y, b.y) > rect.y
  )
}

/** Parallel, closer than a lane, side by side for more than a corner. */
function runsTogether(a: Point, b: Point, run: Run): boolean {
  const vertical = a.x === b.x
  if (vertical !== (run.a.x === run.b.x)) return false
  const apart = vertical ? Math.abs(a.x - run.a.x) : Math.abs(a.y - run.a.y)
  if (apart >= LANE) return false
  const [from, to] = vertical ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)]
  const [otherFrom, otherTo] = vertical
    ? [Math.min(run.a.y, run.b.y), Math.max(run.a.y, run.b.y)]
    : [Math.min(run.a.x, run.b.x), Math.max(run.a.x, run.b.x)]
  return Math.min(to, otherTo) - Math.max(from, otherFrom) > 4
}
