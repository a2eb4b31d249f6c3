import type { LogicalId } from '../../model/scenario'
import type { ServiceContext } from '../service'

/** Series of a stream, under CloudWatch's names (KIN-8). */
export interface StreamMeters {
  readonly inRecords: number
  readonly inBytes: number
  readonly outRecords: number
  readonly outBytes: number
  readonly puts: number
  readonly putBytes: number
  readonly batches: number
  readonly batchRecords: number
  readonly throttledRecords: number
  readonly writeExceeded: number
  readonly gets: number
  readonly getRecords: number
  readonly getBytes: number
  readonly age: number
  readonly readExceeded: number
}

export function streamMeters({ kernel: { metrics } }: ServiceContext, id: LogicalId): StreamMeters {
  const count = (name: string): number => metrics.series(id, name, 'count')
  return {
    inRecords: count('IncomingRecords'),
    inBytes: count('IncomingBytes'),
    outRecords: count('OutgoingRecords'),
    outBytes: count('OutgoingBytes'),
    puts: count('PutRecord.Success'),
    putBytes: count('PutRecord.Bytes'),
    batches: count('PutRecords.Success'),
    batchRecords: count('PutRecords.SuccessfulRecords'),
    throttledRecords: count('PutRecords.ThrottledRecords'),
    writeExceeded: count('WriteProvisionedThroughputExceeded'),
    gets: count('GetRecords.Success'),
    getRecords: count('GetRecords.Records'),
    getBytes: count('GetRecords.Bytes'),
    age: metrics.series(id, 'GetRecords.IteratorAgeMilliseconds', 'duration'),
    readExceeded: count('ReadProvisionedThroughputExceeded'),
  }
}

/** Series of a consumer with enhanced fan-out. */
export interface ConsumerMeters {
  readonly events: number
  readonly records: number
  readonly bytes: number
  readonly behind: number
}

export function consumerMeters({ kernel: { metrics } }: ServiceContext, id: LogicalId): ConsumerMeters {
  const count = (name: string): number => metrics.series(id, `SubscribeToShardEvent.${name}`, 'count')
  return {
    events: count('Success'),
    records: count('Records'),
    bytes: count('Bytes'),
    behind: metrics.series(id, 'SubscribeToShardEvent.MillisBehindLatest', 'duration'),
  }
}
