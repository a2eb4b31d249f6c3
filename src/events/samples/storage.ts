/** S3 ("EventBridge event message structure": keys stand there as they are, without URL encoding). */
import { ACCOUNT, busEvent, type Sample } from './sample'

const BUCKET = 'video-uploads'
const object = {
  key: 'raw/holiday 2026.mp4',
  size: 48_318_382,
  etag: 'b1946ac92492d2347c6235b4d2611184',
  'version-id': 'IYV3p45BT0ac8hjHg1houSdS1a.Mro8e',
}
const common = { 'request-id': 'N4N7GDK58NMKJ12R', requester: ACCOUNT, 'source-ip-address': '198.51.100.7' }

export const STORAGE: readonly Sample[] = [
  busEvent(
    { id: 's3-object-created', title: 'Object created', service: 'Amazon S3' },
    {
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [`arn:aws:s3:::${BUCKET}`],
      detail: {
        version: '0',
        bucket: { name: BUCKET },
        object: { ...object, sequencer: '00617F08299329D189' },
        ...common,
        reason: 'PutObject',
      },
    },
  ),
  busEvent(
    { id: 's3-object-deleted', title: 'Object deleted', service: 'Amazon S3' },
    {
      source: 'aws.s3',
      detailType: 'Object Deleted',
      resources: [`arn:aws:s3:::${BUCKET}`],
      detail: {
        version: '0',
        bucket: { name: BUCKET },
        object: { key: object.key, 'version-id': '1QW9g1Z99LUNbvaaYVpW9xDlOLU.qxgF', sequencer: '00617F0837B476E463' },
        ...common,
        reason: 'DeleteObject',
        'deletion-type': 'Delete Marker Created',
      },
    },
  ),
]
