import { RowKind, ROWS_PER_CHUNK, type Rows } from '../model/recording'
import type { Clock } from './clock'
import type { Stateful } from './stateful'

/** Receives full chunks. The recorder never touches a chunk again once it was handed over. */
export type RowSink = (rows: Rows) => void

/**
 * Appends rows to the log of a run. Row indices count whether rows are kept or not, so a run without recording, or one
 * resumed for a window of detail, gives every row the same index.
 */
export class Recorder implements Stateful {
  /** Rows emitted so far. */
  count = 0
  /** Row that explains what happens now; -1 for none. Emitting a row makes it the cause of what follows. */
  cause = -1
  /** Root event being handled; -1 for none. */
  trace = -1
  /** Root events so far. */
  roots = 0
  /** Rows are kept while this is set. */
  on = true
  /**
   * Nobody reads rows any more, only their totals: states are left out, of the rest no times, traces and causes are written, and `cause` holds the
   * row's index. `first` of such a chunk is -1. To be set where no row is waiting: in a sink, or after a flush.
   */
  brief = false
  sink: RowSink = () => {}
  /** Reads every chunk before the sink gets it; belongs to the engine. */
  tap: RowSink = () => {}
  /** Rows written and not yet handed over. */
  #length = 0
  // columns of the chunk that is being filled
  #rows = newRows(0, ROWS_PER_CHUNK)
  #at = this.#rows.at
  #until = this.#rows.until
  #value = this.#rows.value
  #kind = this.#rows.kind
  #code = this.#rows.code
  #resource = this.#rows.resource
  #subject = this.#rows.subject
  #traces = this.#rows.trace
  #causes = this.#rows.cause
  readonly #spare: Rows[] = []
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Adds a row that begins now and lasts `lasting` µs, and returns its index. */
  emit(kind: RowKind, resource: number, subject: number, code: number, value: number, lasting = 0): number {
    const index = this.count++
    if (this.brief) this.#note(kind, resource, subject, code, value, index)
    else if (this.on) {
      const i = this.#length++
      const { now } = this.#clock
      this.#at[i] = now
      this.#until[i] = now + lasting
      this.#value[i] = value
      this.#kind[i] = kind
      this.#code[i] = code
      this.#resource[i] = resource
      this.#subject[i] = subject
      this.#traces[i] = this.trace
      this.#causes[i] = this.cause
      if (i === ROWS_PER_CHUNK - 1) this.#handOver(index - i)
    }
    this.cause = index
    return index
  }

  #note(kind: RowKind, resource: number, subject: number, code: number, value: number, index: number): void {
    if (kind === RowKind.state) return
    const i = this.#length++
    this.#value[i] = value
    this.#kind[i] = kind
    this.#code[i] = code
    this.#resource[i] = resource
    this.#subject[i] = subject
    this.#causes[i] = index
    if (i === ROWS_PER_CHUNK - 1) this.#handOver(-1)
  }

  /** Takes a chunk back from a sink that needs it no more: filling it again is cheaper than a new one. */
  recycle(rows: Rows): void {
    if (rows.at.length === ROWS_PER_CHUNK) this.#spare.push(rows)
  }

  /** Hands over what is recorded so far. */
  flush(): void {
    if (this.#length > 0) this.#handOver(this.brief ? -1 : this.count - this.#length)
  }

  #handOver(first: number): void {
    const rows = this.#rows
    rows.first = first
    rows.length = this.#length
    this.#length = 0
    const next = (this.#rows = this.#spare.pop() ?? newRows(0, ROWS_PER_CHUNK))
    this.#at = next.at
    this.#until = next.until
    this.#value = next.value
    this.#kind = next.kind
    this.#code = next.code
    this.#resource = next.resource
    this.#subject = next.subject
    this.#traces = next.trace
    this.#causes = next.cause
    this.tap(rows)
    this.sink(rows)
  }

  /** What follows belongs to a new root event. */
  newTrace(): void {
    this.trace = this.roots++
  }

  save(): { count: number; roots: number } {
    return { count: this.count, roots: this.roots }
  }

  load(image: unknown): void {
    const { count, roots } = image as { count: number; roots: number }
    this.count = count
    this.roots = roots
    this.cause = -1
    this.trace = -1
    this.#length = 0
  }
}

/** An empty chunk with room for `capacity` rows. */
export function newRows(first: number, capacity: number): Rows {
  return {
    first,
    length: 0,
    at: new Float64Array(capacity),
    until: new Float64Array(capacity),
    value: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    code: new Uint16Array(capacity),
    resource: new Uint16Array(capacity),
    subject: new Int32Array(capacity),
    trace: new Int32Array(capacity),
    cause: new Int32Array(capacity),
  }
}

export { RowKind }
