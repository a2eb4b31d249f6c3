import { clockParts } from '../state/run/clock'
import type { MarkKind } from '../state/run/marks'
import type { RunStore } from '../state/run/runStore'
import type { Pace } from './playhead'

export interface SmartPace extends Pace {
  /** The pace holds until here (µs), unless the recording changes. */
  readonly until: number
}

const SECOND = 1_000_000
/** A stretch without events is not slowed when it is longer than this (µs), and skipped faster the longer it is. */
const IDLE = 600_000
/** After an event this much is watched before a stretch counts as empty (µs): tokens are still on their way. */
const AFTERGLOW = 250_000
/** Real seconds that a skipped stretch, and one that waits for an interface, take on screen. */
const SKIP_SECONDS = 1.2
const ENI_SECONDS = 4
/** Real seconds that a cold start takes on screen. */
const COLD_SECONDS = 1
/** More of a kind than this in ten seconds are traffic, not an event to watch. */
const RARE = 4
const RARE_WINDOW = 10 * SECOND
/** µs around `t` in which instants are counted, and how many of them still count as one story; slow only once it has begun. */
const STORY_WINDOW = 600_000
const STORY_INSTANTS = 12
/** What is looked at closely after a mark (µs). */
const MARK_WINDOW = 150_000

const MARK_WORDS: readonly [MarkKind, string][] = [
  ['refused', 'refused'],
  ['deadLetter', 'dead letter'],
  ['retry', 'retry'],
  ['error', 'error'],
]

/**
 * How fast to play at `t` (µs): slow where something happens, fast where nothing does. `end` is where the recording ends (µs).
 * Pure: the same recording and `t` give the same pace, so a replay looks the same.
 */
export function smartPace(store: RunStore, t: number, end: number): SmartPace {
  const next = store.nextEvent(t) ?? end
  const gap = idleGap(store, t, next, end)
  if (gap !== null) return gap
  const cold = coldStart(store, t)
  if (cold !== null) return cold
  for (const [kind, words] of MARK_WORDS) {
    const mark = store.nextMark(kind, t + 1, -1)
    if (mark === null || t - mark.at >= MARK_WINDOW || !isRare(store, kind, t)) continue
    const name = store.head.resources[mark.resource] ?? ''
    return { pace: 1 / 4, reason: `${words} at ${name}`, until: Math.min(next, mark.at + MARK_WINDOW) }
  }
  const instants = store.eventsBetween(t - STORY_WINDOW, t + STORY_WINDOW)
  const begun = store.eventsBetween(t - AFTERGLOW, t) > 0
  if (begun && instants <= STORY_INSTANTS)
    return { pace: 1 / 4, reason: 'few events', until: Math.min(next, afterglow(store, t)) }
  return { pace: 1, reason: '', until: next }
}

/** When the last event before `t` stops being watched (µs); always after `t`. */
function afterglow(store: RunStore, t: number): number {
  const over = (store.previousEvent(t + 0.5) ?? 0) + AFTERGLOW
  return over > t ? over : t + AFTERGLOW
}

function idleGap(store: RunStore, t: number, next: number, end: number): SmartPace | null {
  const previous = store.previousEvent(t + 0.5) ?? 0
  if (next - previous <= IDLE || next <= t) return null
  if (previous > 0 && t - previous < AFTERGLOW) return null
  const eni = pendingEni(store, t)
  const pace = Math.max(1, (next - previous) / SECOND / (eni === null ? SKIP_SECONDS : ENI_SECONDS))
  const reason = eni ?? (next >= end ? 'nothing more' : `nothing until ${clockParts(next).main}`)
  return { pace, reason, until: next }
}

/** `ENI 10.0.1.17 pending` while one is being built at `t`. */
function pendingEni(store: RunStore, t: number): string | null {
  const { at, entity } = store.at(t).marks.lists.eni
  const last = at.upperBound(t)
  for (let i = last - 1; i >= 0 && i >= last - 8; i--) {
    const id = entity.at(i)
    const state = store.stateAt(id, t)
    if (state === null || store.look(id)?.looks[state.code] !== 'pending') continue
    return `ENI ${store.entities[id]!.label} pending`
  }
  return null
}

function coldStart(store: RunStore, t: number): SmartPace | null {
  if (!isRare(store, 'coldStart', t)) return null
  const { at, entity } = store.at(t).marks.lists.coldStart
  const last = at.upperBound(t)
  for (let i = last - 1; i >= 0 && i >= last - RARE * 8; i--) {
    const id = entity.at(i)
    const looks = store.look(id)?.looks
    const state = store.stateAt(id, t)
    const look = state === null ? undefined : looks?.[state.code]
    if (state === null || (look !== 'cold' && look !== 'init' && look !== 'restore')) continue
    const after = look === 'cold' && state.until < Infinity ? store.stateAt(id, state.until) : state
    const warm = after && looks?.[after.code] === 'init' ? after.until : state.until
    const length = (warm - at.at(i)) / SECOND
    const pace = length < Infinity ? Math.min(1, halved(length / COLD_SECONDS)) : 1 / 8
    return {
      pace,
      reason: `cold start in ${store.entities[id]!.label}`,
      until: Math.min(state.until, store.nextEvent(t) ?? state.until),
    }
  }
  return null
}

/** The nearest of 1/16, 1/8, ... 1 at or above. */
function halved(pace: number): number {
  let nice = 1 / 16
  while (nice < pace) nice *= 2
  return nice
}

/** Few instants, however many marks each holds: twenty cold starts at once are one thing to watch. */
function isRare(store: RunStore, kind: MarkKind, t: number): boolean {
  const { at } = store.at(t).marks.lists[kind]
  const last = at.upperBound(t)
  let instants = 0
  let before = -1
  for (let i = last - 1; i >= 0 && at.at(i) > t - RARE_WINDOW; i--) {
    if (at.at(i) !== before) instants++
    before = at.at(i)
    if (instants > RARE || last - i > CROWD) return false
  }
  return true
}
/** Marks looked at; a window with more is traffic. */
const CROWD = 2_000

/** Pieces of constant pace that one frame may cross; what is left is taken at the last one. */
const PIECES = 32

/** Plays `seconds` of real time from `t` (µs) at smart pace. Never runs past `end`. */
export function advanceSmart(store: RunStore, t: number, seconds: number, end: number): { t: number; pace: Pace } {
  let left = seconds
  let piece = smartPace(store, t, end)
  for (let i = 0; i < PIECES; i++) {
    const needed = (piece.until - t) / SECOND / piece.pace
    if (needed >= left || i === PIECES - 1 || piece.until >= end) break
    left -= Math.max(0, needed)
    t = Math.max(t, piece.until)
    piece = smartPace(store, t, end)
  }
  return { t: Math.min(end, t + left * SECOND * piece.pace), pace: piece }
}
