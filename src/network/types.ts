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

/**
 * Reachability Analyzer's explanation codes (fact sheet 10.2), as far as this analysis gives them; `ok` when reachable. AWS has no code
 * for a refusal by an endpoint's policy; `ENDPOINT_POLICY_DENIED` is ours.
 */
export type Code =
  | 'ok'
  | 'BAD_STATE'
  | 'BAD_STATE_ATTACHMENT'
  | 'BAD_STATE_ROUTE'
  | 'BAD_STATE_VPN'
  | 'DISCONNECTED_VPCS'
  | 'ELBV2_LISTENER_HAS_NO_TG'
  | 'ELBV2_LISTENER_PORT_RESTRICTION'
  | 'ELBV2_NO_TARGETS_IN_AZ'
  | 'ENDPOINT_POLICY_DENIED'
  | 'ENI_ADDRESS_RESTRICTION'
  | 'ENI_SG_RULES_MISMATCH'
  | 'ENI_SOURCE_DEST_CHECK_RESTRICTION'
  | 'GATEWAY_REJECTS_SPOOFED_TRAFFIC'
  | 'HIGHER_PRIORITY_ROUTE'
  | 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS'
  | 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS'
  | 'IGW_EXPECTS_PUBLIC_ADDRESS'
  | 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS'
  | 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'
  | 'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS'
  | 'IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS'
  | 'MORE_SPECIFIC_ROUTE'
  | 'NO_PATH'
  | 'NO_POSSIBLE_DESTINATION'
  | 'NO_ROUTE_TO_DESTINATION'
  | 'NO_SOURCE_OR_DESTINATION'
  | 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR'
  | 'SG_HAS_NO_RULES'
  | 'SG_REFERENCES_NOT_PRESERVED'
  | 'SUBNET_ACL_RESTRICTION'
  | 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION'
  | 'TGW_BAD_STATE_VPN'
  | 'TGW_ROUTE_AZ_RESTRICTION'
  | 'TGW_RTB_BAD_STATE_ROUTE'
  | 'TGW_RTB_HIGHER_PRIORITY_ROUTE'
  | 'TGW_RTB_MORE_SPECIFIC_ROUTE'
  | 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT'
  | 'UNKNOWN_DESTINATION'
  | 'UNKNOWN_RESOURCE'
  | 'UNSUPPORTED_COMPONENT'
  | 'VPC_LOCAL_ROUTE_CIDR_RESTRICTION'
  | 'VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION'
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
  | 'peering'
  | 'transit-gateway'
  | 'vpn-gateway'
  | 'load-balancer'
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
  /** Where the gate stands, when that is not `resource`: the subnet of an ACL or route table, the owner of the interface a group filters. */
  readonly on?: string
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
  /** Send from this interface (Interface.id) only. Default: every live interface of `from` must get through; the first of an instance. */
  readonly interface?: string
  /** Source IPv4 address, or an interface as above. Of a resource it must be one of its own; `internet` may have any public one. */
  readonly source?: string
  /** Replies go to this port; default: the ephemeral range of the sender (NET-25). */
  readonly sourcePort?: number
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
  vpnGateway: LogicalId | null
  readonly subnets: Subnet[]
  readonly endpoints: Endpoint[]
}

export type RouteTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'internet-gateway'; readonly id: LogicalId }
  | { readonly kind: 'nat-gateway'; readonly id: LogicalId }
  | { readonly kind: 'endpoint'; readonly id: LogicalId }
  | { readonly kind: 'peering'; readonly id: LogicalId }
  | { readonly kind: 'transit-gateway'; readonly id: LogicalId }
  | { readonly kind: 'vpn-gateway'; readonly id: LogicalId }
  /** An instance or interface that routes, such as a firewall. */
  | { readonly kind: 'interface'; readonly id: LogicalId }
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
  /** 0 local, 1 static, 2 prefix list or gateway endpoint, 3 propagated: at equal length the lower wins (NET-20). */
  readonly rank: number
}

export interface RouteTable {
  /** The VPC's id for its main table. */
  readonly id: LogicalId
  readonly main: boolean
  readonly vpc: Vpc
  /** Longest prefix first; at equal length by rank (NET-20). */
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
export type InterfaceKind = 'hyperplane' | 'host' | 'nat' | 'endpoint' | 'balancer'

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
  /** Secondary private addresses with the public one of each. */
  readonly more: readonly (readonly [address: number, publicAddress: number | null])[]
  readonly groups: readonly SecurityGroup[]
  /** Drops packets that are neither from nor to it (source/destination check). */
  readonly checked: boolean
  /** Why it neither sends nor answers: `Web is stopped`. */
  readonly off: string | null
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
  /** Why it carries nothing; null when available. */
  readonly failed: string | null
  readonly policy: Json | undefined
}

export interface Peering {
  readonly id: LogicalId
  /** Null: a VPC that is not in the document. */
  readonly vpcs: readonly [Vpc | null, Vpc | null]
  readonly failed: string | null
  /** Whether rules may name security groups of the other VPC: not between regions. */
  readonly references: boolean
}

/** A VPN connection. `side` is its VPN or transit gateway. */
export interface Vpn {
  readonly id: LogicalId
  readonly side: LogicalId
  readonly customer: LogicalId
  readonly blocks: readonly Cidr[]
  /** Learns networks by BGP, of which the document knows nothing. */
  readonly dynamic: boolean
  readonly failed: string | null
}

/** What hangs on a transit gateway: a VPC by a subnet in each zone, a VPN, or another transit gateway. */
export interface Attachment {
  readonly id: LogicalId
  readonly transit: LogicalId
  readonly vpc: Vpc | null
  readonly subnets: readonly Subnet[]
  readonly vpn: Vpn | null
  readonly peer: LogicalId | null
  readonly failed: string | null
  /** Its route table; null when associated with none. */
  table: TransitTable | null
}

export interface TransitRoute {
  readonly id: LogicalId | null
  readonly block: Cidr
  readonly text: string
  /** Null: a blackhole. */
  readonly attachment: Attachment | null
  readonly rank: number
}

export interface TransitTable {
  readonly id: LogicalId
  /** Longest prefix first, static before propagated. */
  readonly routes: TransitRoute[]
}

export interface Transit {
  readonly id: LogicalId
  readonly attachments: readonly Attachment[]
  readonly references: boolean
  readonly failed: string | null
}

export interface Target {
  /** As the target group names it: a resource or an address. */
  readonly id: string
  readonly port: number | null
}

export interface TargetGroup {
  readonly id: LogicalId
  readonly lambda: boolean
  readonly targets: readonly Target[]
  /** Whether targets see the client's address. */
  readonly preserves: boolean
}

export interface Listener {
  readonly id: LogicalId
  readonly port: number
  /** IANA numbers. */
  readonly protocols: readonly number[]
  readonly groups: readonly TargetGroup[]
}

export interface Balancer {
  readonly id: LogicalId
  readonly crossZone: boolean
  readonly listeners: readonly Listener[]
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
  readonly peerings: ReadonlyMap<LogicalId, Peering>
  readonly transits: ReadonlyMap<LogicalId, Transit>
  readonly vpns: readonly Vpn[]
  /** Blocks of a prefix list, by logical id, AWS's id, name or service. */
  readonly lists: (name: string) => readonly Cidr[]
  readonly balancers: ReadonlyMap<LogicalId, Balancer>
  /** Logical id by the id AWS gave (Behavior.physicalId). */
  readonly aliases: ReadonlyMap<string, LogicalId>
  readonly interfaces: ReadonlyMap<string, Interface>
  /** Interfaces by resource, preferred first (an RDS primary before its standby). */
  readonly hosts: ReadonlyMap<LogicalId, readonly Interface[]>
  readonly byAddress: ReadonlyMap<number, readonly Interface[]>
}
