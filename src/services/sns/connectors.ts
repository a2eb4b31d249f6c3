import type { LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, properties, ref } from '../../network/read'
import { freeId, taken, typeOf, withProperties } from '../edit'
import { withInvitation, withoutInvitation } from '../invitations'
import { serviceRole } from '../service-role'
import type { Connection, Connector } from '../service'
import { endpointOf, isFifo, PRINCIPAL, QUEUE, SUBSCRIPTION, subscriptionsOf, TOPIC } from './settings'

/** topic -> queue, function or HTTPS host: a subscription, with the statement a function needs (LAM-65). */
export const subscription: Connector = {
  derive: (scenario) =>
    subscriptionsOf(scenario).map(({ id, topic, endpoint, action }): Connection => ({
      from: topic,
      to: endpoint,
      action,
      port: id,
      resource: id,
      style: action === 'https:Request' ? 'sync' : 'async',
      ...(action === 'lambda:InvokeAsync' ? { principal: PRINCIPAL } : {}),
    })),
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== TOPIC || port === 'failure') return null
    const way = endpointOf(to, scenario)
    if (way === null)
      return {
        refused: `A topic delivers to queues, functions, delivery streams and HTTPS hosts, not to ${to}. Put a function between.`,
      }
    if (subscriptionsOf(scenario).some((it) => it.topic === from && it.endpoint === to))
      return { refused: `${to} is subscribed to ${from} already.` }
    if (isFifo(scenario.resources[to]) && !isFifo(scenario.resources[from]))
      return { refused: `${to} is a FIFO queue: only a FIFO topic delivers to it.` }
    return true
  },
  connect(from, to, scenario) {
    const { protocol, action } = endpointOf(to, scenario)!
    const id = freeId(`${from}To${to}`, taken(scenario))
    const { role, resources: roles } =
      protocol === 'firehose'
        ? serviceRole(scenario, { known: undefined, owner: id, service: PRINCIPAL, action, to })
        : { role: null, resources: {} }
    const Properties = {
      TopicArn: from,
      Protocol: protocol,
      Endpoint: to,
      ...(role === null ? {} : { SubscriptionRoleArn: role }),
    }
    const invited =
      action === 'lambda:InvokeAsync' ? withInvitation(scenario, to, { service: PRINCIPAL, source: from }) : {}
    return {
      resources: { [id]: { Type: SUBSCRIPTION, Properties }, ...roles, ...invited },
      said: `Subscribed ${to} to ${from}. It gets a copy of every message; give ${id} a filter policy for fewer.`,
    }
  },
  disconnect({ from, to, resource }, scenario) {
    const invited = withoutInvitation(scenario, to, { service: PRINCIPAL, source: from })
    return {
      resources: { ...(resource === undefined ? {} : { [resource]: null }), ...invited },
      said: `${to} is no longer subscribed to ${from}.`,
    }
  },
}

/** topic -> queue at the bottom: what could not be delivered to a subscription (SNS-5). */
export const deadLetters: Connector = {
  derive(scenario) {
    const seen = new Set<string>()
    return subscriptionsOf(scenario).flatMap(({ id, topic, deadLetter }): Connection[] => {
      if (deadLetter === null || seen.has(`${topic}>${deadLetter}`)) return []
      seen.add(`${topic}>${deadLetter}`)
      const wire = { from: topic, to: deadLetter, action: 'sqs:SendMessage' }
      return [{ ...wire, port: 'failure', resource: id, style: 'async', label: 'not delivered' }]
    })
  },
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== TOPIC || port !== 'failure') return null
    if (typeOf(to, scenario) !== QUEUE) return { refused: 'What cannot be delivered goes to a queue.' }
    const fifo = isFifo(scenario.resources[from])
    if (isFifo(scenario.resources[to]) !== fifo)
      return { refused: `Dead letters of ${from} go to a ${fifo ? 'FIFO' : 'standard'} queue. ${to} is none.` }
    if (open(from, to, scenario).length > 0) return true
    return { refused: `Every subscription of ${from} has a dead-letter queue already, or there is none.` }
  },
  connect(from, to, scenario) {
    const ids = open(from, to, scenario)
    const resources: { [id: LogicalId]: Resource } = {}
    for (const id of ids)
      resources[id] = withProperties(scenario.resources[id]!, { RedrivePolicy: { deadLetterTargetArn: to } })
    return { resources, said: `${to} takes what ${ids.length} of ${from}'s subscriptions could not deliver.` }
  },
  disconnect({ from, to }, scenario) {
    const resources: { [id: LogicalId]: Resource } = {}
    for (const { id, topic, deadLetter } of subscriptionsOf(scenario)) {
      if (topic !== from || deadLetter !== to) continue
      const { RedrivePolicy: _, ...Properties } = properties(scenario.resources[id]!)
      resources[id] = { ...scenario.resources[id]!, Properties }
    }
    return { resources, said: `Messages that ${from} cannot deliver are dropped now; they went to ${to}.` }
  },
}

/** Subscriptions of a topic without a dead-letter queue that do not deliver to this queue. */
const open = (topic: LogicalId, queue: LogicalId, scenario: Scenario): LogicalId[] =>
  subscriptionsOf(scenario).flatMap((it) => {
    const policy = object(properties(scenario.resources[it.id]!)['RedrivePolicy'])
    return it.topic === topic && it.endpoint !== queue && ref(policy['deadLetterTargetArn']) === null ? [it.id] : []
  })

export const connectors: readonly Connector[] = [subscription, deadLetters]
