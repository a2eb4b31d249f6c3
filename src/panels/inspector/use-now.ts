import { useMemo, useSyncExternalStore } from 'react'
import { throttled } from '../../player/playhead'
import type { Clock } from './types'

const timers = {
  now: () => performance.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** The playhead (µs), at most ten times a second: the inspector shows words and charts, no motion. */
export function useNow(playhead: Clock): number {
  const calm = useMemo(() => throttled(playhead, 100, timers), [playhead])
  return useSyncExternalStore(calm.subscribe, calm.get)
}
