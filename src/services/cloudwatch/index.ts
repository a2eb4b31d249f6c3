import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { alarmMachine } from './machine'

export const cloudwatch: Service = {
  id: 'cloudwatch',
  title: 'Amazon CloudWatch',
  namespace: 'AWS::CloudWatch::',
  actions,
  facts,
  machines: { alarm: alarmMachine },
}
