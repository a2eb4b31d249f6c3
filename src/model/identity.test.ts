import { expect, test } from 'vitest'
import { isoTime, requestId } from './identity'

test('simulated times are dates of the calendar', () => {
  const start = Date.UTC(2026, 10, 20)
  for (const seconds of [0, 1.1, 59.999, 86_399.999, 86_400, 864_000, 31_536_000, 50_000_000, 200_000_000])
    expect(isoTime(seconds * 1e6)).toBe(new Date(start + Math.floor(seconds * 1e3)).toISOString())
})

test('request ids are version 4 UUIDs in form, alike for alike attempts alone', () => {
  const id = requestId(42, 7, [1, 3])
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(requestId(42, 7, [1, 3])).toBe(id)
  for (const other of [requestId(43, 7, [1, 3]), requestId(42, 8, [1, 3]), requestId(42, 7, [1, 4])])
    expect(other).not.toBe(id)
})
