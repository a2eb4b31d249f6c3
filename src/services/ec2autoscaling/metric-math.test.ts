import { expect, test } from 'vitest'
import { parseFormula } from './metric-math'

const points: { readonly [id: string]: number | null } = { m1: 30, m2: 4, none: null, zero: 0 }
const value = (text: string): number | null | undefined => parseFormula(text)?.((id) => points[id] ?? null)

test.each([
  ['m1 / m2', 7.5],
  ['m1-m2-1', 25],
  ['2 * (m1 + m2) / 4', 17],
  ['m1 + m2 * 10', 70],
  ['-m2 + 0.5', -3.5],
  ['m1 / zero', null],
  ['m1 / none', null],
  ['m3', null],
  ['m1 /', undefined],
  ['(m1', undefined],
  ['m1 m2', undefined],
  ['FILL(m1, 0)', undefined],
  ['', undefined],
])('%s is %s', (text, expected) => {
  expect(value(text)).toBe(expected)
})
