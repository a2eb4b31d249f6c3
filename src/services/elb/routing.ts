import type { LogicalId } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { flag, integer, properties } from '../../network/read'
import type { ServiceContext } from '../service'
import { PROTOCOLS } from './actions'
import { invitation, listenersOf, targetOf } from './settings'

export interface Route {
  /** Place among the target groups. */
  readonly group: number
  readonly weight: number
}

export interface Group {
  readonly resource: number
  /** By place of the load balancer; -1: it does not forward here, or there is no target. */
  readonly wires: readonly number[]
  /** µs between two health checks; 0: none, as is usual for functions. */
  readonly checkEvery: number
}

export interface Balancer {
  readonly resource: number
  /** Where requests go, by position of the action; undefined: no listener. Weight 0 gets nothing. */
  readonly listeners: readonly (readonly Route[] | undefined)[]
  /** Bytes, where the Behavior says. */
  readonly requestSize: number | null
  readonly responseSize: number | null
}

export interface Routing {
  readonly groups: readonly Group[]
  readonly balancers: readonly Balancer[]
}

/** What the document says now about load balancers and target groups, both by their places in these lists. */
export function routingOf(
  context: ServiceContext,
  balancers: readonly LogicalId[],
  groups: readonly LogicalId[],
): Routing {
  const scenario = context.scenario()
  const listeners = balancers.map((id) => listenersOf(id, scenario))
  return {
    groups: groups.map((id) => {
      const target = targetOf(id, scenario)
      const options = { role: null, network: false, as: invitation(id) }
      const from = properties(scenario.resources[id]!)
      return {
        resource: context.index(id),
        wires: balancers.map((balancer, b) => {
          const here = listeners[b]!.some(({ forwards }) => forwards.some(({ group }) => group === id))
          return target === null || !here ? -1 : context.calls.wire(balancer, target, 'lambda:Invoke', options)
        }),
        checkEvery:
          flag(from['HealthCheckEnabled']) === true ? toMicros(integer(from['HealthCheckIntervalSeconds']) ?? 35) : 0,
      }
    }),
    balancers: balancers.map((id, b) => {
      const behavior = context.behavior(id)
      return {
        resource: context.index(id),
        listeners: PROTOCOLS.map((protocol) =>
          listeners[b]!.find((listener) => listener.protocol === protocol)
            ?.forwards.map(({ group, weight }) => ({ group: groups.indexOf(group), weight }))
            .filter(({ group, weight }) => group >= 0 && weight > 0),
        ),
        requestSize: integer(behavior['requestSize']),
        responseSize: integer(behavior['responseSize']),
      }
    }),
  }
}
