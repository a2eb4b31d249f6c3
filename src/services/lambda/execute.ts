import { Outcome, RowKind } from '../../model/recording'
import { MICROS } from '../../model/units'
import type { Clock } from '../../kernel/clock'
import type { Kernel } from '../../kernel/kernel'
import type { Metrics } from '../../kernel/metrics'
import type { Recorder } from '../../kernel/recorder'
import type { ServiceContext } from '../service'
import type { FunctionConfig, Spend, Step } from './config'
import {
  COLD,
  DOUBLES,
  EVENT,
  FN,
  INIT_TOOK,
  INTS,
  LEFT,
  PENDING,
  REQUEST,
  RESET,
  STARTED,
  STEP,
  TIMER,
} from './environment-row'
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
  readonly #clock: Clock
  readonly #metrics: Metrics
  readonly #recorder: Recorder
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #work: Work
  readonly #reasons: { readonly [name in 'timeout' | 'threw' | 'callFailed']: number }
  readonly #kinds: { readonly [name in 'timingOut' | 'succeeding' | 'going' | 'answered']: number }
  #environments!: Environments

  constructor(context: ServiceContext, configs: readonly FunctionConfig[], meters: readonly Meters[], work: Work) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#clock = kernel.clock
    this.#metrics = kernel.metrics
    this.#recorder = kernel.recorder
    this.#configs = configs
    this.#meters = meters
    this.#work = work
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
    const { ints, doubles } = this.#environments
    const row = ints.data
    const at = e * INTS
    const config = this.#configs[row[at + FN]!]!
    doubles.data[e * DOUBLES + STARTED] = this.#clock.now
    let before = config.overhead()
    if (row[at + RESET] === 1) {
      row[at + RESET] = 0
      before += config.init()
    }
    if (config.spends !== null) {
      for (let i = 0; i < config.spends.length; i++) before += this.#spend(config.spends[i]!, e)
      if (before > config.timeout) this.#kernel.after(config.timeout, this.#kinds.timingOut, e)
      else this.#kernel.after(before, this.#kinds.succeeding, e)
      return
    }
    row[at + STEP] = 0
    row[at + LEFT] = 0
    if (before > 0) this.#pass(e, config, before, this.#kinds.going)
    else this.#go(e)
  }

  #finish(e: number, outcome: Outcome): void {
    const environments = this.#environments
    const metrics = this.#metrics
    const recorder = this.#recorder
    const row = environments.ints.data
    const at = e * INTS
    const f = row[at + FN]!
    const meter = this.#meters[f]!
    const started = environments.doubles.data[e * DOUBLES + STARTED]!
    const duration = this.#clock.now - started
    recorder.emit(RowKind.span, this.#configs[f]!.resource, environments.drawn(e), outcome, started)
    metrics.count(meter.invocations)
    metrics.observe(meter.duration, duration)
    let billed = duration
    if (row[at + COLD] === 1) {
      const init = environments.doubles.data[e * DOUBLES + INIT_TOOK]!
      if (init > 0) metrics.observe(meter.init, init)
      billed += init
    }
    // billed duration is rounded up to 1 ms and includes the init phase since 2025-08-01 (LAM-27)
    metrics.count(meter.billed, Math.ceil(billed / 1_000))
    if (outcome !== Outcome.ok) metrics.count(meter.errors)
    if (outcome === Outcome.timeout) {
      row[at + RESET] = 1
      metrics.count(meter.timeouts)
    }
    const request = row[at + REQUEST]!
    const event = row[at + EVENT]!
    const { cause } = recorder
    environments.free(e)
    recorder.cause = cause
    this.#work.ended(e, request, event, outcome)
  }

  #timedOut(e: number): void {
    const config = this.#configOf(e)
    const row = this.#environments.ints.data
    const at = e * INTS
    row[at + TIMER] = -1
    if (row[at + PENDING]! >= 0) {
      this.#context.calls.abandon(row[at + PENDING]!)
      row[at + PENDING] = -1
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
    return this.#configs[this.#environments.ints.data[e * INTS + FN]!]!
  }

  /** Time a `spend` step takes now. */
  #spend(it: Spend, e: number): number {
    const draw = it.cold !== null && this.#environments.ints.data[e * INTS + COLD] === 1 ? it.cold : it.warm
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
    return this.#environments.doubles.data[e * DOUBLES + STARTED]! + config.timeout - this.#clock.now
  }

  #go(e: number): void {
    const config = this.#configOf(e)
    const row = this.#environments.ints.data
    const at = e * INTS
    let spent = 0
    while (row[at + STEP]! < config.steps.length) {
      const it = config.steps[row[at + STEP]!]!
      if (it.kind === 'spend') {
        spent += this.#spend(it, e)
        row[at + STEP] = row[at + STEP]! + 1
        continue
      }
      // time first, then what happens at its end
      if (spent > 0) {
        this.#pass(e, config, spent, this.#kinds.going)
        return
      }
      if (it.kind === 'fail') {
        row[at + STEP] = row[at + STEP]! + 1
        if (this.#fails(it, config, e)) {
          this.#threw(e, this.#reasons.threw)
          return
        }
        continue
      }
      if (row[at + LEFT] === 0) row[at + LEFT] = it.perMessage ? this.#work.size(e) : 1
      if (row[at + TIMER]! < 0) {
        row[at + TIMER] = this.#kernel.after(Math.max(0, this.#deadline(e, config)), this.#kinds.timingOut, e)
      }
      const request = this.#context.calls.send(it.wire, it.payload, 1, this.#kinds.answered, e)
      // the call may have made an environment, and the rows may have moved
      this.#environments.ints.data[at + PENDING] = request
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
    const row = this.#environments.ints.data
    const at = e * INTS
    row[at + PENDING] = -1
    const it = config.steps[row[at + STEP]!]!
    const left = row[at + LEFT]! - 1
    row[at + LEFT] = left
    if (left === 0) row[at + STEP] = row[at + STEP]! + 1
    if (outcome !== Outcome.ok && !(it.kind === 'call' && it.optional)) {
      this.#stopTimer(e)
      this.#threw(e, this.#reasons.callFailed)
      return
    }
    if (left === 0) this.#stopTimer(e)
    this.#go(e)
  }

  #stopTimer(e: number): void {
    const row = this.#environments.ints.data
    const slot = row[e * INTS + TIMER]!
    if (slot < 0) return
    this.#kernel.agenda.remove(slot)
    row[e * INTS + TIMER] = -1
  }
}
