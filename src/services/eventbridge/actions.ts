import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { ARCHIVE, KEEP_ACTION, REPLAY_ACTION } from './archive/settings'
import { BUS } from './settings'

/** Position of `events:PutPartnerEvents` below, as `calls.action` gives it. */
export const PARTNER = 1

export const actions: Actions = {
  [BUS]: {
    'events:PutEvents': {
      title: 'Put an event',
      iam: 'events:PutEvents',
      waits: false,
      token: Token.event,
      port: 443,
    },
    'events:PutPartnerEvents': {
      title: 'Put an event of a partner',
      iam: 'events:PutPartnerEvents',
      waits: false,
      token: Token.event,
      port: 443,
    },
    [REPLAY_ACTION]: {
      title: 'Put an event again',
      iam: REPLAY_ACTION,
      waits: false,
      token: Token.event,
      port: 443,
    },
  },
  [ARCHIVE]: {
    [KEEP_ACTION]: { title: 'Keep an event', iam: KEEP_ACTION, waits: false, token: Token.event, port: 443 },
  },
}
