import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const autoscaling: Service = {
  id: 'autoscaling',
  title: 'Application Auto Scaling',
  namespace: 'AWS::ApplicationAutoScaling::',
  actions,
  facts,
  machines: {},
}
