/** Fixed sizes and ports per silhouette and extent (visual.md 6): never measured from content. */
import type { Kind, Silhouette } from '../services/service'
import type { Attachment, Extent, Port, Shape } from './types'

const HEADER = 44
const RULE_ROW = 40
const UNMATCHED_ROW = 41
const BUS_HEADER = 45
const ALIAS_ROW = 30
/** The strip that names the versions. */
const VERSION_STRIP = 28
/** Aliases beyond these are told by the inspector. */
export const MOST_ALIASES = 4
/** Shards that are lanes of a face; the others are told in one line. */
export const MOST_LANES = 4
const LANE_ROW = 17
/** Width of a face with lanes. */
export const LANES_W = 200
export const COLLAPSED = { w: 148, h: 44 }
const WIDE_W = 404
export const ENI_SIZE = { w: 164, h: 28 }
const GATE_H = 28
export const EMPTY_CONTAINER = { w: 248, h: 124 }

const SIZES: { readonly [silhouette in Silhouette]: { readonly w: number; readonly h: number } } = {
  actor: { w: 148, h: 44 },
  plain: { w: 148, h: 48 },
  bus: { w: 152, h: BUS_HEADER },
  queue: { w: 148, h: 112 },
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
  more = 0,
): { w: number; h: number } {
  // about 6.6 px a character at 11.5 px semibold; capsules are as long as their name, within bounds
  if (silhouette === 'gate')
    return { w: Math.min(200, Math.max(84, Math.ceil((label.length * 6.6 + 40) / 4) * 4)), h: GATE_H }
  if (silhouette === 'deadLetter') return SIZES.deadLetter
  const normal = kind.size ?? SIZES[silhouette]
  if (extent === 'collapsed') return { w: COLLAPSED.w, h: HEADER }
  if (silhouette === 'bus') return { w: normal.w, h: BUS_HEADER + RULE_ROW * rows + (rows === 0 ? 0 : UNMATCHED_ROW) }
  const w = extent === 'wide' && normal.w > COLLAPSED.w ? WIDE_W : normal.w
  return { w, h: normal.h + more }
}

/** The aliases that have a row on a function's face. */
export function aliasRows(attachments: readonly Attachment[] | undefined): Attachment[] {
  return (attachments ?? []).filter(({ release }) => release?.kind === 'alias').slice(0, MOST_ALIASES)
}

/** Height that versions and aliases add to a function (px); 0 while it has none. */
export function releasesHeight(attachments: readonly Attachment[] | undefined): number {
  const some = (attachments ?? []).some(({ release }) => release !== undefined)
  return some ? heightOf(aliasRows(attachments).length) : 0
}
const heightOf = (aliases: number): number => Math.min(aliases, MOST_ALIASES) * ALIAS_ROW + VERSION_STRIP

/** Height that the lanes of shards add to a face (px): the worst four, and a line for the others. */
export const lanesHeight = (shards: number): number =>
  shards === 0 ? 0 : 10 + LANE_ROW * Math.min(shards, MOST_LANES + 1)

export function extentFor(kind: Kind, width: number | undefined, shards = 0): Extent {
  if (width === undefined || kind.drawn === 'container') return 'normal'
  const normal = kind.size ?? SIZES[kind.silhouette ?? 'plain']
  if (width <= COLLAPSED.w && normal.h + lanesHeight(shards) > HEADER + 4) return 'collapsed'
  return width >= WIDE_W && normal.w > COLLAPSED.w ? 'wide' : 'normal'
}

/** What can be invoked has ports for what becomes of asynchronous events, and one for each alias. */
interface Invoked {
  readonly is: boolean
  readonly aliases: readonly Attachment[]
}
const NOT_INVOKED: Invoked = { is: false, aliases: [] }

export function portsOf(
  shape: Shape,
  silhouette: Silhouette,
  size: { w: number; h: number },
  rows: readonly Attachment[],
  extent: Extent,
  subnet: boolean,
  invoked: Invoked = NOT_INVOKED,
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
    const title = invoked.is ? { title: 'as dead letters' } : {}
    sides.push({ id: 'failure', side: 'bottom', at: middle, role: 'out', shown: true, ...title })
  }
  return invoked.is ? [...sides, ...invokedPorts(size, row, middle, invoked.aliases, extent)] : sides
}

function invokedPorts(
  size: { h: number },
  row: number,
  middle: number,
  aliases: readonly Attachment[],
  extent: Extent,
): Port[] {
  const hidden = { role: 'out', shown: false } as const
  const below = Math.min(size.h - 12, row + 36)
  const ports: Port[] = [
    { id: 'success', side: 'right', at: below, ...hidden, title: 'record on success', beside: 'out' },
    { id: 'onFailure', side: 'bottom', at: middle, ...hidden, title: 'record on failure', beside: 'failure' },
  ]
  if (extent === 'collapsed') return ports
  const top = size.h - releasesHeight(aliases)
  return [
    ...ports,
    ...aliases.map((alias, i): Port => {
      return { id: alias.id, side: 'left', at: top + ALIAS_ROW * (i + 0.5), role: 'in', shown: false }
    }),
  ]
}

/** The attachments drawn as rows: rules of a bus, subscriptions of a topic. */
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
