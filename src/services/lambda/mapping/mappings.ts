import { Table } from '../../../kernel/columns'
import type { Runtime, ServiceContext } from '../../service'
import { MAPPING } from '../resource-types'
import { readMapping } from './config'
import { MappingMeters } from './meters'
import { Pollers } from './pollers'
import { mappingMachine } from './mapping-state.machine'

/** SQS event source mappings: pollers owned by Lambda that call the function synchronously (ESM-1). */
export function installMappings(context: ServiceContext): Runtime {
  const { kernel } = context
  const mappings = context.ids(MAPPING).map((id) => readMapping(context, id))
  const ordinal = new Map(mappings.map(({ resource }, m) => [resource, m]))
  const changes = mappings.map(({ id }) => context.sampler(context.fact('lambda.mappingChange'), id, 'change'))
  const pollers = new Pollers(context, mappings, new MappingMeters(context, mappings))

  const states = kernel.part(new Table(mappings.length || 1))
  mappings.forEach(() => states.add())
  const life = context.lifecycle({
    entities: states,
    machine: mappingMachine,
    drawn: { owner: (m) => mappings[m]!.resource, label: (m) => mappings[m]!.id },
    implementation: {
      guards: { enabled: (m) => mappings[m]!.enabled },
      actions: {
        'start polling': (m) => pollers.scaling.open(m),
        'stop polling': (m) => pollers.scaling.close(m),
      },
      delays: { CHANGE: (m) => changes[m]!() },
    },
  })
  const CREATED = life.event('created')
  const ENABLE = life.event('enable')
  const DISABLE = life.event('disable')

  return {
    start() {
      mappings.forEach((_, m) => {
        kernel.recorder.cause = -1
        life.drawn.born(m)
        life.start(m)
        life.send(m, CREATED)
      })
    },
    configure(resource) {
      const m = ordinal.get(resource)
      if (m === undefined) return
      const was = mappings[m]!.enabled
      mappings[m] = readMapping(context, mappings[m]!.id)
      if (mappings[m].enabled !== was) life.send(m, was ? DISABLE : ENABLE)
      else pollers.scaling.renew(m)
    },
  }
}
