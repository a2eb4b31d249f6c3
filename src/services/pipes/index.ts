import type { Service } from '../service'
import { facts } from './facts'
import { pipeMachine } from './machine'

export const pipes: Service = {
  id: 'pipes',
  title: 'Amazon EventBridge Pipes',
  namespace: 'AWS::Pipes::',
  actions: {},
  facts,
  machines: { pipe: pipeMachine },
}
