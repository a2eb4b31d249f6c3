import type { Column } from '../../../kernel/columns'
import { Table } from '../../../kernel/columns'
import type { Clock } from '../../../kernel/clock'
import { MICROS } from '../../../model/units'
import type { ServiceContext } from '../../service'
import type { FunctionConfig } from '../config'

const STRIDE = 6
/** Running now, in environments of any kind. */
const IN_USE = 0
/** End of the second in which requests are being counted (µs), and how many it had. */
const SECOND = 1
const IN_SECOND = 2
/** What is left of the scaling allowance, and when that was so (µs). */
const TOKENS = 3
const TOKENS_AT = 4
/** Of those that run, how many run in provisioned environments, which have a limit of their own. */
const PROVISIONED = 5

/** Who may run now: reserved and account concurrency, request rate, scaling rate (LAM-40 to LAM-45). */
export class Admission {
  readonly #clock: Clock
  readonly #configs: readonly FunctionConfig[]
  readonly #functions: number
  /** By function, STRIDE numbers each. */
  readonly #rows: Column<Float64Array>
  /** Row of the unreserved pool, after those of the functions. */
  readonly #pool: number
  readonly #account: number
  readonly #perUnit: number
  readonly #burst: number
  readonly #refill: number
  readonly #reasons: { readonly [name in 'off' | 'reserved' | 'account' | 'rate' | 'reservedRate' | 'scaling']: number }
  /** 1: all functions share one scaling allowance, as before November 2023 (LAM-43b). */
  readonly #shared: boolean
  /** What is left for on-demand environments: of the account, and of each reserved function. */
  #unreserved = 0
  readonly #provisioned: Float64Array
  #lastLimit = 0

  /** `configs` begins with `$LATEST` of the `functions`. */
  constructor(context: ServiceContext, configs: readonly FunctionConfig[], functions: number) {
    this.#clock = context.kernel.clock
    this.#configs = configs
    this.#functions = functions
    this.#provisioned = new Float64Array(functions)
    const table = context.kernel.part(new Table(functions + 1))
    this.#rows = table.keptF64(0, STRIDE)
    for (let i = 0; i <= functions; i++) table.add()
    this.#pool = functions
    this.#shared = context.number('lambda.scalingShared') === 1
    this.#account = context.number('lambda.accountConcurrency')
    this.#perUnit = context.number('lambda.requestRate')
    this.#burst = context.number('lambda.scalingBurst')
    this.#refill = context.number('lambda.scalingRate') / MICROS
    for (let fn = 0; fn <= functions; fn++) this.#rows.data[fn * STRIDE + TOKENS] = this.#burst
    this.#reasons = {
      off: context.reason('lambda.switchedOff'),
      reserved: context.reason('lambda.reserved'),
      account: context.reason('lambda.account'),
      rate: context.reason('lambda.requestRate'),
      reservedRate: context.reason('lambda.reservedRate'),
      scaling: context.reason('lambda.scaling'),
    }
    this.renew()
  }

  /** The reserved concurrency of a function changed. */
  renew(): void {
    let taken = 0
    for (let fn = 0; fn < this.#functions; fn++) taken += this.#configs[fn]!.reserved ?? this.#provisioned[fn]!
    this.#unreserved = Math.max(0, this.#account - taken)
  }

  /** What runs of a function counts against its own share from now on, or against the account again. */
  reserve(fn: number, before: number | null): void {
    const { reserved } = this.#configs[fn]!
    if ((before === null) !== (reserved === null)) {
      const rows = this.#rows.data
      const pool = this.#pool * STRIDE
      const running = rows[fn * STRIDE + IN_USE]! - rows[fn * STRIDE + PROVISIONED]!
      rows[pool + IN_USE] = rows[pool + IN_USE]! + (reserved === null ? running : -running)
    }
    this.renew()
  }

  /** So many environments of a function are provisioned: they are taken from its reserved concurrency, or from the account (LAM-46, LAM-49). */
  provision(fn: number, count: number): void {
    this.#provisioned[fn] = count
    this.renew()
  }

  /** Reason code of the refusal, or -1 when a request may run. Asking changes nothing. `fresh`: a new environment would be needed. */
  refusal(fn: number, fresh: boolean, asynchronous: boolean): number {
    const reasons = this.#reasons
    const { reserved } = this.#configs[fn]!
    const limit = reserved === null ? this.#unreserved : reserved - this.#provisioned[fn]!
    const rows = this.#rows.data
    const at = (reserved === null ? this.#pool : fn) * STRIDE
    this.#lastLimit = reserved ?? limit
    if (rows[at + IN_USE]! - rows[at + PROVISIONED]! >= limit)
      return reserved === 0 ? reasons.off : reserved === null ? reasons.account : reasons.reserved
    if (!asynchronous) {
      const rate = (reserved ?? this.#account) * this.#perUnit
      if (rows[at + IN_SECOND]! >= rate && this.#clock.now < rows[at + SECOND]!) {
        this.#lastLimit = rate
        return reserved === null ? reasons.rate : reasons.reservedRate
      }
    }
    if (!fresh || this.#allowance(fn) >= 1) return -1
    // what the explanation names: environments per 10 s
    this.#lastLimit = Math.round(this.#refill * 10 * MICROS)
    return reasons.scaling
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
      const bucket = this.#shared ? this.#pool * STRIDE : own
      rows[bucket + TOKENS] = this.#allowance(fn) - 1
      rows[bucket + TOKENS_AT] = now
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

  /** One more (1) or less (-1) runs in a provisioned environment, which no limit of the others concerns. Returns how many run. */
  useProvisioned(fn: number, step: number): number {
    const rows = this.#rows.data
    const own = fn * STRIDE
    rows[own + PROVISIONED] = rows[own + PROVISIONED]! + step
    return (rows[own + IN_USE] = rows[own + IN_USE]! + step)
  }

  #allowance(fn: number): number {
    const rows = this.#rows.data
    const at = (this.#shared ? this.#pool : fn) * STRIDE
    const filled = rows[at + TOKENS]! + (this.#clock.now - rows[at + TOKENS_AT]!) * this.#refill
    return filled > this.#burst ? this.#burst : filled
  }
}
