import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { itemMachine } from './machine'

export const dynamodb: Service = {
  id: 'dynamodb',
  title: 'Amazon DynamoDB',
  namespace: 'AWS::DynamoDB::',
  actions,
  facts,
  machines: { item: itemMachine },
}
