import { Table, type Column } from '../../../kernel/columns'
import type { Drawing } from '../../../kernel/drawing'
import type { Lifecycle } from '../../../kernel/lifecycle'
import type { Metrics } from '../../../kernel/metrics'
import type { ServiceContext } from '../../service'
import type { Admission } from '../invocation/admission'
import type { FunctionConfig } from '../config'
import { environmentMachine } from './environment.machine'
import {
  BORN,
  CALLEE,
  COLD,
  CONFIG,
  DOUBLES,
  EVENT,
  INIT_TOOK,
  INTS,
  NUMBER,
  PASSED,
  PENDING,
  POOL,
  REQUEST,
  RESET,
  RETIRE,
  TIMER,
  WAIT,
} from './environment-row'
import type { Meters } from '../meters'
import { NewestFirst } from './newest-first'

/** Value of COLD while an environment is prepared that no request waits for. */
export const PREPARING = 2

/** Why an environment gets no interface under the rules before September 2019: `vpc.attachDelay` of -1, -2, -3 (NET-9). */
export const noInterface = (context: ServiceContext): number[] => [
  context.reason('lambda.noAddress'),
  context.reason('lambda.eniLimit'),
  context.reason('lambda.eniThrottled'),
]

/** The environments of all functions: who is warm, who is taken, and which work each one does. */
export class Environments {
  readonly table = new Table(64)
  /** Rows of environment-row.ts. */
  readonly ints = this.table.kept(0, INTS)
  readonly doubles = this.table.keptF64(0, DOUBLES)
  /** By pool: first one for each version, for its environments on demand, then the provisioned pools. */
  readonly #alive: Column<Int32Array>
  readonly #ever: Column<Int32Array>
  /** By version: environments, those of all versions for `$LATEST`, and how many of a published version are busy. */
  readonly #total: Column<Int32Array>
  readonly #running: Column<Int32Array>
  /** By version: the configuration its next environment gets. */
  readonly current: Column<Int32Array>
  readonly #idle: NewestFirst
  readonly #metrics: Metrics
  readonly #context: ServiceContext
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #admission: Admission
  /** Some function has a maximum age. */
  readonly #ages: boolean
  /** `$LATEST` of each comes first among the versions. */
  readonly #functions: number
  readonly #life: Lifecycle
  readonly #drawing: Drawing
  readonly #event: {
    readonly [name in 'invoke' | 'done' | 'reset' | 'retire' | 'kill' | 'prepared' | 'mounted']: number
  }
  readonly #coldReason: number
  /** Reasons of refusals that are no throttles (LAM-52). */
  readonly noInterface: readonly number[]
  /** Called when an environment ended, and when one that nobody waited for is ready. */
  onGone: (environment: number) => void = () => {}
  onReady: (environment: number) => void = () => {}
  /** Called when an environment needs its file system: answered by `mounted` or `discard`; and when it was prepared with it. */
  onMount: (environment: number) => void = () => {}
  onMounted: (environment: number) => void = () => {}
  /** Called when work of an environment of a provisioned pool ended. */
  onReturned: (environment: number) => void = () => {}

  /** `configs` grows when code is deployed. `begin` runs the work of an environment that became busy. `pools`: provisioned pools. */
  constructor(
    context: ServiceContext,
    configs: readonly FunctionConfig[],
    meters: readonly Meters[],
    admission: Admission,
    functions: number,
    pools: number,
    begin: (environment: number) => void,
  ) {
    const { kernel } = context
    this.#context = context
    this.#metrics = kernel.metrics
    this.#configs = configs
    this.#meters = meters
    this.#admission = admission
    this.#functions = functions
    this.#ages = configs.some(({ maxAge }) => maxAge !== Infinity)
    kernel.part(this.table)
    const counts = kernel.part(new Table(meters.length + pools || 1))
    this.#alive = counts.i32()
    this.#ever = counts.i32()
    this.#total = counts.i32()
    this.#running = counts.i32()
    this.current = counts.i32()
    for (let pool = 0; pool < meters.length + pools; pool++) this.current.data[counts.add()] = pool
    this.#idle = kernel.part(new NewestFirst(meters.length + pools, this.ints))
    this.#coldReason = context.reason('lambda.cold')
    this.noInterface = noInterface(context)
    const { ints, doubles } = this
    const configOf = (e: number): FunctionConfig => configs[ints.data[e * INTS + CONFIG]!]!
    const life = context.lifecycle({
      entities: this.table,
      machine: environmentMachine,
      drawn: { owner: (e) => configOf(e).resource, label: (e) => this.label(e) },
      implementation: {
        guards: {
          'has work': (e) => ints.data[e * INTS + REQUEST]! >= 0 || ints.data[e * INTS + EVENT]! >= 0,
          'from snapshot': (e) => configOf(e).snapStart,
          mounts: (e) => configOf(e).mount !== null,
          'has extensions': (e) => configOf(e).shutdown > 0,
        },
        actions: {
          mount: (e) => this.onMount(e),
          begin,
          rest: (e) => {
            this.#idle.add(ints.data[e * INTS + POOL]!, e)
            if (ints.data[e * INTS + COLD] !== PREPARING) return
            ints.data[e * INTS + COLD] = 0
            this.onReady(e)
          },
          vanish: (e) => {
            this.onGone(e)
            this.#idle.died(ints.data[e * INTS + POOL]!, e)
            this.#count(configOf(e).slot, configOf(e).fn, ints.data[e * INTS + POOL]!, -1)
            context.signal('vpc.detach', configOf(e).resource, life.drawn.of(e))
            kernel.after(0, removed, e)
          },
        },
        delays: {
          PROVISION: (e) => doubles.data[e * DOUBLES + WAIT]! + configOf(e).provision(),
          INIT: (e) => this.#initTime(e),
          RESTORE: (e) => (doubles.data[e * DOUBLES + INIT_TOOK] = configOf(e).restore()),
          IDLE: (e) => this.#idleTime(e),
          SHUTDOWN: (e) => configOf(e).shutdown,
        },
      },
    })
    // the row of the last state still refers to the entity while the chart finishes its step
    const removed = kernel.handler((e) => this.table.remove(e))
    this.#life = life
    this.#drawing = life.drawn
    this.#event = {
      invoke: life.event('invoke'),
      done: life.event('done'),
      reset: life.event('reset'),
      retire: life.event('retire'),
      kill: life.event('kill'),
      prepared: life.event('prepared'),
      mounted: life.event('mounted'),
    }
  }

  /** Reason code if a request may not run on demand now, or -1. */
  refusal(slot: number, asynchronous: boolean): number {
    const config = this.#currentOf(slot)
    const fresh = this.#idle.size(slot) === 0
    const refused = this.#admission.refusal(config.fn, fresh, asynchronous)
    if (refused >= 0 || !fresh) return refused
    const wait = this.#context.read('vpc.attachDelay', config.resource)
    return wait < 0 ? this.noInterface[-1 - wait]! : -1
  }

  /** The limit that refused last, for the explanation. */
  limit(): number {
    return this.#admission.limit()
  }

  /** Gives work to the newest idle environment on demand or a new one. `refusal` must have been -1. */
  take(slot: number, callee: number, request: number, event: number, passed: number): void {
    const fn = slot < this.#functions ? slot : this.#currentOf(slot).fn
    const idle = this.#idle.take(slot)
    const fresh = idle < 0
    this.#metrics.gauge(this.#meters[fn]!.concurrency, this.#admission.enter(fn, fresh))
    const e = fresh ? this.#create(slot, slot, 1) : idle
    if (slot >= this.#functions) this.#work(slot, 1)
    this.#occupy(e, fresh, callee, request, event, passed)
    if (fresh) this.#life.start(e)
    else this.#life.send(e, this.#event.invoke)
  }

  /** Whether a pool has an environment that could take work at once. */
  hasIdle(pool: number): boolean {
    return this.#idle.size(pool) > 0
  }

  /** Gives work to an idle environment of a provisioned pool, which must have one. */
  takeProvisioned(pool: number, callee: number, request: number, event: number, passed: number): void {
    const e = this.#idle.take(pool)
    const { fn, slot } = this.#configs[this.ints.data[e * INTS + CONFIG]!]!
    this.#metrics.gauge(this.#meters[fn]!.concurrency, this.#admission.useProvisioned(fn, 1))
    this.#work(slot, 1)
    this.#occupy(e, false, callee, request, event, passed)
    this.#life.send(e, this.#event.invoke)
  }

  /** The work of an environment is over. */
  free(e: number): void {
    const ints = this.ints.data
    const at = e * INTS
    const pool = ints[at + POOL]!
    ints[at + REQUEST] = -1
    ints[at + EVENT] = -1
    // nearly all of them: $LATEST, on demand, neither reset nor to be retired
    if (pool < this.#functions) this.#metrics.gauge(this.#meters[pool]!.concurrency, this.#admission.leave(pool))
    else this.#leave(e, pool)
    if ((ints[at + RETIRE]! | ints[at + RESET]!) === 0 && !this.#tooOld(e)) this.#life.send(e, this.#event.done)
    else if (ints[at + RETIRE] === 0 && !this.#tooOld(e)) this.#life.send(e, this.#event.reset)
    else this.#life.send(e, this.#event.retire)
  }

  /** Work of a published version, or in a provisioned environment, is over. */
  #leave(e: number, pool: number): void {
    const { fn, slot } = this.#configs[this.ints.data[e * INTS + CONFIG]!]!
    if (pool !== slot) this.onReturned(e)
    const running = pool === slot ? this.#admission.leave(fn) : this.#admission.useProvisioned(fn, -1)
    this.#metrics.gauge(this.#meters[fn]!.concurrency, running)
    this.#work(slot, -1)
  }

  #tooOld(e: number): boolean {
    if (!this.#ages) return false
    const { slot, maxAge } = this.#configs[this.ints.data[e * INTS + CONFIG]!]!
    return this.ints.data[e * INTS + POOL] === slot && this.#age(e) >= maxAge
  }

  /** A new environment of a provisioned pool, which nobody waits for. `ready`: it was prepared before the run began. */
  prepare(slot: number, pool: number, ready: boolean): void {
    const e = this.#create(slot, pool, PREPARING)
    const at = e * INTS
    this.ints.data[at + REQUEST] = -1
    this.ints.data[at + EVENT] = -1
    this.#life.start(e)
    if (!ready) return
    if (this.#configs[this.ints.data[at + CONFIG]!]!.mount !== null) this.onMounted(e)
    this.#life.send(e, this.#event.prepared)
  }

  /** Its file system is there; init begins. */
  mounted(e: number): void {
    this.#life.send(e, this.#event.mounted)
  }

  /** An environment ends before it ran anything; its work is somebody else's now. */
  discard(e: number): void {
    const at = e * INTS
    if (this.ints.data[at + REQUEST]! < 0 && this.ints.data[at + EVENT]! < 0) {
      this.#life.send(e, this.#event.kill)
      return
    }
    this.ints.data[at + RETIRE] = 1
    this.free(e)
  }

  /** Ends the environments of a version or a pool: idle ones at once, busy ones after their work. At most `most`; returns how many. */
  retire(test: (e: number) => boolean, most = Infinity): number {
    let ended = 0
    for (let e = this.table.size - 1; e >= 0 && ended < most; e--) {
      if (this.#drawing.of(e) < 0 || !test(e)) continue
      ended++
      const at = e * INTS
      const busy = this.ints.data[at + REQUEST]! >= 0 || this.ints.data[at + EVENT]! >= 0
      // also of one that ends at once: it has its place in the table until this instant is over
      this.ints.data[at + RETIRE] = 1
      if (!busy) this.#life.send(e, this.#event.kill)
    }
    return ended
  }

  /** Recording id. */
  drawn(e: number): number {
    return this.#drawing.of(e)
  }

  /** `e3` on demand, `p3` provisioned. */
  label(e: number): string {
    const at = e * INTS
    return `${this.ints.data[at + POOL]! < this.#meters.length ? 'e' : 'p'}${this.ints.data[at + NUMBER]!}`
  }

  #occupy(e: number, fresh: boolean, callee: number, request: number, event: number, passed: number): void {
    const ints = this.ints.data
    const at = e * INTS
    if (!fresh) ints[at + COLD] = 0
    ints[at + REQUEST] = request
    ints[at + EVENT] = event
    ints[at + CALLEE] = callee
    ints[at + PASSED] = passed
  }

  #age(e: number): number {
    return this.#context.kernel.now - this.doubles.data[e * DOUBLES + BORN]!
  }

  /** Init ends at its limit and is then tried again inside the first invocation (LAM-20). */
  #initTime(e: number): number {
    const { init, slot, initLimit, preparedLimit } = this.#configs[this.ints.data[e * INTS + CONFIG]!]!
    const took = init()
    const limit = this.ints.data[e * INTS + POOL] === slot ? initLimit : preparedLimit
    if (took <= limit) return (this.doubles.data[e * DOUBLES + INIT_TOOK] = took)
    this.doubles.data[e * DOUBLES + INIT_TOOK] = 0
    this.ints.data[e * INTS + RESET] = 1
    return limit
  }

  #idleTime(e: number): number {
    const { slot, idle, maxAge } = this.#configs[this.ints.data[e * INTS + CONFIG]!]!
    if (this.ints.data[e * INTS + POOL] !== slot) return Infinity
    return maxAge === Infinity ? idle : Math.max(0, Math.min(idle, maxAge - this.#age(e)))
  }

  #create(slot: number, pool: number, cold: number): number {
    const context = this.#context
    const current = this.current.data[slot]!
    const { resource, fn } = this.#configs[current]!
    const e = this.table.add()
    const ints = this.ints.data
    const at = e * INTS
    ints.fill(0, at, at + INTS)
    ints[at + CONFIG] = current
    ints[at + POOL] = pool
    ints[at + COLD] = cold
    this.#idle.born(pool, e)
    ints[at + PENDING] = -1
    ints[at + TIMER] = -1
    ints[at + NUMBER] = this.#ever.data[pool] = this.#ever.data[pool]! + 1
    this.#count(slot, fn, pool, 1)
    if (cold === 1) {
      this.#metrics.count(this.#meters[slot]!.coldStarts)
      if (slot !== fn) this.#metrics.count(this.#meters[fn]!.coldStarts)
      context.explain(this.#coldReason, resource, -1, this.#alive.data[pool])
    }
    const born = this.#drawing.born(e)
    const doubles = this.doubles.data
    doubles[e * DOUBLES + INIT_TOOK] = 0
    doubles[e * DOUBLES + BORN] = context.kernel.now
    doubles[e * DOUBLES + WAIT] = Math.max(0, context.read('vpc.attachDelay', resource))
    context.signal('vpc.attach', resource, born)
    return e
  }

  #currentOf(slot: number): FunctionConfig {
    return this.#configs[this.current.data[slot]!]!
  }

  #count(slot: number, fn: number, pool: number, step: number): void {
    const total = this.#total.data
    this.#alive.data[pool] = this.#alive.data[pool]! + step
    total[slot] = total[slot]! + step
    this.#metrics.gauge(this.#meters[slot]!.environments, total[slot])
    if (slot === fn) return
    total[fn] = total[fn]! + step
    this.#metrics.gauge(this.#meters[fn]!.environments, total[fn])
  }

  /** Work of a published version begins or ends; that of `$LATEST` is counted with the function. */
  #work(slot: number, step: number): void {
    const running = (this.#running.data[slot] = this.#running.data[slot]! + step)
    this.#metrics.gauge(this.#meters[slot]!.concurrency, running)
  }
}
