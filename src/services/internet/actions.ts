import { Token } from '../../model/recording'
import type { Actions } from '../service'

export const INTERNET = 'Coldstart::Internet'

export const actions: Actions = {
  [INTERNET]: {
    'https:Request': { title: 'Send an HTTPS request', iam: '', waits: true, token: Token.request, port: 443 },
  },
}
