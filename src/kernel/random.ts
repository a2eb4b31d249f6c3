import type { Stateful } from './stateful'

/**
 * Named random streams: one xoshiro128** generator per (seed, name). A name is `resource/purpose`, so adding a resource
 * does not disturb the others and runs that differ in one thing share the rest (common random numbers).
 * Generator: Blackman and Vigna, https://prng.di.unimi.it (public domain algorithm).
 */
export class Random implements Stateful {
  readonly #seed: number
  readonly #streams = new Map<string, number>()
  #state = new Uint32Array(64)

  constructor(seed: number) {
    this.#seed = seed
  }

  /** The stream of this name; the same name gives the same stream. */
  stream(name: string): number {
    const known = this.#streams.get(name)
    if (known !== undefined) return known
    const stream = this.#streams.size
    this.#streams.set(name, stream)
    if ((stream + 1) * 4 > this.#state.length) {
      const grown = new Uint32Array(this.#state.length * 2)
      grown.set(this.#state)
      this.#state = grown
    }
    // FNV-1a over the name, spread by splitmix32: four words that are never all zero. The seed is spread before the name is
    // mixed in, or the streams `A/x` of one seed and `B/x` of its neighbour would be the same
    let hash = spread(0x811c9dc5 ^ this.#seed) ^ Math.floor(this.#seed / 4294967296)
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
    for (let word = 0; word < 4; word++) {
      hash = (hash + 0x9e3779b9) | 0
      this.#state[stream * 4 + word] = spread(hash)
    }
    if (this.#state[stream * 4] === 0) this.#state[stream * 4] = 1
    return stream
  }

  /** Uniform in (0, 1), never 0 or 1; 32 bits. */
  uniform(stream: number): number {
    const s = this.#state
    const i = stream * 4
    const s1 = s[i + 1]!
    const m = Math.imul(s1, 5)
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0
    const t = s1 << 9
    const s2 = s[i + 2]! ^ s[i]!
    const s3 = s[i + 3]! ^ s1
    s[i + 1] = s1 ^ s2
    s[i] = s[i]! ^ s3
    s[i + 2] = s2 ^ t
    s[i + 3] = (s3 << 11) | (s3 >>> 21)
    return (result + 0.5) * STEP
  }

  save(): Uint32Array {
    return this.#state.slice(0, this.#streams.size * 4)
  }

  load(image: unknown): void {
    this.#state.set(image as Uint32Array)
  }
}

/** 2 to the power -32: multiplying is faster than dividing, and as exact. */
const STEP = 1 / 4294967296

/** Finaliser of splitmix32. */
function spread(word: number): number {
  let z = word ^ (word >>> 16)
  z = Math.imul(z, 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return z ^ (z >>> 15)
}
