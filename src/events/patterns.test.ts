import { describe, expect, it } from 'vitest'
import type { Json } from '../model/scenario'
import { compilePattern } from './compile-pattern'
import { explainMatch } from './explain-match'
import { matchEvent } from './match-event'
import { parsePattern } from './parse-pattern'

function compiled(pattern: Json) {
  const parsed = parsePattern(pattern)
  if (!parsed.ok) throw new Error(`${parsed.path}: ${parsed.reason}`)
  return compilePattern(parsed.pattern)
}
const matches = (pattern: Json, event: Json) => matchEvent(compiled(pattern), event)
const field = (test: Json, value: Json) => matches({ a: [test] }, { a: value })
function refusal(pattern: Json): { reason: string; path: string } | null {
  const parsed = parsePattern(pattern)
  return parsed.ok ? null : { reason: parsed.reason, path: parsed.path }
}

describe('values', () => {
  it.each<[Json, Json, boolean]>([
    ['x', 'x', true],
    ['x', 'X', false],
    [300, 300, true],
    [300, '300', false],
    [true, 'true', false],
    [null, null, true],
    [null, [], false],
    [null, 'null', false],
    ['', '', true],
    [{ prefix: '' }, 'anything', true],
    [{ prefix: '' }, 5, false],
    [{ prefix: { 'equals-ignore-case': 'EU-' } }, 'eu-west-1', true],
    [{ suffix: '.png' }, 'a.PNG', false],
    [{ suffix: { 'equals-ignore-case': '.png' } }, 'a.PNG', true],
    [{ 'equals-ignore-case': 'STRASSE' }, 'strasse', true],
    [{ 'equals-ignore-case': 'straße' }, 'STRASSE', true],
    [{ 'equals-ignore-case': 'ab' }, 'abc', false],
    [{ 'anything-but': 'x' }, null, true],
    [{ 'anything-but': 'x' }, 'x', false],
    [{ 'anything-but': ['x', 'y'] }, ['x', 'z'], true],
    [{ 'anything-but': [1, 2] }, '1', true],
    [{ 'anything-but': 'x' }, { b: 1 }, false],
    [{ 'anything-but': { prefix: ['a', 'b'] } }, 'bus', false],
    [{ 'anything-but': { wildcard: '*/lib/*' } }, '/usr/lib/a', false],
    [{ 'anything-but': { 'equals-ignore-case': ['on'] } }, 'ON', false],
    [{ numeric: ['>', 0, '<=', 5] }, 5, true],
    [{ numeric: ['>', 0, '<=', 5] }, 0, false],
    [{ numeric: ['=', 301.8] }, 301.8, true],
    [{ numeric: ['>', 0] }, '5', false],
    [{ cidr: '10.0.0.0/24' }, '10.0.0.255', true],
    [{ cidr: '10.0.0.0/24' }, '10.0.1.0', false],
    [{ cidr: '10.0.0.77/24' }, '10.0.0.1', true],
    [{ cidr: '2001:db8::/32' }, '2001:0db8:ffff::1', true],
    [{ cidr: '2001:db8::/32' }, '2001:db9::1', false],
    [{ cidr: '0.0.0.0/0' }, '::1', false],
    ['::1', '0:0:0:0:0:0:0:1', true],
    [{ exists: true }, null, true],
    [{ exists: true }, [], false],
    [{ exists: true }, { b: 1 }, false],
    [{ exists: false }, { b: 1 }, true],
    [{ wildcard: 'dir/*.png' }, 'dir/x/y.png', true],
    [{ wildcard: 'aa*aa' }, 'aaa', false],
    [{ wildcard: '*' }, '', true],
    [{ wildcard: 'a\\*b' }, 'a*b', true],
    [{ wildcard: 'a\\*b' }, 'axb', false],
    [{ wildcard: 'a\\\\*' }, 'a\\tail', true],
  ])('%j on %j is %s', (test, value, expected) => {
    expect(field(test, value)).toBe(expected)
  })
})

describe('structure', () => {
  it('joins keys by dots on both sides', () => {
    expect(matches({ 'detail.state': ['on'] }, { detail: { state: 'on' } })).toBe(true)
    expect(matches({ detail: { state: { is: ['on'] } } }, { detail: { 'state.is': 'on' } })).toBe(true)
  })

  it('wants fields below one array in the same element', () => {
    const pattern = { list: { a: [1], b: [2] } }
    expect(matches(pattern, { list: [{ a: 1 }, { b: 2 }] })).toBe(false)
    expect(matches(pattern, { list: [{ a: 1, b: 3 }, [{ a: 1, b: 2 }]] })).toBe(true)
    expect(matches({ list: { a: [1], b: [{ exists: false }] } }, { list: [{ a: 0, b: 2 }, { a: 1 }] })).toBe(true)
  })

  it('reads $or as alternatives within the conditions around it', () => {
    const pattern = { s: ['x'], $or: [{ a: [1] }, { b: { c: [2] } }], d: { $or: [{ e: [3] }, { f: [4] }] } }
    expect(matches(pattern, { s: 'x', b: { c: 2 }, d: { f: 4 } })).toBe(true)
    expect(matches(pattern, { s: 'x', b: { c: 2 }, d: { g: 4 } })).toBe(false)
    expect(matches({ $or: { a: [1] } }, { $or: { a: 1 } })).toBe(true)
  })

  it('takes the last of repeated keys of a text, path by path', () => {
    expect(matches('{"x": ["y"], "x": ["z"]}', { x: 'y' })).toBe(false)
    const text = '{"d": {"a": [1]}, "d": {"b": [2]}}'
    expect(matches(text, { d: { b: 2 } })).toBe(false)
    expect(matches(text, { d: { a: 1, b: 2 } })).toBe(true)
  })

  it('does not find what an object inherits', () => {
    expect(matches({ constructor: { name: [{ exists: true }] } }, {})).toBe(false)
    expect(matches('{"__proto__": {"a": [1]}}', JSON.parse('{"__proto__": {"a": 1}}') as Json)).toBe(true)
  })

  it('gives up on an event whose array elements combine without end', () => {
    const names = Array.from({ length: 9 }, (_, i) => `f${i}`)
    const pattern = Object.fromEntries(names.map((name) => [name, { k: [1], m: [1] }]))
    const elements = Array.from({ length: 40 }, () => ({ k: 1, m: 1 }))
    const event = Object.fromEntries(names.map((name) => [name, name === 'f8' ? [{ k: 1 }, { m: 1 }] : elements]))
    expect(matches(pattern, event)).toBe(false)
  })
})

describe('refusals name the place', () => {
  it.each<[Json, string, RegExp]>([
    [{}, '', /empty object/],
    [[], '', /is an object/],
    [{ a: 1 }, '/a', /as a list: \[1\]/],
    [{ a: [] }, '/a', /list is empty/],
    [{ a: { b: {} } }, '/a/b', /empty object/],
    [{ a: [['x']] }, '/a/0', /list stands in a list/],
    [{ a: ['x', { foo: 1 }] }, '/a/1', /"foo" is no operator/],
    [{ a: [{ Prefix: 'x' }] }, '/a/0', /no operator/],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }, '/a/0', /own object/],
    [{ a: [{ prefix: 3 }] }, '/a/0/prefix', /write a string/],
    [{ a: [{ suffix: ['.png'] }] }, '/a/0/suffix', /write a string/],
    [{ a: [{ 'equals-ignore-case': ['x'] }] }, '/a/0/equals-ignore-case', /write a string/],
    [{ a: [{ 'anything-but': null }] }, '/a/0/anything-but', /strings or numbers/],
    [{ a: [{ 'anything-but': ['x', 1] }] }, '/a/0/anything-but', /mixes/],
    [{ a: [{ 'anything-but': { prefix: '' } }] }, '/a/0/anything-but/prefix', /empty prefix/],
    [{ a: [{ 'anything-but': { prefix: { 'equals-ignore-case': 'x' } } }] }, '/a/0/anything-but/prefix', /string/],
    [{ a: [{ numeric: ['>', 5, '<', 5] }] }, '/a/0/numeric', /empty/],
    [{ a: [{ numeric: ['<', 5, '>', 1] }] }, '/a/0/numeric', /lower end first/],
    [{ a: [{ numeric: ['>', '5'] }] }, '/a/0/numeric/1', /no number/],
    [{ a: [{ numeric: ['<', 6e9] }] }, '/a/0/numeric/1', /out of range/],
    [{ a: [{ numeric: ['!=', 6] }] }, '/a/0/numeric/0', /no comparison/],
    [{ a: [{ cidr: '10.0.0.0/32' }] }, '/a/0/cidr', /too long a mask/],
    [{ a: [{ cidr: '10.0.0.0' }] }, '/a/0/cidr', /address\/bits/],
    [{ a: [{ cidr: 'bad/8' }] }, '/a/0/cidr', /neither/],
    [{ a: [{ exists: 'yes' }] }, '/a/0/exists', /true or false/],
    [{ a: [{ wildcard: 'a**b' }] }, '/a/0/wildcard', /in a row/],
    [{ a: [{ wildcard: 'a\\b' }] }, '/a/0/wildcard', /backslash/],
    [{ a: [{ wildcard: '*:*:*:*:*:event-bus/*' }] }, '/a/0/wildcard', /too complex/],
    [{ $or: [{ a: [1] }] }, '/$or', /at least two/],
    [{ $or: [{ a: [1] }, { numeric: ['x'], b: 1 }] }, '/$or/1/numeric', /operator, not a field/],
    ['{"a": [{"numeric": ["=", 1E-325]}]}', '/a/0/numeric/1', /fewer digits/],
    ['{"a": [{"numeric": ["<", 0.10000000000000000001]}]}', '/a/0/numeric/1', /fewer digits/],
    ['{"a": [{"anything-but": 12345678901234567890}]}', '/a/0/anything-but', /fewer digits/],
    ['{"a": [1, 2 3]}', '', /line 1, column 13/],
    ['{"a": [1]} x', '', /after the end/],
  ])('%j at %s', (pattern, path, reason) => {
    const found = refusal(pattern)
    expect(found?.path).toBe(path)
    expect(found?.reason).toMatch(reason)
  })

  it.each(['300', '300.0', '3.0e2', '0.3E+3', '-0', '1E-320', '-5e9', '100.00001'])(
    'takes %s in a comparison, whatever the spelling',
    (written) => {
      expect(refusal(`{"a": [{"numeric": ["=", ${written}]}, {"anything-but": [${written}]}]}`)).toBeNull()
      expect(matches(`{"a": [{"numeric": ["=", ${written}]}]}`, { a: Number(written) })).toBe(true)
      expect(matches(`{"a": [${written}]}`, { a: Number(written) })).toBe(true)
      expect(matches(`{"a": [{"anything-but": ${written}}]}`, { a: Number(written) })).toBe(false)
      expect(matches(`{"a": [${written}]}`, { a: written })).toBe(false)
    },
  )

  it('counts the combinations of $or', () => {
    const ten = (name: string) => ({ $or: Array.from({ length: 10 }, (_, i) => ({ [name]: [i] })) })
    expect(refusal({ a: ten('x'), b: ten('x'), c: ten('x') })).toBeNull()
    expect(refusal({ a: ten('x'), b: ten('x'), c: ten('x'), d: ten('x') })?.reason).toMatch(/more than 1000/)
  })

  it('refuses deep nesting without overflowing', () => {
    expect(refusal('{"a":'.repeat(50_000))?.reason).toMatch(/characters|deeper/)
    expect(refusal('['.repeat(5000))?.reason).toMatch(/deeper/)
  })
})

describe('explainMatch', () => {
  it('names the first field that does not fit', () => {
    const why = explainMatch(
      compiled({ source: ['orders'], detail: { state: ['paid'], amount: [{ numeric: ['>', 5] }] } }),
      {
        source: 'orders',
        detail: { state: 'open', amount: 1 },
      },
    )
    expect(why).toMatchObject({
      matched: false,
      field: 'detail.state',
      operator: 'exactly',
      wanted: ['paid'],
      seen: 'open',
    })
    expect(why.text).toBe('detail.state is "open"; the pattern wants ["paid"].')
  })

  it('says when the field is missing, and which test passed', () => {
    expect(explainMatch(compiled({ a: [{ prefix: 'x' }] }), {})).toMatchObject({
      field: 'a',
      operator: 'prefix',
      seen: undefined,
    })
    expect(explainMatch(compiled({ a: ['q', { suffix: 'x' }] }), { a: 'ax' })).toMatchObject({
      matched: true,
      operator: 'suffix',
    })
  })

  it('speaks of the $or branch that came furthest, and of array elements', () => {
    const or = compiled({
      $or: [
        { a: [1], b: [1] },
        { c: [1], d: [1], e: [1] },
      ],
    })
    expect(explainMatch(or, { c: 1, d: 1, e: 2 })).toMatchObject({ field: 'e', seen: 2 })
    const list = compiled({ list: { a: [1], b: [2] } })
    expect(explainMatch(list, { list: [{ a: 1 }, { b: 2 }] })).toMatchObject({
      matched: false,
      operator: 'array element',
    })
  })
})
