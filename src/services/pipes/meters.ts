import type { Cost, ServiceContext } from '../service'

/** Bytes of one request that is paid for. */
const UNIT = 65_536

/** What pipes count, under CloudWatch's names. `RequestsPaid` is ours. */
export function createMeters({ kernel, level, index }: ServiceContext, pipes: readonly string[]) {
  const { metrics } = kernel
  const series = pipes.map((id) => {
    const count = (name: string): number => metrics.series(id, name, 'count')
    return {
      invocations: count('Invocations'),
      events: count('EventCount'),
      bytes: count('EventSize'),
      failed: count('ExecutionFailed'),
      enrichmentFailed: count('EnrichmentStageFailed'),
      targetFailed: count('TargetStageFailed'),
      filtered: count('FilteredOutEventCount'),
      dropped: count('DroppedEventCount'),
      paid: count('RequestsPaid'),
      duration: metrics.series(id, 'Duration', 'duration'),
      delivered: count('DeliveredEventCount'),
      busy: level(index(id), 'batches', 'Concurrency'),
    }
  })
  return {
    /** A batch that passed the filter. */
    taken(pipe: number, events: number, bytes: number): void {
      const of = series[pipe]!
      metrics.count(of.invocations)
      metrics.count(of.events, events)
      metrics.count(of.bytes, bytes)
      metrics.count(of.paid, Math.max(1, Math.ceil(bytes / UNIT)))
    },
    filtered: (pipe: number, events: number): void => metrics.count(series[pipe]!.filtered, events),
    failed(pipe: number, enriching: boolean): void {
      metrics.count(series[pipe]!.failed)
      metrics.count(enriching ? series[pipe]!.enrichmentFailed : series[pipe]!.targetFailed)
    },
    dropped: (pipe: number, events: number): void => metrics.count(series[pipe]!.dropped, events),
    delivered(pipe: number, events: number, took: number): void {
      metrics.count(series[pipe]!.delivered, events)
      metrics.observe(series[pipe]!.duration, took)
    },
    busy: (pipe: number, batches: number): void => series[pipe]!.busy(batches),
    costs: (): Cost[] =>
      pipes.map((resource, pipe) => ({
        resource,
        item: 'Requests',
        quantity: metrics.value(series[pipe]!.paid),
        unit: 'requests',
        fact: 'pipes.requestPrice',
      })),
  }
}
