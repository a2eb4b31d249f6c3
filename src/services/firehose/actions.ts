import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { DELIVERY_STREAM } from './settings'

export const actions: Actions = {
  [DELIVERY_STREAM]: {
    'firehose:PutRecord': {
      title: 'Put a record',
      iam: 'firehose:PutRecord',
      waits: false,
      token: Token.message,
      port: 443,
    },
  },
}
