import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketSeconds, Metrics } from './metrics'

const S = 1_000_000
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((all, value) => all + value, 0)

describe('bucketSeconds', () => {
  it('rolls up to 1 s, 1 min and 1 h', () => {
    expect([60, 4_320, 4_321, 86_400, 260_000, 10 * 365 * 86_400].map(bucketSeconds)).toEqual([
      1, 1, 60, 60, 3_600, 86_400,
    ])
  })
})

describe('Metrics', () => {
  it('counts by second and in total', () => {
    const metrics = new Metrics(60)
    const id = metrics.series('Fn', 'Invocations', 'count')
    expect(metrics.series('Fn', 'Invocations', 'count')).toBe(id)
    for (const at of [0, 0.5, 0.999999, 1, 3.2]) metrics.count(id, at * S)
    metrics.count(id, 3.5 * S, 4)
    const [series] = metrics.read(4 * S)
    expect([...series!.sum]).toEqual([3, 1, 0, 5])
    expect(series!.total).toMatchObject({ n: 9, sum: 9 })
    expect(metrics.value(id)).toBe(9)
  })

  it('integrates a gauge over the buckets it spans', () => {
    const metrics = new Metrics(60)
    const id = metrics.series('Fn', 'ConcurrentExecutions', 'gauge')
    metrics.gauge(id, 0.5 * S, 2)
    metrics.gauge(id, 2.25 * S, 4)
    metrics.gauge(id, 2.5 * S, 0)
    const [series] = metrics.read(10 * S)
    expect([...series!.sum]).toEqual([1, 2, 0.5 + 1])
    expect([...series!.max]).toEqual([2, 2, 4])
    expect(series!.total).toMatchObject({ sum: 4.5, max: 4, last: 0, min: 0 })
    expect(metrics.value(id)).toBe(0)
  })

  it('settles a gauge up to the time it is read', () => {
    const metrics = new Metrics(60)
    const id = metrics.series('Q', 'Depth', 'gauge')
    metrics.gauge(id, S, 3)
    expect(sum(metrics.read(2 * S)[0]!.sum)).toBeCloseTo(3, 9)
    expect(sum(metrics.read(4 * S)[0]!.sum)).toBeCloseTo(9, 9)
  })

  it('observes durations: sum, count and maximum by bucket, extremes and percentiles in total', () => {
    const metrics = new Metrics(60)
    const id = metrics.series('Fn', 'Duration', 'duration')
    metrics.observe(id, 0.1 * S, 51_000)
    metrics.observe(id, 0.2 * S, 49_000)
    metrics.observe(id, 1.2 * S, 100_000)
    const [series] = metrics.read(2 * S)
    expect(series!.unit).toBe('Milliseconds')
    expect([[...series!.sum], [...series!.n], [...series!.max]]).toEqual([
      [100_000, 100_000],
      [2, 1],
      [51_000, 100_000],
    ])
    expect(series!.total).toEqual({
      n: 3,
      sum: 200_000,
      min: 49_000,
      max: 100_000,
      last: 0,
      percentiles: [51_000, 100_000, 100_000, 100_000, 100_000],
    })
  })

  it('goes on where it was saved', () => {
    const op = fc.record({
      what: fc.constantFrom('count', 'gauge', 'observe'),
      after: fc.nat(3 * S),
      value: fc.nat(20),
    })
    fc.assert(
      fc.property(fc.array(op, { maxLength: 60 }), fc.nat(60), (ops, split) => {
        const open = (): { metrics: Metrics; ids: { [what: string]: number } } => {
          const metrics = new Metrics(100_000)
          return {
            metrics,
            ids: {
              count: metrics.series('a', 'c', 'count'),
              gauge: metrics.series('a', 'g', 'gauge'),
              observe: metrics.series('a', 'd', 'duration'),
            },
          }
        }
        const whole = open()
        let later = open()
        let now = 0
        ops.forEach(({ what, after, value }, n) => {
          if (n === split) {
            const image = later.metrics.save()
            later = open()
            later.metrics.observe(later.ids['observe']!, 0, 5)
            later.metrics.load(image)
          }
          now += after
          for (const { metrics, ids } of [whole, later]) metrics[what](ids[what]!, now, value)
        })
        expect(later.metrics.read(now + S)).toEqual(whole.metrics.read(now + S))
      }),
    )
  })
})
