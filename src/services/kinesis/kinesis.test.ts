import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ask } from '../../engine/query'
import { createRun } from '../../engine/run'
import { Outcome } from '../../model/recording'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../run.fixture'
import { hands } from '../shards.fixture'
import { shardOfKey } from '../shards-hash'
import { install } from './runtime'
import { kinesis } from '.'

const PUT = 'kinesis:PutRecord'
const GET = 'kinesis:GetRecords'
const stream = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::Kinesis::Stream', Properties: properties })
const consumer: Resource = { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: 'S' } }
const open = (
  properties: JsonObject = {},
  more: { [id: string]: Resource } = {},
  readers: { [id: string]: string } = { M: 'S' },
) => hands(kinesis, install, { S: stream(properties), ...more }, readers)

describe('writing to a stream', () => {
  test('a key has its shard, and the shard its order (KIN-3)', () => {
    const it = open({ ShardCount: 4 })
    for (const [n, group] of ['a', 'b', 'c', 'd', 'a'].entries()) it.write('S', PUT, { body: { n }, group })
    expect(it.told.map(([, shard]) => shard)).toEqual([0, 2, 1, 2, 0])
    const got = it.read('M', 'S', GET, 2, 0, 10)
    it.until(0)
    expect(got.payloads.map(({ body, group }) => [body['n'], group])).toEqual([
      [1, 'b'],
      [3, 'd'],
    ])
    expect(got.sequences).toEqual([0, 1])
  })
  test('without a key records spread over the shards', () => {
    const it = open({ ShardCount: 4 })
    for (let n = 0; n < 400; n++) it.write('S', PUT, { body: { n } })
    const written = [0, 1, 2, 3].map((shard) => it.topic('next', shard))
    expect(written.reduce((sum, n) => sum + n)).toBe(400)
    expect(Math.min(...written)).toBeGreaterThan(60)
  })
  test('a shard takes 1,000 records a second and refuses the rest (KIN-1, KIN-7)', () => {
    const it = open({ ShardCount: 2 })
    it.until(1)
    const asked = Array.from({ length: 1_001 }, () => it.write('S', PUT, { group: 'a' }))
    const other = it.write('S', PUT, { group: 'b' })
    it.until(1.9)
    expect(asked.slice(0, 1_000).every(({ outcome }) => outcome === Outcome.ok)).toBe(true)
    expect([asked[1_000]!.outcome, other.outcome]).toEqual([Outcome.throttled, Outcome.ok])
    expect(it.metric('S', 'WriteProvisionedThroughputExceeded')).toBe(1)
    expect(it.metric('S', 'IncomingRecords')).toBe(1_001)
    it.until(2)
    const next = it.write('S', PUT, { group: 'a' })
    it.until(2.1)
    expect(next.outcome).toBe(Outcome.ok)
  })
  test('and 1 MB, key included (KIN-1)', () => {
    const it = open({ ShardCount: 1 })
    const text = 'x'.repeat(9_999)
    const asked = Array.from({ length: 105 }, () => it.write('S', PUT, { text, group: 'k' }))
    it.until(0.5)
    // 104 x 10,000 = 1,040,000 of 1,048,576 bytes
    expect(asked.map(({ outcome }) => outcome).lastIndexOf(Outcome.ok)).toBe(103)
    expect(asked[104]!.outcome).toBe(Outcome.throttled)
    expect(it.metric('S', 'IncomingBytes')).toBe(1_040_000)
  })
  test('PutRecords answers ok and says how many were refused (KIN-7)', () => {
    const it = open({ ShardCount: 1 })
    for (let i = 0; i < 998; i++) it.write('S', PUT, { group: 'a' })
    const asked = it.write('S', PUT, { group: 'a' }, 5)
    it.until(0)
    expect([asked.outcome, asked.value, it.topic('next', 0)]).toEqual([Outcome.ok, 3, 1_000])
    expect(it.metric('S', 'PutRecords.SuccessfulRecords')).toBe(2)
    expect(it.metric('S', 'PutRecords.ThrottledRecords')).toBe(3)
  })
})

describe('reading a stream', () => {
  test('takes nothing away, and two readers see the same (KIN-4)', () => {
    const it = open({}, {}, { M: 'S', N: 'S' })
    for (let n = 0; n < 3; n++) it.write('S', PUT, { body: { n } })
    const [one, two] = [it.read('M', 'S', GET, 0, 0, 10), it.read('N', 'S', GET, 0, 1, 1)]
    const end = it.read('M', 'S', GET, 0, 3, 10)
    it.until(0)
    expect([one.sequences, two.sequences, end.sequences]).toEqual([[0, 1, 2], [1], []])
    expect([end.outcome, end.value]).toEqual([Outcome.ok, -1])
  })
  test('5 calls a second for all who read the shard (KIN-1)', () => {
    const it = open({ ShardCount: 2 }, {}, { M: 'S', N: 'S' })
    const asked = ['M', 'N', 'M', 'N', 'M', 'N'].map((reader) => it.read(reader, 'S', GET, 0, 0, 10))
    const other = it.read('N', 'S', GET, 1, 0, 10)
    it.until(0.5)
    expect(asked.map(({ outcome }) => outcome)).toEqual([0, 0, 0, 0, 0, Outcome.throttled])
    expect(other.outcome).toBe(Outcome.ok)
    expect(it.metric('S', 'ReadProvisionedThroughputExceeded')).toBe(1)
    it.until(1)
    const again = it.read('N', 'S', GET, 0, 0, 10)
    it.until(1.1)
    expect(again.outcome).toBe(Outcome.ok)
  })
  test('10,000 records a call; 10 MB a call, and then nothing for 5 s (KIN-1)', () => {
    const it = open({ ShardCount: 1 })
    const text = 'x'.repeat(10_000)
    for (let second = 0; second < 12; second++) {
      it.until(second)
      for (let n = 0; n < 104; n++) it.write('S', PUT, { text })
    }
    const large = it.read('M', 'S', GET, 0, 0, 10_000)
    it.until(11)
    expect(large.sequences).toHaveLength(1_048)
    it.until(15.9)
    const early = it.read('M', 'S', GET, 0, 1_048, 1)
    it.until(16)
    const late = it.read('M', 'S', GET, 0, 1_048, 1)
    it.until(16.1)
    expect([early.outcome, late.outcome]).toEqual([Outcome.throttled, Outcome.ok])
    const small = open({ ShardCount: 1 })
    for (let second = 0; second < 11; second++) {
      small.until(second)
      for (let n = 0; n < 1_000; n++) small.write('S', PUT, {})
    }
    const many = small.read('M', 'S', GET, 0, 0, 100_000)
    small.until(10)
    expect(many.sequences).toHaveLength(10_000)
  })
  test('the age is that of the last record read (KIN-8)', () => {
    const it = open()
    it.write('S', PUT, {})
    it.until(1)
    it.write('S', PUT, {})
    it.until(4)
    const got = it.read('M', 'S', GET, 0, 0, 10)
    it.until(4)
    expect(got.arrivals).toEqual([0, 1])
    expect(it.metric('S', 'GetRecords.IteratorAgeMilliseconds')).toBe(3_000_000)
    expect([it.metric('S', 'OutgoingRecords'), it.metric('S', 'GetRecords.Records')]).toEqual([2, 2])
  })
  test('a record is gone after the retention period, which may change (KIN-4)', () => {
    const it = open({ RetentionPeriodHours: 24 })
    it.write('S', PUT, {})
    it.until(86_399)
    expect(it.topic('oldest', 0)).toBe(0)
    it.configure('S', { RetentionPeriodHours: 48 })
    it.until(86_401)
    it.write('S', PUT, {})
    expect(it.topic('oldest', 0)).toBe(0)
    it.configure('S', { RetentionPeriodHours: 24 })
    expect([it.topic('oldest', 0), it.topic('next', 0)]).toEqual([1, 2])
  })
  test('a client that reads by hand is answered, and no parcel stays behind', () => {
    const it = open()
    it.write('S', PUT, {})
    const before = JSON.stringify(it.parcels.save())
    const asked = it.write('S', GET, {}, 5)
    it.until(0)
    expect(asked.outcome).toBe(Outcome.ok)
    expect(JSON.stringify(it.parcels.save()).length - before.length).toBeLessThan(6)
  })
})

describe('enhanced fan-out (KIN-5)', () => {
  test.each([
    ['of the consumer', 'C', 'kinesis:SubscribeToShard'],
    ['of the stream, by a mapping of the consumer', 'S', GET],
  ])('records come after 70 ms, whoever polls meanwhile: call %s', (_, to, action) => {
    const it = open({}, { C: consumer }, { M: 'S', E: 'C' })
    it.write('S', PUT, {})
    for (let i = 0; i < 6; i++) it.read('M', 'S', GET, 0, 0, 10)
    const pushed = Array.from({ length: 10 }, () => it.read('E', to, action, 0, 0, 10))
    it.until(0.069)
    expect(pushed[0]!.outcome).toBeUndefined()
    it.until(0.07)
    expect(pushed.map(({ sequences }) => sequences.length)).toEqual(Array(10).fill(1))
    expect(it.metric('C', 'SubscribeToShardEvent.Records')).toBe(10)
    expect(it.metric('S', 'GetRecords.Success')).toBe(5)
  })
  test('a consumer has the shards of its stream and is told of every record', () => {
    const it = open({ ShardCount: 3 }, { C: consumer, A: stream({ ShardCount: 2 }) })
    expect(['A', 'S', 'C'].map((id) => [it.topic('firstShard', id), it.topic('shards', id)])).toEqual([
      [0, 2],
      [2, 3],
      [2, 3],
    ])
    it.write('S', PUT, { group: 'b' })
    expect(it.told).toEqual([
      ['S', 2 + shardOfKey('b', 3)],
      ['C', 2 + shardOfKey('b', 3)],
    ])
  })
})

test('property: every record is read once, in order, by who reads on from where it stopped; a key stays in its shard', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', undefined)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.tuple(keys, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 4 })), {
        maxLength: 60,
        size: 'max',
      }),
      (ShardCount, writes) => {
        const it = open({ ShardCount })
        const cursors = Array.from({ length: ShardCount }, () => 0)
        const read: [number, number, string | undefined][][] = cursors.map(() => [])
        const readOn = (shard: number, most: number): void => {
          const got = it.read('M', 'S', GET, shard, cursors[shard]!, most)
          it.until(it.kernel.now / 1e6)
          got.sequences.forEach((sequence, i) => {
            const { body, group } = got.payloads[i]!
            read[shard]!.push([sequence, body['n'] as number, group])
            cursors[shard] = sequence + 1
          })
        }
        writes.forEach(([group, wait, most], n) => {
          it.write('S', PUT, { body: { n }, ...(group === undefined ? {} : { group }) })
          it.until(it.kernel.now / 1e6 + wait / 1_000)
          readOn(n % ShardCount, most)
        })
        for (let shard = 0; shard < ShardCount; shard++) {
          it.until(Math.floor(it.kernel.now / 1e6) + 1)
          readOn(shard, 10_000)
        }
        expect(read.flatMap((own) => own.map(([, n]) => n)).sort((x, y) => x - y)).toEqual(writes.map((_, n) => n))
        read.forEach((own, shard) => {
          expect(own.map(([sequence]) => sequence)).toEqual(own.map((_, i) => i))
          expect(own.map(([, n]) => n)).toEqual(own.map(([, n]) => n).toSorted((x, y) => x - y))
          for (const [, , group] of own) if (group !== undefined) expect(shardOfKey(group, ShardCount)).toBe(shard)
        })
      },
    ),
    { numRuns: 60 },
  )
})

describe('in a run', () => {
  const traffic = { pattern: 'constant', rate: 2_000, at: 0, count: 6_000 }
  test('2,000 records a second under one key: half are refused, by keys spread over 4 shards none', () => {
    const hot = runOf(
      scenarioOf({ C: client(PUT, 'S', traffic, { group: 'k' }), S: stream({ ShardCount: 4 }) }, { duration: 10 }),
    )
    expect([hot.total('C', 'Successes'), hot.total('C', 'Failures')]).toEqual([3_000, 3_000])
    expect(hot.total('S', 'WriteProvisionedThroughputExceeded')).toBe(3_000)
    expect(hot.reasons('kinesis.tooManyRecords')).toHaveLength(3_000)
    const spread = runOf(scenarioOf({ C: client(PUT, 'S', traffic), S: stream({ ShardCount: 4 }) }, { duration: 10 }))
    expect(spread.total('C', 'Successes')).toBe(6_000)
  })
  test('a client that retries gets its record in (KIN-7)', () => {
    const ran = runOf(
      scenarioOf({
        C: client(PUT, 'S', { pattern: 'burst', count: 1_500, at: 0 }, { group: 'k', retries: { max: 3, base: 1 } }),
        S: stream({ ShardCount: 1 }),
      }),
    )
    expect([ran.total('C', 'Successes'), ran.total('C', 'Retries')]).toEqual([1_500, 500])
  })
  test('a function puts records with its permission', () => {
    const ran = runOf(
      scenarioOf({
        C: client('lambda:Invoke', 'F', { pattern: 'constant', rate: 10, at: 0, count: 30 }),
        F: {
          Type: 'AWS::Lambda::Function',
          Properties: { Role: 'R' },
          Behavior: { steps: [{ call: PUT, to: 'S', group: 'k', body: { n: 1 } }] },
        },
        R: mayAll,
        S: stream(),
      }),
    )
    expect([ran.total('C', 'Successes'), ran.total('S', 'IncomingRecords')]).toEqual([30, 30])
  })
  test('what a stream holds, and what it costs', () => {
    const scenario = scenarioOf(
      {
        C: client(
          PUT,
          'S',
          { pattern: 'constant', rate: 1, at: 0, count: 3 },
          { group: 'k', text: 'x'.repeat(30_000) },
        ),
        S: stream({ ShardCount: 2 }),
      },
      { duration: 3_600 },
    )
    const run = createRun(scenario)
    while (!run.advance(1e6)) continue
    expect(run.contents().map(({ kind, key, value }) => [kind, key, (value as JsonObject)['partitionKey']])).toEqual(
      Array.from({ length: 3 }, () => ['record', 'k', 'k']),
    )
    expect(run.costs().map(({ item, quantity, usd }) => [item, quantity, usd])).toEqual([
      ['Shards', 2, 0.03],
      ['PUT payload units', 6, 6 * 0.000000014],
    ])
    const onDemand = runOf({
      ...scenario,
      resources: { ...scenario.resources, S: stream({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } }) },
    })
    expect(onDemand.costs.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['Stream', 1],
      ['Written', 90_003 / 1e9],
      ['Read', 0],
    ])
  })
  test('goes on from a keyframe as it went on by itself', async () => {
    const { resumeRun } = await import('../../engine/run')
    const scenario = scenarioOf(
      {
        C: client(PUT, 'S', { pattern: 'poisson', rate: 900, at: 0 }),
        D: client(PUT, 'S', { pattern: 'poisson', rate: 900, at: 0 }, { group: 'k' }),
        S: stream({ ShardCount: 3 }),
      },
      { duration: 10, interventions: [{ at: 2, set: '/resources/S/Properties/RetentionPeriodHours', value: 48 }] },
    )
    const end = (run: ReturnType<typeof createRun>): unknown => {
      while (!run.advance(1e6)) continue
      return [run.series(), run.costs(), run.contents()]
    }
    const half = createRun(scenario)
    half.advance(9_000)
    const frame = half.kernel.keyframe()
    half.advance(500)
    expect(end(resumeRun(scenario, frame, half.keyframes))).toEqual(end(createRun(scenario)))
  })
})

test('queries find records by what they hold', () => {
  const C = client(PUT, 'S', { pattern: 'burst', count: 3, at: 1 }, { body: { n: 1 }, group: 'k' })
  const queries = [
    { m: 'records', of: 'S', where: { partitionKey: 'k', 'body.n': 1 } },
    { m: 'records', of: 'S', where: { 'body.n': 2 } },
    { m: 'record', of: 'S', field: 'shardId' },
    { m: 'state.count', of: 'S' },
  ]
  const answers = ask(queries, scenarioOf({ S: stream(), C }))
  expect(answers.map(({ value }) => value)).toEqual([3, 0, 'shardId-000000000000', 3])
})
