/** Places of the labels of wires: each at its own wire, none on another. */
import { overlaps } from './rect'
import { stationOn } from './stations'
import type { DrawnEdge, Point, Rect } from './types'

/** px; a little more than the widest letters take. */
const LETTER = 5.8
const PADDING = 14
const GLYPH = 16
const HEIGHT = 20
/** Shortest run a label lies along (px). */
const RUN = 60

/** What the label of a wire covers; null without one. */
export function labelRect(edge: DrawnEdge, at: Point = edge.wire.labelAt): Rect | null {
  if (edge.station !== undefined) return edge.station.rect
  if (edge.label === '') return null
  const glyph = edge.connection?.resource === undefined ? 0 : GLYPH
  return { x: at.x, y: at.y, w: edge.label.length * LETTER + PADDING + glyph, h: HEIGHT }
}

/** Places along the runs of a wire, the last first, as wires of one port share their first: below and above level ones, right and left of upright ones. */
function placesAlong(points: readonly Point[], width: number): Point[] {
  const places: Point[] = []
  for (let i = points.length - 1; i > 0; i--) {
    const a = points[i - 1]!
    const b = points[i]!
    const length = Math.abs(b.x - a.x) + Math.abs(b.y - a.y)
    if (length < RUN) continue
    for (const part of [1 / 3, 2 / 3, 1 / 2, 1 / 6, 5 / 6]) {
      const x = a.x + (b.x - a.x) * part
      const y = a.y + (b.y - a.y) * part
      if (a.y === b.y) places.push({ x: x - 20, y: y + 8 }, { x: x - 20, y: y - 8 - HEIGHT })
      else places.push({ x: x + 8, y: y - HEIGHT / 2 }, { x: x - 8 - width, y: y - HEIGHT / 2 })
    }
  }
  return places
}

const cornerOf = ({ rect }: { rect: Rect }): Point => ({ x: rect.x, y: rect.y })
const startOf = ({ wire }: DrawnEdge): string => JSON.stringify(wire.points[0])

/**
 * The same edges, those whose labels would cover another's with it elsewhere along the wire: the first keep their place. A label of one of
 * several wires that leave a port together stands where its wire is on its own, or it would seem to be about all of them.
 */
export function labelsApart(
  edges: readonly DrawnEdge[],
  obstacles: readonly Rect[],
  containers: readonly Rect[] = [],
): DrawnEdge[] {
  const placed: Rect[] = []
  const starts = new Map<string, number>()
  for (const edge of edges) starts.set(startOf(edge), (starts.get(startOf(edge)) ?? 0) + 1)
  // pollers stand on their wires: labels make way for them
  const all = edges.map((edge) => {
    const station = edge.station ?? stationOn(edge, [...obstacles, ...placed], containers)
    if (station === null) return edge
    placed.push(station.rect)
    return edge.station === station ? edge : { ...edge, station, wire: { ...edge.wire, labelAt: cornerOf(station) } }
  })
  return all.map((edge) => {
    const usual = edge.station === undefined ? labelRect(edge) : null
    if (usual === null) return edge
    const isFree = (rect: Rect): boolean => !placed.some((other) => overlaps(other, rect))
    const isClear = (rect: Rect): boolean => !obstacles.some((obstacle) => overlaps(obstacle, rect))
    if (isFree(usual) && isClear(usual) && starts.get(startOf(edge)) === 1) {
      placed.push(usual)
      return edge
    }
    const free = placesAlong(edge.wire.points, usual.w).flatMap((at) => {
      const rect = { ...usual, ...at }
      return isFree(rect) ? [rect] : []
    })
    let rect = free.find(isClear) ?? (isFree(usual) ? usual : free[0])
    // nothing is free along the wire: right below the labels there
    for (let below = usual; rect === undefined; below = { ...below, y: below.y + HEIGHT }) {
      if (isFree(below)) rect = below
    }
    placed.push(rect)
    return { ...edge, wire: { ...edge.wire, labelAt: { x: rect.x, y: rect.y } } }
  })
}
