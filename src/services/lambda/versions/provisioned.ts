import { Table, type Column } from '../../../kernel/columns'
import type { Lifecycle } from '../../../kernel/lifecycle'
import { MICROS, toMicros } from '../../../model/units'
import type { Cost, ServiceContext } from '../../service'
import type { Admission } from '../invocation/admission'
import type { Callees } from '../invocation/callees'
import type { FunctionConfig } from '../config'
import { CONFIG, INTS, POOL } from '../environment/environment-row'
import type { Environments } from '../environment/environments'
import { provisionedMetersOf, type Meters, type ProvisionedMeters } from '../meters'
import { provisionedMachine } from './provisioned.machine'
import { ALIAS, VERSION } from '../resource-types'
import { provisionedOf } from './versions'

/** A version or an alias that may have provisioned concurrency. */
interface Owner {
  readonly id: string
  readonly resource: number
  readonly fn: number
  /** Pool of its environments, by version; -1 for versions it never sends calls to. */
  readonly pools: readonly number[]
  readonly meters: ProvisionedMeters
}

const STRIDE = 6
/** Environments asked for, made so far, and initialised. */
const ASKED = 0
const MADE = 1
const READY = 2
const IN_USE = 3
/** End of the second in which requests are being counted (µs), and how many it had. */
const SECOND = 4
const IN_SECOND = 5

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
  readonly #rows: Column<Float64Array>
  /** GB-seconds kept in periods that are over, and since when the present one lasts (µs). */
  readonly #kept: Column<Float64Array>
  readonly #since: Column<Float64Array>
  readonly #perUnit: number
  readonly #round: number
  readonly #reasons: { readonly [name in 'spillover' | 'ready' | 'failed']: number }
  readonly #versions: number
  #environments!: Environments
  #life!: Lifecycle
  #event!: { readonly [name in 'request' | 'ready' | 'prepared' | 'failed' | 'remove']: number }
  #requesting = 0
  #failing = 0
  #readyState = 0

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
    this.#kept = this.#table.keptF64()
    this.#since = this.#table.keptF64()
    this.#perUnit = context.number('lambda.requestRate')
    this.#round = toMicros(context.number('lambda.provisionedRound'))
    this.#reasons = {
      spillover: context.reason('lambda.spillover'),
      ready: context.reason('lambda.provisionedReady'),
      failed: context.reason('lambda.provisionedFailed'),
    }
  }

  /** The environments, which are made after the pools are known. */
  runIn(environments: Environments): void {
    const context = this.#context
    const { kernel } = context
    this.#environments = environments
    environments.onReady = (e) => this.#isReady(e)
    environments.onReturned = (pool) => this.#use(this.#ofPool[pool - this.#versions]!, -1)
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
          release: (o) => this.#release(o),
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
    }
    this.#readyState = life.code('READY')
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
    const { id, fn } = this.#owners[o]!
    const asked = provisionedOf(this.#context.scenario(), id)
    const before = this.#row(o, ASKED)
    const born = this.#life.drawn.of(o) >= 0
    if (asked === before && !born) return
    if (!born) {
      this.#life.drawn.born(o)
      this.#life.start(o)
    }
    if (before > 0) {
      this.#life.send(o, this.#event.remove)
    }
    this.#set(o, ASKED, asked)
    this.#renew(fn)
    if (asked > 0) this.#life.send(o, this.#event.request)
  }

  /** Pool that may take a call of `resource` for a version, or -1: none is ready, or it takes no more in this second (LAM-48). */
  poolFor(resource: number, slot: number): number {
    const o = this.#byResource[resource]
    if (o === undefined || this.#row(o, ASKED) === 0 || this.#life.state.data[o] !== this.#readyState) return -1
    const { now } = this.#context.kernel
    const rows = this.#rows.data
    const at = o * STRIDE
    if (now < rows[at + SECOND]! && rows[at + IN_SECOND]! >= rows[at + ASKED]! * this.#perUnit) return -1
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

  /** Kept GB-seconds. A period that is over counts in whole five minutes; one that goes on as long as it lasted (PR-6). */
  costs(): Cost[] {
    return this.#owners.flatMap(({ id, fn }, o): Cost[] => {
      const kept = this.#kept.data[o]! + this.#gb(o) * this.#lasting(o)
      if (kept === 0 && this.#gb(o) === 0) return []
      return [
        {
          resource: id,
          item: 'Provisioned concurrency',
          quantity: kept,
          unit: 'GB-s',
          fact: this.#configs[fn]!.arm ? 'lambda.priceProvisionedKeptArm' : 'lambda.priceProvisionedKept',
          idle: true,
          perSecond: this.#gb(o),
        },
      ]
    })
  }

  #row(o: number, column: number): number {
    return this.#rows.data[o * STRIDE + column]!
  }
  #set(o: number, column: number, value: number): void {
    this.#rows.data[o * STRIDE + column] = value
  }

  #gb(o: number): number {
    const { fn } = this.#owners[o]!
    return (this.#row(o, MADE) * this.#configs[fn]!.memory) / 1_024
  }
  /** Seconds the present period lasts. */
  #lasting(o: number): number {
    return this.#row(o, MADE) === 0 ? 0 : (this.#context.kernel.now - this.#since.data[o]!) / MICROS
  }

  #renew(fn: number): void {
    let asked = 0
    this.#owners.forEach((owner, o) => (asked += owner.fn === fn ? this.#row(o, ASKED) : 0))
    this.#admission.provision(fn, asked)
  }

  /** Makes up to `most` environments more, shared between the versions as the alias shares its calls. */
  #make(o: number, most: number, ready: boolean): void {
    const { resource, pools } = this.#owners[o]!
    const shares = this.#callees.shares(resource)
    const asked = this.#row(o, ASKED)
    const last = Math.min(asked, this.#row(o, MADE) + most)
    if (this.#row(o, MADE) === 0) this.#since.data[o] = this.#context.kernel.now
    const { recorder } = this.#context.kernel
    const { cause } = recorder
    for (let nth = this.#row(o, MADE); nth < last; nth++) {
      const second = shares.length > 1 && nth >= Math.round(asked * shares[0]!.share)
      const slot = shares[second ? 1 : 0]!.version
      recorder.cause = cause
      this.#set(o, MADE, nth + 1)
      this.#environments.prepare(slot, pools[slot]!, ready)
    }
    if (ready) this.#set(o, READY, last)
    this.#show(o)
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
    const o = this.#ofPool[this.#environments.ints.data[e * INTS + POOL]! - this.#versions]
    if (o !== undefined) this.#context.kernel.after(0, this.#failing, o)
  }

  #release(o: number): void {
    const seconds = this.#lasting(o)
    const round = this.#round / MICROS
    this.#kept.data[o] = this.#kept.data[o]! + this.#gb(o) * Math.ceil(seconds / round) * round
    this.#set(o, MADE, 0)
    this.#set(o, READY, 0)
    const row = this.#environments.ints.data
    this.#environments.retire((e) => this.#ofPool[row[e * INTS + POOL]! - this.#versions] === o)
    this.#show(o)
  }

  #use(o: number, step: number): void {
    this.#set(o, IN_USE, this.#row(o, IN_USE) + step)
    this.#show(o)
  }

  #show(o: number): void {
    const { metrics } = this.#context.kernel
    const { meters, fn } = this.#owners[o]!
    const made = this.#row(o, MADE)
    const inUse = this.#row(o, IN_USE)
    metrics.gauge(meters.allocated, made)
    metrics.gauge(meters.inUse, inUse)
    metrics.gauge(meters.utilization, made === 0 ? 0 : inUse / made)
    let allMade = 0
    let allInUse = 0
    this.#owners.forEach((owner, other) => {
      if (owner.fn !== fn) return
      allMade += this.#row(other, MADE)
      allInUse += this.#row(other, IN_USE)
    })
    const total = this.#meters[fn]!.provisioned
    metrics.gauge(total.allocated, allMade)
    metrics.gauge(total.inUse, allInUse)
    metrics.gauge(total.utilization, allMade === 0 ? 0 : allInUse / allMade)
  }
}
