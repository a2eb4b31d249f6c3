/** Filters of queue mappings as AWS was recorded to apply them (../shared/conformance/lambda-behaviour/esm_filter_cases.jsonl), through documents. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { answersOf, deployed, documentOf, fn, mapping, queue, send } from './document.fixture'

interface FilterCase {
  readonly name: string
  readonly source: string
  readonly filter?: JsonObject
  readonly filterRaw?: string
  readonly body: string
  readonly expected: boolean | 'error'
}
const file = join(import.meta.dirname, '../../../../shared/conformance/lambda-behaviour/esm_filter_cases.jsonl')
const cases = (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as FilterCase)
  // those of DynamoDB streams wait for issue 5
  .filter(({ source }) => source === 'sqs')

/** What became of one message: invocations, filtered out, deleted from the queue. */
function outcome(pattern: Json, message: JsonObject): Json[] {
  const resources = {
    Client: send(1, message),
    Queue: queue(),
    Mapping: mapping({ FilterCriteria: { Filters: [{ Pattern: pattern }] } }),
    Fn: fn([]),
  }
  return answersOf(documentOf(resources, { duration: 60 }), [
    { m: 'invocations', of: 'Fn' },
    { m: 'FilteredOutEventCount', of: 'Mapping' },
    { m: 'NumberOfMessagesDeleted', of: 'Queue' },
  ])
}
const refused = (pattern: Json): Json =>
  deployed({ Queue: queue(), Fn: fn([]), Mapping: mapping({ FilterCriteria: { Filters: [{ Pattern: pattern }] } }) })

describe.skipIf(cases.length === 0)('as recorded (skipped without ../shared/conformance)', () => {
  test.each(cases)('$name', ({ filter, filterRaw, body, expected }) => {
    if (expected === 'error') {
      expect(refused(filterRaw!)).toBe('refused')
      return
    }
    // what does not match is deleted and calls nobody; the pattern is an object or its text, the message a text or the object it says
    const wanted = expected ? [1, 0, 1] : [0, 1, 1]
    expect(outcome(filter!, { text: body })).toEqual(wanted)
    expect(outcome(JSON.stringify(filter), { text: body })).toEqual(wanted)
    if (body.startsWith('{')) expect(outcome(filter!, { body: JSON.parse(body) as JsonObject })).toEqual(wanted)
  })
})

describe('by the same rules (ESM-4, ESM-5)', () => {
  test.each<[Json]>([
    ['simple string'],
    [{ eventSource: 'aws:sqs' }],
    [{ eventSource: [] }],
    [{ body: { n: 5 } }],
    ['[1]'],
  ])('the pattern %j is refused', (pattern) => expect(refused(pattern)).toBe('refused'))

  test.each<[Json, JsonObject, boolean]>([
    [{ body: ['plain-string'] }, { text: 'plain-string' }, true],
    [{ body: ['plain-string'] }, { text: '{"my-key": "plain-string"}' }, false],
    [{ body: { a: { b: [1, 2] } } }, { body: { a: { b: 2 } } }, true],
    [{ body: { a: [{ 'anything-but': ['x'] }] } }, { body: { a: 'x' } }, false],
    [{ body: { a: [{ suffix: '.png' }] } }, { body: { a: 'p.png' } }, true],
    [{ body: { a: [null] } }, { body: { a: null } }, true],
    [{ body: { a: [''] } }, { body: { a: '' } }, true],
    [{ body: { n: [{ numeric: ['=', 3] }] } }, { body: { n: '3' } }, false],
    [{ body: { a: ['x'] } }, { body: { a: ['y', 'x'] } }, true],
    [{ body: { gone: [{ exists: false }] } }, { body: { a: 1 } }, true],
    [{ body: { $or: [{ a: [1] }, { b: [2] }] } }, { body: { b: 2 } }, true],
    [{ attributes: { ApproximateReceiveCount: ['1'] } }, { body: { a: 1 } }, true],
    [{ eventSource: ['aws:sqs'] }, { body: { a: 1 } }, true],
  ])('%j and %j: %s', (pattern, message, passes) => {
    expect(outcome(pattern, message)).toEqual(passes ? [1, 0, 1] : [0, 1, 1])
  })
})
