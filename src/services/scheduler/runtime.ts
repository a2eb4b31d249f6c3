import { Table } from '../../kernel/columns'
import { Outcome, Token } from '../../model/recording'
import { toMicros, toSeconds } from '../../model/units'
import type { Runtime, ServiceContext } from '../service'
import { createTimetable } from '../timetable'
import { payloadOf } from './input'
import { executionMachine } from './machine'
import { SCHEDULE, scheduleOf, type ScheduleSettings } from './settings'
import { planOf } from './timing'

const MINUTE = 60_000_000

interface Live {
  readonly settings: ScheduleSettings
  /** -1 without a target. */
  readonly target: number
  readonly wire: number
  /** -1 without a dead-letter queue. */
  readonly deadLetterWire: number
}

/** Schedules call their target by the clock, each time through an `executionMachine` of its own, with their role's permission (EB-66). */
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
  const base = toMicros(context.number('scheduler.retryBase'))
  const cap = toMicros(context.number('scheduler.retryCap'))
  const jitter = context.number('scheduler.retryJitter')
  const delays = ids.map((id) => context.sampler(context.fact('scheduler.delay'), id, 'schedule'))
  const windows = ids.map((id) => context.stream(id, 'window'))
  const jitters = ids.map((id) => context.stream(id, 'retry'))
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

  let live: Live[] = []

  const executions = kernel.part(new Table(16))
  const scheduleOfExecution = executions.i32(-1)
  const payload = executions.i32(-1)
  const trace = executions.i32(-1)
  const attempts = executions.i32()
  const firedAt = executions.f64()
  const waitFor = executions.f64()

  const of = (execution: number): Live => live[scheduleOfExecution.data[execution]!]!
  const ageLeft = (execution: number): number =>
    firedAt.data[execution]! + toMicros(of(execution).settings.target?.maxAge ?? 0) - kernel.now
  const backOff = (execution: number): number => {
    let wait = base
    for (let n = 1; n < attempts.data[execution]! && wait < cap; n++) wait *= 2
    wait = Math.min(wait, cap)
    const stream = jitters[scheduleOfExecution.data[execution]!]!
    if (jitter > 0) wait = Math.round(wait * (1 - jitter + jitter * random.uniform(stream)))
    return Math.min(wait, Math.max(0, ageLeft(execution)))
  }

  const life = context.lifecycle({
    entities: executions,
    machine: executionMachine,
    implementation: {
      guards: {
        mayRetry: (execution) =>
          attempts.data[execution]! <= (of(execution).settings.target?.maxRetries ?? -1) && ageLeft(execution) > 0,
        hasDeadLetterQueue: (execution) => of(execution).deadLetterWire >= 0,
      },
      delays: { backOff: (execution) => waitFor.data[execution]! },
      actions: {
        attempt(execution) {
          const { wire } = of(execution)
          const again = attempts.data[execution]! > 0
          attempts.data[execution] = attempts.data[execution]! + 1
          recorder.trace = trace.data[execution]!
          metrics.count(meters[scheduleOfExecution.data[execution]!]!.attempts)
          if (wire < 0) kernel.after(0, targetGone, execution)
          else calls.send(wire, payload.data[execution]!, 1, answered, execution, again ? Token.retry : Token.event)
        },
        plan(execution) {
          const schedule = scheduleOfExecution.data[execution]!
          waitFor.data[execution] = backOff(execution)
          context.explain(why.retry, resources[schedule]!, of(execution).target, toSeconds(waitFor.data[execution]))
        },
        deadLetter(execution) {
          const schedule = scheduleOfExecution.data[execution]!
          const { settings, deadLetterWire } = of(execution)
          const queue = context.index(settings.target!.deadLetter!)
          context.explain(why.deadLettered, resources[schedule]!, queue, attempts.data[execution])
          calls.send(deadLetterWire, payload.data[execution]!, 1, deadLettered, schedule, Token.deadLetter)
        },
        drop(execution) {
          const schedule = scheduleOfExecution.data[execution]!
          metrics.count(meters[schedule]!.dropped)
          context.explain(why.dropped, resources[schedule]!, -1, attempts.data[execution])
        },
        forget: (execution) => executions.remove(execution),
      },
    },
  })
  const ACCEPTED = life.event('ACCEPTED')
  const FAILED = life.event('FAILED')
  const REFUSED = life.event('REFUSED')

  const answered = kernel.handler((request, execution) => {
    const outcome = calls.outcome(request)
    if (outcome !== Outcome.ok) {
      const { errors, throttled } = meters[scheduleOfExecution.data[execution]!]!
      metrics.count(outcome === Outcome.throttled ? throttled : errors)
    }
    // what has no permission is not tried again
    life.send(execution, outcome === Outcome.ok ? ACCEPTED : outcome === Outcome.denied ? REFUSED : FAILED)
  })
  const targetGone = kernel.handler((execution) => {
    life.send(execution, REFUSED)
  })
  const deadLettered = kernel.handler((request, schedule) => {
    const kept = calls.outcome(request) === Outcome.ok
    metrics.count(kept ? meters[schedule]!.toDeadLetter : meters[schedule]!.lost)
    if (!kept) context.explain(why.deadLetterFailed, resources[schedule]!, calls.target(request))
  })

  const timetable = createTimetable(
    context,
    ids.length,
    (schedule) => {
      const { window } = live[schedule]!.settings
      return delays[schedule]!() + (window === 0 ? 0 : Math.floor(random.uniform(windows[schedule]!) * window * MINUTE))
    },
    (schedule, named) => {
      const { settings, target } = live[schedule]!
      if (settings.target === null) return
      recorder.newTrace()
      const late = toSeconds(kernel.now - named)
      context.explain(settings.window > 0 ? why.flexible : why.fired, resources[schedule]!, target, late)
      const execution = executions.add()
      scheduleOfExecution.data[execution] = schedule
      payload.data[execution] = payloads.intern(payloadOf(settings.id, settings.target, named, context.scenario().seed))
      trace.data[execution] = recorder.trace
      firedAt.data[execution] = kernel.now
      life.start(execution)
    },
  )

  const configure = (): void => {
    live = ids.map((id): Live => {
      const settings = scheduleOf(id, context.scenario())
      const { target } = settings
      if (target === null) return { settings, target: -1, wire: -1, deadLetterWire: -1 }
      const direct = { role: target.role, network: false }
      return {
        settings,
        target: context.index(target.id),
        wire: calls.wire(id, target.id, target.action, direct),
        deadLetterWire: target.deadLetter === null ? -1 : calls.wire(id, target.deadLetter, 'sqs:SendMessage', direct),
      }
    })
    live.forEach(({ settings }, schedule) => {
      const { expression, zone, start, end, enabled } = settings
      const text = JSON.stringify([expression, zone, start, end, enabled])
      timetable.set(schedule, text, enabled ? planOf(settings) : null)
    })
  }

  return { start: configure, configure }
}
