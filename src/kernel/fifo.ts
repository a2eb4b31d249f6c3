const GONE = -1

/** Slots in the order they came. One that is dropped leaves a gap, which is passed over. Positions count up for ever. */
export class Fifo {
  #slots = new Int32Array(256)
  #head = 0
  #tail = 0
  /** How many stand in it. */
  waiting = 0

  /** Returns its position, for `drop`. */
  push(slot: number): number {
    if (this.#tail - this.#head === this.#slots.length) this.#grow()
    this.#slots[this.#tail & (this.#slots.length - 1)] = slot
    this.waiting++
    return this.#tail++
  }

  /** The first one; only when somebody waits. */
  first(): number {
    const slots = this.#slots
    const mask = slots.length - 1
    while (slots[this.#head & mask] === GONE) this.#head++
    return slots[this.#head & mask]!
  }

  /** Takes the first one out. */
  shift(): void {
    this.#head++
    if (--this.waiting === 0) this.#head = this.#tail
  }

  drop(position: number): void {
    this.#slots[position & (this.#slots.length - 1)] = GONE
    if (--this.waiting === 0) this.#head = this.#tail
  }

  /** Those that wait, first to last. */
  all(): Int32Array {
    const found = new Int32Array(this.waiting)
    let n = 0
    for (let position = this.#head; position < this.#tail; position++) {
      const slot = this.#slots[position & (this.#slots.length - 1)]!
      if (slot !== GONE) found[n++] = slot
    }
    return found
  }

  clear(): void {
    this.#head = this.#tail = this.waiting = 0
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    for (let position = this.#head; position < this.#tail; position++)
      slots[position & (slots.length - 1)] = this.#slots[position & (this.#slots.length - 1)]!
    this.#slots = slots
  }
}
