import { Table } from '../../kernel/columns'
import type { LogicalId } from '../../model/scenario'
import type { Cost, ServiceContext } from '../service'

/** What buses and rules count, under CloudWatch's names where it has one (EB-17). Buses and rules are rows in document order. */
export interface Meters {
  /** Totals that levels show. */
  readonly table: Table
  put(bus: number, count: number): void
  matched(rule: number): void
  unmatched(bus: number): void
  attempted(rule: number, again: boolean): void
  invoked(rule: number): void
  failed(rule: number): void
  deadLettered(rule: number, kept: boolean): void
  costs(): Cost[]
}

export function createMeters(
  context: ServiceContext,
  buses: readonly LogicalId[],
  rules: readonly LogicalId[],
): Meters {
  const { kernel } = context
  const { metrics } = kernel
  const count = (id: LogicalId, name: string): ((amount: number) => void) => {
    const series = metrics.series(id, name, 'count')
    return (amount) => metrics.count(series, amount)
  }
  const entries = buses.map((id) => metrics.series(id, 'PutEventsEntriesCount', 'count'))
  const busMeters = buses.map((id) => ({
    unmatched: count(id, 'UnmatchedEvents'),
    show: context.level(context.index(id), 'unmatched'),
  }))
  const ruleMeters = rules.map((id) => ({
    matched: count(id, 'MatchedEvents'),
    triggered: count(id, 'TriggeredRules'),
    attempts: count(id, 'InvocationAttempts'),
    retries: count(id, 'RetryInvocationAttempts'),
    invocations: count(id, 'Invocations'),
    failed: count(id, 'FailedInvocations'),
    toDeadLetter: count(id, 'InvocationsSentToDlq'),
    lost: count(id, 'InvocationsFailedToBeSentToDlq'),
    show: context.level(context.index(id), 'matched'),
  }))
  const table = new Table(16)
  const total = table.f64()
  for (let row = 0; row < buses.length + rules.length; row++) table.add()
  const step = (row: number): number => (total.data[row] = total.data[row]! + 1)

  return {
    table,
    put: (bus, amount) => metrics.count(entries[bus]!, amount),
    matched(rule) {
      const meter = ruleMeters[rule]!
      meter.matched(1)
      meter.triggered(1)
      meter.show(step(buses.length + rule))
    },
    unmatched(bus) {
      busMeters[bus]!.unmatched(1)
      busMeters[bus]!.show(step(bus))
    },
    attempted(rule, again) {
      ruleMeters[rule]!.attempts(1)
      if (again) ruleMeters[rule]!.retries(1)
    },
    invoked: (rule) => ruleMeters[rule]!.invocations(1),
    failed(rule) {
      ruleMeters[rule]!.invocations(1)
      ruleMeters[rule]!.failed(1)
    },
    deadLettered: (rule, kept) => (kept ? ruleMeters[rule]!.toDeadLetter(1) : ruleMeters[rule]!.lost(1)),
    costs: () =>
      buses.map((id, row) => ({
        resource: id,
        item: 'Events',
        quantity: metrics.value(entries[row]!),
        unit: 'events',
        fact: 'eventbridge.eventPrice',
      })),
  }
}
