import type { RunStore } from './runStore'

/** What a row says of the event that was judged last: it is let through, or not. */
export type Gate = 'open' | 'closed'

/** Reasons of a bus or topic that tell of one row: a rule that matched, a subscription whose filter stopped a message. */
const OPENS = new Set(['eventbridge.matched', 'eventbridge.scheduled'])
const CLOSES = new Set(['sns.filteredOut'])
/** Reasons that tell of all of its rows. */
const JUDGES = new Set(['eventbridge.unmatched', 'sns.fannedOut', 'sns.nobody'])
const MOST = 64
/** With more events at a time a gate stands as it stood for any of them, or it would flicker. */
const CALM = 3

/**
 * Gates of a bus or topic at `t` (µs) by resource id of the row, for events judged within the `span` µs before. Empty when none was. `timed`:
 * rows that fire by the clock and judge nothing.
 */
export function gatesOf(
  store: RunStore,
  owner: string,
  rows: readonly { readonly id: string; readonly timed: boolean }[],
  t: number,
  span: number,
): { [row: string]: Gate } {
  const { reasons, resources } = store.head
  const told: { at: number; open: boolean; subject: string | undefined }[] = []
  let judged = -Infinity
  let moments = 0
  let last = -Infinity
  for (const { at, row, code } of store.lastReasons(owner, t, MOST)) {
    if (at <= t - span) break
    const name = reasons[code] ?? ''
    const one = OPENS.has(name) || CLOSES.has(name)
    if (!one && !JUDGES.has(name)) continue
    if (at !== last) moments++
    last = at
    if (name !== 'eventbridge.scheduled') judged = Math.max(judged, at)
    const subject = one ? resources[store.rowAt(row)?.subject ?? -1] : undefined
    if (one) told.push({ at, open: OPENS.has(name), subject })
    // whoever is not told of lets a message of a topic through
    else if (name === 'sns.fannedOut') told.push({ at, open: true, subject: undefined })
  }
  const steady = moments > CALM
  const gates: { [row: string]: Gate } = {}
  for (const { id, timed } of rows) {
    const own = told.filter(({ subject, at }) => subject === id && (steady || timed || at === judged))
    const passed = told.some(({ subject, open, at }) => subject === undefined && open && (steady || at === judged))
    if (timed) {
      if (own.some(({ open }) => open)) gates[id] = 'open'
    } else if (own.some(({ open }) => open) || (passed && !own.some(({ open }) => !open))) gates[id] = 'open'
    else if (judged > -Infinity) gates[id] = 'closed'
  }
  return gates
}
