import type { SlotState } from '../../state/run/machines'

/** Colours and patterns of the theme in force, resolved for canvas drawing. */
export interface Palette {
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly line: string
  readonly panel: string
  readonly now: string
  readonly nowSoft: string
  readonly onNow: string
  readonly stroke: { readonly [look in Look]: string }
  readonly fill: { readonly [look in Look]: string }
  readonly pattern: { readonly [look in Look]?: CanvasPattern }
  readonly dead: string
  readonly retry: string
  readonly futureOpacity: number
  readonly mono: string
  readonly ui: string
}
/** `ok`: an interface in use. */
export type Look = SlotState | 'ok'

const LOOKS: readonly Look[] = [
  'pending',
  'cold',
  'init',
  'restore',
  'busy',
  'idle',
  'reset',
  'reclaimed',
  'throttled',
  'error',
  'ok',
]
/** A restore replaces init, and what is reset waits for init: they have its colour and a pattern of their own. */
const COLOUR_OF: { readonly [look in Look]?: string } = { restore: 'init', reset: 'init' }

/** Reads the tokens as they apply inside `host`. Call it again when the theme changes. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span')
  probe.style.display = 'none'
  host.append(probe)
  const style = getComputedStyle(probe)
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`
    return style.color
  }
  const stroke = {} as { [look in Look]: string }
  const fill = {} as { [look in Look]: string }
  for (const look of LOOKS) {
    const name = COLOUR_OF[look] ?? look
    stroke[look] = colour(`--s-${name}`)
    fill[look] = look === 'reset' ? colour('--c-panel') : colour(`--s-${name}-fill`)
  }
  const palette: Palette = {
    ink: colour('--c-ink'),
    ink2: colour('--c-ink-2'),
    ink3: colour('--c-ink-3'),
    line: colour('--c-line'),
    panel: colour('--c-panel'),
    now: colour('--c-now'),
    nowSoft: colour('--c-now-soft'),
    onNow: colour('--c-on-now'),
    stroke,
    fill,
    pattern: {
      ...tile('cold', 7, (c) => hatch(c, 7, fill.cold, stroke.cold, false)),
      ...tile('init', 6, (c) => hatch(c, 6, fill.init, stroke.init, true)),
      ...tile('restore', 4, (c) => stripes(c, 4, fill.restore, stroke.restore)),
      ...tile('pending', 5, (c) => dots(c, fill.pending, stroke.pending)),
    },
    dead: colour('--s-dead'),
    retry: colour('--s-retry'),
    futureOpacity: Number(getComputedStyle(host).getPropertyValue('--future-opacity')) || 0.44,
    mono: getComputedStyle(host).getPropertyValue('--font-mono').trim() || 'monospace',
    ui: getComputedStyle(host).getPropertyValue('--font-ui').trim() || 'sans-serif',
  }
  probe.remove()
  return palette
}

function tile(
  look: Look,
  size: number,
  draw: (c: CanvasRenderingContext2D) => void,
): { [look in Look]?: CanvasPattern } {
  // Drawn at the screen's own density, so that hatches stay sharp; the pattern is scaled back when used.
  const scale = Math.max(1, Math.round(devicePixelRatio || 1))
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * scale
  const c = canvas.getContext('2d')
  if (c === null) return {}
  c.scale(scale, scale)
  draw(c)
  const pattern = c.createPattern(canvas, 'repeat')
  if (pattern === null) return {}
  pattern.setTransform(new DOMMatrix().scale(1 / scale))
  return { [look]: pattern }
}

/** 45 degree lines; `pitch` is the tile's edge, so lines are pitch / sqrt(2) apart. */
function hatch(c: CanvasRenderingContext2D, pitch: number, ground: string, line: string, crossed: boolean): void {
  c.fillStyle = ground
  c.fillRect(0, 0, pitch, pitch)
  c.strokeStyle = line
  c.lineWidth = crossed ? 0.9 : 1.1
  c.beginPath()
  for (let i = -1; i <= 1; i++) {
    c.moveTo(i * pitch - 1, pitch + 1)
    c.lineTo(i * pitch + pitch + 1, -1)
    if (crossed) {
      c.moveTo(i * pitch - 1, -1)
      c.lineTo(i * pitch + pitch + 1, pitch + 1)
    }
  }
  c.stroke()
}

/** Level lines, one each `pitch` px. */
function stripes(c: CanvasRenderingContext2D, pitch: number, ground: string, line: string): void {
  c.fillStyle = ground
  c.fillRect(0, 0, pitch, pitch)
  c.fillStyle = line
  c.fillRect(0, pitch / 2, pitch, 1)
}

function dots(c: CanvasRenderingContext2D, ground: string, dot: string): void {
  c.fillStyle = ground
  c.fillRect(0, 0, 5, 5)
  c.fillStyle = dot
  c.beginPath()
  c.arc(2, 2, 1, 0, 7)
  c.fill()
}
