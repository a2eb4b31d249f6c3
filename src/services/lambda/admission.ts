import type { Column } from '../../kernel/columns'
import { Table } from '../../kernel/columns'
import { MICROS } from '../../model/units'
import type { ServiceContext } from '../service'
import type { FunctionConfig } from './config'

/** Who may run now: reserved and account concurrency, request rate, scaling rate (LAM-40 to LAM-45). */
export interface Admission {
  /** Reason code of the refusal, or -1 when a request may run. Asking changes nothing. `fresh`: a new environment would be needed. */
  refusal(fn: number, fresh: boolean, asynchronous: boolean): number
  /** The limit that refused, for the explanation. */
  limit(fn: number): number
  /** One more runs. */
  enter(fn: number, fresh: boolean): void
  leave(fn: number): void
  running(fn: number): number
  renew(): void
}

export function createAdmission(context: ServiceContext, configs: readonly FunctionConfig[]): Admission {
  const { kernel } = context
  const table = kernel.part(new Table(configs.length + 1))
  const inUse = table.i32()
  const second = table.f64(-1)
  const inSecond = table.i32()
  const tokens: Column<Float64Array> = table.f64()
  const tokensAt = table.f64()
  for (let i = 0; i <= configs.length; i++) table.add()
  const pool = configs.length
  const account = context.number('lambda.accountConcurrency')
  const perUnit = context.number('lambda.requestRate')
  const burst = context.number('lambda.scalingBurst')
  const refill = context.number('lambda.scalingRate') / MICROS
  tokens.data.fill(burst)
  const reasons = {
    off: context.reason('lambda.switchedOff'),
    reserved: context.reason('lambda.reserved'),
    account: context.reason('lambda.account'),
    rate: context.reason('lambda.requestRate'),
    scaling: context.reason('lambda.scaling'),
  }
  let unreserved = 0
  const renew = (): void => {
    unreserved = account - configs.reduce((sum, config) => sum + (config.reserved ?? 0), 0)
  }
  renew()
  let lastLimit = 0

  const counter = (fn: number): number => (configs[fn]!.reserved === null ? pool : fn)
  const allowance = (fn: number): number => {
    const filled = tokens.data[fn]! + (kernel.now - tokensAt.data[fn]!) * refill
    return filled > burst ? burst : filled
  }

  return {
    refusal(fn, fresh, asynchronous) {
      const reserved = configs[fn]!.reserved
      const limit = reserved ?? unreserved
      const used = reserved === null ? inUse.data[pool]! : inUse.data[fn]!
      lastLimit = limit
      if (used >= limit) return reserved === 0 ? reasons.off : reserved === null ? reasons.account : reasons.reserved
      if (!asynchronous) {
        const at = counter(fn)
        const rate = (reserved ?? account) * perUnit
        const now = Math.floor(kernel.now / MICROS)
        if (second.data[at] === now && inSecond.data[at]! >= rate) {
          lastLimit = rate
          return reasons.rate
        }
      }
      if (fresh && allowance(fn) < 1) return reasons.scaling
      return -1
    },
    limit: () => lastLimit,
    enter(fn, fresh) {
      inUse.data[fn] = inUse.data[fn]! + 1
      if (configs[fn]!.reserved === null) inUse.data[pool] = inUse.data[pool]! + 1
      const at = counter(fn)
      const now = Math.floor(kernel.now / MICROS)
      if (second.data[at] === now) inSecond.data[at] = inSecond.data[at]! + 1
      else {
        second.data[at] = now
        inSecond.data[at] = 1
      }
      if (fresh) {
        tokens.data[fn] = allowance(fn) - 1
        tokensAt.data[fn] = kernel.now
      }
    },
    leave(fn) {
      inUse.data[fn] = inUse.data[fn]! - 1
      if (configs[fn]!.reserved === null) inUse.data[pool] = inUse.data[pool]! - 1
    },
    running: (fn) => inUse.data[fn]!,
    renew,
  }
}
