import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { TOPIC } from './settings'

export const actions: Actions = {
  [TOPIC]: {
    'sns:Publish': { title: 'Publish a message', iam: 'sns:Publish', waits: false, token: Token.message, port: 443 },
  },
}
