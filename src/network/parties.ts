/** Turns what a caller names (`from`, `to`) into something that can send or receive packets. */
import type { LogicalId } from '../model/scenario'
import { hasGatewayEndpoint, serviceAddress, serviceOfName, serviceOfType, SERVICES } from './awsServices'
import { contains, formatAddress, isRfc1918, isRfc6598, parseAddress } from './ipv4'
import { defaultPort, own } from './placements'
import { object, text } from './read'
import type { Code, Interface, Network, Ports, Vpc } from './types'

export type Party =
  /** One or more interfaces in VPCs. */
  | {
      readonly kind: 'interfaces'
      readonly id: string
      readonly faces: readonly Interface[]
      /** The address they are named by, private or public; null: by a resource. */
      readonly address: number | null
    }
  /** A host on the internet, or a regional AWS service at its public endpoint. */
  | {
      readonly kind: 'public'
      readonly id: string
      readonly address: number
      readonly service: string | null
      readonly isFunction: boolean
    }
  /** A network on premises, behind a VPN or transit gateway. */
  | { readonly kind: 'premises'; readonly id: string; readonly address: number; readonly gateway: string }
  /** A private address nobody holds. */
  | { readonly kind: 'vacant'; readonly id: string; readonly address: number }
  | { readonly kind: 'invalid'; readonly id: string; readonly code: Code; readonly explanation: string }

/** What a call to the Lambda service may name. */
const INVOKED = new Set(['AWS::Lambda::Function', 'AWS::Lambda::Version', 'AWS::Lambda::Alias'])

/** Hosts outside AWS are numbered from here (RFC 5737 documentation block). */
const INTERNET_BASE = 0xc6336407
/** Where functions without VpcConfig seem to come from: Lambda's own network. */
const LAMBDA_ADDRESS = 0x2cc0000a

/** NET-25. */
const LAMBDA_PORTS: Ports = { low: 1024, high: 65535 }
const LINUX_PORTS: Ports = { low: 32768, high: 60999 }

/** AWS ends and far ends of VPNs. */
const PREMISES = new Set(['AWS::EC2::CustomerGateway', 'AWS::EC2::VPNGateway', 'AWS::EC2::VPNConnection'])

const OUTSIDE = new Set([
  'Coldstart::Internet',
  'Coldstart::Client',
  'Coldstart::Server',
  'Coldstart::IdentityProvider',
  // an internet-facing one is a public address
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
])

/** Replies to a NAT gateway or to someone on the internet may come to any of these ports (NET-25). */
export const NAT_PORTS = LAMBDA_PORTS

export function ephemeralPorts(face: Interface | null): Ports {
  return face?.kind === 'host' ? LINUX_PORTS : LAMBDA_PORTS
}

export function portOf(network: Network, name: string): number {
  return defaultPort(own(network.scenario, name))
}

/** `peerVpc` decides between VPCs that use the same private address. */
export function source(network: Network, name: string, peerVpc: Vpc | null): Party {
  const resource = own(network.scenario, name)
  if (resource?.Type !== 'AWS::Lambda::Function') return party(network, name, peerVpc)
  const faces = network.hosts.get(name)
  if (faces === undefined) return { kind: 'public', id: name, address: LAMBDA_ADDRESS, service: null, isFunction: true }
  return { kind: 'interfaces', id: name, faces, address: null }
}

/** A function as a target is its invoke API: nothing connects to a function through its ENI. */
export function destination(network: Network, name: string, peerVpc: Vpc | null): Party {
  const resource = own(network.scenario, name)
  return resource !== undefined && INVOKED.has(resource.Type)
    ? atService(network, name, 'lambda')
    : party(network, name, peerVpc)
}

function party(network: Network, name: string, peerVpc: Vpc | null): Party {
  const resource = own(network.scenario, name)
  if (resource === undefined) return unnamed(network, name, peerVpc)
  const endpoint = network.endpoints.get(name)
  if (endpoint?.kind === 'gateway') return atService(network, name, endpoint.service)
  const faces = network.hosts.get(name)
  if (faces !== undefined) return { kind: 'interfaces', id: name, faces, address: null }
  if (resource.Type === 'AWS::EC2::InternetGateway') return onInternet(name, INTERNET_BASE)
  if (PREMISES.has(resource.Type)) return behindVpn(network, name)
  if (OUTSIDE.has(resource.Type)) {
    const given = parseAddress(text(object(resource.Behavior).address) ?? '')
    return onInternet(name, given ?? INTERNET_BASE + 1 + outsideIndex(network, name))
  }
  const service = serviceOfType(resource.Type)
  if (service !== null) return atService(network, name, service)
  if (
    resource.Type.startsWith('AWS::RDS::') ||
    resource.Type.startsWith('AWS::EFS::') ||
    resource.Type === 'AWS::EC2::Instance' ||
    resource.Type === 'AWS::EC2::NetworkInterface'
  )
    return { kind: 'interfaces', id: name, faces: [], address: null }
  const explanation = `${name} (${resource.Type}) neither sends nor receives packets. Name a function, a database, a service or an address.`
  return { kind: 'invalid', id: name, code: 'UNSUPPORTED_COMPONENT', explanation }
}

function unnamed(network: Network, name: string, peerVpc: Vpc | null): Party {
  if (name === 'internet') return onInternet(name, INTERNET_BASE)
  const face = network.interfaces.get(name)
  if (face !== undefined) return { kind: 'interfaces', id: name, faces: [face], address: null }
  const service = serviceOfName(name)
  if (SERVICES.includes(service) || hasGatewayEndpoint(service)) return atService(network, name, service)
  const address = parseAddress(name)
  if (address === null) {
    return {
      kind: 'invalid',
      id: name,
      code: 'UNKNOWN_RESOURCE',
      explanation: `${name} is no resource of this scenario and no IPv4 address.`,
    }
  }
  const held = network.byAddress.get(address) ?? []
  const found = held.find((candidate) => candidate.subnet.vpc === peerVpc) ?? held[0]
  if (found !== undefined) return { kind: 'interfaces', id: name, faces: [found], address }
  const vpn = network.vpns.find(({ blocks }) => blocks.some((block) => contains(block, address)))
  if (vpn !== undefined) return { kind: 'premises', id: name, address, gateway: vpn.side }
  if (isRfc1918(address) || isRfc6598(address)) return { kind: 'vacant', id: name, address }
  return onInternet(name, address)
}

/** An address of the network behind a VPN: a host of its first static route, else of a block some table sends there. */
function behindVpn(network: Network, name: string): Party {
  const vpns = network.vpns.filter(({ id, side, customer }) => id === name || side === name || customer === name)
  const gateway = vpns[0]?.side ?? name
  const route = [...network.tables.values()]
    .flatMap(({ routes }) => routes)
    .find(({ target, block }) => target.kind === 'vpn-gateway' && target.id === gateway && block.length > 0)
  const block = vpns.flatMap(({ blocks }) => blocks)[0] ?? route?.block
  const [vpn] = vpns
  if (vpn !== undefined && block !== undefined)
    return { kind: 'premises', id: name, address: (block.base | (block.length < 28 ? 10 : 0)) >>> 0, gateway: vpn.side }
  const why = vpn === undefined ? 'ends no VPN connection' : 'leads to no known network: add a VPN route'
  return { kind: 'invalid', id: name, code: 'NO_SOURCE_OR_DESTINATION', explanation: `${name} ${why}.` }
}

function onInternet(id: string, address: number): Party {
  return { kind: 'public', id, address, service: null, isFunction: false }
}

function atService(network: Network, id: string, service: string): Party {
  const block = hasGatewayEndpoint(service) ? network.lists(service)[0] : undefined
  const address = block === undefined ? serviceAddress(service) : (block.base | (block.length < 28 ? 10 : 0)) >>> 0
  return { kind: 'public', id, address, service, isFunction: false }
}

function outsideIndex(network: Network, name: LogicalId): number {
  let index = 0
  for (const [id, resource] of Object.entries(network.scenario.resources)) {
    if (id === name) break
    if (OUTSIDE.has(resource.Type)) index++
  }
  return index
}

/** `10.0.0.21 (Fn)`: how explanations name an interface. */
export function nameOf(face: Interface): string {
  return face.address === null ? face.id : formatAddress(face.address)
}
