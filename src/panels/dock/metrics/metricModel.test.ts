import { expect, test } from 'vitest'
import type { Series } from '../../../model/recording'
import { headline, metricLine, pointsOf } from './metricModel'

function series(changes: Partial<Series>): Series {
  return {
    resource: 'Worker',
    name: 'Invocations',
    kind: 'count',
    unit: 'Count',
    bucketSeconds: 1,
    sum: new Float64Array([2, 0, 4]),
    max: new Float64Array([0, 0, 0]),
    n: new Float64Array([0, 0, 0]),
    total: { n: 6, sum: 6, min: 0, max: 0, last: 0, percentiles: [] },
    ...changes,
  }
}

test('counts are sums, and end with the run, not with the last event', () => {
  expect(pointsOf(series({}), 'Sum', 5)).toEqual({ x: [0, 1, 2, 3, 4], y: [2, 0, 4, 0, 0] })
  expect(metricLine(series({}), 5)).toMatchObject({ sum: '6', average: '' })
})

test('gauges average over the time that was simulated', () => {
  const depth = series({
    kind: 'gauge',
    sum: new Float64Array([10, 5]),
    max: new Float64Array([20, 10]),
    total: { n: 1, sum: 15, min: 0, max: 20, last: 10, percentiles: [] },
  })
  expect(pointsOf(depth, 'Average', 1.5).y).toEqual([10, 10])
  expect(pointsOf(depth, 'Maximum', 1.5).y).toEqual([20, 10])
  expect(metricLine(depth, 1.5)).toMatchObject({ average: '10', maximum: '20' })
})

test('durations are averages per bucket in ms and exact percentiles over the run', () => {
  const duration = series({
    kind: 'duration',
    sum: new Float64Array([300_000, 0]),
    n: new Float64Array([2, 0]),
    max: new Float64Array([200_000, 0]),
    total: {
      n: 2,
      sum: 300_000,
      min: 100_000,
      max: 200_000,
      last: 0,
      percentiles: [100_000, 200_000, 200_000, 200_000, 200_000],
    },
  })
  expect(pointsOf(duration, 'Average', 2).y).toEqual([150, null])
  expect(metricLine(duration, 2)).toMatchObject({ average: '150 ms', p50: '100 ms', p99: '200 ms' })
  expect(headline(duration, 2)).toBe('p50 100 ms · p99 200 ms')
})

test('many buckets are merged without losing events or peaks', () => {
  const many = series({ sum: new Float64Array(4_000).fill(1) })
  const { y } = pointsOf(many, 'Sum', 4_000)
  expect(y.length).toBeLessThanOrEqual(600)
  expect(y.reduce<number>((total, value) => total + (value ?? 0), 0)).toBe(4_000)
})
