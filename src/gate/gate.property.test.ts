import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, Resource, Scenario } from '../model/scenario'
import { SCHEMAS } from '../services/schemas'
import { editYaml } from './edit-yaml'
import { gateValue } from './gate'
import { gateText } from './gate-text'
import { locate } from './locate'
import { parsePointer, pointer, valueAt } from './pointer'
import { references } from './references'
import { removeResources } from './remove'
import { renameResource } from './rename'
import { KINDS, orders, registry } from './samples'
import { serialise } from './serialise'

const all = registry()
const FORBIDDEN = ['__proto__', 'constructor', 'prototype']
const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'yes',
    'null',
    '1e3',
    '0x1',
    '# a',
    '- a',
    'a: b',
    '*a',
    '&a',
    '!x',
    '"',
    "'",
    '|',
    ' a ',
    '\n',
    '~',
    '2026-11-20',
  ),
)
const key = text.filter((name) => !FORBIDDEN.includes(name))
const duration = fc.oneof(
  fc.double({ min: 0, max: 1000, noNaN: true }),
  fc.record({ exp: fc.double({ min: 0, max: 100, noNaN: true }) }),
  fc.record({ uniform: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 5, max: 10 })) }),
  fc.record({
    lognormal: fc.record({
      p50: fc.double({ min: 0.001, max: 1, noNaN: true }),
      p90: fc.double({ min: 1, max: 9, noNaN: true }),
    }),
  }),
  fc.constant({ quantiles: { '0.5': 0.1, '0.99': 0.8 } }),
)
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => strip(JSON.parse(JSON.stringify(value)) as Json))

/** JSON the gate accepts: no prototype keys, no negative zero. */
function strip(value: Json): Json {
  if (value === 0) return 0
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(strip)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !FORBIDDEN.includes(name))
      .map(([name, child]) => [name, strip(child)]),
  )
}

const IDS = ['A', 'B2', 'Cc', 'D']
const resource: fc.Arbitrary<Resource> = fc.oneof(
  fc.record(
    {
      Type: fc.constant('AWS::SQS::Queue'),
      Properties: fc.record(
        { VisibilityTimeout: fc.integer({ min: 0, max: 43_200 }), DelaySeconds: fc.integer({ min: 0, max: 900 }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['Type'] },
  ),
  fc.record(
    {
      Type: fc.constant('AWS::DynamoDB::Table'),
      Behavior: fc.record(
        { latency: duration, items: fc.dictionary(key, fc.dictionary(key, json)) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['Type'] },
  ),
  fc.record({
    Type: fc.constant('AWS::Lambda::Function'),
    Behavior: fc.record({
      steps: fc.array(fc.oneof(fc.record({ cpu: duration }), fc.record({ wait: duration, perMessage: fc.boolean() })), {
        maxLength: 4,
      }),
    }),
  }),
)

const scenario: fc.Arbitrary<Scenario> = fc
  .record(
    {
      coldstart: fc.constant(1 as const),
      name: text,
      description: text,
      notes: text,
      profile: fc.constantFrom('teaching', 'aws-2026-11'),
      seed: fc.nat(),
      duration: fc.integer({ min: 1, max: 1000 }),
      resources: fc.dictionary(fc.constantFrom(...IDS), resource),
      layout: fc.dictionary(
        key,
        fc.record({ x: fc.integer({ min: -999, max: 999 }), y: fc.integer({ min: -999, max: 999 }) }),
      ),
      labels: fc.dictionary(key, text),
    },
    { requiredKeys: ['coldstart', 'name', 'profile', 'seed', 'duration', 'resources'] },
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as Scenario)

test('what is written is read back the same', () => {
  fc.assert(
    fc.property(scenario, fc.constantFrom('json', 'yaml'), (document, format) => {
      const result = gateText(serialise(document, format), all)
      expect(result.problems).toEqual([])
      expect(result.ok && result.scenario).toEqual(strip(document as unknown as Json))
    }),
    { numRuns: 300 },
  )
})

test('the normalised document passes the gate and stays as it is', () => {
  fc.assert(
    fc.property(scenario, (document) => {
      const once = gateValue(document, all)
      if (!once.ok) throw new Error('refused')
      const twice = gateValue(once.normalised, all)
      expect(twice.ok && twice.normalised).toEqual(once.normalised)
    }),
  )
})

test('an edit of the text says what the document says', () => {
  fc.assert(
    fc.property(scenario, scenario, (before, after) => {
      const edited = gateText(editYaml(serialise(before, 'yaml'), before, after), all)
      expect(edited.ok && edited.scenario).toEqual(strip(after as unknown as Json))
    }),
    { numRuns: 300 },
  )
})

test('any text is answered, never with an exception', () => {
  const line = fc
    .tuple(
      fc.nat(6),
      fc.constantFrom('a', 'resources', 'coldstart', '-', '?', '&a', '*a', '"', '{', '['),
      fc.constantFrom(':', ': 1', ' ', ': {', ']', '\t'),
    )
    .map(([indent, a, b]) => ' '.repeat(indent) + a + b)
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n')),
    fc.json(),
  )
  fc.assert(
    fc.property(anything, (input) => {
      const result = gateText(input, all)
      if (!result.ok) expect(result.problems[0]?.severity).toBe('error')
      locate(input, '/resources/A/Properties')
    }),
    { numRuns: 1_000 },
  )
})

test('any value is answered, never with an exception', () => {
  const base = fc.constant(null).map(() => orders() as unknown as Json)
  const damaged = fc
    .tuple(base, fc.array(fc.nat(12), { minLength: 1, maxLength: 7 }), fc.anything())
    .map(([document, path, value]) => {
      let here: unknown = document
      for (const step of path.slice(0, -1)) {
        if (typeof here !== 'object' || here === null) break
        here = Object.values(here)[step % Math.max(1, Object.keys(here).length)] ?? here
      }
      if (typeof here === 'object' && here !== null) {
        const names = Object.keys(here)
        Reflect.set(here, names[(path.at(-1) ?? 0) % Math.max(1, names.length)] ?? 'x', value)
      }
      return document
    })
  fc.assert(
    fc.property(
      fc.oneof(
        damaged,
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
      ),
      (value) => {
        const result = gateValue(value, all)
        if (!result.ok) {
          expect(result.problems[0]?.severity).toBe('error')
          expect(result.problems[0]?.message).not.toMatch(/could not be checked|\[object/)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

test('references survive renaming and deleting', () => {
  const ids = Object.keys(orders().resources)
  fc.assert(
    fc.property(fc.subarray(ids), fc.constantFrom(...ids), (gone, renamed) => {
      const { scenario: rest, removed } = removeResources(orders(), gone, { schemas: SCHEMAS, kinds: KINDS })
      expect(new Set(removed).size).toBe(removed.length)
      expect(references(rest, SCHEMAS).filter((reference) => removed.includes(reference.to))).toEqual([])
      expect(gateValue(rest, all).problems).toEqual([])
      if (removed.includes(renamed)) return
      expect(gateValue(renameResource(rest, renamed, 'Fresh', SCHEMAS), all).problems).toEqual([])
    }),
  )
})

test('a pointer leads back to the path it was made of', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), json, (path, value) => {
      expect(parsePointer(pointer(path))).toEqual(path)
      expect(valueAt({ [path[0] ?? 'x']: value }, [path[0] ?? 'x'])).toEqual(value)
    }),
  )
})
