/** Paints the tokens of one instant: one path and one fill per shape, so thousands cost little. */
import { Token } from '../../model/recording'
import { pointAt, type DrawnEdge } from '../../drawing'
import type { TokenColors } from './colors'
import * as shapes from './shapes'
import type { TokenBuffer } from './token-buffer'

/** More than this on one wire become one capsule. */
const CAPSULE_FROM = 41
const TRAIL = 12
const BEFORE_PORT = 8

/** Where a token was painted, for hit tests: flow coordinates and its index in the buffer (-1 for a capsule of many). */
export interface Painted {
  length: number
  readonly x: Float32Array
  readonly y: Float32Array
  readonly token: Int32Array
}

export function createPainted(capacity: number): Painted {
  return { length: 0, x: new Float32Array(capacity), y: new Float32Array(capacity), token: new Int32Array(capacity) }
}

interface Scene {
  readonly g: CanvasRenderingContext2D
  readonly edges: readonly DrawnEdge[]
  readonly tokens: TokenBuffer
  readonly colors: TokenColors
  readonly painted: Painted
}

/** Draws in flow coordinates; the caller has set the transform. */
export function paintTokens(scene: Scene): void {
  const { tokens, edges, painted } = scene
  painted.length = 0
  const perEdge = new Map<number, number>()
  for (let i = 0; i < tokens.length; i++) {
    const edge = tokens.edge[i] ?? -1
    if ((tokens.fraction[i] ?? 0) <= 1) perEdge.set(edge, (perEdge.get(edge) ?? 0) + 1)
  }
  const at = { x: 0, y: 0 }
  const behind = { x: 0, y: 0 }
  const crowds = new Map<number, { sum: number; n: number; first: number }>()
  for (let i = 0; i < tokens.length; i++) {
    const index = tokens.edge[i] ?? -1
    const wire = edges[index]?.wire
    if (wire === undefined) continue
    const fraction = tokens.fraction[i] ?? 0
    if (fraction <= 1 && (perEdge.get(index) ?? 0) >= CAPSULE_FROM) {
      const crowd = crowds.get(index) ?? { sum: 0, n: 0, first: i }
      crowds.set(index, { sum: crowd.sum + fraction, n: crowd.n + 1, first: crowd.first })
      continue
    }
    const shape = tokens.shape[i] ?? 0
    const refused = stays(shape)
    pointAt(wire, fraction > 1 && refused ? 1 - BEFORE_PORT / Math.max(wire.length, BEFORE_PORT) : fraction, at)
    add(painted, at.x, at.y, i)
  }
  trails(scene, at, behind)
  for (const shape of Object.values(Token)) byShape(scene, shape, at, behind)
  arrivals(scene)
  for (let p = 0; p < painted.length; p++) {
    const i = painted.token[p] ?? 0
    if (isHeap(tokens, i)) capsule(scene, painted.x[p] ?? 0, painted.y[p] ?? 0, `×${tokens.count[i]}`)
  }
  for (const [index, crowd] of crowds) {
    const edge = edges[index]
    if (edge === undefined) continue
    pointAt(edge.wire, besideStation(edge, crowd.sum / crowd.n), at)
    capsule(scene, at.x, at.y, `×${crowd.n}`)
    add(painted, at.x, at.y, crowd.first)
  }
}

/** A place on a wire, not under the poller that stands on it: between that and what it calls. */
function besideStation({ station }: DrawnEdge, fraction: number): number {
  const under = station !== undefined && fraction > station.enters && fraction < station.leaves
  return under ? (station.leaves + 1) / 2 : fraction
}

/** Reduced motion: where something travels stand two chevrons and a count, and nothing moves along. */
export function paintChevrons(scene: Scene): void {
  const { tokens, edges, painted, g, colors } = scene
  painted.length = 0
  const counts = new Map<number, { n: number; first: number }>()
  for (let i = 0; i < tokens.length; i++) {
    const edge = tokens.edge[i] ?? -1
    const seen = counts.get(edge)
    counts.set(edge, { n: (seen?.n ?? 0) + 1, first: seen?.first ?? i })
  }
  const at = { x: 0, y: 0 }
  const behind = { x: 0, y: 0 }
  for (const [index, { n, first }] of counts) {
    const edge = edges[index]
    if (edge === undefined) continue
    const place = besideStation(edge, 0.5)
    pointAt(edge.wire, place, at)
    pointAt(edge.wire, place - 0.05, behind)
    g.beginPath()
    shapes.chevron(g, at.x, at.y, Math.atan2(at.y - behind.y, at.x - behind.x))
    g.strokeStyle = colors.flight
    g.lineWidth = 2
    g.stroke()
    capsule(scene, at.x, at.y - 13, `×${n}`)
    add(painted, at.x, at.y, first)
  }
}

/** Several of a kind at the same place, such as a burst: their number says more than one shape over the other. A batch shows its own. */
function isHeap(tokens: TokenBuffer, i: number): boolean {
  const shape = tokens.shape[i] ?? 0
  return (tokens.count[i] ?? 1) > 1 && shape !== Token.batch && ((tokens.fraction[i] ?? 0) <= 1 || stays(shape))
}

/** Shapes that stand before the port they could not enter. */
function stays(shape: number): boolean {
  return shape === Token.throttled || shape === Token.error || shape === Token.blocked
}

function add(painted: Painted, x: number, y: number, token: number): void {
  const n = painted.length
  if (n >= painted.x.length) return
  painted.x[n] = x
  painted.y[n] = y
  painted.token[n] = token
  painted.length = n + 1
}

function trails(
  { g, edges, tokens, colors, painted }: Scene,
  at: { x: number; y: number },
  behind: { x: number; y: number },
): void {
  g.beginPath()
  for (let p = 0; p < painted.length; p++) {
    const i = painted.token[p] ?? 0
    const wire = edges[tokens.edge[i] ?? -1]?.wire
    const fraction = tokens.fraction[i] ?? 0
    if (wire === undefined || fraction > 1) continue
    const from = Math.max(0, fraction - (TRAIL + 5) / wire.length)
    pointAt(wire, from, behind)
    g.moveTo(behind.x, behind.y)
    for (let step = 1; step <= 4; step++) {
      pointAt(wire, from + ((fraction - from) * step) / 4, at)
      g.lineTo(at.x, at.y)
    }
  }
  g.globalAlpha = 0.28
  g.strokeStyle = colors.flight
  g.lineWidth = 3
  g.lineCap = 'round'
  g.stroke()
  g.globalAlpha = 1
}

function byShape(scene: Scene, shape: Token, at: { x: number; y: number }, behind: { x: number; y: number }): void {
  const { g, painted, tokens, edges, colors } = scene
  const refused = stays(shape)
  const each = (draw: (x: number, y: number, token: number) => void): boolean => {
    let any = false
    g.beginPath()
    for (let p = 0; p < painted.length; p++) {
      const i = painted.token[p] ?? 0
      if (tokens.shape[i] !== shape || ((tokens.fraction[i] ?? 0) > 1 && !refused) || isHeap(tokens, i)) continue
      draw(painted.x[p] ?? 0, painted.y[p] ?? 0, i)
      any = true
    }
    return any
  }
  const heading = (i: number): number => {
    const wire = edges[tokens.edge[i] ?? -1]?.wire
    if (wire === undefined) return 0
    const fraction = Math.min(1, tokens.fraction[i] ?? 0)
    pointAt(wire, Math.max(0, fraction - 4 / wire.length), behind)
    pointAt(wire, Math.min(1, fraction + 4 / wire.length), at)
    return Math.atan2(at.y - behind.y, at.x - behind.x)
  }
  const paint = (
    draw: (x: number, y: number, token: number) => void,
    fill: string,
    stroke: string,
    width: number,
  ): void => {
    if (!each(draw)) return
    g.lineWidth = width
    g.strokeStyle = stroke
    g.stroke()
    g.fillStyle = fill
    g.fill()
  }
  const lines = (draw: (x: number, y: number, token: number) => void, stroke: string, width: number): void => {
    if (!each(draw)) return
    g.lineWidth = width
    g.strokeStyle = stroke
    g.stroke()
  }
  g.lineJoin = 'round'
  // the halo is 1.5 px outside, so its stroke is twice that and lies under the fill
  switch (shape) {
    case Token.event:
      return paint((x, y) => shapes.event(g, x, y), colors.flight, colors.canvas, 3)
    case Token.message:
      return paint((x, y) => shapes.message(g, x, y), colors.flight, colors.canvas, 3)
    case Token.batch:
      for (let p = 0; p < painted.length; p++) {
        const i = painted.token[p] ?? 0
        if (tokens.shape[i] === shape && (tokens.fraction[i] ?? 0) <= 1)
          card(scene, painted.x[p] ?? 0, painted.y[p] ?? 0, String(tokens.count[i] ?? 1))
      }
      return
    case Token.request:
      return paint((x, y, i) => shapes.request(g, x, y, heading(i)), colors.flight, colors.canvas, 3)
    case Token.response:
      paint((x, y) => shapes.ring(g, x, y, 5.5), colors.canvas, colors.canvas, 1)
      return paint((x, y) => shapes.response(g, x, y), colors.node, colors.ok, 4)
    case Token.retry:
      paint((x, y) => shapes.ring(g, x, y, 7), colors.node, colors.canvas, 3)
      return lines((x, y) => shapes.retryLoop(g, x, y), colors.retry, 2)
    case Token.throttled:
      paint((x, y) => shapes.ring(g, x, y, 6), colors.throttledFill, colors.throttled, 3)
      return lines((x, y) => shapes.bars(g, x, y), colors.throttled, 1.2)
    case Token.error:
      paint((x, y) => shapes.octagon(g, x, y), colors.error, colors.canvas, 3)
      return lines((x, y) => shapes.cross(g, x, y), colors.canvas, 1.5)
    case Token.deadLetter:
      paint((x, y) => shapes.diamond(g, x, y), colors.dead, colors.canvas, 3)
      return lines((x, y) => shapes.cross(g, x, y), colors.panel, 1.5)
    case Token.blocked:
      paint((x, y, i) => shapes.request(g, x, y, heading(i)), colors.blocked, colors.canvas, 3)
      return lines((x, y, i) => shapes.doubleBar(g, x, y, heading(i)), colors.blocked, 2.5)
  }
}

/** A ring that opens once where something arrived. */
function arrivals({ g, painted, tokens, colors }: Scene): void {
  for (let p = 0; p < painted.length; p++) {
    const i = painted.token[p] ?? 0
    const since = (tokens.fraction[i] ?? 0) - 1
    const shape = tokens.shape[i]
    if (since <= 0 || shape === undefined || stays(shape)) continue
    g.beginPath()
    g.arc(painted.x[p] ?? 0, painted.y[p] ?? 0, 4 + 8 * since, 0, 2 * Math.PI)
    g.globalAlpha = Math.max(0, 0.6 * (1 - since))
    g.strokeStyle = colors.flight
    g.lineWidth = 1.5
    g.stroke()
    g.globalAlpha = 1
  }
}

function card({ g, colors }: Scene, x: number, y: number, count: string): void {
  const w = Math.max(18, 8 + count.length * 6)
  g.beginPath()
  g.roundRect(x - w / 2 + 4, y - 10, w - 2, 12, 2)
  g.fillStyle = colors.flightFill
  g.strokeStyle = colors.flight
  g.lineWidth = 1.5
  g.fill()
  g.stroke()
  g.beginPath()
  g.roundRect(x - w / 2, y - 7, w, 14, 2.5)
  g.strokeStyle = colors.canvas
  g.lineWidth = 3
  g.stroke()
  g.fillStyle = colors.flight
  g.fill()
  text(g, colors, x, y, count)
}

function capsule({ g, colors }: Scene, x: number, y: number, label: string): void {
  const w = 14 + label.length * 6
  g.beginPath()
  g.roundRect(x - w / 2, y - 8, w, 16, 8)
  g.strokeStyle = colors.canvas
  g.lineWidth = 3
  g.stroke()
  g.fillStyle = colors.flight
  g.fill()
  text(g, colors, x, y, label)
}

function text(g: CanvasRenderingContext2D, colors: TokenColors, x: number, y: number, label: string): void {
  g.fillStyle = colors.onNow
  g.font = `600 9.5px ${colors.font}`
  g.textAlign = 'center'
  g.textBaseline = 'middle'
  g.fillText(label, x, y + 0.5)
}
