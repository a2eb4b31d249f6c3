import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { roleOf, withPermission, withPermissions, withoutPermission } from '../roles'
import type { Connection, Connector } from '../service'
import { FUNCTION, MAPPING } from './config'

const QUEUE = 'AWS::SQS::Queue'

/** Calls a function's code makes, by the type it calls: the action, and words for it. */
const CALLS: { readonly [type: string]: { readonly action: string; readonly iam: string } } = {
  [QUEUE]: { action: 'sqs:SendMessage', iam: 'sqs:SendMessage' },
  [FUNCTION]: { action: 'lambda:Invoke', iam: 'lambda:InvokeFunction' },
  'AWS::DynamoDB::Table': { action: 'dynamodb:PutItem', iam: 'dynamodb:PutItem' },
  'AWS::Events::EventBus': { action: 'events:PutEvents', iam: 'events:PutEvents' },
  'AWS::RDS::DBInstance': { action: 'rds:Query', iam: '' },
  'Coldstart::Internet': { action: 'https:Request', iam: '' },
}

const stepsOf = (resource: Resource | undefined): JsonObject[] =>
  (resource?.Behavior?.['steps'] as JsonObject[] | undefined) ?? []
const isFunction = (id: LogicalId, scenario: Scenario): boolean => scenario.resources[id]?.Type === FUNCTION

/** Queue -> function: an event source mapping, with the permissions its pollers need (LAM-66). */
const mapping: Connector = {
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
    if (port === 'failure' || scenario.resources[from]?.Type !== QUEUE || !isFunction(to, scenario)) return null
    const there = mapping.derive(scenario).some((it) => it.from === from && it.to === to)
    return there ? { refused: `${from} already feeds ${to}. Change the mapping instead.` } : true
  },
  connect(from, to, scenario) {
    let id = 'Mapping'
    for (let n = 2; scenario.resources[id] !== undefined; n++) id = `Mapping${n}`
    const visibility = Number(scenario.resources[from]?.Properties?.['VisibilityTimeout'] ?? 30)
    const timeout = Number(scenario.resources[to]?.Properties?.['Timeout'] ?? 3)
    const queue = scenario.resources[from]!
    return {
      resources: {
        [id]: { Type: MAPPING, Properties: { EventSourceArn: from, FunctionName: to, BatchSize: 10 } },
        // AWS refuses a mapping whose queue hides messages for less time than the function may run (SQS-ESM-2)
        ...(visibility < timeout
          ? { [from]: { ...queue, Properties: { ...queue.Properties, VisibilityTimeout: timeout * 6 } } }
          : {}),
        ...withPermissions(scenario, to, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], from),
      },
      said: `Connected ${from} to ${to}. Added a mapping and sqs:ReceiveMessage to ${roleOf(scenario.resources[to]!) ?? 'its role'}.`,
    }
  },
  disconnect: (connection, scenario) => ({
    resources: {
      ...(connection.resource === undefined ? {} : { [connection.resource]: null }),
      ...withoutPermission(scenario, connection.to, 'sqs:ReceiveMessage', connection.from),
    },
    said: `Removed the mapping from ${connection.from} to ${connection.to}.`,
  }),
}

/** Function -> anything its code calls: a step, with the permission it needs. */
const call: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources)
      .filter(([, resource]) => resource.Type === FUNCTION)
      .flatMap(([id, resource]) => {
        const seen = new Set<string>()
        return stepsOf(resource).flatMap((step): Connection[] => {
          if (typeof step['call'] !== 'string' || typeof step['to'] !== 'string') return []
          const key = `${step['call']} ${step['to']}`
          if (seen.has(key)) return []
          seen.add(key)
          const handsOver = ['sqs:SendMessage', 'events:PutEvents', 'lambda:InvokeAsync'].includes(step['call'])
          return [{ from: id, to: step['to'], action: step['call'], style: handsOver ? 'async' : 'sync' }]
        })
      }),
  accepts(from, to, scenario, port) {
    if (port === 'failure' || !isFunction(from, scenario)) return null
    const target = scenario.resources[to]
    if (target === undefined || CALLS[target.Type] === undefined) return null
    if (from === to) return { refused: 'A function that calls itself loops. Send through a queue if it must.' }
    const there = call.derive(scenario).some((it) => it.from === from && it.to === to)
    return there ? { refused: `${from} already calls ${to}. Add a step in Behavior for another call.` } : true
  },
  connect(from, to, scenario) {
    const fn = scenario.resources[from]!
    const { action, iam } = CALLS[scenario.resources[to]!.Type]!
    const wired: Resource = { ...fn, Behavior: { ...fn.Behavior, steps: [...stepsOf(fn), { call: action, to }] } }
    return {
      resources: { [from]: wired, ...(iam === '' ? {} : withPermission(scenario, from, iam, to)) },
      said:
        iam === ''
          ? `Connected ${from} to ${to}. Added the call ${action} to its steps.`
          : `Connected ${from} to ${to}. Added the call and ${iam} to ${roleOf(fn) ?? 'its role'}.`,
    }
  },
  disconnect(connection, scenario) {
    const fn = scenario.resources[connection.from]!
    const steps = stepsOf(fn).filter((step) => !(step['call'] === connection.action && step['to'] === connection.to))
    const iam = CALLS[scenario.resources[connection.to]?.Type ?? '']?.iam ?? ''
    return {
      resources: {
        [connection.from]: { ...fn, Behavior: { ...fn.Behavior, steps } },
        ...(iam === '' ? {} : withoutPermission(scenario, connection.from, iam, connection.to)),
      },
      said: `${connection.from} no longer calls ${connection.to}.`,
    }
  },
}

/** Function -> queue from its failure port: the dead-letter queue of asynchronous events (INV-9). */
const deadLetter: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources).flatMap(([id, resource]): Connection[] => {
      if (resource.Type !== FUNCTION) return []
      const target = (resource.Properties?.['DeadLetterConfig'] as JsonObject | undefined)?.['TargetArn']
      return typeof target === 'string'
        ? [{ from: id, to: target, action: 'sqs:SendMessage', port: 'failure', style: 'async' }]
        : []
    }),
  accepts(from, to, scenario, port) {
    if (port !== 'failure' || !isFunction(from, scenario)) return null
    return scenario.resources[to]?.Type === QUEUE
      ? true
      : { refused: 'Failed events go to a queue here. Draw a queue and connect to it.' }
  },
  connect(from, to, scenario) {
    const fn = scenario.resources[from]!
    return {
      resources: {
        [from]: { ...fn, Properties: { ...fn.Properties, DeadLetterConfig: { TargetArn: to } } },
        ...withPermission(scenario, from, 'sqs:SendMessage', to),
      },
      said: `Failed events of ${from} go to ${to}. Added sqs:SendMessage to ${roleOf(fn) ?? 'its role'}.`,
    }
  },
  disconnect(connection, scenario) {
    const fn = scenario.resources[connection.from]!
    const { DeadLetterConfig: _, ...properties } = fn.Properties ?? {}
    return {
      resources: { [connection.from]: { ...fn, Properties: properties } },
      said: `${connection.from} has no dead-letter queue now. Events that fail are lost.`,
    }
  },
}

export const connectors: readonly Connector[] = [mapping, call, deadLetter]
