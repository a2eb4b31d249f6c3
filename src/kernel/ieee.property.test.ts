import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, ln } from './ieee'

const relative = (actual: number, expected: number): number => Math.abs(actual - expected) / Math.abs(expected)

describe('ln', () => {
  it('agrees with Math.log within 1e-14', () => {
    const positive = fc.oneof(
      fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      fc.double({ min: 2 ** -33, max: 1 - 2 ** -33, noNaN: true }),
      fc.double({ min: 0.5, max: 2, noNaN: true }),
    )
    fc.assert(
      fc.property(
        positive.filter((x) => x !== 1),
        (x) => {
          expect(relative(ln(x), Math.log(x))).toBeLessThan(1e-14)
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it('is exact where the answer is', () => {
    expect(ln(1)).toBe(0)
    for (let k = -1022; k <= 1023; k++) expect(ln(2 ** k)).toBe(k * Math.LN2)
  })

  it('keeps its accuracy on both sides of 1', () => {
    for (let k = 1; k <= 52; k++) {
      expect(relative(ln(1 + 2 ** -k), Math.log1p(2 ** -k))).toBeLessThan(1e-14)
      expect(relative(ln(1 - 2 ** -k), Math.log1p(-(2 ** -k)))).toBeLessThan(1e-14)
    }
  })

  it('rises from one double to the next', () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 4, noNaN: true }), (x) => ln(x) <= ln(x * (1 + 2 ** -50))))
  })
})

describe('exp', () => {
  it('agrees with Math.exp within 1e-14', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(relative(exp(x), Math.exp(x))).toBeLessThan(1e-14)
      }),
      { numRuns: 20_000 },
    )
    expect(exp(0)).toBe(1)
  })

  it('undoes ln', () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (x) => relative(exp(ln(x)), x) < 1e-13))
  })
})
