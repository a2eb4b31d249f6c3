/** How arrows run between the states of a chart: straight where they can, else through the channels at the sides. */
import type { Box } from './chart-layout'
import type { ChartArrow, ChartModel } from './chart-model'

export interface Route {
  readonly arrow: ChartArrow
  readonly points: readonly Point[]
  readonly label: Label | null
}
interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
}
interface Point {
  readonly x: number
  readonly y: number
}
interface Rect extends Point {
  readonly w: number
  readonly h: number
}

const LANE = 6
const LETTER = 5.2
const LABEL_H = 11
const LONGEST = 30

/** Ports along one side of a box: each arrow has its own, in the order in which arrows are routed. */
class Ports {
  readonly #taken = new Map<string, number>()
  /** -0.5 to 0.5 along the side: middle, then alternating outwards. */
  next(box: Box, side: string): number {
    const key = `${box.path} ${side}`
    const n = this.#taken.get(key) ?? 0
    this.#taken.set(key, n + 1)
    return n === 0 ? 0 : (Math.ceil(n / 2) * (n % 2 === 1 ? 1 : -1)) / 6
  }
}

/** `tells`: the arrows that have words; words of `kept` stay where they are. */
export function routes(
  model: ChartModel,
  boxes: readonly Box[],
  width: number,
  tells: (arrow: ChartArrow) => boolean = () => true,
  kept: readonly Route[] = [],
): Route[] {
  const ports = new Ports()
  const lanes = { left: 0, right: 0 }
  const gaps = new Map<number, number>()
  const placed: Rect[] = []
  const byPath = new Map(boxes.map((box) => [box.path, box]))
  const words = new Map(kept.flatMap(({ arrow, label }) => (label !== null && tells(arrow) ? [[arrow, label]] : [])))
  for (const label of words.values()) placed.push(rectOf(label))
  return model.arrows.flatMap((arrow) => {
    const from = byPath.get(arrow.from)
    const to = byPath.get(arrow.to)
    if (from === undefined || to === undefined) return []
    const both = model.arrows.some((other) => other.from === arrow.to && other.to === arrow.from)
    const points = path(from, to, both)
    return [{ arrow, points, label: tells(arrow) ? (words.get(arrow) ?? labelFor(arrow, points, both)) : null }]
  })

  function path(from: Box, to: Box, both: boolean): Point[] {
    if (from === to) return loop(from)
    const inside = contains(to, from) || contains(from, to)
    if (!inside && from.row === to.row && !from.frame && !to.frame) return across(from, to, both)
    const below = to.row > from.lastRow
    const next = below ? to.row === from.lastRow + 1 : from.row === to.lastRow + 1
    if (!inside && next) return neighbour(from, to, below, both)
    return channel(from, to)
  }

  function across(from: Box, to: Box, both: boolean): Point[] {
    const right = to.x > from.x
    const shift = both ? (right ? 6 : -6) : 0
    const y = from.y + from.h / 2 + shift
    return [
      { x: right ? from.x + from.w : from.x, y },
      { x: right ? to.x : to.x + to.w, y },
    ]
  }

  /** Rows that follow each other: straight down where the boxes overlap, else with one bend in the gap between. */
  function neighbour(from: Box, to: Box, below: boolean, both: boolean): Point[] {
    const y1 = below ? from.y + from.h : from.y
    const y2 = below ? to.y : to.y + to.h
    const low = Math.max(from.x, to.x)
    const high = Math.min(from.x + from.w, to.x + to.w)
    if (high - low > 24) {
      const narrow = from.w <= to.w ? from : to
      const shift = (both ? (below ? -8 : 8) : 0) + ports.next(narrow, below ? 'down' : 'up') * narrow.w
      const x = Math.min(high - 8, Math.max(low + 8, narrow.x + narrow.w / 2 + shift))
      return [
        { x, y: y1 },
        { x, y: y2 },
      ]
    }
    const x1 = at(from, below ? 'bottom' : 'top')
    const x2 = at(to, below ? 'top' : 'bottom')
    const key = below ? from.lastRow : to.lastRow
    const lane = gaps.get(key) ?? 0
    gaps.set(key, lane + 1)
    const mid = (y1 + y2) / 2 + (lane % 2 === 1 ? 1 : -1) * Math.ceil(lane / 2) * 5
    return [
      { x: x1, y: y1 },
      { x: x1, y: mid },
      { x: x2, y: mid },
      { x: x2, y: y2 },
    ]
  }

  /** Along the outer side of the source's column, then into the target from that side. */
  function channel(from: Box, to: Box): Point[] {
    const side = from.frame
      ? to.frame || to.column === 1
        ? 'right'
        : 'left'
      : from.column === 0 && !alone(from)
        ? 'left'
        : 'right'
    const lane = lanes[side]++
    const x = side === 'left' ? 4 + (lane % 4) * LANE : width - 4 - (lane % 4) * LANE
    const y1 = clampY(from, from.y + from.h / 2 + ports.next(from, side) * from.h)
    const y2 = clampY(to, to.y + to.h / 2 + ports.next(to, side) * to.h)
    const x1 = side === 'left' ? from.x : from.x + from.w
    const x2 = side === 'left' ? to.x : to.x + to.w
    // a state of the other column stands in the way: enter through the gap above or below the target
    if (blocked(to, side)) {
      const above = to.y > from.y
      const gapY = above ? to.y - 8 : to.y + to.h + 8
      const x3 = at(to, above ? 'top' : 'bottom')
      return [
        { x: x1, y: y1 },
        { x, y: y1 },
        { x, y: gapY },
        { x: x3, y: gapY },
        { x: x3, y: above ? to.y : to.y + to.h },
      ]
    }
    return [
      { x: x1, y: y1 },
      { x, y: y1 },
      { x, y: y2 },
      { x: x2, y: y2 },
    ]
  }

  function alone(box: Box): boolean {
    return !boxes.some((other) => other !== box && !other.frame && other.row === box.row)
  }
  function blocked(box: Box, side: 'left' | 'right'): boolean {
    if (box.frame) return false
    return (side === 'left' ? box.column === 1 : box.column === 0) && !alone(box)
  }
  function at(box: Box, side: 'top' | 'bottom'): number {
    return box.x + box.w / 2 + ports.next(box, side) * box.w
  }
  function loop(box: Box): Point[] {
    const x = box.x + box.w
    return [
      { x: x - 22, y: box.y },
      { x: x - 22, y: box.y - 9 },
      { x: x - 8, y: box.y - 9 },
      { x: x - 8, y: box.y },
    ]
  }

  /** The first place along the arrow where the words cross no state and no other words. */
  function labelFor(arrow: ChartArrow, points: readonly Point[], both: boolean): Label | null {
    const all = arrow.labels.join(', ')
    const text = all.length > LONGEST ? `${all.slice(0, LONGEST - 1)}…` : all
    for (const words of text === arrow.labels[0] ? [text] : [text, arrow.labels[0] ?? text]) {
      for (const candidate of spots(points, words, both)) {
        const rect = rectOf(candidate)
        if (rect.x < 0 || rect.x + rect.w > width) continue
        if (placed.some((other) => overlap(rect, other)) || boxes.some((box) => crosses(rect, box))) continue
        placed.push(rect)
        return candidate
      }
    }
    return null
  }
}

const contains = (outer: Box, inner: Box): boolean => outer.frame && inner.path.startsWith(`${outer.path}.`)
const clampY = (box: Box, y: number): number => Math.min(box.y + box.h - 4, Math.max(box.y + 4, y))

/** `both`: another arrow runs the other way, above one that runs to the right. */
function* spots(points: readonly Point[], text: string, both: boolean): Generator<Label> {
  const segments = points.slice(1).map((end, index) => ({ start: points[index] ?? end, end }))
  const sorted = segments.sort((a, b) => lengthOf(b) - lengthOf(a))
  for (const { start, end } of sorted) {
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const x = start.x + (end.x - start.x) * share
      const y = start.y + (end.y - start.y) * share
      if (start.y === end.y) {
        if (both && start.x < end.x) yield { text, x, y: y + 11, anchor: 'middle' }
        yield { text, x, y: y - 4, anchor: 'middle' }
        yield { text, x, y: y + 11, anchor: 'middle' }
        // above or below the two states, where the gap between them is narrow
        yield { text, x, y: y - 17, anchor: 'middle' }
        yield { text, x, y: y + 25, anchor: 'middle' }
      } else {
        yield { text, x: x + 5, y: y + 4, anchor: 'start' }
        yield { text, x: x - 5, y: y + 4, anchor: 'end' }
      }
    }
  }
}

const lengthOf = ({ start, end }: { start: Point; end: Point }): number =>
  Math.abs(start.x - end.x) + Math.abs(start.y - end.y)

function rectOf({ text, x, y, anchor }: Label): Rect {
  const w = text.length * LETTER
  return { x: anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2, y: y - LABEL_H + 2, w, h: LABEL_H }
}

const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Words may lie inside a frame, but not across its title or border. */
function crosses(rect: Rect, box: Box): boolean {
  if (!box.frame) return overlap(rect, box)
  const title = { x: box.x, y: box.y, w: 60, h: 18 }
  const border = [box.y, box.y + box.h].some(
    (y) => rect.y < y && rect.y + rect.h > y && rect.x < box.x + box.w && rect.x + rect.w > box.x,
  )
  return border || overlap(rect, title)
}
