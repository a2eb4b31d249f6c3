import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const rds: Service = {
  id: 'rds',
  title: 'Amazon RDS',
  namespace: 'AWS::RDS::',
  actions,
  facts,
  machines: {},
}
