import type { Aggregation } from './ast'
import { evaluate, numeric, orderOf, type Fields, type Value } from './evaluate'

/** Values kept per group for percentiles and distinct counts; beyond it they are of a sample of the first. */
const MOST_VALUES = 100_000

/** One aggregation over the lines of one group. */
export class Accumulator {
  #n = 0
  #sum = 0
  #least: Value = null
  #most: Value = null
  readonly #values: number[] = []
  readonly #distinct = new Set<Value>()
  readonly #it: Aggregation

  constructor(it: Aggregation) {
    this.#it = it
  }

  add(fields: Fields): void {
    const { what, of } = this.#it
    if (of === null) {
      this.#n++
      return
    }
    const value = evaluate(of, fields)
    if (value === null) return
    if (what === 'count') this.#n++
    else if (what === 'count_distinct') {
      if (this.#distinct.size < MOST_VALUES) this.#distinct.add(value)
    } else if (what === 'min' || what === 'max') {
      if (this.#least === null || orderOf(value, this.#least) < 0) this.#least = value
      if (this.#most === null || orderOf(value, this.#most) > 0) this.#most = value
    } else {
      const number = numeric(value)
      if (number === null) return
      this.#n++
      this.#sum += number
      if (what === 'pct' && this.#values.length < MOST_VALUES) this.#values.push(number)
    }
  }

  result(): Value {
    switch (this.#it.what) {
      case 'count':
        return this.#n
      case 'count_distinct':
        return this.#distinct.size
      case 'sum':
        return this.#n === 0 ? null : this.#sum
      case 'avg':
        return this.#n === 0 ? null : this.#sum / this.#n
      case 'min':
        return this.#least
      case 'max':
        return this.#most
      case 'pct':
        return percentile(this.#values, this.#it.percent)
    }
  }
}

/** Nearest rank, as the run's own percentiles. */
function percentile(values: number[], percent: number): Value {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!
}
