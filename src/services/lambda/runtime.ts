import type { Runtime, ServiceContext } from '../service'
import { installFunctions } from './functions'
import { installMappings } from './mapping/mappings'

/** Functions and the pollers that feed them. */
export function install(context: ServiceContext): Runtime {
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
}
