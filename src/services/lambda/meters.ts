import type { ServiceContext } from '../service'
import { possibleErrors } from './invocation/errors'
import type { RunningVersion } from './versions/versions'

/**
 * Series of one function, or of one published version of it, by CloudWatch's names (OBS-1) and a few of ours: ColdStarts, Timeouts, Environments,
 * BilledMs, InitDuration, RestoreDuration, ConnectMs, LogLines, AsyncEventsLost, and Errors:<type>. What a version does counts for its function too.
 */
export interface Meters {
  readonly invocations: number
  readonly errors: number
  /** Errors by type, for the types the code can end with. */
  readonly errorsOf: ReadonlyMap<string, number>
  readonly throttles: number
  readonly duration: number
  readonly concurrency: number
  readonly coldStarts: number
  readonly timeouts: number
  readonly environments: number
  readonly billed: number
  /** Part of it in provisioned environments, which has a price of its own (PR-6). */
  readonly billedProvisioned: number
  readonly init: number
  readonly restore: number
  readonly connectMs: number
  readonly logLines: number
  readonly provisioned: ProvisionedMeters
  readonly received: number
  readonly age: number
  readonly dropped: number
  /** Dropped, and nothing kept them: no dead-letter queue, no destination, or none that took them. */
  readonly lost: number
  readonly deadLetterErrors: number
  readonly destinationFailures: number
  readonly recursive: number
}

/** Of a function, a version or an alias (LAM-48, OBS-1). */
export interface ProvisionedMeters {
  readonly allocated: number
  readonly inUse: number
  readonly invocations: number
  readonly spillover: number
  readonly utilization: number
}

/** Of an alias: what went through it (OBS-4). */
export interface AliasMeters {
  readonly invocations: number
  readonly errors: number
  readonly throttles: number
  readonly duration: number
}

export function metersOf(context: ServiceContext, { own, behavior }: RunningVersion): Meters {
  const { metrics } = context.kernel
  const count = (name: string): number => metrics.series(own, name, 'count')
  const gauge = (name: string): number => metrics.series(own, name, 'gauge')
  const duration = (name: string): number => metrics.series(own, name, 'duration')
  return {
    invocations: count('Invocations'),
    errors: count('Errors'),
    throttles: count('Throttles'),
    duration: duration('Duration'),
    concurrency: gauge('ConcurrentExecutions'),
    coldStarts: count('ColdStarts'),
    timeouts: count('Timeouts'),
    environments: gauge('Environments'),
    billed: count('BilledMs'),
    init: duration('InitDuration'),
    dropped: count('AsyncEventsDropped'),
    lost: count('AsyncEventsLost'),
    deadLetterErrors: count('DeadLetterErrors'),
    received: count('AsyncEventsReceived'),
    age: duration('AsyncEventAge'),
    destinationFailures: count('DestinationDeliveryFailures'),
    recursive: count('RecursiveInvocationsDropped'),
    restore: duration('RestoreDuration'),
    billedProvisioned: count('BilledMsProvisioned'),
    connectMs: count('ConnectMs'),
    logLines: count('LogLines'),
    provisioned: provisionedMetersOf(context, own),
    errorsOf: new Map(possibleErrors(behavior).map((type) => [type, count(`Errors:${type}`)])),
  }
}

export function provisionedMetersOf(context: ServiceContext, id: string): ProvisionedMeters {
  const { metrics } = context.kernel
  return {
    allocated: metrics.series(id, 'AllocatedProvisionedConcurrency', 'gauge'),
    inUse: metrics.series(id, 'ProvisionedConcurrentExecutions', 'gauge'),
    invocations: metrics.series(id, 'ProvisionedConcurrencyInvocations', 'count'),
    spillover: metrics.series(id, 'ProvisionedConcurrencySpilloverInvocations', 'count'),
    utilization: metrics.series(id, 'ProvisionedConcurrencyUtilization', 'gauge', 'None'),
  }
}

export function aliasMetersOf(context: ServiceContext, id: string): AliasMeters {
  const { metrics } = context.kernel
  return {
    invocations: metrics.series(id, 'Invocations', 'count'),
    errors: metrics.series(id, 'Errors', 'count'),
    throttles: metrics.series(id, 'Throttles', 'count'),
    duration: metrics.series(id, 'Duration', 'duration'),
  }
}
