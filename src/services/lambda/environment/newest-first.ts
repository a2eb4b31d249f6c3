import type { Column } from '../../../kernel/columns'
import type { Stateful } from '../../../kernel/stateful'
import { INTS, PLACE } from './environment-row'

/** The environments of one function in order of creation, and which of them are idle. */
interface Pool {
  /** Environment by place; places of those that are gone are left empty until the pool is packed. */
  members: Int32Array
  /** One bit by place: idle. */
  idle: Int32Array
  /** Places used. */
  end: number
  alive: number
  size: number
  /** No word of `idle` above this one has a bit. */
  top: number
}

/**
 * Idle environments of each function, newest first: a warm start takes the one that was created last, as the published simulator
 * it is compared with does, so that the oldest fall idle and are reclaimed. The newest is the highest bit.
 */
export class NewestFirst implements Stateful {
  #pools: Pool[]
  readonly #ints: Column<Int32Array>

  /** `ints`: rows of environments, see environment-row.ts. */
  constructor(functions: number, ints: Column<Int32Array>) {
    this.#pools = Array.from({ length: functions }, () => ({
      members: new Int32Array(32),
      idle: new Int32Array(1),
      end: 0,
      alive: 0,
      size: 0,
      top: 0,
    }))
    this.#ints = ints
  }

  /** How many are idle. */
  size(fn: number): number {
    return this.#pools[fn]!.size
  }

  /** A function got a new environment, which is not idle. */
  born(fn: number, environment: number): void {
    const pool = this.#pools[fn]!
    if (pool.end === pool.members.length) this.#pack(pool)
    pool.alive++
    pool.members[pool.end] = environment
    this.#ints.data[environment * INTS + PLACE] = pool.end++
  }

  /** An environment is gone. */
  died(fn: number, environment: number): void {
    const pool = this.#pools[fn]!
    const place = this.#ints.data[environment * INTS + PLACE]!
    const bit = 1 << (place & 31)
    if ((pool.idle[place >> 5]! & bit) !== 0) {
      pool.idle[place >> 5] = pool.idle[place >> 5]! & ~bit
      pool.size--
    }
    pool.alive--
    pool.members[place] = -1
  }

  /** An environment became idle. */
  add(fn: number, environment: number): void {
    const pool = this.#pools[fn]!
    const place = this.#ints.data[environment * INTS + PLACE]!
    const word = place >> 5
    pool.idle[word] = pool.idle[word]! | (1 << (place & 31))
    pool.size++
    if (word > pool.top) pool.top = word
  }

  /** Takes the newest idle environment, -1 when there is none. */
  take(fn: number): number {
    const pool = this.#pools[fn]!
    if (pool.size === 0) return -1
    const { idle } = pool
    let word = pool.top
    while (idle[word] === 0) word--
    pool.top = word
    const place = 31 - Math.clz32(idle[word]!)
    idle[word] = idle[word]! & ~(1 << place)
    pool.size--
    return pool.members[word * 32 + place]!
  }

  save(): readonly Pool[] {
    return this.#pools.map(copy)
  }

  load(image: unknown): void {
    this.#pools = (image as readonly Pool[]).map(copy)
  }

  /** Closes the gaps, and makes room when there are few. */
  #pack(pool: Pool): void {
    const room = pool.alive * 2 > pool.members.length ? pool.members.length * 2 : pool.members.length
    const members = new Int32Array(room)
    const idle = new Int32Array(room / 32)
    let end = 0
    for (let place = 0; place < pool.end; place++) {
      const environment = pool.members[place]!
      if (environment < 0) continue
      if ((pool.idle[place >> 5]! & (1 << (place & 31))) !== 0) idle[end >> 5] = idle[end >> 5]! | (1 << (end & 31))
      members[end] = environment
      this.#ints.data[environment * INTS + PLACE] = end++
    }
    pool.members = members
    pool.idle = idle
    pool.end = end
    pool.top = (end - 1) >> 5
  }
}

function copy(pool: Pool): Pool {
  return { ...pool, members: pool.members.slice(), idle: pool.idle.slice() }
}
