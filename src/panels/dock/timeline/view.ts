/** The stretch of time on screen (µs). */
export interface View {
  readonly from: number
  readonly to: number
}

/** No closer than 1 ms across the lane area. */
const SHORTEST = 1_000
/** A fresh run shows at most this much (µs). */
const FIRST = 60_000_000

export const initialView = (duration: number): View => ({ from: 0, to: Math.max(SHORTEST, Math.min(duration, FIRST)) })

/** Keeps a view inside [0, duration] without changing its length where that is possible. */
export function clampView({ from, to }: View, duration: number): View {
  const whole = Math.max(SHORTEST, duration)
  const length = Math.min(whole, Math.max(SHORTEST, to - from))
  const start = Math.min(Math.max(0, from), whole - length)
  return { from: start, to: start + length }
}

/** Zooms by `factor` (above 1: closer) while the time `anchor` keeps its place. */
export function zoomView(view: View, factor: number, anchor: number, duration: number): View {
  const length = Math.min(Math.max(SHORTEST, (view.to - view.from) / factor), Math.max(SHORTEST, duration))
  const share = (anchor - view.from) / (view.to - view.from)
  return clampView({ from: anchor - share * length, to: anchor + (1 - share) * length }, duration)
}

export function panView(view: View, by: number, duration: number): View {
  return clampView({ from: view.from + by, to: view.to + by }, duration)
}

/** Turns the page when the playhead leaves: forwards it lands at 15 %, anywhere else in the middle. */
export function followView(view: View, t: number, duration: number): View {
  const length = view.to - view.from
  if (t >= view.from && t <= view.to - length * 0.02) return view
  const forwards = t > view.from && t < view.to + length
  return clampView(
    forwards ? { from: t - length * 0.15, to: t + length * 0.85 } : { from: t - length / 2, to: t + length / 2 },
    duration,
  )
}

/** Distance between labelled ticks (µs): a round number of clock units with at least `room` px between labels. */
export function tickStep(view: View, width: number, room = 84): number {
  const least = ((view.to - view.from) * room) / Math.max(1, width)
  for (let unit = 100; unit < 1_000_000; unit *= 10) {
    for (const times of [1, 2, 5]) if (unit * times >= least) return unit * times
  }
  for (const seconds of [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200]) {
    if (seconds * 1_000_000 >= least) return seconds * 1_000_000
  }
  return 86_400_000_000 * Math.ceil(least / 86_400_000_000)
}
