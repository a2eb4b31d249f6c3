/** Names of what is drawn, for assistive technology and tooltips. */
import type { Attachment, DrawnEdge, DrawnNode, Drawing } from '../drawing'
import { TOKEN_NAMES } from '../model/recording'
import type { FaceData, SlotState } from './types'
import { releaseWords } from './faces/shares'

/** `Worker, function, 4 of 5 environments in use` */
export function nameOf(node: DrawnNode, data: FaceData, attachments: readonly Attachment[] = []): string {
  const parts = [node.label, node.silhouette === 'deadLetter' ? 'dead-letter queue' : node.kind.label.toLowerCase()]
  const { access, exit } = node.container ?? {}
  if (access !== undefined) parts.push(exit === undefined ? access : `${access}: ${exit}`)
  if (node.container?.range !== undefined) parts.push(node.container.range)
  if (node.type === 'eni') parts.push(node.typeLine)
  if (data.hidden === true) parts.push('results hidden until you predict')
  else {
    const state = stateOf(data, node.type === 'AWS::AutoScaling::AutoScalingGroup')
    if (state !== '') parts.push(state)
    for (const badge of data.badges) parts.push(badge.reason.replace(/\.$/, ''))
  }
  parts.push(...attachments.flatMap((attachment) => rowWords(attachment, data)))
  if (attachments.some(({ row }) => row) && data.hidden !== true)
    parts.push(`${data.unmatched ?? 0} ${node.type === 'AWS::SNS::Topic' ? 'wanted by no one' : 'matched no rule'}`)
  const attached = attachments.flatMap(({ label, release, row }) => ((release ?? row) === undefined ? [label] : []))
  if (attached.length > 0) parts.push(`with ${attached.join(', ')}`)
  return [...parts, ...releaseWords(attachments, data)].join(', ')
}

/** What a node should be noticed for: dead letters, a shard that is stuck, groups that wait. */
export function alertOf(data: FaceData): string | undefined {
  if (data.hidden === true) return undefined
  return data.dead?.words ?? data.lanes?.find(({ state }) => state !== undefined)?.says ?? data.groups
}

/** `rule Placed, shop, order.placed: 18` */
function rowWords({ id, label, kind, row }: Attachment, data: FaceData): string[] {
  if (row === undefined) return []
  const { line = row.line, value } = (data.hidden === true ? undefined : data.rows?.[id]) ?? {}
  return [
    `${kind.label.toLowerCase()} ${label}, ${row.off ? 'disabled, ' : ''}${line}${value === undefined ? '' : `: ${value}`}`,
  ]
}

const IN_USE: ReadonlySet<SlotState> = new Set(['busy', 'init', 'restore', 'cold'])

function stateOf(data: FaceData, fleet: boolean): string {
  const { slots, levels } = data
  if (data.state === 'pending') return 'pending'
  if (slots !== undefined) {
    const living = slots.filter((slot) => slot.state !== 'reclaimed' && slot.state !== 'throttled')
    const busy = living.filter(({ state }) => IN_USE.has(state)).length
    const limit = data.quota === undefined ? '' : `, ${data.quota.words}`
    return `${busy} of ${living.length} ${fleet ? 'instances' : 'environments'} in use${limit}`
  }
  if (data.dead !== undefined) return data.dead.words
  if (levels.visible !== undefined)
    return [
      `${levels.visible} waiting`,
      `${levels.inFlight ?? 0} in flight`,
      ...((levels.delayed ?? 0) > 0 ? [`${levels.delayed} delayed`] : []),
      ...[data.back, data.groups, data.line].filter((text) => text !== undefined),
    ].join(', ')
  if (data.lanes !== undefined)
    return [data.line, ...data.lanes.map(({ says }) => says), data.moreLanes].filter(Boolean).join(', ')
  if (levels.items !== undefined) return `${levels.items} ${levels.items === 1 ? 'item' : 'items'}`
  return [
    data.line,
    ...(data.facts ?? []).map(({ before, value, after }) => [before, value, after].filter(Boolean).join(' ')),
  ]
    .filter(Boolean)
    .join(', ')
}

/** `from Orders to Worker, batch 10` */
export function edgeName(edge: DrawnEdge, drawing: Drawing): string {
  const from = drawing.nodeById.get(edge.from)?.label ?? edge.from
  const to = drawing.nodeById.get(edge.to)?.label ?? edge.to
  if (edge.connection === null) return `network interface of ${from}`
  const what = edge.label === '' ? edge.connection.action : edge.label
  return `from ${from} to ${to}, ${what}${edge.style === 'async' ? ', asynchronous' : ''}`
}

const TOKEN_WORDS: { readonly [name in (typeof TOKEN_NAMES)[number]]: string } = {
  event: 'Event',
  message: 'Message',
  batch: 'Batch',
  request: 'Request',
  response: 'Response',
  retry: 'Retry',
  throttled: 'Refused',
  error: 'Error',
  deadLetter: 'Dead letter',
  blocked: 'Blocked packet',
}

/** `Batch of 10 from Orders to Worker` */
export function tokenName(shape: number, count: number, edge: DrawnEdge, drawing: Drawing): string {
  const name = TOKEN_NAMES[shape]
  const word = name === undefined ? 'Event' : TOKEN_WORDS[name]
  const from = drawing.nodeById.get(edge.from)?.label ?? edge.from
  const to = drawing.nodeById.get(edge.to)?.label ?? edge.to
  return `${word}${count > 1 ? ` of ${count}` : ''} from ${from} to ${to}`
}

/** React Flow's own texts. Its keyboard handling is off, so most are never read. */
export const FLOW_TEXTS = {
  'node.a11yDescription.default': 'Press Enter to open it.',
  'node.a11yDescription.keyboardDisabled': 'Press Enter to open it.',
  'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }: { direction: string; x: number; y: number }) =>
    `Moved ${direction} to ${x}, ${y}.`,
  'edge.a11yDescription.default': 'Press Enter to open it, Delete to remove it.',
  'controls.ariaLabel': 'View',
  'controls.zoomIn.ariaLabel': 'Zoom in',
  'controls.zoomOut.ariaLabel': 'Zoom out',
  'controls.fitView.ariaLabel': 'Fit the drawing',
  'controls.interactive.ariaLabel': 'Lock the drawing',
  'minimap.ariaLabel': 'Map of the drawing',
  'handle.ariaLabel': 'Port',
}
