import { Outcome } from '../../model/recording'
import { toMicros } from '../../model/units'
import { Table, type Column } from '../../kernel/columns'
import { Token } from '../../model/recording'
import type { ServiceContext } from '../service'
import type { FunctionConfig } from './config'
import type { Environments } from './environments'
import { eventMachine } from './event.machine'
import type { Meters } from './meters'

/** The asynchronous queue in front of functions (INV-2 to INV-9). */
export interface Events {
  readonly payload: Column<Int32Array>
  readonly attempt: Column<Int32Array>
  /** Accepts an event for a function. */
  accept(fn: number, payload: number): void
  /** An attempt ended. */
  ended(event: number, outcome: Outcome): void
}

export function createEvents(
  context: ServiceContext,
  configs: readonly FunctionConfig[],
  meters: readonly Meters[],
  environments: Environments,
): Events {
  const { kernel, calls } = context
  const { metrics, recorder } = kernel
  const table = kernel.part(new Table(64))
  const fn = table.i32()
  const payload = table.i32()
  const attempt = table.i32()
  const acceptedAt = table.f64()
  const backoff = table.f64()
  const tooOld = table.u8()
  const queue = context.sampler(context.fact('lambda.asyncQueue'), 'lambda', 'async queue')
  const retryWaits = [toMicros(context.number('lambda.retryFirst')), toMicros(context.number('lambda.retrySecond'))]
  const firstBackoff = toMicros(context.number('lambda.backoffFirst'))
  const mostBackoff = toMicros(context.number('lambda.backoffMost'))
  const reasons = {
    retry: context.reason('lambda.retry'),
    backoff: context.reason('lambda.backoff'),
    expired: context.reason('lambda.expired'),
    toDeadLetter: context.reason('lambda.toDeadLetter'),
    lost: context.reason('lambda.lost'),
  }
  const deadLettered = kernel.handler((request, f) => {
    if (calls.outcome(request) === Outcome.ok) return
    metrics.count(meters[f]!.deadLetterErrors)
    metrics.count(meters[f]!.dropped)
    context.explain(reasons.lost, configs[f]!.resource)
  })
  const nextWait = (event: number): number => retryWaits[Math.min(attempt.data[event]! - 1, retryWaits.length - 1)]!
  const retryLeft = (event: number): boolean => attempt.data[event]! <= configs[fn.data[event]!]!.maxRetries
  const ageAfter = (event: number, wait: number): number => kernel.now + wait - acceptedAt.data[event]!
  const removing = kernel.handler((event) => table.remove(event))

  const life = context.lifecycle({
    entities: table,
    machine: eventMachine,
    drawn: { owner: (e) => configs[fn.data[e]!]!.resource, label: () => `event ${recorder.trace}` },
    value: (e) => attempt.data[e]!,
    implementation: {
      guards: {
        'switched off': (e) => configs[fn.data[e]!]!.reserved === 0,
        'capacity free': (e) =>
          environments.refusal(fn.data[e]!, true) < 0 &&
          context.read('lambda.pending', configs[fn.data[e]!]!.resource) === 0,
        'too old': (e) => ageAfter(e, 0) >= configs[fn.data[e]!]!.maxAge,
        'retry left': (e) => retryLeft(e),
        'retry in time': (e) => retryLeft(e) && ageAfter(e, nextWait(e)) < configs[fn.data[e]!]!.maxAge,
      },
      actions: {
        run: (e) => {
          attempt.data[e] = attempt.data[e]! + 1
          backoff.data[e] = 0
          environments.take(fn.data[e]!, -1, e)
        },
        'note refusal': (e) => {
          const f = fn.data[e]!
          metrics.count(meters[f]!.throttles)
          backoff.data[e] = backoff.data[e] === 0 ? firstBackoff : Math.min(mostBackoff, backoff.data[e]! * 2)
          context.explain(reasons.backoff, configs[f]!.resource, life.drawn.of(e), backoff.data[e] / 1e6)
        },
        'note retry': (e) =>
          context.explain(reasons.retry, configs[fn.data[e]!]!.resource, life.drawn.of(e), nextWait(e) / 1e6),
        'note expiry': (e) => {
          tooOld.data[e] = 1
          context.explain(reasons.expired, configs[fn.data[e]!]!.resource, life.drawn.of(e))
        },
        'give up': (e) => {
          const f = fn.data[e]!
          const config = configs[f]!
          if (config.deadLetterWire >= 0) {
            context.explain(reasons.toDeadLetter, config.resource, life.drawn.of(e))
            calls.send(config.deadLetterWire, payload.data[e]!, 1, deadLettered, f, Token.deadLetter)
          } else {
            metrics.count(meters[f]!.dropped)
            context.explain(reasons.lost, config.resource, life.drawn.of(e))
          }
          kernel.after(0, removing, e)
        },
        finish: (e) => kernel.after(0, removing, e),
      },
      delays: { QUEUE: () => queue(), RETRY: (e) => nextWait(e), BACKOFF: (e) => backoff.data[e]! },
    },
  })
  const SUCCEEDED = life.event('succeeded')
  const FAILED = life.event('failed')

  return {
    payload,
    attempt,
    accept(f, content) {
      const event = table.add()
      fn.data[event] = f
      payload.data[event] = content
      acceptedAt.data[event] = kernel.now
      metrics.count(meters[f]!.received)
      life.drawn.born(event)
      life.start(event)
    },
    ended(event, outcome) {
      life.send(event, outcome === Outcome.ok ? SUCCEEDED : FAILED)
    },
  }
}
