import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { BUS } from './settings'

export const actions: Actions = {
  [BUS]: {
    'events:PutEvents': {
      title: 'Put an event',
      iam: 'events:PutEvents',
      waits: false,
      token: Token.event,
      port: 443,
    },
  },
}
