/** What the analysis knows (Network) and what it answers (Verdict). Plain data: a later importer can build one from `describe-*` output. */
import type { Json, LogicalId, Scenario } from '../model/scenario'
import type { Cidr } from './ipv4'

/** What the run has changed since the document was written: faults, zone outages, functions still building their interfaces. */
export interface Conditions {
  readonly down?: ReadonlySet<LogicalId>
  /** Zone names as in `AvailabilityZone`, or their last letter. */
  readonly zonesDown?: ReadonlySet<string>
  readonly pendingFunctions?: ReadonlySet<LogicalId>
}

/** `any` asks for every protocol and port at once, so only all-traffic rules let it pass. */
export type Protocol = 'tcp' | 'udp' | 'icmp' | 'any'

/** Reachability Analyzer's explanation codes (fact sheet 10.2), as far as this analysis gives them; `ok` when reachable. */
export type Code =
  | 'ok'
  | 'BAD_STATE'
  | 'BAD_STATE_ROUTE'
  | 'DISCONNECTED_VPCS'
  | 'ENI_SG_RULES_MISMATCH'
  | 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'
  | 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'
  | 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'
  | 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'
  | 'MORE_SPECIFIC_ROUTE'
  | 'NO_PATH'
  | 'NO_POSSIBLE_DESTINATION'
  | 'NO_ROUTE_TO_DESTINATION'
  | 'NO_SOURCE_OR_DESTINATION'
  | 'SG_HAS_NO_RULES'
  | 'SUBNET_ACL_RESTRICTION'
  | 'UNKNOWN_RESOURCE'
  | 'UNSUPPORTED_COMPONENT'
  | 'VPCE_GATEWAY_PROTOCOL_RESTRICTION'
  | 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ'

export type Gate =
  | 'function-state'
  | 'interface'
  | 'security-group-out'
  | 'nacl-out'
  | 'route-table'
  | 'internet-gateway'
  | 'nat-gateway'
  | 'endpoint'
  | 'nacl-in'
  | 'security-group-in'
  | 'destination'

export interface Hop {
  /** Logical id; the VPC's id for its implicit main table, default security group and default ACL; `internet` or an address as asked. */
  readonly resource: string
  readonly gate: Gate
  readonly direction: 'forward' | 'return'
  readonly passed: boolean
  /** The rule that decided, as text: `0.0.0.0/0 -> Igw, longest match of 2`. */
  readonly rule: string
  /** The route, security group rule or ACL entry resource that decided, where it is a resource of its own. */
  readonly via?: LogicalId
}

export interface Patch {
  readonly op: 'add' | 'replace' | 'remove'
  /** JSON pointer in the scenario, such as `/resources/Nat/Properties/SubnetId`. */
  readonly path: string
  readonly value?: Json
}

export interface Fix {
  readonly title: string
  readonly patches: readonly Patch[]
}

export interface Query {
  /** Resource id, interface id, AWS service name (`dynamodb`), `internet` or an IPv4 address. */
  readonly from: string
  readonly to: string
  /** Destination port; default: what the destination listens on (RDS by engine), else 443. */
  readonly port?: number
  readonly protocol?: Protocol
  /** Send from this interface (Interface.id) only. Default: every live interface of `from` must get through. */
  readonly interface?: string
}

export interface SourceResult {
  readonly interface: string
  readonly subnet: LogicalId
  readonly reachable: boolean
  readonly code: Code
}

/** A verdict without the search for fixes: what the simulator needs for each call. */
export interface Trace {
  readonly reachable: boolean
  readonly code: Code
  /** The blocking component; null when reachable. */
  readonly at: string | null
  readonly hops: readonly Hop[]
  readonly explanation: string
  /** One entry per live source interface; a function in two subnets may get through from one of them only. */
  readonly sources: readonly SourceResult[]
}

export interface Verdict extends Trace {
  readonly fixes: readonly Fix[]
}

export interface Vpc {
  readonly id: LogicalId
  readonly cidrs: readonly Cidr[]
  /** DNS support and hostnames, which private DNS of an interface endpoint needs (NET-28). */
  readonly dns: boolean
  /** The attached internet gateway (at most one, NET-29). */
  internetGateway: LogicalId | null
  readonly endpoints: Endpoint[]
}

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: LogicalId }
  | { readonly kind: 'nat-gateway'; readonly id: LogicalId }
  | { readonly kind: 'endpoint'; readonly id: LogicalId }
  | { readonly kind: 'unsupported'; readonly id: LogicalId }

export interface Route {
  /** The route's logical id; the endpoint's for a prefix list route; null for the local route. */
  readonly id: LogicalId | null
  readonly block: Cidr
  /** `0.0.0.0/0 -> Igw`. */
  readonly text: string
  readonly target: RouteTarget
  /** Why the route leads nowhere (NET-26 blackhole); null when active. */
  readonly blackhole: string | null
}

export interface RouteTable {
  /** The VPC's id for its main table. */
  readonly id: LogicalId
  readonly main: boolean
  readonly vpc: Vpc
  /** Longest prefix first; at equal length a CIDR route before a prefix list route (NET-20). */
  readonly routes: readonly Route[]
}

export interface Ports {
  readonly low: number
  readonly high: number
}

export interface AclEntry extends Ports {
  readonly id: LogicalId | null
  readonly number: number
  readonly allow: boolean
  /** IANA number, -1 for all. */
  readonly protocol: number
  readonly block: Cidr
  readonly text: string
}

export interface Acl {
  /** The VPC's id for its default ACL. */
  readonly id: LogicalId
  readonly implicit: boolean
  readonly ingress: AclEntry[]
  readonly egress: AclEntry[]
}

export interface GroupRule extends Ports {
  readonly id: LogicalId | null
  readonly protocol: number
  readonly blocks: readonly Cidr[]
  readonly group: LogicalId | null
  readonly text: string
}

export interface SecurityGroup {
  readonly id: LogicalId
  /** The VPC's default group: admits its own members, lets everything out. */
  readonly implicit: boolean
  readonly ingress: GroupRule[]
  readonly egress: GroupRule[]
}

export interface Subnet {
  readonly id: LogicalId
  readonly vpc: Vpc
  readonly block: Cidr
  readonly zone: string | null
  readonly mapPublic: boolean
  readonly table: RouteTable
  readonly acl: Acl
  /** Why nothing in it answers; null when up. */
  readonly down: string | null
}

/** `hyperplane`: Lambda's shared interface, which only opens connections. */
export type InterfaceKind = 'hyperplane' | 'host' | 'nat' | 'endpoint'

export interface Interface {
  /** The owner's id, with `:subnet` appended where an owner may have several; `eni:subnet:groups` for a Hyperplane ENI. */
  readonly id: string
  readonly kind: InterfaceKind
  /** Resources that use it; many functions share one Hyperplane ENI (NET-3). */
  readonly owners: LogicalId[]
  readonly subnet: Subnet
  /** Null when the subnet had no free address left (NET-10). */
  readonly address: number | null
  readonly publicAddress: number | null
  readonly groups: readonly SecurityGroup[]
}

export interface Nat {
  readonly id: LogicalId
  readonly interface: Interface
  /** Why it carries nothing; null when available. */
  readonly failed: string | null
}

export interface Endpoint {
  readonly id: LogicalId
  readonly vpc: Vpc
  readonly kind: 'gateway' | 'interface'
  /** Last label of ServiceName: `dynamodb`, `sqs`. */
  readonly service: string
  readonly privateDns: boolean
  readonly interfaces: Interface[]
}

export interface Network {
  readonly scenario: Scenario
  readonly conditions: Required<Conditions>
  readonly vpcs: ReadonlyMap<LogicalId, Vpc>
  readonly subnets: ReadonlyMap<LogicalId, Subnet>
  readonly tables: ReadonlyMap<LogicalId, RouteTable>
  readonly groups: ReadonlyMap<LogicalId, SecurityGroup>
  readonly acls: ReadonlyMap<LogicalId, Acl>
  readonly nats: ReadonlyMap<LogicalId, Nat>
  readonly endpoints: ReadonlyMap<LogicalId, Endpoint>
  readonly interfaces: ReadonlyMap<string, Interface>
  /** Interfaces by resource, preferred first (an RDS primary before its standby). */
  readonly hosts: ReadonlyMap<LogicalId, readonly Interface[]>
  readonly byAddress: ReadonlyMap<number, readonly Interface[]>
}
