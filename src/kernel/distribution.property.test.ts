import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Distribution } from './distribution'

const nearestRank = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length, Math.max(1, Math.ceil(p * sorted.length - 1e-9))) - 1]!
const probability = fc.constantFrom(0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1)
const micros = fc.oneof(fc.nat(2_000), fc.nat(2 ** 31 - 1), fc.integer({ min: 0, max: 2 ** 45 }))
const filled = (values: readonly number[]): Distribution => {
  const distribution = new Distribution()
  for (const value of values) distribution.add(value)
  return distribution
}

describe('Distribution', () => {
  it('is the nearest rank exactly while values are few', () => {
    fc.assert(
      fc.property(fc.array(micros, { minLength: 1, maxLength: 300 }), probability, (values, p) => {
        expect(filled(values).percentile(p)).toBe(
          nearestRank(
            values.toSorted((x, y) => x - y),
            p,
          ),
        )
      }),
    )
    expect(new Distribution().percentile(0.5)).toBe(0)
  })

  it('stays exact up to 65,536 values and within 0.1 % beyond', () => {
    fc.assert(
      fc.property(
        fc.array(micros, { minLength: 20, maxLength: 200 }),
        fc.integer({ min: 65_537, max: 70_000 }),
        (pattern, count) => {
          const values = Array.from({ length: count }, (_, i) => pattern[i % pattern.length]! + (i % 997))
          const distribution = filled(values.slice(0, 65_536))
          const few = values.slice(0, 65_536).sort((x, y) => x - y)
          expect(distribution.percentile(0.95)).toBe(nearestRank(few, 0.95))
          for (const value of values.slice(65_536)) distribution.add(value)
          const all = values.toSorted((x, y) => x - y)
          for (const p of [0.5, 0.9, 0.95, 0.99, 0.999]) {
            const expected = nearestRank(all, p)
            expect(Math.abs(distribution.percentile(p) - expected)).toBeLessThanOrEqual(expected * 0.001)
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  it('goes on where it was saved, before and after values become buckets', () => {
    for (const count of [10, 65_536, 65_600]) {
      const value = (i: number): number => (i * 7_919) % 1_000_003
      const distribution = filled(Array.from({ length: count }, (_, i) => value(i)))
      const copy = filled([1, 2, 3])
      copy.load(distribution.save())
      for (let i = count; i < count + 50; i++) {
        distribution.add(value(i))
        copy.add(value(i))
      }
      for (const p of [0.01, 0.5, 0.99]) expect(copy.percentile(p)).toBe(distribution.percentile(p))
      copy.load(undefined)
      expect(copy.percentile(0.5)).toBe(0)
    }
  })
})
