import type { Service } from '../service'
import { environmentMachine } from './environment.machine'
import { eventMachine } from './event.machine'
import { facts } from './facts'
import { functionMachine } from './function.machine'
import { kinds } from './kinds'
import { mappingMachine } from './mapping-state.machine'
import { pollerMachine } from './poller.machine'
import { provisionedMachine } from './provisioned.machine'
import { reasons } from './reasons'
import { updateMachine } from './update.machine'

export const lambda: Service = {
  id: 'lambda',
  title: 'AWS Lambda',
  kinds,
  facts,
  reasons,
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
