import type { Parcels, Payload, Payloads } from '../services/service'
import type { Stateful } from '../kernel/stateful'
import { Grown, type Past } from './grown'

/** How many pasts of a run are looked through one after the other; beyond it they are joined. */
const MOST_PASTS = 6

/** Numbers of the contents there were at one moment. The map may go on growing in the run it came from: what came later does not count. */
class Numbered {
  readonly depth: number
  readonly #length: number
  readonly #ids: ReadonlyMap<string, number>
  readonly #before: Numbered | null

  constructor(ids: ReadonlyMap<string, number>, length: number, before: Numbered | null) {
    this.#ids = ids
    this.#length = length
    this.#before = before
    this.depth = (before?.depth ?? 0) + 1
  }

  get(key: string): number | undefined {
    const id = this.#ids.get(key)
    return id !== undefined && id < this.#length ? id : this.#before?.get(key)
  }
}

interface PayloadImage {
  readonly past: Past<Payload>
  readonly numbered: Numbered
}

/** Contents by id; equal contents share one. Append-only: a keyframe shares what there is with its run. */
export class PayloadStore implements Payloads, Stateful {
  readonly #grown = new Grown<Payload>()
  readonly #all = this.#grown.all
  #ids = new Map<string, number>()
  /** What the run this one was taken up from had. */
  #before: Numbered | null = null

  intern(payload: Payload): number {
    const key = keyOf(payload)
    const known = this.#ids.get(key) ?? this.#before?.get(key)
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
  save(): PayloadImage {
    return { past: this.#grown.past(), numbered: new Numbered(this.#ids, this.#all.length, this.#before) }
  }
  load(image: unknown): void {
    const { past, numbered } = image as PayloadImage
    this.#grown.restore(past)
    this.#ids = new Map()
    this.#before = numbered
    if (numbered.depth <= MOST_PASTS) return
    this.#before = null
    this.#all.forEach((payload, id) => this.#ids.set(keyOf(payload), id))
  }
}

function keyOf({ body, poison, ...more }: Payload): string {
  return (poison ? '!' : '') + JSON.stringify(body) + (Object.keys(more).length > 0 ? JSON.stringify(more) : '')
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
