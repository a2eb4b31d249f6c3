import { Token } from '../../model/recording'
import type { Action, Actions } from '../service'

export const TABLE = 'AWS::DynamoDB::Table'

/** Positions of the actions below, as `calls.action` gives them. */
export const PUT = 0
export const UPDATE = 1
export const GET = 2
export const DELETE = 3
export const GET_RECORDS = 4

const action = (name: string, title: string): { [name: string]: Action } => ({
  [`dynamodb:${name}`]: { title, iam: `dynamodb:${name}`, waits: true, token: Token.request, port: 443 },
})

export const actions: Actions = {
  [TABLE]: {
    ...action('PutItem', 'Put an item'),
    ...action('UpdateItem', 'Update an item'),
    ...action('GetItem', 'Get an item'),
    ...action('DeleteItem', 'Delete an item'),
    ...action('GetRecords', 'Read records of the stream'),
  },
}
