/** Pollers on their wires: each a little machine between what it reads and what it calls, which no queue does by itself. */
import { overlaps } from './rect'
import type { DrawnEdge, Point, Rect, Station } from './types'

/** px. */
const LETTER = 5.8
const LEAST_W = 84
const HEIGHT = 36
/** Of the wire that shows on either side: an arrowhead, and a little of the line. */
const REACH = 14

/** Room for the label (`batch 10`) and a line below it (`1,000 pollers`), px. */
const stationSize = (label: string): { w: number; h: number } => ({
  w: Math.max(LEAST_W, Math.ceil(label.length * LETTER) + 30),
  h: HEIGHT,
})

/**
 * Where the poller of a wire stands: in the middle of its longest straight run that is free, or near what it reads where a border of `around`
 * would cut through it; null when it has no poller, or no room.
 */
export function stationOn(
  { connection, label, wire: { points, length } }: DrawnEdge,
  taken: readonly Rect[],
  containers: readonly Rect[] = [],
): Station | null {
  if (connection?.poller !== true) return null
  const size = stationSize(label)
  let best: { rect: Rect; at: number; half: number; run: number } | null = null
  let passed = 0
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!
    const b = points[i]!
    const run = Math.abs(b.x - a.x) + Math.abs(b.y - a.y)
    const own = a.y === b.y ? size.w : size.h
    const isFree = (rect: Rect): boolean => !taken.some((other) => overlaps(other, rect))
    if (run >= own + 2 * REACH && run > (best?.run ?? 0)) {
      const places = [run / 2, REACH + own / 2].map((at) => ({
        rect: around(a, b, at / run, size),
        at: passed + at,
        half: own / 2,
        run,
      }))
      const free = places.filter(({ rect }) => isFree(rect))
      best = free.find(({ rect }) => !containers.some((border) => isCut(rect, border))) ?? free[0] ?? best
    }
    passed += run
  }
  if (best === null) return null
  // corners are rounded, which makes a wire a little shorter than its runs
  const whole = Math.max(length, passed)
  return { rect: best.rect, enters: (best.at - best.half) / whole, leaves: (best.at + best.half) / whole }
}

const around = (a: Point, b: Point, part: number, { w, h }: { w: number; h: number }): Rect => ({
  x: Math.round(a.x + (b.x - a.x) * part - w / 2),
  y: Math.round(a.y + (b.y - a.y) * part - h / 2),
  w,
  h,
})

/** Partly in a container, partly out of it. */
const isCut = (rect: Rect, border: Rect): boolean =>
  overlaps(rect, border) &&
  (rect.x < border.x ||
    rect.y < border.y ||
    rect.x + rect.w > border.x + border.w ||
    rect.y + rect.h > border.y + border.h)
