import type { Player } from '../../../player/player'
import type { RunStore } from '../../../state/run/runStore'
import { hitAt, type Hit } from './hit'
import type { LaneModel } from './lanes'
import { TimelinePainter, type Scene } from './painter'
import { readPalette, type Palette } from '../palette'
import { clampView, followView, panView, zoomView, type View } from './view'

export const LABEL_WIDTH = 150
/** How near the playhead a press takes hold of it (px). */
const GRIP = 6

interface Parts {
  store: RunStore
  player: Player
  lanes: HTMLCanvasElement
  ruler: HTMLCanvasElement
  scroll: HTMLElement
  onView: (view: View) => void
}

/** The timeline's picture and its movements, outside React: repaints at most once per frame, and only after a change. */
export class TimelineView {
  view: View = { from: 0, to: 10_000_000 }
  /** Nobody has zoomed or panned yet. */
  untouched = true
  readonly #parts: Parts
  readonly #painter: TimelinePainter
  #model: LaneModel = { shape: '', groups: [], height: 0 }
  #palette: Palette
  #selected = -1
  #frame = 0
  #layerStale = true
  #height = 0
  readonly #stops: (() => void)[] = []

  constructor(parts: Parts) {
    this.#parts = parts
    this.#painter = new TimelinePainter(parts.lanes, parts.ruler)
    this.#palette = readPalette(parts.scroll)
    const resized = new ResizeObserver(() => this.#repaint())
    resized.observe(parts.scroll)
    const onScroll = (): void => this.#repaint()
    parts.scroll.addEventListener('scroll', onScroll, { passive: true })
    const onWheel = (event: WheelEvent): void => this.#wheel(event)
    for (const target of [parts.lanes, parts.ruler]) target.addEventListener('wheel', onWheel, { passive: false })
    this.#stops.push(
      () => resized.disconnect(),
      () => parts.scroll.removeEventListener('scroll', onScroll),
      () => [parts.lanes, parts.ruler].forEach((target) => target.removeEventListener('wheel', onWheel)),
      parts.store.subscribe(() => this.#repaint()),
      parts.player.playhead.subscribe(() => this.#follow()),
    )
    this.#repaint()
  }

  dispose(): void {
    for (const stop of this.#stops) stop()
    cancelAnimationFrame(this.#frame)
  }

  setModel(model: LaneModel): void {
    this.#model = model
    this.#repaint()
  }
  setSelected(entity: number): void {
    this.#selected = entity
    this.#repaint()
  }
  readTheme(): void {
    this.#palette = readPalette(this.#parts.scroll)
    this.#repaint()
  }
  setView(view: View): void {
    if (view.from === this.view.from && view.to === this.view.to) return
    this.view = view
    this.#parts.onView(view)
    this.#repaint()
  }

  pan(px: number): void {
    this.untouched = false
    this.setView(panView(this.view, (px * (this.view.to - this.view.from)) / this.#width, this.#duration))
  }
  zoom(factor: number, anchor: number): void {
    this.untouched = false
    this.setView(zoomView(this.view, factor, anchor, this.#duration))
  }
  showAll(): void {
    this.untouched = false
    this.setView(clampView({ from: 0, to: this.#duration }, this.#duration))
  }

  /** Time under a point of the page (µs), clamped to what is on screen. */
  timeAt(clientX: number): number {
    const share = (clientX - this.#parts.lanes.getBoundingClientRect().left) / this.#width
    return this.view.from + Math.min(1, Math.max(0, share)) * (this.view.to - this.view.from)
  }
  nearPlayhead(clientX: number): boolean {
    const share = (this.#parts.player.playhead.get() - this.view.from) / (this.view.to - this.view.from)
    return Math.abs(clientX - this.#parts.lanes.getBoundingClientRect().left - share * this.#width) <= GRIP
  }
  hit(clientX: number, clientY: number): Hit | null {
    const { scroll, store } = this.#parts
    const y = clientY - scroll.getBoundingClientRect().top + scroll.scrollTop
    return hitAt(store, this.#model, y, this.timeAt(clientX))
  }
  /** Scrolls a lane into view. */
  reveal(y: number, height: number): void {
    const { scroll } = this.#parts
    if (y < scroll.scrollTop) scroll.scrollTop = y
    else if (y + height > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = y + height - scroll.clientHeight
  }

  /** Keys of the focused timeline; tells whether the key was one of them. */
  key(key: string, shift: boolean, modified: boolean): boolean {
    if (modified) return false
    const { player } = this.#parts
    const length = this.view.to - this.view.from
    const t = player.playhead.get()
    const inside = t >= this.view.from && t <= this.view.to
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const sign = key === 'ArrowLeft' ? -1 : 1
        player.send(shift ? { type: 'nudge', by: (sign * length) / 20 } : { type: 'step', direction: sign })
        return true
      }
      case 'PageUp':
      case 'PageDown':
        player.send({ type: 'nudge', by: key === 'PageUp' ? -length : length })
        return true
      case 'Home':
        player.send({ type: 'toStart' })
        return true
      case 'End':
        player.send({ type: 'toEnd' })
        return true
      case '+':
      case '=':
        this.zoom(1.6, inside ? t : (this.view.from + this.view.to) / 2)
        return true
      case '-':
        this.zoom(1 / 1.6, inside ? t : (this.view.from + this.view.to) / 2)
        return true
      case '0':
        this.showAll()
        return true
      default:
        return false
    }
  }

  get #width(): number {
    return Math.max(1, this.#parts.scroll.clientWidth - LABEL_WIDTH)
  }
  get #duration(): number {
    return this.#parts.store.status().duration
  }

  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault()
      this.zoom(Math.exp(-event.deltaY * 0.004), this.timeAt(event.clientX))
      return
    }
    const across = event.shiftKey ? event.deltaY : event.deltaX
    if (Math.abs(across) <= Math.abs(event.shiftKey ? event.deltaX : event.deltaY)) return
    event.preventDefault()
    this.pan(across)
  }

  #follow(): void {
    this.setView(followView(this.view, this.#parts.player.playhead.get(), this.#duration))
    this.#schedule()
  }

  #repaint(): void {
    this.#layerStale = true
    this.#schedule()
  }

  #schedule(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.paint()
    })
  }

  /** Paints now. Called once per frame at most; public for measuring. */
  paint(): void {
    const { scroll, lanes, store, player } = this.#parts
    const height = scroll.clientHeight
    if (height !== this.#height) {
      this.#height = height
      lanes.style.height = `${height}px`
    }
    const scene: Scene = {
      store,
      model: this.#model,
      view: this.view,
      width: this.#width,
      height,
      scroll: scroll.scrollTop,
      palette: this.#palette,
      selected: this.#selected,
      ratio: devicePixelRatio || 1,
    }
    if (this.#layerStale) this.#painter.paintLayer(scene)
    this.#layerStale = false
    this.#painter.paintFrame(scene, player.playhead.get())
  }
}
