import type { Stateful } from '../../kernel/stateful'
import type { Payload } from '../service'

/** What FIFO queues have accepted within their deduplication window (SQS-4). Ids in the order they came, which is the order they end in. */
export class Deduplication implements Stateful {
  readonly #until = new Map<string, number>()
  /** µs */
  readonly #window: number

  constructor(window: number) {
    this.#window = window
  }

  /** Whether this id was accepted within the window before `now` (µs). If not, it is from now on. */
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

/**
 * What tells a message from others: the id its sender gave it, or its content where the queue takes that. null: nobody named anything; such a
 * sender gives every message an id of its own, so that it repeats nothing.
 */
export function deduplicationId(payload: Payload, contentBased: boolean): string | null {
  if (payload.deduplication !== undefined) return payload.deduplication
  // the poison mark stands for a difference in content
  return contentBased ? `${payload.poison ? '!' : '='}${payload.text ?? JSON.stringify(payload.body)}` : null
}
