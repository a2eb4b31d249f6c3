import type { MetricKind, Series } from '../model/recording'
import { PERCENTILES } from '../model/recording'
import { MICROS } from '../model/units'
import { Distribution } from './distribution'
import type { Stateful } from './stateful'

const MAX_BUCKETS = 4_320

/** Bucket width (s) for a run: 1 s, 1 min or 1 h as CloudWatch rolls up (OBS-6), so that memory stays bounded. */
export function bucketSeconds(durationSeconds: number): number {
  for (const width of [1, 60, 3_600, 86_400]) if (durationSeconds / width <= MAX_BUCKETS) return width
  return 86_400 * Math.ceil(durationSeconds / 86_400 / MAX_BUCKETS)
}

class Track {
  readonly resource: string
  readonly name: string
  readonly kind: MetricKind
  readonly unit: Series['unit']
  sum = new Float64Array(16)
  max = new Float64Array(16)
  n = new Float64Array(16)
  /** Buckets in use. */
  used = 0
  totalN = 0
  totalSum = 0
  least = Infinity
  most = -Infinity
  last = 0
  /** gauge: since when `last` holds (µs). */
  since = 0
  distribution: Distribution | null
  constructor(resource: string, name: string, kind: MetricKind, unit: Series['unit']) {
    this.resource = resource
    this.name = name
    this.kind = kind
    this.unit = unit
    this.distribution = kind === 'duration' ? new Distribution() : null
  }
}

/** CloudWatch-named series of a run: sparse buckets for charts, exact totals and percentiles for answers. */
export class Metrics implements Stateful {
  readonly bucketSeconds: number
  readonly #width: number
  /** The bucket asked for last, and where it begins (µs). */
  #present = 0
  #from = 0
  readonly #tracks: Track[] = []
  readonly #ids = new Map<string, number>()

  constructor(durationSeconds: number) {
    this.bucketSeconds = bucketSeconds(durationSeconds)
    this.#width = this.bucketSeconds * MICROS
  }

  /** The series of this name, created on first use. */
  series(
    resource: string,
    name: string,
    kind: MetricKind,
    unit: Series['unit'] = kind === 'duration' ? 'Milliseconds' : 'Count',
  ): number {
    const key = `${resource}\u0000${name}`
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#tracks.length
    this.#ids.set(key, id)
    this.#tracks.push(new Track(resource, name, kind, unit))
    return id
  }

  /** Adds to a count. `now` in µs. */
  count(id: number, now: number, amount = 1): void {
    const track = this.#tracks[id]!
    const bucket = this.#bucket(track, now)
    track.sum[bucket] = track.sum[bucket]! + amount
    track.totalSum += amount
    track.totalN += amount
  }

  /** Sets a gauge to a value from now on. */
  gauge(id: number, now: number, value: number): void {
    const track = this.#tracks[id]!
    const bucket = this.#bucket(track, now)
    if (track.since >= this.#from) {
      // it last changed in this very bucket, as a busy gauge nearly always did
      const area = (track.last / MICROS) * (now - track.since)
      track.since = now
      track.totalSum += area
      track.sum[bucket] = track.sum[bucket]! + area
    } else this.#settle(track, now)
    track.last = value
    if (value > track.most) track.most = value
    if (value < track.least) track.least = value
    if (value > track.max[bucket]!) track.max[bucket] = value
  }

  /** Adds one observation of a duration (µs). */
  observe(id: number, now: number, micros: number): void {
    const track = this.#tracks[id]!
    const bucket = this.#bucket(track, now)
    track.sum[bucket] = track.sum[bucket]! + micros
    track.n[bucket] = track.n[bucket]! + 1
    if (micros > track.max[bucket]!) track.max[bucket] = micros
    track.totalN++
    track.totalSum += micros
    if (micros < track.least) track.least = micros
    if (micros > track.most) track.most = micros
    track.distribution!.add(micros)
  }

  /** Total of a count, or last value of a gauge, so far. */
  value(id: number): number {
    const track = this.#tracks[id]!
    return track.kind === 'gauge' ? track.last : track.totalSum
  }

  /** All series up to `now` (µs), as copies. */
  read(now: number): Series[] {
    return this.#tracks.map((track) => {
      if (track.kind === 'gauge') this.#settle(track, now)
      return {
        resource: track.resource,
        name: track.name,
        kind: track.kind,
        unit: track.unit,
        bucketSeconds: this.bucketSeconds,
        sum: track.sum.slice(0, track.used),
        max: track.max.slice(0, track.used),
        n: track.n.slice(0, track.used),
        total: {
          n: track.kind === 'gauge' ? 1 : track.totalN,
          sum: track.totalSum,
          min: track.least === Infinity ? 0 : track.least,
          max: track.most === -Infinity ? 0 : track.most,
          last: track.last,
          percentiles: track.distribution === null ? [] : PERCENTILES.map((p) => track.distribution!.percentile(p)),
        },
      }
    })
  }

  save(): unknown {
    return this.#tracks.map((track) => ({
      sum: track.sum.slice(0, track.used),
      max: track.max.slice(0, track.used),
      n: track.n.slice(0, track.used),
      scalars: [track.totalN, track.totalSum, track.least, track.most, track.last, track.since],
      distribution: track.distribution?.save(),
    }))
  }

  load(image: unknown): void {
    const saved = image as {
      sum: Float64Array
      max: Float64Array
      n: Float64Array
      scalars: number[]
      distribution: unknown
    }[]
    this.#tracks.forEach((track, id) => {
      const from = saved[id] ?? {
        sum: new Float64Array(0),
        max: new Float64Array(0),
        n: new Float64Array(0),
        scalars: [0, 0, Infinity, -Infinity, 0, 0],
        distribution: undefined,
      }
      track.used = from.sum.length
      const capacity = Math.max(16, track.used)
      for (const column of ['sum', 'max', 'n'] as const) {
        track[column] = new Float64Array(capacity)
        track[column].set(from[column])
      }
      ;[track.totalN, track.totalSum, track.least, track.most, track.last, track.since] = from.scalars as [
        number,
        number,
        number,
        number,
        number,
        number,
      ]
      if (track.distribution) track.distribution.load(from.distribution)
    })
  }

  /** Adds the time a gauge has held its value to the buckets it spans. */
  #settle(track: Track, now: number): void {
    let from = track.since
    track.since = now
    if (track.last === 0 || now <= from) return
    const value = track.last / MICROS
    track.totalSum += value * (now - from)
    while (from < now) {
      const bucket = this.#bucket(track, from)
      const end = Math.min(now, (bucket + 1) * this.#width)
      track.sum[bucket] = track.sum[bucket]! + value * (end - from)
      if (track.last > track.max[bucket]!) track.max[bucket] = track.last
      from = end
    }
  }

  #bucket(track: Track, now: number): number {
    // most calls come in the bucket of the one before; a comparison is cheaper than a division
    if (now < this.#from || now >= this.#from + this.#width) {
      this.#present = Math.floor(now / this.#width)
      this.#from = this.#present * this.#width
    }
    const bucket = this.#present
    if (bucket >= track.used) this.#use(track, bucket)
    return bucket
  }

  #use(track: Track, bucket: number): void {
    if (bucket >= track.sum.length) {
      const length = Math.max(bucket + 1, track.sum.length * 2)
      for (const column of ['sum', 'max', 'n'] as const) {
        const grown = new Float64Array(length)
        grown.set(track[column])
        track[column] = grown
      }
    }
    track.used = bucket + 1
  }
}
