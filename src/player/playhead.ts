/** How fast simulated time passes and why, in words. */
export interface Pace {
  /** Simulated seconds per real second. */
  readonly pace: number
  /** `cold start in e2`; empty where the pace is the chosen one. */
  readonly reason: string
}

/** The time shown (µs), outside React: canvas and timeline read it every frame. */
export interface Playhead {
  readonly get: () => number
  readonly pace: () => Pace
  readonly set: (t: number, pace?: Pace) => void
  /** Called after every change, at most once per frame while playing. */
  readonly subscribe: (listener: () => void) => () => void
}

export const REAL_TIME: Pace = { pace: 1, reason: '' }

/** The pace what moves is stretched by, so that it can be seen. A gap that is skipped stretches nothing: else what came before it is shown again. */
export const stretchOf = ({ pace, reason }: Pace): number => Math.max(reason === '' ? pace : Math.min(pace, 1), 1e-3)

export function createPlayhead(): Playhead {
  let now = 0
  let current = REAL_TIME
  const listeners = new Set<() => void>()
  return {
    get: () => now,
    pace: () => current,
    set(t, pace = current) {
      if (t === now && pace === current) return
      now = t
      current = pace
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A view of a store that changes at most every `interval` ms, with the last change always told. For `useSyncExternalStore`. */
export function throttled<T>(
  source: { get: () => T; subscribe: (listener: () => void) => () => void },
  interval: number,
  clock: { now: () => number; after: (ms: number, run: () => void) => () => void },
): { get: () => T; subscribe: (listener: () => void) => () => void } {
  let shown = source.get()
  let told = -Infinity
  let cancel: (() => void) | null = null
  let stop: (() => void) | null = null
  const listeners = new Set<() => void>()
  const tell = (): void => {
    cancel = null
    told = clock.now()
    shown = source.get()
    for (const listener of listeners) listener()
  }
  const changed = (): void => {
    if (cancel !== null) return
    const wait = told + interval - clock.now()
    if (wait <= 0) tell()
    else cancel = clock.after(wait, tell)
  }
  return {
    get: () => {
      if (stop === null) shown = source.get()
      return shown
    },
    subscribe(listener) {
      listeners.add(listener)
      if (stop === null) {
        shown = source.get()
        stop = source.subscribe(changed)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        cancel?.()
        stop = cancel = null
      }
    },
  }
}
