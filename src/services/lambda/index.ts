import type { Service } from '../service'
import { actions } from './actions'
import { environmentMachine } from './environment/environment.machine'
import { eventMachine } from './async/event.machine'
import { facts } from './facts'
import { functionMachine } from './states/function.machine'
import { mappingMachine } from './mapping/mapping-state.machine'
import { pollerMachine } from './mapping/poller.machine'
import { shardMachine } from './mapping/shard.machine'
import { provisionedMachine } from './versions/provisioned.machine'
import { updateMachine } from './versions/update.machine'

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
    shard: shardMachine,
    update: updateMachine,
  },
}
