/** Metrics as alarms and scaling policies read them: a data point for each period that is over. */
import { Table } from '../kernel/columns'
import type { MetricName } from './metric-name'
import type { ServiceContext } from './service'

/**
 * Data points of metrics. A gauge has the value it has when the period ends, as SQS reports its queues; a count what was counted in the period; a duration
 * the average of what was observed (ms), and none without an observation.
 */
export class MetricSource {
  readonly #context: ServiceContext
  readonly #table
  /** What was counted and observed when the period began. */
  readonly #sum
  readonly #observed

  /** `rows`: how many metrics are read. */
  constructor(context: ServiceContext, rows: number) {
    this.#context = context
    this.#table = context.kernel.part(new Table(Math.max(1, rows)))
    this.#sum = this.#table.f64()
    this.#observed = this.#table.f64()
    for (let row = 0; row < rows; row++) this.#table.add()
  }

  /** The data point of the period that is over now; null: there is none. */
  read(row: number, { resource, name }: MetricName): number | null {
    const { metrics } = this.#context.kernel
    const found = metrics.find(resource, name)
    if (found === null) return null
    const value = metrics.value(found.id)
    if (found.kind === 'gauge') return value
    const sum = value - this.#sum.data[row]!
    this.#sum.data[row] = value
    if (found.kind === 'count') return sum
    const observed = metrics.observed(found.id)
    const n = observed - this.#observed.data[row]!
    this.#observed.data[row] = observed
    return n === 0 ? null : sum / n / 1_000
  }
}
