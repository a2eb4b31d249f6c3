import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'
import { itemMachine } from './machine'
import { reasons } from './reasons'

export const dynamodb: Service = {
  id: 'dynamodb',
  title: 'Amazon DynamoDB',
  kinds,
  facts,
  reasons,
  machines: { item: itemMachine },
}
