import type { Stateful } from '../../kernel/stateful'

interface Image {
  readonly last: readonly (readonly [string, number])[]
  readonly after: readonly (readonly [number, number])[]
  readonly groups: readonly (readonly [number, string])[]
}

/** Deliveries of FIFO topics, in line by subscription and message group: each waits for the one before it to end. */
export class Order implements Stateful {
  /** Last in line, by group. */
  #last = new Map<string, number>()
  /** Who comes after a delivery. */
  #after = new Map<number, number>()
  /** Groups of the deliveries in line. */
  #groups = new Map<number, string>()

  /** Whether somebody of the group is under way. */
  isBusy(group: string): boolean {
    return this.#last.has(group)
  }

  join(group: string, delivery: number): void {
    const before = this.#last.get(group)
    if (before !== undefined) this.#after.set(before, delivery)
    this.#last.set(group, delivery)
    this.#groups.set(delivery, group)
  }

  /** A delivery has ended. Returns the one that waited for it, -1 when there is none. */
  leave(delivery: number): number {
    const group = this.#groups.get(delivery)
    if (group === undefined) return -1
    this.#groups.delete(delivery)
    const next = this.#after.get(delivery) ?? -1
    this.#after.delete(delivery)
    if (next < 0) this.#last.delete(group)
    return next
  }

  save(): Image {
    return { last: [...this.#last], after: [...this.#after], groups: [...this.#groups] }
  }
  load(image: unknown): void {
    const { last, after, groups } = image as Image
    this.#last = new Map(last)
    this.#after = new Map(after)
    this.#groups = new Map(groups)
  }
}
