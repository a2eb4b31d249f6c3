/** What a document looks like: rectangles, ports and wires in canvas px at zoom 1. Plain data, no DOM. */
import type { LogicalId, Scenario } from '../model/scenario'
import type { Connection, Connector, Kind, Row, Silhouette } from '../services/service'
import type { Wire } from './geometry'

export interface Point {
  readonly x: number
  readonly y: number
}
export interface Rect extends Point {
  readonly w: number
  readonly h: number
}
export type Side = 'left' | 'right' | 'top' | 'bottom'

/** A place on the border of a node where wires leave or arrive. */
export interface Port {
  /** `in`, `out`, `failure`, `top`, `bottom`, or the id of a rule. */
  readonly id: string
  readonly side: Side
  /** px from the top (left and right sides) or from the left (top and bottom sides). */
  readonly at: number
  readonly role: 'in' | 'out'
  /** Whether a learner may start a wire here. */
  readonly shown: boolean
  /** What a wire from here means, where one shown port may mean several things: `record on success`. */
  readonly title?: string
  /** The shown port whose place it shares: a wire drawn from that one may mean this. */
  readonly beside?: string
}

/** A resource shown on its owner: a role, a security group, a rule. */
export interface Attachment {
  readonly id: LogicalId
  readonly type: string
  readonly kind: Kind
  readonly label: string
  /** What its row says, where it has one. */
  readonly row?: Row
  /** Versions and aliases of functions: what they are called there, and where calls to them go. */
  readonly release?: Release
}

/** A version or an alias as its function shows it. */
export interface Release {
  readonly kind: 'version' | 'alias'
  /** `3`, `live`. */
  readonly name: string
  /** Of an alias: the version that answers, then the weighted second one. Shares of the calls add up to 1. */
  readonly to: readonly { readonly id: string; readonly name: string; readonly share: number }[]
  /** Provisioned concurrency kept for it; 0 for none. */
  readonly provisioned: number
}

/** What a function may use at once (LAM-41, LAM-42). */
export interface Pool {
  /** null: unreserved, it shares what is left of the account. */
  readonly reserved: number | null
  /** The function and its versions. */
  readonly own: readonly LogicalId[]
  /** What all unreserved functions share. */
  readonly shared: number
  /** Resources whose environments are taken from what they share: unreserved functions and their versions. */
  readonly sharers: readonly LogicalId[]
}

/** `container` holds others, `chip` is a small device inside a subnet, `gate` a capsule on its container's border. */
export type Shape = 'container' | 'node' | 'chip' | 'gate'
/** How much of a node's face is shown; a learner's choice kept in the layout. */
export type Extent = 'collapsed' | 'normal' | 'wide'

export interface ContainerLook {
  readonly level: 'vpc' | 'zone' | 'subnet' | 'other'
  /** CIDR block, in mono after the title. */
  readonly range?: string
  /** Subnets only, by route and not by flag. */
  readonly access?: 'public' | 'private'
  /** What makes a subnet public: `0.0.0.0/0 → Gateway`. */
  readonly exit?: string
}

export interface DrawnNode {
  /** Logical id, `zone:<vpc>:<zone>` or an interface id of the network analysis (`eni:...`). */
  readonly id: string
  /** The resource it stands for; null for zones and interfaces, which are not resources. */
  readonly resource: LogicalId | null
  /** CloudFormation type; `zone` or `eni` for what is not a resource. */
  readonly type: string
  readonly kind: Kind
  readonly shape: Shape
  readonly silhouette: Silhouette
  /** Glyph name; differs from the kind's for dead-letter queues and subnets by access. */
  readonly glyph: string
  readonly label: string
  readonly typeLine: string
  readonly parent: string | null
  readonly rect: Rect
  /** Top left corner relative to the parent's. */
  readonly relative: Point
  readonly extent: Extent
  readonly ports: readonly Port[]
  readonly container?: ContainerLook
  /** Interfaces only: the functions that share it. */
  readonly functions?: readonly LogicalId[]
  /** Functions only. */
  readonly pool?: Pool
  /** Functions whose versions start from a snapshot (SS-1). */
  readonly snapStart?: boolean
  /** Shards that are lanes of its face. */
  readonly shards?: number
}

export interface DrawnEdge {
  /** `from->to:action`, with the port where two wires would otherwise share it. */
  readonly id: string
  /** Drawn ends; they differ from the connection's when that names an attachment. */
  readonly from: string
  readonly to: string
  readonly fromPort: string
  readonly toPort: string
  /** null for a tether between a function and its interface, which is not a wire of the document. */
  readonly connection: Connection | null
  /** Devices it leads through, in order: interface, NAT, gateway. */
  readonly via: readonly string[]
  /** `route`: a line of a route table, drawn from its subnet; nothing travels on it by itself. */
  readonly style: 'sync' | 'async' | 'tether' | 'route'
  readonly label: string
  readonly wire: Wire
  /** Where the poller stands that the wire belongs to: on the wire, which leaves it both ways; absent where it has no room. */
  readonly station?: Station
}

/** A poller on its wire. */
export interface Station {
  readonly rect: Rect
  /** Where the wire reaches it and where it goes on, 0..1 along the wire. */
  readonly enters: number
  readonly leaves: number
}

export interface Drawing {
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
  readonly attachments: ReadonlyMap<LogicalId, readonly Attachment[]>
  readonly nodeById: ReadonlyMap<string, DrawnNode>
  readonly edgeById: ReadonlyMap<string, DrawnEdge>
  /** Smallest rectangle around everything; zero-sized when empty. */
  readonly bounds: Rect
}

/** Kinds and connectors of the services; tests and tools bring their own. */
export interface Registry {
  readonly kinds: { readonly [type: string]: Kind }
  readonly connectors: readonly Connector[]
}

/** An interface shared by functions, as the network analysis finds it. */
export interface SharedInterface {
  readonly id: string
  readonly subnet: LogicalId
  readonly address: string | null
  readonly functions: readonly LogicalId[]
}

/** What the drawing asks the network analysis. */
export interface NetworkView {
  interfaces(scenario: Scenario): readonly SharedInterface[]
  /** Subnets whose route table sends 0.0.0.0/0 to an internet gateway, with that gateway. */
  publicSubnets(scenario: Scenario): ReadonlyMap<LogicalId, LogicalId>
  /** Resources and interfaces that calls between two resources pass, in order; a function to look them up in one document. */
  paths(scenario: Scenario): (from: LogicalId, to: LogicalId) => readonly string[]
}
