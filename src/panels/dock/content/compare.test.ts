import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../model/scenario'
import { compare, equal, folded, linesOf, placeOf, type Line } from './compare'

const ORDER = { source: 'shop', detail: { total: 42, items: ['a', 'b'] } }
const textOf = (lines: readonly Line[]): string =>
  lines.map(({ sign, depth, text, was }) => `${sign}${'  '.repeat(depth)}${text}${was ? ` < ${was}` : ''}`).join('\n')

describe('what happened to an event', () => {
  it('nothing, whatever the order of its fields', () => {
    const other = { detail: { items: ['a', 'b'], total: 42 }, source: 'shop' }
    expect(compare([ORDER], other).comparison).toEqual({ kind: 'same' })
  })

  it('added, removed and changed lines', () => {
    const after = { source: 'shop', detail: { total: 43, items: ['a', 'b', 'c'] }, time: 'now' }
    const { comparison, lines } = compare([{ ...ORDER, old: 1 }], after)
    expect(comparison).toEqual({ kind: 'changed', added: 2, removed: 1, changed: 1 })
    expect(textOf(lines)).toBe(
      [
        ' {',
        '   "source": "shop",',
        '   "detail": {',
        '~    "total": 43, < 42',
        '     "items": [',
        '       "a",',
        '       "b"',
        '+      "c"',
        '     ]',
        '   },',
        '+  "time": "now"',
        '-  "old": 1',
        ' }',
      ]
        .join('\n')
        .replace('"b"\n', '"b",\n'),
    )
  })

  it('wrapped, as a value or as text', () => {
    expect(compare([ORDER], { version: '0', detail: ORDER }).comparison).toEqual({ kind: 'wrapped', path: 'detail' })
    const batch = { Records: [{ body: 'x' }, { body: JSON.stringify(ORDER) }] }
    expect(compare([ORDER], batch).comparison).toEqual({ kind: 'wrapped', path: 'Records[1].body' })
    expect(placeOf(ORDER, [[ORDER]])).toBe('[0][0]')
  })

  it('compares with what was carried as well', () => {
    const messages = { Messages: [{ Body: JSON.stringify(ORDER) }] }
    const records = { Records: [{ body: JSON.stringify(ORDER) }] }
    expect(compare([messages, ORDER], records).comparison).toEqual({ kind: 'wrapped', path: 'Records[0].body' })
  })

  it('another event', () => {
    expect(compare([ORDER], { key: 'k', set: { n: 1 } }).comparison).toEqual({ kind: 'new' })
    expect(compare([{}], { a: {} }).comparison).toEqual({ kind: 'new' })
    expect(compare([], ORDER).comparison).toEqual({ kind: 'first' })
  })
})

describe('lines', () => {
  it('are the JSON, as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const lines = linesOf(value as Json)
        expect(lines.map(({ depth, text }) => '  '.repeat(depth) + text).join('\n')).toBe(
          JSON.stringify(value, null, 2),
        )
      }),
    )
  })

  it('of a change are those of the event after, and others with a minus', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), (a, b) => {
        const before = { same: [1, 2, 3], ...a } as Json
        const after = { same: [1, 2, 3], ...b } as Json
        const { comparison, lines } = compare([before], after)
        const left = lines.filter(({ sign }) => sign !== '-')
        expect(left.map(({ depth, text }) => '  '.repeat(depth) + text).join('\n')).toBe(JSON.stringify(after, null, 2))
        if (comparison.kind === 'same') expect(equal(before, after)).toBe(true)
        if (comparison.kind === 'changed') expect(lines.some(({ sign }) => sign !== ' ')).toBe(true)
      }),
    )
  })

  it('that did not change are folded, away from changes', () => {
    const lines = linesOf(Array.from({ length: 20 }, (_, i) => i)).map((line, i) =>
      i === 10 ? { ...line, sign: '+' as const } : line,
    )
    expect(folded(lines).map((it) => [it.folded, it.lines.length])).toEqual([
      [true, 8],
      [false, 5],
      [true, 9],
    ])
    expect(folded(lines).flatMap((it) => it.lines)).toEqual(lines)
  })
})
