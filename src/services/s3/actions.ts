import { Token } from '../../model/recording'
import type { Action, Actions } from '../service'
import { BUCKET } from './settings'

/** Positions of the actions below, as `calls.action` gives them. */
export const PUT = 0
export const GET = 1
export const DELETE = 2

const action = (name: string, title: string): { [name: string]: Action } => ({
  [`s3:${name}`]: { title, iam: `s3:${name}`, waits: true, token: Token.request, port: 443 },
})

export const actions: Actions = {
  [BUCKET]: {
    ...action('PutObject', 'Put an object'),
    ...action('GetObject', 'Get an object'),
    ...action('DeleteObject', 'Delete an object'),
  },
}
