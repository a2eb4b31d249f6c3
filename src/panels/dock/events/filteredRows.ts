import { ROWS_PER_CHUNK } from '../../../model/recording'
import { ints } from '../../../state/run/numberList'
import type { RowTest } from '../../../state/run/rowFilter'
import type { RunStore } from '../../../state/run/runStore'

/** Indices of the rows that pass a test, found in slices so that a long run never blocks the page. */
export class FilteredRows {
  /** Row indices, ascending. */
  readonly rows = ints(1_024)
  /** Rows judged so far. */
  scanned = 0
  /** Rows that could not be judged because their detail is not kept, and the first of them; -1 for none. */
  missing = 0
  firstMissing = -1
  readonly #store: RunStore
  readonly #test: RowTest

  /** What the test was made from, to tell lists apart. */
  readonly key: string

  constructor(store: RunStore, test: RowTest, key = '') {
    this.key = key
    this.#store = store
    this.#test = test
  }

  get complete(): boolean {
    return this.scanned >= this.#store.status().rows
  }

  /** Judges up to `most` further rows. Returns whether anything was found. */
  scan(most: number): boolean {
    const end = Math.min(this.#store.status().rows, this.scanned + most)
    const before = this.rows.length
    while (this.scanned < end) {
      const columns = this.#store.columns(this.scanned)
      if (columns === undefined) {
        const next = Math.min(end, (Math.floor(this.scanned / ROWS_PER_CHUNK) + 1) * ROWS_PER_CHUNK)
        if (this.firstMissing < 0) this.firstMissing = this.scanned
        this.missing += next - this.scanned
        this.scanned = next
        continue
      }
      if (this.#test(columns, this.scanned - columns.first)) this.rows.push(this.scanned)
      this.scanned++
    }
    return this.rows.length > before
  }

  /** Position in `rows` of the last row at or before row `index`; -1 when there is none. */
  positionOf(index: number): number {
    return this.rows.upperBound(index) - 1
  }
}
