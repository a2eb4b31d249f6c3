import { Outcome, RowKind } from '../../model/recording'
import { MICROS } from '../../model/units'
import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import type { Metrics } from '../../kernel/metrics'
import type { Recorder } from '../../kernel/recorder'
import type { ServiceContext } from '../service'
import type { FunctionConfig, Step } from './config'
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

/** Runs the Behavior of functions in their environments, step by step, under their timeouts. */
export class Execution {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #metrics: Metrics
  readonly #recorder: Recorder
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #work: Work
  // columns by environment id; the table only lends its growth and keyframes
  readonly #table = new Table(64)
  readonly #startedAt = this.#table.f64()
  readonly #step = this.#table.i32()
  readonly #left = this.#table.i32()
  readonly #pending = this.#table.i32(-1)
  readonly #timer = this.#table.i32(-1)
  readonly #reasons: { readonly [name in 'timeout' | 'threw' | 'callFailed']: number }
  readonly #kinds: { readonly [name in 'timingOut' | 'succeeding' | 'going' | 'answered']: number }
  #environments!: Environments

  constructor(context: ServiceContext, configs: readonly FunctionConfig[], meters: readonly Meters[], work: Work) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#metrics = kernel.metrics
    this.#recorder = kernel.recorder
    this.#configs = configs
    this.#meters = meters
    this.#work = work
    kernel.part(this.#table)
    this.#reasons = {
      timeout: context.reason('lambda.timeout'),
      threw: context.reason('lambda.threw'),
      callFailed: context.reason('lambda.callFailed'),
    }
    this.#kinds = {
      timingOut: kernel.handler((e) => this.#timedOut(e)),
      succeeding: kernel.handler((e) => this.#succeed(e)),
      going: kernel.handler((e) => this.#go(e)),
      answered: kernel.handler((request, e) => this.#answered(request, e)),
    }
  }

  /** The environments work is done in; they are made after the execution that they begin. */
  runIn(environments: Environments): void {
    this.#environments = environments
  }

  /** An environment became busy. */
  begin(e: number): void {
    while (this.#table.size <= e) this.#table.add()
    const { fn, reset } = this.#environments
    const config = this.#configs[fn.data[e]!]!
    this.#startedAt.data[e] = this.#kernel.now
    let before = config.overhead()
    if (reset.data[e] === 1) {
      reset.data[e] = 0
      before += config.init()
    }
    if (config.simple) {
      for (let i = 0; i < config.steps.length; i++) before += this.#spend(config, i, e)
      this.#pass(e, config, before, this.#kinds.succeeding)
      return
    }
    this.#step.data[e] = 0
    this.#left.data[e] = 0
    this.#pending.data[e] = -1
    this.#timer.data[e] = -1
    if (before > 0) this.#pass(e, config, before, this.#kinds.going)
    else this.#go(e)
  }

  #finish(e: number, outcome: Outcome): void {
    const environments = this.#environments
    const metrics = this.#metrics
    const recorder = this.#recorder
    const f = environments.fn.data[e]!
    const meter = this.#meters[f]!
    const now = this.#kernel.now
    const started = this.#startedAt.data[e]!
    const duration = now - started
    recorder.emit(RowKind.span, now, now, this.#configs[f]!.resource, environments.drawn(e), outcome, started)
    metrics.count(meter.invocations, now)
    metrics.observe(meter.duration, now, duration)
    const init = environments.cold.data[e] === 1 ? environments.initTook.data[e]! : 0
    if (init > 0) metrics.observe(meter.init, now, init)
    // billed duration is rounded up to 1 ms and includes the init phase since 2025-08-01 (LAM-27)
    metrics.count(meter.billed, now, Math.ceil((duration + init) / 1_000))
    if (outcome !== Outcome.ok) metrics.count(meter.errors, now)
    if (outcome === Outcome.timeout) {
      environments.reset.data[e] = 1
      metrics.count(meter.timeouts, now)
    }
    const request = environments.request.data[e]!
    const event = environments.event.data[e]!
    const { cause } = recorder
    environments.free(e)
    recorder.cause = cause
    this.#work.ended(e, request, event, outcome)
  }

  #timedOut(e: number): void {
    const config = this.#configOf(e)
    this.#timer.data[e] = -1
    if (this.#pending.data[e]! >= 0) {
      this.#context.calls.abandon(this.#pending.data[e]!)
      this.#pending.data[e] = -1
    }
    this.#context.explain(this.#reasons.timeout, config.resource, this.#environments.drawn(e), config.timeout / MICROS)
    this.#finish(e, Outcome.timeout)
  }

  #threw(e: number, reason: number): void {
    this.#context.explain(reason, this.#configOf(e).resource, this.#environments.drawn(e))
    this.#finish(e, Outcome.error)
  }

  #succeed(e: number): void {
    const { errorRate, failing } = this.#configOf(e)
    if (errorRate > 0 && this.#kernel.random.uniform(failing) < errorRate) this.#threw(e, this.#reasons.threw)
    else this.#finish(e, Outcome.ok)
  }

  #configOf(e: number): FunctionConfig {
    return this.#configs[this.#environments.fn.data[e]!]!
  }

  /** Time a `spend` step takes now. */
  #spend(config: FunctionConfig, index: number, e: number): number {
    const it = config.steps[index]!
    if (it.kind !== 'spend') return 0
    const draw = it.cold !== null && this.#environments.cold.data[e] === 1 ? it.cold : it.warm
    if (!it.perMessage) return draw()
    let sum = 0
    for (let i = this.#work.size(e); i > 0; i--) sum += draw()
    return sum
  }

  /** Lets time pass, then goes on with `kind`; or stops at the timeout when that comes first. */
  #pass(e: number, config: FunctionConfig, micros: number, kind: number): void {
    const deadline = this.#deadline(e, config)
    if (micros > deadline) this.#kernel.after(Math.max(0, deadline), this.#kinds.timingOut, e)
    else this.#kernel.after(micros, kind, e)
  }

  /** µs left until the timeout. */
  #deadline(e: number, config: FunctionConfig): number {
    return this.#startedAt.data[e]! + config.timeout - this.#kernel.now
  }

  #go(e: number): void {
    const config = this.#configOf(e)
    const step = this.#step.data
    let spent = 0
    while (step[e]! < config.steps.length) {
      const it = config.steps[step[e]!]!
      if (it.kind === 'spend') {
        spent += this.#spend(config, step[e]!, e)
        step[e] = step[e]! + 1
        continue
      }
      // time first, then what happens at its end
      if (spent > 0) {
        this.#pass(e, config, spent, this.#kinds.going)
        return
      }
      if (it.kind === 'fail') {
        step[e] = step[e]! + 1
        if (this.#fails(it, config, e)) {
          this.#threw(e, this.#reasons.threw)
          return
        }
        continue
      }
      if (this.#left.data[e] === 0) this.#left.data[e] = it.perMessage ? this.#work.size(e) : 1
      if (this.#timer.data[e]! < 0) {
        this.#timer.data[e] = this.#kernel.after(Math.max(0, this.#deadline(e, config)), this.#kinds.timingOut, e)
      }
      this.#pending.data[e] = this.#context.calls.send(it.wire, it.payload, 1, this.#kinds.answered, e)
      return
    }
    this.#pass(e, config, spent, this.#kinds.succeeding)
  }

  #fails(it: Step & { kind: 'fail' }, config: FunctionConfig, e: number): boolean {
    return (
      (it.poison && this.#work.poison(e)) ||
      it.attempts.includes(this.#work.attempt(e)) ||
      (it.rate > 0 && this.#kernel.random.uniform(config.failing) < it.rate)
    )
  }

  #answered(request: number, e: number): void {
    const config = this.#configOf(e)
    const outcome = this.#context.calls.outcome(request)
    this.#pending.data[e] = -1
    const it = config.steps[this.#step.data[e]!]!
    const left = this.#left.data[e]! - 1
    this.#left.data[e] = left
    if (left === 0) this.#step.data[e] = this.#step.data[e]! + 1
    if (outcome !== Outcome.ok && !(it.kind === 'call' && it.optional)) {
      this.#stopTimer(e)
      this.#threw(e, this.#reasons.callFailed)
      return
    }
    if (left === 0) this.#stopTimer(e)
    this.#go(e)
  }

  #stopTimer(e: number): void {
    if (this.#timer.data[e]! < 0) return
    this.#kernel.agenda.remove(this.#timer.data[e]!)
    this.#timer.data[e] = -1
  }
}
