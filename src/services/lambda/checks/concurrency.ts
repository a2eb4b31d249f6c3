import type { LogicalId, Scenario } from '../../../model/scenario'
import { pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { factValue, PROFILES } from '../../../model/facts'
import { facts } from '../facts'
import { VERSION } from '../resource-types'
import { aliasIds, functionIds, LATEST, provisionedOf, routingOf, versionsOf } from '../versions'
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

/** Versions and aliases of a function that ask for provisioned concurrency. */
function askers(fn: LogicalId, scenario: Scenario): { id: LogicalId; count: number }[] {
  const aliases = aliasIds(scenario).filter((id) => routingOf(scenario, id).fn === fn)
  return [...versionsOf(scenario, fn).map(({ id }) => id), ...aliases].flatMap((id) => {
    const count = provisionedOf(scenario, id)
    return count === 0 ? [] : [{ id, count }]
  })
}

const sum = (list: readonly { count: number }[]): number => list.reduce((total, { count }) => total + count, 0)

/** LAM-42: 100 must stay unreserved. */
export const reserved: Check = (scenario) => {
  const account = number(scenario, 'accountConcurrency')
  const least = number(scenario, 'unreservedMinimum')
  const reserving = Object.keys(scenario.resources).filter(
    (id) => scenario.resources[id]!.Type === 'AWS::Lambda::Function' && reservedOf(id, scenario) !== null,
  )
  const total = reserving.reduce((all, id) => all + reservedOf(id, scenario)!, 0)
  const last = reserving.at(-1)
  if (last === undefined || account - total >= least || account <= least) return []
  const path = pointer(last, 'Properties', 'ReservedConcurrentExecutions')
  const room = account - least - (total - reservedOf(last, scenario)!)
  const message = `Reserved concurrency adds up to ${total} of ${account}. At least ${least} must stay unreserved, so ${account - least} is the most.`
  const words = `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`
  return report('error', path, message, words, room < 0 ? undefined : setTo(path, room))
}

/** LAM-46: not on `$LATEST`, not twice for one version, and within what is reserved or unreserved. */
export const provisioned: Check = (scenario) => [
  ...functionIds(scenario).flatMap((fn) => [
    ...unpublished(fn, scenario),
    ...overlapping(fn, scenario),
    ...beyondReserved(fn, scenario),
  ]),
  ...beyondUnreserved(scenario),
]

function unpublished(fn: LogicalId, scenario: Scenario): Problem[] {
  return askers(fn, scenario).flatMap(({ id }): Problem[] => {
    if (scenario.resources[id]!.Type === VERSION || routingOf(scenario, id).first !== LATEST) return []
    const message = `${id} has provisioned concurrency and points to $LATEST. Publish a version of ${fn} and point ${id} to it.`
    const words = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.'
    return report('error', place(id), message, words, removing('Remove provisioned concurrency', place(id)))
  })
}

function overlapping(fn: LogicalId, scenario: Scenario): Problem[] {
  const asking = askers(fn, scenario)
  return asking.flatMap(({ id }): Problem[] => {
    if (scenario.resources[id]!.Type === VERSION) return []
    const { first, second } = routingOf(scenario, id)
    const version = asking.find((it) => it.id === first || it.id === second)
    if (version === undefined) return []
    const message = `${id} and the version it points to, ${version.id}, both have provisioned concurrency. Keep one of them.`
    const words = "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
    return report('error', place(id), message, words, removing('Remove provisioned concurrency', place(id)))
  })
}

/** The same conflict seen from both sides: AWS refuses whichever call comes last. */
function beyondReserved(fn: LogicalId, scenario: Scenario): Problem[] {
  const asking = askers(fn, scenario)
  const total = sum(asking)
  const share = reservedOf(fn, scenario)
  if (share === null || total === 0) return []
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

function beyondUnreserved(scenario: Scenario): Problem[] {
  const account = number(scenario, 'accountConcurrency')
  const least = number(scenario, 'unreservedMinimum')
  const functions = functionIds(scenario)
  const unreserved = account - functions.reduce((all, fn) => all + (reservedOf(fn, scenario) ?? 0), 0)
  const asking = functions.filter((fn) => reservedOf(fn, scenario) === null).flatMap((fn) => askers(fn, scenario))
  const total = sum(asking)
  const last = asking.at(-1)
  if (last === undefined || total <= unreserved - least) return []
  const rest = unreserved - least - (total - last.count)
  const message = `Provisioned concurrency adds up to ${total} of ${unreserved} unreserved. At least ${least} must stay free of it, so ${Math.max(0, unreserved - least)} is the most.`
  const words =
    last.count > unreserved
      ? `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`
      : `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${least}].`
  const fix = rest > 0 ? setTo(amount(last.id), rest) : removing('Remove provisioned concurrency', place(last.id))
  return report('error', amount(last.id), message, words, fix)
}
