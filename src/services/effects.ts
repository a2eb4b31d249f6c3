import type { Stateful } from '../kernel/stateful'

const CHUNK = 4_096
/** Traces with several keys: KEY and NEXT of each. */
const MORE = 2

interface Image {
  readonly chunks: readonly Int32Array[]
  readonly more: Int32Array
}

/**
 * Which root event did what, as numbers (the items of a table it wrote, the messages a fleet worked on): what tells a repeat from a first time.
 * Nearly every event does one thing, which is then the event's own entry (slot + 1); several are a list (its place, negative). Chunks of events are shared with images until one is
 * written to, and old events are not.
 */
export class Effects implements Stateful {
  #chunks: Int32Array[] = []
  readonly #shared = new Set<Int32Array>()
  #more: Int32Array = new Int32Array(0)
  #used = 0

  /** Whether the event wrote the item before. */
  has(trace: number, slot: number): boolean {
    const entry = this.#chunks[Math.floor(trace / CHUNK)]?.[trace % CHUNK] ?? 0
    if (entry >= 0) return entry === slot + 1
    for (let at = -entry; at > 0; at = this.#more[at * MORE - 1]!)
      if (this.#more[at * MORE - MORE] === slot) return true
    return false
  }

  /** Notes a write. Returns whether the event wrote the item before. */
  note(trace: number, slot: number): boolean {
    if (this.has(trace, slot)) return true
    const chunk = this.#own(Math.floor(trace / CHUNK))
    const entry = chunk[trace % CHUNK]!
    if (entry === 0) chunk[trace % CHUNK] = slot + 1
    else {
      const rest = entry > 0 ? this.#add(entry - 1, 0) : -entry
      chunk[trace % CHUNK] = -this.#add(slot, rest)
    }
    return false
  }

  save(): Image {
    for (const chunk of this.#chunks) this.#shared.add(chunk)
    return { chunks: this.#chunks.slice(), more: this.#more.slice(0, this.#used * MORE) }
  }

  load(image: unknown): void {
    const { chunks, more } = image as Image
    this.#chunks = chunks.slice()
    this.#shared.clear()
    for (const chunk of chunks) this.#shared.add(chunk)
    this.#more = more.slice()
    this.#used = more.length / MORE
  }

  /** A list entry: its place, counted from 1. */
  #add(slot: number, next: number): number {
    if ((this.#used + 1) * MORE > this.#more.length) {
      const grown = new Int32Array(Math.max(64, this.#more.length * 2))
      grown.set(this.#more)
      this.#more = grown
    }
    this.#used++
    this.#more[this.#used * MORE - MORE] = slot
    this.#more[this.#used * MORE - 1] = next
    return this.#used
  }

  #own(index: number): Int32Array {
    while (this.#chunks.length <= index) this.#chunks.push(new Int32Array(CHUNK))
    const chunk = this.#chunks[index]!
    if (!this.#shared.has(chunk)) return chunk
    this.#shared.delete(chunk)
    return (this.#chunks[index] = chunk.slice())
  }
}
