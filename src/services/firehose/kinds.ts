import { properties } from '../../network/read'
import { freeId } from '../edit'
import type { Kind } from '../service'
import { DELIVERY_STREAM, DESTINATION } from './settings'
import { deliveryRole } from './role'

export const kinds: { readonly [type: string]: Kind } = {
  [DELIVERY_STREAM]: {
    label: 'Delivery stream',
    short: 'Firehose',
    category: 'events',
    drawn: 'node',
    glyph: 'delivery-stream',
    silhouette: 'plain',
    size: { w: 148, h: 72 },
    summary: 'Collects records and writes them to a bucket, many in one object (Data Firehose).',
    idStem: 'Firehose',
    create(id, { taken }) {
      const role = freeId(`${id}Role`, (name) => taken.has(name))
      return {
        [id]: { Type: DELIVERY_STREAM, Properties: { [DESTINATION]: { RoleARN: role } } },
        [role]: deliveryRole(),
      }
    },
    typeLine: (resource) =>
      properties(resource)['DeliveryStreamType'] === 'KinesisStreamAsSource'
        ? 'Firehose · reads a stream'
        : 'Firehose · direct put',
  },
}
