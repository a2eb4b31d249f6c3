import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../../model/scenario'
import { client, runOf } from '../../run.fixture'
import type { Payload } from '../../service'
import { filterOf } from './filter'
import { mappingChecks } from './checks'
import { mapped } from './mapping.fixture'

interface Recorded {
  readonly name: string
  readonly source: string
  readonly filter?: JsonObject
  readonly filterRaw?: string
  readonly body?: string
  readonly expected: boolean | 'error'
}
const file = join(import.meta.dirname, '../../../../shared/conformance/lambda-behaviour/esm_filter_cases.jsonl')
const recorded: readonly Recorded[] = existsSync(file)
  ? readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Recorded)
  : []

const passes = (pattern: Json, payload: Partial<Payload>): boolean =>
  filterOf({ Filters: [{ Pattern: pattern }] }, 'Queue')!({
    payload: { body: {}, poison: false, ...payload },
    id: 1,
    receives: 1,
  })
const refused = (pattern: Json): boolean =>
  mappingChecks
    .flatMap((check) => check(mapped({ mapping: { FilterCriteria: { Filters: [{ Pattern: pattern }] } } })))
    .some(({ severity, path }) => severity === 'error' && path.includes('FilterCriteria'))

describe.skipIf(recorded.length === 0)('as AWS was recorded (skipped without ../shared/conformance)', () => {
  // those of DynamoDB streams wait for issue 5
  for (const { name, filter, filterRaw, body, expected } of recorded.filter(({ source }) => source === 'sqs')) {
    test(`filter ${name}`, () => {
      const pattern = filter ?? filterRaw!
      if (expected === 'error') expect(refused(pattern)).toBe(true)
      else {
        expect(refused(pattern)).toBe(false)
        expect(passes(pattern, { text: body! })).toBe(expected)
        // a filter is JSON text in AWS
        expect(passes(JSON.stringify(pattern), { text: body! })).toBe(expected)
      }
    })
  }
})

describe('filter criteria (ESM-4, ESM-5)', () => {
  test('a body that is JSON is looked into; a plain one is compared as text', () => {
    expect(passes({ body: { kind: ['order'] } }, { body: { kind: 'order' } })).toBe(true)
    expect(passes({ body: { kind: ['order'] } }, { text: 'order' })).toBe(false)
    expect(passes({ body: ['order'] }, { text: 'order' })).toBe(true)
    expect(passes({ body: ['order'] }, { body: { kind: 'order' } })).toBe(false)
  })
  test('attributes and the group can be asked', () => {
    const attributes = { kind: { dataType: 'String', stringValue: 'order' } }
    expect(passes({ messageAttributes: { kind: { stringValue: ['order'] } } }, { attributes })).toBe(true)
    expect(passes({ messageAttributes: { kind: { stringValue: ['order'] } } }, {})).toBe(false)
    expect(passes({ attributes: { MessageGroupId: ['a'] } }, { group: 'a' })).toBe(true)
  })
  test('one pattern of several is enough', () => {
    const filter = filterOf({ Filters: ['a', 'b'].map((kind) => ({ Pattern: { body: { kind: [kind] } } })) }, 'Queue')!
    const of = (kind: string): boolean => filter({ payload: { body: { kind }, poison: false }, id: 1, receives: 1 })
    expect([of('a'), of('b'), of('c')]).toEqual([true, true, false])
  })
  test('none is no filter', () => {
    expect([filterOf(undefined, 'Queue'), filterOf({ Filters: [] }, 'Queue')]).toEqual([null, null])
  })
  test('what does not match is deleted and the function is not invoked', () => {
    const pattern = { FilterCriteria: { Filters: [{ Pattern: { body: { kind: ['order'] } } }] } }
    const run = runOf(
      mapped({
        traffic: { pattern: 'burst', count: 4 },
        sender: { body: { kind: 'order' } },
        mapping: pattern,
        more: {
          Other: client('sqs:SendMessage', 'Queue', { pattern: 'burst', count: 6 }, { body: { kind: 'return' } }),
        },
      }),
    )
    expect(run.total('Fn', 'Invocations')).toBe(1)
    expect(run.total('Queue', 'NumberOfMessagesDeleted')).toBe(10)
    expect(
      ['Polled', 'FilteredOut', 'Invoked', 'Deleted'].map((name) => run.total('Mapping', `${name}EventCount`)),
    ).toEqual([10, 6, 4, 4])
    expect(run.reasons('lambda.filteredOut').map(([, count]) => count)).toEqual([6])
  })
})
