import { Table, type Column } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import type { Metrics } from '../../kernel/metrics'
import type { ServiceContext } from '../service'
import type { Admission } from './admission'
import type { FunctionConfig } from './config'
import { environmentMachine } from './environment.machine'
import type { Meters } from './meters'
import { NewestFirst } from './newest-first'

/** The environments of all functions: who is warm, who is taken, and which work each one does. */
export class Environments {
  readonly table = new Table(64)
  readonly fn = this.table.i32()
  /** Work an environment does: a request of `calls`, or -1. */
  readonly request = this.table.i32(-1)
  /** Or an asynchronous event, or -1. */
  readonly event = this.table.i32(-1)
  /** The present invocation is the first of its environment. */
  readonly cold = this.table.u8()
  /** The environment was reset after a crash: init runs again inside the next invocation (LAM-23). */
  readonly reset = this.table.u8()
  readonly initTook = this.table.f64()
  readonly #born = this.table.i32()
  readonly #wait = this.table.f64()
  readonly #alive: Column<Int32Array>
  readonly #ever: Column<Int32Array>
  readonly #idle: NewestFirst
  readonly #kernel: Kernel
  readonly #metrics: Metrics
  readonly #context: ServiceContext
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #admission: Admission
  readonly #life: ReturnType<ServiceContext['lifecycle']>
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
    this.#kernel = kernel
    this.#metrics = kernel.metrics
    this.#configs = configs
    this.#meters = meters
    this.#admission = admission
    kernel.part(this.table)
    const counts = kernel.part(new Table(configs.length || 1))
    this.#alive = counts.i32()
    this.#ever = counts.i32()
    configs.forEach(() => counts.add())
    this.#idle = kernel.part(new NewestFirst(configs.length, this.table, this.#born))
    this.#coldReason = context.reason('lambda.cold')
    this.#noAddress = context.reason('lambda.noAddress')
    const { fn, request, event } = this
    const life = context.lifecycle({
      entities: this.table,
      machine: environmentMachine,
      drawn: { owner: (e) => configs[fn.data[e]!]!.resource, label: (e) => `e${this.#ever.data[fn.data[e]!]!}` },
      implementation: {
        guards: { 'has work': (e) => request.data[e]! >= 0 || event.data[e]! >= 0 },
        actions: {
          begin,
          rest: (e) => this.#idle.add(fn.data[e]!, e),
          vanish: (e) => {
            const f = fn.data[e]!
            this.#idle.remove(f, e)
            this.#count(f, -1)
            context.signal('vpc.detach', configs[f]!.resource, life.drawn.of(e))
            kernel.after(0, removed, e)
          },
        },
        delays: {
          PROVISION: (e) => this.#wait.data[e]! + configs[fn.data[e]!]!.provision(),
          INIT: (e) => (this.initTook.data[e] = configs[fn.data[e]!]!.init()),
          IDLE: (e) => configs[fn.data[e]!]!.idle,
        },
      },
    })
    // the row of the last state still refers to the entity while the chart finishes its step
    const removed = kernel.handler((e) => this.table.remove(e))
    this.#life = life
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
    const idle = this.#idle.newest(f)
    const fresh = idle < 0
    this.#admission.enter(f, fresh)
    this.#metrics.gauge(this.#meters[f]!.concurrency, this.#kernel.now, this.#admission.running(f))
    const e = fresh ? this.#create(f) : idle
    if (!fresh) {
      this.#idle.remove(f, e)
      this.cold.data[e] = 0
    }
    this.request.data[e] = forRequest
    this.event.data[e] = forEvent
    if (fresh) this.#life.start(e)
    else this.#life.send(e, this.#invoke)
  }

  /** The work of an environment is over. */
  free(e: number): void {
    const f = this.fn.data[e]!
    this.request.data[e] = -1
    this.event.data[e] = -1
    this.#admission.leave(f)
    this.#metrics.gauge(this.#meters[f]!.concurrency, this.#kernel.now, this.#admission.running(f))
    this.#life.send(e, this.#done)
  }

  /** Recording id. */
  drawn(e: number): number {
    return this.#life.drawn.of(e)
  }

  idle(f: number): number {
    return this.#idle.size(f)
  }

  #create(f: number): number {
    const context = this.#context
    const { resource } = this.#configs[f]!
    const e = this.table.add()
    this.fn.data[e] = f
    this.#ever.data[f] = this.#ever.data[f]! + 1
    this.#count(f, 1)
    this.#metrics.count(this.#meters[f]!.coldStarts, this.#kernel.now)
    context.explain(this.#coldReason, resource, -1, this.#alive.data[f])
    this.#born.data[e] = this.#life.drawn.born(e)
    this.#wait.data[e] = Math.max(0, context.read('vpc.attachDelay', resource))
    context.signal('vpc.attach', resource, this.#born.data[e])
    this.cold.data[e] = 1
    return e
  }

  #count(f: number, step: number): void {
    this.#alive.data[f] = this.#alive.data[f]! + step
    this.#metrics.gauge(this.#meters[f]!.environments, this.#kernel.now, this.#alive.data[f])
  }
}
