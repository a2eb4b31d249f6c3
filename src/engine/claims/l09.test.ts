/** Lesson 9, streams: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { shardOfKey } from '../../services/shards-hash'
import { simulate } from '../simulate'
import {
  BURST,
  client,
  fn,
  measure,
  NO_OVERHEAD,
  one,
  queue,
  reasonsOf,
  scenarioOf,
  table,
  type Resources,
} from './run.fixture'

/** A partition key of a shard among two. */
const keyOf = (shard: number): string => {
  for (let i = 0; ; i++) if (shardOfKey(`sensor-${i}`, 2) === shard) return `sensor-${i}`
}
const stream = (ShardCount: number): Resource => ({ Type: 'AWS::Kinesis::Stream', Properties: { ShardCount } })
const puts = (traffic: JsonObject, shard: number, more: JsonObject = {}): Resource =>
  client(traffic, 'Stream', { call: 'kinesis:PutRecord', group: keyOf(shard), ...more })
const mapping = (properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: 'Stream',
    FunctionName: 'Fn',
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 100,
    ...properties,
  },
})
const run = (resources: Resources, duration = 120) => scenarioOf({ Stream: stream(2), ...resources }, duration)
const both = (more: JsonObject = {}): Resources => ({
  First: puts(BURST(250), 0),
  Second: puts(BURST(250), 1, more),
})

describe('shards (STR-ESM-1, STR-ESM-2)', () => {
  const scenario = run({ ...both(), Mapping: mapping(), Fn: fn([{ wait: 1 }], { Timeout: 60 }, NO_OVERHEAD) })
  test('9.1 the mapping reads: 500 records of two shards in batches of 100 are 6 calls, two at once', () => {
    expect(measure(scenario, { calls: 'invocations Fn', atOnce: 'concurrency.max Fn' })).toEqual({
      calls: 6,
      atOnce: 2,
    })
  })
  test('9.1 the stream calls nobody', () => {
    const { legend } = simulate(scenario)
    expect(legend.wires.filter(({ from }) => from === 'Stream')).toEqual([])
    expect(
      legend.wires
        .filter(({ from }) => from === 'Mapping')
        .map(({ action }) => action)
        .toSorted(),
    ).toEqual(['kinesis:GetRecords', 'lambda:Invoke'])
  })
  test('9.2 within a key the order holds, one batch after the other', () => {
    const one = run({
      ...both(),
      Mapping: mapping({ ParallelizationFactor: 10, BatchSize: 10 }),
      Fn: fn([{ wait: 1 }], { Timeout: 60 }, NO_OVERHEAD),
    })
    // two keys: two batches at once, whatever the factor
    expect(measure(one, { calls: 'invocations Fn', atOnce: 'concurrency.max Fn' })).toEqual({ calls: 50, atOnce: 2 })
  })
})

describe('a bad record (STR-ESM-3 to STR-ESM-7)', () => {
  const poisoned = (properties: JsonObject = {}, more: Resources = {}, duration = 600) =>
    run(
      {
        ...both({ poison: [120] }),
        Mapping: mapping(properties),
        Fn: fn([{ wait: 0.1 }, { fail: { poison: true } }], { Timeout: 60 }, NO_OVERHEAD),
        ...more,
      },
      duration,
    )
  test('9.3 blocks its shard: the age climbs, the other shard is done', () => {
    // ms, as CloudWatch counts it
    const { age, invoked } = measure(poisoned(), {
      age: { m: 'IteratorAge', of: 'Fn', stat: 'Maximum' },
      invoked: { m: 'InvokedEventCount', of: 'Mapping' },
    })
    expect(Number(age)).toBeGreaterThan(580_000)
    // 250 and the first 100 once; the batch of the bad one again and again
    expect((Number(invoked) - 350) % 100).toBe(0)
    expect(reasonsOf(poisoned(), 'lambda.shardBlocked').length).toBeGreaterThan(50)
  })
  test('9.4 a split, a bounded number of retries and a destination free it: one record is set aside', () => {
    const freed = poisoned(
      {
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 3,
        DestinationConfig: { OnFailure: { Destination: 'Failed' } },
      },
      { Failed: queue() },
    )
    const answers = measure(freed, {
      aside: 'queue.depth Failed',
      dropped: { m: 'DroppedEventCount', of: 'Mapping' },
      age: { m: 'IteratorAge', of: 'Fn', stat: 'Maximum' },
    })
    expect(answers).toMatchObject({ aside: 1, dropped: 1 })
    expect(Number(answers.age)).toBeLessThan(60_000)
  })
  test('9.5 blocked for a day, what is behind it expires', () => {
    const day = 86_400
    const expired = reasonsOf(poisoned({}, {}, day + 60), 'lambda.recordsExpired')
    expect(expired.reduce((sum, { value }) => sum + value, 0)).toBe(150)
    expect(expired[0]!.at).toBeGreaterThanOrEqual(day)
  })
  test.each([
    [500, 1],
    [450, 0],
  ])('9.6 a batch of %d at 2 s each: %d timeouts at least', (BatchSize, least) => {
    const long = scenarioOf(
      {
        Stream: stream(1),
        All: client(BURST(500), 'Stream', { call: 'kinesis:PutRecord' }),
        Mapping: mapping({ BatchSize, MaximumRetryAttempts: 0 }),
        Fn: fn([{ wait: 2, perMessage: true }], { Timeout: 900 }, NO_OVERHEAD),
      },
      2_400,
    )
    const timeouts = Number(one(long, 'timeouts Fn'))
    if (least === 0) expect(timeouts).toBe(0)
    else expect(timeouts).toBeGreaterThanOrEqual(least)
  })
})

describe('readers', () => {
  test('9.7 each of two sees everything', () => {
    const two = run({
      ...both(),
      Mapping: mapping(),
      Fn: fn([{ wait: 0.1 }], {}, NO_OVERHEAD),
      Another: mapping({ FunctionName: 'Other' }),
      Other: fn([{ wait: 0.1 }], {}, NO_OVERHEAD),
    })
    const seen = (of: string) => one(two, { m: 'InvokedEventCount', of })
    expect([seen('Mapping'), seen('Another')]).toEqual([500, 500])
  })
  test('9.8 three inserts and two updates of a table are five records', () => {
    const changes = scenarioOf(
      {
        Table: { ...table, Properties: { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } } },
        ...Object.fromEntries(
          ['a', 'b', 'c', 'a', 'b'].map((key, i): [string, Resource] => [
            `Put${i}`,
            client({ pattern: 'once', at: i }, 'Table', {
              call: 'dynamodb:PutItem',
              body: { key, item: { id: key, n: i } },
            }),
          ]),
        ),
        Mapping: mapping({ EventSourceArn: 'Table', BatchSize: 1 }),
        Fn: fn([{ wait: 0.01 }]),
        Updates: mapping({
          EventSourceArn: 'Table',
          FunctionName: 'OnUpdate',
          FilterCriteria: {
            Filters: [{ Pattern: { eventName: ['MODIFY'], dynamodb: { OldImage: { n: { N: ['0'] } } } } }],
          },
        }),
        OnUpdate: fn([{ wait: 0.01 }]),
      },
      60,
    )
    expect(one(changes, { m: 'InvokedEventCount', of: 'Mapping' })).toBe(5)
    // the old image is there to be filtered by
    expect(one(changes, { m: 'InvokedEventCount', of: 'Updates' })).toBe(1)
  })
})
