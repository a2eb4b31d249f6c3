import { expect, test } from 'vitest'
import { roundly } from './event-faces'

test('ages are told in whole units', () => {
  expect([0, 999_999, 12.9e6, 119e6, 120e6, 7_199e6, 7_200e6].map(roundly)).toEqual([
    '0 s',
    '0 s',
    '12 s',
    '119 s',
    '2 min',
    '119 min',
    '2 h',
  ])
})
