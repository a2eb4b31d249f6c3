import type { Column, Table } from '../../../kernel/columns'
import { MICROS, toMicros } from '../../../model/units'
import type { Cost, ServiceContext } from '../../service'
import type { FunctionConfig } from '../config'
import type { Meters, ProvisionedMeters } from '../meters'

/** A version or an alias that may have provisioned concurrency. */
export interface Owner {
  readonly id: string
  readonly resource: number
  readonly fn: number
  /** Pool of its environments, by version; -1 for versions it never sends calls to. */
  readonly pools: readonly number[]
  readonly meters: ProvisionedMeters
}

export const STRIDE = 8
/** Environments asked for, made so far, and initialised. */
export const ASKED = 0
export const MADE = 1
export const READY = 2
export const IN_USE = 3
/** End of the second in which requests are being counted (µs), and how many it had. */
export const SECOND = 4
export const IN_SECOND = 5
/** Ready environments that calls may use, and those in use that end with their work because fewer are asked for. */
export const USABLE = 6
export const LEAVING = 7

/** What provisioned concurrency is paid for and how much of it is used. */
export class ProvisionedTally {
  readonly #context: ServiceContext
  readonly #rows: Column<Float64Array>
  readonly #owners: readonly Owner[]
  readonly #configs: readonly FunctionConfig[]
  readonly #meters: readonly Meters[]
  /** GB-seconds kept up to `since` (µs), and when the period began: -1 while nothing is kept. */
  readonly #kept: Column<Float64Array>
  readonly #since: Column<Float64Array>
  readonly #began: Column<Float64Array>
  /** Integral of the utilisation (ratio x µs), its present value, and since when it holds (µs). */
  readonly #area: Column<Float64Array>
  readonly #level: Column<Float64Array>
  readonly #levelSince: Column<Float64Array>
  readonly #round: number

  constructor(
    context: ServiceContext,
    table: Table,
    rows: Column<Float64Array>,
    owners: readonly Owner[],
    configs: readonly FunctionConfig[],
    meters: readonly Meters[],
  ) {
    this.#context = context
    this.#rows = rows
    this.#owners = owners
    this.#configs = configs
    this.#meters = meters
    this.#kept = table.keptF64()
    this.#since = table.keptF64()
    this.#began = table.keptF64(-1)
    this.#area = table.keptF64()
    this.#level = table.keptF64()
    this.#levelSince = table.keptF64()
    this.#round = toMicros(context.number('lambda.provisionedRound'))
  }

  /** Integral of the utilisation up to now (ratio x µs). */
  use(o: number): number {
    return this.#area.data[o]! + this.#level.data[o]! * (this.#context.kernel.now - this.#levelSince.data[o]!)
  }

  /** Pays for what is kept up to now, before that changes. */
  settle(o: number): void {
    this.#kept.data[o]! += this.#gb(o) * this.#lasting(o)
    this.#since.data[o] = this.#context.kernel.now
  }

  /** Something is kept from now on, or more. */
  begin(o: number): void {
    this.settle(o)
    if (this.#began.data[o]! < 0) this.#began.data[o] = this.#context.kernel.now
  }

  /** So many of them end: each pays until five minutes since the beginning are full (PR-6). */
  end(o: number, count: number): void {
    this.settle(o)
    const lasted = this.#context.kernel.now - this.#began.data[o]!
    const rest = (Math.ceil(lasted / this.#round) * this.#round - lasted) / MICROS
    this.#kept.data[o]! += this.#gb(o, count) * rest
    if (count === this.#row(o, MADE)) this.#began.data[o] = -1
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

  /** Gauges of the version or alias and of its function. */
  show(o: number): void {
    const { metrics, now } = this.#context.kernel
    const { meters, fn } = this.#owners[o]!
    const inUse = this.#row(o, IN_USE)
    const usable = this.#row(o, USABLE)
    const level = usable === 0 ? 0 : (inUse - this.#row(o, LEAVING)) / usable
    this.#area.data[o] = this.use(o)
    this.#level.data[o] = level
    this.#levelSince.data[o] = now
    metrics.gauge(meters.allocated, this.#row(o, MADE))
    metrics.gauge(meters.inUse, inUse)
    metrics.gauge(meters.utilization, level)
    let allMade = 0
    let allInUse = 0
    let allUsable = 0
    let allLeaving = 0
    this.#owners.forEach((owner, other) => {
      if (owner.fn !== fn) return
      allMade += this.#row(other, MADE)
      allInUse += this.#row(other, IN_USE)
      allUsable += this.#row(other, USABLE)
      allLeaving += this.#row(other, LEAVING)
    })
    const total = this.#meters[fn]!.provisioned
    metrics.gauge(total.allocated, allMade)
    metrics.gauge(total.inUse, allInUse)
    metrics.gauge(total.utilization, allUsable === 0 ? 0 : (allInUse - allLeaving) / allUsable)
  }

  #row(o: number, column: number): number {
    return this.#rows.data[o * STRIDE + column]!
  }
  #gb(o: number, count = this.#row(o, MADE)): number {
    const { fn } = this.#owners[o]!
    return (count * this.#configs[fn]!.memory) / 1_024
  }
  /** Seconds since it was paid for last. */
  #lasting(o: number): number {
    return this.#row(o, MADE) === 0 ? 0 : (this.#context.kernel.now - this.#since.data[o]!) / MICROS
  }
}
