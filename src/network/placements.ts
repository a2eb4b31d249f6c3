/** Where each resource type puts network interfaces. A new type that lives in subnets adds one entry to TYPES. */
import type { JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import { flag, integer, list, object, properties, ref, refs, text } from './read'
import type { InterfaceKind } from './types'

export interface Placement {
  readonly kind: InterfaceKind
  readonly subnets: readonly LogicalId[]
  /** Empty: the VPC's default group. Null: nothing filters. */
  readonly groups: readonly LogicalId[] | null
  /** `subnet`: a public address when the subnet hands them out (MapPublicIpOnLaunch). */
  readonly public: boolean | 'subnet'
  /** Private addresses the document asks for, by subnet; `''` for any. */
  readonly addresses?: JsonObject
  /** Secondary private addresses. */
  readonly more?: readonly string[]
  /** Source/destination check; default: on. */
  readonly checked?: boolean
}

type Place = (properties: JsonObject, scenario: Scenario) => Placement | null

const lambda: Place = ({ VpcConfig }) => {
  const config = object(VpcConfig)
  const subnets = refs(config.SubnetIds)
  if (subnets.length === 0) return null
  // Lambda treats both lists as sets, so their order must not make a second ENI (NET-3).
  const groups = [...new Set(refs(config.SecurityGroupIds))].sort()
  return { kind: 'hyperplane', subnets: [...new Set(subnets)], groups, public: false }
}

const database: Place = (props, scenario) => {
  const name = ref(props.DBSubnetGroupName)
  const group = name === null || !Object.hasOwn(scenario.resources, name) ? undefined : scenario.resources[name]
  if (group === undefined) return null
  const zone = text(props.AvailabilityZone)
  const zoneOf = (id: LogicalId) => text(object(own(scenario, id)?.Properties).AvailabilityZone)
  const subnets = refs(properties(group).SubnetIds)
  const home = subnets.find((id) => zone !== null && zoneOf(id) === zone) ?? subnets[0]
  const standby = subnets.find((id) => home !== undefined && zoneOf(id) !== zoneOf(home))
  const mirrored = flag(props.MultiAZ) === true && standby !== undefined
  return {
    kind: 'host',
    subnets: home === undefined ? [] : mirrored ? [home, standby] : [home],
    groups: refs(props.VPCSecurityGroups ?? props.VpcSecurityGroupIds),
    public: flag(props.PubliclyAccessible) === true,
  }
}

const instance: Place = (props) => {
  const inline = object(list(props.NetworkInterfaces)[0])
  const subnet = ref(inline.SubnetId) ?? ref(props.SubnetId)
  // interfaces that are resources of their own have their own place
  if (subnet === null || ref(inline.NetworkInterfaceId) !== null) return null
  return {
    kind: 'host',
    subnets: [subnet],
    groups: refs(inline.GroupSet ?? props.SecurityGroupIds),
    public: flag(inline.AssociatePublicIpAddress) ?? 'subnet',
    addresses: { '': inline.PrivateIpAddress ?? props.PrivateIpAddress ?? null },
    checked: flag(props.SourceDestCheck) !== false,
  }
}

const single =
  (kind: InterfaceKind, groups: string): Place =>
  (props) => {
    const subnet = ref(props.SubnetId)
    if (subnet === null) return null
    return {
      kind,
      subnets: [subnet],
      groups: refs(props[groups]),
      public: false,
      addresses: { '': props.PrivateIpAddress ?? props.IpAddress ?? null },
      more: list(props.SecondaryPrivateIpAddresses).flatMap((each) => text(each) ?? []),
      checked: flag(props.SourceDestCheck) !== false,
    }
  }

const balancer: Place = (props) => {
  const mapped = list(props.SubnetMappings).map(object)
  const addresses: JsonObject = {}
  for (const { SubnetId, PrivateIPv4Address } of mapped) addresses[ref(SubnetId) ?? ''] = PrivateIPv4Address ?? null
  const subnets = [...refs(props.Subnets), ...mapped.flatMap(({ SubnetId }) => ref(SubnetId) ?? [])]
  if (subnets.length === 0) return null
  const groups = refs(props.SecurityGroups)
  // a network load balancer without groups filters nothing
  const open = text(props.Type) === 'network' && groups.length === 0
  return {
    kind: 'balancer',
    subnets,
    groups: open ? null : groups,
    public: text(props.Scheme) !== 'internal',
    addresses,
  }
}

const proxy: Place = (props) => ({
  kind: 'host',
  subnets: refs(props.VpcSubnetIds),
  groups: refs(props.VpcSecurityGroupIds),
  public: false,
})

const endpoint: Place = (props) =>
  text(props.VpcEndpointType) === 'Interface'
    ? { kind: 'endpoint', subnets: refs(props.SubnetIds), groups: refs(props.SecurityGroupIds), public: false }
    : null

const TYPES: ReadonlyMap<string, Place> = new Map([
  ['AWS::Lambda::Function', lambda],
  ['AWS::RDS::DBInstance', database],
  ['AWS::RDS::DBCluster', database],
  ['AWS::RDS::DBProxy', proxy],
  ['AWS::EFS::MountTarget', single('host', 'SecurityGroups')],
  ['AWS::EC2::Instance', instance],
  ['Coldstart::Server', instance],
  ['AWS::EC2::NetworkInterface', single('host', 'GroupSet')],
  ['AWS::EC2::NatGateway', single('nat', 'SecurityGroupIds')],
  ['AWS::EC2::VPCEndpoint', endpoint],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', balancer],
])

/** Null when the resource has no interface in any VPC (a function without VpcConfig, NET-1). */
export function placementOf(resource: Resource, scenario: Scenario): Placement | null {
  return TYPES.get(resource.Type)?.(properties(resource), scenario) ?? null
}

/** The resource of that id; never an inherited property such as `constructor`. */
export function own(scenario: Scenario, id: string): Resource | undefined {
  return Object.hasOwn(scenario.resources, id) ? scenario.resources[id] : undefined
}

/** The port a resource listens on when the caller names none. */
export function defaultPort(resource: Resource | undefined): number {
  if (resource === undefined) return 443
  const props = properties(resource)
  if (resource.Type.startsWith('AWS::RDS::')) {
    const engine = (text(props.Engine) ?? text(props.EngineFamily) ?? '').toLowerCase()
    const usual = /postgres/.test(engine) ? 5432 : /sqlserver/.test(engine) ? 1433 : /oracle/.test(engine) ? 1521 : 3306
    return integer(props.Port) ?? usual
  }
  return resource.Type.startsWith('AWS::EFS::') ? 2049 : 443
}
