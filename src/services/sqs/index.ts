import type { Service } from '../service'
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
  // loaded with the gate: services/checks.ts
  checks: [],
  machines: { message: messageMachine },
}
