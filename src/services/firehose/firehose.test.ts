import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, type Ran, runOf, scenarioOf } from '../run.fixture'

type Resources = { [id: string]: Resource }
const stream = (destination: JsonObject = {}, more: JsonObject = {}): Resource => ({
  Type: 'AWS::KinesisFirehose::DeliveryStream',
  Properties: {
    ...more,
    ExtendedS3DestinationConfiguration: { BucketARN: 'B', RoleARN: 'Role', ...destination },
  },
})
const hints = (IntervalInSeconds: number, SizeInMBs = 5): JsonObject => ({
  BufferingHints: { IntervalInSeconds, SizeInMBs },
})
const by = (LambdaArn: string, ...more: [string, string][]): JsonObject => ({
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [
      {
        Type: 'Lambda',
        Parameters: [['LambdaArn', LambdaArn], ...more].map(([ParameterName = '', ParameterValue = '']) => ({
          ParameterName,
          ParameterValue,
        })),
      },
    ],
  },
})
const puts = (traffic: JsonObject, more: JsonObject = {}): Resource => client('firehose:PutRecord', 'F', traffic, more)
const fn = (steps: JsonObject[], more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 128, Timeout: 3, Role: 'Role', ...more },
  Behavior: { steps },
})
const run = (resources: Resources, more: Partial<Scenario> = {}): Ran =>
  runOf(scenarioOf({ Role: mayAll, B: { Type: 'AWS::S3::Bucket' }, ...resources }, more))
const objects = (ran: Ran): JsonObject[] =>
  ran
    .contents()
    .filter(({ resource }) => resource === 'B')
    .map(({ value }) => value as JsonObject)

describe('a buffer is emptied', () => {
  test('when its first record has waited for the interval: many records, one object', () => {
    const ran = run({
      C: puts({ pattern: 'constant', rate: 1, count: 10, at: 1 }, { body: { page: '/' } }),
      F: stream(hints(60)),
    })
    expect(ran.total('F', 'IncomingRecords')).toBe(10)
    expect(objects(ran)).toHaveLength(1)
    expect(objects(ran)[0]!['body']).toMatchObject({
      records: 10,
      first: Array.from({ length: 10 }, () => ({ page: '/' })),
    })
    expect(String(objects(ran)[0]!['key'])).toMatch(/^2026\/11\/20\/00\/F-1-2026-11-20-00-01-0\d-[0-9a-f]{12}$/)
    const [at] = ran.level('B', 'objects')[0]!
    expect(at).toBeGreaterThan(61)
    expect(at).toBeLessThan(61.2)
    expect(ran.reasons('firehose.flushedByTime').map(([, value]) => value)).toEqual([10])
    expect(ran.max('F', 'RecordsBuffered')).toBe(10)
    expect(ran.level('F', 'buffered').at(-1)![1]).toBe(0)
  })
  test('when it holds its size, whichever comes first', () => {
    // 600 kB each: the second completes 1 MB
    const body = { pad: 'x'.repeat(600_000) }
    const ran = run({
      C: puts({ pattern: 'constant', rate: 1, count: 5, at: 1 }, { body }),
      F: stream(hints(60, 1)),
    })
    expect(ran.reasons('firehose.flushedBySize').map(([, value]) => value)).toEqual([2, 2])
    expect(ran.reasons('firehose.flushedByTime').map(([, value]) => value)).toEqual([1])
    expect(objects(ran)).toHaveLength(3)
    expect(ran.total('F', 'DeliveryToS3.Records')).toBe(5)
  })
})

describe('a function transforms', () => {
  const traffic = { pattern: 'constant', rate: 1, count: 10, at: 1 }
  test('what has gathered, in one call that is waited for; then it is delivered', () => {
    const ran = run({ C: puts(traffic), Fn: fn([{ wait: 0.5 }]), F: stream({ ...hints(60), ...by('Fn') }) })
    expect(ran.total('Fn', 'Invocations')).toBe(1)
    expect(ran.total('F', 'SucceedProcessing.Records')).toBe(10)
    expect(objects(ran)).toHaveLength(1)
    // 60 s of its own for the function, then 60 s of the delivery
    expect(ran.level('B', 'objects')[0]![0]).toBeGreaterThan(121)
  })
  test('what it fails on is called again, then written apart', () => {
    const ran = run({
      C: puts(traffic, { poison: [3] }),
      Fn: fn([{ wait: 0.1 }, { fail: { poison: true } }]),
      F: stream({ ...hints(60), ...by('Fn', ['NumberOfRetries', '2'], ['BufferIntervalInSeconds', '20']) }),
    })
    expect(ran.total('Fn', 'Invocations')).toBe(3)
    expect(ran.reasons('firehose.transformRetry').map(([, value]) => value)).toEqual([1, 2])
    expect(ran.reasons('firehose.transformFailed').map(([, value]) => value)).toEqual([3])
    expect(ran.total('F', 'FailedProcessing.Records')).toBe(10)
    expect(String(objects(ran)[0]!['key'])).toMatch(/^processing-failed\/2026/)
  })
})

describe('delivery', () => {
  test('is tried again for a day, also where permission is missing, and then lost', () => {
    const resources = {
      C: puts({ pattern: 'once', at: 1 }),
      F: stream({ ...hints(0), RoleARN: 'Nobody' }),
      Nobody: { Type: 'AWS::IAM::Role', Properties: { Policies: [] } },
    }
    const soon = run(resources, { duration: 3_600 })
    expect(soon.total('F', 'RecordsLost')).toBe(0)
    expect(
      soon
        .reasons('firehose.deliveryRetry')
        .slice(0, 4)
        .map(([, value]) => value),
    ).toEqual([1, 2, 4, 8])
    const late = run(resources, { duration: 100_000 })
    expect(late.total('F', 'RecordsLost')).toBe(1)
    expect(late.reasons('firehose.deliveryDropped')[0]![0]).toBeCloseTo(86_401, -1)
  })
  test('goes on as soon as the bucket is back', () => {
    const ran = run(
      { C: puts({ pattern: 'once', at: 1 }), F: stream(hints(10)) },
      {
        interventions: [
          { at: 0, fault: 'resource-down', resource: 'B' },
          { at: 30, repair: 'resource-down', resource: 'B' },
        ],
      },
    )
    expect(ran.total('F', 'DeliveryToS3.Records')).toBe(1)
    expect(ran.level('B', 'objects')[0]![0]).toBeGreaterThan(30)
  })
  test('without a bucket says that all is lost', () => {
    const ran = run({ C: puts({ pattern: 'burst', count: 4, at: 0 }), F: stream({ ...hints(5), BucketARN: 'Gone' }) })
    expect(ran.reasons('firehose.noDestination').map(([, value]) => value)).toEqual([4])
    expect(ran.total('F', 'RecordsLost')).toBe(4)
  })
})

test('it reads every shard of a stream from where the stream is now, and takes nothing away', () => {
  const ran = run({
    S: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 3 } },
    C: client('kinesis:PutRecord', 'S', { pattern: 'constant', rate: 10, count: 100, at: 1 }),
    F: stream(hints(30), {
      DeliveryStreamType: 'KinesisStreamAsSource',
      KinesisStreamSourceConfiguration: { KinesisStreamARN: 'S', RoleARN: 'Role' },
    }),
  })
  expect(ran.total('F', 'IncomingRecords')).toBe(100)
  expect(ran.total('F', 'DeliveryToS3.Records')).toBe(100)
  // each shard once a second at most; every call has its answer
  const calls = ran.hops('kinesis:GetRecords').length / 2
  expect(calls).toBeGreaterThan(3)
  expect(calls).toBeLessThanOrEqual(3 * 11)
  expect(ran.contents().filter(({ resource }) => resource === 'S')).toHaveLength(100)
})
