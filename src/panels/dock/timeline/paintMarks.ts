import { Outcome } from '../../../model/recording'
import type { MarkKind } from '../../../state/run/marks'
import type { RunStore } from '../../../state/run/runStore'
import type { Stretch } from '../../../state/run/stretch'
import type { LaneModel } from './lanes'
import type { Palette } from '../palette'
import type { View } from './view'

const SHOWN: readonly MarkKind[] = ['retry', 'refused', 'error', 'deadLetter']
/** Marks of a kind closer than this on one lane are drawn once (px). */
const APART = 14
/** Marks of one kind looked at per paint. */
const MOST = 20_000

/** Outcome marks on the lane where they happened: on the entity's own lane, else on the first lane of the resource. */
export function paintMarks(
  c: CanvasRenderingContext2D,
  store: RunStore,
  stretch: Stretch,
  model: LaneModel,
  view: View,
  width: number,
  scroll: number,
  palette: Palette,
): void {
  const laneOf = new Map<number, number>()
  const firstOf = new Map<number, { y: number; bars: boolean }>()
  for (const group of model.groups) {
    const first = group.lanes[0]!
    for (const member of group.members) {
      const resource = store.resourceIndex(member)
      if (!firstOf.has(resource)) firstOf.set(resource, { y: first.y + 9, bars: first.type === 'bars' })
    }
    for (const lane of group.lanes) if (lane.type === 'bars') laneOf.set(lane.entity, lane.y + lane.height / 2)
  }
  // A dead-letter queue has no lane of its own: its news shows where the letters came from.
  for (const wire of store.wires) {
    const to = store.resourceIndex(wire.to)
    const from = firstOf.get(store.resourceIndex(wire.from))
    if (from && !firstOf.has(to)) firstOf.set(to, from)
  }
  const perPx = (view.to - view.from) / width
  for (const kind of SHOWN) {
    const list = stretch.marks.lists[kind]
    const from = list.at.lowerBound(view.from - 8 * perPx)
    const to = list.at.upperBound(view.to + 8 * perPx)
    const stride = Math.max(1, Math.ceil((to - from) / MOST))
    const lastX = new Map<number, number>()
    for (let i = from; i < to; i += stride) {
      const entity = list.entity.at(i)
      const first = firstOf.get(list.resource.at(i))
      // The answer on the wire repeats what the environment's own lane already says.
      if (entity < 0 && first?.bars && kind === 'error') continue
      const y = laneOf.get(entity) ?? first?.y
      if (y === undefined) continue
      const x = (list.at.at(i) - view.from) / perPx
      if (x - (lastX.get(y) ?? -Infinity) < APART) continue
      lastX.set(y, x)
      const late = kind === 'error' && stretch.row(list.row.at(i))?.code === Outcome.timeout
      drawMark(c, late ? 'timeout' : kind, x, y - scroll, palette)
    }
  }
}

/** A timeout is an error whose octagon holds the hands of a clock. */
function drawMark(
  c: CanvasRenderingContext2D,
  shown: MarkKind | 'timeout',
  x: number,
  y: number,
  palette: Palette,
): void {
  const kind = shown === 'timeout' ? 'error' : shown
  const r = 6
  c.lineWidth = 1.25
  c.beginPath()
  if (kind === 'deadLetter') {
    c.moveTo(x, y - r)
    c.lineTo(x + r, y)
    c.lineTo(x, y + r)
    c.lineTo(x - r, y)
    c.closePath()
    c.fillStyle = palette.dead
    c.fill()
    cross(c, x, y, 2, palette.panel)
    return
  }
  const ink = kind === 'refused' ? palette.stroke.throttled : kind === 'error' ? palette.stroke.error : palette.retry
  c.strokeStyle = ink
  c.fillStyle = kind === 'refused' ? palette.fill.throttled : kind === 'error' ? palette.fill.error : palette.panel
  if (kind === 'error') {
    for (let i = 0; i < 8; i++) {
      const angle = Math.PI / 8 + (i * Math.PI) / 4
      c.lineTo(x + r * Math.cos(angle), y + r * Math.sin(angle))
    }
    c.closePath()
  } else c.arc(x, y, r - 0.5, 0, 7)
  c.fill()
  if (kind === 'retry') {
    c.beginPath()
    c.arc(x, y, 3.5, -2.2, 2.6)
    c.stroke()
    c.beginPath()
    c.moveTo(x - 4.6, y - 3.6)
    c.lineTo(x - 1.6, y - 3.4)
    c.lineTo(x - 2.8, y - 0.6)
    c.closePath()
    c.fillStyle = ink
    c.fill()
    return
  }
  c.stroke()
  if (shown === 'timeout') {
    c.beginPath()
    c.moveTo(x, y - 3)
    c.lineTo(x, y + 0.5)
    c.lineTo(x + 2.5, y + 1.5)
    c.stroke()
  } else if (kind === 'error') cross(c, x, y, 2.25, ink)
  else {
    c.beginPath()
    for (const dx of [-2, 0, 2]) {
      c.moveTo(x + dx, y - 2.5)
      c.lineTo(x + dx, y + 2.5)
    }
    c.stroke()
  }
}

function cross(c: CanvasRenderingContext2D, x: number, y: number, arm: number, colour: string): void {
  c.strokeStyle = colour
  c.beginPath()
  c.moveTo(x - arm, y - arm)
  c.lineTo(x + arm, y + arm)
  c.moveTo(x + arm, y - arm)
  c.lineTo(x - arm, y + arm)
  c.stroke()
}
