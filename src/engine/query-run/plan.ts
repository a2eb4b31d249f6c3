import { toMicros } from '../../model/units'
import { nameOf, QueryError, secondsOf, type MetricQuery } from '../parse-queries'
import type { Window } from '../reading'
import { ACCOUNT, ACCOUNT_ONLY } from './account'
import type { Topic } from './log'

/** What has to be known before a run starts, so that its answers are exact. */
export interface Plan {
  readonly windows: readonly PlannedWindow[]
  /** Instants (µs) at which levels are read, after all that happens at them. */
  readonly instants: readonly number[]
  readonly topics: ReadonlySet<Topic>
  /** When levels changed last is asked for. */
  readonly changes: boolean
  /** Levels of the account are asked for. */
  readonly account: boolean
  /** Waits of single messages are asked for. */
  readonly waits: boolean
}

/** [from, to), µs; `to` may be Infinity, the end of the run. */
export interface PlannedWindow {
  readonly key: string
  readonly from: number
  readonly to: number
}

/** A topic of the log, or one of the flags of a plan. */
export type Need = Topic | 'changes' | 'waits'
/** What a query needs besides the series; `[]` for names nobody knows. */
export type NeedsOf = (name: string, query: MetricQuery) => readonly Need[]

export function planOf(queries: readonly MetricQuery[], needsOf: NeedsOf): Plan {
  const windows = new Map<string, PlannedWindow>()
  const instants = new Set<number>()
  const topics = new Set<Topic>()
  let changes = false
  let account = false
  let waits = false
  for (const query of queries) {
    const window = windowOf(query)
    if (window !== null) {
      const from = toMicros(window.from)
      const to = window.to === Infinity ? Infinity : toMicros(window.to)
      const key = windowKey(window)
      windows.set(key, { key, from, to })
    }
    const { name, at } = nameOf(query)
    if (at !== null) instants.add(toMicros(at))
    for (const need of needsOf(name, query)) {
      if (need === 'changes') changes = true
      else if (need === 'waits') waits = true
      else topics.add(need)
    }
    if (query.of === ACCOUNT || ACCOUNT_ONLY.includes(name)) account = true
  }
  return { windows: [...windows.values()], instants: [...instants], topics, changes, account, waits }
}

/** The window of a query in seconds; null without one. Throws QueryError for what is none. */
export function windowOf({ during }: MetricQuery): Window | null {
  if (during === undefined) return null
  const [from, to] = during.map(secondsOf)
  if (!(from! >= 0 && to! > from! && from! < Infinity))
    throw new QueryError(`during must be [t0, t1) in seconds with t0 < t1, not ${JSON.stringify(during)}`)
  return { from: from!, to: to! }
}

export const windowKey = ({ from, to }: Window): string => `${from} ${to}`
