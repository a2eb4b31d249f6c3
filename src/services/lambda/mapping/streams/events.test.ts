import { expect, test } from 'vitest'
import { isoTime } from '../../../../model/identity'
import type { Payload } from '../../../service'
import {
  base64,
  discardRecord,
  filteredRecord,
  recordOf,
  RUN_BEGINS,
  sequenceNumber,
  type StreamSource,
} from './events'

const KINESIS: StreamSource = {
  service: 'kinesis',
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:Fn',
  version: '$LATEST',
  streamArn: 'arn:aws:kinesis:us-east-1:123456789012:stream/Stream',
  role: 'arn:aws:iam::123456789012:role/Role',
}
const DYNAMODB: StreamSource = {
  ...KINESIS,
  service: 'dynamodb',
  streamArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Table/stream/x',
}
const payload = (more: Partial<Payload>): Payload => ({ body: {}, poison: false, ...more })

test('runs begin when identity.ts says', () => {
  expect(Date.parse(isoTime(0)) / 1_000).toBe(RUN_BEGINS)
})
test.each(['', 'a', 'ab', 'abc', 'šumma 😀', '{"input": "hello", "value": "world", "raise_error": 1}'])(
  'Base64 of %j is that of its UTF-8',
  (text) => expect(base64(text)).toBe(Buffer.from(text, 'utf8').toString('base64')),
)
test('sequence numbers have the length of AWS and the order of records', () => {
  const numbers = [0, 1, 9, 10, 99_999].map((n) => sequenceNumber('kinesis', 3, n))
  expect(numbers.every((it) => /^\d{56}$/.test(it))).toBe(true)
  expect(numbers.toSorted()).toEqual(numbers)
  expect(sequenceNumber('dynamodb', 0, 4)).toMatch(/^\d{21}$/)
})
test('a record of Kinesis as the function gets it', () => {
  const record = { payload: payload({ body: { n: 1 }, group: 'custom' }), sequence: 4, arrived: 1_500_000 }
  expect(recordOf(KINESIS, 2, record)).toEqual({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'custom',
      sequenceNumber: sequenceNumber('kinesis', 2, 4),
      data: 'eyJuIjoxfQ==',
      approximateArrivalTimestamp: RUN_BEGINS + 1.5,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000002:${sequenceNumber('kinesis', 2, 4)}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: KINESIS.role,
    awsRegion: 'us-east-1',
    eventSourceARN: KINESIS.streamArn,
  })
})
test('a change of a table as the function gets it', () => {
  const body = { eventName: 'INSERT', dynamodb: { Keys: { id: { S: 'a' } }, StreamViewType: 'KEYS_ONLY' } }
  expect(recordOf(DYNAMODB, 0, { payload: payload({ body }), sequence: 0, arrived: 2_900_000 })).toMatchObject({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: { id: { S: 'a' } },
      ApproximateCreationDateTime: RUN_BEGINS + 2,
      SequenceNumber: sequenceNumber('dynamodb', 0, 0),
    },
  })
})
test('filters see the data taken apart', () => {
  const record = { payload: payload({ body: { n: 1 }, group: 'k' }), sequence: 0, arrived: 0 }
  expect(filteredRecord('kinesis', record, { n: 1 })).toMatchObject({ data: { n: 1 }, partitionKey: 'k' })
})
test('a discarded batch: the fields AWS was recorded to write, in their order', () => {
  const records = [1, 2].map((n) => ({ payload: payload({ body: { n } }), sequence: n, arrived: n * 1_000_000 }))
  const about = { condition: 'RetryAttemptsExhausted', invokes: 2, request: 'r', now: 9_000_000 } as const
  const record = discardRecord(KINESIS, 0, records, { ...about, last: { threw: true }, whole: false })
  expect(Object.keys(record)).toEqual(['requestContext', 'responseContext', 'version', 'timestamp', 'KinesisBatchInfo'])
  expect(record['responseContext']).toEqual({
    statusCode: 200,
    executedVersion: '$LATEST',
    functionError: 'Unhandled',
  })
  expect(record['KinesisBatchInfo']).toEqual({
    shardId: 'shardId-000000000000',
    startSequenceNumber: sequenceNumber('kinesis', 0, 1),
    endSequenceNumber: sequenceNumber('kinesis', 0, 2),
    approximateArrivalOfFirstRecord: '2026-11-20T00:00:01.000Z',
    approximateArrivalOfLastRecord: '2026-11-20T00:00:02.000Z',
    batchSize: 2,
    streamArn: KINESIS.streamArn,
  })
  const reported = discardRecord(KINESIS, 0, records, { ...about, last: { threw: false }, whole: true })
  expect(reported).toMatchObject({ responseContext: { functionError: null }, payload: { Records: [{}, {}] } })
  const old = discardRecord(DYNAMODB, 0, records, {
    ...about,
    condition: 'RecordAgeExceeded',
    invokes: 0,
    last: null,
    whole: false,
  })
  expect(old).not.toHaveProperty('responseContext')
  expect(old).toMatchObject({
    requestContext: { approximateInvokeCount: 1 },
    DDBStreamBatchInfo: { approximateArrivalOfFirstRecord: '2026-11-20T00:00:01Z' },
  })
})
