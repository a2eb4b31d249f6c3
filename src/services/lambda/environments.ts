import { Table, type Column } from '../../kernel/columns'
import type { Drawing } from '../../kernel/drawing'
import type { Lifecycle } from '../../kernel/lifecycle'
import type { Metrics } from '../../kernel/metrics'
import type { ServiceContext } from '../service'
import type { Admission } from './admission'
import type { FunctionConfig } from './config'
import { environmentMachine } from './environment.machine'
import { COLD, DOUBLES, EVENT, FN, INIT_TOOK, INTS, PENDING, REQUEST, TIMER, WAIT } from './environment-row'
import type { Meters } from './meters'
import { NewestFirst } from './newest-first'

/** The environments of all functions: who is warm, who is taken, and which work each one does. */
export class Environments {
  readonly table = new Table(64)
  /** Rows of environment-row.ts. */
  readonly ints = this.table.kept(0, INTS)
  readonly doubles = this.table.keptF64(0, DOUBLES)
  readonly #alive: Column<Int32Array>
  readonly #ever: Column<Int32Array>
  readonly #idle: NewestFirst
  readonly #metrics: Metrics
  readonly #context: ServiceContext
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #admission: Admission
  readonly #life: Lifecycle
  readonly #drawing: Drawing
  readonly #invoke: number
  readonly #done: number
  readonly #coldReason: number
  readonly #noAddress: number

  /** `begin` runs the work of an environment that became busy. */
  constructor(
    context: ServiceContext,
    configs: readonly FunctionConfig[],
    meters: readonly Meters[],
    admission: Admission,
    begin: (environment: number) => void,
  ) {
    const { kernel } = context
    this.#context = context
    this.#metrics = kernel.metrics
    this.#configs = configs
    this.#meters = meters
    this.#admission = admission
    kernel.part(this.table)
    const counts = kernel.part(new Table(configs.length || 1))
    this.#alive = counts.i32()
    this.#ever = counts.i32()
    configs.forEach(() => counts.add())
    this.#idle = kernel.part(new NewestFirst(configs.length, this.ints))
    this.#coldReason = context.reason('lambda.cold')
    this.#noAddress = context.reason('lambda.noAddress')
    const { ints, doubles } = this
    const fnOf = (e: number): number => ints.data[e * INTS + FN]!
    const configOf = (e: number): FunctionConfig => configs[fnOf(e)]!
    const life = context.lifecycle({
      entities: this.table,
      machine: environmentMachine,
      drawn: { owner: (e) => configOf(e).resource, label: (e) => `e${this.#ever.data[fnOf(e)]!}` },
      implementation: {
        guards: { 'has work': (e) => ints.data[e * INTS + REQUEST]! >= 0 || ints.data[e * INTS + EVENT]! >= 0 },
        actions: {
          begin,
          rest: (e) => this.#idle.add(fnOf(e), e),
          vanish: (e) => {
            const f = fnOf(e)
            this.#idle.died(f, e)
            this.#count(f, -1)
            context.signal('vpc.detach', configs[f]!.resource, life.drawn.of(e))
            kernel.after(0, removed, e)
          },
        },
        delays: {
          PROVISION: (e) => doubles.data[e * DOUBLES + WAIT]! + configOf(e).provision(),
          INIT: (e) => (doubles.data[e * DOUBLES + INIT_TOOK] = configOf(e).init()),
          IDLE: (e) => configOf(e).idle,
        },
      },
    })
    // the row of the last state still refers to the entity while the chart finishes its step
    const removed = kernel.handler((e) => this.table.remove(e))
    this.#life = life
    this.#drawing = life.drawn
    this.#invoke = life.event('invoke')
    this.#done = life.event('done')
  }

  /** Reason code if a request may not run now, or -1. */
  refusal(f: number, asynchronous: boolean): number {
    const fresh = this.#idle.size(f) === 0
    const refused = this.#admission.refusal(f, fresh, asynchronous)
    if (refused >= 0 || !fresh) return refused
    return this.#context.read('vpc.attachDelay', this.#configs[f]!.resource) < 0 ? this.#noAddress : -1
  }

  /** Gives work to the newest idle environment or a new one. `refusal` must have been -1. */
  take(f: number, forRequest: number, forEvent: number): void {
    const idle = this.#idle.take(f)
    const fresh = idle < 0
    this.#metrics.gauge(this.#meters[f]!.concurrency, this.#admission.enter(f, fresh))
    const e = fresh ? this.#create(f) : idle
    const ints = this.ints.data
    const at = e * INTS
    if (!fresh) ints[at + COLD] = 0
    ints[at + REQUEST] = forRequest
    ints[at + EVENT] = forEvent
    if (fresh) this.#life.start(e)
    else this.#life.send(e, this.#invoke)
  }

  /** The work of an environment is over. */
  free(e: number): void {
    const ints = this.ints.data
    const at = e * INTS
    const f = ints[at + FN]!
    ints[at + REQUEST] = -1
    ints[at + EVENT] = -1
    this.#metrics.gauge(this.#meters[f]!.concurrency, this.#admission.leave(f))
    this.#life.send(e, this.#done)
  }

  /** Recording id. */
  drawn(e: number): number {
    return this.#drawing.of(e)
  }

  #create(f: number): number {
    const context = this.#context
    const { resource } = this.#configs[f]!
    const e = this.table.add()
    const ints = this.ints.data
    const at = e * INTS
    ints.fill(0, at, at + INTS)
    ints[at + FN] = f
    ints[at + COLD] = 1
    this.#idle.born(f, e)
    ints[at + PENDING] = -1
    ints[at + TIMER] = -1
    this.#ever.data[f] = this.#ever.data[f]! + 1
    this.#count(f, 1)
    this.#metrics.count(this.#meters[f]!.coldStarts)
    context.explain(this.#coldReason, resource, -1, this.#alive.data[f])
    const born = this.#drawing.born(e)
    const doubles = this.doubles.data
    doubles[e * DOUBLES + INIT_TOOK] = 0
    doubles[e * DOUBLES + WAIT] = Math.max(0, context.read('vpc.attachDelay', resource))
    context.signal('vpc.attach', resource, born)
    return e
  }

  #count(f: number, step: number): void {
    this.#alive.data[f] = this.#alive.data[f]! + step
    this.#metrics.gauge(this.#meters[f]!.environments, this.#alive.data[f])
  }
}
