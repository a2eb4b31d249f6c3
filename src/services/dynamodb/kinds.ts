import { factValue } from '../../model/facts'
import { text } from '../../network/read'
import type { Kind } from '../service'
import { TABLE } from './actions'
import { streamShards } from './facts'
import { shardsOf, viewOf } from './stream-shards'

export const kinds: { readonly [type: string]: Kind } = {
  [TABLE]: {
    label: 'Table',
    category: 'data',
    drawn: 'node',
    glyph: 'table',
    silhouette: 'store',
    size: { w: 148, h: 48 },
    summary: 'Items by key, in DynamoDB.',
    key: 't',
    create: (id) => ({
      [id]: {
        Type: TABLE,
        Properties: {
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
    }),
    shards({ Properties = {} }, { facts, profile }) {
      const onDemand = facts?.[streamShards.key]
      return viewOf(Properties) === null
        ? 0
        : shardsOf(Properties, onDemand ?? Number(factValue(streamShards, profile)))
    },
    typeLine: (resource) =>
      text(resource.Properties?.['BillingMode']) === 'PROVISIONED' ? 'Table · provisioned' : 'Table · on demand',
  },
}
