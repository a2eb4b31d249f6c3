/** Every message between the page and the simulator. `run` numbers an order; answers to an older order are ignored. */
import type { CostLine, EventContent, Legend, Progress, Rows, RunHead, Series, Standing } from '../model/recording'
import type { Scenario } from '../model/scenario'

export type ToWorker =
  /** Simulate a normalised document from 0. Replaces what is running. */
  | { type: 'run'; run: number; scenario: Scenario }
  /** The same document with other interventions: rows before `from` (µs) stay valid, the rest is computed anew. */
  | { type: 'resume'; run: number; scenario: Scenario; from: number; holds: Holdings }
  /** Full rows around a time, of the run under way, which goes on. A newer request replaces one that is not answered yet. */
  | ({ type: 'detail'; run: number } & DetailRequest)
  /** What travels on the hops of some rows, of the run under way. Every request is answered, in order, unless another run is ordered. */
  | { type: 'content'; run: number; rows: readonly number[] }
  | { type: 'stop' }

/** What the page holds of the run at the moment of an order; what was on its way then is lost. */
export interface Holdings {
  readonly rows: number
  readonly wires: number
  readonly entities: number
  readonly levels: number
}

/** Times in µs. */
export interface DetailRequest {
  /** The time that must be part of the answer. */
  readonly at: number
  /** How far back and how far on, when the rows allow. */
  readonly from: number
  readonly to: number
  /** About how many rows may travel; at least half of them after `at`. */
  readonly most: number
}

/** A window of full detail. Times in µs. */
export interface Detail {
  /** The window is [from, to]: `standing` holds just before `from`, and `rows` are all that follow until `to`. */
  readonly from: number
  readonly to: number
  /** From here on everything is shown as the whole run shows it; before, what lingers on screen may be missing. */
  readonly exact: number
  readonly standing: Standing
  readonly rows: readonly Rows[]
}

export type FromWorker =
  | { type: 'head'; run: number; head: RunHead }
  /** Rows in order, with what they are the first to refer to. */
  | { type: 'rows'; run: number; rows: Rows; legend: Legend }
  /** After a resume: rows and names from these numbers on are replaced. */
  | { type: 'resumed'; run: number; keepRows: number; keepEntities: number; keepLevels: number; keepWires: number }
  /** `request`: what was asked, to tell what it answers. `legend`: names the page was not told yet. */
  | { type: 'detail'; run: number; request: DetailRequest; detail: Detail; legend: Legend }
  /** In the order asked; null for rows that are no hops or not computed yet. */
  | { type: 'content'; run: number; rows: readonly number[]; contents: readonly (EventContent | null)[] }
  | { type: 'progress'; run: number; progress: Progress; series: Series[]; costs: CostLine[] }
  | { type: 'failed'; run: number; message: string }
