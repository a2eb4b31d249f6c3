import type { LogicalId, Scenario } from '../../model/scenario'
import { list, object, properties, text } from '../../network/read'
import { defaultBus } from '../default-bus'
import { idsOf, pointer, typeOf } from '../edit'
import { uninvited } from '../invitations'
import type { Check, Problem } from '../service'
import { loopsByBus, wayBack } from './loops'
import {
  BUCKET,
  entriesOf,
  fits,
  happens,
  isEvent,
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
    const { to, way, event, prefix, suffix } = entry
    if (!isEvent(event))
      error(
        pathOf(id, entry, 'Event'),
        `${event} is no event of S3. Write s3:ObjectCreated:*, s3:ObjectCreated:Put, s3:ObjectRemoved:* or such.`,
      )
    else if (!happens(event))
      problems.push({
        severity: 'info',
        path: pathOf(id, entry, 'Event'),
        message: `${event} does not happen here: objects are put and deleted. ${to} will not be told.`,
      })
    if (`${prefix}${suffix}`.includes('*'))
      problems.push({
        severity: 'warning',
        path: pathOf(id, entry, 'Filter'),
        message: `A filter of ${id} has a *, which stands for itself: S3 knows no wildcards (S3-3). Write what keys begin or end with.`,
      })
    const path = pathOf(id, entry, way.name)
    if (typeOf(to, scenario) === null) return
    const { FifoQueue, FifoTopic } = properties(scenario.resources[to]!)
    if (FifoQueue === true || FifoTopic === true)
      error(path, `${to} is FIFO: a bucket tells standard queues and topics. Go through EventBridge (S3-2).`)
    if (way.name === 'Function') problems.push(...uninvited(scenario, to, { service: PRINCIPAL, source: id }, path))
    const other = entries.slice(0, at).find((before) => overlap(before, entry))
    if (other !== undefined)
      error(pathOf(id, entry), `${AMBIGUOUS} ${other.to} and ${to} would both be told of one object (S3-3).`)
    const loop = wayTo(to, scenario) === way ? wayBack(id, to, (event, key) => fits(entry, event, key), scenario) : null
    if (loop === null) return
    problems.push({
      severity: 'warning',
      path: pathOf(id, entry),
      message: `${[id, ...loop, id].join(' -> ')} is a loop: what ${loop.at(-1)} writes is told again. Write to a second bucket, or give the notification a prefix that its keys do not have. Lambda ends it after about 16 passes (S3-5, LAM-68).`,
    })
  })
  const bus = tellsBus(bucket) ? defaultBus(scenario) : null
  for (const { rule, way } of bus === null ? [] : loopsByBus(id, bus, scenario))
    problems.push({
      severity: 'warning',
      path: pointer(rule, 'Properties', 'EventPattern'),
      message: `${[id, bus, ...way, id].join(' -> ')} is a loop: what ${way.at(-1)} writes matches ${rule} again. Write to a second bucket, or let ${rule} ask for keys that it does not write. The simulator stops after 50 rounds; AWS goes on and bills each.`,
    })
  if (tellsBus(bucket) && bus === null)
    problems.push({
      severity: 'info',
      path: pointer(id, 'Properties', 'NotificationConfiguration', 'EventBridgeConfiguration'),
      message: `${id} sends its events to the default bus, and none is drawn. Add a bus with the Name default.`,
    })
  return problems
}

export const checks: readonly Check[] = [notifications]
