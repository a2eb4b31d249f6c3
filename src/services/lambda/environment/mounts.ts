import { Outcome } from '../../../model/recording'
import { MICROS, toMicros } from '../../../model/units'
import type { Column } from '../../../kernel/columns'
import type { ServiceContext } from '../../service'
import type { FunctionConfig } from '../config'
import { CONFIG, EVENT, INTS, PENDING, REQUEST, TIMER } from './environment-row'
import type { Environments } from './environments'

/** Mounting the file system of a function, once for each environment before its init (LAM-67). A mount that fails ends the environment. */
export class Mounts {
  readonly #context: ServiceContext
  readonly #configs: readonly FunctionConfig[]
  readonly #environments: Environments
  /** 1: the environment holds a connection to its file system. */
  readonly #mounted: Column<Uint8Array>
  readonly #refused: (request: number, event: number) => void
  readonly #unprepared: (environment: number) => void
  readonly #most: number
  readonly #reasons: { readonly [name in 'connectivity' | 'timeout' | 'failure']: number }
  readonly #answered: number
  readonly #expired: number

  /** `refused`: the work of an environment that could not mount ends unrun. `unprepared`: nobody waited for that one. */
  constructor(
    context: ServiceContext,
    configs: readonly FunctionConfig[],
    environments: Environments,
    refused: (request: number, event: number) => void,
    unprepared: (environment: number) => void,
  ) {
    this.#context = context
    this.#configs = configs
    this.#environments = environments
    this.#mounted = environments.table.u8()
    this.#refused = refused
    this.#unprepared = unprepared
    this.#most = toMicros(context.number('lambda.mountTimeout'))
    this.#reasons = {
      connectivity: context.reason('lambda.mountConnectivity'),
      timeout: context.reason('lambda.mountTimeout'),
      failure: context.reason('lambda.mountFailure'),
    }
    this.#answered = context.kernel.handler((request, e) => this.#ended(request, e))
    // a packet that is dropped is never answered
    this.#expired = context.kernel.handler((e) => {
      this.#context.calls.abandon(this.#row(e, PENDING))
      this.#fail(e, this.#reasons.connectivity)
    })
  }

  /** An environment has its sandbox and asks for the file system. */
  mount(e: number): void {
    const { wire, payload } = this.#configOf(e).mount!
    const request = this.#context.calls.send(wire, payload, 1, this.#answered, e)
    // rows may have moved
    const row = this.#environments.ints.data
    row[e * INTS + PENDING] = request
    row[e * INTS + TIMER] = this.#context.kernel.after(this.#most, this.#expired, e)
  }

  /** An environment was there, mounted, before the run began. */
  prepared(e: number): void {
    this.#mounted.data[e] = 1
    this.#context.signal('efs.connected', this.#configOf(e).mount!.fileSystem, 1)
  }

  /** An environment is gone, and its connection with it. */
  gone(e: number): void {
    if (this.#row(e, PENDING) >= 0) {
      this.#context.calls.abandon(this.#row(e, PENDING))
      this.#stop(e)
    }
    if (this.#mounted.data[e] === 1) this.#context.signal('efs.connected', this.#configOf(e).mount!.fileSystem, -1)
  }

  #ended(request: number, e: number): void {
    const outcome = this.#context.calls.outcome(request)
    this.#stop(e)
    if (outcome === Outcome.ok) {
      this.#mounted.data[e] = 1
      this.#environments.mounted(e)
    } else this.#fail(e, outcome === Outcome.unavailable ? this.#reasons.timeout : this.#reasons.failure)
  }

  #fail(e: number, reason: number): void {
    const { recorder } = this.#context.kernel
    this.#environments.ints.data[e * INTS + PENDING] = -1
    this.#environments.ints.data[e * INTS + TIMER] = -1
    const request = this.#row(e, REQUEST)
    const event = this.#row(e, EVENT)
    this.#context.explain(reason, this.#configOf(e).resource, this.#environments.drawn(e), this.#most / MICROS)
    const { cause } = recorder
    if (request < 0 && event < 0) this.#unprepared(e)
    this.#environments.discard(e)
    recorder.cause = cause
    if (request >= 0 || event >= 0) this.#refused(request, event)
  }

  #stop(e: number): void {
    this.#context.kernel.agenda.remove(this.#row(e, TIMER))
    this.#environments.ints.data[e * INTS + PENDING] = -1
    this.#environments.ints.data[e * INTS + TIMER] = -1
  }

  #row(e: number, column: number): number {
    return this.#environments.ints.data[e * INTS + column]!
  }
  #configOf(e: number): FunctionConfig {
    return this.#configs[this.#row(e, CONFIG)]!
  }
}
