/** The way of one event, hop by hop. */
import { RowKind, Token, type EventContent } from '../../../model/recording'
import type { Json } from '../../../model/scenario'
import type { RowSource } from '../../../state/run/logs/logIndex'
import type { TraceIndex } from '../../../state/run/traces/traceIndex'
import { withBatches } from '../../../state/run/traces/withBatches'
import { compare, type Compared } from './compare'

export interface EventHop {
  readonly row: number
  /** µs */
  readonly at: number
  readonly action: string
  readonly token: number
  readonly count: number
  /** Resource ids in the direction of travel: an answer goes from who was called. */
  readonly from: string
  readonly to: string
  readonly answers: boolean
}

const ANSWERS: readonly number[] = [Token.response, Token.throttled, Token.error]
/** Rows of one trace that are read, and hops of it that are shown; what has more goes round in circles. */
const MOST_ROWS = 5_000
const MOST_HOPS = 200
/** Envelopes within envelopes. */
const MOST_LAYERS = 5
/** What only keeps the machinery going: polls, and the end of messages. */
const QUIET = /:(ReceiveMessage|GetRecords|SubscribeToShard|DeleteMessage)$/

/** The hop of a row; null when it is none or its detail is not kept. */
export function hopOf(source: RowSource, row: number): EventHop | null {
  const columns = source.columns(row)
  if (columns === undefined) return null
  const i = row - columns.first
  if (columns.kind[i] !== RowKind.hop) return null
  const wire = source.names.wires[columns.subject[i]!]
  if (wire === undefined) return null
  const token = columns.code[i]!
  const answers = ANSWERS.includes(token)
  return {
    row,
    at: columns.at[i]!,
    action: wire.action,
    token,
    count: Math.max(1, columns.value[i]!),
    from: answers ? wire.to : wire.from,
    to: answers ? wire.from : wire.to,
    answers,
  }
}

/** Root event a row belongs to; -1 for none. */
export function traceOfRow(source: RowSource, row: number): number {
  const columns = source.columns(row)
  return columns === undefined ? -1 : columns.trace[row - columns.first]!
}

/** The hops of a root event, oldest first, and `asked` among them, whatever it is. */
export function hopsOf(index: TraceIndex, trace: number, asked: number): EventHop[] {
  const place = index.placeOf(trace)
  const rows = place < 0 ? [asked] : withBatches(index, index.rowsOf(place, MOST_ROWS), trace, MOST_ROWS)
  return [...new Set([...rows, asked])]
    .sort((x, y) => x - y)
    .flatMap((row) => hopOf(index.source, row) ?? [])
    .filter((hop) => hop.row === asked || hop.answers || !QUIET.test(hop.action))
    .slice(0, MOST_HOPS)
}

/** What a hop carries, compared with what came in where it starts. */
export interface Told extends EventHop, Compared {
  readonly content: EventContent
  readonly shown: Json
}

/** Leaves out answers that carry nothing, but `asked`. `contents`: of the hops; null for what is not known. */
export function toldOf(
  hops: readonly EventHop[],
  contents: readonly (EventContent | null)[],
  asked: number,
): readonly Told[] {
  const told: Told[] = []
  /** What travelled and the events within it, the outermost first, by hop. */
  const layers = new Map<number, readonly Json[]>()
  hops.forEach((hop, i) => {
    const content = contents[i]
    if (content === null || content === undefined) return
    const shown: Json = content.text ?? content.body
    if (shown === null && hop.row !== asked) return
    const before = told.findLast(({ to }) => to === hop.from)
    const known = (before === undefined ? undefined : layers.get(before.row)) ?? []
    const compared = compare(known, shown)
    const { kind } = compared.comparison
    const within =
      kind === 'same' ? known.slice(compared.base + 1) : kind === 'wrapped' ? known.slice(compared.base) : []
    layers.set(hop.row, shown === null ? [] : [shown, ...within].slice(0, MOST_LAYERS))
    told.push({ ...hop, ...compared, content, shown })
  })
  return told
}
