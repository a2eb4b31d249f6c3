import type { Resource } from '../../../model/scenario'
import { roleOf, withoutPermission, withPermissions } from '../../roles'
import type { Connection, Connector } from '../../service'
import { MAPPING } from '../resource-types'
import { functionOf, isOut, isSame, QUEUE } from './targets'

/** Queue -> function: an event source mapping, with the permissions its pollers need (LAM-66). */
export const mapping: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources)
      .filter(([, resource]) => resource.Type === MAPPING)
      .map(([id, { Properties }]): Connection => ({
        from: String(Properties?.['EventSourceArn']),
        to: String(Properties?.['FunctionName']),
        action: 'lambda:Invoke',
        resource: id,
        style: 'async',
        label: `batch ${Number(Properties?.['BatchSize'] ?? 10)}`,
      })),
  accepts(from, to, scenario, port) {
    if (!isOut(port) || scenario.resources[from]?.Type !== QUEUE) return null
    if (functionOf(to, scenario) === null) return null
    const there = mapping.derive(scenario).some((it) => it.from === from && isSame(it.to, to, scenario))
    return there ? { refused: `${from} already feeds ${to}. Change the mapping instead.` } : true
  },
  connect(from, to, scenario) {
    let id = 'Mapping'
    for (let n = 2; scenario.resources[id] !== undefined; n++) id = `Mapping${n}`
    const fn = functionOf(to, scenario) ?? to
    const visibility = Number(scenario.resources[from]?.Properties?.['VisibilityTimeout'] ?? 30)
    const timeout = Number(scenario.resources[fn]?.Properties?.['Timeout'] ?? 3)
    const queue = scenario.resources[from]!
    const hidden: { [id: string]: Resource } =
      // AWS refuses a mapping whose queue hides messages for less time than the function may run (SQS-ESM-2)
      visibility < timeout
        ? { [from]: { ...queue, Properties: { ...queue.Properties, VisibilityTimeout: timeout * 6 } } }
        : {}
    return {
      resources: {
        [id]: { Type: MAPPING, Properties: { EventSourceArn: from, FunctionName: to, BatchSize: 10 } },
        ...hidden,
        ...withPermissions(scenario, fn, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], from),
      },
      said: `Connected ${from} to ${to}. Added a mapping and sqs:ReceiveMessage to ${roleOf(scenario.resources[fn]!) ?? 'its role'}.`,
    }
  },
  disconnect(connection, scenario) {
    const fn = functionOf(connection.to, scenario)
    return {
      resources: {
        ...(connection.resource === undefined ? {} : { [connection.resource]: null }),
        ...(fn === null ? {} : withoutPermission(scenario, fn, 'sqs:ReceiveMessage', connection.from)),
      },
      said: `Removed the mapping from ${connection.from} to ${connection.to}.`,
    }
  },
}
