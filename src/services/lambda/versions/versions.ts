import type { JsonObject, LogicalId, Scenario, Resource } from '../../../model/scenario'
import { ALIAS, FUNCTION, VERSION } from '../resource-types'

export const LATEST = '$LATEST'

/** What runs under one version of a function: `$LATEST` is the function itself. */
export interface RunningVersion {
  /** Function. */
  readonly id: LogicalId
  /** Resource environments belong to: the function, or the version. */
  readonly own: LogicalId
  readonly fn: number
  readonly version: string
  readonly properties: JsonObject
  readonly behavior: JsonObject
  readonly reserved: number | null
}

const sorted = (scenario: Scenario, type: string): LogicalId[] =>
  Object.keys(scenario.resources)
    .filter((id) => scenario.resources[id]!.Type === type)
    .sort()

export const functionIds = (scenario: Scenario): LogicalId[] => sorted(scenario, FUNCTION)
export const aliasIds = (scenario: Scenario): LogicalId[] => sorted(scenario, ALIAS)

const functionOf = (scenario: Scenario, id: LogicalId): LogicalId =>
  String(scenario.resources[id]!.Properties?.['FunctionName'])

/** Versions of a function with their numbers: as written, else in order of their ids (LAM-60). */
export function versionsOf(scenario: Scenario, fn: LogicalId): { id: LogicalId; number: number }[] {
  const ids = sorted(scenario, VERSION).filter((id) => functionOf(scenario, id) === fn)
  const written = (id: LogicalId): number | null => {
    const number = scenario.resources[id]!.Behavior?.['number']
    return typeof number === 'number' ? number : null
  }
  const taken = new Set(ids.flatMap((id) => written(id) ?? []))
  let next = 1
  return ids.map((id) => {
    const own = written(id)
    if (own !== null) return { id, number: own }
    while (taken.has(next)) next++
    taken.add(next)
    return { id, number: next }
  })
}

/** Everything that runs: first `$LATEST` of every function, in the order of their ids, then the published versions. */
export function runningVersions(scenario: Scenario): RunningVersion[] {
  const functions = functionIds(scenario)
  const reservedOf = (id: LogicalId): number | null => {
    const reserved = scenario.resources[id]!.Properties?.['ReservedConcurrentExecutions']
    return typeof reserved === 'number' ? reserved : null
  }
  const latest = functions.map((id, fn): RunningVersion => {
    const { Properties: properties = {}, Behavior: behavior = {} } = scenario.resources[id]!
    return { id, own: id, fn, version: LATEST, properties, behavior, reserved: reservedOf(id) }
  })
  const published = functions.flatMap((id, fn) =>
    versionsOf(scenario, id).map(({ id: own, number }): RunningVersion => {
      const { properties, behavior } = latest[fn]!
      return {
        id,
        own,
        fn,
        version: String(number),
        properties: publishedPart(scenario.resources[own], 'Properties', properties),
        behavior: publishedPart(scenario.resources[own], 'Behavior', behavior),
        reserved: reservedOf(id),
      }
    }),
  )
  return [...latest, ...published]
}

/** Where the calls of an alias go. */
export interface Routing {
  readonly id: LogicalId
  readonly fn: LogicalId
  readonly name: string
  /** `$LATEST` or the id of a version. */
  readonly first: LogicalId
  readonly second: LogicalId | null
  /** Share of the second. */
  readonly weight: number
}

export function routingOf(scenario: Scenario, id: LogicalId): Routing {
  const properties = scenario.resources[id]!.Properties ?? {}
  const weights = (properties['RoutingConfig'] as JsonObject | undefined)?.['AdditionalVersionWeights']
  const other = (weights as JsonObject[] | undefined)?.[0]
  return {
    id,
    fn: String(properties['FunctionName']),
    name: String(properties['Name'] ?? 'live'),
    first: String(properties['FunctionVersion']),
    second: other === undefined ? null : String(other['FunctionVersion']),
    weight: other === undefined ? 0 : Number(other['FunctionWeight']),
  }
}

/** Provisioned concurrency a version or an alias asks for; 0 for none. */
export function provisionedOf(scenario: Scenario, id: LogicalId): number {
  const config = scenario.resources[id]?.Properties?.['ProvisionedConcurrencyConfig'] as JsonObject | undefined
  const count = config?.['ProvisionedConcurrentExecutions']
  return typeof count === 'number' ? count : 0
}

/**
 * What a version holds of its function's Properties or Behavior (LAM-60). A snapshot that is `complete`, as publishing writes it, takes nothing
 * from the function; of another one, written by hand, what it leaves out is as in the function.
 */
export function publishedPart(
  version: Resource | undefined,
  part: 'Properties' | 'Behavior',
  ofFunction: JsonObject,
): JsonObject {
  const snapshot = version?.Behavior?.['snapshot'] as JsonObject | undefined
  const kept = snapshot?.[part] as JsonObject | undefined
  return snapshot?.['complete'] === true ? (kept ?? {}) : { ...ofFunction, ...kept }
}
