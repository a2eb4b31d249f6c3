import type { Service } from '../service'
import { facts } from './facts'
import { eniMachine } from './machine'

export const vpc: Service = {
  id: 'vpc',
  title: 'Amazon VPC',
  namespace: 'AWS::EC2::',
  actions: {},
  facts,
  machines: { eni: eniMachine },
}
