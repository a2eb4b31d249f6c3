/** Load balancers with their listeners and the targets that get connections. */
import type { Json, LogicalId } from '../../model/scenario'
import { parseAddress } from '../../network/ipv4'
import type { Collected, Placed } from './collect'
import { given, type Draft } from './draft'

type Balancer = Placed<'LoadBalancers'>

/** `net/test-lb/725b996cb6be8fba` of its ARN: what its interfaces are described by. */
const tail = (arn: string): string => arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length)
/** Clients call it by its DNS name. */
const physicalId = (item: Balancer): string => given(item.DNSName) ?? item.LoadBalancerArn

const isKnown = (item: Balancer): boolean => item.Type === 'application' || item.Type === 'network'
const enisOf = (item: Balancer, from: Collected) =>
  from.NetworkInterfaces.filter(({ Description }) => Description === `ELB ${tail(item.LoadBalancerArn)}`)

export function reserveBalancers(from: Collected, draft: Draft): void {
  for (const item of from.LoadBalancers) {
    if (!isKnown(item)) continue
    const id = draft.reserve(item.LoadBalancerArn, {}, item.LoadBalancerName)
    for (const name of [
      item.DNSName,
      item.LoadBalancerName,
      ...enisOf(item, from).map((eni) => eni.NetworkInterfaceId),
    ])
      if (given(name) !== undefined && !draft.known.has(name ?? '')) draft.known.set(name ?? '', id)
  }
  for (const item of from.TargetGroups) draft.reserve(item.TargetGroupArn, {}, item.TargetGroupName)
}

export function addBalancers(from: Collected, draft: Draft): void {
  const used = new Set<string>()
  for (const item of from.LoadBalancers) {
    const id = draft.find(item.LoadBalancerArn)
    if (id === null) {
      draft.notes.add(
        `${item.LoadBalancerName ?? item.LoadBalancerArn} was left out: a load balancer of type ${item.Type ?? ''} is not understood.`,
      )
      continue
    }
    const zones = (item.AvailabilityZones ?? []).flatMap(({ SubnetId }) => draft.find(SubnetId) ?? [])
    if (zones.length === 0) {
      draft.notes.add(
        `${item.LoadBalancerName ?? item.LoadBalancerArn} was left out: the files do not hold its subnets.`,
      )
      continue
    }
    addBalancer(id, item, zones, from, draft)
    for (const listener of from.Listeners)
      if (listener.LoadBalancerArn === item.LoadBalancerArn) addListener(id, listener, used, draft)
  }
  for (const item of from.TargetGroups) if (used.has(item.TargetGroupArn)) addTargets(item, from, draft)
}

function addBalancer(id: LogicalId, item: Balancer, subnets: LogicalId[], from: Collected, draft: Draft): void {
  const addresses: { [subnet: LogicalId]: string } = {}
  const publicIps: { [subnet: LogicalId]: string } = {}
  for (const eni of enisOf(item, from)) {
    const subnet = draft.find(eni.SubnetId)
    const publicIp = eni.Association?.PublicIp ?? ''
    if (subnet !== null && parseAddress(publicIp) !== null) publicIps[subnet] ??= publicIp
    if (subnet !== null && parseAddress(eni.PrivateIpAddress ?? '') !== null)
      addresses[subnet] ??= eni.PrivateIpAddress ?? ''
  }
  const crossZone = from.LoadBalancerAttributes.filter((each) => each.LoadBalancerArn === item.LoadBalancerArn)
    .flatMap(({ Attributes }) => Attributes ?? [])
    .find(({ Key }) => Key === 'load_balancing.cross_zone.enabled')?.Value
  draft.add(
    id,
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    {
      Type: item.Type ?? undefined,
      Scheme: item.Scheme === 'internal' ? 'internal' : 'internet-facing',
      Subnets: subnets,
      SecurityGroups: draft.all(item.SecurityGroups),
      LoadBalancerAttributes:
        typeof crossZone === 'string' ? [{ Key: 'load_balancing.cross_zone.enabled', Value: crossZone }] : undefined,
    },
    {
      physicalId: physicalId(item),
      addresses: Object.keys(addresses).length === 0 ? undefined : addresses,
      publicIps: Object.keys(publicIps).length === 0 ? undefined : publicIps,
    },
  )
}

const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'UDP', 'TLS', 'TCP_UDP']

function addListener(balancer: LogicalId, item: Placed<'Listeners'>, used: Set<string>, draft: Draft): void {
  const protocol = PROTOCOLS.find((each) => each === item.Protocol)
  if (typeof item.Port !== 'number' || protocol === undefined)
    return draft.notes.add(`${item.ListenerArn} was left out: its protocol ${item.Protocol ?? ''} is not understood.`)
  const actions: Json[] = []
  for (const action of item.DefaultActions ?? []) {
    const groups = (action.ForwardConfig?.TargetGroups ?? []).filter((each) => draft.find(each.TargetGroupArn) !== null)
    const single = given(action.TargetGroupArn) ?? (groups.length === 1 ? groups[0]?.TargetGroupArn : undefined)
    const group = draft.find(single)
    if (action.Type !== 'forward' || (group === null && groups.length === 0)) {
      draft.notes.add(`${item.ListenerArn}: its action ${action.Type ?? ''} was left out.`)
      continue
    }
    for (const arn of [single, ...groups.map((each) => each.TargetGroupArn)]) if (arn !== undefined) used.add(arn)
    const weighted = groups.slice(0, 5).map((each) => ({
      TargetGroupArn: draft.find(each.TargetGroupArn) ?? '',
      Weight: each.Weight ?? 1,
    }))
    actions.push(
      group === null || weighted.length > 1
        ? { Type: 'forward', ForwardConfig: { TargetGroups: weighted } }
        : { Type: 'forward', TargetGroupArn: group },
    )
  }
  draft.add(draft.fresh(`${balancer}Listener${item.Port}`), 'AWS::ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: balancer,
    Port: item.Port,
    Protocol: protocol,
    DefaultActions: actions.slice(0, 1),
  })
}

/** Targets that get connections: the healthy ones, all of them when none is. */
function addTargets(item: Placed<'TargetGroups'>, from: Collected, draft: Draft): void {
  const mine = from.TargetHealth.filter(
    ({ TargetGroupArn }) =>
      TargetGroupArn === item.TargetGroupArn || (TargetGroupArn === '?' && from.TargetGroups.length === 1),
  ).flatMap(({ TargetHealthDescriptions }) => TargetHealthDescriptions ?? [])
  const stateOf = (each: (typeof mine)[number]): string => each.TargetHealth?.State ?? 'healthy'
  const able = mine.filter((each) => !['unused', 'draining'].includes(stateOf(each)))
  const healthy = able.filter((each) => stateOf(each) === 'healthy')
  if (healthy.length < mine.length && healthy.length > 0)
    draft.notes.add(
      `${item.TargetGroupName ?? item.TargetGroupArn}: ${mine.length - healthy.length} of ${mine.length} targets are not healthy and get no connections.`,
    )
  const targets: { [name: string]: Json }[] = []
  for (const { Target } of healthy.length > 0 ? healthy : able) {
    const target = parseAddress(Target.Id) === null ? draft.find(Target.Id) : Target.Id
    if (target === null)
      draft.notes.add(`${item.TargetGroupName ?? item.TargetGroupArn}: its target ${Target.Id} is in no file.`)
    else
      targets.push({ Id: target, ...(typeof Target.Port === 'number' && Target.Port > 0 ? { Port: Target.Port } : {}) })
  }
  draft.add(
    draft.reserve(item.TargetGroupArn),
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    {
      TargetType: ['instance', 'ip', 'alb'].find((type) => type === item.TargetType) ?? 'lambda',
      VpcId: draft.find(item.VpcId),
      Port: item.Port ?? undefined,
      Protocol: PROTOCOLS.find((each) => each === item.Protocol),
      Targets: targets,
    },
    // AWS's own id is an ARN, longer than needed: its last part is unique as well
    { physicalId: item.TargetGroupArn.slice(item.TargetGroupArn.lastIndexOf(':') + 1).slice(-64) },
  )
}
