import { Table } from '../../kernel/columns'
import type { LogicalId } from '../../model/scenario'
import type { Cost, ServiceContext } from '../service'
import { partnerOf } from './settings'

/** What is paid by 64 KB, by column of the totals. */
const PAID = [
  { item: 'Events', fact: 'eventbridge.eventPrice' },
  { item: 'Partner events', fact: 'eventbridge.partnerEventPrice' },
  { item: 'Events to other accounts', fact: 'eventbridge.crossAccountPrice' },
] as const
export const CUSTOM = 0
export const PARTNER = 1
export const CROSS_ACCOUNT = 2
/** Bytes of what is paid as one event (PR-14). */
const UNIT = 65_536

export type Meters = ReturnType<typeof createMeters>

/** What buses and rules count, under CloudWatch's names where it has one (EB-17). Buses and rules are rows in document order. */
export function createMeters(context: ServiceContext, buses: readonly LogicalId[], rules: readonly LogicalId[]) {
  const { kernel } = context
  const { metrics } = kernel
  const series = (id: LogicalId, name: string): number => metrics.series(id, name, 'count')
  const duration = (id: LogicalId, name: string): number => metrics.series(id, name, 'duration')
  /** A partner's bus takes no other events, and no other bus takes those of partners. */
  const puts = buses.map((id) => {
    const prefix = partnerOf(context.scenario().resources[id]) === null ? 'PutEvents' : 'PutPartnerEvents'
    return {
      calls: series(id, `${prefix}ApproximateCallCount`),
      throttled: series(id, `${prefix}ApproximateThrottledCount`),
      failed: series(id, `${prefix}ApproximateFailedCount`),
      entries: series(id, `${prefix}EntriesCount`),
      failedEntries: series(id, `${prefix}FailedEntriesCount`),
      size: series(id, `${prefix}RequestSize`),
      latency: duration(id, `${prefix}Latency`),
    }
  })
  const unmatchedEvents = buses.map((id) => series(id, 'UnmatchedEvents'))
  const showUnmatched = buses.map((id) => context.level(context.index(id), 'unmatched'))
  const ofRule = rules.map((id) => ({
    matched: series(id, 'MatchedEvents'),
    triggered: series(id, 'TriggeredRules'),
    attempts: series(id, 'InvocationAttempts'),
    successes: series(id, 'SuccessfulInvocationAttempts'),
    retries: series(id, 'RetryInvocationAttempts'),
    invocations: series(id, 'Invocations'),
    failed: series(id, 'FailedInvocations'),
    throttled: series(id, 'ThrottledRules'),
    looping: series(id, 'DeadLetterInvocations'),
    toDeadLetter: series(id, 'InvocationsSentToDlq'),
    lost: series(id, 'InvocationsFailedToBeSentToDlq'),
    startLatency: duration(id, 'IngestionToInvocationStartLatency'),
    successLatency: duration(id, 'IngestionToInvocationSuccessLatency'),
    completeLatency: duration(id, 'IngestionToInvocationCompleteLatency'),
    show: context.level(context.index(id), 'matched'),
  }))
  const totals = kernel.part(new Table(16))
  /** Events that matched a rule, or none of a bus. */
  const total = totals.f64()
  const paid = PAID.map(() => totals.f64())
  for (let row = 0; row < buses.length + rules.length; row++) totals.add()
  const step = (row: number): number => (total.data[row] = total.data[row]! + 1)

  return {
    /** A call with entries of `bytes` each. */
    put(bus: number, entries: number, bytes: number, took: number): void {
      const meter = puts[bus]!
      metrics.count(meter.calls)
      metrics.count(meter.entries, entries)
      metrics.count(meter.size, entries * bytes)
      metrics.observe(meter.latency, took)
    },
    refused(bus: number, entries: number, throttled: boolean): void {
      const meter = puts[bus]!
      metrics.count(meter.calls)
      metrics.count(throttled ? meter.throttled : meter.failed)
      if (!throttled) metrics.count(meter.failedEntries, entries)
    },
    pay(bus: number, kind: number, events: number, bytes: number): void {
      const { data } = paid[kind]!
      data[bus] = data[bus]! + events * Math.max(1, Math.ceil(bytes / UNIT))
    },
    matched(rule: number): void {
      const meter = ofRule[rule]!
      metrics.count(meter.matched)
      metrics.count(meter.triggered)
      meter.show(step(buses.length + rule))
    },
    unmatched(bus: number): void {
      metrics.count(unmatchedEvents[bus]!)
      showUnmatched[bus]!(step(bus))
    },
    /** `age`: µs since the event came. */
    attempted(rule: number, again: boolean, age: number): void {
      const meter = ofRule[rule]!
      metrics.count(meter.attempts)
      if (again) metrics.count(meter.retries)
      else metrics.observe(meter.startLatency, age)
    },
    invoked(rule: number, age: number): void {
      const meter = ofRule[rule]!
      metrics.count(meter.invocations)
      metrics.count(meter.successes)
      metrics.observe(meter.successLatency, age)
      metrics.observe(meter.completeLatency, age)
    },
    failed(rule: number, age: number): void {
      const meter = ofRule[rule]!
      metrics.count(meter.invocations)
      metrics.count(meter.failed)
      metrics.observe(meter.completeLatency, age)
    },
    throttled: (rule: number): void => metrics.count(ofRule[rule]!.throttled),
    looped: (rule: number): void => metrics.count(ofRule[rule]!.looping),
    deadLettered: (rule: number, kept: boolean): void =>
      metrics.count(kept ? ofRule[rule]!.toDeadLetter : ofRule[rule]!.lost),
    costs: (): Cost[] =>
      buses.flatMap((resource, row) =>
        PAID.flatMap(({ item, fact }, kind): Cost[] => {
          const quantity = paid[kind]!.data[row]!
          return kind === CUSTOM || quantity > 0 ? [{ resource, item, quantity, unit: 'events', fact }] : []
        }),
      ),
  }
}
