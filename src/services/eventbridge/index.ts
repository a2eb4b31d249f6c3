import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { deliveryMachine } from './machine'

export const eventbridge: Service = {
  id: 'eventbridge',
  title: 'Amazon EventBridge',
  namespace: 'AWS::Events::',
  actions,
  facts,
  machines: { delivery: deliveryMachine },
}
