import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { freeId, idsOf, taken, typeOf } from '../edit'
import type { Connection, Connector, Refusal } from '../service'
import { backlogPolicy } from './recipes'
import { GROUP, partsOf, POLICY, QUEUE, workerOf } from './settings'

const RECEIVE = 'sqs:ReceiveMessage'
/** Calls a worker makes when a message is done, by the type it calls. */
const CALLS: { readonly [type: string]: string } = {
  [QUEUE]: 'sqs:SendMessage',
  'AWS::DynamoDB::Table': 'dynamodb:PutItem',
  'AWS::Lambda::Function': 'lambda:Invoke',
  'AWS::Events::EventBus': 'events:PutEvents',
  'AWS::S3::Bucket': 's3:PutObject',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::Kinesis::Stream': 'kinesis:PutRecord',
  'AWS::RDS::DBInstance': 'rds:Query',
  'Coldstart::Internet': 'https:Request',
}
const WAITS = new Set(['dynamodb:PutItem', 'lambda:Invoke', 's3:PutObject', 'rds:Query', 'https:Request'])

const withWorker = (
  resource: Resource,
  changes: { readonly [name: string]: JsonObject[string] | undefined },
): Resource => {
  const before = (resource.Behavior?.['worker'] as JsonObject | undefined) ?? {}
  const worker: JsonObject = {}
  for (const [name, value] of Object.entries({ ...before, ...changes })) if (value !== undefined) worker[name] = value
  const { worker: _, ...rest } = resource.Behavior ?? {}
  const behavior = Object.keys(worker).length === 0 ? rest : { ...rest, worker }
  return { ...resource, Behavior: behavior }
}

/** A wire between a queue and a group without work, whichever way it was drawn. */
function pairOf(from: LogicalId, to: LogicalId, scenario: Scenario): { queue: LogicalId; group: LogicalId } | null {
  const [group, queue] = typeOf(from, scenario) === GROUP ? [from, to] : [to, from]
  return typeOf(group, scenario) === GROUP && typeOf(queue, scenario) === QUEUE ? { queue, group } : null
}

/** queue -> group: its workers ask the queue for messages. It may be drawn from either end. */
const polling: Connector = {
  derive: (scenario) =>
    idsOf(GROUP, scenario).flatMap((to): Connection[] => {
      const worker = workerOf(scenario.resources[to]!)
      if (worker === null || typeOf(worker.queue, scenario) !== QUEUE) return []
      const label = worker.batch === 1 ? 'one by one' : `batch ${worker.batch}`
      return [{ from: worker.queue, to, action: RECEIVE, style: 'async', label }]
    }),
  accepts(from, to, scenario, port): true | Refusal | null {
    const pair = pairOf(from, to, scenario)
    if (pair === null || (port ?? 'out') !== 'out') return null
    const worker = workerOf(scenario.resources[pair.group]!)
    if (worker === null) return true
    if (worker.queue === pair.queue || from === pair.queue)
      return { refused: `${pair.group} takes its work from ${worker.queue} already. A group works on one queue.` }
    return null
  },
  connect(from, to, scenario) {
    const { queue, group } = pairOf(from, to, scenario)!
    const resources: { [id: LogicalId]: Resource } = {
      [group]: withWorker(scenario.resources[group]!, { queue }),
    }
    const scaled = partsOf(POLICY, group, scenario).length > 0
    if (!scaled) resources[freeId(`${group}Backlog`, taken(scenario))] = backlogPolicy(group, queue)
    const policy = scaled ? '' : ' Added a policy that keeps a backlog of 10 messages per instance.'
    return { resources, said: `The workers of ${group} take messages from ${queue}.${policy}` }
  },
  disconnect({ from, to }, scenario) {
    return {
      resources: { [to]: withWorker(scenario.resources[to]!, { queue: undefined }) },
      said: `The workers of ${to} no longer ask ${from}.`,
    }
  },
}

/** group -> anything a worker calls when a message is done. */
const calling: Connector = {
  derive: (scenario) =>
    idsOf(GROUP, scenario).flatMap((from): Connection[] => {
      const call = workerOf(scenario.resources[from]!)?.call ?? null
      if (call === null) return []
      return [{ from, to: call.to, action: call.action, style: WAITS.has(call.action) ? 'sync' : 'async' }]
    }),
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== GROUP || (port ?? 'out') !== 'out') return null
    if (CALLS[typeOf(to, scenario) ?? ''] === undefined) return null
    const worker = workerOf(scenario.resources[from]!)
    if (worker === null) return { refused: `${from} has no work yet. Connect a queue first, then what it calls.` }
    if (worker.call !== null)
      return { refused: `${from} already calls ${worker.call.to} for each message. It makes one call.` }
    return worker.queue === to ? null : true
  },
  connect(from, to, scenario) {
    const action = CALLS[typeOf(to, scenario)!]!
    return {
      resources: { [from]: withWorker(scenario.resources[from]!, { call: action, to }) },
      said: `The workers of ${from} call ${action} of ${to} for each message that is done.`,
    }
  },
  disconnect({ from, to }, scenario) {
    return {
      resources: { [from]: withWorker(scenario.resources[from]!, { call: undefined, to: undefined }) },
      said: `The workers of ${from} no longer call ${to}.`,
    }
  },
}

export const connectors: readonly Connector[] = [polling, calling]
