import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../model/scenario'
import { client, runOf, type Ran } from '../../../run.fixture'
import { shardOfKey } from '../../../shards-hash'
import { streamed, withDestination } from './streams.fixture'

/** A partition key of a shard among two. */
const keyOf = (shard: number): string => {
  for (let i = 0; ; i++) if (shardOfKey(`key ${i}`, 2) === shard) return `key ${i}`
}

const events = (run: Ran): number[] =>
  ['Polled', 'FilteredOut', 'Invoked', 'FailedInvoke', 'Dropped', 'OnFailureDestinationDelivered'].map((name) =>
    run.total('Mapping', `${name}EventCount`),
  )
const sent = (run: Ran): [number, number][] => run.reasons('lambda.shardBatch')
const states = (run: Ran, lane: string): [number, string][] =>
  run.states('shard').flatMap(([at, state, label]): [number, string][] => (label === lane ? [[at, state]] : []))

describe('reading (STR-ESM-1, STR-ESM-9)', () => {
  test('a Kinesis shard is polled once a second, a table four times', () => {
    expect(sent(runOf(streamed({})))).toEqual([[1, 10]])
    expect(sent(runOf(streamed({ table: true })))).toEqual([[0.25, 10]])
  })
  test('what comes between two polls waits for the next', () => {
    const traffic = { pattern: 'constant', rate: 10, at: 3.25, count: 10 }
    const run = runOf(streamed({ traffic, steps: [{ wait: 0.01 }] }))
    expect(sent(run).map(([at]) => at)).toEqual([4, 5])
    expect(sent(run).reduce((sum, [, count]) => sum + count, 0)).toBe(10)
  })
  test('enhanced fan-out pushes: 70 ms', () => {
    const consumer = { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: 'Stream' } }
    const run = runOf(
      streamed({
        traffic: { pattern: 'once', at: 0.3 },
        mapping: { EventSourceArn: 'Consumer' },
        more: { Consumer: consumer },
      }),
    )
    expect(sent(run)).toEqual([[0.37, 1]])
  })
  test('250 records in each of two shards, in batches of 100: as many calls as batches, two at once', () => {
    const traffic = { pattern: 'burst', count: 250 }
    const run = runOf(
      streamed({
        stream: { ShardCount: 2 },
        traffic,
        sender: { group: keyOf(0) },
        more: { Other: client('kinesis:PutRecord', 'Stream', traffic, { group: keyOf(1) }) },
      }),
    )
    expect(run.total('Fn', 'Invocations')).toBe(6)
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(2)
    expect(sent(run).map(([, count]) => count)).toEqual([100, 100, 100, 100, 50, 50])
  })
  test('TRIM_HORIZON finds what was there, LATEST does not, AT_TIMESTAMP from its time on', () => {
    const late = (mapping: JsonObject): number =>
      runOf(
        streamed(
          { traffic: { pattern: 'constant', rate: 1, count: 20 }, mapping: { Enabled: false, ...mapping } },
          { interventions: [{ at: 10.5, set: '/resources/Mapping/Properties/Enabled', value: true }] },
        ),
      ).total('Mapping', 'InvokedEventCount')
    expect(late({})).toBe(20)
    expect(late({ StartingPosition: 'LATEST' })).toBe(9)
    // records come at 0, 1, 2, ... s
    expect(late({ StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1_795_132_800 + 5 })).toBe(15)
  })
  test('a window gathers records; 6 MB end a batch earlier, Base64 counted', () => {
    const traffic = { pattern: 'constant', rate: 1, count: 10 }
    expect(sent(runOf(streamed({ traffic, mapping: { MaximumBatchingWindowInSeconds: 5 } })))).toEqual([
      [6, 6],
      [12, 4],
    ])
    const large = { sender: { text: 'x'.repeat(900_000) }, stream: { ShardCount: 1 } }
    const run = runOf(streamed({ ...large, traffic, mapping: { MaximumBatchingWindowInSeconds: 60 } }))
    // five times 1.2 MB is 6 MB
    expect(sent(run)[0]![1]).toBe(5)
  })
  test('disabled, nothing is read; enabled again it goes on where it was', () => {
    const run = runOf(
      streamed(
        { traffic: { pattern: 'constant', rate: 1, count: 60 }, steps: [{ wait: 0.1 }] },
        {
          interventions: [
            { at: 10.5, set: '/resources/Mapping/Properties/Enabled', value: false },
            { at: 30.5, set: '/resources/Mapping/Properties/Enabled', value: true },
          ],
        },
      ),
    )
    expect(run.total('Mapping', 'InvokedEventCount')).toBe(60)
    expect(sent(run).filter(([at]) => at > 11 && at < 30)).toEqual([])
    expect(sent(run).some(([, count]) => count >= 20)).toBe(true)
  })
  test('a role that may not read is asked again after a minute', () => {
    const run = runOf(streamed({ more: { Role: { Type: 'AWS::IAM::Role' } } }))
    expect(states(run, 'shard 0').slice(0, 5)).toEqual([
      [0, 'stopped'],
      [0, 'reading'],
      [1, 'denied'],
      [61, 'reading'],
      [61, 'denied'],
    ])
    expect(run.total('Fn', 'Invocations')).toBe(0)
  })
  test('five readers of a shard are served in a second, the sixth waits (KIN-1)', () => {
    const fns = Array.from({ length: 6 }, (_, i) => `More${i}`)
    const base = streamed({}).resources
    const more = Object.fromEntries(
      fns.flatMap((fn) => [
        [fn, base['Fn']!],
        [
          `Of${fn}`,
          {
            Type: 'AWS::Lambda::EventSourceMapping',
            Properties: { ...base['Mapping']!.Properties, FunctionName: fn },
          },
        ],
      ]),
    )
    const run = runOf(streamed({ mapping: { Enabled: false }, more }))
    expect(run.reasons('lambda.readThrottled').length).toBe(1)
    expect(fns.map((fn) => run.total(fn, 'Invocations'))).toEqual([1, 1, 1, 1, 1, 1])
  })
})

describe('lanes (STR-ESM-2)', () => {
  test('shards times factor batches at once, and each key in order', () => {
    const more = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `Key${i}`,
        client('kinesis:PutRecord', 'Stream', { pattern: 'burst', count: 5 }, { group: `key ${i}` }),
      ]),
    )
    const run = runOf(
      streamed({
        stream: { ShardCount: 4 },
        mapping: { ParallelizationFactor: 10, BatchSize: 1 },
        more,
      }),
    )
    expect(run.max('Fn', 'ConcurrentExecutions')).toBeLessThanOrEqual(40)
    expect(run.max('Fn', 'ConcurrentExecutions')).toBeGreaterThan(20)
    expect(run.total('Mapping', 'InvokedEventCount')).toBe(210)
    expect(run.level('Mapping', 'pollers').at(-1)).toEqual([0, 40])
  })
  test('one key stays in one lane, whatever the factor', () => {
    const run = runOf(
      streamed({ sender: { group: 'a' }, mapping: { ParallelizationFactor: 10, BatchSize: 1 }, steps: [{ wait: 1 }] }),
    )
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(1)
    expect(run.total('Fn', 'Invocations')).toBe(10)
  })
})

describe('failure (STR-ESM-3 to STR-ESM-7)', () => {
  test('a poison record blocks its shard for ever; iterator age climbs, other shards go on', () => {
    const run = runOf(
      streamed(
        {
          stream: { ShardCount: 2 },
          traffic: { pattern: 'constant', rate: 1, count: 100 },
          sender: { group: keyOf(0) },
          mapping: { BatchSize: 1 },
          steps: [{ wait: 0.01 }],
          more: {
            Bad: client('kinesis:PutRecord', 'Stream', { pattern: 'once', at: 5 }, { group: keyOf(1), poison: [1] }),
            Good: client('kinesis:PutRecord', 'Stream', { pattern: 'burst', count: 5, at: 6 }, { group: keyOf(1) }),
          },
          behavior: { steps: [{ wait: 0.01 }, { fail: { poison: true } }] },
        },
        { duration: 300 },
      ),
    )
    const blocked = run.states('shard').filter(([, state]) => state === 'blocked')
    expect(new Set(blocked.map(([, , lane]) => lane)).size).toBe(1)
    // 1, 2, 4, 8 s, then every 10 s
    const at = run.reasons('lambda.shardBlocked').map(([, wait]) => wait)
    expect(at.slice(0, 6)).toEqual([1, 2, 4, 8, 10, 10])
    expect(run.max('Fn', 'IteratorAge')).toBeGreaterThan(280e6)
    expect(run.total('Mapping', 'DroppedEventCount')).toBe(0)
    // the hundred of the other shard are done; five wait behind the bad one
    expect(sent(run).length).toBe(100 + blocked.length)
  })
  test('retries are counted: two more attempts, then what is known goes to the destination', () => {
    const run = runOf(streamed({ ...withDestination({ MaximumRetryAttempts: 2 }), steps: [{ fail: {} }] }))
    expect(events(run)).toEqual([10, 0, 30, 30, 10, 10])
    expect(run.reasons('lambda.recordsExhausted')).toEqual([[4, 10]])
    expect(run.level('Failed', 'visible').at(-1)?.[1]).toBe(1)
  })
  test('without a destination they are gone, and Why? says so', () => {
    const run = runOf(streamed({ mapping: { MaximumRetryAttempts: 0 }, steps: [{ fail: {} }] }))
    expect(events(run)).toEqual([10, 0, 10, 10, 10, 0])
    expect(run.reasons('lambda.recordsLost').length).toBe(1)
  })
  test('a split takes no retry: of eight with one that is bad only that one is discarded', () => {
    const run = runOf(
      streamed({
        ...withDestination({ MaximumRetryAttempts: 2, BisectBatchOnFunctionError: true }),
        traffic: { pattern: 'burst', count: 8 },
        sender: { poison: [3] },
        steps: [{ fail: { poison: true } }],
      }),
    )
    expect(run.reasons('lambda.shardBisected').map(([, size]) => size)).toEqual([4, 2, 1])
    // 8, 4, 1 2 done, 3 4, 3 three times, 4, 5 to 8
    expect(sent(run).map(([, size]) => size)).toEqual([8, 4, 2, 2, 1, 1, 1, 1, 4])
    expect(events(run).slice(4)).toEqual([1, 1])
  })
  test('a refused batch waits and loses no retry', () => {
    const run = runOf(
      streamed(
        { ...withDestination({ MaximumRetryAttempts: 0 }), fn: { ReservedConcurrentExecutions: 0 } },
        {
          interventions: [{ at: 60, set: '/resources/Fn/Properties/ReservedConcurrentExecutions', value: 5 }],
        },
      ),
    )
    expect(events(run).slice(4)).toEqual([0, 0])
    expect(run.total('Fn', 'Invocations')).toBe(1)
    expect(run.reasons('lambda.shardHeld').length).toBeGreaterThan(3)
  })
  test('records that grow too old are discarded, and only those', () => {
    const run = runOf(
      streamed({
        ...withDestination({ MaximumRecordAgeInSeconds: 60 }),
        traffic: { pattern: 'constant', rate: 1, count: 5 },
        mapping: {
          ...withDestination().mapping,
          MaximumRecordAgeInSeconds: 60,
          MaximumBatchingWindowInSeconds: 10,
        },
        steps: [{ fail: {} }],
      }),
    )
    const discarded = run.reasons('lambda.recordsTooOld')
    expect(discarded.reduce((sum, [, count]) => sum + count, 0)).toBe(5)
    expect(discarded[0]![0]).toBeGreaterThan(60)
    expect(discarded.at(-1)![0]).toBeLessThanOrEqual(76)
    expect(run.level('Failed', 'visible').at(-1)?.[1]).toBe(discarded.length)
  })
  test('more batches than one grow too old at once', () => {
    const run = runOf(
      streamed(
        { ...withDestination({ MaximumRecordAgeInSeconds: 60, BatchSize: 4, Enabled: false }) },
        { interventions: [{ at: 120, set: '/resources/Mapping/Properties/Enabled', value: true }] },
      ),
    )
    expect(run.reasons('lambda.recordsTooOld')).toEqual([[120, 10]])
    const blocked = runOf(
      streamed({ ...withDestination({ MaximumRecordAgeInSeconds: 60, BatchSize: 4 }), steps: [{ fail: {} }] }),
    )
    expect(blocked.reasons('lambda.recordsTooOld').map(([, count]) => count)).toEqual([4, 6])
    expect(states(blocked, 'shard 0').at(-1)![1]).toBe('reading')
  })
  test('what the stream no longer keeps is lost, and the shard goes on', () => {
    const day = 86_400
    const run = runOf(
      streamed(
        {
          traffic: { pattern: 'once', at: 0 },
          sender: { poison: [1] },
          steps: [{ fail: { poison: true } }],
          ...withDestination(),
          more: {
            ...withDestination().more,
            Good: client('kinesis:PutRecord', 'Stream', { pattern: 'once', at: 3_600 }, {}),
          },
        },
        { duration: day + 100 },
      ),
    )
    expect(run.reasons('lambda.recordsExpired').map(([, count]) => count)).toEqual([1])
    expect(run.reasons('lambda.recordsExpired')[0]![0]).toBeGreaterThanOrEqual(day)
    expect(states(run, 'shard 0').at(-1)![1]).toBe('reading')
    expect(events(run).slice(4)).toEqual([1, 0])
  })
})

describe('partial batch response (STR-ESM-6)', () => {
  const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] }
  const failing = (names: string[]): JsonObject => ({
    response: { batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })) },
  })
  test('the lowest failure is the checkpoint: it and everything behind it comes again', () => {
    const run = runOf(
      streamed({
        ...withDestination({ ...REPORTS, MaximumRetryAttempts: 0 }),
        behavior: failing(['#7', '#4']),
      }),
    )
    expect(run.reasons('lambda.shardCheckpoint')).toEqual([[2, 3]])
    expect(events(run)).toEqual([10, 0, 10, 7, 7, 7])
  })
  test('with a split the batch goes on where it failed and takes no retry', () => {
    const run = runOf(
      streamed({
        ...withDestination({ ...REPORTS, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true }),
        steps: [
          { wait: 0, perMessage: true },
          { fail: { poison: true }, perMessage: true },
        ],
        sender: { poison: [4] },
        behavior: { reportFailures: true },
      }),
    )
    expect(events(run).slice(4)).toEqual([1, 1])
    expect(run.reasons('lambda.recordsExhausted').map(([, count]) => count)).toEqual([1])
  })
  test('a name that no record has fails the whole batch', () => {
    const run = runOf(
      streamed({ ...withDestination({ ...REPORTS, MaximumRetryAttempts: 1 }), behavior: failing(['#11']) }),
    )
    expect(events(run)).toEqual([10, 0, 20, 20, 10, 10])
    expect(run.reasons('lambda.shardResponseInvalid').length).toBe(2)
  })
  test('a mapping that does not ask for it reads no response', () => {
    expect(events(runOf(streamed({ behavior: failing(['#1']) })))).toEqual([10, 0, 10, 0, 0, 0])
  })
})

describe('filters (ESM-4)', () => {
  test('what does not match is passed over', () => {
    const run = runOf(
      streamed({
        sender: { body: { kind: 'a' } },
        mapping: { FilterCriteria: { Filters: [{ Pattern: { data: { kind: ['a'] } } }] } },
        more: { Other: client('kinesis:PutRecord', 'Stream', { pattern: 'burst', count: 6 }, { body: { kind: 'b' } }) },
      }),
    )
    expect(events(run)).toEqual([16, 6, 10, 0, 0, 0])
    expect(run.reasons('lambda.recordsFiltered').map(([, count]) => count)).toEqual([6])
  })
})

describe('tumbling windows (STR-ESM-8)', () => {
  const traffic = { pattern: 'constant', rate: 1, count: 25 }
  test('batches keep within their window, and each window has a last invocation', () => {
    const run = runOf(streamed({ traffic, mapping: { TumblingWindowInSeconds: 10 }, steps: [{ wait: 0.01 }] }))
    expect(run.reasons('lambda.windowOver').length).toBe(3)
    expect(run.total('Mapping', 'InvokedEventCount')).toBe(25)
  })
  test('a state over 1 MB ends its window early', () => {
    const response = { state: { text: 'x'.repeat(1_100_000) } }
    const run = runOf(
      streamed({ traffic, mapping: { TumblingWindowInSeconds: 10 }, steps: [{ wait: 0.01 }], behavior: { response } }),
    )
    expect(run.reasons('lambda.windowCut').length).toBeGreaterThan(3)
    expect(run.reasons('lambda.windowOver').length).toBe(run.reasons('lambda.windowCut').length)
  })
})
