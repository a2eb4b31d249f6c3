import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const kinesis: Service = {
  id: 'kinesis',
  title: 'Amazon Kinesis Data Streams',
  namespace: 'AWS::Kinesis::',
  actions,
  facts,
  machines: {},
}
