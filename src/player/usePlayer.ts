import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useReducedMotion } from '../ui/theme'
import type { Player } from './player'
import { throttled, type Pace } from './playhead'

/** React reads the playhead at most this often (ms); canvases read it every frame. */
const READ_EVERY = 100

const wallClock = {
  now: () => performance.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** The time shown (µs), at most ten times a second. */
export function usePlayheadTime(player: Player): number {
  const { playhead } = player
  const view = useMemo(() => throttled(playhead, READ_EVERY, wallClock), [playhead])
  return useSyncExternalStore(view.subscribe, view.get)
}

/** Pace and its reason, at most ten times a second. */
export function usePace(player: Player): Pace {
  const { playhead } = player
  const view = useMemo(
    () => throttled({ get: playhead.pace, subscribe: playhead.subscribe }, READ_EVERY, wallClock),
    [playhead],
  )
  return useSyncExternalStore(view.subscribe, view.get)
}

/** Plays by steps while the system asks for reduced motion. Use it once. */
export function useMotionPreference(player: Player): void {
  const reduced = useReducedMotion()
  useEffect(() => player.send({ type: 'stepped', on: reduced }), [player, reduced])
}
