import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'
import { deliveryMachine } from './machine'
import { reasons } from './reasons'

export const eventbridge: Service = {
  id: 'eventbridge',
  title: 'Amazon EventBridge',
  kinds,
  facts,
  reasons,
  machines: { delivery: deliveryMachine },
}
