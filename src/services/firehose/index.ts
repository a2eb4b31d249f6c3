import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'

export const firehose: Service = {
  id: 'firehose',
  title: 'Amazon Data Firehose',
  namespace: 'AWS::KinesisFirehose::',
  actions,
  facts,
  machines: {},
}
