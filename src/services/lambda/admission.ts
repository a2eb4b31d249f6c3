import type { Column } from '../../kernel/columns'
import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import { MICROS } from '../../model/units'
import type { ServiceContext } from '../service'
import type { FunctionConfig } from './config'

/** Who may run now: reserved and account concurrency, request rate, scaling rate (LAM-40 to LAM-45). */
export class Admission {
  readonly #kernel: Kernel
  readonly #configs: readonly FunctionConfig[]
  readonly #inUse: Column<Int32Array>
  readonly #second: Column<Float64Array>
  readonly #inSecond: Column<Int32Array>
  readonly #tokens: Column<Float64Array>
  readonly #tokensAt: Column<Float64Array>
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
    this.#kernel = context.kernel
    this.#configs = configs
    const table = context.kernel.part(new Table(configs.length + 1))
    this.#inUse = table.i32()
    this.#second = table.f64(-1)
    this.#inSecond = table.i32()
    this.#tokens = table.f64()
    this.#tokensAt = table.f64()
    for (let i = 0; i <= configs.length; i++) table.add()
    this.#pool = configs.length
    this.#account = context.number('lambda.accountConcurrency')
    this.#perUnit = context.number('lambda.requestRate')
    this.#burst = context.number('lambda.scalingBurst')
    this.#refill = context.number('lambda.scalingRate') / MICROS
    this.#tokens.data.fill(this.#burst)
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
    const at = reserved === null ? this.#pool : fn
    this.#lastLimit = limit
    if (this.#inUse.data[at]! >= limit)
      return reserved === 0 ? reasons.off : reserved === null ? reasons.account : reasons.reserved
    if (!asynchronous) {
      const rate = (reserved ?? this.#account) * this.#perUnit
      if (this.#inSecond.data[at]! >= rate && this.#second.data[at] === Math.floor(this.#kernel.now / MICROS)) {
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

  /** One more runs. */
  enter(fn: number, fresh: boolean): void {
    const inUse = this.#inUse.data
    const pooled = this.#configs[fn]!.reserved === null
    const at = pooled ? this.#pool : fn
    inUse[fn] = inUse[fn]! + 1
    if (pooled) inUse[at] = inUse[at]! + 1
    const now = Math.floor(this.#kernel.now / MICROS)
    if (this.#second.data[at] === now) this.#inSecond.data[at] = this.#inSecond.data[at]! + 1
    else {
      this.#second.data[at] = now
      this.#inSecond.data[at] = 1
    }
    if (fresh) {
      this.#tokens.data[fn] = this.#allowance(fn) - 1
      this.#tokensAt.data[fn] = this.#kernel.now
    }
  }

  leave(fn: number): void {
    const inUse = this.#inUse.data
    inUse[fn] = inUse[fn]! - 1
    if (this.#configs[fn]!.reserved === null) inUse[this.#pool] = inUse[this.#pool]! - 1
  }

  running(fn: number): number {
    return this.#inUse.data[fn]!
  }

  #allowance(fn: number): number {
    const filled = this.#tokens.data[fn]! + (this.#kernel.now - this.#tokensAt.data[fn]!) * this.#refill
    return filled > this.#burst ? this.#burst : filled
  }
}
