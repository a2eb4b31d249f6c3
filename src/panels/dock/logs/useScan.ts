import { useEffect, useState } from 'react'
import { inSlices } from './slices'

/** Something that reads a run in slices. */
export interface Scannable {
  readonly complete: boolean
  scan(most: number): unknown
}

/** Read between two looks at the clock. */
const STEP = 2_000

/** Time between two pictures of what is read so far (ms). */
const REDRAW = 120

/** Reads on while there is more, a few milliseconds at a time, and draws again now and then. `grown` changes when there may be more. */
export function useScan(target: Scannable, grown: unknown): void {
  const [, setSeen] = useState(0)
  useEffect(() => {
    if (target.complete) return undefined
    let drawn = performance.now()
    const draw = (): void => setSeen((seen) => seen + 1)
    const pause = (): void => {
      if (performance.now() - drawn < REDRAW) return
      drawn = performance.now()
      draw()
    }
    const step = (): boolean => {
      target.scan(STEP)
      return !target.complete
    }
    return inSlices(step, pause, draw)
  }, [target, grown])
}
