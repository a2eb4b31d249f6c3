import { expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/scenario'
import { compilePattern } from './compile-pattern'
import { matchEvent } from './match-event'
import { parsePattern } from './parse-pattern'
import { compileRules } from './rule-set'

/** Indexes of the patterns that match, all at once; one by one they must be the same. */
function matching(sources: readonly (Json | null)[], event: Json): number[] {
  const patterns = sources.map((source) => {
    const parsed = source === null ? null : parsePattern(source)
    return parsed?.ok === true ? parsed.pattern : null
  })
  const found: number[] = []
  const together = found.slice(0, compileRules(patterns).match(event, found))
  expect(together).toEqual(
    patterns.flatMap((one, i) => (one !== null && matchEvent(compilePattern(one), event) ? [i] : [])),
  )
  return together
}
const bits = (names: string): JsonObject => {
  const alternatives = ['a', 'b'].map((value) => ({ value }))
  return Object.fromEntries(
    Array.from(names, (name) => [name, { $or: alternatives.map(({ value }) => ({ [value]: [1] })) }]),
  )
}

it('are more than the bits of a word', () => {
  const rules = Array.from({ length: 100 }, (_, n): JsonObject => ({ n: [n % 10, { numeric: ['>=', 90 - n] }] }))
  // 3, 13, ... 93 by value, 87 to 99 by range, 93 by both
  expect(matching(rules, { n: 3 }).length).toBe(22)
  expect(matching(rules, { n: '3' })).toEqual([])
})

it('tell a pattern once, whichever of its alternatives match, few or many', () => {
  const event = Object.fromEntries(Array.from('pqrst', (name) => [name, { a: 1, b: 1 }]))
  // 4, 16 and 32 branches
  expect(matching([bits('pq'), bits('pqrs'), bits('pqrst'), bits('pz')], event)).toEqual([0, 1, 2])
})

it('leave out what is null, and what no event has', () => {
  expect(matching([null, { a: [{ exists: false }] }, { b: [{ exists: false }] }, null], { a: 1 })).toEqual([2])
  expect(matching([{ a: [1] }], [])).toEqual([])
  expect(matching([], { a: 1 })).toEqual([])
})

it('ask for one element of an array where two fields lie in it', () => {
  const rules = [
    { list: { a: [1], b: [2] } },
    { list: { a: [1] }, other: [3] },
    { list: { a: [1], b: [{ exists: false }] } },
    { list: { b: [{ exists: false }] } },
  ]
  expect(matching(rules, { list: [{ a: 1 }, { b: 2 }], other: 3 })).toEqual([1, 2])
  expect(matching(rules, { list: [{ a: 1, b: 2 }], other: 4 })).toEqual([0])
})

it('know keys with dots, and addresses in any spelling', () => {
  const rules = [{ detail: { 'a.b': [1] } }, { 'detail.a': { b: [1] } }, { ip: ['::1', '10.0.0.1'] }]
  expect(matching(rules, { detail: { a: { b: 1 } }, ip: '0:0:0:0:0:0:0:1' })).toEqual([0, 1, 2])
  expect(matching(rules, { 'detail.a.b': 1, ip: '010.0.0.1' })).toEqual([0, 1, 2])
})

it('take a path of many steps as it stands', () => {
  const steps = Array.from({ length: 20 }, (_, i) => `s${i}`)
  const deep = (names: readonly string[], leaf: Json): Json =>
    names.toReversed().reduce<Json>((inner, name) => ({ [name]: inner }), leaf)
  const rules = [deep(steps, [1]), deep(steps.slice(0, 3), [1])]
  expect(matching(rules, deep(steps, 1))).toEqual([0])
  expect(matching(rules, deep(['s0.s1', ...steps.slice(2)], 1))).toEqual([])
  expect(matching(rules, deep(['s0.s1', 's2'], 1))).toEqual([1])
})
