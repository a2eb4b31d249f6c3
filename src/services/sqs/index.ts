import type { Service } from '../service'
import { redriveProblems } from './checks'
import { redriveConnector } from './connectors'
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
  connectors: [redriveConnector],
  checks: [redriveProblems],
  machines: { message: messageMachine },
}
