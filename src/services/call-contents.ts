import type { Json, JsonObject } from '../model/scenario'
import type { Stateful } from '../kernel/stateful'
import type { Payload } from './service'
import { compile, type Call } from './template'

/** Different contents one client makes; further calls carry them again in the same order, so that a run's memory stays bounded. */
export const MOST_CONTENTS = 100_000

type Content = Omit<Payload, 'poison'>

/** What a client's Behavior says every call carries, before placeholders are filled in. */
export function contentOf({ body, text, attributes, group, deduplication, delay }: JsonObject): Content {
  return {
    // one or the other: a message has one body
    body: typeof text === 'string' ? {} : ((body as JsonObject | undefined) ?? {}),
    ...(typeof text === 'string' ? { text } : {}),
    ...(attributes === undefined ? {} : { attributes: attributes as JsonObject }),
    ...(typeof group === 'string' ? { group } : {}),
    ...(typeof deduplication === 'string' ? { deduplication } : {}),
    ...(typeof delay === 'number' ? { delay } : {}),
  }
}

/** The content of each call; null when all calls carry the same. */
export function templateOf(content: Content): ((call: Omit<Call, 'key'>) => Content) | null {
  const { group, ...others } = content
  const fillGroup = compile(group)
  const fill = compile(others)
  if (fill === null && fillGroup === null) return null
  return (call) => {
    const filled = fillGroup === null ? group : text(fillGroup({ ...call, key: '' }))
    const made = fill === null ? others : (fill({ ...call, key: filled ?? '' }) as unknown as typeof others)
    return {
      ...made,
      ...(filled === undefined ? {} : { group: filled }),
      // these are texts whatever stands in them
      ...(made.text === undefined ? {} : { text: text(made.text) }),
      ...(made.deduplication === undefined ? {} : { deduplication: text(made.deduplication) }),
    }
  }
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Payload ids of the first calls of a client. Only grows, so a keyframe shares it. */
export class Made implements Stateful {
  length = 0
  #ids = new Int32Array(0)

  at(place: number): number {
    return this.#ids[place]!
  }
  push(id: number): number {
    if (this.length === this.#ids.length) {
      const grown = new Int32Array(Math.max(64, this.length * 2))
      grown.set(this.#ids)
      this.#ids = grown
    }
    this.#ids[this.length++] = id
    return id
  }
  save(): { readonly ids: Int32Array; readonly length: number } {
    return { ids: this.#ids, length: this.length }
  }
  load(image: unknown): void {
    const { ids, length } = image as ReturnType<Made['save']>
    // others go on from the same image
    this.#ids = ids.slice(0, length)
    this.length = length
  }
}
