import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from './random'

const draw = (random: Random, name: string, count: number): number[] => {
  const stream = random.stream(name)
  return Array.from({ length: count }, () => random.uniform(stream))
}

describe('Random', () => {
  it('gives a stream the same numbers whatever other streams exist and whenever they are drawn from', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(names, fc.nat(), (all, seed) => {
        const forwards = new Random(seed)
        const backwards = new Random(seed)
        const first = new Map(all.map((name) => [name, draw(forwards, name, 5)]))
        for (const name of all.toReversed()) expect(draw(backwards, name, 5)).toEqual(first.get(name))
      }),
    )
  })

  it('has different streams for different names and seeds', () => {
    const firsts = [1, 2, 2 ** 32 + 1].flatMap((seed) =>
      ['Fn/init', 'Fn/errors', 'C/arrivals', 'a', 'b'].map((name) => draw(new Random(seed), name, 1)[0]),
    )
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  it('stays inside (0, 1), evenly', () => {
    const values = draw(new Random(42), 'x', 100_000)
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThan(0)
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1)
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const value of values) tenths[Math.floor(value * 10)]!++
    // 10,000 expected in each, standard deviation 95
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(480)
    const neighbours =
      values.slice(1).reduce((sum, value, i) => sum + (value - 0.5) * (values[i]! - 0.5), 0) / values.length
    expect(Math.abs(neighbours)).toBeLessThan(0.0014)
  })

  it('goes on where it was saved', () => {
    const random = new Random(7)
    draw(random, 'x', 10)
    const image = random.save()
    const next = draw(random, 'x', 10)
    const other = new Random(7)
    other.stream('x')
    other.load(image)
    expect(draw(other, 'x', 10)).toEqual(next)
  })
})
