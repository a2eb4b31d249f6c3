import { clock, tickLabel } from '../../../state/run/clock'
import type { RunStore } from '../../../state/run/runStore'
import type { Stretch } from '../../../state/run/stretch'
import type { LaneModel } from './lanes'
import { paintBars } from './paintBars'
import { paintLevels } from './paintLevels'
import { paintMarks } from './paintMarks'
import type { Look, Palette } from '../palette'
import { tickStep, type View } from './view'

const RULER_HEIGHT = 17

/** Everything the picture depends on except the playhead. */
export interface Scene {
  readonly store: RunStore
  readonly model: LaneModel
  readonly view: View
  /** Lane area (px). */
  readonly width: number
  readonly height: number
  readonly scroll: number
  readonly palette: Palette
  /** Entity drawn as selected; -1 for none. */
  readonly selected: number
  readonly ratio: number
}

/** Paints the lanes once per change into a layer, and per frame only copies it: full strength left of the playhead, 44 % right of it. */
export class TimelinePainter {
  readonly #layer = document.createElement('canvas')
  readonly #lanes: HTMLCanvasElement
  readonly #ruler: HTMLCanvasElement

  constructor(lanes: HTMLCanvasElement, ruler: HTMLCanvasElement) {
    this.#lanes = lanes
    this.#ruler = ruler
  }

  /** Redraws bars, areas and marks. */
  paintLayer(scene: Scene): void {
    const { store, view, width, height, palette } = scene
    const c = sized(this.#layer, width, height, scene.ratio)
    if (c === null) return
    const { until, awaiting } = store.status()
    const toX = (time: number): number => ((time - view.from) / (view.to - view.from)) * width
    let told = 0
    for (const stretch of store.stretches()) {
      const left = Math.max(0, toX(stretch.from))
      const end = Math.min(until, stretch.to)
      const right = Math.min(width, toX(end))
      if (left > told) paintGap(c, told, Math.min(left, width), height, awaiting, palette)
      told = Math.max(told, right)
      if (right <= left) continue
      c.save()
      c.beginPath()
      c.rect(left, 0, right - left, height)
      c.clip()
      this.#paintStretch(c, scene, stretch, end)
      c.restore()
    }
    const computed = Math.min(width, toX(until))
    if (computed > told) paintGap(c, told, computed, height, awaiting, palette)
  }

  #paintStretch(c: CanvasRenderingContext2D, scene: Scene, stretch: Stretch, end: number): void {
    const { store, model, view, width, height, scroll, palette } = scene
    for (const group of model.groups) {
      if (group.y + group.height < scroll || group.y > scroll + height) continue
      for (const lane of group.lanes) {
        const top = lane.y - scroll
        if (top + lane.height < 0 || top > height) continue
        if (lane.type === 'levels') paintLevels(c, stretch, lane, view, width, top, end, palette)
        else {
          paintBars(c, stretch, lane.entity, view, width, top, end, palette)
          if (lane.entity === scene.selected) {
            c.strokeStyle = palette.now
            c.lineWidth = 2
            c.strokeRect(1, top + 1, width - 2, lane.height - 2)
          }
        }
      }
    }
    paintMarks(c, store, stretch, model, view, width, scroll, palette)
  }

  /** Puts the layer on screen with grid, ruler and playhead at `t` (µs). */
  paintFrame(scene: Scene, t: number): void {
    const { model, view, width, height, scroll, palette, ratio } = scene
    const c = sized(this.#lanes, width, height, ratio)
    if (c === null || width <= 0 || height <= 0) return
    const step = tickStep(view, width)
    const x = ((t - view.from) / (view.to - view.from)) * width
    c.strokeStyle = palette.line
    c.lineWidth = 1
    c.beginPath()
    for (let tick = Math.ceil(view.from / step) * step; tick <= view.to; tick += step) {
      const tx = Math.round(((tick - view.from) / (view.to - view.from)) * width) + 0.5
      c.moveTo(tx, 0)
      c.lineTo(tx, height)
    }
    for (const group of model.groups) {
      const gy = Math.round(group.y + group.height - scroll) - 0.5
      c.moveTo(0, gy)
      c.lineTo(width, gy)
    }
    c.stroke()
    const split = Math.min(width, Math.max(0, x))
    this.#copy(c, 0, split, height, ratio)
    c.globalAlpha = palette.futureOpacity
    this.#copy(c, split, width, height, ratio)
    c.globalAlpha = 1
    if (x >= -1 && x <= width + 1) {
      c.fillStyle = palette.now
      c.fillRect(x - 0.75, 0, 1.5, height)
    }
    this.#paintRuler(scene, t, x, step)
  }

  #copy(c: CanvasRenderingContext2D, from: number, to: number, height: number, ratio: number): void {
    const left = Math.round(from * ratio)
    const wide = Math.round(to * ratio) - left
    if (wide <= 0 || this.#layer.width === 0) return
    c.drawImage(this.#layer, left, 0, wide, this.#layer.height, left / ratio, 0, wide / ratio, height)
  }

  #paintRuler(scene: Scene, t: number, x: number, step: number): void {
    const { store, view, width, palette, ratio } = scene
    const c = sized(this.#ruler, width, RULER_HEIGHT, ratio)
    if (c === null) return
    const toX = (time: number): number => ((time - view.from) / (view.to - view.from)) * width
    const { until, duration, phase } = store.status()
    if (phase === 'computing' && until < duration) {
      c.fillStyle = palette.line
      c.fillRect(0, RULER_HEIGHT - 2, Math.max(0, toX(until)), 2)
    }
    slowed(store.shown, view, (from, to) => {
      c.fillStyle = palette.now
      c.globalAlpha = 0.35
      c.fillRect(toX(from), RULER_HEIGHT - 3, Math.max(2, toX(to) - toX(from)), 3)
      c.globalAlpha = 1
    })
    const tag = clock(t)
    c.font = `500 10.5px ${palette.mono}`
    const tagWidth = c.measureText(tag).width + 8
    const tagX = Math.min(width - tagWidth, Math.max(0, x - tagWidth / 2))
    c.font = `400 10.5px ${palette.mono}`
    c.fillStyle = palette.ink3
    c.textBaseline = 'middle'
    for (let tick = Math.ceil(view.from / step) * step; tick <= view.to; tick += step) {
      const label = tickLabel(tick, step)
      const tx = toX(tick) + 4
      const right = tx + c.measureText(label).width
      if (right > width || (right > tagX - 4 && tx < tagX + tagWidth + 4)) continue
      c.fillText(label, tx, 8.5)
    }
    if (x < -1 || x > width + 1) return
    c.fillStyle = palette.now
    c.beginPath()
    c.roundRect(tagX, 1, tagWidth, 15, 2)
    c.fill()
    c.fillStyle = palette.onNow
    c.font = `500 10.5px ${palette.mono}`
    c.fillText(tag, tagX + 4, 9)
  }
}

/** Room that words in a gap need (px). */
const GAP_WORDS = 200

/** Says what a part of the run without detail is waiting for. */
function paintGap(
  c: CanvasRenderingContext2D,
  from: number,
  to: number,
  height: number,
  awaiting: boolean,
  palette: Palette,
): void {
  if (to - from < GAP_WORDS) return
  c.font = `400 11px ${palette.ui}`
  c.fillStyle = palette.ink3
  c.textAlign = 'center'
  c.textBaseline = 'middle'
  c.fillText(gapWords(awaiting), (from + to) / 2, Math.min(height / 2, 60), to - from - 16)
  c.textAlign = 'start'
}

/** What a part of the timeline without detail says. */
export const gapWords = (awaiting: boolean): string =>
  awaiting ? 'Computing the detail here' : 'Move the playhead here to see the detail'

const STARTS: ReadonlySet<unknown> = new Set<Look>(['cold', 'init', 'restore'])

/** Stretches that smart time slows: cold starts, where they are few enough to be told apart. */
function slowed(stretch: Stretch, view: View, visit: (from: number, to: number) => void): void {
  const { at, entity } = stretch.marks.lists.coldStart
  const from = Math.max(0, at.lowerBound(view.from) - 1)
  const to = at.upperBound(view.to)
  if (to - from > 40) return
  for (let i = from; i < to; i++) {
    const id = entity.at(i)
    let state = stretch.stateAt(id, at.at(i))
    const looks = stretch.look(id)?.looks
    while (state && state.until < Infinity && STARTS.has(looks?.[state.code])) {
      state = stretch.stateAt(id, state.until)
    }
    if (state) visit(at.at(i), state.since)
  }
}

/** Sizes a canvas for the screen's density and clears it; context in CSS px. */
function sized(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): CanvasRenderingContext2D | null {
  const w = Math.max(1, Math.round(width * ratio))
  const h = Math.max(1, Math.round(height * ratio))
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
  }
  const c = canvas.getContext('2d')
  if (c === null) return null
  c.setTransform(1, 0, 0, 1, 0, 0)
  c.clearRect(0, 0, w, h)
  c.setTransform(ratio, 0, 0, ratio, 0, 0)
  return c
}
