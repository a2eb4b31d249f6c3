import { expect, test } from 'vitest'
import { newestOfEach } from './newest'

const list = (...codes: number[]) => codes.map((code, i) => ({ code, row: 100 - i }))
const codes = (found: { code: number }[]) => found.map(({ code }) => code)

test('what happens all the time leaves room for the rest', () => {
  expect(codes(newestOfEach(list(1, 1, 1, 1, 2, 1, 3, 4), 3))).toEqual([1, 2, 3])
  expect(newestOfEach(list(1, 1, 2), 3).map(({ row }) => row)).toEqual([100, 99, 98])
  expect(codes(newestOfEach(list(1, 1, 1, 1, 2), 3))).toEqual([1, 1, 2])
  expect(newestOfEach([], 3)).toEqual([])
})
