import { floats, ints } from './numberList'

/** Distinct instants at which rows were emitted, and among them those at which something can be seen. */
export class Instants {
  readonly #at = floats()
  readonly #firstRow = ints()
  readonly #visible = floats()
  readonly #visibleRow = ints()

  add(at: number, row: number, visible: boolean): void {
    const last = this.#at.length - 1
    if (last < 0 || this.#at.at(last) < at) {
      this.#at.push(at)
      this.#firstRow.push(row)
    }
    if (!visible) return
    const lastVisible = this.#visible.length - 1
    if (lastVisible < 0 || this.#visible.at(lastVisible) < at) {
      this.#visible.push(at)
      this.#visibleRow.push(row)
    }
  }

  truncate(keepRows: number): void {
    this.#at.truncate(this.#firstRow.lowerBound(keepRows))
    this.#firstRow.truncate(this.#at.length)
    this.#visible.truncate(this.#visibleRow.lowerBound(keepRows))
    this.#visibleRow.truncate(this.#visible.length)
  }

  /** First visible instant strictly after `t`. */
  after(t: number): number | null {
    const index = this.#visible.upperBound(t)
    return index < this.#visible.length ? this.#visible.at(index) : null
  }

  /** Last visible instant strictly before `t`. */
  before(t: number): number | null {
    const index = this.#visible.lowerBound(t) - 1
    return index >= 0 ? this.#visible.at(index) : null
  }

  /** How many visible instants lie in (from, to]. */
  between(from: number, to: number): number {
    return this.#visible.upperBound(to) - this.#visible.upperBound(from)
  }

  /** Index of the first row at or after `t`; `count` when there is none. */
  firstRowAt(t: number, count: number): number {
    const index = this.#at.lowerBound(t)
    return index < this.#at.length ? this.#firstRow.at(index) : count
  }

  /** When a row was emitted (µs); 0 when nothing was. */
  timeOfRow(row: number): number {
    const index = this.#firstRow.upperBound(row) - 1
    return index < 0 ? 0 : this.#at.at(index)
  }
}
