import type { Service } from '../service'
import { ruleProblems } from './checks'
import { deadLetterConnector, targetConnector } from './connectors'
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
  connectors: [targetConnector, deadLetterConnector],
  checks: [ruleProblems],
  machines: { delivery: deliveryMachine },
}
