/** Longest time (ms) the page is held at once: well below a frame. */
const HELD = 8

/** Calls `step` until it returns false, a few milliseconds at a time. `pause` runs after each stretch but the last. Returns what stops it. */
export function inSlices(step: () => boolean, pause: () => void, over: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stretch = (): void => {
    const until = performance.now() + HELD
    while (step())
      if (performance.now() >= until) {
        pause()
        timer = setTimeout(stretch, 0)
        return
      }
    over()
  }
  timer = setTimeout(stretch, 0)
  return () => clearTimeout(timer)
}
