import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { messageMachine } from './machine'

export const sqs: Service = {
  id: 'sqs',
  title: 'Amazon SQS',
  namespace: 'AWS::SQS::',
  actions,
  facts,
  machines: { message: messageMachine },
}
