/** What an append-only list held at one moment: what was new then, after an earlier past. Its size is that of what was new. */
export class Past<Item> {
  readonly length: number
  readonly added: readonly Item[]
  readonly #before: Past<Item> | null

  constructor(before: Past<Item> | null, added: readonly Item[]) {
    this.#before = before
    this.added = added
    this.length = (before?.length ?? 0) + added.length
  }

  /** Writes all items to an empty list. */
  into(list: Item[]): void {
    const parts = [this.added]
    for (let past = this.#before; past !== null; past = past.#before) parts.push(past.added)
    for (const part of parts.reverse()) for (const item of part) list.push(item)
  }
}

/**
 * A list that only grows, and whose keyframes share what they have in common: a million names in a hundred keyframes are a million
 * references, not a hundred million.
 */
export class Grown<Item> {
  readonly all: Item[] = []
  #last: Past<Item> | null = null

  past(): Past<Item> {
    const known = this.#last?.length ?? 0
    if (this.#last === null || known < this.all.length) this.#last = new Past(this.#last, this.all.slice(known))
    return this.#last
  }

  restore(past: Past<Item>): void {
    this.all.length = 0
    past.into(this.all)
    this.#last = past
  }
}
