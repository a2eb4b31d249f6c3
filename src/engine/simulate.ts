import type { CostLine, Legend, Progress, Rows, RunHead, Series } from '../model/recording'
import type { Scenario } from '../model/scenario'
import { createRun, type RunOptions } from './run'

/** Chunks of detail a headless run keeps: about a quarter of a million rows, which fit a processor's cache. Totals and histograms are exact for the whole run all the same. */
const KEPT_CHUNKS = 16

export interface Recording {
  readonly head: RunHead
  readonly legend: Legend
  /** The last rows, oldest chunk first. */
  readonly rows: readonly Rows[]
  readonly series: readonly Series[]
  readonly costs: readonly CostLine[]
  readonly progress: Progress
}

/** Runs a normalised document to its end, without a playhead. Same scenario and seed: the same recording, byte for byte. */
export function simulate(scenario: Scenario, options: RunOptions = {}): Recording {
  const run = createRun(scenario, { ...options, seekable: false })
  const rows: Rows[] = []
  run.kernel.recorder.sink = (chunk) => {
    rows.push(chunk)
    if (rows.length > KEPT_CHUNKS) run.kernel.recorder.recycle(rows.shift()!)
  }
  while (!run.advance(1_000_000));
  const { wires, entities, levels } = run.legend
  return {
    head: run.head,
    legend: { wires, entities, levels },
    rows,
    series: run.series(),
    costs: run.costs(),
    progress: run.progress(),
  }
}
