import type { Json, JsonObject } from '../../../../model/scenario'
import { isoTime } from '../../../../model/identity'
import { MICROS } from '../../../../model/units'
import { HANDLE, ITEM, PAYLOAD, RECEIVES } from '../../../parcel'
import type { Payload, Payloads } from '../../../service'
import { utf8 } from '../../../shards-hash'

/** Names of a mapping's source and function as AWS writes them. */
export interface StreamSource {
  readonly service: 'kinesis' | 'dynamodb'
  readonly functionArn: string
  /** `$LATEST` or the number. */
  readonly version: string
  readonly streamArn: string
  readonly role: string
}

/** A record as it was read: its content, place in its shard (0, 1, 2, ...) and arrival (µs). */
export interface StreamRecord {
  readonly payload: Payload
  readonly sequence: number
  readonly arrived: number
}

/** Why records are given up (STR-ESM-7). */
export type StreamCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded'

/** When runs begin, in seconds since 1970 (model/identity.ts). */
export const RUN_BEGINS = 1_795_132_800
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** 56 digits in Kinesis, 21 in DynamoDB; their order is that of the records. `shard`: within the stream. */
export function sequenceNumber(service: StreamSource['service'], shard: number, sequence: number): string {
  const last = String(sequence + 1)
  return service === 'kinesis'
    ? `4967${String(shard).padStart(12, '0')}${last.padStart(40, '0')}`
    : `1${String(shard).padStart(8, '0')}${last.padStart(12, '0')}`
}

export const shardId = (service: StreamSource['service'], shard: number): string =>
  service === 'kinesis'
    ? `shardId-${String(shard).padStart(12, '0')}`
    : `shardId-${String(RUN_BEGINS).padStart(20, '0')}-${String(shard).padStart(8, '0')}`

export function base64(text: string): string {
  const bytes = utf8(text)
  let coded = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let k = 0; k < 4; k++) coded += i + k > bytes.length ? '=' : DIGITS[(three >> (18 - 6 * k)) & 63]!
  }
  return coded
}

export const jsonBytes = (value: Json): number => utf8(JSON.stringify(value)).length

/** Seconds since 1970, as events of streams carry times. */
const seconds = (micros: number): number => RUN_BEGINS + Math.floor(micros / 1_000) / 1_000
const keyOf = ({ payload, sequence }: StreamRecord): string => payload.group ?? `record-${sequence}`
const contentOf = ({ body, text }: Payload): string => text ?? JSON.stringify(body)

/** One of the `Records` a function gets. */
export function recordOf(of: StreamSource, shard: number, record: StreamRecord): JsonObject {
  const number = sequenceNumber(of.service, shard, record.sequence)
  if (of.service === 'dynamodb') return changeOf(of, number, record)
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: keyOf(record),
      sequenceNumber: number,
      data: base64(contentOf(record.payload)),
      approximateArrivalTimestamp: seconds(record.arrived),
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId(of.service, shard)}:${number}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: of.role,
    awsRegion: 'us-east-1',
    eventSourceARN: of.streamArn,
  }
}

function changeOf(of: StreamSource, number: string, { payload, arrived }: StreamRecord): JsonObject {
  const { eventName, dynamodb } = payload.body
  return {
    eventID: number,
    eventName: eventName ?? 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ...(dynamodb as JsonObject | undefined),
      // DynamoDB counts whole seconds here
      ApproximateCreationDateTime: RUN_BEGINS + Math.floor(arrived / MICROS),
      SequenceNumber: number,
    },
    eventSourceARN: of.streamArn,
  }
}

/** What filters look at: `data` is taken apart, not encoded (ESM-5). */
export function filteredRecord(service: StreamSource['service'], record: StreamRecord, data: Json): JsonObject {
  const number = sequenceNumber(service, 0, record.sequence)
  const of: StreamSource = { service, functionArn: '', version: '', streamArn: '', role: '' }
  if (service === 'dynamodb') return changeOf(of, number, record)
  const kinesis: JsonObject = {
    kinesisSchemaVersion: '1.0',
    partitionKey: keyOf(record),
    sequenceNumber: number,
    data,
    approximateArrivalTimestamp: seconds(record.arrived),
  }
  return { ...kinesis, kinesis, eventSource: 'aws:kinesis', eventName: 'aws:kinesis:record' }
}

/** The records of a parcel from item `from` on. */
export function recordsOf(items: readonly number[], from: number, count: number, payloads: Payloads): StreamRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const at = (from + i) * ITEM
    return {
      payload: payloads.get(items[at + PAYLOAD]!),
      sequence: items[at + HANDLE]!,
      arrived: items[at + RECEIVES]!,
    }
  })
}

/** How the last invocation ended; null without one (STR-ESM-7: what was too old from the start was never invoked). */
export interface LastInvocation {
  /** An exception, a timeout or a crash; a failure the handler reported is none. */
  readonly threw: boolean
}

/**
 * What a destination is told of a discarded batch (STR-ESM-7): where its records are, and the records themselves when `whole` (S3).
 * `now` in µs; `request`: the id of the last invocation.
 */
export function discardRecord(
  of: StreamSource,
  shard: number,
  records: readonly StreamRecord[],
  about: {
    readonly condition: StreamCondition
    readonly invokes: number
    readonly last: LastInvocation | null
    readonly request: string
    readonly now: number
    readonly whole: boolean
  },
): JsonObject {
  const { service } = of
  const first = records[0]!
  const end = records.at(-1)!
  // times of DynamoDB streams are whole seconds
  const at = (micros: number): string =>
    service === 'kinesis' ? isoTime(micros) : `${isoTime(micros).slice(0, -'.000Z'.length)}Z`
  return {
    requestContext: {
      requestId: about.request,
      functionArn: of.functionArn,
      condition: about.condition,
      approximateInvokeCount: Math.max(1, about.invokes),
    },
    ...(about.last === null
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: of.version,
            functionError: about.last.threw ? 'Unhandled' : null,
          },
        }),
    version: '1.0',
    timestamp: isoTime(about.now),
    [service === 'kinesis' ? 'KinesisBatchInfo' : 'DDBStreamBatchInfo']: {
      shardId: shardId(service, shard),
      startSequenceNumber: sequenceNumber(service, shard, first.sequence),
      endSequenceNumber: sequenceNumber(service, shard, end.sequence),
      approximateArrivalOfFirstRecord: at(first.arrived),
      approximateArrivalOfLastRecord: at(end.arrived),
      batchSize: records.length,
      streamArn: of.streamArn,
    },
    ...(about.whole ? { payload: { Records: records.map((record) => recordOf(of, shard, record)) } } : {}),
  }
}
