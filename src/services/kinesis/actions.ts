import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { CONSUMER, STREAM } from './settings'

/** Positions of the actions of a stream below, as `calls.action` gives them. */
export const PUT = 0
export const GET = 1

export const actions: Actions = {
  [STREAM]: {
    'kinesis:PutRecord': {
      title: 'Put a record',
      iam: 'kinesis:PutRecord',
      waits: false,
      token: Token.message,
      port: 443,
    },
    'kinesis:GetRecords': {
      title: 'Read records of a shard',
      iam: 'kinesis:GetRecords',
      waits: true,
      token: Token.request,
      port: 443,
    },
  },
  [CONSUMER]: {
    'kinesis:SubscribeToShard': {
      title: 'Have records of a shard pushed',
      iam: 'kinesis:SubscribeToShard',
      waits: true,
      token: Token.request,
      port: 443,
    },
  },
}
