import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRun, resumeRun } from '../../engine/run'
import { Outcome } from '../../model/recording'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { hands } from '../shards.fixture'
import { changeOf, type View } from './change'
import { install } from './runtime'
import { dynamodb } from '.'

const PUT = 'dynamodb:PutItem'
const UPDATE = 'dynamodb:UpdateItem'
const DELETE = 'dynamodb:DeleteItem'
const READ = 'dynamodb:GetRecords'
const table = (
  view: View | null = 'NEW_AND_OLD_IMAGES',
  more: JsonObject = {},
  behavior: JsonObject = {},
): Resource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { ...(view === null ? {} : { StreamSpecification: { StreamViewType: view } }), ...more },
  Behavior: behavior,
})
const open = (resource = table(), facts: JsonObject = {}) =>
  hands(dynamodb, install, { T: resource }, { M: 'T', N: 'T' }, facts)
type Open = ReturnType<typeof open>

/** Everything in a shard, by a reader that comes once. */
function all(it: Open, shard = 0): JsonObject[] {
  const got = it.read('M', 'T', READ, shard, 0, 1_000)
  it.until(it.kernel.now / 1e6)
  return got.payloads.map(({ body }) => body)
}

describe('the stream of a table (DDB-13)', () => {
  test('tells of every change: INSERT, MODIFY, REMOVE, with both images', () => {
    const it = open()
    it.write('T', PUT, { body: { key: 'k', item: { n: 1, tags: ['a', true, null], at: { x: 1.5 } } } })
    it.until(1)
    it.write('T', UPDATE, { body: { key: 'k', set: { tags: [] }, add: { n: 2 } } })
    it.until(2)
    it.write('T', DELETE, { body: { key: 'k' } })
    it.until(3)
    const first = { id: { S: 'k' }, n: { N: '1' }, tags: { L: [{ S: 'a' }, { BOOL: true }, { NULL: true }] } }
    const one = { ...first, at: { M: { x: { N: '1.5' } } } }
    const two = { ...one, n: { N: '3' }, tags: { L: [] } }
    const common = {
      Keys: { id: { S: 'k' } },
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      SizeBytes: expect.any(Number) as number,
    }
    expect(all(it)).toEqual([
      { eventName: 'INSERT', dynamodb: { ...common, NewImage: one } },
      { eventName: 'MODIFY', dynamodb: { ...common, NewImage: two, OldImage: one } },
      { eventName: 'REMOVE', dynamodb: { ...common, OldImage: two } },
    ])
  })
  test.each([
    ['KEYS_ONLY', [[], [], []]],
    ['NEW_IMAGE', [['NewImage'], ['NewImage'], []]],
    ['OLD_IMAGE', [[], ['OldImage'], ['OldImage']]],
  ] as const)('%s shows what it says', (view, images) => {
    const key = { name: 'pk', type: 'N' }
    const shown = [
      changeOf('7', null, { n: 1 }, view, key),
      changeOf('7', { n: 1 }, {}, view, key),
      changeOf('7', {}, null, view, key),
    ]
    expect(
      shown.map((change) =>
        Object.keys(change!.body['dynamodb'] as JsonObject).filter((name) => name.endsWith('Image')),
      ),
    ).toEqual(images)
    expect(shown[0]!.body['dynamodb']).toMatchObject({
      Keys: { pk: { N: '7' } },
      StreamViewType: view,
      SizeBytes: shown[0]!.bytes,
    })
  })
  test('a write that changes nothing leaves no record, nor does the deletion of what is not there', () => {
    const it = open()
    it.write('T', PUT, { body: { key: 'k', item: { a: 1, b: [{ c: 2 }] } } })
    it.until(1)
    it.write('T', PUT, { body: { key: 'k', item: { b: [{ c: 2 }], a: 1 } } }, 3)
    it.write('T', UPDATE, { body: { key: 'k', add: { a: 0 } } })
    it.write('T', DELETE, { body: { key: 'other' } })
    it.write('T', 'dynamodb:GetItem', { body: { key: 'k' } })
    it.until(2)
    expect(all(it)).toHaveLength(1)
    expect(it.told).toEqual([['T', 0]])
  })
  test('what the table holds at the start is no change', () => {
    const it = open(table('KEYS_ONLY', {}, { items: { k: { n: 1 } } }))
    expect(it.topic('next', 0)).toBe(0)
    it.write('T', PUT, { body: { key: 'k', item: { n: 2 } } })
    it.until(1)
    expect(all(it).map(({ eventName }) => eventName)).toEqual(['MODIFY'])
  })
  test('the write that fails its condition leaves no record', () => {
    const count = (body: JsonObject): number => {
      const scenario = scenarioOf({
        C: client(UPDATE, 'T', { pattern: 'once', at: 1 }, { body: { key: 'k', add: { n: 1 }, ...body } }),
        T: table(),
      })
      const run = createRun(scenario)
      while (!run.advance(1e6)) continue
      return run.series().find(({ name }) => name === 'ConsumedWriteCapacityUnits')!.total.sum
    }
    expect([count({}), count({ $once: true })]).toEqual([1, 1])
    const it = open()
    it.kernel.recorder.trace = 5
    it.write('T', UPDATE, { body: { key: 'k', add: { n: 1 }, $once: true } })
    it.write('T', UPDATE, { body: { key: 'k', add: { n: 1 }, $once: true } })
    it.until(1)
    expect(all(it)).toHaveLength(1)
  })
  test('without a specification there is none', () => {
    const it = open(table(null))
    it.write('T', PUT, { body: { key: 'k' } })
    const asked = it.read('M', 'T', READ, 0, 0, 10)
    it.until(1)
    expect([it.topic('shards', 'T'), it.told.length, asked.outcome]).toEqual([0, 0, Outcome.error])
  })
  test('keeps its records for 24 hours', () => {
    const it = open()
    it.write('T', PUT, { body: { key: 'k' } })
    it.until(86_400)
    expect(it.topic('oldest', 0)).toBe(0)
    it.until(86_401)
    expect([it.topic('oldest', 0), it.topic('next', 0)]).toEqual([1, 1])
  })
  test('serves two readers at 4 calls a second, not three', () => {
    const it = open()
    const asked = Array.from({ length: 12 }, (_, i) => it.read(i % 2 === 0 ? 'M' : 'N', 'T', READ, 0, 0, 10))
    it.until(0.5)
    expect(asked.map(({ outcome }) => outcome).filter((outcome) => outcome === Outcome.throttled)).toHaveLength(2)
  })
  test('has a shard for each partition of a provisioned table (DDB-7)', () => {
    const provisioned = (ReadCapacityUnits: number, WriteCapacityUnits: number): number =>
      open(
        table('KEYS_ONLY', {
          BillingMode: 'PROVISIONED',
          ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
        }),
      ).topic('shards', 'T')
    expect([provisioned(5, 5), provisioned(3_000, 1_000), provisioned(1, 2_500)]).toEqual([1, 2, 3])
    expect(open(table('KEYS_ONLY'), { 'dynamodb.streamShards': 4 }).topic('shards', 'T')).toBe(4)
  })
})

test('property: replaying a stream rebuilds the table; each change is there once, in the order of its item', () => {
  const action = fc.constantFrom(PUT, UPDATE, DELETE)
  const write = fc.tuple(action, fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2 }))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(write, { maxLength: 50, size: 'max' }), (shards, writes) => {
      const it = open(table(), { 'dynamodb.streamShards': shards })
      for (const [action, key, n] of writes) {
        it.write('T', action, {
          body: { key, ...(action === PUT ? { item: { n } } : action === UPDATE ? { set: { m: n } } : {}) },
        })
        it.until(it.kernel.now / 1e6 + 0.01)
      }
      const items = new Map<string, unknown>()
      const home = new Map<string, number>()
      for (let shard = 0; shard < shards; shard++) {
        for (const { eventName, dynamodb: record } of all(it, shard)) {
          const { Keys, NewImage, OldImage } = record as { [name: string]: JsonObject }
          const key = (Keys!['id'] as JsonObject)['S'] as string
          expect(home.get(key) ?? shard).toBe(shard)
          home.set(key, shard)
          expect(OldImage).toEqual(items.get(key))
          expect(eventName).toBe(OldImage === undefined ? 'INSERT' : NewImage === undefined ? 'REMOVE' : 'MODIFY')
          expect(NewImage).not.toEqual(OldImage)
          if (NewImage === undefined) items.delete(key)
          else items.set(key, NewImage)
        }
      }
      const held = it.runtime.contents!().map(({ key, value }) => [key, value] as const)
      expect(
        Object.fromEntries([...items].map(([key, image]) => [key, Object.keys(image as JsonObject).sort()])),
      ).toEqual(
        Object.fromEntries(held.map(([key, value]) => [key, [...Object.keys(value as JsonObject), 'id'].sort()])),
      )
    }),
    { numRuns: 60 },
  )
})

test('a run with a stream goes on from a keyframe as it went on by itself', () => {
  const scenario = scenarioOf(
    {
      C: client(UPDATE, 'T', { pattern: 'poisson', rate: 200, at: 0 }, { body: { key: 'k', add: { n: 1 } } }),
      T: table(),
    },
    { duration: 10 },
  )
  const end = (run: ReturnType<typeof createRun>): unknown => {
    while (!run.advance(1e6)) continue
    return [run.series(), run.costs(), run.contents()]
  }
  const half = createRun(scenario)
  half.advance(2_000)
  const frame = half.kernel.keyframe()
  half.advance(500)
  expect(end(resumeRun(scenario, frame, half.keyframes))).toEqual(end(createRun(scenario)))
  expect(runOf(scenario).total('T', 'ReturnedRecordsCount')).toBe(0)
})
