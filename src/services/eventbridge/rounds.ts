import type { Stateful } from '../../kernel/stateful'

/** Traces and rules that are remembered; the one that moved longest ago is forgotten first. */
const MOST = 16_384

/** How often each trace came to each rule by way of something that its events set going: a loop goes round the same rules (EB-2). */
export class Rounds implements Stateful {
  readonly #counts = new Map<number, number>()
  readonly #rules: number

  constructor(rules: number) {
    this.#rules = rules
  }

  /** Counts one more, and tells how many it is. */
  next(trace: number, rule: number): number {
    const key = trace * this.#rules + rule
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.delete(key)
    this.#counts.set(key, count)
    if (this.#counts.size > MOST) {
      const [oldest] = this.#counts.keys()
      this.#counts.delete(oldest!)
    }
    return count
  }

  save(): Float64Array {
    return Float64Array.from([...this.#counts].flat())
  }
  load(image: unknown): void {
    const saved = image as Float64Array
    this.#counts.clear()
    for (let i = 0; i < saved.length; i += 2) this.#counts.set(saved[i]!, saved[i + 1]!)
  }
}
