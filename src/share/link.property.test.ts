import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, Scenario } from '../model/scenario'
import { fromBase64url, toBase64url } from './base64url'
import { canonicalJson } from './canonical'
import { decodeLink, encodeLink, sealLink } from './link'
import { ordersScenario, reversedKeys } from './samples'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\ud800', '\u0000', '__proto__'),
)
const id = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,12}$/)
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)))
const object: fc.Arbitrary<JsonObject> = fc.dictionary(fc.oneof(id, fc.nat(20).map(String)), json, { maxKeys: 5 })

const scenario: fc.Arbitrary<Scenario> = fc.record(
  {
    coldstart: fc.constant(1 as const),
    name: text,
    description: text,
    profile: fc.constantFrom('teaching', 'aws-2026-11'),
    seed: fc.nat(),
    duration: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true, max: 1e9 }),
    resources: fc.dictionary(
      id,
      fc.record(
        { Type: fc.constantFrom('AWS::SQS::Queue', 'AWS::Lambda::Function'), Properties: object, Behavior: object },
        { requiredKeys: ['Type'] },
      ),
    ),
    facts: fc.dictionary(text, fc.integer()),
    labels: fc.dictionary(id, text),
    notes: text,
  },
  { requiredKeys: ['coldstart', 'name', 'profile', 'seed', 'duration', 'resources'] },
)

describe('links, for any document', () => {
  test('decode(encode(x)) is x', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        const result = decodeLink(encodeLink(document))
        // Through text: toEqual does not see an own `__proto__` key.
        expect(result.ok && canonicalJson(result.json)).toBe(canonicalJson(document))
      }),
      { numRuns: 300 },
    )
  })

  test('the canonical text is JSON of the same document, and does not depend on key order', () => {
    fc.assert(
      fc.property(scenario, (document) => {
        expect(JSON.parse(canonicalJson(document))).toEqual(JSON.parse(JSON.stringify(document)))
        expect(canonicalJson(JSON.parse(canonicalJson(document)))).toBe(canonicalJson(document))
        expect(canonicalJson(reversedKeys(document))).toBe(canonicalJson(document))
        expect(JSON.parse(canonicalJson(document, true))).toEqual(JSON.parse(canonicalJson(document)))
      }),
    )
  })

  test('any text is answered, never with an exception', () => {
    const link = encodeLink(ordersScenario())
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.stringMatching(/^1[AB][A-Za-z0-9_-]{0,300}$/),
      fc
        .tuple(fc.nat(link.length), fc.string({ maxLength: 5 }))
        .map(([at, s]) => link.slice(0, at) + s + link.slice(at + s.length)),
    )
    fc.assert(
      fc.property(garbage, (input) => {
        const result = decodeLink(input)
        expect(result.ok ? input.trim().startsWith(link) : result.message.length > 20).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('bytes that pass the checksum but are no scenario are answered too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(1), (bytes, dictionary) => {
        const result = decodeLink(sealLink(1, dictionary, bytes))
        expect(result.ok || result.code === 'damaged' || result.code === 'newer').toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('base64url round-trips any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const written = toBase64url(bytes)
        expect(written).toBe(Buffer.from(bytes).toString('base64url'))
        expect(fromBase64url(written)).toEqual(bytes)
      }),
    )
  })
})
