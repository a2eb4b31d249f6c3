/** Every message between the page and the simulator. `run` numbers an order; answers to an older order are ignored. */
import type { CostLine, Legend, Progress, Rows, RunHead, Series } from '../model/recording'
import type { Scenario } from '../model/scenario'

export type ToWorker =
  /** Simulate a normalised document from 0. Replaces what is running. */
  | { type: 'run'; run: number; scenario: Scenario }
  /** The same document with other interventions: rows before `from` (µs) stay valid, the rest is computed anew. */
  | { type: 'resume'; run: number; scenario: Scenario; from: number }
  /** Full rows for a window outside what is kept (µs). */
  | { type: 'detail'; run: number; from: number; to: number }
  | { type: 'stop' }

export type FromWorker =
  | { type: 'head'; run: number; head: RunHead }
  /** Rows in order, with what they are the first to refer to. `keepRows`: after a resume, rows from this index on are replaced. */
  | { type: 'rows'; run: number; rows: Rows; legend: Legend }
  | { type: 'resumed'; run: number; keepRows: number; keepEntities: number; keepLevels: number; keepWires: number }
  | { type: 'detail'; run: number; from: number; to: number; rows: Rows[]; legend: Legend }
  | { type: 'progress'; run: number; progress: Progress; series: Series[]; costs: CostLine[] }
  | { type: 'failed'; run: number; message: string }
