import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { notificationMachine } from './machine'

export const sns: Service = {
  id: 'sns',
  title: 'Amazon SNS',
  namespace: 'AWS::SNS::',
  actions,
  facts,
  machines: { notification: notificationMachine },
}
