/** Longest real time one frame may stand for (s): a hidden tab must not jump ahead when it is shown again. */
const LONGEST_FRAME = 0.1

/** Calls back once per frame with the real seconds since the last one, until stopped. */
export function startFrames(onFrame: (seconds: number) => void): () => void {
  let before = -1
  let handle = requestAnimationFrame(function frame(now) {
    const seconds = before < 0 ? 0 : Math.min(LONGEST_FRAME, (now - before) / 1_000)
    before = now
    handle = requestAnimationFrame(frame)
    onFrame(seconds)
  })
  return () => cancelAnimationFrame(handle)
}
