/** What one walk carries along: the packet, what it has been through, and where it is next. */
import type { Ports, Interface, Network, Route, SecurityGroup, Subnet, Transit, Attachment, Vpc, Vpn } from './types'
import type { Trail } from './trail'

export interface Flow extends Ports {
  /** IANA number, -1 for all. */
  readonly protocol: number
}

export interface Packet {
  readonly src: number
  readonly dst: number
  /** Protocol, and the ports it goes to. */
  readonly flow: Flow
  /** Ports its reply goes to (NET-25). */
  readonly reply: Ports
  /** The sender's security groups, as far as rules beyond may still name them. */
  readonly groups: readonly SecurityGroup[]
  /** Those that got lost on the way. */
  readonly lost: readonly SecurityGroup[]
  /** The interface the reply has to get back to; null outside the VPCs. */
  readonly origin: Interface | null
  /** It is a reply: security groups remember its request and let it pass (NET-23). */
  readonly back: boolean
  /** The service that sent it catches the reply as it leaves the subnet, whatever address it goes to. */
  readonly caught?: boolean
}

/** A connection a NAT gateway remembers. */
export interface Session {
  readonly nat: Interface
  readonly inner: Packet
}

export interface Walk {
  readonly network: Network
  readonly trail: Trail
  /** The id the caller named as destination. */
  readonly to: string
  /** The service behind the destination, when it is one. */
  readonly service: string | null
  /** The interface the caller means, when the destination is one. */
  readonly target: Interface | null
  readonly sessions: Session[]
  /** Interfaces of routers the request went through. */
  readonly routers: Set<Interface>
  readonly run: (walk: Walk, step: Next) => boolean
}

/** Where the packet is next. */
export type Step =
  /** Leaves an interface of the subnet. */
  | { readonly at: 'subnet'; readonly packet: Packet; readonly subnet: Subnet; readonly face: Interface | null }
  /** Follows a route of the subnet; the subnet's ACL has let it out. */
  | {
      readonly at: 'route'
      readonly packet: Packet
      readonly subnet: Subnet
      readonly face: Interface | null
      readonly route: Route
    }
  /** Is delivered within the VPC, coming from one of its subnets or from outside. */
  | { readonly at: 'vpc'; readonly packet: Packet; readonly vpc: Vpc; readonly from: Subnet | null }
  | { readonly at: 'internet'; readonly packet: Packet }
  /** Entered a transit gateway by an attachment, from a zone. */
  | {
      readonly at: 'transit'
      readonly packet: Packet
      readonly transit: Transit
      readonly by: Attachment
      readonly zone: string | null
    }
  /** At the AWS end of VPN connections. */
  | {
      readonly at: 'vpn'
      readonly packet: Packet
      readonly gateway: string
      readonly vpns: readonly Vpn[]
      readonly route: Route | null
    }
  /** Came to a service behind a gateway endpoint of the VPC. */
  | { readonly at: 'service'; readonly packet: Packet; readonly vpc: Vpc }

/** True: arrived. False: blocked. */
export type Next = Step | boolean

/** The reply to a packet that arrived. */
export function replyTo(packet: Packet): Packet {
  const { src, dst, flow, reply } = packet
  const ported = flow.protocol === 6 || flow.protocol === 17
  const back: Flow = ported ? { protocol: flow.protocol, low: reply.low, high: reply.high } : flow
  return { ...packet, src: dst, dst: src, flow: back, reply: flow, groups: [], lost: [], back: true }
}

export function faceAt(network: Network, vpc: Vpc, address: number): Interface | undefined {
  return network.byAddress
    .get(address)
    ?.find(
      (face) => face.subnet.vpc === vpc && (face.address === address || face.more.some(([own]) => own === address)),
    )
}

/** The public address an internet gateway puts in place of a private one; null when it has none. */
export function publicAddressOf(face: Interface | undefined, address: number): number | null {
  if (face === undefined) return null
  return face.address === address ? face.publicAddress : (face.more.find(([own]) => own === address)?.[1] ?? null)
}
