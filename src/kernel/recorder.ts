import { RowKind, ROWS_PER_CHUNK, type Rows } from '../model/recording'
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
  /** Rows are kept while this is set. */
  on = true
  sink: RowSink = () => {}
  /** Reads every chunk before the sink gets it; belongs to the engine. */
  tap: RowSink = () => {}
  #rows: Rows | null = null
  readonly #spare: Rows[] = []

  /** Adds a row and returns its index. Times in µs. */
  emit(
    kind: RowKind,
    at: number,
    until: number,
    resource: number,
    subject: number,
    code: number,
    value: number,
  ): number {
    const index = this.count++
    if (this.on) {
      let rows = this.#rows
      if (rows === null) rows = this.#rows = this.#fresh(index)
      const i = rows.length++
      rows.at[i] = at
      rows.until[i] = until
      rows.value[i] = value
      rows.kind[i] = kind
      rows.code[i] = code
      rows.resource[i] = resource
      rows.subject[i] = subject
      rows.trace[i] = this.trace
      rows.cause[i] = this.cause
      if (rows.length === ROWS_PER_CHUNK) this.flush()
    }
    this.cause = index
    return index
  }

  /** Takes a chunk back from a sink that needs it no more: filling it again is cheaper than a new one. */
  recycle(rows: Rows): void {
    if (rows.at.length === ROWS_PER_CHUNK) this.#spare.push(rows)
  }

  #fresh(first: number): Rows {
    const spare = this.#spare.pop()
    return spare === undefined ? newRows(first, ROWS_PER_CHUNK) : { ...spare, first, length: 0 }
  }

  /** Hands over what is recorded so far. */
  flush(): void {
    if (this.#rows === null || this.#rows.length === 0) return
    const rows = this.#rows
    this.#rows = null
    this.tap(rows)
    this.sink(rows)
  }

  save(): { count: number } {
    return { count: this.count }
  }

  load(image: unknown): void {
    this.count = (image as { count: number }).count
    this.cause = -1
    this.trace = -1
    this.#rows = null
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
