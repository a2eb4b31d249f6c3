import type { ServiceContext } from '../../../service'
import { MappingMeters } from '../meters'
import type { StreamMapping } from './config'

/** What stream mappings show of themselves, under CloudWatch's names (OBS-2). Events are records. */
export class StreamMeters extends MappingMeters {
  readonly #context: ServiceContext
  readonly #ages: readonly (readonly number[])[]
  readonly #delivered: readonly number[]

  constructor(context: ServiceContext, mappings: readonly StreamMapping[]) {
    super(context, mappings)
    const { metrics } = context.kernel
    this.#context = context
    // CloudWatch has the age with the function's metrics
    this.#ages = mappings.map(({ id, fn }) => [fn, id].map((of) => metrics.series(of, 'IteratorAge', 'duration')))
    this.#delivered = mappings.map(({ id }) => metrics.series(id, 'OnFailureDestinationDeliveredEventCount', 'count'))
  }

  /** Age (µs) of the last record of a batch as it is handed over. */
  age(m: number, age: number): void {
    for (const series of this.#ages[m]!) this.#context.kernel.metrics.observe(series, age)
  }
  delivered(m: number, count: number): void {
    this.#context.kernel.metrics.count(this.#delivered[m]!, count)
  }
}
