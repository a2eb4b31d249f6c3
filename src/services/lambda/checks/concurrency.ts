import { factValue, PROFILES } from '../../../model/facts'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { facts } from '../facts'
import { ALIAS, FUNCTION, VERSION } from '../resource-types'
import { LATEST, provisionedOf } from '../versions/versions'
import { familiesOf, type Family } from './families'
import { numberOf, removing, report, setTo } from './report'

/** A number that holds for the scenario. */
function number(scenario: Scenario, name: 'accountConcurrency' | 'unreservedMinimum'): number {
  const fact = facts[name]!
  const profile = Object.hasOwn(PROFILES, scenario.profile) ? scenario.profile : 'teaching'
  return scenario.facts?.[fact.key] ?? Number(factValue(fact, profile))
}

const reservedOf = (id: LogicalId, scenario: Scenario): number | null =>
  numberOf(scenario.resources[id]!.Properties?.['ReservedConcurrentExecutions'])

const place = (id: LogicalId): string => pointer(id, 'Properties', 'ProvisionedConcurrencyConfig')
const amount = (id: LogicalId): string =>
  pointer(id, 'Properties', 'ProvisionedConcurrencyConfig', 'ProvisionedConcurrentExecutions')

interface Asker {
  readonly id: LogicalId
  readonly count: number
}

/** Versions and aliases of a function that ask for provisioned concurrency. */
function askers({ versions, aliases }: Family, scenario: Scenario): Asker[] {
  return [...versions, ...aliases].flatMap(({ id }) => {
    const count = provisionedOf(scenario, id)
    return count === 0 ? [] : [{ id, count }]
  })
}

const sum = (list: readonly Asker[]): number => list.reduce((total, { count }) => total + count, 0)

/** LAM-42: 100 must stay unreserved. */
export const reserved: Check = (scenario) => {
  const account = number(scenario, 'accountConcurrency')
  const least = number(scenario, 'unreservedMinimum')
  let total = 0
  let last: LogicalId | null = null
  for (const id of Object.keys(scenario.resources)) {
    if (scenario.resources[id]!.Type !== FUNCTION || reservedOf(id, scenario) === null) continue
    total += reservedOf(id, scenario)!
    last = id
  }
  if (last === null || account - total >= least || account <= least) return []
  const path = pointer(last, 'Properties', 'ReservedConcurrentExecutions')
  const room = account - least - (total - reservedOf(last, scenario)!)
  const message = `Reserved concurrency adds up to ${total} of ${account}. At least ${least} must stay unreserved, so ${account - least} is the most (LAM-42).`
  const words = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`
  return report('error', path, message, words, room < 0 ? undefined : setTo(path, room))
}

/** LAM-46: not on `$LATEST`, not twice for one version, and within what is reserved for the function. */
export const provisioned: Check = (scenario) =>
  [...familiesOf(scenario).values()].flatMap((family) => {
    const asking = askers(family, scenario)
    if (asking.length === 0) return []
    return [
      ...unpublished(family, asking, scenario),
      ...overlapping(family, asking, scenario),
      ...beyondReserved(family, asking, scenario),
    ]
  })

function unpublished({ fn, aliases }: Family, asking: readonly Asker[], scenario: Scenario): Problem[] {
  return asking.flatMap(({ id }): Problem[] => {
    if (scenario.resources[id]!.Type === VERSION || aliases.find((it) => it.id === id)?.first !== LATEST) return []
    const message = `${id} has provisioned concurrency and points to $LATEST. Publish a version of ${fn} and point ${id} to it.`
    const words = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.'
    return report('error', place(id), message, words, removing('Remove provisioned concurrency', place(id)))
  })
}

function overlapping({ aliases }: Family, asking: readonly Asker[], scenario: Scenario): Problem[] {
  return asking.flatMap(({ id }): Problem[] => {
    const alias = scenario.resources[id]!.Type === VERSION ? undefined : aliases.find((it) => it.id === id)
    if (alias === undefined) return []
    const version = [alias.first, alias.second].find((it) => asking.some((other) => other.id === it))
    if (version == null) return []
    const message = `${id} and the version it points to, ${version}, both have provisioned concurrency. Keep one of them.`
    const words = "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
    return report('error', place(id), message, words, removing('Remove provisioned concurrency', place(id)))
  })
}

/** The same conflict seen from both sides: AWS refuses whichever call comes last. */
function beyondReserved({ fn }: Family, asking: readonly Asker[], scenario: Scenario): Problem[] {
  const total = sum(asking)
  const share = reservedOf(fn, scenario)
  if (share === null) return []
  const path = pointer(fn, 'Properties', 'ReservedConcurrentExecutions')
  if (total === share) {
    const message = `All ${share} environments reserved for ${fn} are provisioned. Calls of $LATEST and of versions without provisioned concurrency are throttled (LAM-49).`
    return report('info', path, message)
  }
  if (total < share) return []
  const last = asking.at(-1)!
  const rest = share - (total - last.count)
  return [
    ...report(
      'error',
      path,
      `${fn} reserves ${share}, and its versions and aliases ask for ${total} provisioned. Reserve at least ${total}.`,
      `ReservedConcurrentExecutions  ${share} should not be lower than function's total provisioned concurrency [${total}].`,
      setTo(path, total),
    ),
    ...report(
      'error',
      amount(last.id),
      `${last.id} asks for ${last.count} provisioned, ${total} in all, and ${fn} reserves ${share}. ${rest > 0 ? `${rest} is the most here.` : 'Nothing is left for it.'}`,
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      rest > 0 ? setTo(amount(last.id), rest) : removing('Remove provisioned concurrency', place(last.id)),
    ),
  ]
}

/** LAM-46: within what nobody reserved, and 100 less. */
export const unreserved: Check = (scenario) => {
  const account = number(scenario, 'accountConcurrency')
  const least = number(scenario, 'unreservedMinimum')
  let free = account
  const asking: Asker[] = []
  for (const [id, { Type, Properties }] of Object.entries(scenario.resources)) {
    if (Type === FUNCTION) free -= reservedOf(id, scenario) ?? 0
    if (Type !== VERSION && Type !== ALIAS) continue
    const fn = String(Properties?.['FunctionName'])
    const count = provisionedOf(scenario, id)
    if (count > 0 && scenario.resources[fn]?.Type === FUNCTION && reservedOf(fn, scenario) === null)
      asking.push({ id, count })
  }
  const total = sum(asking)
  const last = asking.at(-1)
  if (last === undefined || total <= free - least) return []
  const rest = free - least - (total - last.count)
  const message = `Provisioned concurrency adds up to ${total} of ${free} unreserved. At least ${least} must stay free of it, so ${Math.max(0, free - least)} is the most.`
  const words =
    last.count > free
      ? `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${free}].`
      : `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`
  const fix = rest > 0 ? setTo(amount(last.id), rest) : removing('Remove provisioned concurrency', place(last.id))
  return report('error', amount(last.id), message, words, fix)
}
