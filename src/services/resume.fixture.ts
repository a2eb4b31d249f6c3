/** For tests of what keyframes hold: a run taken up at one is the run as it went on by itself. */
import { expect } from 'vitest'
import { createRun, resumeRun, type Run } from '../engine/run'
import type { Rows } from '../model/recording'
import type { Scenario } from '../model/scenario'

/** Every row of a run that is played to its end, as text with its number. */
export function rowsOf(run: Run): string[] {
  const rows: string[] = []
  run.kernel.recorder.sink = ({
    length,
    first,
    at,
    until,
    value,
    kind,
    code,
    resource,
    subject,
    trace,
    cause,
  }: Rows) => {
    for (let i = 0; i < length; i++)
      rows.push(
        [first + i, at[i], until[i], value[i], kind[i], code[i], resource[i], subject[i], trace[i], cause[i]].join(' '),
      )
  }
  while (!run.advance(1_000_000)) continue
  run.kernel.recorder.flush()
  return rows
}

/** Takes the run up after each of these numbers of events, or where one was paused; fails at the first row that differs. Returns all rows. */
export function expectResumable(scenario: Scenario, stops: readonly (number | ((run: Run) => boolean))[]): string[] {
  const whole = createRun(scenario)
  const rows = rowsOf(whole)
  const end = [whole.series(), whole.costs(), whole.contents()]
  for (const stop of stops) {
    const run = createRun(scenario)
    expect(typeof stop === 'number' ? run.advance(stop) : stop(run)).toBe(false)
    const frame = run.kernel.keyframe()
    const again = resumeRun(scenario, frame, run.keyframes)
    const rest = rowsOf(again)
    expect(rest.length).toBeGreaterThan(0)
    const expected = rows.slice(-rest.length)
    const different = rest.findIndex((row, i) => row !== expected[i])
    expect(rest[different]).toBe(expected[different])
    expect(rest.length).toBe(rows.length - frame.rows)
    expect([again.series(), again.costs(), again.contents()]).toEqual(end)
  }
  return rows
}
