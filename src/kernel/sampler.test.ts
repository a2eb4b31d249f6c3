import { describe, expect, it } from 'vitest'
import type { Duration } from '../model/scenario'
import { Random } from './random'
import { meanOf, sampler } from './sampler'

const N = 200_000
const samples = (duration: Duration, count = N, seed = 1): number[] => {
  const random = new Random(seed)
  const draw = sampler(duration, random, random.stream('x'))
  return Array.from({ length: count }, draw)
}
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const at = (values: number[], p: number): number => values.toSorted((x, y) => x - y)[Math.ceil(p * values.length) - 1]!

describe('sampler', () => {
  const durations: [string, Duration][] = [
    ['exp', { exp: 0.05 }],
    ['uniform', { uniform: [0.01, 0.03] }],
    ['lognormal', { lognormal: { p50: 0.1, p90: 0.2 } }],
    ['quantiles', { quantiles: { '0.1': 0.01, '0.5': 0.05, '0.99': 1 } }],
  ]
  it.each(durations)('%s: the sample mean is meanOf, in whole microseconds', (_, duration) => {
    const values = samples(duration)
    expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
    // standard error of these means is below 0.4 %
    expect(mean(values) / 1e6 / meanOf(duration)).toBeCloseTo(1, 2)
  })

  it.each(durations)('%s: the same seed gives the same values', (_, duration) => {
    expect(samples(duration, 100)).toEqual(samples(duration, 100))
    expect(samples(duration, 100)).not.toEqual(samples(duration, 100, 2))
  })

  it('hits the stated quantiles', () => {
    const exponential = samples({ exp: 1 })
    for (const p of [0.1, 0.5, 0.9, 0.99]) expect(at(exponential, p) / 1e6).toBeCloseTo(-Math.log(1 - p), 1)
    const lognormal = samples({ lognormal: { p50: 0.1, p90: 0.2 } })
    expect(at(lognormal, 0.5) / 1e6).toBeCloseTo(0.1, 2)
    expect(at(lognormal, 0.9) / 1e6).toBeCloseTo(0.2, 2)
    // p99 = p50 (p90 / p50) ^ (z99 / z90)
    expect(at(lognormal, 0.99) / (1e5 * 2 ** (2.3263478740408408 / 1.2815515655446004))).toBeCloseTo(1, 1)
    const quantiles = samples({ quantiles: { '0.1': 0.01, '0.5': 0.05, '0.99': 1 } })
    expect(at(quantiles, 0.5) / 1e6).toBeCloseTo(0.05, 2)
    expect(at(quantiles, 0.75) / 1e6).toBeCloseTo(0.05 + (0.95 * 0.25) / 0.49, 1)
    expect([Math.min(...quantiles.slice(0, 9_999)), Math.max(...quantiles.slice(0, 9_999))]).toEqual([
      10_000, 1_000_000,
    ])
  })

  it('draws nothing for a fixed duration', () => {
    const random = new Random(1)
    const stream = random.stream('x')
    const before = random.save()
    expect(sampler(0.1234567, random, stream)()).toBe(123_457)
    expect(random.save()).toEqual(before)
    expect(meanOf(0.5)).toBe(0.5)
  })
})
