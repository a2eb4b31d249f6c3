import { glyphSvg } from '../src/ui/glyph-paths'
import type { GlyphName } from '../src/ui/glyph-paths'
import type { Drawing, DrawnNode } from '../src/drawing'

const W = 286
const H = 118
const PAD = 14

/** A drawing in miniature as SVG markup, in theme colours. Made from our own numbers only: labels are left out. */
export function thumbnail({ nodes, edges, bounds }: Drawing): string {
  const scale = Math.min((W - 2 * PAD) / Math.max(1, bounds.w), (H - 2 * PAD) / Math.max(1, bounds.h), 0.42)
  const x = (value: number): number => round((value - bounds.x - bounds.w / 2) * scale + W / 2)
  const y = (value: number): number => round((value - bounds.y - bounds.h / 2) * scale + H / 2)
  const wires = edges
    .filter((edge) => edge.style !== 'tether')
    .map((edge) => {
      const from = nodes.find(({ id }) => id === edge.from)
      const to = nodes.find(({ id }) => id === edge.to)
      if (from === undefined || to === undefined) return ''
      const start = { x: x(from.rect.x + from.rect.w), y: y(from.rect.y + from.rect.h / 2) }
      const end = { x: x(to.rect.x), y: y(to.rect.y + to.rect.h / 2) }
      const middle = round((start.x + end.x) / 2)
      const dash = edge.style === 'async' ? ' stroke-dasharray="3 2.5"' : ''
      return `<path d="M${start.x} ${start.y}H${middle}V${end.y}H${end.x}" fill="none" stroke="var(--c-wire)" stroke-width="1.2"${dash}/>`
    })
  const boxes = nodes.map((node) =>
    box(node, x(node.rect.x), y(node.rect.y), round(node.rect.w * scale), round(node.rect.h * scale)),
  )
  return `<svg viewBox="0 0 ${W} ${H}" preserveAspectRatio="xMidYMid meet">${boxes.filter((_, i) => nodes[i]!.shape === 'container').join('')}${wires.join('')}${boxes.filter((_, i) => nodes[i]!.shape !== 'container').join('')}</svg>`
}

function box(node: DrawnNode, x: number, y: number, w: number, h: number): string {
  const access = node.container?.access
  if (node.shape === 'container') {
    const fill = access === 'public' ? 'var(--s-public-fill)' : access === 'private' ? 'var(--s-private-fill)' : 'none'
    const dash = node.container?.level === 'zone' ? ' stroke-dasharray="3 2"' : ''
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="4" fill="${fill}" stroke="var(--c-line-control)"${dash}/>`
  }
  const radius = node.silhouette === 'actor' || node.silhouette === 'gate' ? h / 2 : 3
  const size = Math.max(8, Math.min(14, h - 4))
  const frame = `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${round(radius)}" fill="var(--c-node)" stroke="var(--c-node-line)"/>`
  const tall = node.type === 'AWS::Lambda::Function' && h > 30
  const glyph = `<g color="var(--c-ink)">${glyphSvg(node.glyph as GlyphName, { x: tall ? x + 5 : x + w / 2 - size / 2, y: tall ? y + 4 : y + h / 2 - size / 2, size })}</g>`
  return frame + glyph + (tall ? slots(x, y, w, h) : '')
}

/** Four slots in the four temperatures: what a function's face is about. */
function slots(x: number, y: number, w: number, h: number): string {
  const states = ['busy', 'busy', 'idle', 'init', 'cold'] as const
  const side = Math.min(11, (w - 14) / states.length - 2)
  return states
    .map((state, i) => {
      const left = round(x + 6 + i * (side + 2))
      const top = round(y + h - side - 6)
      return `<rect x="${left}" y="${top}" width="${round(side)}" height="${round(side)}" rx="1.5" fill="var(--s-${state}-fill)" stroke="var(--s-${state})"/>`
    })
    .join('')
}

const round = (value: number): number => Math.round(value * 10) / 10
