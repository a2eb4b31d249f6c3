import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model/scenario'
import { compilePattern } from './compile-pattern'
import { explainMatch, writtenTest } from './explain-match'
import { matchEvent } from './match-event'
import { parsePattern } from './parse-pattern'
import { matchesWildcard, parseWildcard } from './wildcard'

const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const key = fc.string({ minLength: 1, maxLength: 5 }).filter((name) => name !== '$or' && name !== '__proto__')
const { event } = fc.letrec<{ event: JsonObject; value: Json }>((tie) => ({
  event: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('event'), fc.array(tie('value'), { maxLength: 3 })),
}))

/** The pattern that names every value of the event by its exact value; null when the event has none. */
function exactPattern(node: JsonObject): JsonObject | null {
  const fields: [string, Json][] = []
  for (const [name, value] of Object.entries(node)) {
    if (value === null || typeof value !== 'object') fields.push([name, [value]])
    else if (!Array.isArray(value)) {
      const inner = exactPattern(value)
      if (inner !== null) fields.push([name, inner])
    } else {
      const found = value.find((item) => item === null || typeof item !== 'object')
      if (found !== undefined) fields.push([name, [found]])
    }
  }
  return fields.length === 0 ? null : Object.fromEntries(fields)
}

function matches(pattern: Json, value: Json): boolean {
  const parsed = parsePattern(pattern)
  return parsed.ok && matchEvent(compilePattern(parsed.pattern), value)
}

describe('event patterns', () => {
  it('match the event they were made from, as JSON and as text', () => {
    fc.assert(
      fc.property(event, (value) => {
        const pattern = exactPattern(value)
        fc.pre(pattern !== null)
        expect(matches(pattern, value)).toBe(true)
        expect(matches(JSON.stringify(pattern), value)).toBe(true)
      }),
    )
  })

  it('never throw, and the explanation agrees with the match', () => {
    const operators = [
      'prefix',
      'suffix',
      'equals-ignore-case',
      'anything-but',
      'numeric',
      'cidr',
      'exists',
      'wildcard',
    ]
    const test = fc.oneof(
      scalar,
      fc.dictionary(fc.constantFrom(...operators), fc.jsonValue() as fc.Arbitrary<Json>, { maxKeys: 2 }),
    )
    const pattern = fc.oneof(
      fc.jsonValue() as fc.Arbitrary<Json>,
      fc.dictionary(fc.constantFrom('a', 'b', '$or', 'a.b'), fc.array(test, { maxLength: 3 })),
    )
    fc.assert(
      fc.property(pattern, fc.jsonValue() as fc.Arbitrary<Json>, (source, value) => {
        const parsed = parsePattern(source)
        if (!parsed.ok) {
          expect(parsed.reason).not.toBe('')
          return
        }
        const compiled = compilePattern(parsed.pattern)
        expect(explainMatch(compiled, value).matched).toBe(matchEvent(compiled, value))
      }),
    )
  })

  it('never throw on text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('{', '}', '[', ']', '"a"', ':', ',', '1', 'null', '\\')).map((x) => x.join('')),
    )
    fc.assert(
      fc.property(text, (source) => {
        const parsed = parsePattern(source)
        expect(parsed.ok ? parsed.pattern.branches.length : parsed.reason.length).toBeGreaterThan(0)
      }),
    )
  })

  it('anything-but is the opposite of its values, where there is a value', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (wanted, seen) => {
        expect(matches({ a: [{ 'anything-but': wanted }] }, { a: seen })).toBe(wanted !== seen)
      }),
    )
  })

  it('exists false is the opposite of exists true', () => {
    fc.assert(
      fc.property(event, key, (value, name) => {
        expect(matches({ [name]: [{ exists: true }] }, value)).toBe(!matches({ [name]: [{ exists: false }] }, value))
      }),
    )
  })

  it('are written back as they were read', () => {
    const number = fc.integer({ min: -1000, max: 1000 })
    const test = fc.oneof(
      fc.record({ prefix: fc.string() }),
      fc.record({ suffix: fc.record({ 'equals-ignore-case': fc.string() }) }),
      fc.record({ 'anything-but': fc.record({ prefix: fc.string({ minLength: 1 }) }) }),
      fc.record({ exists: fc.boolean() }),
      fc
        .tuple(number, fc.integer({ min: 1, max: 9 }))
        .map(([low, width]) => ({ numeric: ['>=', low, '<', low + width] })),
    )
    fc.assert(
      fc.property(test, (json) => {
        const parsed = parsePattern({ a: [json] })
        expect(parsed.ok && parsed.pattern.branches[0]?.[0]?.tests.map(writtenTest)).toEqual([json])
      }),
    )
  })

  it('wildcards agree with the regular expression that says the same', () => {
    const letters = fc
      .array(fc.constantFrom('a', 'b', '*'), { maxLength: 7 })
      .map((x) => x.join('').replace(/\*+/g, '*'))
    const value = fc.array(fc.constantFrom('a', 'b'), { maxLength: 9 }).map((x) => x.join(''))
    fc.assert(
      fc.property(letters, value, (wildcard, text) => {
        const parsed = parseWildcard(wildcard)
        fc.pre(parsed.ok)
        expect(matchesWildcard(parsed.pieces, text)).toBe(new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(text))
      }),
      { numRuns: 500 },
    )
  })
})
