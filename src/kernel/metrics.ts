import type { MetricKind, Series } from '../model/recording'
import { PERCENTILES } from '../model/recording'
import { MICROS } from '../model/units'
import type { Clock } from './clock'
import { Distribution } from './distribution'
import type { Stateful } from './stateful'
import { sumOf, Track } from './track'

const MAX_BUCKETS = 4_320

/** Bucket width (s) for a run: 1 s, 1 min or 1 h as CloudWatch rolls up (OBS-6), so that memory stays bounded. */
export function bucketSeconds(durationSeconds: number): number {
  for (const width of [1, 60, 3_600, 86_400]) if (durationSeconds / width <= MAX_BUCKETS) return width
  return 86_400 * Math.ceil(durationSeconds / 86_400 / MAX_BUCKETS)
}

/** Numbers of a series side by side: the bucket that is being filled, then what spans the run. */
const STRIDE = 8
const SUM = 0
const N = 1
const MAX = 2
/** Since when a gauge holds its value (µs), the value, and its integral so far (value x µs, whole for whole values). */
const SINCE = 3
const LAST = 4
const AREA = 5
const LEAST = 6
const MOST = 7
const FRESH = [0, 0, 0, 0, 0, 0, Infinity, -Infinity]

const NOTHING = new Float64Array(0)

interface MetricsImage {
  readonly bucket: number
  readonly present: Float64Array
  readonly tracks: readonly { readonly [column in 'sum' | 'max' | 'n']: Float64Array }[]
  readonly distributions: readonly unknown[]
}

/**
 * CloudWatch-named series of a run: sparse buckets for charts, exact totals and percentiles for answers. Every invocation counts some
 * eight times, so counting touches one place; it is put away when time passes into another bucket.
 */
export class Metrics implements Stateful {
  readonly bucketSeconds: number
  readonly #width: number
  readonly #clock: Clock
  readonly #tracks: Track[] = []
  readonly #distributions: (Distribution | null)[] = []
  readonly #ids = new Map<string, number>()
  #present = new Float64Array(16 * STRIDE)
  #bucket = 0
  /** Begin and end of the bucket that is being filled (µs). */
  #from = -0
  until = -0

  constructor(durationSeconds: number, clock: Clock) {
    this.bucketSeconds = bucketSeconds(durationSeconds)
    this.#width = this.bucketSeconds * MICROS
    this.#clock = clock
    // doubles from the start (see Clock)
    this.#from = 0
    this.until = this.#width
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
    this.#distributions.push(kind === 'duration' ? new Distribution() : null)
    if ((id + 1) * STRIDE > this.#present.length) {
      const grown = new Float64Array(this.#present.length * 2)
      grown.set(this.#present)
      this.#present = grown
    }
    this.#present.set(FRESH, id * STRIDE)
    return id
  }

  /** A series somebody keeps, and its kind; null when nobody does. */
  find(resource: string, name: string): { readonly id: number; readonly kind: MetricKind } | null {
    const id = this.#ids.get(`${resource}\u0000${name}`)
    return id === undefined ? null : { id, kind: this.#tracks[id]!.kind }
  }

  /** Adds to a count. */
  count(id: number, amount = 1): void {
    const at = id * STRIDE + SUM
    this.#present[at] = this.#present[at]! + amount
  }

  /** Sets a gauge to a value from now on. */
  gauge(id: number, value: number): void {
    const present = this.#present
    const at = id * STRIDE
    const now = this.#clock.now
    const since = present[at + SINCE]!
    if (since >= this.#from) {
      // it last changed in this very bucket, as a busy gauge nearly always did
      const area = present[at + LAST]! * (now - since)
      present[at + AREA] = present[at + AREA]! + area
      present[at + SUM] = present[at + SUM]! + area
    } else this.#settle(id, now)
    present[at + SINCE] = now
    present[at + LAST] = value
    if (value > present[at + MOST]!) present[at + MOST] = value
    if (value < present[at + LEAST]!) present[at + LEAST] = value
    if (value > present[at + MAX]!) present[at + MAX] = value
  }

  /** Adds one observation of a duration (µs). */
  observe(id: number, micros: number): void {
    const present = this.#present
    const at = id * STRIDE
    present[at + SUM] = present[at + SUM]! + micros
    present[at + N] = present[at + N]! + 1
    if (micros > present[at + MAX]!) present[at + MAX] = micros
    if (micros < present[at + LEAST]!) present[at + LEAST] = micros
    this.#distributions[id]!.add(micros)
  }

  /** Puts the present bucket away, because time passes into that of `now`. Whoever moves the clock calls it when `until` is reached. */
  turn(now: number): void {
    const present = this.#present
    for (let id = 0; id < this.#tracks.length; id++) {
      const at = id * STRIDE
      if (present[at + SUM] === 0 && present[at + N] === 0 && present[at + MAX] === 0) continue
      this.#tracks[id]!.add(this.#bucket, present[at + SUM]!, present[at + N]!, present[at + MAX]!)
      present.fill(0, at, at + SINCE)
    }
    this.#bucket = Math.floor(now / this.#width)
    this.#from = this.#bucket * this.#width
    this.until = this.#from + this.#width
  }

  /** Total of a count, or last value of a gauge, so far. */
  value(id: number): number {
    const { kind, sum, used } = this.#tracks[id]!
    const at = id * STRIDE
    if (kind === 'gauge') return this.#present[at + LAST]!
    return sumOf(sum, used) + this.#present[at + SUM]!
  }

  /** Observations of a duration so far. */
  observed(id: number): number {
    const { n, used } = this.#tracks[id]!
    return sumOf(n, used) + this.#present[id * STRIDE + N]!
  }

  /** All series up to now, as copies. Reading changes nothing: not even in which pieces a gauge is summed up. */
  read(): Series[] {
    return this.#tracks.map((track, id) => {
      const at = id * STRIDE
      const present = this.#present.subarray(at, at + STRIDE)
      const it = track.copy()
      const { kind } = track
      const last = present[LAST]!
      let area = present[AREA]!
      if (present[SUM] !== 0 || present[N] !== 0 || present[MAX] !== 0)
        it.add(this.#bucket, present[SUM]!, present[N]!, present[MAX]!)
      if (kind === 'gauge' && last !== 0) {
        area += last * (this.#clock.now - present[SINCE]!)
        this.#spread(it, last, present[SINCE]!, this.#clock.now)
      }
      const sum = it.sum.slice(0, it.used)
      if (kind === 'gauge') for (let bucket = 0; bucket < sum.length; bucket++) sum[bucket] = sum[bucket]! / MICROS
      const max = it.max.slice(0, it.used)
      const n = it.n.slice(0, it.used)
      const total = sumOf(sum, it.used)
      const distribution = this.#distributions[id]!
      return {
        resource: track.resource,
        name: track.name,
        kind,
        unit: track.unit,
        bucketSeconds: this.bucketSeconds,
        sum,
        max,
        n,
        total: {
          n: kind === 'gauge' ? 1 : kind === 'count' ? total : sumOf(n, it.used),
          sum: kind === 'gauge' ? area / MICROS : total,
          min: present[LEAST] === Infinity ? 0 : present[LEAST]!,
          max:
            kind === 'gauge'
              ? Math.max(0, present[MOST]!)
              : kind === 'count'
                ? 0
                : max.reduce((most, value) => Math.max(most, value), 0),
          last,
          percentiles: distribution === null ? [] : distribution.percentiles(PERCENTILES),
        },
      }
    })
  }

  save(): MetricsImage {
    return {
      bucket: this.#bucket,
      present: this.#present.slice(0, this.#tracks.length * STRIDE),
      tracks: this.#tracks.map(({ kind, sum, max, n, used }) => ({
        sum: sum.slice(0, used),
        // counts have no maxima, and only durations are numbered
        max: kind === 'count' ? NOTHING : max.slice(0, used),
        n: kind === 'duration' ? n.slice(0, used) : NOTHING,
      })),
      distributions: this.#distributions.map((it) => it?.save()),
    }
  }

  load(image: unknown): void {
    const saved = image as MetricsImage
    this.#bucket = saved.bucket
    this.#from = saved.bucket * this.#width
    this.until = this.#from + this.#width
    this.#present.set(saved.present)
    this.#tracks.forEach((track, id) => {
      const from = saved.tracks[id]!
      track.used = from.sum.length
      for (const column of ['sum', 'max', 'n'] as const) {
        track[column] = new Float64Array(Math.max(16, track.used))
        track[column].set(from[column])
      }
      this.#distributions[id]?.load(saved.distributions[id])
    })
  }

  /** Adds the time a gauge has held its value to the buckets it spans, of which the last is the present one. */
  #settle(id: number, now: number): void {
    const present = this.#present
    const at = id * STRIDE
    const from = present[at + SINCE]!
    const last = present[at + LAST]!
    if (last === 0 || now <= from) return
    const here = Math.max(from, this.#from)
    present[at + AREA] = present[at + AREA]! + last * (now - from)
    this.#spread(this.#tracks[id]!, last, from, here)
    if (now <= here) return
    present[at + SUM] = present[at + SUM]! + last * (now - here)
    if (last > present[at + MAX]!) present[at + MAX] = last
  }

  #spread(track: Track, value: number, since: number, until: number): void {
    let from = since
    while (from < until) {
      const bucket = Math.floor(from / this.#width)
      const end = Math.min(until, (bucket + 1) * this.#width)
      track.add(bucket, value * (end - from), 0, value)
      from = end
    }
  }
}
