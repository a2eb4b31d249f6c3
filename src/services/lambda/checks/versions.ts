import type { LogicalId, Scenario } from '../../../model/scenario'
import { idsOf, pointer, typeOf } from '../../edit'
import type { Check, Problem } from '../../service'
import { objectOf } from '../targets'
import { ALIAS, VERSION } from '../resource-types'
import { aliasIds, LATEST } from '../versions/versions'
import { familiesOf, type Configuration, type Family } from './families'
import { report, setTo, textOf } from './report'

const functionOf = (id: LogicalId, scenario: Scenario): string =>
  String(scenario.resources[id]!.Properties?.['FunctionName'])

/** LAM-60: numbers of versions are never used twice. */
export const versionNumbers: Check = (scenario) =>
  [...familiesOf(scenario).values()].flatMap(({ fn, versions }) => {
    const next = versions.reduce((most, { number }) => Math.max(most, number), 0) + 1
    const taken = new Map<number, LogicalId>()
    return versions.flatMap(({ id, number }): Problem[] => {
      const other = taken.get(number)
      taken.set(number, other ?? id)
      if (other === undefined) return []
      const path = pointer(id, 'Behavior', 'number')
      const message = `${id} and ${other} are both version ${number} of ${fn}. Numbers are never used again. ${next} is free.`
      return report('error', path, message, null, setTo(path, next))
    })
  })

/** One name of an alias for each function. */
export const aliasNames: Check = (scenario) => {
  const taken = new Map<string, LogicalId>()
  return idsOf(ALIAS, scenario).flatMap((id): Problem[] => {
    const fn = functionOf(id, scenario)
    const name = textOf(scenario.resources[id]!.Properties?.['Name']) ?? 'live'
    const key = `${fn}:${name}`
    const other = taken.get(key)
    taken.set(key, other ?? id)
    if (other === undefined) return []
    const message = `${id} and ${other} are both called ${name}. An alias has a name of its own within its function.`
    return report('error', pointer(id, 'Properties', 'Name'), message, `Alias already exist: ${key}`)
  })
}

/** LAM-61, LAM-62: an alias points to one version of its function, or to two that agree. */
export const aliasTargets: Check = (scenario) => {
  const families = familiesOf(scenario)
  return aliasIds(scenario).flatMap((id): Problem[] => {
    const properties = scenario.resources[id]!.Properties ?? {}
    const fn = functionOf(id, scenario)
    const family = families.get(fn)
    const first = String(properties['FunctionVersion'])
    const path = pointer(id, 'Properties', 'FunctionVersion')
    const weights = objectOf(properties['RoutingConfig'])['AdditionalVersionWeights']
    const others = Array.isArray(weights) ? weights.map(objectOf) : []
    const list = pointer(id, 'Properties', 'RoutingConfig', 'AdditionalVersionWeights')
    const problems = wrongVersion(id, fn, family, first, path, scenario)
    if (others.length > 1) {
      const message = `${id} names ${others.length} versions beside its own. One is the most. Remove ${others.length - 1}.`
      problems.push(
        ...report('error', list, message, 'Number of items in AdditionalVersionWeights cannot be greater than 1'),
      )
    }
    for (const [index, other] of others.entries()) {
      const second = String(other['FunctionVersion'])
      const at = `${list}/${index}/FunctionVersion`
      if (second === LATEST || first === LATEST) {
        const message = `${id} shares its calls between ${first} and ${second}. Both must be published versions (LAM-62). Publish one from $LATEST and name it.`
        const words = '$LATEST is not supported for an alias pointing to more than 1 version'
        problems.push(...report('error', second === LATEST ? at : path, message, words))
        continue
      }
      if (second === first) {
        const number = family?.versions.find((it) => it.id === first)?.number ?? first
        const words = `Invalid function version ${number}. Function version ${number} is already included in routing configuration.`
        problems.push(...report('error', at, `${id} names ${first} twice. Name another version, or none.`, words))
        continue
      }
      const wrong = wrongVersion(id, fn, family, second, at, scenario)
      problems.push(...wrong)
      const one = family?.configurations.find(({ own }) => own === first)
      const two = family?.configurations.find(({ own }) => own === second)
      if (wrong.length > 0 || one === undefined || two === undefined) continue
      const differ = (what: string, a: unknown, b: unknown): void => {
        if (a === b) return
        const said = (value: unknown): string => textOf(value) ?? 'none'
        const message = `${id}: ${first} and ${second} differ in their ${what} (${said(a)} and ${said(b)}). The two versions of an alias have the same (LAM-62). Publish one of them again.`
        problems.push(...report('error', at, message))
      }
      differ('execution role', one.properties['Role'], two.properties['Role'])
      const queue = (it: Configuration): unknown => objectOf(it.properties['DeadLetterConfig'])['TargetArn']
      differ('dead-letter queue', queue(one), queue(two))
    }
    return problems
  })
}

/** A version that is none, or of another function. What exists and is no version is reported with the references. */
function wrongVersion(
  id: LogicalId,
  fn: string,
  family: Family | undefined,
  version: string,
  path: string,
  scenario: Scenario,
): Problem[] {
  if (version === LATEST) return []
  const type = typeOf(version, scenario)
  const own = (family?.versions ?? []).map((it) => it.id)
  const fix = own.length === 1 ? setTo(path, own[0]!) : undefined
  if (type === null) {
    const message = `${id}: there is no version ${version} of ${fn}. ${own.length === 0 ? 'Publish one.' : `There is ${own.join(', ')}.`}`
    return report(
      'error',
      path,
      message,
      `Function not found: arn:aws:lambda:us-east-1:123456789012:function:${fn}:${version}`,
      fix,
    )
  }
  if (type !== VERSION || functionOf(version, scenario) === fn) return []
  return report(
    'error',
    path,
    `${id} is an alias of ${fn}, and ${version} is a version of ${functionOf(version, scenario)}. Name a version of ${fn}.`,
    null,
    fix,
  )
}
