import type { LogicalId } from '../../model/scenario'
import type { ServiceContext } from '../service'

/** Series of a delivery stream, under CloudWatch's names (AWS/Firehose). */
export function meters(context: ServiceContext, id: LogicalId) {
  const { metrics } = context.kernel
  const resource = context.index(id)
  const count = (name: string) => metrics.series(id, name, 'count')
  return {
    inRecords: count('IncomingRecords'),
    inBytes: count('IncomingBytes'),
    outRecords: count('DeliveryToS3.Records'),
    outBytes: count('DeliveryToS3.Bytes'),
    succeeded: count('DeliveryToS3.Success'),
    lost: count('RecordsLost'),
    /** Age of the oldest record of a delivery. */
    freshness: metrics.series(id, 'DeliveryToS3.DataFreshness', 'duration'),
    processed: count('ExecuteProcessing.Success'),
    transformed: count('SucceedProcessing.Records'),
    untransformed: count('FailedProcessing.Records'),
    showBuffered: context.level(resource, 'buffered', 'RecordsBuffered'),
  }
}
export type Meters = ReturnType<typeof meters>
