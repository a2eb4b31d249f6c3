import type { Column } from '../../kernel/columns'
import type { Stateful } from '../../kernel/stateful'
import { BORN, INTS, PLACE } from './environment-row'

/**
 * Idle environments of each function, newest first: a warm start takes the one that was created last, as the published simulator
 * it is compared with does, so that the oldest fall idle and are reclaimed. A binary heap per function over creation order.
 */
export class NewestFirst implements Stateful {
  #heaps: Int32Array[]
  #sizes: Int32Array
  readonly #ints: Column<Int32Array>

  /** `ints`: rows of environments, see environment-row.ts. */
  constructor(functions: number, ints: Column<Int32Array>) {
    this.#heaps = Array.from({ length: functions }, () => new Int32Array(16))
    this.#sizes = new Int32Array(functions)
    this.#ints = ints
  }

  size(fn: number): number {
    return this.#sizes[fn]!
  }

  add(fn: number, environment: number): void {
    const size = this.#sizes[fn]!
    let heap = this.#heaps[fn]!
    if (size === heap.length) {
      const grown = new Int32Array(size * 2)
      grown.set(heap)
      heap = this.#heaps[fn] = grown
    }
    this.#sizes[fn] = size + 1
    this.#up(heap, size, environment)
  }

  /** Newest idle environment, -1 when there is none. It stays in the pool until `remove`. */
  newest(fn: number): number {
    return this.#sizes[fn] === 0 ? -1 : this.#heaps[fn]![0]!
  }

  remove(fn: number, environment: number): void {
    const heap = this.#heaps[fn]!
    const ints = this.#ints.data
    const place = ints[environment * INTS + PLACE]!
    const size = --this.#sizes[fn]!
    const last = heap[size]!
    ints[environment * INTS + PLACE] = -1
    if (last === environment) return
    this.#down(heap, size, place, last)
    if (heap[place] === last) this.#up(heap, place, last)
  }

  save(): { sizes: Int32Array; heaps: Int32Array[] } {
    return { sizes: this.#sizes.slice(), heaps: this.#heaps.map((heap, fn) => heap.slice(0, this.#sizes[fn])) }
  }

  load(image: unknown): void {
    const saved = image as ReturnType<NewestFirst['save']>
    this.#sizes = saved.sizes.slice()
    this.#heaps = saved.heaps.map((heap) => {
      const copy = new Int32Array(Math.max(16, heap.length))
      copy.set(heap)
      return copy
    })
  }

  #up(heap: Int32Array, start: number, environment: number): void {
    const ints = this.#ints.data
    const born = ints[environment * INTS + BORN]!
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]!
      if (ints[above * INTS + BORN]! > born) break
      heap[at] = above
      ints[above * INTS + PLACE] = at
      at = parent
    }
    heap[at] = environment
    ints[environment * INTS + PLACE] = at
  }

  #down(heap: Int32Array, size: number, start: number, environment: number): void {
    const ints = this.#ints.data
    const born = ints[environment * INTS + BORN]!
    let at = start
    for (;;) {
      let child = at * 2 + 1
      if (child >= size) break
      if (child + 1 < size && ints[heap[child + 1]! * INTS + BORN]! > ints[heap[child]! * INTS + BORN]!) child++
      const below = heap[child]!
      if (ints[below * INTS + BORN]! <= born) break
      heap[at] = below
      ints[below * INTS + PLACE] = at
      at = child
    }
    heap[at] = environment
    ints[environment * INTS + PLACE] = at
  }
}
