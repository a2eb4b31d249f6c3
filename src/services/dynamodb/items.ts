import type { Stateful } from '../../kernel/stateful'
import type { Json, JsonObject } from '../../model/scenario'

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
 * Items of one table, by slot. A slot belongs to a key for good. Items are replaced, never changed, in chunks that an
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

/** Bytes of an item roughly as DynamoDB counts them: names and values in UTF-8, 3 bytes for a container, 1 more per element. */
export function sizeOf(value: Json | undefined): number {
  if (typeof value === 'string') return utf8(value)
  if (typeof value === 'number') return 8
  if (typeof value !== 'object' || value === null) return 1
  let bytes = 3
  if (Array.isArray(value)) for (const element of value) bytes += 1 + sizeOf(element)
  else for (const name in value) bytes += 1 + utf8(name) + sizeOf(value[name])
  return bytes
}

function utf8(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // each half of a surrogate pair counts 2 of the pair's 4 bytes
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3
  }
  return bytes
}

/** First numeric attribute, which is what a face shows of an item; 0 when there is none. */
export function shownValue(attributes: JsonObject | null): number {
  if (attributes !== null)
    for (const name in attributes) if (typeof attributes[name] === 'number') return attributes[name]
  return 0
}
