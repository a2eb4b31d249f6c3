import { useEffect, useState, type RefObject } from 'react'

/** Width of an element's inside (px), as it changes; 0 before it is laid out. */
export function useInnerWidth(of: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const observed = of.current
    if (observed === null) return undefined
    const sizes = new ResizeObserver(() => setWidth(observed.clientWidth))
    sizes.observe(observed)
    return () => sizes.disconnect()
  }, [of])
  return width
}
