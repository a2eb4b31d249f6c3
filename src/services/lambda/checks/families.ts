import type { JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { pointer } from '../../edit'
import { ALIAS, VERSION } from '../resource-types'
import { objectOf } from '../targets'
import {
  functionIds,
  routingOf,
  runningVersions,
  versionsOf,
  type Routing,
  type RunningVersion,
} from '../versions/versions'

/** `$LATEST` or a published version as it is configured. */
export interface Configuration {
  /** Function or version it belongs to. */
  readonly own: LogicalId
  readonly fn: LogicalId
  readonly published: boolean
  readonly properties: JsonObject
  readonly behavior: JsonObject
  /** Where a part is written; null when a version takes it from its function, where it is reported. */
  at(part: 'Properties' | 'Behavior', name: string, ...rest: (string | number)[]): string | null
}

/** A function with what belongs to it, each list in the order of the ids. */
export interface Family {
  readonly fn: LogicalId
  readonly versions: readonly { readonly id: LogicalId; readonly number: number }[]
  readonly aliases: readonly Routing[]
  /** `$LATEST` first. */
  readonly configurations: readonly Configuration[]
}

type Families = ReadonlyMap<LogicalId, Family>
const KNOWN = new WeakMap<Scenario['resources'], Families>()

/** The functions of a document. Read once for all checks, in time that grows with the document alone. */
export function familiesOf(scenario: Scenario): Families {
  const known = KNOWN.get(scenario.resources)
  if (known !== undefined) return known
  const own = new Map<LogicalId, { resources: { [id: LogicalId]: Resource }; aliases: LogicalId[] }>()
  for (const fn of functionIds(scenario)) own.set(fn, { resources: { [fn]: scenario.resources[fn]! }, aliases: [] })
  for (const [id, resource] of Object.entries(scenario.resources)) {
    if (resource.Type !== VERSION && resource.Type !== ALIAS) continue
    const members = own.get(String(resource.Properties?.['FunctionName']))
    if (resource.Type === ALIAS) members?.aliases.push(id)
    else if (members !== undefined) members.resources[id] = resource
  }
  const families = new Map(
    [...own].map(([fn, { resources, aliases }]): [LogicalId, Family] => {
      const alone = { ...scenario, resources }
      return [
        fn,
        {
          fn,
          versions: versionsOf(alone, fn),
          aliases: aliases.sort().map((id) => routingOf(scenario, id)),
          configurations: runningVersions(alone).map((running) => configurationOf(running, scenario)),
        },
      ]
    }),
  )
  KNOWN.set(scenario.resources, families)
  return families
}

/** What every function and version runs with, `$LATEST` of all functions first. */
export function configurations(scenario: Scenario): Configuration[] {
  const all = [...familiesOf(scenario).values()]
  return [...all.flatMap((it) => it.configurations.slice(0, 1)), ...all.flatMap((it) => it.configurations.slice(1))]
}

/** Of a version only what it has of its own is reported. */
function configurationOf({ id, own, properties, behavior }: RunningVersion, scenario: Scenario): Configuration {
  const snapshot = objectOf(scenario.resources[own]?.Behavior?.['snapshot'])
  return {
    own,
    fn: id,
    published: own !== id,
    properties,
    behavior,
    at: (part, name, ...rest) =>
      own === id
        ? pointer(own, part, name, ...rest)
        : Object.hasOwn(objectOf(snapshot[part]), name)
          ? pointer(own, 'Behavior', 'snapshot', part, name, ...rest)
          : null,
  }
}
