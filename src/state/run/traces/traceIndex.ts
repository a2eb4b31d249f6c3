import { Outcome, ROWS_PER_CHUNK, RowKind, Token, type Rows } from '../../../model/recording'
import type { RowSource } from '../logs/logIndex'
import type { Resource, Scenario } from '../../../model/scenario'
import { toMicros } from '../../../model/units'
import { bytes, floats, ints } from '../numberList'
import { Batches } from './batches'
import { ResourceSets } from './resourceSets'

/** What happened in a trace, as bits. */
export const Flag = { error: 1, throttle: 2, cold: 4, retry: 8, deadLetter: 16 } as const
export type Flag = (typeof Flag)[keyof typeof Flag]

const TOKEN_FLAGS: { readonly [token: number]: number } = {
  [Token.retry]: Flag.retry,
  [Token.throttled]: Flag.throttle,
  [Token.error]: Flag.error,
  [Token.blocked]: Flag.error,
  [Token.deadLetter]: Flag.deadLetter,
}

const FLAG_OF = { ok: 0, failed: Flag.error, throttled: Flag.throttle } as const

/** Time (µs) after which a message sent to a standard queue is seen; -1 for other queues and what is no queue. */
function delayOf(resource: Resource | undefined): number {
  if (resource?.Type !== 'AWS::SQS::Queue' || resource.Properties?.['FifoQueue'] === true) return -1
  const delay = resource.Properties?.['DelaySeconds']
  return typeof delay === 'number' ? toMicros(delay) : 0
}

/** The root events of a stretch of a run, each with its rows, found in slices. Times in µs. */
export class TraceIndex {
  readonly source: RowSource
  /** Number of the root event, by order of its first row. */
  readonly trace = ints(256)
  readonly start = floats(256)
  readonly end = floats(256)
  readonly flags = bytes(256)
  /** Set of resources it touched: see `resourcesOf`. */
  readonly touched = ints(256)
  readonly rows = ints(256)
  scanned: number
  missing = 0
  readonly #place: number[] = []
  /** Rows of traces as linked lists: the row, and where the next one of the same trace stands. */
  readonly #row = ints(1_024)
  readonly #next = ints(1_024)
  readonly #first = ints(256)
  readonly #last = ints(256)
  readonly #sets = new ResourceSets()
  readonly #batches: Batches

  constructor(source: RowSource, scenario: Pick<Scenario, 'resources'>) {
    this.source = source
    this.scanned = source.firstRow
    const sink = {
      link: (trace: number, row: number) => {
        const place = this.placeOf(trace)
        if (place >= 0) this.#append(place, row)
      },
      touch: (trace: number, resource: number) => this.#touch(this.placeOf(trace), resource),
      lasted: (trace: number, until: number, how: 'ok' | 'failed' | 'throttled') => {
        const place = this.placeOf(trace)
        if (place >= 0) this.#mark(place, until, FLAG_OF[how])
      },
    }
    this.#batches = new Batches(source.names, sink, (queue) => delayOf(scenario.resources[queue]))
  }

  get length(): number {
    return this.trace.length
  }
  get complete(): boolean {
    return this.scanned >= this.source.endRow
  }

  /** Judges up to `most` further rows. */
  scan(most: number): void {
    const { source } = this
    const end = Math.min(source.endRow, this.scanned + most)
    while (this.scanned < end) {
      const rows = source.columns(this.scanned)
      const stop = Math.min(end, (Math.floor(this.scanned / ROWS_PER_CHUNK) + 1) * ROWS_PER_CHUNK)
      if (rows === undefined) this.missing += stop - this.scanned
      else for (let row = this.scanned; row < stop; row++) this.#judge(rows, row - rows.first, row)
      this.scanned = stop
    }
  }

  #judge(rows: Rows, i: number, row: number): void {
    const trace = rows.trace[i]!
    if (trace >= 0) this.#own(rows, i, row, trace)
    // after the trace is known
    this.#batches.row(rows, i, row)
  }

  #own(rows: Rows, i: number, row: number, trace: number): void {
    const kind = rows.kind[i]!
    if (kind === RowKind.level) return
    const code = rows.code[i]!
    const subject = rows.subject[i]!
    let until = rows.until[i]!
    let flags = 0
    let touched = -1
    if (kind === RowKind.hop) {
      const wire = this.source.names.wires[subject]
      // a poller that asks again belongs to nobody's event
      if (wire?.action === 'sqs:ReceiveMessage' && code === Token.request) return
      flags = TOKEN_FLAGS[code] ?? 0
      touched = this.source.names.wireTo(subject)
    } else if (kind === RowKind.span) {
      flags = code === Outcome.ok ? 0 : code === Outcome.throttled ? Flag.throttle : Flag.error
    } else if (kind === RowKind.state) {
      const look = this.source.names.look(subject)
      const state = look?.states[code]
      if (look?.environment === true) {
        if (state === 'provisioning') flags = Flag.cold
        else if (state !== 'warm.busy') until = -1
      } else if (look?.name === 'event') {
        if (state === 'waitingForRetry') flags = Flag.retry
        else if (state === 'waitingForCapacity') flags = Flag.throttle
      } else until = -1
    }
    const place = this.#placeOf(trace, rows.at[i]!, rows.resource[i]!)
    this.#mark(place, until, flags)
    this.#touch(place, touched)
    this.rows.data[place] = this.rows.at(place) + 1
    this.#append(place, row)
  }

  #mark(place: number, until: number, flags: number): void {
    if (until > this.end.at(place)) this.end.data[place] = until
    this.flags.data[place] = this.flags.at(place) | flags
  }
  #touch(place: number, resource: number): void {
    if (place >= 0 && resource >= 0) this.touched.data[place] = this.#sets.with(this.touched.at(place), resource)
  }
  #append(place: number, row: number): void {
    const at = this.#row.length
    this.#row.push(row)
    this.#next.push(-1)
    if (this.#last.at(place) >= 0) this.#next.data[this.#last.at(place)] = at
    else this.#first.data[place] = at
    this.#last.data[place] = at
  }

  #placeOf(trace: number, at: number, resource: number): number {
    const known = this.#place[trace]
    if (known !== undefined) return known
    const place = this.length
    this.#place[trace] = place
    this.trace.push(trace)
    this.start.push(at)
    this.end.push(at)
    this.flags.push(0)
    this.touched.push(this.#sets.with(0, resource))
    this.rows.push(0)
    this.#first.push(-1)
    this.#last.push(-1)
    return place
  }

  /** Where a root event stands; -1 when nothing is known of it. */
  placeOf(trace: number): number {
    return this.#place[trace] ?? -1
  }
  /** Rows of the trace at `place`, oldest first, at most `most`; among them those of other traces that tell about it. */
  rowsOf(place: number, most: number): number[] {
    const found: number[] = []
    for (let at = this.#first.at(place); at >= 0 && found.length < most; at = this.#next.at(at))
      found.push(this.#row.at(at))
    return found
  }
  /** Resources a trace touched, in the order it came to them. */
  resourcesOf(place: number): readonly number[] {
    return this.#sets.members(this.touched.at(place))
  }
  has(place: number, flag: Flag): boolean {
    return (this.flags.at(place) & flag) !== 0
  }
}
