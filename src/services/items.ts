import type { Stateful } from '../kernel/stateful'
import type { JsonObject } from '../model/scenario'

export interface Item {
  readonly key: string
  /** Null once deleted. */
  readonly attributes: JsonObject | null
  /** When it was written last (µs). */
  readonly at: number
  /** Entity it is drawn as, -1 when it is only counted. */
  readonly entity: number
}

interface Image {
  readonly length: number
  readonly chunks: readonly Item[][]
}

const CHUNK = 256

/**
 * Items of one table, or objects of one bucket, by slot. A slot belongs to a key for good. Items are replaced, never changed, in chunks that an
 * image shares until one is written to: a keyframe of 100,000 items copies 400 references.
 */
export class Items implements Stateful {
  length = 0
  #chunks: Item[][] = []
  /** Chunks that an image holds too. */
  #shared = new Set<Item[]>()
  readonly #slots = new Map<string, number>()

  /** Slot of a key, -1 when it never had an item. */
  find(key: string): number {
    return this.#slots.get(key) ?? -1
  }

  at(slot: number): Item {
    return this.#chunks[Math.floor(slot / CHUNK)]![slot % CHUNK]!
  }

  /** Writes an item at an instant (µs), drawn as before, and returns its slot. */
  put(key: string, attributes: JsonObject | null, at = 0): number {
    let slot = this.find(key)
    const entity = slot < 0 ? -1 : this.at(slot).entity
    if (slot < 0) {
      slot = this.length++
      this.#slots.set(key, slot)
    }
    this.#own(Math.floor(slot / CHUNK))[slot % CHUNK] = { key, attributes, at, entity }
    return slot
  }

  draw(slot: number, entity: number): void {
    const chunk = this.#own(Math.floor(slot / CHUNK))
    chunk[slot % CHUNK] = { ...chunk[slot % CHUNK]!, entity }
  }

  save(): Image {
    for (const chunk of this.#chunks) this.#shared.add(chunk)
    return { length: this.length, chunks: this.#chunks.slice() }
  }

  load(image: unknown): void {
    const { length, chunks } = image as Image
    this.length = length
    this.#chunks = chunks.slice()
    this.#shared = new Set(chunks)
    this.#slots.clear()
    for (let slot = 0; slot < length; slot++) this.#slots.set(this.at(slot).key, slot)
  }

  #own(index: number): Item[] {
    const chunk = this.#chunks[index]
    if (chunk !== undefined && !this.#shared.has(chunk)) return chunk
    const copy = chunk === undefined ? [] : chunk.slice()
    if (chunk !== undefined) this.#shared.delete(chunk)
    this.#chunks[index] = copy
    return copy
  }
}
