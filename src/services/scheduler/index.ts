import { deliveryMachine } from '../delivery/machine'
import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const scheduler: Service = {
  id: 'scheduler',
  title: 'Amazon EventBridge Scheduler',
  namespace: 'AWS::Scheduler::',
  actions,
  facts,
  machines: { delivery: deliveryMachine },
}
