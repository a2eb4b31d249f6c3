import type { JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { destinationOf, isStreamSource, needsOf, TABLE } from '../mapping/streams/source'
import { roleOf, withoutPermission, withPermissions } from '../../roles'
import type { Connection, Connector } from '../../service'
import { MAPPING } from '../resource-types'
import { functionOf, isOut, isSame, QUEUE } from './targets'

const RECEIVES = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']

/** What a role needs to read a source, and on what. */
const needs = (source: LogicalId, scenario: Scenario): [action: string, on: LogicalId][] =>
  isStreamSource(source, scenario) ? needsOf(source, scenario) : RECEIVES.map((action) => [action, source])

/** Queue or stream -> function: an event source mapping, with the permissions its pollers need (LAM-66). */
export const mapping: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources)
      .filter(([, resource]) => resource.Type === MAPPING)
      .flatMap(([id, { Properties }]): Connection[] => {
        const from = String(Properties?.['EventSourceArn'])
        const streams = isStreamSource(from, scenario)
        const shown: Connection = {
          from: drawnAt(from, scenario),
          to: String(Properties?.['FunctionName']),
          action: 'lambda:Invoke',
          resource: id,
          style: 'async',
          label: `batch ${Number(Properties?.['BatchSize'] ?? (streams ? 100 : 10))}`,
          poller: true,
        }
        const failed = streams ? destinationOf(Properties, scenario) : null
        if (failed === null) return [shown]
        return [
          shown,
          {
            from: shown.to,
            to: failed.to,
            action: failed.action,
            port: 'failure',
            resource: id,
            style: 'async',
            label: 'discarded',
          },
        ]
      }),
  accepts(from, to, scenario, port) {
    const type = scenario.resources[from]?.Type
    if (!isOut(port) || (type !== QUEUE && !isStreamSource(from, scenario))) return null
    if (functionOf(to, scenario) === null) return null
    const there = mapping.derive(scenario).some((it) => it.from === from && isSame(it.to, to, scenario))
    return there ? { refused: `${from} already feeds ${to}. Change the mapping instead.` } : true
  },
  connect(from, to, scenario) {
    let id = 'Mapping'
    for (let n = 2; scenario.resources[id] !== undefined; n++) id = `Mapping${n}`
    const fn = functionOf(to, scenario) ?? to
    const streams = isStreamSource(from, scenario)
    const properties: JsonObject = {
      EventSourceArn: from,
      FunctionName: to,
      ...(streams ? { StartingPosition: 'TRIM_HORIZON', BatchSize: 100 } : { BatchSize: 10 }),
    }
    const source = streams ? readable(from, scenario) : hiding(from, fn, scenario)
    let roles: { [id: string]: Resource } = {}
    for (const [action, on] of needs(from, scenario)) {
      const now = { ...scenario, resources: { ...scenario.resources, ...roles } }
      roles = { ...roles, ...withPermissions(now, fn, [action], on) }
    }
    const [first] = needs(from, scenario)
    return {
      resources: { [id]: { Type: MAPPING, Properties: properties }, ...source, ...roles },
      said: `Connected ${from} to ${to}. Added a mapping and ${first![0]} to ${roleOf(scenario.resources[fn]!) ?? 'its role'}.`,
    }
  },
  disconnect(connection, scenario) {
    const { resource, from, to, port } = connection
    const before = resource === undefined ? undefined : scenario.resources[resource]
    if (port === 'failure' && before !== undefined) {
      const { DestinationConfig: _, ...rest } = before.Properties ?? {}
      return {
        resources: { [resource!]: { ...before, Properties: rest } },
        said: `${to} is told of discarded batches of ${resource} no more.`,
      }
    }
    const fn = functionOf(to, scenario)
    const source = String(before?.Properties?.['EventSourceArn'] ?? from)
    let roles: { [id: string]: Resource } = {}
    const granted = isStreamSource(source, scenario)
      ? needs(source, scenario)
      : [['sqs:ReceiveMessage', source] as const]
    for (const [action, on] of fn === null ? [] : granted) {
      const now = { ...scenario, resources: { ...scenario.resources, ...roles } }
      roles = { ...roles, ...withoutPermission(now, fn!, action, on) }
    }
    return {
      resources: { ...(resource === undefined ? {} : { [resource]: null }), ...roles },
      said: `Removed the mapping from ${from} to ${to}.`,
    }
  },
}

/** A consumer stands at its stream. */
function drawnAt(source: LogicalId, scenario: Scenario): LogicalId {
  const stream = scenario.resources[source]?.Properties?.['StreamARN']
  return typeof stream === 'string' && Object.hasOwn(scenario.resources, stream) ? stream : source
}

/** A table gets a stream, if it has none. */
function readable(from: LogicalId, scenario: Scenario): { [id: string]: Resource } {
  const table = scenario.resources[from]!
  if (table.Type !== TABLE || table.Properties?.['StreamSpecification'] !== undefined) return {}
  const properties = { ...table.Properties, StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }
  return { [from]: { ...table, Properties: properties } }
}

/** AWS refuses a mapping whose queue hides messages for less time than the function may run (SQS-ESM-2). */
function hiding(from: LogicalId, fn: LogicalId, scenario: Scenario): { [id: string]: Resource } {
  const queue = scenario.resources[from]!
  const visibility = Number(queue.Properties?.['VisibilityTimeout'] ?? 30)
  const timeout = Number(scenario.resources[fn]?.Properties?.['Timeout'] ?? 3)
  if (visibility >= timeout) return {}
  return { [from]: { ...queue, Properties: { ...queue.Properties, VisibilityTimeout: timeout * 6 } } }
}
