/** Normalises load balancers, their listeners and target groups. */
import type { Json, LogicalId, Scenario } from '../model/scenario'
import { entriesOf } from './buildRemote'
import { integer, list, object, properties, ref, text } from './read'
import type { Balancer, Listener, TargetGroup } from './types'

const ELB = 'AWS::ElasticLoadBalancingV2::'
const PROTOCOLS: { readonly [name: string]: readonly number[] } = { UDP: [17], TCP_UDP: [6, 17] }

/** Attributes as texts by key. */
const attribute = (attributes: Json | undefined, key: string): string | null => {
  const found = list(attributes).find((entry) => object(entry).Key === key)
  return found === undefined ? null : text(object(found).Value)
}

export function buildBalancers(scenario: Scenario): Map<LogicalId, Balancer> {
  const balancers = new Map<LogicalId, Balancer & { readonly listeners: Listener[] }>()
  const network = new Set<LogicalId>()
  for (const [id, props] of entriesOf(scenario, `${ELB}LoadBalancer`)) {
    const passes = text(props.Type) === 'network'
    if (passes) network.add(id)
    const cross = attribute(props.LoadBalancerAttributes, 'load_balancing.cross_zone.enabled')
    balancers.set(id, { id, crossZone: cross === null ? !passes : cross === 'true', listeners: [] })
  }
  if (balancers.size === 0) return balancers
  for (const [id, props] of entriesOf(scenario, `${ELB}Listener`)) {
    const balancer = ref(props.LoadBalancerArn) ?? ''
    const action = object(list(props.DefaultActions)[0])
    const several = list(object(action.ForwardConfig).TargetGroups).map((entry) => ref(object(entry).TargetGroupArn))
    const groups = (several.length > 0 ? several : [ref(action.TargetGroupArn)]).flatMap((name) =>
      name === null ? [] : (targetGroup(name, scenario, network.has(balancer)) ?? []),
    )
    const protocol = text(props.Protocol) ?? 'HTTP'
    const port = integer(props.Port) ?? (protocol === 'HTTPS' ? 443 : 80)
    balancers.get(balancer)?.listeners.push({ id, port, protocols: PROTOCOLS[protocol] ?? [6], groups })
  }
  return balancers
}

function targetGroup(id: LogicalId, scenario: Scenario, passes: boolean): TargetGroup | null {
  const resource = Object.hasOwn(scenario.resources, id) ? scenario.resources[id] : undefined
  if (resource?.Type !== `${ELB}TargetGroup`) return null
  const props = properties(resource)
  const type = text(props.TargetType) ?? 'instance'
  const port = integer(props.Port)
  const targets = list(props.Targets).flatMap((entry) => {
    const name = ref(object(entry).Id)
    return name === null ? [] : [{ id: name, port: integer(object(entry).Port) ?? port }]
  })
  // network load balancers keep the client's address for instances, and for addresses where asked to
  const keeps = attribute(props.TargetGroupAttributes, 'preserve_client_ip.enabled')
  const preserves = passes && (keeps === null ? type === 'instance' : keeps === 'true')
  return { id, lambda: type === 'lambda', targets, preserves }
}
