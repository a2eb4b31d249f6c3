import { Table, type Column } from '../../../kernel/columns'
import type { Lifecycle } from '../../../kernel/lifecycle'
import { MICROS, toMicros } from '../../../model/units'
import type { Cost, ServiceContext } from '../../service'
import type { Admission } from '../invocation/admission'
import type { Callees } from '../invocation/callees'
import type { FunctionConfig } from '../config'
import { COLD, CONFIG, EVENT, INTS, POOL, REQUEST, RETIRE } from '../environment/environment-row'
import { PREPARING, type Environments } from '../environment/environments'
import { provisionedMetersOf, type Meters } from '../meters'
import { provisionedMachine } from './provisioned.machine'
import { ALIAS, VERSION } from '../resource-types'
import {
  ASKED,
  IN_SECOND,
  IN_USE,
  LEAVING,
  MADE,
  ProvisionedTally,
  READY,
  SECOND,
  STRIDE,
  USABLE,
  type Owner,
} from './provisioned-tally'
import { provisionedOf } from './versions'

/** Provisioned concurrency: environments kept initialised for a version or an alias (LAM-46 to LAM-49). */
export class Provisioned {
  /** How many pools there are. */
  readonly pools: number
  readonly #context: ServiceContext
  readonly #owners: readonly Owner[]
  readonly #byResource: (number | undefined)[] = []
  /** Owner by pool. */
  readonly #ofPool: number[] = []
  readonly #admission: Admission
  readonly #callees: Callees
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  readonly #table: Table
  readonly #tally: ProvisionedTally
  readonly #rows: Column<Float64Array>
  /** Environments made, by pool. */
  readonly #made: Column<Int32Array>
  /** What the document asked for last, by owner. Something else may have changed the amount since. */
  readonly #documented: number[] = []
  readonly #perUnit: number
  readonly #reasons: { readonly [name in 'spillover' | 'ready' | 'failed' | 'more' | 'fewer']: number }
  readonly #versions: number
  #environments!: Environments
  #life!: Lifecycle
  #event!: { readonly [name in 'request' | 'ready' | 'prepared' | 'failed' | 'remove' | 'resized']: number }
  #requesting = 0
  #failing = 0
  #inProgress: readonly number[] = []

  constructor(
    context: ServiceContext,
    configs: readonly FunctionConfig[],
    meters: readonly Meters[],
    admission: Admission,
    callees: Callees,
  ) {
    const versions = meters.length
    this.#context = context
    this.#configs = configs
    this.#meters = meters
    this.#admission = admission
    this.#callees = callees
    this.#versions = versions
    let pools = 0
    const owners: Owner[] = []
    for (const id of [...context.ids(VERSION), ...context.ids(ALIAS)]) {
      const resource = context.index(id)
      const fn = callees.fnOf(resource)
      if (fn < 0) continue
      const alone = callees.plain(resource)
      const pool = Array.from({ length: versions }, (_, slot) => {
        const answers = alone >= 0 ? slot === alone : configs[slot]!.fn === fn && slot !== fn
        if (!answers) return -1
        this.#ofPool[pools] = owners.length
        return versions + pools++
      })
      this.#byResource[resource] = owners.length
      owners.push({ id, resource, fn, pools: pool, meters: provisionedMetersOf(context, id) })
    }
    this.pools = pools
    this.#owners = owners
    this.#table = context.kernel.part(new Table(owners.length || 1))
    this.#rows = this.#table.keptF64(0, STRIDE)
    this.#tally = new ProvisionedTally(context, this.#table, this.#rows, owners, configs, meters)
    const made = context.kernel.part(new Table(pools || 1))
    this.#made = made.kept()
    for (let pool = 0; pool < pools; pool++) made.add()
    this.#perUnit = context.number('lambda.requestRate')
    this.#reasons = {
      spillover: context.reason('lambda.spillover'),
      ready: context.reason('lambda.provisionedReady'),
      failed: context.reason('lambda.provisionedFailed'),
      more: context.reason('lambda.provisionedMore'),
      fewer: context.reason('lambda.provisionedFewer'),
    }
    const publish = (topic: string, read: (o: number) => number): void =>
      context.publish(topic, (resource) => {
        const o = this.#byResource[resource]
        return o === undefined ? 0 : read(o)
      })
    publish('lambda.provisioned', (o) => this.#row(o, ASKED))
    publish('lambda.provisioning', (o) => Number(this.#busy(o)))
    publish('lambda.provisionedUse', (o) => this.#tally.use(o))
    context.listen('lambda.provision', (resource, amount) => {
      const o = this.#byResource[resource]
      if (o !== undefined) this.#ask(o, amount)
    })
  }

  /** The environments, which are made after the pools are known. */
  runIn(environments: Environments): void {
    const context = this.#context
    const { kernel } = context
    this.#environments = environments
    environments.onReady = (e) => this.#isReady(e)
    environments.onReturned = (e) => this.#returned(e)
    const delay = context.sampler(context.fact('lambda.provisionedDelay'), 'lambda', 'provisioned delay')
    const perSecond = context.number('lambda.provisionedPerMinute') / 60
    const life = context.lifecycle({
      entities: this.#table,
      machine: provisionedMachine,
      drawn: { owner: (o) => this.#owners[o]!.resource, label: () => 'provisioned' },
      value: (o) => this.#row(o, ASKED),
      implementation: {
        guards: {
          'all ready': (o) => this.#row(o, READY) >= this.#row(o, ASKED),
          'more to come': (o) => this.#row(o, MADE) < this.#row(o, ASKED),
        },
        actions: {
          allocate: (o) => this.#make(o, Math.max(1, Math.floor(perSecond)), false),
          use: (o) => {
            this.#set(o, USABLE, this.#row(o, READY))
            this.#tally.show(o)
          },
          withdraw: (o) => this.#fit(o, this.#row(o, USABLE)),
          release: (o) => this.#fit(o, 0),
        },
        delays: { DELAY: () => delay(), BATCH: () => MICROS },
      },
    })
    this.#life = life
    this.#event = {
      request: life.event('request'),
      ready: life.event('ready'),
      prepared: life.event('prepared'),
      failed: life.event('failed'),
      remove: life.event('remove'),
      resized: life.event('resized'),
    }
    this.#inProgress = [life.code('REQUESTED'), life.code('ALLOCATING')]
    this.#requesting = kernel.handler((o) => life.send(o, this.#event.request))
    this.#failing = kernel.handler((o) => {
      context.explain(this.#reasons.failed, this.#owners[o]!.resource)
      life.send(o, this.#event.failed)
    })
  }

  /** What a document asks for is there when the run begins, unless it says when it was requested. */
  start(): void {
    this.#owners.forEach(({ id, resource, fn }, o) => {
      this.#table.add()
      const asked = provisionedOf(this.#context.scenario(), id)
      this.#documented[o] = asked
      this.#set(o, ASKED, asked)
      this.#renew(fn)
      if (asked === 0) return
      const { recorder } = this.#context.kernel
      recorder.cause = -1
      this.#life.drawn.born(o)
      this.#life.start(o)
      const at = this.#context.behavior(id)['requestedAt']
      if (typeof at === 'number') this.#context.kernel.after(toMicros(at), this.#requesting, o)
      else if (this.#configs[this.#callees.shares(resource)[0]!.version]!.initFails !== null)
        this.#context.kernel.after(0, this.#requesting, o)
      else {
        this.#make(o, asked, true)
        this.#life.send(o, this.#event.prepared)
      }
    })
  }

  /** A `set` changed how many are asked for, or where an alias points. */
  configure(resource: number): void {
    const o = this.#byResource[resource]
    if (o === undefined) return
    const documented = provisionedOf(this.#context.scenario(), this.#owners[o]!.id)
    const asked = documented === this.#documented[o] ? this.#row(o, ASKED) : documented
    this.#documented[o] = documented
    this.#ask(o, asked)
  }

  /** So many are wanted from now on: what is made already stays, as far as the alias still sends its calls there. */
  #ask(o: number, asked: number): void {
    const { resource, fn } = this.#owners[o]!
    const before = this.#row(o, ASKED)
    const life = this.#life
    this.#set(o, ASKED, asked)
    this.#renew(fn)
    if (life.drawn.of(o) < 0) {
      if (asked === 0) return
      life.drawn.born(o)
      life.start(o)
    }
    if (asked === 0) {
      if (before > 0) life.send(o, this.#event.remove)
      return
    }
    const surplus = this.#fit(o, asked)
    const missing = asked - this.#row(o, MADE)
    if (asked === before && surplus === 0 && (missing === 0 || this.#busy(o))) return
    if (missing > 0) {
      if (this.#row(o, USABLE) > 0) this.#context.explain(this.#reasons.more, resource, -1, missing)
      life.send(o, this.#event.request)
      return
    }
    this.#context.explain(this.#reasons.fewer, resource, -1, asked)
    life.send(o, this.#event.resized)
    life.send(o, this.#event.ready)
  }

  /** Pool that may take a call of `resource` for a version, or -1: none is ready, or it takes no more in this second (LAM-48). */
  poolFor(resource: number, slot: number): number {
    const o = this.#byResource[resource]
    if (o === undefined) return -1
    const { now } = this.#context.kernel
    const rows = this.#rows.data
    const at = o * STRIDE
    const usable = rows[at + USABLE]!
    if (rows[at + IN_USE]! - rows[at + LEAVING]! >= usable) return -1
    if (now < rows[at + SECOND]! && rows[at + IN_SECOND]! >= usable * this.#perUnit) return -1
    return this.#owners[o]!.pools[slot]!
  }

  /** A call went to a provisioned environment. */
  used(resource: number): void {
    const o = this.#byResource[resource]!
    const rows = this.#rows.data
    const at = o * STRIDE
    const { now } = this.#context.kernel
    if (now < rows[at + SECOND]!) rows[at + IN_SECOND] = rows[at + IN_SECOND]! + 1
    else {
      rows[at + SECOND] = (Math.floor(now / MICROS) + 1) * MICROS
      rows[at + IN_SECOND] = 1
    }
    this.#use(o, 1)
    const { metrics } = this.#context.kernel
    metrics.count(this.#owners[o]!.meters.invocations)
    metrics.count(this.#meters[this.#owners[o]!.fn]!.provisioned.invocations)
  }

  /** A call that would have used one goes to an environment on demand. Returns whether there is anything to spill over from. */
  spilled(resource: number): void {
    const o = this.#byResource[resource]
    if (o === undefined || this.#row(o, ASKED) === 0) return
    const { metrics } = this.#context.kernel
    const { meters, fn } = this.#owners[o]!
    metrics.count(meters.spillover)
    metrics.count(this.#meters[fn]!.provisioned.spillover)
    this.#context.explain(this.#reasons.spillover, resource, -1, this.#row(o, ASKED))
  }

  costs(): Cost[] {
    return this.#tally.costs()
  }

  #row(o: number, column: number): number {
    return this.#rows.data[o * STRIDE + column]!
  }
  #set(o: number, column: number, value: number): void {
    this.#rows.data[o * STRIDE + column] = value
  }

  #renew(fn: number): void {
    let asked = 0
    this.#owners.forEach((owner, o) => (asked += owner.fn === fn ? this.#row(o, ASKED) : 0))
    this.#admission.provision(fn, asked)
  }

  /** Makes up to `most` environments more. */
  #make(o: number, most: number, ready: boolean): void {
    const { pools } = this.#owners[o]!
    const asked = this.#row(o, ASKED)
    let left = Math.min(asked - this.#row(o, MADE), most)
    this.#tally.begin(o)
    const { recorder } = this.#context.kernel
    const { cause } = recorder
    for (const { slot, count } of this.#callees.split(this.#owners[o]!.resource, asked)) {
      const pool = pools[slot]!
      for (; left > 0 && this.#madeIn(pool) < count; left--) {
        recorder.cause = cause
        this.#count(o, pool, 1)
        this.#environments.prepare(slot, pool, ready)
      }
    }
    if (ready) this.#set(o, READY, this.#row(o, MADE))
    this.#tally.show(o)
  }

  /** Releases what is more than `total` needs of each version, and returns how many. */
  #fit(o: number, total: number): number {
    const wanted = this.#callees.split(this.#owners[o]!.resource, total)
    let released = 0
    this.#owners[o]!.pools.forEach((pool, slot) => {
      if (pool < 0) return
      const surplus = this.#madeIn(pool) - (wanted.find((it) => it.slot === slot)?.count ?? 0)
      if (surplus <= 0) return
      released += surplus
      this.#retire(o, pool, surplus)
    })
    if (released > 0) this.#tally.show(o)
    return released
  }

  /** Ends `count` environments of a pool: first those that are not ready, then idle ones, then busy ones with their work. */
  #retire(o: number, pool: number, count: number): void {
    this.#tally.end(o, count)
    const row = this.#environments.ints.data
    const end = (most: number, test: (at: number) => boolean): number =>
      this.#environments.retire((e) => {
        const at = e * INTS
        return row[at + POOL] === pool && row[at + RETIRE] === 0 && test(at)
      }, most)
    const unready = end(count, (at) => row[at + COLD] === PREPARING)
    const idle = end(count - unready, (at) => row[at + REQUEST]! < 0 && row[at + EVENT]! < 0)
    const busy = end(count - unready - idle, () => true)
    this.#count(o, pool, -count)
    this.#set(o, READY, Math.max(0, this.#row(o, READY) - idle - busy))
    this.#set(o, USABLE, Math.min(this.#row(o, USABLE), this.#row(o, READY)))
    this.#set(o, LEAVING, this.#row(o, LEAVING) + busy)
  }

  /** Whether it is being allocated. */
  #busy(o: number): boolean {
    return this.#inProgress.includes(this.#life.state.data[o]!)
  }
  #madeIn(pool: number): number {
    return this.#made.data[pool - this.#versions]!
  }
  #count(o: number, pool: number, step: number): void {
    this.#made.data[pool - this.#versions]! += step
    this.#set(o, MADE, this.#row(o, MADE) + step)
  }

  #isReady(e: number): void {
    const row = this.#environments.ints.data
    const o = this.#ofPool[row[e * INTS + POOL]! - this.#versions]
    if (o === undefined) return
    if (this.#configs[row[e * INTS + CONFIG]!]!.initFails !== null) {
      this.#context.kernel.after(0, this.#failing, o)
      return
    }
    this.#set(o, READY, this.#row(o, READY) + 1)
    if (this.#row(o, READY) === this.#row(o, ASKED))
      this.#context.explain(this.#reasons.ready, this.#owners[o]!.resource, -1, this.#row(o, ASKED))
    this.#life.send(o, this.#event.ready)
  }

  /** An environment could not mount its file system. */
  unprepared(e: number): void {
    const pool = this.#environments.ints.data[e * INTS + POOL]!
    const o = this.#ofPool[pool - this.#versions]
    if (o === undefined) return
    this.#tally.settle(o)
    this.#count(o, pool, -1)
    this.#context.kernel.after(0, this.#failing, o)
  }

  #returned(e: number): void {
    const row = this.#environments.ints.data
    const o = this.#ofPool[row[e * INTS + POOL]! - this.#versions]!
    if (row[e * INTS + RETIRE] === 1) this.#set(o, LEAVING, this.#row(o, LEAVING) - 1)
    this.#use(o, -1)
  }

  #use(o: number, step: number): void {
    this.#set(o, IN_USE, this.#row(o, IN_USE) + step)
    this.#tally.show(o)
  }
}
