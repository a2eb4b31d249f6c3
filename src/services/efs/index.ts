import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const efs: Service = {
  id: 'efs',
  title: 'Amazon EFS',
  namespace: 'AWS::EFS::',
  actions,
  facts,
  machines: {},
}
