/** Events to test a pattern against: of the run, of the library, and one of the learner's own. */
import { RowKind, Token } from '../../model/recording'
import { isObject, objectOf } from '../../model/json'
import type { Json, LogicalId } from '../../model/scenario'
import { seen } from '../../services/seen'
import { contentOf } from '../../state/run/content'
import type { RunStore } from '../../state/run/runStore'
import { leavesOf } from './from-event'
import type { Subject } from './subject'

export interface Tested {
  /** Unique in its list. */
  readonly id: string
  readonly title: string
  readonly note: string
  /** When it left for where it arrives (µs); of the run only. */
  readonly at?: number
  readonly event: Json
}

/** Events of the run that are looked at. */
const MOST = 200
const TRAVELS: ReadonlySet<number> = new Set([Token.event, Token.message, Token.batch, Token.request, Token.retry])
const FETCHES = /^(sqs:(Receive|Delete|Change|Get)|kinesis:(Get|Subscribe)|dynamodb:(Get|Query|Scan))/

export interface Arrivals {
  /** Hop rows, in order of time. */
  readonly rows: readonly number[]
  /** How many there are in what is known of the run in detail. */
  readonly of: number
}

/** Hops of the run that brought something to where the pattern looks: those just before `now` (µs), else the first. */
export function arrivals(
  run: Pick<RunStore, 'wires' | 'stretches'>,
  subject: Pick<Subject, 'as' | 'at' | 'reader'>,
  now: number,
): Arrivals {
  const read = subject.as === 'record' || subject.as === 'change'
  const wires = new Set(
    run.wires.flatMap(({ from, to, action }, wire) => {
      const fetched = FETCHES.test(action)
      return to === subject.at && (read ? fetched && from === subject.reader : !fetched) ? [wire] : []
    }),
  )
  const rows: number[] = []
  let before = 0
  for (const { hops } of run.stretches())
    for (let i = 0; i < hops.at.length; i++) {
      const token = hops.token.at(i)
      if (!wires.has(hops.wire.at(i)) || (read ? token !== Token.response : !TRAVELS.has(token))) continue
      if (rows.length > 0 && hops.row.at(i) <= rows.at(-1)!) continue
      rows.push(hops.row.at(i))
      if (hops.at.at(i) <= now) before = rows.length
    }
  const from = Math.max(0, Math.min(before - MOST, rows.length - MOST))
  return { rows: rows.slice(from, from + MOST), of: rows.length }
}

/** What arrived, as the pattern sees it. Asks the worker; rows of a run that is over by then are left out. */
export async function recorded(
  run: RunStore,
  subject: Pick<Subject, 'as' | 'at'>,
  rows: readonly number[],
  seed: number,
): Promise<Tested[]> {
  const contents = await contentOf(rows)
  return contents
    .flatMap((content, i): Tested[] => {
      if (content === null) return []
      const row = rows[i]!
      const which = { seed, trace: run.rowAt(row)?.trace ?? 0, at: run.timeOfRow(row) }
      const parts =
        subject.as === 'change'
          ? recordsIn(content.body)
          : subject.as === 'record'
            ? (content.items ?? []).map((body) => seen('record', { body }, which))
            : [seen(subject.as, content, which)]
      return parts.flatMap((event, part) =>
        event === null ? [] : [{ id: `${row}.${part}`, at: which.at, event, ...named(event) }],
      )
    })
    .slice(0, MOST)
}

/** The hop of the newest event until `now` (µs) that no rule of a bus took; null when each found one. */
export function unmatchedRow(
  run: Pick<RunStore, 'head' | 'lastReasons' | 'causes' | 'wires'>,
  bus: LogicalId,
  now: number,
): number | null {
  const code = run.head.reasons.indexOf('eventbridge.unmatched')
  const reason = run.lastReasons(bus, now, LOOKED).find((each) => each.code === code)
  return reason === undefined ? null : hopTo(run, bus, reason.row)
}
const LOOKED = 500

/** The last hop to a resource among the causes of a row. */
export function hopTo(run: Pick<RunStore, 'causes' | 'wires'>, resource: LogicalId, row: number): number | null {
  const found = run
    .causes(row)
    .findLast(({ kind, subject }) => kind === RowKind.hop && run.wires[subject]?.to === resource)
  return found?.index ?? null
}

const recordsIn = (body: Json): readonly Json[] => {
  const records = objectOf(body)['Records']
  return Array.isArray(records) ? records : []
}

/** The library, as far as it is about what the pattern sees. */
export async function samples(subject: Subject): Promise<Tested[]> {
  const { SAMPLES } = await import('../../events/samples')
  return SAMPLES.flatMap((sample): Tested[] => {
    const event = subject.as === 'event' ? (sample.source === undefined ? null : sample.event) : inside(subject, sample)
    return event === null ? [] : [{ id: sample.id, title: sample.title, note: sample.source ?? sample.service, event }]
  })
}

function inside({ as }: Subject, { event, decoded }: { event: Json; decoded?: Json }): Json | null {
  const [record] = recordsIn(event).map(objectOf)
  if (record === undefined) return null
  const text = record['body']
  if (as === 'message' && typeof text === 'string') return { ...record, body: JSON.parse(text) as Json }
  if (as === 'record' && isObject(record['kinesis']))
    return { ...record['kinesis'], data: decoded ?? null, eventSource: 'aws:kinesis' }
  if (as === 'change' && isObject(record['dynamodb'])) return record
  const sns = record['Sns']
  if (as === 'body' && isObject(sns)) return JSON.parse(String(sns['Message'])) as Json
  return null
}

/** How an event is called in a list: an event of a bus by its kind, others by their first values. */
export function named(event: Json): { title: string; note: string } {
  const { source, 'detail-type': type } = objectOf(event)
  if (typeof source === 'string' && typeof type === 'string') return { title: type, note: source }
  const values = leavesOf(event)
    .filter(({ path }) => !/^(attributes|eventSource|eventID|messageId)|(MessageId|Arn|Timestamp)$/.test(path))
    .slice(0, 3)
    .map(({ path, value }) => `${path.split('.').at(-1)} ${String(value)}`)
  return { title: values.join(' · ') || 'Empty', note: '' }
}
