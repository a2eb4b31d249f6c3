import type { Keyframe } from '../kernel/kernel'

/** Events between keyframes (design.md 5). */
export const KEYFRAME_EVERY = 50_000
const MOST = 48

/** Keyframes of a run, thinned with age: the newest stay dense, the oldest double their distance when there are too many. */
export class Keyframes {
  #frames: Keyframe[] = []

  add(frame: Keyframe): void {
    this.#frames.push(frame)
    if (this.#frames.length > MOST) {
      const old = this.#frames.length - MOST / 4
      this.#frames = this.#frames.filter((_, index) => index === 0 || index >= old || index % 2 === 0)
    }
  }

  /** The last keyframe strictly before `at` (µs), if any. */
  before(at: number): Keyframe | null {
    return this.#frames.findLast((frame) => frame.at < at) ?? null
  }

  /** Those strictly before `at`, for a run that shares the past. */
  until(at: number): Keyframes {
    const copy = new Keyframes()
    copy.#frames = this.#frames.filter((frame) => frame.at < at)
    return copy
  }

  get all(): readonly Keyframe[] {
    return this.#frames
  }
}
