import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const internet: Service = {
  id: 'internet',
  title: 'Internet',
  namespace: 'Coldstart::Internet',
  actions,
  facts,
  machines: {},
}
