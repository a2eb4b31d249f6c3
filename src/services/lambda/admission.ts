import type { Column } from '../../kernel/columns'
import { Table } from '../../kernel/columns'
import type { Clock } from '../../kernel/clock'
import { MICROS } from '../../model/units'
import type { ServiceContext } from '../service'
import type { FunctionConfig } from './config'

const STRIDE = 5
const IN_USE = 0
/** End of the second in which requests are being counted (µs), and how many it had. */
const SECOND = 1
const IN_SECOND = 2
/** What is left of the scaling allowance, and when that was so (µs). */
const TOKENS = 3
const TOKENS_AT = 4

/** Who may run now: reserved and account concurrency, request rate, scaling rate (LAM-40 to LAM-45). */
export class Admission {
  readonly #clock: Clock
  readonly #configs: readonly FunctionConfig[]
  /** By function, STRIDE numbers each. */
  readonly #rows: Column<Float64Array>
  /** Row of the unreserved pool, after those of the functions. */
  readonly #pool: number
  readonly #account: number
  readonly #perUnit: number
  readonly #burst: number
  readonly #refill: number
  readonly #reasons: { readonly [name in 'off' | 'reserved' | 'account' | 'rate' | 'scaling']: number }
  #unreserved = 0
  #lastLimit = 0

  constructor(context: ServiceContext, configs: readonly FunctionConfig[]) {
    this.#clock = context.kernel.clock
    this.#configs = configs
    const table = context.kernel.part(new Table(configs.length + 1))
    this.#rows = table.keptF64(0, STRIDE)
    for (let i = 0; i <= configs.length; i++) table.add()
    this.#pool = configs.length
    this.#account = context.number('lambda.accountConcurrency')
    this.#perUnit = context.number('lambda.requestRate')
    this.#burst = context.number('lambda.scalingBurst')
    this.#refill = context.number('lambda.scalingRate') / MICROS
    for (let fn = 0; fn < configs.length; fn++) this.#rows.data[fn * STRIDE + TOKENS] = this.#burst
    this.#reasons = {
      off: context.reason('lambda.switchedOff'),
      reserved: context.reason('lambda.reserved'),
      account: context.reason('lambda.account'),
      rate: context.reason('lambda.requestRate'),
      scaling: context.reason('lambda.scaling'),
    }
    this.renew()
  }

  /** The reserved concurrency of a function changed. */
  renew(): void {
    this.#unreserved = this.#account - this.#configs.reduce((sum, config) => sum + (config.reserved ?? 0), 0)
  }

  /** Reason code of the refusal, or -1 when a request may run. Asking changes nothing. `fresh`: a new environment would be needed. */
  refusal(fn: number, fresh: boolean, asynchronous: boolean): number {
    const reasons = this.#reasons
    const { reserved } = this.#configs[fn]!
    const limit = reserved ?? this.#unreserved
    const rows = this.#rows.data
    const at = (reserved === null ? this.#pool : fn) * STRIDE
    this.#lastLimit = limit
    if (rows[at + IN_USE]! >= limit)
      return reserved === 0 ? reasons.off : reserved === null ? reasons.account : reasons.reserved
    if (!asynchronous) {
      const rate = (reserved ?? this.#account) * this.#perUnit
      if (rows[at + IN_SECOND]! >= rate && this.#clock.now < rows[at + SECOND]!) {
        this.#lastLimit = rate
        return reasons.rate
      }
    }
    if (fresh && this.#allowance(fn) < 1) return reasons.scaling
    return -1
  }

  /** The limit that refused, for the explanation. */
  limit(): number {
    return this.#lastLimit
  }

  /** One more runs. Returns how many. */
  enter(fn: number, fresh: boolean): number {
    const rows = this.#rows.data
    const { now } = this.#clock
    const own = fn * STRIDE
    const at = this.#configs[fn]!.reserved === null ? this.#pool * STRIDE : own
    rows[own + IN_USE] = rows[own + IN_USE]! + 1
    if (at !== own) rows[at + IN_USE] = rows[at + IN_USE]! + 1
    if (now < rows[at + SECOND]!) rows[at + IN_SECOND] = rows[at + IN_SECOND]! + 1
    else {
      rows[at + SECOND] = (Math.floor(now / MICROS) + 1) * MICROS
      rows[at + IN_SECOND] = 1
    }
    if (fresh) {
      rows[own + TOKENS] = this.#allowance(fn) - 1
      rows[own + TOKENS_AT] = now
    }
    return rows[own + IN_USE]!
  }

  /** One less runs. Returns how many. */
  leave(fn: number): number {
    const rows = this.#rows.data
    const own = fn * STRIDE
    const left = rows[own + IN_USE]! - 1
    rows[own + IN_USE] = left
    if (this.#configs[fn]!.reserved === null) {
      const pool = this.#pool * STRIDE
      rows[pool + IN_USE] = rows[pool + IN_USE]! - 1
    }
    return left
  }

  #allowance(fn: number): number {
    const rows = this.#rows.data
    const at = fn * STRIDE
    const filled = rows[at + TOKENS]! + (this.#clock.now - rows[at + TOKENS_AT]!) * this.#refill
    return filled > this.#burst ? this.#burst : filled
  }
}
