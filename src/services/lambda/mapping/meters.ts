import type { Metrics } from '../../../kernel/metrics'
import type { ServiceContext } from '../../service'
import type { Mapping } from './config'

interface Series {
  readonly polled: number
  readonly filtered: number
  readonly invoked: number
  readonly failed: number
  readonly dropped: number
  readonly deleted: number
  readonly provisioned: number
  readonly pollers: (value: number) => void
}

/** What mappings show of themselves, under CloudWatch's names (OBS-2), and `Pollers`, which is ours. Events are messages. */
export class MappingMeters {
  readonly #metrics: Metrics
  readonly #series: readonly Series[]

  constructor(context: ServiceContext, mappings: readonly Pick<Mapping, 'id' | 'resource' | 'provisioned'>[]) {
    const { metrics } = context.kernel
    this.#metrics = metrics
    this.#series = mappings.map(({ id, resource, provisioned }) => ({
      pollers: context.level(resource, 'pollers', 'Pollers'),
      polled: metrics.series(id, 'PolledEventCount', 'count'),
      filtered: metrics.series(id, 'FilteredOutEventCount', 'count'),
      invoked: metrics.series(id, 'InvokedEventCount', 'count'),
      failed: metrics.series(id, 'FailedInvokeEventCount', 'count'),
      dropped: metrics.series(id, 'DroppedEventCount', 'count'),
      deleted: metrics.series(id, 'DeletedEventCount', 'count'),
      provisioned: provisioned === null ? -1 : metrics.series(id, 'ProvisionedPollers', 'gauge'),
    }))
  }

  polled(m: number, count: number): void {
    this.#metrics.count(this.#series[m]!.polled, count)
  }
  filtered(m: number, count: number): void {
    this.#metrics.count(this.#series[m]!.filtered, count)
  }
  /** Every time the function is called, refused calls included. */
  invoked(m: number, count: number): void {
    this.#metrics.count(this.#series[m]!.invoked, count)
  }
  /** Whose call was refused or failed, or which the handler reported. */
  failed(m: number, count: number): void {
    this.#metrics.count(this.#series[m]!.failed, count)
  }
  dropped(m: number, count: number): void {
    this.#metrics.count(this.#series[m]!.dropped, count)
  }
  deleted(m: number, count: number): void {
    this.#metrics.count(this.#series[m]!.deleted, count)
  }
  pollers(m: number, count: number): void {
    this.#series[m]!.pollers(count)
  }
  /** Provisioned pollers, each of which is `invokes` of those drawn. */
  provisioned(m: number, wanted: number, { invokes }: { readonly invokes: number }): void {
    const series = this.#series[m]!.provisioned
    if (series >= 0) this.#metrics.gauge(series, Math.ceil(wanted / invokes))
  }
}
