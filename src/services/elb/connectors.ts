import type { Json, LogicalId, Resource, Scenario } from '../../model/scenario'
import { object } from '../../network/read'
import { freeId, taken, typeOf, withProperties } from '../edit'
import { invokedFunction, withInvitation, withoutInvitation } from '../invitations'
import type { Connection, Connector } from '../service'
import {
  balancersOf,
  defaultActions,
  invitation,
  INVOKED,
  LISTENER,
  listenersOf,
  LOAD_BALANCER,
  TARGET_GROUP,
  targetOf,
  type Forward,
} from './settings'

const CLIENT = 'Coldstart::Client'
/** Target groups a forward action may name: docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
export const MOST_GROUPS = 5
/** What a handler returns at least, so that a load balancer takes it for an HTTP response. */
export const RESPONSE: Json = { statusCode: 200, body: 'OK' }

/** `Site 90 %, Beta 10 %`. All wires leave from one place and say the same, because their labels lie on one another. */
function sharesOf(forwards: readonly Forward[], scenario: Scenario): { label?: string } {
  const all = forwards.reduce((sum, { weight }) => sum + weight, 0)
  if (forwards.length < 2 || all === 0) return {}
  const share = ({ group, weight }: Forward): string =>
    `${targetOf(group, scenario) ?? group} ${Math.round((weight / all) * 100)} %`
  return { label: forwards.map(share).join(', ') }
}

/** load balancer -> function: a target group of its own, behind the first listener. */
const target: Connector = {
  derive: (scenario) =>
    Object.keys(scenario.resources).flatMap((from): Connection[] => {
      if (typeOf(from, scenario) !== LOAD_BALANCER) return []
      const wires = new Map<LogicalId, Connection>()
      for (const { forwards } of listenersOf(from, scenario)) {
        const label = sharesOf(forwards, scenario)
        for (const { group } of forwards) {
          const to = targetOf(group, scenario)
          if (to === null || wires.has(group)) continue
          wires.set(group, { from, to, action: 'lambda:Invoke', resource: group, style: 'sync', ...label })
        }
      }
      return [...wires.values()]
    }),
  accepts(from, to, scenario, port) {
    if (typeOf(from, scenario) !== LOAD_BALANCER || from === to || port === 'failure') return null
    if (!INVOKED.includes(typeOf(to, scenario) ?? ''))
      return { refused: `${from} invokes functions, not ${to}. Its other kinds of targets are not simulated.` }
    const forwards = listenersOf(from, scenario)[0]?.forwards ?? []
    if (forwards.some(({ group }) => targetOf(group, scenario) === to))
      return { refused: `${from} already forwards to ${to}.` }
    if (forwards.length < MOST_GROUPS) return true
    return { refused: `${from} forwards to ${MOST_GROUPS} target groups, the most an action may name.` }
  },
  connect(from, to, scenario) {
    const [listener] = listenersOf(from, scenario)
    const group = freeId(`${from}To${to}`, taken(scenario))
    const forwards: Forward[] = [...(listener?.forwards ?? []), { group, weight: 1 }]
    const resources: { [id: LogicalId]: Resource } = {
      [group]: { Type: TARGET_GROUP, Properties: { TargetType: 'lambda', Targets: [{ Id: to }] } },
    }
    const DefaultActions = defaultActions(forwards)
    if (listener !== undefined)
      resources[listener.id] = withProperties(scenario.resources[listener.id]!, { DefaultActions })
    else
      resources[freeId(`${from}Http`, taken(scenario))] = {
        Type: LISTENER,
        Properties: { LoadBalancerArn: from, Port: 80, Protocol: 'HTTP', DefaultActions },
      }
    const fn = invokedFunction(to, scenario)
    const behavior = object(scenario.resources[fn]!.Behavior)
    const returns = behavior['response'] === undefined
    if (returns) resources[fn] = { ...scenario.resources[fn]!, Behavior: { ...behavior, response: RESPONSE } }
    return {
      resources: { ...resources, ...withInvitation(scenario, to, invitation(group)) },
      said: `Connected ${from} to ${to} through target group ${group}.${returns ? ` ${fn} returns status 200.` : ''}`,
    }
  },
  disconnect({ from, to, resource: group = '' }, scenario) {
    const resources: { [id: LogicalId]: Resource | null } = { ...withoutInvitation(scenario, to, invitation(group)) }
    for (const { id, forwards } of listenersOf(from, scenario)) {
      const left = forwards.filter((forward) => forward.group !== group)
      if (left.length === forwards.length) continue
      const DefaultActions = defaultActions(left)
      resources[id] = left.length === 0 ? null : withProperties(scenario.resources[id]!, { DefaultActions })
    }
    if (balancersOf(group, scenario).length < 2) resources[group] = null
    return { resources, said: `${from} no longer forwards to ${to}.` }
  },
}

/** client -> load balancer, written to the client's Behavior; the client's own connector finds it again. */
const request: Connector = {
  derive: () => [],
  accepts(from, to, scenario) {
    if (typeOf(from, scenario) !== CLIENT || typeOf(to, scenario) !== LOAD_BALANCER) return null
    return scenario.resources[from]!.Behavior?.['to'] === to ? { refused: `${from} already calls ${to}.` } : true
  },
  connect(from, to, scenario) {
    const listeners = listenersOf(to, scenario)
    const call = (listeners[0]?.protocol ?? 'HTTP') === 'HTTP' ? 'http:Request' : 'https:Request'
    const client = scenario.resources[from]!
    return {
      resources: { [from]: { ...client, Behavior: { ...client.Behavior, call, to } } },
      said: `Connected ${from} to ${to}. Every call is ${call}.`,
    }
  },
  disconnect: () => ({ resources: {}, said: '' }),
}

export const connectors: readonly Connector[] = [target, request]
