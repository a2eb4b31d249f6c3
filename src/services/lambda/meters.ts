import type { ServiceContext } from '../service'
import type { FunctionConfig } from './config'

/** Series of one function, by CloudWatch's names (OBS-1) and a few of ours: ColdStarts, Timeouts, Environments, BilledMs, InitDuration. */
export interface Meters {
  readonly invocations: number
  readonly errors: number
  readonly throttles: number
  readonly duration: number
  readonly concurrency: number
  readonly coldStarts: number
  readonly timeouts: number
  readonly environments: number
  readonly billed: number
  readonly init: number
  readonly dropped: number
  readonly deadLetterErrors: number
  readonly received: number
}

export function metersOf(context: ServiceContext, config: FunctionConfig): Meters {
  const { metrics } = context.kernel
  const count = (name: string): number => metrics.series(config.id, name, 'count')
  const gauge = (name: string): number => metrics.series(config.id, name, 'gauge')
  const duration = (name: string): number => metrics.series(config.id, name, 'duration')
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
    deadLetterErrors: count('DeadLetterErrors'),
    received: count('AsyncEventsReceived'),
  }
}
