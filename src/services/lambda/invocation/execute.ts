import { Outcome } from '../../../model/recording'
import { MICROS } from '../../../model/units'
import type { Clock } from '../../../kernel/clock'
import type { Kernel } from '../../../kernel/kernel'
import type { Recorder } from '../../../kernel/recorder'
import type { JsonObject } from '../../../model/scenario'
import { namedIn } from '../../named-instances'
import { ITEM, pastOf } from '../../parcel'
import type { ServiceContext } from '../../service'
import { batchResponse } from '../mapping/batch-response'
import type { FunctionConfig } from '../config'
import {
  COLD,
  CONFIG,
  DOUBLES,
  EVENT,
  FAILED,
  INTS,
  MESSAGE,
  PASSED,
  PENDING,
  REQUEST,
  RESET,
  STARTED,
  STEP,
  TIMER,
} from '../environment/environment-row'
import type { Environments } from '../environment/environments'
import { ERROR, FORBIDDEN, TOO_LARGE } from './errors'
import type { AliasMeters, Meters } from '../meters'
import { Side } from '../environment/side-steps'
import type { CallStep, FailStep, Spend } from './steps'
import { Tally } from './tally'
import type { Work } from './work'

/** Place of InvokeWithResponseStream among the calls of a function (actions.ts). */
const STREAM = 2

/** The invocation ended; the environment is free again. `value`: see `Calls.answer`. `error`: its type, null without one. */
export type Ended = (request: number, event: number, outcome: Outcome, value: number, error: string | null) => void

/** Runs the Behavior of functions in their environments, step by step, under their timeouts. */
export class Execution {
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #configs: readonly FunctionConfig[]
  readonly #tally: Tally
  readonly #work: Work
  readonly #side: Side
  readonly #ended: Ended
  readonly #reasons: {
    readonly [
      name in 'timeout' | 'threw' | 'callFailed' | 'caught' | 'memory' | 'init' | 'fileIo' | 'tooLarge' | 'unnamed'
    ]: number
  }
  readonly #kinds: { readonly [name in 'timingOut' | 'succeeding' | 'going' | 'answered' | 'initFailing']: number }
  #environments!: Environments

  constructor(
    context: ServiceContext,
    configs: readonly FunctionConfig[],
    meters: readonly Meters[],
    aliases: readonly (AliasMeters | undefined)[],
    work: Work,
    ended: Ended,
  ) {
    const { kernel } = context
    this.#context = context
    this.#kernel = kernel
    this.#clock = kernel.clock
    this.#recorder = kernel.recorder
    this.#configs = configs
    this.#tally = new Tally(context, configs, meters, aliases)
    this.#work = work
    this.#side = new Side(context, configs, meters)
    this.#ended = ended
    this.#reasons = {
      timeout: context.reason('lambda.timeout'),
      threw: context.reason('lambda.threw'),
      callFailed: context.reason('lambda.callFailed'),
      caught: context.reason('lambda.caught'),
      memory: context.reason('lambda.outOfMemory'),
      init: context.reason('lambda.initFailed'),
      fileIo: context.reason('lambda.fileIo'),
      tooLarge: context.reason('lambda.responseTooLarge'),
      unnamed: context.reason('lambda.unnamed'),
    }
    this.#kinds = {
      timingOut: kernel.handler((e) => this.#timedOut(e)),
      succeeding: kernel.handler((e) => this.#succeed(e)),
      going: kernel.handler((e) => this.#go(e)),
      answered: kernel.handler((request, e) => this.#answered(request, e)),
      initFailing: kernel.handler((e) => this.#threw(e, this.#reasons.init, this.#configOf(e).initFails!, true)),
    }
  }

  /** The environments work is done in; they are made after the execution that they begin. */
  runIn(environments: Environments): void {
    this.#environments = environments
    this.#side.runIn(environments)
  }

  get side(): Side {
    return this.#side
  }

  /** An environment became busy. */
  begin(e: number): void {
    const { ints, doubles } = this.#environments
    const row = ints.data
    const at = e * INTS
    const config = this.#configs[row[at + CONFIG]!]!
    doubles.data[e * DOUBLES + STARTED] = this.#clock.now
    let before = config.overhead()
    if (row[at + RESET] === 1) {
      row[at + RESET] = 0
      before += config.init()
    }
    if (config.spends !== null) {
      for (let i = 0; i < config.spends.length; i++) before += this.#spend(config.spends[i]!, e, true)
      if (before > config.timeout) this.#kernel.after(config.timeout, this.#kinds.timingOut, e)
      else this.#kernel.after(before, this.#kinds.succeeding, e)
      return
    }
    row[at + STEP] = 0
    row[at + MESSAGE] = -1
    row[at + FAILED] = 0
    // a failed init is tried once more inside the invocation, which it ends (LAM-20, LAM-53)
    if (config.initFails !== null) this.#pass(e, config, before, this.#kinds.initFailing)
    else if (config.needs > config.memory) this.#killed(e)
    else if (before > 0) this.#pass(e, config, before, this.#kinds.going)
    else this.#go(e)
  }

  #finish(e: number, outcome: Outcome, value: number, error: string | null): void {
    const environments = this.#environments
    const row = environments.ints.data
    const at = e * INTS
    // what ended in the turn of one message ended for the whole invocation
    if (row[at + MESSAGE]! > 0 && this.#configOf(e).spends === null) this.#turnTo(e, -1)
    // what is refused in its course is no invocation (LAM-52)
    if (outcome !== Outcome.unavailable) this.#tally.ended(e, environments, outcome, error ?? ERROR.handler)
    if (this.#configOf(e).remembers) this.#side.end(e)
    const request = row[at + REQUEST]!
    const event = row[at + EVENT]!
    const { cause } = this.#recorder
    environments.free(e)
    this.#recorder.cause = cause
    this.#ended(request, event, outcome, value, error)
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
    this.#reset(e)
    this.#finish(e, Outcome.timeout, 0, ERROR.timeout)
  }

  /** The process ended: its next invocation pays init again, /tmp stays (LAM-23). */
  #reset(e: number): void {
    this.#environments.ints.data[e * INTS + RESET] = 1
    if (this.#configOf(e).remembers) this.#side.reset(e)
  }

  #killed(e: number): void {
    this.#threw(e, this.#reasons.memory, ERROR.memory, true)
  }

  #threw(e: number, reason: number, type: string, crashed: boolean): void {
    this.#stopTimer(e)
    this.#context.explain(reason, this.#configOf(e).resource, this.#environments.drawn(e))
    if (crashed) this.#reset(e)
    this.#finish(e, Outcome.error, 0, type)
  }

  #succeed(e: number): void {
    const config = this.#configOf(e)
    const { errorRate, failing } = config
    if (config.large && this.#isCall(e) && (config.tooLarge || !this.#streams(e)))
      return this.#threw(e, this.#reasons.tooLarge, TOO_LARGE, false)
    if (errorRate > 0 && this.#kernel.random.uniform(failing) < errorRate)
      this.#threw(e, this.#reasons.threw, ERROR.handler, false)
    else this.#finish(e, Outcome.ok, config.returns ? this.#returned(e, config) : 0, null)
  }

  /** See `Calls.answer`: the failures of a batch that the handler caught or named, or whose response it is. */
  #returned(e: number, config: FunctionConfig): number {
    const row = this.#environments.ints.data
    if (!this.#work.isBatch(row[e * INTS + REQUEST]!)) return config.response === undefined ? 0 : config.resource + 1
    if (config.spends === null && row[e * INTS + FAILED]! > 0) return row[e * INTS + FAILED]!
    if (config.response === undefined) return 0
    const named = batchResponse(config.response, this.#work.items(e))
    return typeof named === 'number' ? named : this.#context.parcels.put(named) + 1
  }

  #configOf(e: number): FunctionConfig {
    return this.#configs[this.#environments.ints.data[e * INTS + CONFIG]!]!
  }

  /** Time a `spend` step takes now. `whole`: for all messages of the batch. */
  #spend(it: Spend, e: number, whole: boolean): number {
    const draw = it.cold !== null && this.#environments.ints.data[e * INTS + COLD] === 1 ? it.cold : it.warm
    if (!whole || !it.perMessage) return draw()
    let sum = 0
    for (let i = this.#work.size(e); i > 0; i--) sum += draw()
    return sum
  }

  /** Lets time pass, then goes on with `kind`; or stops at the timeout when that comes first. */
  #pass(e: number, config: FunctionConfig, micros: number, kind: number): void {
    this.#stopTimer(e)
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
    const { steps } = config
    let spent = 0
    while (row[at + STEP]! < steps.length) {
      const step = row[at + STEP]!
      const it = steps[step]!
      if (it.kind === 'spend') {
        spent += this.#spend(it, e, false)
        row[at + STEP] = step + 1
        continue
      }
      if (it.kind === 'loop') {
        row[at + STEP] = step + 1
        this.#turnTo(e, 0)
        continue
      }
      if (it.kind === 'next') {
        const next = row[at + MESSAGE]! + 1
        const more = next < this.#work.size(e)
        this.#turnTo(e, more ? next : -1)
        row[at + STEP] = (more ? it.start : step) + 1
        continue
      }
      // time first, then what happens at its end
      if (spent > 0) return this.#pass(e, config, spent, this.#kinds.going)
      if (it.kind === 'call') return this.#call(e, it, config)
      row[at + STEP] = step + 1
      if (it.kind === 'fail') {
        if (!this.#fails(it, config, e)) continue
        if (this.#caught(e, config)) continue
        return this.#threw(e, this.#reasons.threw, it.type, it.crash)
      }
      const result = this.#side.run(e, it)
      if (typeof result === 'number') spent += result
      else if (result === ERROR.memory) return this.#killed(e)
      else if (!this.#caught(e, config)) return this.#threw(e, this.#reasons.threw, result, false)
    }
    // the environment is busy until the last byte is sent
    if (config.large && !config.tooLarge && this.#streams(e)) spent += config.streaming
    this.#pass(e, config, spent, this.#kinds.succeeding)
  }

  /** Somebody waits for the response; an event has nobody to answer. */
  #isCall(e: number): boolean {
    return this.#environments.ints.data[e * INTS + REQUEST]! >= 0
  }

  /** The response is streamed (LAM-9). */
  #streams(e: number): boolean {
    return this.#isCall(e) && this.#context.calls.action(this.#environments.ints.data[e * INTS + REQUEST]!) === STREAM
  }

  /** The turn of a message of the batch begins, of root event of its own; -1: the turns are over. */
  #turnTo(e: number, message: number): void {
    this.#environments.ints.data[e * INTS + MESSAGE] = message
    const trace = this.#work.trace(e, Math.max(0, message))
    if (trace >= 0) this.#recorder.trace = trace
  }

  #call(e: number, it: CallStep, config: FunctionConfig): void {
    const row = this.#environments.ints.data
    const at = e * INTS
    const { calls, lineage, parcels } = this.#context
    const wire = it.named === null ? it.wire : wireNamed(it.named, this.#work.body(e))
    if (wire < 0) {
      row[at + STEP] = row[at + STEP]! + 1
      if (it.optional || this.#caught(e, config)) return this.#go(e)
      return this.#threw(e, this.#reasons.unnamed, ERROR.call, false)
    }
    if (row[at + TIMER]! < 0)
      row[at + TIMER] = this.#kernel.after(Math.max(0, this.#deadline(e, config)), this.#kinds.timingOut, e)
    const outer = lineage.past
    lineage.past = pastOf(this.#work.passed(e, row[at + PASSED]!) + 1)
    let { payload } = it
    if (it.forwards) {
      const items = this.#work.items(e)
      const message = Math.max(0, row[at + MESSAGE]!)
      payload = parcels.put(row[at + MESSAGE]! < 0 ? items : items.slice(message * ITEM, (message + 1) * ITEM))
    }
    const request = calls.send(wire, payload, 1, this.#kinds.answered, e)
    lineage.past = outer
    // the call may have made an environment, and the rows may have moved
    this.#environments.ints.data[at + PENDING] = request
  }

  #fails(it: FailStep, config: FunctionConfig, e: number): boolean {
    return (
      it.always ||
      (it.poison && this.#work.poison(e)) ||
      (it.attempts.length > 0 && it.attempts.includes(this.#work.attempt(e))) ||
      (it.field !== null && this.#work.attempt(e) <= this.#work.number(e, it.field)) ||
      (it.rate > 0 && this.#kernel.random.uniform(config.failing) < it.rate)
    )
  }

  /**
   * A handler that reports failures notes the message and goes on with the next one. On a FIFO queue it stops and returns everything
   * that is left, so that the order holds (SQS-ESM-7). Returns whether the failure was caught.
   */
  #caught(e: number, config: FunctionConfig): boolean {
    const row = this.#environments.ints.data
    const at = e * INTS
    const message = row[at + MESSAGE]!
    const items = this.#work.items(e)
    if (!config.reportsFailures || message < 0 || items.length === 0) return false
    const { parcels } = this.#context
    const before = row[at + FAILED]! > 0 ? parcels.get(row[at + FAILED]! - 1) : []
    const last = this.#work.group(e, message) !== null ? items.length : (message + 1) * ITEM
    const noted = parcels.put([...before, ...items.slice(message * ITEM, last)])
    if (row[at + FAILED]! > 0) parcels.drop(row[at + FAILED]! - 1)
    row[at + FAILED] = noted + 1
    this.#context.explain(this.#reasons.caught, config.resource, this.#environments.drawn(e), message + 1)
    const { steps } = config
    let step = row[at + STEP]!
    while (steps[step]!.kind !== 'next') step++
    row[at + STEP] = step
    if (last === items.length) row[at + MESSAGE] = this.#work.size(e)
    return true
  }

  #answered(request: number, e: number): void {
    const config = this.#configOf(e)
    const outcome = this.#context.calls.outcome(request)
    const row = this.#environments.ints.data
    const at = e * INTS
    row[at + PENDING] = -1
    const it = config.steps[row[at + STEP]!] as CallStep
    if (it.forwards) this.#context.parcels.drop(this.#context.calls.payload(request))
    row[at + STEP] = row[at + STEP]! + 1
    if (it.file && outcome === Outcome.unavailable) {
      this.#stopTimer(e)
      this.#context.explain(this.#reasons.fileIo, config.resource, this.#environments.drawn(e))
      this.#finish(e, outcome, 0, null)
      return
    }
    // a file that may be missing may still not be forbidden
    const goesOn = outcome === Outcome.ok || (it.optional && (!it.file || outcome === Outcome.error))
    if (goesOn || this.#caught(e, config)) return this.#go(e)
    this.#threw(e, this.#reasons.callFailed, it.file ? fileError(outcome) : errorOf(outcome), false)
  }

  #stopTimer(e: number): void {
    const row = this.#environments.ints.data
    const slot = row[e * INTS + TIMER]!
    if (slot < 0) return
    this.#kernel.agenda.remove(slot)
    row[e * INTS + TIMER] = -1
  }
}

/** Wire to what the event names, -1 when there is none. */
const wireNamed = ({ path, wires }: NonNullable<CallStep['named']>, event: JsonObject): number =>
  wires.get(namedIn(event, path) ?? '') ?? -1

const fileError = (outcome: Outcome): string => (outcome === Outcome.denied ? FORBIDDEN : ERROR.noFile)

function errorOf(outcome: Outcome): string {
  if (outcome === Outcome.denied) return ERROR.denied
  return outcome === Outcome.throttled ? ERROR.throttled : ERROR.call
}
