import { deliveryMachine } from '../delivery/machine'
import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const sns: Service = {
  id: 'sns',
  title: 'Amazon SNS',
  namespace: 'AWS::SNS::',
  actions,
  facts,
  machines: { delivery: deliveryMachine },
}
