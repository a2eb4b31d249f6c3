import { ROWS_PER_CHUNK, type RowKind, type Rows } from '../../model/recording'

/** One row as an object, for the few that are read one by one. Times in µs. */
export interface Row {
  readonly index: number
  readonly at: number
  readonly until: number
  readonly value: number
  readonly kind: RowKind
  readonly code: number
  readonly resource: number
  readonly subject: number
  readonly trace: number
  readonly cause: number
}

interface Chunk {
  rows: Rows
  /** Rows of the chunk that are filled, as offsets. */
  low: number
  high: number
}

const COLUMNS = ['at', 'until', 'value', 'kind', 'code', 'resource', 'subject', 'trace', 'cause'] as const

function newChunk(first: number): Rows {
  return {
    first,
    length: ROWS_PER_CHUNK,
    at: new Float64Array(ROWS_PER_CHUNK),
    until: new Float64Array(ROWS_PER_CHUNK),
    value: new Float64Array(ROWS_PER_CHUNK),
    kind: new Uint8Array(ROWS_PER_CHUNK),
    code: new Uint16Array(ROWS_PER_CHUNK),
    resource: new Uint16Array(ROWS_PER_CHUNK),
    subject: new Int32Array(ROWS_PER_CHUNK),
    trace: new Int32Array(ROWS_PER_CHUNK),
    cause: new Int32Array(ROWS_PER_CHUNK),
  }
}

/**
 * Full rows in chunks aligned to multiples of `ROWS_PER_CHUNK`, so that a row is found by division. At most `limit` chunks are
 * kept: the one farthest from the row in focus goes first.
 */
export class RowChunks {
  /** One more than the highest row index seen. */
  count = 0
  readonly #chunks: (Chunk | undefined)[] = []
  readonly #limit: number
  #kept = 0

  constructor(keepRows: number) {
    this.#limit = Math.max(2, Math.ceil(keepRows / ROWS_PER_CHUNK))
  }

  /** Adds or replaces rows. `focus` is the row that must stay readable. */
  add(rows: Rows, focus: number): void {
    for (let taken = 0; taken < rows.length;) {
      const index = rows.first + taken
      const number = Math.floor(index / ROWS_PER_CHUNK)
      const offset = index - number * ROWS_PER_CHUNK
      const length = Math.min(rows.length - taken, ROWS_PER_CHUNK - offset)
      const known = this.#chunks[number]
      if (offset === 0 && length === ROWS_PER_CHUNK && rows.at.length === ROWS_PER_CHUNK) {
        if (known === undefined) this.#kept++
        this.#chunks[number] = { rows, low: 0, high: length }
      } else {
        const chunk = known ?? { rows: newChunk(number * ROWS_PER_CHUNK), low: offset, high: offset }
        if (known === undefined) this.#kept++
        for (const column of COLUMNS) chunk.rows[column].set(rows[column].subarray(taken, taken + length), offset)
        // Two windows that do not touch cannot both be described by one range: the newer wins.
        const touches = offset <= chunk.high && offset + length >= chunk.low
        chunk.low = touches ? Math.min(chunk.low, offset) : offset
        chunk.high = touches ? Math.max(chunk.high, offset + length) : offset + length
        this.#chunks[number] = chunk
      }
      taken += length
    }
    this.count = Math.max(this.count, rows.first + rows.length)
    this.#drop(focus)
  }

  truncate(keepRows: number): void {
    this.count = Math.min(this.count, keepRows)
    for (let number = this.#chunks.length - 1; number >= 0; number--) {
      const chunk = this.#chunks[number]
      const first = number * ROWS_PER_CHUNK
      if (chunk && first + chunk.high > keepRows) {
        chunk.high = keepRows - first
        if (chunk.high <= chunk.low) {
          this.#chunks[number] = undefined
          this.#kept--
        }
      }
      if (first >= keepRows) this.#chunks.length = number
    }
  }

  has(index: number): boolean {
    const chunk = this.#chunks[Math.floor(index / ROWS_PER_CHUNK)]
    const offset = index % ROWS_PER_CHUNK
    return chunk !== undefined && index >= 0 && offset >= chunk.low && offset < chunk.high
  }

  /** Columns that hold a row, at offset `index % ROWS_PER_CHUNK`; undefined when its detail is not kept. */
  columns(index: number): Rows | undefined {
    return this.has(index) ? this.#chunks[Math.floor(index / ROWS_PER_CHUNK)]!.rows : undefined
  }

  row(index: number): Row | undefined {
    const rows = this.columns(index)
    if (rows === undefined) return undefined
    const i = index % ROWS_PER_CHUNK
    return {
      index,
      at: rows.at[i]!,
      until: rows.until[i]!,
      value: rows.value[i]!,
      kind: rows.kind[i]! as RowKind,
      code: rows.code[i]!,
      resource: rows.resource[i]!,
      subject: rows.subject[i]!,
      trace: rows.trace[i]!,
      cause: rows.cause[i]!,
    }
  }

  #drop(focus: number): void {
    while (this.#kept > this.#limit) {
      // Chunks farthest from the focus are at one of the two ends; the newest one stays, because rows are still added to it.
      const newest = Math.floor((this.count - 1) / ROWS_PER_CHUNK)
      const centre = Math.floor(focus / ROWS_PER_CHUNK)
      let low = 0
      let high = newest - 1
      while (low < high && this.#chunks[low] === undefined) low++
      while (high > low && this.#chunks[high] === undefined) high--
      const victim = Math.abs(low - centre) >= Math.abs(high - centre) ? low : high
      if (this.#chunks[victim] === undefined) return
      this.#chunks[victim] = undefined
      this.#kept--
    }
  }
}
