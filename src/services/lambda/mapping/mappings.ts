import { Table } from '../../../kernel/columns'
import type { LogicalId } from '../../../model/scenario'
import type { Runtime, ServiceContext } from '../../service'
import { MAPPING } from '../resource-types'
import { readMapping } from './config'
import { mappingMachine } from './mapping-state.machine'
import { MappingMeters } from './meters'
import { Pollers } from './pollers'
import { isStreamMapping, readStreamMapping } from './streams/config'
import { Shards } from './streams/shards'

interface Known {
  readonly id: LogicalId
  readonly resource: number
  readonly enabled: boolean
}

/** What reads for mappings. */
interface Reading {
  open(m: number): void
  close(m: number): void
  renew?(m: number): void
}

/** Event source mappings: pollers and shard readers owned by Lambda that call the function synchronously (ESM-1). */
export function installMappings(context: ServiceContext): Runtime {
  const ids = context.ids(MAPPING)
  const isStream = (id: LogicalId): boolean => isStreamMapping(id, context.scenario())
  const queues = ids.filter((id) => !isStream(id)).map((id) => readMapping(context, id))
  const streams = ids.filter(isStream).map((id) => readStreamMapping(context, id))
  const runtimes = [
    installStates(
      context,
      queues,
      readMapping,
      new Pollers(context, queues, new MappingMeters(context, queues)).scaling,
    ),
    ...(streams.length > 0 ? [installStates(context, streams, readStreamMapping, new Shards(context, streams))] : []),
  ]
  return {
    start: () => runtimes.forEach((it) => it.start()),
    configure: (resource) => runtimes.forEach((it) => it.configure(resource)),
  }
}

/** States of mappings of one kind (ESM-3). `mappings` is kept up to date. */
function installStates<M extends Known>(
  context: ServiceContext,
  mappings: M[],
  read: (context: ServiceContext, id: LogicalId) => M,
  reading: Reading,
): { start(): void; configure(resource: number): void } {
  const { kernel } = context
  const ordinal = new Map(mappings.map(({ resource }, m) => [resource, m]))
  const changes = mappings.map(({ id }) => context.sampler(context.fact('lambda.mappingChange'), id, 'change'))
  const states = kernel.part(new Table(mappings.length || 1))
  mappings.forEach(() => states.add())
  const life = context.lifecycle({
    entities: states,
    machine: mappingMachine,
    drawn: { owner: (m) => mappings[m]!.resource, label: (m) => mappings[m]!.id },
    implementation: {
      guards: { enabled: (m) => mappings[m]!.enabled },
      actions: { 'start polling': (m) => reading.open(m), 'stop polling': (m) => reading.close(m) },
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
      mappings[m] = read(context, mappings[m]!.id)
      if (mappings[m].enabled !== was) life.send(m, was ? DISABLE : ENABLE)
      else reading.renew?.(m)
    },
  }
}
