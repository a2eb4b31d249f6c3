/** Shards and records as AWS names them. `shard` is its number within the stream. */
import { RUN_EPOCH } from '../model/identity'

type StreamService = 'kinesis' | 'dynamodb'

/** `shardId-000000000000`; that of a table has its time in it. */
export const shardId = (service: StreamService, shard: number): string =>
  service === 'kinesis'
    ? `shardId-${String(shard).padStart(12, '0')}`
    : `shardId-${String(RUN_EPOCH).padStart(20, '0')}-${String(shard).padStart(8, '0')}`

/** A record's number within its shard (HANDLE of parcel.ts, from 0): 56 digits in Kinesis, 21 in DynamoDB; their order is that of the records. */
export function sequenceNumber(service: StreamService, shard: number, sequence: number): string {
  const last = String(sequence + 1)
  return service === 'kinesis'
    ? `4967${String(shard).padStart(12, '0')}${last.padStart(40, '0')}`
    : `1${String(shard).padStart(8, '0')}${last.padStart(12, '0')}`
}
