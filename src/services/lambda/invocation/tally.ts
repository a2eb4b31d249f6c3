import { Outcome, RowKind } from '../../../model/recording'
import type { Clock } from '../../../kernel/clock'
import type { Metrics } from '../../../kernel/metrics'
import type { Recorder } from '../../../kernel/recorder'
import type { ServiceContext } from '../../service'
import type { FunctionConfig } from '../config'
import { CALLEE, COLD, CONFIG, DOUBLES, INIT_TOOK, INTS, POOL, STARTED } from '../environment/environment-row'
import type { Environments } from '../environment/environments'
import type { AliasMeters, Meters } from '../meters'

/** What is written down when an invocation ends: its span, and metrics of the function, of its version and of the alias that was called (OBS-4). */
export class Tally {
  readonly #context: ServiceContext
  readonly #clock: Clock
  readonly #metrics: Metrics
  readonly #recorder: Recorder
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  /** By resource. */
  readonly #aliases: readonly (AliasMeters | undefined)[]
  readonly #failedWith: number

  constructor(
    context: ServiceContext,
    configs: readonly FunctionConfig[],
    meters: readonly Meters[],
    aliases: readonly (AliasMeters | undefined)[],
  ) {
    this.#context = context
    this.#clock = context.kernel.clock
    this.#metrics = context.kernel.metrics
    this.#recorder = context.kernel.recorder
    this.#configs = configs
    this.#meters = meters
    this.#aliases = aliases
    this.#failedWith = context.reason('lambda.failedWith')
  }

  /** The invocation in environment `e` ends now. `error`: its type, read when the outcome is not ok. */
  ended(e: number, environments: Environments, outcome: Outcome, error: string): void {
    const metrics = this.#metrics
    const row = environments.ints.data
    const at = e * INTS
    const config = this.#configs[row[at + CONFIG]!]!
    const { slot, fn } = config
    const meter = this.#meters[slot]!
    const started = environments.doubles.data[e * DOUBLES + STARTED]!
    const duration = this.#clock.now - started
    this.#recorder.emit(RowKind.span, config.resource, environments.drawn(e), outcome, started)
    metrics.count(meter.invocations)
    metrics.observe(meter.duration, duration)
    let billed = duration
    let init = 0
    if (row[at + COLD] === 1) {
      init = environments.doubles.data[e * DOUBLES + INIT_TOOK]!
      if (init > 0) metrics.observe(config.snapStart ? meter.restore : meter.init, init)
      if (config.initBilled) billed += init
    }
    // billed duration is rounded up to 1 ms and includes the init phase since 2025-08-01 (LAM-27)
    const ms = Math.ceil(billed / 1_000)
    metrics.count(meter.billed, ms)
    if (slot !== fn) this.#ofFunction(config, duration, init, ms)
    if (row[at + POOL] !== slot) metrics.count(meter.billedProvisioned, ms)
    const callee = row[at + CALLEE]!
    if (callee !== config.resource) this.#ofAlias(callee, duration, outcome)
    if (outcome !== Outcome.ok) this.#failed(config, environments.drawn(e), outcome, error)
  }

  /** What a published version does counts for its function too. */
  #ofFunction({ fn, snapStart }: FunctionConfig, duration: number, init: number, billed: number): void {
    const meter = this.#meters[fn]!
    this.#metrics.count(meter.invocations)
    this.#metrics.observe(meter.duration, duration)
    if (init > 0) this.#metrics.observe(snapStart ? meter.restore : meter.init, init)
    this.#metrics.count(meter.billed, billed)
  }

  #ofAlias(callee: number, duration: number, outcome: Outcome): void {
    const meter = this.#aliases[callee]
    if (meter === undefined) return
    this.#metrics.count(meter.invocations)
    this.#metrics.observe(meter.duration, duration)
    if (outcome !== Outcome.ok) this.#metrics.count(meter.errors)
  }

  #failed({ resource, slot, fn, errorTypes }: FunctionConfig, subject: number, outcome: Outcome, error: string): void {
    const metrics = this.#metrics
    this.#context.explain(this.#failedWith, resource, subject, errorTypes.indexOf(error))
    for (let m = slot; ; m = fn) {
      const meter = this.#meters[m]!
      metrics.count(meter.errors)
      const ofType = meter.errorsOf.get(error)
      if (ofType !== undefined) metrics.count(ofType)
      if (outcome === Outcome.timeout) metrics.count(meter.timeouts)
      if (m === fn) break
    }
  }
}
