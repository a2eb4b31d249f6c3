import { Token } from '../../model/recording'
import { text } from '../../network/read'
import type { Action, Kind } from '../service'

export const TABLE = 'AWS::DynamoDB::Table'

/** Positions of the actions below, as `calls.action` gives them. */
export const PUT = 0
export const UPDATE = 1
export const GET = 2
export const DELETE = 3

const action = (name: string, title: string): { [name: string]: Action } => ({
  [`dynamodb:${name}`]: { title, iam: `dynamodb:${name}`, waits: true, token: Token.request, port: 443 },
})

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
    typeLine: (resource) =>
      text(resource.Properties?.['BillingMode']) === 'PROVISIONED' ? 'Table · provisioned' : 'Table · on demand',
    actions: {
      ...action('PutItem', 'Put an item'),
      ...action('UpdateItem', 'Update an item'),
      ...action('GetItem', 'Get an item'),
      ...action('DeleteItem', 'Delete an item'),
    },
  },
}
