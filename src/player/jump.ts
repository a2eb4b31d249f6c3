import type { Mark, MarkKind } from '../state/run/marks'
import type { RunStore } from '../state/run/runStore'

/** The mark a jump leads to. A run's first instant may itself be one, so a jump forward from 0 finds it too. */
export function markFrom(store: RunStore, kind: MarkKind, t: number, direction: 1 | -1): Mark | null {
  return store.nextMark(kind, direction > 0 && t === 0 ? -1 : t, direction)
}

/** Where the playhead stops for a mark, µs: never at 0, so that the next jump forward goes on. */
export function landing(mark: Mark): number {
  return Math.max(1, mark.at)
}
