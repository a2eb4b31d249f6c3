import type { MetricKind, Series } from '../model/recording'

/** The buckets of a series that are full; sums of a gauge in value x µs. */
export class Track {
  readonly resource: string
  readonly name: string
  readonly kind: MetricKind
  readonly unit: Series['unit']
  sum = new Float64Array(16)
  max = new Float64Array(16)
  n = new Float64Array(16)
  /** Buckets in use. */
  used = 0
  constructor(resource: string, name: string, kind: MetricKind, unit: Series['unit']) {
    this.resource = resource
    this.name = name
    this.kind = kind
    this.unit = unit
  }

  /** Adds to a bucket. */
  add(bucket: number, sum: number, n: number, max: number): void {
    if (bucket >= this.sum.length) {
      const length = Math.max(bucket + 1, this.sum.length * 2)
      for (const column of ['sum', 'max', 'n'] as const) {
        const grown = new Float64Array(length)
        grown.set(this[column])
        this[column] = grown
      }
    }
    if (bucket >= this.used) this.used = bucket + 1
    this.sum[bucket] = this.sum[bucket]! + sum
    this.n[bucket] = this.n[bucket]! + n
    if (max > this.max[bucket]!) this.max[bucket] = max
  }

  copy(): Track {
    const copy = new Track(this.resource, this.name, this.kind, this.unit)
    for (const column of ['sum', 'max', 'n'] as const) copy[column] = this[column].slice(0, Math.max(16, this.used))
    copy.used = this.used
    return copy
  }
}

/** Sum of the first `length` values. */
export function sumOf(values: Float64Array, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += values[i]!
  return sum
}
