import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, ref, text } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import { withInvitation, withoutInvitation } from '../invitations'
import { serviceRole } from '../service-role'
import type { Connection, Connector, Refusal } from '../service'
import { archiveConnector } from './archive/connectors'
import { ARCHIVE } from './archive/settings'
import { MATCH_ALL } from './kinds'
import { accountOf } from './accounts'
import { BUS, BY_ROLE, MAX_TARGETS, PRINCIPAL, RULE, ruleOf, TARGET_ACTIONS, targetEntries } from './settings'

/** bus -> function, queue, topic, stream or bus: a target of a rule. Drawn from a rule's port it joins that rule, else it makes a new one. */
export const targetConnector: Connector = {
  derive: (scenario) =>
    idsOf(RULE, scenario).flatMap((id) => {
      const { bus, targets } = ruleOf(id, scenario)
      if (bus === null || typeOf(bus, scenario) !== BUS) return []
      return targets.map((target): Connection => {
        const wire = { from: bus, to: target.id, action: target.action }
        const invokes = target.action === 'lambda:InvokeAsync' ? { principal: PRINCIPAL } : {}
        return { ...wire, ...invokes, port: id, resource: id, style: 'async' }
      })
    }),
  accepts(from, to, scenario, port): true | Refusal | null {
    if (typeOf(from, scenario) !== BUS) return null
    const type = typeOf(to, scenario) ?? ''
    if (port === 'failure' || type === ARCHIVE) return null
    if (TARGET_ACTIONS[type] === undefined) {
      return {
        refused: `A rule of ${from} delivers to functions, queues, topics, streams, delivery streams and buses, not to ${to}. Put a function between.`,
      }
    }
    if (from === to) return { refused: `${from} would send its events to itself, over and over. Draw to another bus.` }
    if (!isRuleOf(port, from, scenario)) return true
    const entries = targetEntries(scenario.resources[port]!)
    if (entries.some((entry) => ref(entry['Arn']) === to)) return { refused: `${port} already delivers to ${to}.` }
    if (entries.length < MAX_TARGETS) return true
    return {
      refused: `${port} has ${MAX_TARGETS} targets, the most a rule may have. Add a rule with the same pattern.`,
    }
  },
  connect(from, to, scenario, port) {
    const { RoleArn, resources: roles } = roleFor(from, to, scenario)
    const fifo = object(scenario.resources[to]?.Properties)['FifoQueue'] === true
    const target = {
      Arn: to,
      ...(RoleArn === undefined ? {} : { RoleArn }),
      // a FIFO queue refuses messages without a group (SQS-4)
      ...(fifo ? { SqsParameters: { MessageGroupId: 'a' } } : {}),
    }
    if (isRuleOf(port, from, scenario)) {
      const rule = scenario.resources[port]!
      const entries = targetEntries(rule)
      const Targets: Json[] = [...entries, { Id: targetId(to, entries), ...target }]
      return {
        resources: { [port]: withProperties(rule, { Targets }), ...roles, ...invitations(port, to, scenario) },
        said: `${port} delivers to ${to} too. It has ${Targets.length} of ${MAX_TARGETS} targets.`,
      }
    }
    const id = freeId(`${from}To${to}`, taken(scenario))
    return {
      resources: { [id]: newRule(from, { Id: to, ...target }), ...roles, ...invitations(id, to, scenario) },
      said: `Connected ${from} to ${to}. Added rule ${id}, which matches every event. Narrow its pattern.`,
    }
  },
  disconnect({ from, to, port, resource }, scenario) {
    const id = resource ?? port ?? ''
    const rule = scenario.resources[id]!
    const entries = targetEntries(rule)
    const at = entries.findIndex((entry) => ref(entry['Arn']) === to)
    const Targets: Json[] = entries.filter((_, index) => index !== at)
    const uninvited = withoutInvitation(scenario, to, { service: PRINCIPAL, source: id })
    if (Targets.length === 0) {
      return { resources: { [id]: null, ...uninvited }, said: `Removed rule ${id}: ${to} was its only target.` }
    }
    return {
      resources: { [id]: withProperties(rule, { Targets }), ...uninvited },
      said: `${id} of ${from} no longer delivers to ${to}.`,
    }
  },
}

/** bus -> queue at the bottom: events that a target did not take. Written in the rule's target, so it is not drawn by hand. */
export const deadLetterConnector: Connector = {
  derive(scenario) {
    const seen = new Set<string>()
    return idsOf(RULE, scenario).flatMap((id) => {
      const { bus, targets } = ruleOf(id, scenario)
      if (bus === null || typeOf(bus, scenario) !== BUS) return []
      return targets.flatMap(({ deadLetter }): Connection[] => {
        if (deadLetter === null || seen.has(`${bus}>${deadLetter}`)) return []
        seen.add(`${bus}>${deadLetter}`)
        const wire = { from: bus, to: deadLetter, action: 'sqs:SendMessage' }
        return [{ ...wire, port: 'failure', resource: id, style: 'async', label: 'not delivered' }]
      })
    })
  },
  accepts(from, to, scenario, port): true | Refusal | null {
    if (typeOf(from, scenario) !== BUS || port !== 'failure') return null
    if (typeOf(to, scenario) !== 'AWS::SQS::Queue')
      return { refused: 'What cannot be delivered goes to a queue. Draw to a standard queue.' }
    const waiting = openTargets(from, to, scenario)
    if (waiting.length > 0) return true
    return {
      refused: `Every target of ${from} has a dead-letter queue already, or there is none. Draw a target first.`,
    }
  },
  connect(from, to, scenario) {
    const resources: { [id: LogicalId]: Resource } = {}
    let count = 0
    for (const id of openTargets(from, to, scenario)) {
      const rule = scenario.resources[id]!
      const Targets = targetEntries(rule).map((entry): JsonObject => {
        if (!mayTake(entry, to)) return entry
        count++
        return { ...entry, DeadLetterConfig: { Arn: to } }
      })
      resources[id] = withProperties(rule, { Targets })
    }
    const targets = count === 1 ? '1 target' : `${count} targets`
    return { resources, said: `${to} takes what ${targets} of ${from} did not accept.` }
  },
  disconnect({ from, to }, scenario) {
    const resources: { [id: LogicalId]: Resource } = {}
    for (const id of idsOf(RULE, scenario)) {
      const rule = scenario.resources[id]!
      if (ruleOf(id, scenario).bus !== from) continue
      const entries = targetEntries(rule)
      if (!entries.some((entry) => deadLetterOf(entry) === to)) continue
      const Targets = entries.map((entry): JsonObject => {
        if (deadLetterOf(entry) !== to) return entry
        const { DeadLetterConfig: _, ...rest } = entry
        return rest
      })
      resources[id] = withProperties(rule, { Targets })
    }
    return { resources, said: `Events that targets of ${from} do not take are dropped now; they went to ${to}.` }
  },
}

/** The statement a function's resource policy needs for a rule; the console writes it too (LAM-65). */
const invitations = (rule: LogicalId, to: LogicalId, scenario: Scenario): { [id: LogicalId]: Resource } =>
  TARGET_ACTIONS[typeOf(to, scenario) ?? ''] === 'lambda:InvokeAsync'
    ? withInvitation(scenario, to, { service: PRINCIPAL, source: rule })
    : {}

const deadLetterOf = (entry: JsonObject): LogicalId | null => ref(object(entry['DeadLetterConfig'])['Arn'])
const mayTake = (entry: JsonObject, queue: LogicalId): boolean =>
  deadLetterOf(entry) === null && ref(entry['Arn']) !== queue

/** Rules of a bus with a target that has no dead-letter queue and is not this queue. */
function openTargets(bus: LogicalId, queue: LogicalId, scenario: Scenario): LogicalId[] {
  return idsOf(RULE, scenario).filter(
    (id) =>
      ruleOf(id, scenario).bus === bus && targetEntries(scenario.resources[id]!).some((entry) => mayTake(entry, queue)),
  )
}

function isRuleOf(port: string | undefined, bus: LogicalId, scenario: Scenario): port is string {
  return port !== undefined && typeOf(port, scenario) === RULE && ruleOf(port, scenario).bus === bus
}

/** The role a target of this type is called with (EB-12, EB-14), new or what it is now with one permission more; nothing for others. */
function roleFor(
  bus: LogicalId,
  to: LogicalId,
  scenario: Scenario,
): { RoleArn?: LogicalId; resources: { [id: LogicalId]: Resource } } {
  const action = TARGET_ACTIONS[typeOf(to, scenario) ?? ''] ?? ''
  const abroad = typeOf(to, scenario) === BUS && accountOf(to, scenario) !== accountOf(bus, scenario)
  if (!BY_ROLE.includes(action) && !abroad) return { resources: {} }
  const known = idsOf(RULE, scenario)
    .filter((id) => ruleOf(id, scenario).bus === bus)
    .flatMap((id) => ruleOf(id, scenario).targets.flatMap(({ role }) => role ?? []))[0]
  const { role, resources } = serviceRole(scenario, { known, owner: bus, service: PRINCIPAL, action, to })
  return { RoleArn: role, resources }
}

function newRule(bus: LogicalId, target: JsonObject): Resource {
  return {
    Type: RULE,
    Properties: { EventBusName: bus, EventPattern: MATCH_ALL, State: 'ENABLED', Targets: [target] },
  }
}

function targetId(to: LogicalId, entries: readonly JsonObject[]): string {
  return freeId(to, (id) => entries.some((entry) => text(entry['Id']) === id))
}

export const connectors: readonly Connector[] = [targetConnector, deadLetterConnector, archiveConnector]
