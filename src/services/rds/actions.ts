import { Token } from '../../model/recording'
import type { Actions } from '../service'
import { DATABASE } from './settings'

export const actions: Actions = {
  [DATABASE]: {
    'rds:Query': { title: 'Query', iam: '', waits: true, token: Token.request, port: 3306 },
  },
}
