import type { Parcels, Payload, Payloads } from '../services/service'
import type { Stateful } from '../kernel/stateful'

/** Contents by id; equal contents share one. Append-only, so a keyframe is a length. */
export class PayloadStore implements Payloads, Stateful {
  readonly #all: Payload[] = []
  readonly #ids = new Map<string, number>()

  intern(payload: Payload): number {
    const { body, poison, ...more } = payload
    const key = (poison ? '!' : '') + JSON.stringify(body) + (Object.keys(more).length > 0 ? JSON.stringify(more) : '')
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#all.push(payload) - 1
    this.#ids.set(key, id)
    return id
  }
  get(id: number): Payload {
    const payload = this.#all[id]
    if (payload === undefined) throw new Error(`no payload ${id}`)
    return payload
  }
  save(): Payload[] {
    return this.#all.slice()
  }
  load(image: unknown): void {
    this.#all.length = 0
    this.#ids.clear()
    for (const payload of image as Payload[]) this.intern(payload)
  }
}

/** Lists that travel, by id; ids are reused. */
export class ParcelStore implements Parcels, Stateful {
  #all: (readonly number[])[] = []
  #free: number[] = []

  put(items: readonly number[]): number {
    const id = this.#free.pop()
    if (id === undefined) return this.#all.push(items) - 1
    this.#all[id] = items
    return id
  }
  get(id: number): readonly number[] {
    return this.#all[id] ?? []
  }
  drop(id: number): void {
    // an id below 0 stands for no parcel; among the free ones it would be handed out
    if (id < 0) throw new RangeError(`no parcel ${id}`)
    this.#all[id] = []
    this.#free.push(id)
  }
  save(): unknown {
    return { all: this.#all.slice(), free: this.#free.slice() }
  }
  load(image: unknown): void {
    const saved = image as { all: (readonly number[])[]; free: number[] }
    this.#all = saved.all.slice()
    this.#free = saved.free.slice()
  }
}
