import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'
import { messageMachine } from './machine'
import { reasons } from './reasons'

export const sqs: Service = {
  id: 'sqs',
  title: 'Amazon SQS',
  kinds,
  facts,
  reasons,
  machines: { message: messageMachine },
}
