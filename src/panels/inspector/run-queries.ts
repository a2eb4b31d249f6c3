import { RowKind } from '../../model/recording'
import { describe, type Words } from '../../state/run/describe'
import type { RunStore } from '../../state/run/runStore'
import { heldBy } from './held/held'
import type { RunQueries } from './types'

/** The inspector's questions, answered by the recording store. Make a new one whenever `store.version()` changes. */
export function runQueries(store: RunStore, words: Words): RunQueries {
  return {
    version: store.version(),
    causes: (row) => store.causes(row),
    told: (row) => describe(store, row, words),
    reasonOf: (row) => (row.kind === RowKind.reason ? (store.head.reasons[row.code] ?? null) : null),
    resource: (index) => store.head.resources[index],
    wire: (index) => store.wires[index],
    machinesOf: (resource) => store.machinesOf(resource),
    entitiesOf: (resource, machine, t) => store.entitiesOf(resource, machine, t),
    labelOf: (entity) => store.entities[entity]?.label ?? '',
    stateAt: (entity, t) => store.stateAt(entity, t),
    stateName: (entity, t) => store.stateName(entity, t),
    lastReasons: (resource, t, limit) => store.lastReasons(resource, t, limit),
    heldBy: (resource, t) => heldBy(store, resource, t),
    rowAt: (row) => store.rowAt(row),
    peak: (resource, metric) =>
      store.series.find((each) => each.resource === resource && each.name === metric)?.total.max ?? 0,
  }
}
