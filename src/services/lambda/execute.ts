import { Outcome, RowKind } from '../../model/recording'
import { MICROS } from '../../model/units'
import { Table } from '../../kernel/columns'
import type { ServiceContext } from '../service'
import type { FunctionConfig } from './config'
import type { Environments } from './environments'
import type { Meters } from './meters'

/** What an execution needs to know about the work it does. */
export interface Work {
  /** Attempt number, from 1. */
  attempt(environment: number): number
  /** Messages in the batch, 1 for a single event. */
  size(environment: number): number
  poison(environment: number): boolean
  /** The invocation ended; the environment is free again. */
  ended(environment: number, request: number, event: number, outcome: Outcome): void
}

/** Runs the Behavior of a function in an environment, step by step, under its timeout. Returns `begin`. */
export function createExecution(
  context: ServiceContext,
  configs: readonly FunctionConfig[],
  meters: readonly Meters[],
  environments: () => Environments,
  work: Work,
): (environment: number) => void {
  const { kernel, calls } = context
  const { metrics, random, recorder } = kernel
  // columns by environment id; the table only lends its growth and keyframes
  const table = kernel.part(new Table(64))
  const startedAt = table.f64()
  const step = table.i32()
  const left = table.i32()
  const pending = table.i32(-1)
  const timer = table.i32(-1)
  const reasons = {
    timeout: context.reason('lambda.timeout'),
    threw: context.reason('lambda.threw'),
    callFailed: context.reason('lambda.callFailed'),
  }

  const finish = (e: number, outcome: Outcome): void => {
    const all = environments()
    const f = all.fn.data[e]!
    const meter = meters[f]!
    const now = kernel.now
    const started = startedAt.data[e]!
    const duration = now - started
    recorder.emit(RowKind.span, now, now, configs[f]!.resource, all.drawn(e), outcome, started)
    metrics.count(meter.invocations, now)
    metrics.observe(meter.duration, now, duration)
    const init = all.cold.data[e] === 1 ? all.initTook.data[e]! : 0
    if (init > 0) metrics.observe(meter.init, now, init)
    // billed duration is rounded up to 1 ms and includes the init phase since 2025-08-01 (LAM-27)
    metrics.count(meter.billed, now, Math.ceil((duration + init) / 1_000))
    if (outcome !== Outcome.ok) {
      metrics.count(meter.errors, now)
      all.reset.data[e] = outcome === Outcome.timeout ? 1 : all.reset.data[e]!
    }
    if (outcome === Outcome.timeout) metrics.count(meter.timeouts, now)
    const request = all.request.data[e]!
    const event = all.event.data[e]!
    const { cause } = recorder
    all.free(e)
    recorder.cause = cause
    work.ended(e, request, event, outcome)
  }

  const timedOut = (e: number): void => {
    const config = configs[environments().fn.data[e]!]!
    timer.data[e] = -1
    if (pending.data[e]! >= 0) {
      calls.abandon(pending.data[e]!)
      pending.data[e] = -1
    }
    context.explain(reasons.timeout, config.resource, environments().drawn(e), config.timeout / MICROS)
    finish(e, Outcome.timeout)
  }
  const timingOut = kernel.handler(timedOut)
  const threw = (e: number, reason: number): void => {
    context.explain(reason, configs[environments().fn.data[e]!]!.resource, environments().drawn(e))
    finish(e, Outcome.error)
  }
  const succeed = (e: number): void => {
    const config = configs[environments().fn.data[e]!]!
    if (config.errorRate > 0 && random.uniform(config.failing) < config.errorRate) threw(e, reasons.threw)
    else finish(e, Outcome.ok)
  }
  const succeeding = kernel.handler(succeed)

  /** Time a `spend` step takes now. */
  const spend = (config: FunctionConfig, index: number, e: number): number => {
    const it = config.steps[index]!
    if (it.kind !== 'spend') return 0
    const draw = it.cold !== null && environments().cold.data[e] === 1 ? it.cold : it.warm
    if (!it.perMessage) return draw()
    let sum = 0
    for (let i = work.size(e); i > 0; i--) sum += draw()
    return sum
  }

  /** Lets time pass, then goes on with `kind`; or stops at the timeout when that comes first. */
  const pass = (e: number, config: FunctionConfig, micros: number, kind: number): void => {
    const deadline = startedAt.data[e]! + config.timeout - kernel.now
    if (micros > deadline) kernel.after(Math.max(0, deadline), timingOut, e)
    else kernel.after(micros, kind, e)
  }

  const go = (e: number): void => {
    const config = configs[environments().fn.data[e]!]!
    let spent = 0
    while (step.data[e]! < config.steps.length) {
      const it = config.steps[step.data[e]!]!
      if (it.kind === 'spend') {
        spent += spend(config, step.data[e]!, e)
        step.data[e] = step.data[e]! + 1
        continue
      }
      // time first, then what happens at its end
      if (spent > 0) {
        pass(e, config, spent, going)
        return
      }
      if (it.kind === 'fail') {
        step.data[e] = step.data[e]! + 1
        const fails =
          (it.poison && work.poison(e)) ||
          it.attempts.includes(work.attempt(e)) ||
          (it.rate > 0 && random.uniform(config.failing) < it.rate)
        if (fails) {
          threw(e, reasons.threw)
          return
        }
        continue
      }
      if (left.data[e] === 0) left.data[e] = it.perMessage ? work.size(e) : 1
      if (timer.data[e]! < 0) {
        timer.data[e] = kernel.after(Math.max(0, startedAt.data[e]! + config.timeout - kernel.now), timingOut, e)
      }
      pending.data[e] = calls.send(it.wire, it.payload, 1, answered, e)
      return
    }
    pass(e, config, spent, succeeding)
  }
  const going = kernel.handler(go)

  const answered = kernel.handler((request, e) => {
    const config = configs[environments().fn.data[e]!]!
    const outcome = calls.outcome(request)
    pending.data[e] = -1
    const it = config.steps[step.data[e]!]!
    left.data[e] = left.data[e]! - 1
    if (left.data[e] === 0) step.data[e] = step.data[e]! + 1
    if (outcome !== Outcome.ok && !(it.kind === 'call' && it.optional)) {
      stopTimer(e)
      threw(e, reasons.callFailed)
      return
    }
    if (left.data[e] === 0) stopTimer(e)
    go(e)
  })

  const stopTimer = (e: number): void => {
    if (timer.data[e]! < 0) return
    kernel.agenda.remove(timer.data[e]!)
    timer.data[e] = -1
  }

  return (e) => {
    while (table.size <= e) table.add()
    const all = environments()
    const f = all.fn.data[e]!
    const config = configs[f]!
    startedAt.data[e] = kernel.now
    let before = config.overhead()
    if (all.reset.data[e] === 1) {
      all.reset.data[e] = 0
      before += config.init()
    }
    if (config.simple) {
      for (let i = 0; i < config.steps.length; i++) before += spend(config, i, e)
      pass(e, config, before, succeeding)
      return
    }
    step.data[e] = 0
    left.data[e] = 0
    pending.data[e] = -1
    timer.data[e] = -1
    if (before > 0) pass(e, config, before, going)
    else go(e)
  }
}
