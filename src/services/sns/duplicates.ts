import type { Stateful } from '../../kernel/stateful'

/** What FIFO topics took within their deduplication window ("Message deduplication for FIFO topics"); ids in the order they came. */
export class Duplicates implements Stateful {
  readonly #until = new Map<string, number>()
  /** µs */
  readonly #window: number

  constructor(window: number) {
    this.#window = window
  }

  /** Whether this id came within the window before `now` (µs). If not, it did now. */
  repeats(id: string, now: number): boolean {
    for (const [known, until] of this.#until) {
      if (until > now) break
      this.#until.delete(known)
    }
    if (this.#until.has(id)) return true
    this.#until.set(id, now + this.#window)
    return false
  }

  save(): [string, number][] {
    return [...this.#until]
  }
  load(image: unknown): void {
    this.#until.clear()
    for (const [id, until] of image as [string, number][]) this.#until.set(id, until)
  }
}
