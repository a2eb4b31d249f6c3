import type { LogicalId } from '../../model/scenario'
import type { Cost, ServiceContext } from '../service'

/** What a bucket counts, under CloudWatch's names. Storage is shown at once; CloudWatch reports it once a day. */
export function bucketMeters(context: ServiceContext, id: LogicalId) {
  const { metrics } = context.kernel
  const resource = context.index(id)
  const count = (name: string) => metrics.series(id, name, 'count')
  const puts = count('PutRequests')
  const gets = count('GetRequests')
  return {
    all: count('AllRequests'),
    /** By position of the action. */
    requests: [puts, gets, count('DeleteRequests')],
    errors: count('4xxErrors'),
    uploaded: count('BytesUploaded'),
    downloaded: count('BytesDownloaded'),
    took: metrics.series(id, 'TotalRequestLatency', 'duration'),
    delivered: count('NotificationsDelivered'),
    dropped: count('NotificationsDropped'),
    showObjects: context.level(resource, 'objects', 'NumberOfObjects'),
    showBytes: context.level(resource, 'bytes', 'BucketSizeBytes'),
    costs: (): Cost[] =>
      [
        { item: 'PUT requests', quantity: metrics.value(puts), fact: 's3.putPrice' },
        { item: 'GET requests', quantity: metrics.value(gets), fact: 's3.getPrice' },
      ].map((it) => ({ ...it, resource: id, unit: 'requests' })),
  }
}
export type BucketMeters = ReturnType<typeof bucketMeters>
