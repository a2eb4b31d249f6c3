import type { Counted } from '../../model/recording'
import { floats, ints, type NumberList } from './numberList'

const NUMBER: { readonly [what in Counted]: number } = { hop: 0, span: 1, reason: 2, sentTo: 3 }
const CODES = 4_096

interface Count {
  readonly at: NumberList<Float64Array>
  readonly row: NumberList<Int32Array>
  /** Sum up to and including this entry. */
  readonly sum: NumberList<Float64Array>
}

/** Prefix counts, so that a counter on a node can be read at any time. */
export class Counts {
  readonly #counts = new Map<number, Count>()

  add(resource: number, what: Counted, code: number, at: number, row: number, weight: number): void {
    const key = (resource * 8 + NUMBER[what]) * CODES + code
    let count = this.#counts.get(key)
    if (count === undefined) this.#counts.set(key, (count = { at: floats(), row: ints(), sum: floats() }))
    const last = count.sum.length - 1
    count.at.push(at)
    count.row.push(row)
    count.sum.push((last < 0 ? 0 : count.sum.at(last)) + weight)
  }

  truncate(keepRows: number): void {
    for (const count of this.#counts.values()) {
      const length = count.row.lowerBound(keepRows)
      for (const list of [count.at, count.row, count.sum]) list.truncate(length)
    }
  }

  until(resource: number, what: Counted, code: number, t: number): number {
    const count = this.#counts.get((resource * 8 + NUMBER[what]) * CODES + code)
    const index = count === undefined ? -1 : count.at.upperBound(t) - 1
    return index < 0 ? 0 : count!.sum.at(index)
  }

  /** Row of the newest counted thing at `t`; -1 for none. */
  lastRow(resource: number, what: Counted, code: number, t: number): number {
    const count = this.#counts.get((resource * 8 + NUMBER[what]) * CODES + code)
    const index = count === undefined ? -1 : count.at.upperBound(t) - 1
    return index < 0 ? -1 : count!.row.at(index)
  }

  /** Row of the first counted thing after `t`; -1 for none. */
  nextRow(resource: number, what: Counted, code: number, t: number): number {
    const count = this.#counts.get((resource * 8 + NUMBER[what]) * CODES + code)
    const index = count === undefined ? 0 : count.at.upperBound(t)
    return count === undefined || index === count.at.length ? -1 : count.row.at(index)
  }
}
