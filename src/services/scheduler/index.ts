import type { Service } from '../service'
import { actions } from './actions'
import { facts } from './facts'
import { executionMachine } from './machine'

export const scheduler: Service = {
  id: 'scheduler',
  title: 'Amazon EventBridge Scheduler',
  namespace: 'AWS::Scheduler::',
  actions,
  facts,
  machines: { execution: executionMachine },
}
