import type { LogicalId, Scenario } from '../../model/scenario'
import { list, object, properties, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import { uninvited } from '../invitations'
import type { Check, Problem } from '../service'
import { wayBack } from './loops'
import {
  BUCKET,
  defaultBus,
  entriesOf,
  overlap,
  PRINCIPAL,
  rulesOf,
  tellsBus,
  WAYS,
  wayTo,
  type Entry,
} from './settings'

/** AWS's words. */
const AMBIGUOUS =
  'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.'

/** Notifications that AWS would refuse, that reach nobody, or that lead back. */
const notifications: Check = (scenario) => idsOf(BUCKET, scenario).flatMap((id) => problemsOf(id, scenario))

const pathOf = (id: LogicalId, { way, index }: Entry, ...names: string[]): string =>
  pointer(id, 'Properties', 'NotificationConfiguration', way.list, index, ...names)

function problemsOf(id: LogicalId, scenario: Scenario): Problem[] {
  const bucket = scenario.resources[id]!
  const problems: Problem[] = []
  const error = (path: string, message: string): void => void problems.push({ severity: 'error', path, message })
  const configuration = object(properties(bucket)['NotificationConfiguration'])
  for (const way of WAYS) {
    list(configuration[way.list]).forEach((json, index) => {
      const names = rulesOf(object(json)).map((rule) => text(rule['Name'])?.toLowerCase())
      if (new Set(names).size < names.length)
        error(
          pointer(id, 'Properties', 'NotificationConfiguration', way.list, index, 'Filter'),
          `A filter of ${id} has two rules for the ${names[0]}. It may have one prefix and one suffix (S3-3).`,
        )
    })
  }
  const entries = entriesOf(bucket)
  entries.forEach((entry, at) => {
    const { to, way } = entry
    const path = pathOf(id, entry, way.name)
    if (typeOf(to, scenario) === null) return
    const { FifoQueue, FifoTopic } = properties(scenario.resources[to]!)
    if (FifoQueue === true || FifoTopic === true)
      error(path, `${to} is FIFO: a bucket tells standard queues and topics. Go through EventBridge (S3-2).`)
    if (way.name === 'Function') problems.push(...uninvited(scenario, to, { service: PRINCIPAL, source: id }, path))
    const other = entries.slice(0, at).find((before) => overlap(before, entry))
    if (other !== undefined)
      error(pathOf(id, entry), `${AMBIGUOUS} ${other.to} and ${to} would both be told of one object (S3-3).`)
    const loop = wayTo(to, scenario) === way ? wayBack(id, entry, scenario) : null
    if (loop === null) return
    problems.push({
      severity: 'warning',
      path: pathOf(id, entry),
      message: `${[id, ...loop, id].join(' -> ')} is a loop: what ${loop.at(-1)} writes is told again. Write to a second bucket, or give the notification a prefix that its keys do not have. Lambda ends it after about 16 passes (S3-5, LAM-68).`,
    })
  })
  if (tellsBus(bucket) && defaultBus(scenario) === null)
    problems.push({
      severity: 'info',
      path: pointer(id, 'Properties', 'NotificationConfiguration', 'EventBridgeConfiguration'),
      message: `${id} sends its events to the default bus, and none is drawn. Add a bus with the Name default.`,
    })
  return problems
}

export const checks: readonly Check[] = [notifications]
