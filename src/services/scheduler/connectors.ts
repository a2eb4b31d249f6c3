import { grant, revoke } from '../../iam'
import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { ref } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import { ROLE } from '../roles'
import type { Connection, Connector } from '../service'
import { callOf, QUEUE, SCHEDULE, scheduleOf, targetEntry } from './settings'

type Resources = { [id: LogicalId]: Resource }

const trusted: Resource = {
  Type: ROLE,
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [],
  },
}

/** The schedule with its target changed, and a role that may do `iam` on `to`. */
function granted(scenario: Scenario, from: LogicalId, target: JsonObject, iam: string, to: LogicalId): Resources {
  const known = ref(target['RoleArn'])
  const role = known ?? freeId(`${from}Role`, taken(scenario))
  const before = typeOf(role, scenario) === ROLE ? scenario.resources[role]! : trusted
  return {
    [from]: withProperties(scenario.resources[from]!, { Target: { ...target, RoleArn: role } }),
    ...(known !== null && typeOf(known, scenario) !== ROLE ? {} : { [role]: grant(before, iam, to) }),
  }
}

/** The role without what it was granted on a resource for this schedule. */
function released(scenario: Scenario, from: LogicalId, iam: string, to: LogicalId): Resources {
  const role = ref(targetEntry(scenario.resources[from]!)['RoleArn'])
  if (role === null || typeOf(role, scenario) !== ROLE) return {}
  const shared = idsOf(SCHEDULE, scenario).some((id) => {
    const { target } = scheduleOf(id, scenario)
    return id !== from && target?.role === role && (target.id === to || target.deadLetter === to)
  })
  return shared ? {} : { [role]: revoke(scenario.resources[role]!, iam, to) }
}

/** schedule -> what it calls. A schedule has one target; a new wire replaces the old one (EB-66). */
export const target: Connector = {
  derive: (scenario) =>
    idsOf(SCHEDULE, scenario).flatMap((from): Connection[] => {
      const { target, window } = scheduleOf(from, scenario)
      if (target === null) return []
      const label = window > 0 ? { label: `within ${window} min` } : {}
      return [{ from, to: target.id, action: target.action, style: 'async', ...label }]
    }),
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== SCHEDULE || port === 'failure') return null
    if (callOf(to, scenario) === null)
      return {
        refused: `A schedule calls functions, queues, topics, streams and buses, not ${to}. Put a function between.`,
      }
    return scheduleOf(from, scenario).target?.id === to ? { refused: `${from} already calls ${to}.` } : true
  },
  connect(from, to, scenario) {
    const { action, iam } = callOf(to, scenario)!
    const before = scheduleOf(from, scenario).target
    const freed = before === null ? {} : released(scenario, from, before.iam, before.id)
    const now = { ...scenario, resources: { ...scenario.resources, ...freed } }
    const {
      EventBridgeParameters: _,
      SqsParameters: __,
      KinesisParameters: ___,
      ...kept
    } = targetEntry(scenario.resources[from]!)
    const fifo =
      scenario.resources[to]!.Properties?.['FifoQueue'] === true ? { SqsParameters: { MessageGroupId: 'a' } } : {}
    const stream = action === 'kinesis:PutRecord' ? { KinesisParameters: { PartitionKey: from } } : {}
    const event =
      action === 'events:PutEvents' ? { EventBridgeParameters: { Source: 'schedule', DetailType: from } } : {}
    const resources = granted(now, from, { ...kept, Arn: to, ...fifo, ...stream, ...event }, iam, to)
    const role = ref(targetEntry(resources[from]!)['RoleArn'])
    return {
      resources: { ...freed, ...resources },
      said: `${from} calls ${to} by the clock. Added ${iam} to ${role}.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const iam = callOf(to, scenario)?.iam ?? ''
    return {
      resources: {
        ...released(scenario, from, iam, to),
        [from]: withProperties(scenario.resources[from]!, { Target: undefined }),
      },
      said: `${from} calls nothing now.`,
    }
  },
}

/** schedule -> queue at the bottom: calls that were given up. */
export const deadLetters: Connector = {
  derive: (scenario) =>
    idsOf(SCHEDULE, scenario).flatMap((from): Connection[] => {
      const to = scheduleOf(from, scenario).target?.deadLetter ?? null
      if (to === null) return []
      return [{ from, to, action: 'sqs:SendMessage', port: 'failure', style: 'async', label: 'given up' }]
    }),
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== SCHEDULE || port !== 'failure') return null
    const { target } = scheduleOf(from, scenario)
    if (target === null) return { refused: `${from} has no target yet. Draw that wire first.` }
    if (typeOf(to, scenario) !== QUEUE) return { refused: 'Calls that are given up go to a standard queue.' }
    return target.deadLetter === to ? { refused: `${to} takes them already.` } : true
  },
  connect(from, to, scenario) {
    const entry = { ...targetEntry(scenario.resources[from]!), DeadLetterConfig: { Arn: to } }
    return {
      resources: granted(scenario, from, entry, 'sqs:SendMessage', to),
      said: `${to} takes what ${from} gave up. Added sqs:SendMessage to its role.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const { DeadLetterConfig: _, ...entry } = targetEntry(scenario.resources[from]!)
    return {
      resources: {
        ...released(scenario, from, 'sqs:SendMessage', to),
        [from]: withProperties(scenario.resources[from]!, { Target: entry }),
      },
      said: `Calls that ${from} gives up are dropped now; they went to ${to}.`,
    }
  },
}

export const connectors: readonly Connector[] = [target, deadLetters]
