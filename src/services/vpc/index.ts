import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { instanceMachine } from './instances/machine'
import { eniMachine } from './machine'

export const vpc: Service = {
  id: 'vpc',
  title: 'Amazon VPC',
  namespace: 'AWS::EC2::',
  actions,
  facts,
  machines: { eni: eniMachine, instance: instanceMachine },
}
