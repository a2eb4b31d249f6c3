/**
 * What a run leaves behind. The worker appends, the views read; nothing flows back (design.md 2).
 *
 * One log of rows, in columns, ordered by emission, which is simulated time. A row's index counts from the start of the
 * run and never changes, so `cause` chains answer "why?" by walking backwards. Times are integer microseconds.
 */
import type { Json, JsonObject } from './scenario'

/** What a row tells. The meaning of the other columns depends on it (see `Rows`). */
export const RowKind = {
  /** Something travels along a wire. `at` departure, `until` arrival, `subject` wire, `code` Token, `value` how many. */
  hop: 0,
  /** A machine entered a state. `subject` entity, `code` state of its machine, `value` a machine-specific number. */
  state: 1,
  /** Work ended. `until` = `at` = end, `value` start (µs), `subject` entity that worked, `code` Outcome. */
  span: 2,
  /** A decision worth explaining. `subject` resource, `code` reason, `value` the reason's argument. */
  reason: 3,
  /** A number that nodes and lanes show changed. `subject` level (see `Legend.levels`), `value` the new number. */
  level: 4,
} as const
export type RowKind = (typeof RowKind)[keyof typeof RowKind]

/** Shape of what travels; drawn differently by shape, never by colour alone (visual.md 9). */
export const Token = {
  event: 0,
  message: 1,
  batch: 2,
  request: 3,
  response: 4,
  retry: 5,
  throttled: 6,
  error: 7,
  deadLetter: 8,
  blocked: 9,
} as const
export type Token = (typeof Token)[keyof typeof Token]
export const TOKEN_NAMES = Object.keys(Token) as (keyof typeof Token)[]

/** How a call or a piece of work ended. */
export const Outcome = {
  ok: 0,
  error: 1,
  throttled: 2,
  timeout: 3,
  denied: 4,
  unreachable: 5,
  unavailable: 6,
  dropped: 7,
  deadLettered: 8,
} as const
export type Outcome = (typeof Outcome)[keyof typeof Outcome]
export const OUTCOME_NAMES = Object.keys(Outcome) as (keyof typeof Outcome)[]

/** Columns of one chunk of rows; all have `length` valid entries. Buffers are transferred, so a chunk has one owner. */
export interface Rows {
  /** Index of the first row in the run. */
  first: number
  length: number
  /** When it happened (µs). */
  readonly at: Float64Array
  /** When it is over (µs); equals `at` for what takes no time. */
  readonly until: Float64Array
  readonly value: Float64Array
  readonly kind: Uint8Array
  readonly code: Uint16Array
  /** Index of the resource in `RunHead.resources` where it happened. */
  readonly resource: Uint16Array
  /** Wire, entity or resource, by kind. */
  readonly subject: Int32Array
  /** Which root event it belongs to; -1 for none. */
  readonly trace: Int32Array
  /** Row index of the cause; -1 for none. */
  readonly cause: Int32Array
}
export const ROWS_PER_CHUNK = 16_384

/** A wire calls travel along: (from, to, action). The canvas finds its edge by the same triple. */
export interface Wire {
  readonly from: string
  readonly to: string
  /** `sqs:SendMessage`, `lambda:Invoke`, ... */
  readonly action: string
}

/** Something with a life cycle, drawn as a slot, a lane, a chip. Entities are added while a run goes on. */
export interface Entity {
  /** Resource id it belongs to. */
  readonly owner: string
  /** Name of its machine in `RunHead.machines`, such as `environment`. */
  readonly machine: string
  /** Label on screen: `e3`, `10.0.1.17`, `message 12`. */
  readonly label: string
}

export interface MachineInfo {
  readonly name: string
  /** State names by code, `.`-joined paths: `warm.busy`. */
  readonly states: readonly string[]
}

/** What a reader needs to read rows; sent once, before the first chunk. Reason texts are templates in `reasons`. */
export interface RunHead {
  readonly resources: readonly string[]
  readonly machines: readonly MachineInfo[]
  /** Reason codes in the order of their numbers; texts live with the service that declares them. */
  readonly reasons: readonly string[]
  /** µs; the run is computed until here or until nothing is left to happen. */
  readonly duration: number
}

/** A number that changes during the run and is drawn: queue depth, pollers, environments in use. */
export interface Level {
  readonly resource: string
  /** `visible`, `inFlight`, `pollers`, `concurrency`, `items`, ... */
  readonly name: string
}

/** What rows refer to by number. Grows while a run goes on; every batch of rows brings what it is the first to use. */
export interface Legend {
  readonly wires: readonly Wire[]
  readonly entities: readonly Entity[]
  readonly levels: readonly Level[]
}

export type MetricKind = 'count' | 'gauge' | 'duration'

/** One CloudWatch-named series of one resource. Bucket i covers [i, i + 1) x `bucketSeconds`. */
export interface Series {
  readonly resource: string
  /** `Invocations`, `Duration`, `ApproximateNumberOfMessagesVisible`, ... */
  readonly name: string
  readonly kind: MetricKind
  readonly unit: 'Count' | 'Milliseconds' | 'Seconds' | 'None'
  readonly bucketSeconds: number
  /** count: how many. gauge: time integral over the bucket (value x s). duration: sum (µs). */
  readonly sum: Float64Array
  /** count: unused. gauge and duration: maximum in the bucket. */
  readonly max: Float64Array
  /** duration: observations per bucket. */
  readonly n: Float64Array
  /** Exact over the whole run. */
  readonly total: SeriesTotal
}

export interface SeriesTotal {
  /** count: events. duration: observations. gauge: 1. */
  n: number
  /** count: events. duration: sum (µs). gauge: time integral (value x s). */
  sum: number
  min: number
  max: number
  /** gauge: value at the end of what is computed. */
  last: number
  /** duration only: nearest-rank percentiles p50, p90, p95, p99, p99.9 (µs), exact up to 65,536 observations, then within 0.1 %. */
  percentiles: readonly number[]
}
export const PERCENTILES = [0.5, 0.9, 0.95, 0.99, 0.999] as const

/** Money, by resource and item. `quantity` in `unit`; `usd` from dated price facts. */
export interface CostLine {
  readonly resource: string
  readonly item: string
  readonly quantity: number
  readonly unit: string
  readonly usd: number
  /** Fact key of the price. */
  readonly fact: string
  /** Accrues with time alone, whatever is used. Default: what is counted in hours does. */
  readonly idle?: boolean
  /** Units it accrues per second at the end of what is computed, for what accrues with time alone. */
  readonly perSecond?: number
}

/** How far a run is and what it adds up to so far. Replaces the one before it. */
export interface Progress {
  /** µs computed. */
  readonly until: number
  readonly done: boolean
  /** Why it ended before `duration`, in one sentence; absent otherwise. */
  readonly stopped?: string
  readonly events: number
  readonly rows: number
}

/**
 * What holds at one instant and what led up to it in numbers: with it, rows from there on tell everything that is drawn.
 * Plain columns, so that it can be transferred.
 */
export interface Standing {
  /** Rows emitted before; the index of the next one. */
  readonly row: number
  /** Present state of every living entity that is drawn. */
  readonly states: {
    readonly entity: Int32Array
    readonly code: Uint16Array
    readonly value: Float64Array
    /** When it was entered (µs). */
    readonly since: Float64Array
    /** The state row that told so. */
    readonly row: Int32Array
    readonly resource: Uint16Array
  }
  /** By number of the level: its value, and the highest it ever had. */
  readonly levels: { readonly value: Float64Array; readonly peak: Float64Array }
  /** How much happened so far, by resource, what (`COUNTED`) and code: hops count what travels, the others rows. */
  readonly counts: {
    readonly resource: Uint16Array
    /** Index in COUNTED. */
    readonly what: Uint8Array
    readonly code: Uint16Array
    readonly sum: Float64Array
    /** The newest row that was counted. */
    readonly row: Int32Array
  }
}
/** What holds at an instant at which nothing is alive and nothing was counted; made anew each time, because it may be transferred. */
export const emptyStanding = (row: number): Standing => ({
  row,
  states: {
    entity: new Int32Array(0),
    code: new Uint16Array(0),
    value: new Float64Array(0),
    since: new Float64Array(0),
    row: new Int32Array(0),
    resource: new Uint16Array(0),
  },
  levels: { value: new Float64Array(0), peak: new Float64Array(0) },
  counts: {
    resource: new Uint16Array(0),
    what: new Uint8Array(0),
    code: new Uint16Array(0),
    sum: new Float64Array(0),
    row: new Int32Array(0),
  },
})
/** What is counted: rows of a kind and code, at a resource. `sentTo` counts hops on wires that end at the resource, when they depart (answers too). */
export const COUNTED = ['hop', 'span', 'reason', 'sentTo'] as const
export type Counted = (typeof COUNTED)[number]

/** What travels on one hop. Computed when somebody looks (services/content.ts); a recording does not hold it. */
export interface EventContent {
  /** As the receiver gets it: of a batch to a function `{Records: [...]}`; null for what carries nothing, such as most answers. */
  readonly body: Json
  /** The body as plain text, where it is no JSON; `body` is then empty. */
  readonly text?: string
  readonly attributes?: JsonObject
  /** Message group or partition key. */
  readonly group?: string
  /** How many travel as one. */
  readonly count: number
  /** The bodies of a batch one by one, at most MOST_ITEMS of them; where they are texts that hold JSON, taken apart. */
  readonly items?: readonly Json[]
}
