import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { QueryError } from '../parse-queries'
import type { Stat } from '../reading'
import type { Subject } from './metric'

export const FUNCTION = 'AWS::Lambda::Function'
export const VERSION = 'AWS::Lambda::Version'
export const ALIAS = 'AWS::Lambda::Alias'
export const LATEST = '$LATEST'

/** What belongs to a function and counts in it. */
export const countsInFunction = (type: string): boolean => type === VERSION || type === ALIAS

const written = (scenario: Scenario, id: LogicalId): number | null => {
  const number = scenario.resources[id]!.Behavior?.['number']
  return typeof number === 'number' ? number : null
}

/** Versions of a function by their numbers: as written, else in order of their ids (LAM-60). */
export function versionsOf(scenario: Scenario, fn: LogicalId): Map<string, LogicalId> {
  const ids = Object.keys(scenario.resources)
    .filter((id) => {
      const { Type, Properties } = scenario.resources[id]!
      return Type === VERSION && Properties?.['FunctionName'] === fn
    })
    .sort()
  const taken = new Set(ids.flatMap((id) => written(scenario, id) ?? []))
  let next = 1
  return new Map(
    ids.map((id) => {
      let number = written(scenario, id)
      if (number === null) {
        while (taken.has(next)) next++
        taken.add(next)
        number = next
      }
      return [String(number), id]
    }),
  )
}

/** Number of a version's resource, as callers see it. */
export function numberOf(scenario: Scenario, version: LogicalId): string {
  const fn = scenario.resources[version]?.Properties?.['FunctionName']
  for (const [number, id] of versionsOf(scenario, String(fn))) if (id === version) return number
  return LATEST
}

/** A sum of a function, or what `where: {version}` picks of it: a version's own, or for `$LATEST` what no version has. */
export function ofVersion(
  of: Subject,
  names: readonly string[],
  version: Json | undefined,
  stat: 'Sum' | 'SampleCount' = 'Sum',
): number | undefined {
  const total = of.read(names, stat)
  if (version === undefined || total === undefined) return total
  const versions = versionsOf(of.world.scenario, of.id)
  if (version === LATEST)
    return [...versions.values()].reduce((left, id) => left - (of.read(names, stat, id) ?? 0), total)
  const id = versions.get(String(version))
  return id === undefined ? undefined : (of.read(names, stat, id) ?? 0)
}

/** A statistic of one version of a function. Of `$LATEST` only the mean can be told once versions ran as well. */
export function statOfVersion(of: Subject, names: readonly string[], version: Json, stat: Stat): number | undefined {
  const versions = versionsOf(of.world.scenario, of.id)
  if (version !== LATEST) {
    const id = versions.get(String(version))
    return id === undefined ? undefined : of.read(names, stat, id)
  }
  const alone = [...versions.values()].every((id) => (of.read(names, 'SampleCount', id) ?? 0) === 0)
  if (alone) return of.read(names, stat)
  if (stat !== 'Average' && of.has(names[0]!))
    throw new QueryError(`versions of ${of.id} ran as well; of $LATEST alone only the mean is known`)
  const sum = ofVersion(of, names, version)
  const count = ofVersion(of, names, version, 'SampleCount')
  return sum === undefined || count === undefined ? undefined : count === 0 ? 0 : sum / count
}

/** Where an alias points: its versions as numbers or `$LATEST`, the main one first. */
export function pointsTo(scenario: Scenario, alias: LogicalId): string[] {
  const properties = scenario.resources[alias]?.Properties ?? {}
  const weights = (properties['RoutingConfig'] as JsonObject | undefined)?.['AdditionalVersionWeights']
  const second = (weights as JsonObject[] | undefined)?.[0]?.['FunctionVersion']
  return [properties['FunctionVersion'], second].flatMap((version) =>
    typeof version !== 'string' ? [] : version === LATEST ? LATEST : numberOf(scenario, version),
  )
}

/**
 * Versions (or the function, for `$LATEST`) that ran what was called through an alias, when nobody called them otherwise: their numbers are then
 * those of the alias too, which counts only Invocations, Errors, Throttles and Duration itself. Null when that cannot be told.
 */
export function behindAlias(
  scenario: Scenario,
  alias: LogicalId,
  invocations: (id: LogicalId) => number,
): LogicalId[] | null {
  const fn = String(scenario.resources[alias]?.Properties?.['FunctionName'])
  const versions = versionsOf(scenario, fn)
  const ids = pointsTo(scenario, alias).map((number) => (number === LATEST ? fn : versions.get(number)))
  const known = ids.filter((id) => id !== undefined)
  const ran = known.reduce((sum, id) => sum + invocations(id), 0)
  return known.length === ids.length && ids.length > 0 && ran === invocations(alias) ? known : null
}
