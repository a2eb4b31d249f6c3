import type { Stretch } from '../../../state/run/stretch'
import { clock } from '../../../state/run/clock'
import { BAR_HEIGHT } from './lanes'
import type { Look, Palette } from '../palette'
import type { View } from './view'

/** Narrower bars merge into a density strip of cells this wide (px). */
const CELL = 3
/** Narrower bars lose their pattern (px). */
const PATTERNED = 6
const DOTTED = 14
/** States looked at in one cell for something rarer than busy and idle. */
const SCANNED = 24
const RARE: readonly (Look | undefined)[] = ['error', 'init', 'restore', 'cold', 'reset', 'pending']

/**
 * Bars of one entity. What is narrower than 3 px merges: a cell's filled height is the share of its time the entity was busy,
 * and a cold start in it takes the whole cell. The work is bounded by the width, not by how much happened.
 */
export function paintBars(
  c: CanvasRenderingContext2D,
  stretch: Stretch,
  entity: number,
  view: View,
  width: number,
  top: number,
  end: number,
  palette: Palette,
): void {
  const { states } = stretch
  const own = states.of[entity]
  const look = stretch.look(entity)
  if (own === undefined || own.length === 0 || look === undefined) return
  const perPx = (view.to - view.from) / width
  const y = Math.round(top + (17 - BAR_HEIGHT) / 2)
  const lookOf = (i: number): Look => {
    const code = states.code.at(own.at(i))
    const found = look.looks[code] ?? 'idle'
    return look.eni && found === 'busy' ? 'ok' : found
  }
  const startOf = (i: number): number => states.at.at(own.at(i))
  const endOf = (i: number): number => (i + 1 < own.length ? startOf(i + 1) : end)

  let i = Math.max(0, states.indexAt(entity, view.from))
  if (startOf(i) >= view.to) return
  let cursor = Math.max(-CELL, (startOf(i) - view.from) / perPx)
  while (i < own.length && cursor < width) {
    const right = Math.min(width + CELL, (endOf(i) - view.from) / perPx)
    const length = right - cursor
    const now = lookOf(i)
    if (length >= CELL || i === own.length - 1) {
      bar(c, now, cursor, length, y, palette)
      if (now === 'pending' && i + 1 < own.length)
        label(c, `pending, ready at ${clock(endOf(i))}`, cursor, right, y, palette)
      cursor = Math.max(cursor, right)
      i++
      continue
    }
    const follows = i + 1 < own.length ? (endOf(i + 1) - view.from) / perPx - cursor : 0
    if (length < 0.75 && (now === 'idle' || length <= 0) && follows >= CELL) {
      i++
      continue
    }
    const from = view.from + cursor * perPx
    const to = Math.min(end, from + CELL * perPx)
    const next = Math.max(i + 1, states.indexAt(entity, to))
    cell(c, rarest(i, next, lookOf), share(stretch, entity, from, to), now, cursor, y, palette)
    cursor += CELL
    // A state that began in this cell goes on after it.
    i = endOf(next - 1) > to && next - 1 > i ? next - 1 : next
    if (i < own.length && startOf(i) > to) cursor = (startOf(i) - view.from) / perPx
  }
}

function share(stretch: Stretch, entity: number, from: number, to: number): number {
  if (to <= from) return 0
  return (stretch.states.activeUntil(entity, to) - stretch.states.activeUntil(entity, from)) / (to - from)
}

function rarest(from: number, to: number, lookOf: (i: number) => Look): Look | undefined {
  let best = -1
  const stop = Math.min(to, from + SCANNED)
  for (let i = from; i < stop; i++) {
    const rank = RARE.indexOf(lookOf(i))
    if (rank >= 0 && (best < 0 || rank < best)) best = rank
  }
  return best < 0 ? undefined : RARE[best]
}

function bar(c: CanvasRenderingContext2D, look: Look, x: number, length: number, y: number, palette: Palette): void {
  if (length <= 0) return
  const stroke = palette.stroke[look]
  if (look === 'reclaimed') {
    c.strokeStyle = stroke
    c.lineWidth = 1
    c.setLineDash([3, 3])
    c.beginPath()
    c.moveTo(x, y + BAR_HEIGHT / 2)
    c.lineTo(x + length, y + BAR_HEIGHT / 2)
    c.stroke()
    c.setLineDash([])
    return
  }
  // The gap between invocations is left out where it would outweigh them.
  const shown = length < PATTERNED ? length : length - 1
  if (length < PATTERNED) {
    c.fillStyle = look === 'busy' ? palette.fill.busy : stroke
    if (look === 'idle') c.fillStyle = palette.fill.idle
    c.fillRect(x, y, shown, BAR_HEIGHT)
    return
  }
  c.beginPath()
  c.roundRect(x + 0.5, y + 0.5, shown - 1, BAR_HEIGHT - 1, 2)
  c.fillStyle = palette.pattern[look] ?? palette.fill[look]
  c.fill()
  if (look === 'busy') return
  c.strokeStyle = stroke
  c.lineWidth = 1
  if (look === 'pending') c.setLineDash([1.5, 2])
  if (look === 'reset') c.setLineDash([3, 2])
  c.stroke()
  c.setLineDash([])
  if ((look === 'idle' || look === 'reset') && shown >= DOTTED) {
    c.fillStyle = stroke
    c.beginPath()
    c.arc(x + shown / 2, y + BAR_HEIGHT / 2, 1.5, 0, 7)
    c.fill()
  }
}

/** Text on a patterned bar, on a ground of its own; only where it fits. */
function label(c: CanvasRenderingContext2D, text: string, from: number, to: number, y: number, palette: Palette): void {
  c.font = `400 10.5px ${palette.ui}`
  const x = Math.max(0, from) + 8
  const width = c.measureText(text).width
  if (x + width + 8 > to) return
  c.fillStyle = palette.fill.pending
  c.fillRect(x - 4, y + 1, width + 8, BAR_HEIGHT - 2)
  c.fillStyle = palette.stroke.pending
  c.textBaseline = 'middle'
  c.fillText(text, x, y + BAR_HEIGHT / 2 + 0.5)
}

function cell(
  c: CanvasRenderingContext2D,
  rare: Look | undefined,
  busy: number,
  look: Look,
  x: number,
  y: number,
  palette: Palette,
): void {
  if (rare) {
    c.fillStyle = palette.stroke[rare]
    c.fillRect(x, y, CELL, BAR_HEIGHT)
    return
  }
  if (look === 'ok' || look === 'throttled') {
    c.fillStyle = palette.stroke[look]
    c.fillRect(x, y, CELL, BAR_HEIGHT)
    return
  }
  c.fillStyle = palette.fill.idle
  c.fillRect(x, y, CELL, BAR_HEIGHT)
  const height = busy <= 0 ? 0 : Math.max(1, busy * BAR_HEIGHT)
  c.fillStyle = palette.fill.busy
  c.fillRect(x, y + BAR_HEIGHT - height, CELL, height)
}
