import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/scenario'
import { compilePattern } from './compile-pattern'
import { explainMatch } from './explain-match'
import { matchEvent } from './match-event'
import { oracle } from './oracle.fixture'
import { parsePattern } from './parse-pattern'
import { compileRules } from './rule-set'

/** Small alphabets, so that patterns and events meet. */
const text = fc
  .array(fc.constantFrom('a', 'A', 'b', '*', 'ß', 'é', 'É', '\\', '1'), { maxLength: 3 })
  .map((x) => x.join(''))
const address = fc.tuple(fc.constantFrom('10', '11'), fc.constantFrom('0', '128')).map(([a, b]) => `${a}.${b}.0.1`)
const number = fc.constantFrom(0, -0, 1, 300, 3e2, 0.5, -2, 1e-7, 123456789012, 4999999999.5)
const scalar: fc.Arbitrary<Json> = fc.oneof(text, address, number, fc.boolean(), fc.constant(null))
const key = fc.constantFrom('x', 'y', 'x.y', 'ключ', '', '$or')
const { event } = fc.letrec<{ event: JsonObject; value: Json }>((tie) => ({
  event: fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  value: fc.oneof({ maxDepth: 4 }, scalar, tie('event'), fc.array(tie('value'), { maxLength: 3 })),
}))

const wildcard = text.map((value) => value.replaceAll('\\', '\\\\').replace(/\*+/g, '*'))
const some = (values: fc.Arbitrary<Json>) => fc.oneof(values, fc.array(values, { minLength: 1, maxLength: 2 }))
const filled = text.filter((value) => value !== '')
const test: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.boolean().map((exists) => ({ exists })),
  fc.constantFrom('prefix', 'suffix', 'equals-ignore-case').chain((op) => text.map((value) => ({ [op]: value }))),
  fc.constantFrom('prefix', 'suffix').chain((op) => text.map((value) => ({ [op]: { 'equals-ignore-case': value } }))),
  wildcard.map((value) => ({ wildcard: value })),
  fc.oneof(some(text), some(number)).map((value) => ({ 'anything-but': value })),
  fc
    .constantFrom('prefix', 'suffix', 'equals-ignore-case')
    .chain((op) => some(filled).map((value) => ({ 'anything-but': { [op]: value } }))),
  some(wildcard).map((value) => ({ 'anything-but': { wildcard: value } })),
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.constantFrom(0, 1, 300, 0.5)).map((numeric) => ({ numeric })),
  fc.tuple(fc.constantFrom('>', '>='), fc.constantFrom('<', '<=')).map(([a, b]) => ({ numeric: [a, 0, b, 300] })),
  fc.constantFrom('10.0.0.0/8', '10.128.0.0/9', '0.0.0.0/0', '11.128.0.1/31').map((cidr) => ({ cidr })),
)
const { pattern } = fc.letrec<{ pattern: JsonObject; inner: Json }>((tie) => ({
  pattern: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.dictionary(fc.constantFrom('x', 'y', 'x.y', 'ключ', ''), tie('inner'), { minKeys: 1, maxKeys: 3 }),
    },
    fc.record(
      { x: tie('inner'), $or: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }) },
      { requiredKeys: ['$or'] },
    ) as fc.Arbitrary<JsonObject>,
  ),
  inner: fc.oneof({ maxDepth: 3 }, fc.array(test, { minLength: 1, maxLength: 3 }), tie('pattern')),
}))

describe('the matcher and a plain reading of the rules', () => {
  it('agree', () => {
    let matched = 0
    let asked = 0
    fc.assert(
      fc.property(pattern, fc.array(event, { minLength: 5, maxLength: 5 }), (source, events) => {
        const parsed = parsePattern(source)
        // repeated paths (`x.y` and `y` in `x`) and absurd numbers of branches aside, all of these parse
        if (!parsed.ok) throw new Error(`${JSON.stringify(source)}: ${parsed.path} ${parsed.reason}`)
        const compiled = compilePattern(parsed.pattern)
        for (const value of events) {
          const answer = matchEvent(compiled, value)
          asked++
          if (answer) matched++
          expect([source, value, answer]).toEqual([source, value, oracle(source, value)])
          expect(explainMatch(compiled, value).matched).toBe(answer)
        }
      }),
      { numRuns: 400 },
    )
    // the generators must not miss the point
    expect(matched / asked).toBeGreaterThan(0.01)
  })

  it('agree for the rules of a bus at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 8, arbitrary: pattern }, fc.constant(null)), { maxLength: 40 }),
        fc.array(event, { minLength: 5, maxLength: 5 }),
        (sources, events) => {
          const patterns = sources.map((source) => {
            const parsed = source === null ? null : parsePattern(source)
            return parsed?.ok === true ? parsed.pattern : null
          })
          const rules = compileRules(patterns)
          const each = patterns.map((one) => (one === null ? null : compilePattern(one)))
          const found: number[] = []
          for (const value of [...events, null, [events[0]!]]) {
            const count = rules.match(value, found)
            const expected = each.flatMap((one, index) => (one !== null && matchEvent(one, value) ? [index] : []))
            expect([value, found.slice(0, count)]).toEqual([value, expected])
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
