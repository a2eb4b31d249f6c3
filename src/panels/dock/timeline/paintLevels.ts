import type { Steps } from '../../../state/run/levelLog'
import type { Stretch } from '../../../state/run/stretch'
import type { LevelLane } from './lanes'
import type { Palette } from '../palette'
import type { View } from './view'

/** Steps looked at in one pixel column for its maximum. */
const SCANNED = 16

/** One level filled in cobalt, further ones as dashed lines, on one scale that holds for the whole run. */
export function paintLevels(
  c: CanvasRenderingContext2D,
  stretch: Stretch,
  lane: LevelLane,
  view: View,
  width: number,
  top: number,
  end: number,
  palette: Palette,
): void {
  const peak = Math.max(1, ...lane.levels.map((level) => stretch.levelPeak(level, end)))
  const height = lane.height - 8
  const floor = Math.round(top + lane.height - 2) + 0.5
  const last = Math.min(width, ((end - view.from) / (view.to - view.from)) * width)
  lane.levels.forEach((level, order) => {
    const steps = stretch.levelSteps(level)
    if (steps === undefined || last <= 0) return
    c.beginPath()
    c.moveTo(0, floor)
    trace(c, steps, view, width, last, floor, height / peak)
    if (order === 0) {
      c.lineTo(last, floor)
      c.fillStyle = palette.nowSoft
      c.fill()
      c.beginPath()
      trace(c, steps, view, width, last, floor, height / peak)
    }
    c.strokeStyle = order === 0 ? palette.now : palette.ink2
    c.lineWidth = order === 0 ? 1.5 : 1
    c.setLineDash(order === 0 ? [] : order === 1 ? [4, 3] : [1.5, 2.5])
    c.stroke()
    c.setLineDash([])
  })
}

function trace(
  c: CanvasRenderingContext2D,
  steps: Steps,
  view: View,
  width: number,
  last: number,
  floor: number,
  scale: number,
): void {
  const perPx = (view.to - view.from) / width
  let before = steps.at.upperBound(view.from) - 1
  let value = before < 0 ? 0 : steps.value.at(before)
  c.lineTo(0, floor - value * scale)
  for (let x = 1; x <= last; x++) {
    const index = steps.at.upperBound(view.from + x * perPx) - 1
    if (index === before) continue
    let most = steps.value.at(index)
    const stride = Math.max(1, Math.ceil((index - before) / SCANNED))
    for (let i = Math.max(0, before + 1); i < index; i += stride) most = Math.max(most, steps.value.at(i))
    c.lineTo(x - 0.5, floor - value * scale)
    if (most > steps.value.at(index)) c.lineTo(x - 0.5, floor - most * scale)
    value = steps.value.at(index)
    c.lineTo(x - 0.5, floor - value * scale)
    before = index
  }
  c.lineTo(last, floor - value * scale)
}
