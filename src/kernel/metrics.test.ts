import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Kernel } from './kernel'
import { bucketSeconds, type Metrics } from './metrics'

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
    const kernel = new Kernel(1, 60)
    const { metrics } = kernel
    const id = metrics.series('Fn', 'Invocations', 'count')
    expect(metrics.series('Fn', 'Invocations', 'count')).toBe(id)
    for (const at of [0, 0.5, 0.999999, 1, 3.2]) {
      kernel.pass(at * S)
      metrics.count(id)
    }
    kernel.pass(3.5 * S)
    metrics.count(id, 4)
    kernel.pass(4 * S)
    const [series] = metrics.read()
    expect([...series!.sum]).toEqual([3, 1, 0, 5])
    expect(series!.total).toMatchObject({ n: 9, sum: 9 })
    expect(metrics.value(id)).toBe(9)
  })

  it('integrates a gauge over the buckets it spans', () => {
    const kernel = new Kernel(1, 60)
    const { metrics } = kernel
    const id = metrics.series('Fn', 'ConcurrentExecutions', 'gauge')
    kernel.pass(0.5 * S)
    metrics.gauge(id, 2)
    kernel.pass(2.25 * S)
    metrics.gauge(id, 4)
    kernel.pass(2.5 * S)
    metrics.gauge(id, 0)
    kernel.pass(10 * S)
    const [series] = metrics.read()
    expect([...series!.sum]).toEqual([1, 2, 0.5 + 1])
    expect([...series!.max]).toEqual([2, 2, 4])
    expect(series!.total).toMatchObject({ sum: 4.5, max: 4, last: 0, min: 0 })
    expect(metrics.value(id)).toBe(0)
  })

  it('settles a gauge up to the time it is read', () => {
    const kernel = new Kernel(1, 60)
    const { metrics } = kernel
    const id = metrics.series('Q', 'Depth', 'gauge')
    kernel.pass(S)
    metrics.gauge(id, 3)
    kernel.pass(2 * S)
    expect(sum(metrics.read()[0]!.sum)).toBeCloseTo(3, 9)
    kernel.pass(4 * S)
    expect(sum(metrics.read()[0]!.sum)).toBeCloseTo(9, 9)
  })

  it('observes durations: sum, count and maximum by bucket, extremes and percentiles in total', () => {
    const kernel = new Kernel(1, 60)
    const { metrics } = kernel
    const id = metrics.series('Fn', 'Duration', 'duration')
    kernel.pass(0.1 * S)
    metrics.observe(id, 51_000)
    kernel.pass(0.2 * S)
    metrics.observe(id, 49_000)
    kernel.pass(1.2 * S)
    metrics.observe(id, 100_000)
    kernel.pass(2 * S)
    const [series] = metrics.read()
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
        const open = (): { kernel: Kernel; metrics: Metrics; ids: { [what: string]: number } } => {
          const kernel = new Kernel(1, 100_000)
          const { metrics } = kernel
          return {
            kernel,
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
            const image = later.kernel.keyframe()
            later = open()
            later.metrics.observe(later.ids['observe']!, 5)
            later.kernel.restore(image)
          }
          // reading in between changes nothing
          later.metrics.read()
          now += after
          for (const { kernel, metrics, ids } of [whole, later]) {
            kernel.pass(now)
            metrics[what](ids[what]!, value)
          }
        })
        for (const { kernel } of [whole, later]) kernel.pass(now + S)
        expect(later.metrics.read()).toEqual(whole.metrics.read())
      }),
    )
  })
})
