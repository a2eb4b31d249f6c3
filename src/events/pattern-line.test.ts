import { expect, test } from 'vitest'
import { patternLine } from './pattern-line'

test.each([
  [{ source: ['shop'], 'detail-type': ['order.placed'] }, 'shop, order.placed'],
  [{ source: [{ prefix: '' }] }, 'every event'],
  [null, 'every event'],
  [{ 'detail-type': [{ prefix: 'order.' }] }, 'order.…'],
  [{ detail: { total: [{ numeric: ['>', 100] }] } }, 'total > 100'],
  [{ detail: { total: [{ numeric: ['>', 0, '<=', 9] }] } }, 'total > 0 and <= 9'],
  [{ detail: { state: ['running', 'stopped'] } }, 'state = running or stopped'],
  [
    { detail: { state: [{ 'anything-but': ['stopped'] }], reason: [{ exists: false }] } },
    'state not stopped, reason not there',
  ],
  [{ $or: [{ source: ['a'] }, { detail: { vip: [true] } }] }, 'a or vip = true'],
  [
    { detail: { file: [{ suffix: '.png' }], name: [{ 'anything-but': { prefix: 'tmp' } }] } },
    'file = ….png, name not tmp…',
  ],
])('%j in one line', (pattern, line) => {
  expect(patternLine(pattern)).toBe(line)
})
