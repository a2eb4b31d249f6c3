import { useEffect, useState } from 'react'

/** Something that reads a run in slices. */
export interface Scannable {
  readonly complete: boolean
  scan(most: number): unknown
}

/** Reads on while there is more, a slice at a time, and draws again after each. `grown` changes when there may be more. */
export function useScan(target: Scannable, grown: unknown, slice: number): void {
  const [, setSeen] = useState(0)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const step = (): void => {
      target.scan(slice)
      setSeen((seen) => seen + 1)
      if (!target.complete) timer = setTimeout(step, 0)
    }
    if (!target.complete) step()
    return () => clearTimeout(timer)
  }, [target, grown, slice])
}
