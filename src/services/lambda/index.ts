import type { Service } from '../service'
import { actions } from './actions'
import { environmentMachine } from './environment.machine'
import { eventMachine } from './event.machine'
import { facts } from './facts'
import { functionMachine } from './function.machine'
import { mappingMachine } from './mapping-state.machine'
import { pollerMachine } from './poller.machine'
import { provisionedMachine } from './provisioned.machine'
import { updateMachine } from './update.machine'

export const lambda: Service = {
  id: 'lambda',
  title: 'AWS Lambda',
  namespace: 'AWS::Lambda::',
  actions,
  facts,
  machines: {
    environment: environmentMachine,
    event: eventMachine,
    function: functionMachine,
    mapping: mappingMachine,
    poller: pollerMachine,
    provisioned: provisionedMachine,
    update: updateMachine,
  },
}
