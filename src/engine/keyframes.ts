import type { Keyframe } from '../kernel/kernel'

/** Events between keyframes: a seek computes half as many on average, some 10 ms (design.md 5 allows 50,000). */
export const KEYFRAME_EVERY = 20_000
export const MOST_KEYFRAMES = 128
/** All keyframes of a run together; a run with a large backlog keeps fewer of them (bytes). */
const MOST_BYTES = 96e6

/** Keyframes of a run, thinned with age: the newest stay dense, the older double their distance when there are too many or too large. */
export class Keyframes {
  #frames: { readonly frame: Keyframe; readonly bytes: number }[] = []

  add(frame: Keyframe): void {
    this.#frames.push({ frame, bytes: bytesOf(frame.images) })
    while (this.#frames.length > 2 && (this.#frames.length > MOST_KEYFRAMES || this.bytes > MOST_BYTES)) {
      const dense = this.#frames.length - Math.ceil(this.#frames.length / 4)
      this.#frames = this.#frames.filter((_, index) => index === 0 || index >= dense || index % 2 === 0)
    }
  }

  /** The last keyframe strictly before `at` (µs), if any. */
  before(at: number): Keyframe | null {
    return this.all.findLast((frame) => frame.at < at) ?? null
  }

  /** Those strictly before `at`, for a run that shares the past. */
  until(at: number): Keyframes {
    const copy = new Keyframes()
    copy.#frames = this.#frames.filter(({ frame }) => frame.at < at)
    return copy
  }

  get all(): readonly Keyframe[] {
    return this.#frames.map(({ frame }) => frame)
  }

  get bytes(): number {
    return this.#frames.reduce((sum, { bytes }) => sum + bytes, 0)
  }
}

/** Rough size of an image: exact for columns, which are nearly all of it. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 8
  if (value instanceof Map) return [...value].reduce((sum, [, item]) => sum + 32 + bytesOf(item), 0)
  if (Array.isArray(value)) {
    // long lists of numbers (parcels, payloads) are estimated by their first items, so that adding a keyframe stays cheap
    const head = value.slice(0, 64).reduce((sum: number, item) => sum + bytesOf(item), 0)
    return value.length > 64 ? (head / 64) * value.length : head
  }
  return Object.values(value).reduce((sum: number, item) => sum + bytesOf(item), 0)
}
