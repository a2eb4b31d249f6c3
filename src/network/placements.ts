/** Where each resource type puts network interfaces. A new type that lives in subnets adds one entry to TYPES. */
import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import { flag, integer, list, object, properties, ref, refs, text } from './read'
import type { InterfaceKind } from './types'

export interface Placement {
  readonly kind: InterfaceKind
  readonly subnets: readonly LogicalId[]
  readonly groups: readonly LogicalId[]
  /** `subnet`: a public address when the subnet hands them out (MapPublicIpOnLaunch). */
  readonly public: boolean | 'subnet'
  /** A private address the document asks for. */
  readonly address?: string
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
  if (subnet === null) return null
  return {
    kind: 'host',
    subnets: [subnet],
    groups: refs(inline.GroupSet ?? props.SecurityGroupIds),
    public: flag(inline.AssociatePublicIpAddress) ?? 'subnet',
    ...address(inline.PrivateIpAddress ?? props.PrivateIpAddress),
  }
}

const single =
  (kind: InterfaceKind, groups: string): Place =>
  (props) => {
    const subnet = ref(props.SubnetId)
    if (subnet === null) return null
    return { kind, subnets: [subnet], groups: refs(props[groups]), public: false, ...address(props.PrivateIpAddress) }
  }

function address(value: Json | undefined): { address?: string } {
  const asked = text(value)
  return asked === null ? {} : { address: asked }
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
  return resource.Type === 'AWS::EFS::MountTarget' ? 2049 : 443
}
