/** One description of a wire for both its SVG path and the tokens on it: computed from points alone, never measured in a DOM. */
import type { Point, Side } from './types'

/** Corner radius of wires (px). */
export const RADIUS = 8
/** Distance between parallel wires (px). */
export const LANE = 9
/** Straight piece at either end (px); longer than the 7 px arrowhead. */
export const STUB = 14
/** Distance between two samples along a wire (px). */
const SAMPLE_STEP = 3

export interface Wire {
  /** Corners, ends included. */
  readonly points: readonly Point[]
  /** SVG path data. */
  readonly d: string
  /** px along the path. */
  readonly length: number
  /** x, y pairs at equal distances along the path, both ends included. */
  readonly samples: Float32Array
  /** Top left corner of its label. */
  readonly labelAt: Point
  readonly endSide: Side
}

type Piece =
  | { readonly kind: 'line'; readonly from: Point; readonly to: Point; readonly length: number }
  | {
      readonly kind: 'arc'
      readonly center: Point
      readonly radius: number
      readonly start: number
      readonly sweep: number
      readonly length: number
    }

/** A wire through corners whose neighbours differ in x or in y only. At least two points. */
export function wireThrough(corners: readonly Point[], endSide: Side): Wire {
  const points = simplify(corners)
  const pieces: Piece[] = []
  const first = points[0] ?? { x: 0, y: 0 }
  let d = `M${text(first)}`
  let at = first
  for (let i = 1; i < points.length; i++) {
    const corner = points[i]
    if (corner === undefined) break
    const next = points[i + 1]
    const before = points[i - 1] ?? first
    if (next === undefined) {
      pieces.push(line(at, corner))
      d += `L${text(corner)}`
      break
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, next) / 2)
    const enter = towards(corner, before, radius)
    const leave = towards(corner, next, radius)
    pieces.push(line(at, enter))
    const turn = (corner.x - before.x) * (next.y - corner.y) - (corner.y - before.y) * (next.x - corner.x)
    d += `L${text(enter)}A${round(radius)},${round(radius)} 0 0 ${turn > 0 ? 1 : 0} ${text(leave)}`
    const middle = { x: enter.x + leave.x - corner.x, y: enter.y + leave.y - corner.y }
    pieces.push({
      kind: 'arc',
      center: middle,
      radius,
      start: Math.atan2(enter.y - middle.y, enter.x - middle.x),
      sweep: turn > 0 ? Math.PI / 2 : -Math.PI / 2,
      length: (radius * Math.PI) / 2,
    })
    at = leave
  }
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const samples = sample(pieces, length, first)
  const wire = { points, d, length, samples, endSide }
  return { ...wire, labelAt: labelPlace(points) }
}

/** x and y at a fraction 0..1 of a wire's length. `out` saves an allocation per token and frame. */
export function pointAt(wire: Wire, fraction: number, out: { x: number; y: number }): void {
  const count = wire.samples.length / 2 - 1
  const place = Math.min(1, Math.max(0, fraction)) * count
  const index = Math.min(count - 1, Math.floor(place))
  const rest = place - index
  const s = wire.samples
  const x = s[2 * index] ?? 0
  const y = s[2 * index + 1] ?? 0
  out.x = x + ((s[2 * index + 2] ?? x) - x) * rest
  out.y = y + ((s[2 * index + 3] ?? y) - y) * rest
}

/** Drops repeated points and points in the middle of a straight run. */
export function simplify(points: readonly Point[]): Point[] {
  const result: Point[] = []
  for (const point of points) {
    const last = result.at(-1)
    if (last !== undefined && last.x === point.x && last.y === point.y) continue
    const before = result.at(-2)
    if (before !== undefined && last !== undefined && isBetween(before, last, point)) result.pop()
    result.push(point)
  }
  return result.length === 1 ? [...result, ...result] : result
}

function isBetween(a: Point, b: Point, c: Point): boolean {
  const vertical = a.x === b.x && b.x === c.x && (b.y - a.y) * (c.y - b.y) > 0
  const horizontal = a.y === b.y && b.y === c.y && (b.x - a.x) * (c.x - b.x) > 0
  return vertical || horizontal
}

function sample(pieces: readonly Piece[], length: number, origin: Point): Float32Array {
  const count = Math.max(2, Math.ceil(length / SAMPLE_STEP))
  const samples = new Float32Array((count + 1) * 2)
  let piece = 0
  let passed = 0
  for (let i = 0; i <= count; i++) {
    const wanted = (length * i) / count
    let current = pieces[piece]
    while (current !== undefined && piece < pieces.length - 1 && wanted > passed + current.length) {
      passed += current.length
      piece += 1
      current = pieces[piece]
    }
    const point =
      current === undefined
        ? origin
        : pointOn(current, Math.min(1, current.length === 0 ? 0 : (wanted - passed) / current.length))
    samples[2 * i] = point.x
    samples[2 * i + 1] = point.y
  }
  return samples
}

function pointOn(piece: Piece, fraction: number): Point {
  if (piece.kind === 'line') {
    return {
      x: piece.from.x + (piece.to.x - piece.from.x) * fraction,
      y: piece.from.y + (piece.to.y - piece.from.y) * fraction,
    }
  }
  const angle = piece.start + piece.sweep * fraction
  return { x: piece.center.x + Math.cos(angle) * piece.radius, y: piece.center.y + Math.sin(angle) * piece.radius }
}

/** Below the first horizontal run long enough to carry a label, at its source third; else beside the first run. */
function labelPlace(points: readonly Point[]): Point {
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]
    const b = points[i]
    if (a !== undefined && b !== undefined && a.y === b.y && Math.abs(b.x - a.x) >= 60) {
      return { x: Math.min(a.x, b.x) + Math.abs(b.x - a.x) / 3 - 20, y: a.y + 8 }
    }
  }
  const a = points[0] ?? { x: 0, y: 0 }
  const b = points[1] ?? a
  return a.x === b.x ? { x: a.x + 8, y: (a.y + b.y) / 2 - 12 } : { x: Math.min(a.x, b.x), y: a.y + 8 }
}

function line(from: Point, to: Point): Piece {
  return { kind: 'line', from, to, length: distance(from, to) }
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y)
}

function towards(from: Point, to: Point, by: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by }
}

function text(point: Point): string {
  return `${round(point.x)},${round(point.y)}`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
