import type { Series } from '../../model/recording'
import type { Scenario } from '../../model/scenario'
import { createRun, type Run } from '../run'
import { ACCOUNT_NAMES, AccountLevels } from './account'
import { EventLog } from './log'
import type { Plan, PlannedWindow } from './plan'
import { QueueWaits } from './waits'
import { Tap, type WindowTally } from './tap'

const SLICE = 1_000_000

/** A finished run and what was noted while it went. */
export interface Observed {
  readonly run: Run
  /** Those of the run, and of the account when the plan asks for them. */
  readonly series: readonly Series[]
  /** By `windowKey`. */
  readonly windows: ReadonlyMap<string, WindowTally>
  /** Totals and levels of all series by id, by instant (µs). */
  readonly instants: ReadonlyMap<number, Float64Array>
  readonly log: EventLog
  /** Null when nobody asked. */
  readonly waits: QueueWaits | null
  /** Since when (s) a gauge has its present value; null when nobody asked. */
  readonly heldSince: ((id: number) => number) | null
}

export interface ObserveOptions {
  readonly untilIdle?: boolean
  /** Called now and then with the events so far; may throw to give up. */
  readonly progress?: (events: number) => void
}

/** Runs a scenario to its end and stops at the instants of the plan. The run itself is the same as without stops. */
export function observe(scenario: Scenario, plan: Plan, options: ObserveOptions = {}): Observed {
  const untilIdle = options.untilIdle ?? false
  const record = plan.topics.size > 0
  const run = createRun(scenario, { untilIdle, record, seekable: false })
  const { kernel } = run
  const { metrics } = kernel
  const known = run.series()
  const kinds = known.map(({ kind }) => kind)
  const first = known.length
  let account: AccountLevels | null = null
  const valueOf = (id: number): number => (id < first ? metrics.value(id) : (account?.value(id - first) ?? 0))
  if (plan.account) kinds.push(...ACCOUNT_NAMES.map(() => 'gauge' as const))
  const tap = plan.windows.length > 0 || plan.changes ? new Tap(metrics, kinds, valueOf, () => kernel.now) : null
  if (plan.account)
    account = new AccountLevels(
      scenario,
      metrics,
      known,
      () => kernel.now,
      (place, value, at) => tap?.level(first + place, value, at),
    )
  const waits = plan.waits ? new QueueWaits(metrics, known, () => kernel.now) : null
  const log = new EventLog(run.head, run.legend, plan.topics)
  kernel.recorder.sink = (rows) => {
    log.digest(rows)
    kernel.recorder.recycle(rows)
  }

  let over = false
  const reach = (cut: number): void => {
    while (!over && kernel.agenda.next < cut) {
      over = run.advance(SLICE, cut)
      options.progress?.(run.progress().events)
    }
  }
  const tallies = new Map<string, WindowTally>()
  const instants = new Map<number, Float64Array>()
  for (const { at, kind, window } of cutsOf(plan)) {
    reach(at)
    account?.settle(at)
    if (kind === 'read')
      instants.set(
        at - 1,
        Float64Array.from(kinds, (_, id) => valueOf(id)),
      )
    else if (kind === 'open') tallies.set(window!.key, tap!.open(at))
    else tap!.close(tallies.get(window!.key)!, at)
  }
  while (!over) {
    over = run.advance(SLICE)
    options.progress?.(run.progress().events)
  }
  waits?.settle(kernel.now + 1)
  const ofAccount = account?.series(kernel.now) ?? []
  for (const tally of tallies.values()) tap!.close(tally, kernel.now)
  return {
    run,
    series: [...run.series(), ...ofAccount],
    windows: tallies,
    instants,
    log,
    waits,
    heldSince: tap === null ? null : (id) => tap.heldSince(id),
  }
}

interface Cut {
  readonly at: number
  readonly kind: 'open' | 'close' | 'read'
  readonly window: PlannedWindow | null
}

/** Stops in order of time. A window closes before another opens at the same instant; those to the end of the run are not closed here. */
function cutsOf({ windows, instants }: Plan): Cut[] {
  const cuts: Cut[] = [
    ...windows.flatMap((window): Cut[] => [
      { at: window.from, kind: 'open', window },
      ...(window.to < Infinity ? [{ at: window.to, kind: 'close' as const, window }] : []),
    ]),
    ...instants.map((at): Cut => ({ at: at + 1, kind: 'read', window: null })),
  ]
  const rank = { close: 0, open: 1, read: 2 }
  return cuts.sort((x, y) => x.at - y.at || rank[x.kind] - rank[y.kind])
}
