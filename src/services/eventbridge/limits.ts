import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import { MICROS } from '../../model/units'

/** Rates of the account, each with a second's worth in hand. */
export interface Limits {
  /** Whether one more call of PutEvents is taken now (EB-6). */
  takes(): boolean
  /** µs one more invocation of a target has to wait (EB-7): they line up, none is lost. */
  delay(): number
}

const CALLS = 0
const INVOCATIONS = 1

/** `calls`, `invocations`: per second. */
export function createLimits(kernel: Kernel, calls: number, invocations: number): Limits {
  const table = new Table(2)
  /** When everything taken so far will have passed at the permitted rate (µs). */
  const passed = table.f64(-MICROS)
  table.add()
  table.add()
  kernel.part(table)
  const perCall = MICROS / calls
  const perInvocation = MICROS / invocations
  return {
    takes() {
      const from = Math.max(passed.data[CALLS]!, kernel.now - MICROS)
      if (from + perCall > kernel.now) return false
      passed.data[CALLS] = from + perCall
      return true
    },
    delay() {
      const from = Math.max(passed.data[INVOCATIONS]!, kernel.now - MICROS)
      passed.data[INVOCATIONS] = from + perInvocation
      return Math.max(0, Math.round(from + perInvocation - kernel.now))
    },
  }
}
