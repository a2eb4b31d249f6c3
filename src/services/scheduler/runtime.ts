import { Outcome, Token } from '../../model/recording'
import type { LogicalId } from '../../model/scenario'
import { toMicros, toSeconds } from '../../model/units'
import { deadLetterOf } from '../delivery/dead-letter'
import { createDeliveries, noRoute, type Route } from '../delivery/deliveries'
import { doubling } from '../delivery/policy'
import type { Runtime, ServiceContext } from '../service'
import { createTimetable } from '../timetable'
import { arnOf, payloadOf } from './input'
import { SCHEDULE, scheduleOf, type ScheduleSettings, type TargetSettings } from './settings'
import { planOf } from './timing'

const MINUTE = 60_000_000

/** Schedules call their target by the clock, each time through the chart of `delivery/`, with their role's permission (EB-66). */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { recorder, metrics, random } = kernel
  const ids = context.ids(SCHEDULE)
  const why = {
    fired: context.reason('scheduler.fired'),
    flexible: context.reason('scheduler.flexible'),
    retry: context.reason('scheduler.retry'),
    deadLettered: context.reason('scheduler.deadLettered'),
    dropped: context.reason('scheduler.dropped'),
    deadLetterFailed: context.reason('scheduler.deadLetterFailed'),
  }
  const backOff = {
    base: context.number('scheduler.retryBase'),
    cap: context.number('scheduler.retryCap'),
    jitter: context.number('scheduler.retryJitter'),
  }
  const delays = ids.map((id) => context.sampler(context.fact('scheduler.delay'), id, 'schedule'))
  const windows = ids.map((id) => context.stream(id, 'window'))
  const waits = ids.map((id) => doubling(backOff, random, context.stream(id, 'retry')))
  const resources = ids.map((id) => context.index(id))
  const meters = ids.map((id) => {
    const count = (name: string): number => metrics.series(id, name, 'count')
    return {
      attempts: count('InvocationAttemptCount'),
      errors: count('TargetErrorCount'),
      throttled: count('TargetErrorThrottledCount'),
      dropped: count('InvocationDroppedCount'),
      toDeadLetter: count('InvocationsSentToDeadLetterCount'),
      lost: count('InvocationsFailedToBeSentToDeadLetterCount'),
    }
  })

  let settingsOf: ScheduleSettings[] = []
  /** Schedules that are deleted, by their resource. */
  const gone = new Set<number>()

  /** By schedule. */
  const routes: Route[] = []
  const deliveries = createDeliveries(context, {
    routes,
    why,
    token: Token.event,
    hooks: {
      attempted: (schedule) => metrics.count(meters[schedule]!.attempts),
      answered(schedule, outcome) {
        const { errors, throttled } = meters[schedule]!
        if (outcome !== Outcome.ok) metrics.count(outcome === Outcome.throttled ? throttled : errors)
      },
      gaveUp(schedule, lost) {
        if (lost) metrics.count(meters[schedule]!.dropped)
      },
      deadLetter(schedule, failure) {
        const { id, target } = settingsOf[schedule]!
        const by = { SCHEDULE_ARN: arnOf(id) }
        return payloads.intern(deadLetterOf(payloads.get(failure.payload), by, target ?? undefined, failure))
      },
      deadLettered: (schedule, kept) => metrics.count(kept ? meters[schedule]!.toDeadLetter : meters[schedule]!.lost),
    },
  })

  const timetable = createTimetable(
    context,
    ids.length,
    (schedule) => {
      const { window } = settingsOf[schedule]!
      return delays[schedule]!() + (window === 0 ? 0 : Math.floor(random.uniform(windows[schedule]!) * window * MINUTE))
    },
    (schedule, named) => {
      const { id, window, target } = settingsOf[schedule]!
      if (target === null) return
      recorder.newTrace()
      const late = toSeconds(kernel.now - named)
      context.explain(window > 0 ? why.flexible : why.fired, resources[schedule]!, routes[schedule]!.to, late)
      deliveries.add(schedule, payloads.intern(payloadOf(id, target, named, context.scenario().seed)), 0)
    },
  )

  const configure = (): void => {
    settingsOf = ids.map((id) => scheduleOf(id, context.scenario()))
    settingsOf.forEach((settings, schedule) => {
      const { id, target, expression, zone, start, end, enabled } = settings
      routes[schedule] = target === null ? noRoute(resources[schedule]!, -1) : routeOf(id, schedule, target)
      const runs = enabled && !gone.has(resources[schedule]!)
      const text = JSON.stringify([expression, zone, start, end, runs])
      timetable.set(schedule, text, runs ? planOf(settings) : null)
    })
  }
  const routeOf = (from: LogicalId, schedule: number, target: TargetSettings): Route => {
    const { id, action, role, deadLetter, maxRetries, maxAge } = target
    const direct = { role, network: false }
    return {
      from: resources[schedule]!,
      to: context.index(id),
      owner: -1,
      wire: calls.wire(from, id, action, direct),
      deadLetterWire: deadLetter === null ? -1 : calls.wire(from, deadLetter, 'sqs:SendMessage', direct),
      deadLetter: deadLetter === null ? -1 : context.index(deadLetter),
      policy: { retries: maxRetries, maxAge: toMicros(maxAge), wait: waits[schedule]! },
      latency: null,
    }
  }

  return {
    start: configure,
    configure,
    fault(resource, down, deleted) {
      if (!deleted) return
      gone[down ? 'add' : 'delete'](resource)
      configure()
    },
  }
}
