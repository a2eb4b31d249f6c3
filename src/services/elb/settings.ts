import type { Invitation } from '../../iam'
import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { idsOf, typeOf } from '../edit'

export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer'
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener'
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup'

/** Types a target group with TargetType lambda may name. */
export const INVOKED: readonly string[] = ['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias']

/** Who asks a function's resource policy, on behalf of a target group. */
export const invitation = (group: LogicalId): Invitation => ({
  service: 'elasticloadbalancing.amazonaws.com',
  source: group,
})

/** A target group and its share of the requests. */
export interface Forward {
  readonly group: LogicalId
  /** 0 to 999; shares are in proportion. */
  readonly weight: number
}

export interface ListenerSettings {
  readonly id: LogicalId
  readonly balancer: LogicalId | null
  readonly port: number
  readonly protocol: string
  readonly forwards: readonly Forward[]
}

export function listenerOf(id: LogicalId, scenario: Scenario): ListenerSettings {
  const from = properties(scenario.resources[id]!)
  const protocol = text(from['Protocol']) ?? 'HTTP'
  return {
    id,
    balancer: ref(from['LoadBalancerArn']),
    port: integer(from['Port']) ?? (protocol === 'HTTPS' ? 443 : 80),
    protocol,
    forwards: forwardsOf(object(list(from['DefaultActions'])[0])),
  }
}

function forwardsOf(action: JsonObject): Forward[] {
  const several = list(object(action['ForwardConfig'])['TargetGroups'])
  const entries: readonly Json[] = several.length > 0 ? several : [{ TargetGroupArn: action['TargetGroupArn'] ?? null }]
  return entries.flatMap((entry) => {
    const group = ref(object(entry)['TargetGroupArn'])
    return group === null ? [] : [{ group, weight: integer(object(entry)['Weight']) ?? 1 }]
  })
}

/** Listeners of a load balancer, the lowest port first. */
export function listenersOf(balancer: LogicalId, scenario: Scenario): ListenerSettings[] {
  return idsOf(LISTENER, scenario)
    .map((id) => listenerOf(id, scenario))
    .filter((listener) => listener.balancer === balancer)
    .sort((a, b) => a.port - b.port)
}

/** Load balancers whose listeners forward to a target group. */
export function balancersOf(group: LogicalId, scenario: Scenario): LogicalId[] {
  const found = idsOf(LISTENER, scenario).flatMap((id) => {
    const { balancer, forwards } = listenerOf(id, scenario)
    return balancer !== null && forwards.some((forward) => forward.group === group) ? [balancer] : []
  })
  return [...new Set(found)]
}

/** The function, version or alias a target group invokes; null when it has none. */
export function targetOf(group: LogicalId, scenario: Scenario): LogicalId | null {
  if (typeOf(group, scenario) !== TARGET_GROUP) return null
  const id = ref(object(list(properties(scenario.resources[group]!)['Targets'])[0])['Id'])
  return INVOKED.includes(typeOf(id, scenario) ?? '') ? id : null
}

/** The properties of a listener that forwards to these groups: one alone, or several by weight. */
export function defaultActions(forwards: readonly Forward[]): Json {
  const [only] = forwards
  if (forwards.length === 1) return [{ Type: 'forward', TargetGroupArn: only!.group }]
  const TargetGroups = forwards.map(({ group, weight }) => ({ TargetGroupArn: group, Weight: weight }))
  return [{ Type: 'forward', ForwardConfig: { TargetGroups } }]
}
