import { deliveryMachine } from '../delivery/machine'
import type { Service } from '../service'
import { actions } from './actions'
import { replayMachine } from './archive/machine'
import { facts } from './facts'

export const eventbridge: Service = {
  id: 'eventbridge',
  title: 'Amazon EventBridge',
  namespace: 'AWS::Events::',
  actions,
  facts,
  machines: { delivery: deliveryMachine, replay: replayMachine },
}
