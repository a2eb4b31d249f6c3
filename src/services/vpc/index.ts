import type { Service } from '../service'
import { facts } from './facts'
import { kinds } from './kinds'
import { eniMachine } from './machine'
import { reasons } from './reasons'

export const vpc: Service = {
  id: 'vpc',
  title: 'Amazon VPC',
  kinds,
  facts,
  reasons,
  machines: { eni: eniMachine },
}
