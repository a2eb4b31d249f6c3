import type { DetailRequest } from '../../worker/protocol'
import type { Stretch } from './stretch'

/** Rows of a window that must come fast, because the playhead waits for it, and of one that is fetched ahead. */
export const NARROW = 24_000
const WIDE = 200_000
/** Rows left after the playhead at which the next window is fetched. */
const AHEAD = WIDE / 4

/**
 * Which detail a playhead at `t` lacks or will soon lack; null for none. `main` is the beginning of the run as it was sent, `until` how
 * far the run is computed, `most` how many rows `window` was asked with (µs). First a narrow window, so that the picture stands at
 * once, then a wide one around it, then the next before the playhead gets there.
 */
export function wanted(
  t: number,
  until: number,
  main: Stretch,
  window: Stretch | null,
  most: number,
): DetailRequest | null {
  if (t > until || main.to === Infinity) return null
  if (t <= main.to) {
    const next = main.to + 1
    const follows = window !== null && window.from <= next && window.to >= next
    if (follows || main.endRow - main.firstRowAt(t) > AHEAD || next > until) return null
    return { at: next, from: next, to: until, most: WIDE }
  }
  if (window === null || t < window.exact || t > window.to) return { at: t, from: t, to: until, most: NARROW }
  if (window.to >= until) return null
  if (most >= WIDE && window.endRow - window.firstRowAt(t) > AHEAD) return null
  const perRow = (window.to - window.from) / Math.max(1, window.endRow - window.firstRow)
  return { at: t, from: Math.max(0, t - AHEAD * perRow), to: until, most: WIDE }
}
