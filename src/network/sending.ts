/** Where a walk begins: which interface sends, with which addresses. */
import { policyRefuses } from './endpointPolicy'
import { answerPublic, noAddress } from './delivery'
import { groupGate } from './gates'
import { formatAddress, parseAddress } from './ipv4'
import type { Party } from './parties'
import { ephemeralPorts, NAT_PORTS, nameOf } from './parties'
import { own } from './placements'
import { fromPremises } from './remote'
import { leadsAcross } from './steps'
import type { Endpoint, Interface, Network, Ports, Query } from './types'
import type { Flow, Packet, Walk } from './walk'
import { faceAt } from './walk'

/** Interfaces of zones that are up, or all of them when none is, so that the walk can say why. */
export function senders(
  network: Network,
  from: Party,
  name: string,
  { interface: only, source }: Query,
): readonly Interface[] {
  if (from.kind !== 'interfaces') return []
  const given = source === undefined ? null : parseAddress(source)
  const named = only ?? (given === null ? source : undefined)
  const holds = (face: Interface): boolean =>
    given !== null &&
    (face.address === given || face.publicAddress === given || face.more.some((each) => each.includes(given)))
  const held = from.faces.filter(holds)
  const asked =
    named !== undefined
      ? from.faces.filter((face) => face.id === named)
      : held.length > 0
        ? held
        : own(network.scenario, name)?.Type === 'AWS::EC2::Instance'
          ? from.faces.slice(0, 1)
          : from.faces
  const live = asked.filter((face) => face.subnet.down === null)
  return live.length > 0 ? live : asked.slice(0, 1)
}

/** The interface that answers: up before down, the sender's own zone before others, but the first of a database. */
function pick(faces: readonly Interface[], zone: string | null, first: boolean): Interface | undefined {
  const live = faces.filter((face) => face.subnet.down === null && face.address !== null)
  return (first ? undefined : live.find((face) => face.subnet.zone === zone)) ?? live[0] ?? faces[0]
}

/** The interface of a destination that a sender in `zone` gets to; undefined once the walk is blocked. */
export function targetOf(
  walk: Walk,
  to: Extract<Party, { kind: 'interfaces' }>,
  name: string,
  zone: string | null,
  from: string,
): Interface | undefined {
  const type = own(walk.network.scenario, name)?.Type ?? ''
  // a file system has an address of its own in each zone, and is mounted at that of the zone (LAM-67)
  const zonal = type === 'AWS::EFS::FileSystem'
  const faces = zonal ? to.faces.filter(({ subnet }) => subnet.zone === zone) : to.faces
  const target = pick(faces, zone, type.startsWith('AWS::RDS::') || type === 'AWS::EC2::Instance')
  if (target === undefined && zonal) {
    const text = `${walk.to} has no mount target in zone ${zone ?? '?'}, where ${from} lies. Add one.`
    walk.trail.block('destination', walk.to, 'no mount target', 'NO_SOURCE_OR_DESTINATION', text)
  }
  return target
}

export interface Start {
  readonly from: Party
  readonly to: Party
  /** Logical id or text the destination goes by. */
  readonly name: string
  readonly flow: Flow
  readonly reply: Ports | null
  readonly source: number | null
}

export function fromInterface(base: Walk, face: Interface, start: Start): boolean {
  const { to, flow, source } = start
  const { trail, network } = base
  if (to.kind === 'invalid' || face.address === null) return false
  const src = source === null || face.publicAddress === source ? face.address : source
  const secondary = face.more.find((each) => each.includes(src))
  if (src !== face.address && secondary === undefined && (face.checked || face.kind !== 'host')) {
    const owner = face.owners[0] ?? face.id
    const text = `${formatAddress(src)} is no address of ${owner}: its source/destination check drops what it sends from there.`
    return trail.block('interface', owner, `not from ${formatAddress(src)}`, 'ENI_ADDRESS_RESTRICTION', text)
  }
  const packetTo = (dst: number): Packet => ({
    src: secondary?.[0] ?? src,
    dst,
    flow,
    reply: start.reply ?? ephemeralPorts(face),
    groups: face.groups,
    lost: [],
    origin: face,
    back: false,
  })
  const send = (dst: number, meant: Interface | null): boolean => {
    // an address goes where the routes send it, whoever may hold it elsewhere
    const walk = { ...base, target: to.kind === 'interfaces' && to.address === null ? meant : null }
    const packet = packetTo(dst)
    const peer = faceAt(network, face.subnet.vpc, dst) ?? meant
    if (!groupGate(trail, face, 'egress', packet, peer?.groups ?? [])) return false
    return walk.run(walk, { at: 'subnet', packet, subnet: face.subnet, face })
  }
  if (to.kind === 'public' && to.service !== null) {
    const endpoint = privateEndpoint(face, to.service)
    const address = endpoint === undefined ? to.address : endpointAddress(base, endpoint, face.subnet.zone)
    return address !== null && send(address, null)
  }
  if (to.kind !== 'interfaces') return send(to.address, null)
  if (to.address !== null) return to.faces[0] === face ? itself(base) : send(to.address, to.faces[0] ?? null)
  const target = targetOf(base, to, start.name, face.subnet.zone, face.subnet.id)
  if (target === undefined) return false
  if (target === face) return itself(base)
  if (target.address === null) return noAddress(trail, target)
  const near = target.subnet.vpc === face.subnet.vpc || leadsAcross(face.subnet, target.address)
  const open = near ? null : target.publicAddress
  return open === null ? send(target.address, target) : send(open, null)
}

const itself = ({ trail, to }: Walk): boolean => trail.pass('destination', to, 'the interface itself')

/** The endpoint whose private DNS answers for the service in this VPC (NET-28). */
function privateEndpoint(face: Interface, service: string): Endpoint | undefined {
  const { vpc } = face.subnet
  if (!vpc.dns) return undefined
  return vpc.endpoints.find((each) => each.kind === 'interface' && each.privateDns && each.service === service)
}

/** Where private DNS leads; null once the walk is blocked. */
function endpointAddress(walk: Walk, endpoint: Endpoint, zone: string | null): number | null {
  const { trail } = walk
  if (endpoint.failed !== null && !walk.network.conditions.down.has(endpoint.id)) {
    trail.block('endpoint', endpoint.id, endpoint.failed, 'BAD_STATE', `${endpoint.failed}, so it carries nothing.`)
    return null
  }
  const target = pick(endpoint.interfaces, zone, false)
  if (target === undefined || target.address === null || target.subnet.down !== null) {
    const text = `${endpoint.id} has no interface in a zone that is up, and private DNS still sends ${endpoint.service} there.`
    trail.block('endpoint', endpoint.id, 'no live interface', 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ', text)
    return null
  }
  if (policyRefuses(walk, endpoint)) return null
  const { address } = target
  trail.pass('endpoint', endpoint.id, () => `private DNS resolves ${endpoint.service} to ${formatAddress(address)}`)
  return address
}

/** From the internet, from a function outside every VPC, or from a network on premises. */
export function fromOutside(walk: Walk, start: Start): boolean {
  const { from, to, flow, source } = start
  const { trail, network } = walk
  if (from.kind !== 'public' && from.kind !== 'premises') return false
  const src = source ?? from.address
  const packetTo = (dst: number): Packet => ({
    src,
    dst,
    flow,
    reply: start.reply ?? NAT_PORTS,
    groups: [],
    lost: [],
    origin: null,
    back: false,
  })
  const target = to.kind === 'interfaces' ? targetOf(walk, to, start.name, null, from.id) : undefined
  if (to.kind === 'invalid' || (to.kind === 'interfaces' && target === undefined)) return false
  if (from.kind === 'premises') {
    const dst = to.kind === 'interfaces' ? (to.address ?? target?.address ?? 0) : to.address
    return walk.run(walk, fromPremises(walk, packetTo(dst), from.gateway))
  }
  if (to.kind === 'public') return answerPublic(walk, to.address, 'internet')
  if (target === undefined)
    return trail.block(
      'destination',
      to.id,
      'vacant',
      'NO_POSSIBLE_DESTINATION',
      `No interface has the address ${to.id}.`,
    )
  const address = (to.kind === 'interfaces' ? to.address : null) ?? target.publicAddress
  const gateway = target.subnet.vpc.internetGateway ?? target.subnet.vpc.id
  if (address === null) {
    const who = from.isFunction ? `${from.id} runs outside every VPC. ` : ''
    const text = `${who}${walk.to} has only the private address ${nameOf(target)}, which the internet cannot reach.`
    const rule = `no public IP for ${nameOf(target)}`
    return trail.block('internet-gateway', gateway, rule, 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', text)
  }
  if (faceAt(network, target.subnet.vpc, address) !== undefined) {
    const known = target.publicAddress
    const code = known === null ? 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS' : 'IGW_EXPECTS_PUBLIC_ADDRESS'
    const text = `${formatAddress(address)} is a private address, which the internet cannot reach${known === null ? '' : `; ${formatAddress(known)} is its public one`}.`
    return trail.block('interface', from.id, `${formatAddress(address)} is private`, code, text)
  }
  const forged = network.byAddress.get(src)
  if (forged !== undefined) {
    const text = `${formatAddress(src)} is the address of ${forged[0]?.owners[0] ?? 'an interface'} and cannot come from elsewhere.`
    return trail.block('internet-gateway', gateway, 'source is ours', 'GATEWAY_REJECTS_SPOOFED_TRAFFIC', text)
  }
  return walk.run(walk, { at: 'internet', packet: packetTo(address) })
}
