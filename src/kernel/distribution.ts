import type { Stateful } from './stateful'

const EXACT = 65_536
const SUB = 1_024
const NONE = new Float64Array(0)

/** Nearest-rank percentiles: exact for the first 65,536 values, then log-linear buckets 1/1024 wide (error below 0.1 %). */
export class Distribution implements Stateful {
  #n = 0
  #values: Float64Array | null = new Float64Array(64)
  /** Counts by log-linear index, from the moment exact values are given up. */
  #buckets = new Int32Array(0)
  /** The first values in order, as many as were there when somebody last asked. */
  #sorted: Float64Array = NONE

  add(value: number): void {
    if (this.#values === null) {
      const bucket = bucketOf(value)
      if (bucket >= this.#buckets.length) this.#grow(bucket)
      this.#buckets[bucket] = this.#buckets[bucket]! + 1
    } else if (this.#n === EXACT) {
      for (let i = 0; i < this.#n; i++) {
        const bucket = bucketOf(this.#values[i]!)
        if (bucket >= this.#buckets.length) this.#grow(bucket)
        this.#buckets[bucket] = this.#buckets[bucket]! + 1
      }
      this.#values = null
      this.#sorted = NONE
      this.add(value)
      return
    } else {
      if (this.#n === this.#values.length) {
        const grown = new Float64Array(this.#n * 2)
        grown.set(this.#values)
        this.#values = grown
      }
      this.#values[this.#n] = value
    }
    this.#n++
  }

  #grow(bucket: number): void {
    const grown = new Int32Array(Math.max(bucket + 1, this.#buckets.length * 2))
    grown.set(this.#buckets)
    this.#buckets = grown
  }

  /** Nearest-rank percentile, 0 when there are no values. */
  percentile(p: number): number {
    return this.percentiles([p])[0]!
  }

  /** Several of them, ascending, in one pass over the buckets. */
  percentiles(shares: readonly number[]): number[] {
    let bucket = -1
    let seen = 0
    return shares.map((share) => {
      if (this.#n === 0) return 0
      const rank = Math.min(this.#n, Math.max(1, Math.ceil(share * this.#n - 1e-9)))
      if (this.#values !== null) {
        if (this.#sorted.length < this.#n)
          this.#sorted = merged(this.#sorted, this.#values.slice(this.#sorted.length, this.#n).sort())
        return this.#sorted[rank - 1]!
      }
      while (seen < rank) seen += this.#buckets[++bucket]!
      return valueOf(bucket)
    })
  }

  save(): unknown {
    // values are only added behind the first `n`, so the image may hold the very list
    return { n: this.#n, values: this.#values, buckets: this.#buckets.slice() }
  }

  load(image: unknown): void {
    const saved = (image ?? { n: 0, values: new Float64Array(0), buckets: new Int32Array(0) }) as {
      n: number
      values: Float64Array | null
      buckets: Int32Array
    }
    this.#n = saved.n
    this.#sorted = NONE
    this.#buckets = saved.buckets.slice()
    this.#values = null
    if (saved.values !== null) {
      this.#values = new Float64Array(Math.max(64, saved.n))
      this.#values.set(saved.values.subarray(0, saved.n))
    }
  }
}

/** Two ascending lists as one. */
function merged(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length)
  let i = 0
  let j = 0
  for (let at = 0; at < all.length; at++)
    all[at] = j === b.length || (i < a.length && a[i]! <= b[j]!) ? a[i++]! : b[j++]!
  return all
}

/** Values below SUB keep their own bucket; above, each power of two is cut in SUB parts. */
function bucketOf(value: number): number {
  if (value < SUB) return Math.floor(value)
  let exponent = 0
  let scaled = value
  if (value < 0x7fffffff) {
    exponent = 21 - Math.clz32(value)
    return SUB * exponent + (value >>> exponent)
  }
  while (scaled >= SUB * 2) {
    scaled /= 2
    exponent++
  }
  return SUB * (exponent + 1) + Math.floor(scaled) - SUB
}

/** Middle of a bucket. */
function valueOf(bucket: number): number {
  if (bucket < SUB) return bucket
  const exponent = Math.floor(bucket / SUB) - 1
  const low = (SUB + (bucket % SUB)) * 2 ** exponent
  return low + (2 ** exponent - 1) / 2
}
