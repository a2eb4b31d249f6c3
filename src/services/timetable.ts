/** Fires by the clock: what rules with a schedule and schedules of their own share. */
import { Table } from '../kernel/columns'
import { RUN_EPOCH } from '../model/identity'
import { MICROS, toMicros } from '../model/units'
import type { ServiceContext } from './service'

export interface Plan {
  /** The first time after an instant, both in seconds since 1970; undefined: never again. `first`: the instant itself counts. */
  next(after: number, first: boolean): number | undefined
}

export interface Timetable {
  /** Plans from now on; null: it no longer fires. `text` tells plans apart: an equal one goes on as it is. */
  set(row: number, text: string, plan: Plan | null): void
}

/**
 * Fires `rows` things, as far as the scenario lasts: a schedule alone must not keep a run from ending. `delay`: from the instant the plan
 * names until it fires (µs). `named`: that instant (µs). `planned` is told of the next one (µs), -1 when there is none.
 */
export function createTimetable(
  { kernel, scenario }: ServiceContext,
  rows: number,
  delay: (row: number) => number,
  fire: (row: number, named: number) => void,
  planned: (row: number, named: number) => void = () => {},
): Timetable {
  const last = toMicros(scenario().duration)
  const plans: (Plan | null)[] = []
  const texts: string[] = []
  const table = kernel.part(new Table(Math.max(1, rows)))
  /** The instant the plan names (µs), and when it fires: -1 without one. */
  const named = table.f64(-1)
  const due = table.f64(-1)
  for (let row = 0; row < rows; row++) table.add()

  const schedule = (row: number, after: number, first: boolean): void => {
    due.data[row] = -1
    const next = plans[row]?.next(RUN_EPOCH + after / MICROS, first)
    if (next === undefined) return planned(row, -1)
    const at = Math.round((next - RUN_EPOCH) * MICROS)
    named.data[row] = at
    planned(row, at)
    const firing = Math.max(kernel.now, at + delay(row))
    if (firing > last) return
    due.data[row] = firing
    kernel.after(firing - kernel.now, fired, row)
  }
  const fired = kernel.handler((row) => {
    // planned anew meanwhile
    if (due.data[row] !== kernel.now) return
    kernel.recorder.trace = -1
    const at = named.data[row]!
    fire(row, at)
    schedule(row, at, false)
  })
  return {
    set(row, text, plan) {
      if (texts[row] === text) return
      const had = (plans[row] ?? null) !== null
      texts[row] = text
      plans[row] = plan
      if (had || plan !== null) schedule(row, kernel.now, true)
    },
  }
}
