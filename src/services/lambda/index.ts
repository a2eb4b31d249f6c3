import type { Runtime, Service, ServiceContext } from '../service'
import { checks } from './checks'
import { connectors } from './connectors'
import { environmentMachine } from './environment.machine'
import { eventMachine } from './event.machine'
import { facts } from './facts'
import { functionMachine } from './function.machine'
import { installFunctions } from './functions'
import { kinds } from './kinds'
import { installMappings } from './mappings'
import { pollerMachine } from './poller.machine'
import { reasons } from './reasons'

export const lambda: Service = {
  id: 'lambda',
  title: 'AWS Lambda',
  kinds,
  facts,
  reasons,
  connectors,
  checks,
  machines: { environment: environmentMachine, event: eventMachine, function: functionMachine, poller: pollerMachine },
  install(context: ServiceContext): Runtime {
    const functions = installFunctions(context)
    const mappings = installMappings(context)
    return {
      ...functions,
      start() {
        functions.start!()
        mappings.start!()
      },
      configure(resource, scenario) {
        functions.configure!(resource, scenario)
        mappings.configure!(resource, scenario)
      },
    }
  },
}
