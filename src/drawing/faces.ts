/** Fixed sizes and ports per silhouette and extent (visual.md 6): never measured from content. */
import type { Kind, Silhouette } from '../services/service'
import type { Attachment, Extent, Port, Shape } from './types'

export const HEADER = 44
export const RULE_ROW = 40
export const UNMATCHED_ROW = 41
export const BUS_HEADER = 45
export const COLLAPSED = { w: 148, h: 44 }
export const WIDE_W = 404
export const ENI_SIZE = { w: 164, h: 28 }
export const GATE_H = 28
export const EMPTY_CONTAINER = { w: 248, h: 124 }

const SIZES: { readonly [silhouette in Silhouette]: { readonly w: number; readonly h: number } } = {
  actor: { w: 148, h: 44 },
  plain: { w: 148, h: 48 },
  bus: { w: 152, h: BUS_HEADER },
  queue: { w: 148, h: 96 },
  deadLetter: { w: 148, h: 48 },
  store: { w: 148, h: 48 },
  device: { w: 132, h: 40 },
  gate: { w: 140, h: GATE_H },
}

export function shapeOf(kind: Kind): Shape {
  if (kind.drawn === 'container') return 'container'
  if (kind.silhouette === 'gate') return 'gate'
  return kind.silhouette === 'device' ? 'chip' : 'node'
}

export function sizeOf(
  kind: Kind,
  silhouette: Silhouette,
  extent: Extent,
  label: string,
  rows: number,
): { w: number; h: number } {
  // about 6.6 px a character at 11.5 px semibold; capsules are as long as their name, within bounds
  if (silhouette === 'gate')
    return { w: Math.min(200, Math.max(84, Math.ceil((label.length * 6.6 + 40) / 4) * 4)), h: GATE_H }
  if (silhouette === 'deadLetter') return SIZES.deadLetter
  const normal = kind.size ?? SIZES[silhouette]
  if (extent === 'collapsed') return { w: COLLAPSED.w, h: HEADER }
  if (silhouette === 'bus') return { w: normal.w, h: BUS_HEADER + RULE_ROW * rows + (rows === 0 ? 0 : UNMATCHED_ROW) }
  return extent === 'wide' && normal.w > COLLAPSED.w ? { w: WIDE_W, h: normal.h } : { w: normal.w, h: normal.h }
}

export function extentFor(kind: Kind, width: number | undefined): Extent {
  if (width === undefined || kind.drawn === 'container') return 'normal'
  const normal = kind.size ?? SIZES[kind.silhouette ?? 'plain']
  if (width <= COLLAPSED.w && normal.h > HEADER + 4) return 'collapsed'
  return width >= WIDE_W && normal.w > COLLAPSED.w ? 'wide' : 'normal'
}

export function portsOf(
  shape: Shape,
  silhouette: Silhouette,
  size: { w: number; h: number },
  rows: readonly Attachment[],
  extent: Extent,
  subnet: boolean,
): Port[] {
  if (shape === 'container') return containerPorts(size, subnet)
  const row = Math.min(size.h / 2, 48)
  const middle = size.w / 2
  const sides: Port[] = [
    { id: 'in', side: 'left', at: row, role: 'in', shown: shape === 'node' },
    { id: 'top', side: 'top', at: middle, role: 'in', shown: false },
    { id: 'bottom', side: 'bottom', at: middle, role: 'out', shown: false },
  ]
  if (silhouette === 'bus' && extent !== 'collapsed') {
    const out: Port[] = rows.map((rule, i) => ({
      id: rule.id,
      side: 'right',
      at: BUS_HEADER + RULE_ROW * i + 21,
      role: 'out',
      shown: true,
    }))
    return [...sides, { id: 'out', side: 'right', at: 24, role: 'out', shown: true }, ...out]
  }
  if (silhouette === 'bus')
    sides.push(...rows.map((rule): Port => ({ id: rule.id, side: 'right', at: row, role: 'out', shown: false })))
  sides.push({ id: 'out', side: 'right', at: row, role: 'out', shown: shape === 'node' && silhouette !== 'store' })
  if (silhouette === 'queue' || silhouette === 'plain') {
    sides.push({ id: 'failure', side: 'bottom', at: middle, role: 'out', shown: true })
  }
  return sides
}

/** The attachments drawn as rows of a bus: its rules. */
export function rowsOf(silhouette: Silhouette, attachments: readonly Attachment[] | undefined): Attachment[] {
  return silhouette === 'bus' ? (attachments ?? []).filter((attachment) => attachment.kind.category === 'events') : []
}

/** Routes leave subnets; nothing else starts at a container. */
function containerPorts(size: { w: number; h: number }, subnet: boolean): Port[] {
  return [
    { id: 'in', side: 'left', at: size.h / 2, role: 'in', shown: false },
    { id: 'top', side: 'top', at: size.w / 2, role: 'in', shown: false },
    { id: 'out', side: 'right', at: size.h / 2, role: 'out', shown: subnet },
    { id: 'bottom', side: 'bottom', at: size.w / 2, role: 'out', shown: false },
  ]
}
