import { Distribution } from '../../kernel/distribution'
import type { Metrics } from '../../kernel/metrics'
import type { MetricKind, Series } from '../../model/recording'
import { MICROS } from '../../model/units'
import { scaleOf, type Stat, unavailable } from '../reading'

interface Level {
  value: number
  /** Since when it holds the value (µs). */
  since: number
  /** Integral so far (value x µs). */
  area: number
  max: number
  min: number
}
interface Durations {
  n: number
  sum: number
  max: number
  min: number
  readonly distribution: Distribution
}

/** What happened to every series in one window [from, to), exactly. */
export class WindowTally {
  readonly #from: number
  #to = 0
  readonly #counts: Float64Array
  readonly #levels: (Level | null)[]
  readonly #durations: (Durations | null)[]
  #closed = false

  /** `from` in µs. `value`: totals and levels as the window opens. */
  constructor(from: number, kinds: readonly MetricKind[], value: (id: number) => number) {
    this.#from = from
    this.#counts = Float64Array.from(kinds, (kind, id) => (kind === 'count' ? value(id) : 0))
    this.#levels = kinds.map((kind, id) => {
      if (kind !== 'gauge') return null
      const now = value(id)
      return { value: now, since: from, area: 0, max: now, min: now }
    })
    this.#durations = kinds.map((kind) =>
      kind === 'duration' ? { n: 0, sum: 0, max: 0, min: Infinity, distribution: new Distribution() } : null,
    )
  }

  observe(id: number, micros: number): void {
    const it = this.#durations[id]
    if (it === null || it === undefined || this.#closed) return
    it.n++
    it.sum += micros
    if (micros > it.max) it.max = micros
    if (micros < it.min) it.min = micros
    it.distribution.add(micros)
  }

  gauge(id: number, value: number, now: number): void {
    const it = this.#levels[id]
    if (it === null || it === undefined || this.#closed) return
    it.area += it.value * (now - it.since)
    it.since = now
    it.value = value
    if (value > it.max) it.max = value
    if (value < it.min) it.min = value
  }

  /** `to` in µs. */
  close(to: number, value: (id: number) => number): void {
    if (this.#closed) return
    this.#to = to
    for (const it of this.#levels) if (it !== null) it.area += it.value * (to - it.since)
    this.#counts.forEach((before, id) => {
      if (this.#levels[id] === null && this.#durations[id] === null) this.#counts[id] = value(id) - before
    })
    this.#closed = true
  }

  /** See `reading`. */
  read(id: number, { kind, unit }: Pick<Series, 'kind' | 'unit'>, stat: Stat): number | string {
    const wrong = unavailable(kind, stat)
    if (wrong !== null) return wrong
    const level = this.#levels[id]
    const durations = this.#durations[id]
    if (level !== null && level !== undefined) {
      if (stat === 'Maximum') return level.max
      if (stat === 'Minimum') return level.min
      return stat === 'Last' ? level.value : level.area / (this.#to - this.#from)
    }
    if (durations === null || durations === undefined) return this.#counts[id]!
    const scale = scaleOf(kind, unit)
    if (stat === 'SampleCount') return durations.n
    if (durations.n === 0) return 0
    switch (stat) {
      case 'Sum':
        return durations.sum / scale
      case 'Average':
        return durations.sum / durations.n / scale
      case 'Maximum':
        return durations.max / scale
      case 'Minimum':
        return durations.min / scale
      default:
        return durations.distribution.percentile(Number(stat.slice(1)) / 100) / scale
    }
  }
}

/**
 * Listens to what is counted, beside the run's own series: those keep totals and buckets, not any window to the microsecond. Put on
 * before the run moves; changes nothing in it. Only runs that are asked for windows wear one.
 */
export class Tap {
  /** When each gauge took its present value (µs). */
  readonly changedAt: Float64Array
  readonly #value: (id: number) => number
  readonly #kinds: readonly MetricKind[]
  readonly #last: Float64Array
  #open: WindowTally[] = []

  /** `kinds` and `value` may go on beyond the series of `metrics`, with levels that are told with `level`. */
  constructor(metrics: Metrics, kinds: readonly MetricKind[], value: (id: number) => number, now: () => number) {
    this.#value = value
    this.#kinds = kinds
    this.changedAt = new Float64Array(kinds.length)
    this.#last = Float64Array.from(kinds, (kind, id) => (kind === 'gauge' ? value(id) : 0))
    const observe = metrics.observe.bind(metrics)
    const gauge = metrics.gauge.bind(metrics)
    metrics.observe = (id, micros) => {
      observe(id, micros)
      for (const window of this.#open) window.observe(id, micros)
    }
    metrics.gauge = (id, value) => {
      gauge(id, value)
      this.level(id, value, now())
    }
  }

  /** A level took a value at an instant (µs) not before the last one. */
  level(id: number, value: number, at: number): void {
    if (this.#last[id] !== value) {
      this.#last[id] = value
      this.changedAt[id] = at
    }
    for (const window of this.#open) window.gauge(id, value, at)
  }

  /** Seconds. */
  heldSince(id: number): number {
    return this.changedAt[id]! / MICROS
  }

  open(from: number): WindowTally {
    const window = new WindowTally(from, this.#kinds, this.#value)
    this.#open.push(window)
    return window
  }

  close(window: WindowTally, to: number): void {
    window.close(to, this.#value)
    this.#open = this.#open.filter((other) => other !== window)
  }
}
