/** Which edits might open a blocked gate, by explanation code. The search in fixes.ts tries them. */
import { hasGatewayEndpoint } from './awsServices'
import {
  addSubnet,
  ensureInternetGateway,
  ensureNat,
  ensurePublicSubnet,
  ensureTable,
  freeBlock,
  meantPublic,
  publicHome,
  pointDefaultRoute,
  retarget,
  serviceName,
  workingNat,
} from './edits'
import { filterCandidates } from './filterCandidates'
import { formatCidr } from './ipv4'
import { changeState, otherCandidates, peer, routeAcross, transitCandidates } from './joinCandidates'
import type { Draft } from './patches'
import { own } from './placements'
import { object, properties, ref, refs, text } from './read'
import type { Traced } from './trace'
import type { Interface, Network, Query, Subnet } from './types'

export interface Candidate {
  readonly title: string
  /** The idea behind it. A search combines a way out with filter rules, not with another way out. */
  readonly kind: 'filter' | 'nat' | 'gateway' | 'endpoint' | 'leave' | 'attach' | 'route' | 'join'
  /** False when the edit is not possible here. */
  readonly edit: (draft: Draft) => boolean | void
}

export function candidates(network: Network, query: Query, blocked: Traced): readonly Candidate[] {
  const gate = blocked.hops.at(-1)?.gate
  switch (blocked.code) {
    case 'SG_HAS_NO_RULES':
    case 'SG_REFERENCES_NOT_PRESERVED':
    case 'ENI_SG_RULES_MISMATCH':
    case 'SUBNET_ACL_RESTRICTION':
      return filterCandidates(network, blocked)
    case 'NO_ROUTE_TO_DESTINATION': {
      if (gate === 'nat-gateway') return [...moveNat(network, blocked), ...wayOut(network, query, blocked, true)]
      if (gate === 'vpn-gateway') return otherCandidates(network, blocked)
      const across = routeAcross(network, blocked)
      if (across.length > 0) return across
      return blocked.hops.at(-1)?.direction === 'return'
        ? replyRoute(network, blocked)
        : wayOut(network, query, blocked, true)
    }
    case 'BAD_STATE_ROUTE':
    case 'HIGHER_PRIORITY_ROUTE':
    case 'MORE_SPECIFIC_ROUTE':
      return [
        ...changeState(network, targetOfRoute(network, blocked) ?? ''),
        ...repairRoute(network, blocked),
        ...routeAcross(network, blocked),
        ...peer(network, blocked),
        ...wayOut(network, query, blocked, true),
      ]
    case 'BAD_STATE':
      return [
        ...changeState(network, blocked.at ?? ''),
        ...(gate === 'nat-gateway' ? replaceNat(network, blocked) : []),
      ]
    case 'BAD_STATE_ATTACHMENT':
    case 'BAD_STATE_VPN':
    case 'TGW_BAD_STATE_VPN':
      return changeState(network, blocked.at ?? '')
    case 'TGW_ROUTE_AZ_RESTRICTION':
    case 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION':
    case 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT':
    case 'TGW_RTB_BAD_STATE_ROUTE':
    case 'TGW_RTB_HIGHER_PRIORITY_ROUTE':
    case 'TGW_RTB_MORE_SPECIFIC_ROUTE':
      return transitCandidates(network, blocked)
    case 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR':
      return peer(network, blocked)
    case 'ENI_SOURCE_DEST_CHECK_RESTRICTION':
    case 'ENDPOINT_POLICY_DENIED':
    case 'ELBV2_LISTENER_PORT_RESTRICTION':
    case 'ELBV2_NO_TARGETS_IN_AZ':
      return otherCandidates(network, blocked)
    case 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS':
      return [...publicNat(network, blocked), ...wayOut(network, query, blocked, false)]
    case 'DISCONNECTED_VPCS':
    case 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS':
      return [...peer(network, blocked), ...attach(network, query, blocked), ...elastic(network, query.to)]
    case 'NO_PATH':
      return attachGateway(network, blocked)
    case 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ':
      return placeEndpoint(blocked)
    default:
      return []
  }
}

/** All ways from a subnet to something public. `routable`: the subnet may get a new default route, else it is a public one. */
function wayOut(network: Network, query: Query, blocked: Traced, routable: boolean): readonly Candidate[] {
  const { face, to } = blocked
  if (face === null || to.kind !== 'public') return []
  const found: Candidate[] = []
  // An endpoint first: a gateway endpoint is free, a NAT gateway is not.
  if (to.service !== null) found.push(endpointFor(network, face, to.service))
  if (face.publicAddress !== null && routable) found.push(routeToGateway(face.subnet))
  else if (routable) found.push(routeToNat(network, face.subnet))
  else if (face.kind === 'hyperplane') found.push(moveBehindNat(network, query, face))
  else found.push(...elastic(network, face.owners[0] ?? ''))
  if (own(network.scenario, query.from)?.Type === 'AWS::Lambda::Function')
    found.push({
      title: `Take ${query.from} out of the VPC`,
      kind: 'leave',
      edit: (draft) => draft.unset(query.from, 'VpcConfig'),
    })
  return found
}

function routeToGateway(subnet: Subnet): Candidate {
  return {
    title: `Route 0.0.0.0/0 of ${subnet.id} to the internet gateway`,
    kind: 'gateway',
    edit: (draft) =>
      pointDefaultRoute(draft, ensureTable(draft, subnet), { GatewayId: ensureInternetGateway(draft, subnet.vpc) }),
  }
}

function routeToNat(network: Network, subnet: Subnet): Candidate {
  return {
    title: natTitle(network, subnet, `route 0.0.0.0/0 of ${subnet.id}`),
    kind: 'nat',
    edit: (draft) => {
      const nat = ensureNat(draft, network, subnet, subnet.id)
      if (nat === null || network.nats.get(nat)?.interface.subnet.table === subnet.table) return false
      pointDefaultRoute(draft, ensureTable(draft, subnet), { NatGatewayId: nat })
      return true
    },
  }
}

/** Names the NAT gateway that is there, or where a new one goes; `what` is what then leads to it. */
function natTitle(network: Network, subnet: Subnet, what: string): string {
  const ready = workingNat(network, subnet)
  if (ready !== null) return `${what.charAt(0).toUpperCase()}${what.slice(1)} to ${ready}`
  const home = publicHome(network, subnet, subnet.id)
  return `Add a NAT gateway in ${home?.id ?? 'a new public subnet'} and ${what} to it`
}

/** For a function whose subnet is public: another subnet of the VPC that has a NAT route, or a new one. */
function moveBehindNat(network: Network, query: Query, face: Interface): Candidate {
  const { subnet } = face
  return {
    title: `Move ${query.from} from ${subnet.id} to a private subnet behind a NAT gateway`,
    kind: 'nat',
    edit: (draft) => {
      const config = object(properties(own(draft.scenario, query.from) ?? { Type: '' }).VpcConfig)
      const nat = ensureNat(draft, network, subnet, null)
      if (nat === null) return false
      const ready = [...network.subnets.values()].find(
        (each) =>
          each.vpc.id === subnet.vpc.id &&
          each.down === null &&
          each.table.routes.some((r) => r.target.kind === 'nat-gateway' && r.target.id === nat),
      )
      const block = freeBlock(network, subnet, 1) ?? freeBlock(network, subnet)
      if (ready === undefined && block === null) return false
      const home =
        ready?.id ?? (block === null ? '' : addSubnet(draft, 'PrivateSubnet', subnet, block, { NatGatewayId: nat }))
      const subnets = [...new Set(refs(config.SubnetIds).map((id) => (id === subnet.id ? home : id)))]
      draft.set(query.from, 'VpcConfig', { ...config, SubnetIds: subnets })
      return true
    },
  }
}

function endpointFor(network: Network, face: Interface, service: string): Candidate {
  const { subnet } = face
  const { vpc } = subnet
  const existing = vpc.endpoints.find(
    (each) => each.service === service && (each.kind === 'gateway') === hasGatewayEndpoint(service),
  )
  if (hasGatewayEndpoint(service)) {
    return {
      title:
        existing === undefined
          ? `Add a gateway endpoint for ${service} to the route table of ${subnet.id}`
          : `Add the route table of ${subnet.id} to ${existing.id}`,
      kind: 'endpoint',
      edit: (draft) => {
        const table = ensureTable(draft, subnet)
        if (existing !== undefined) draft.push(existing.id, 'RouteTableIds', table)
        else
          draft.add('GatewayEndpoint', 'AWS::EC2::VPCEndpoint', {
            VpcId: vpc.id,
            ServiceName: serviceName(network, service),
            VpcEndpointType: 'Gateway',
            RouteTableIds: [table],
          })
      },
    }
  }
  return {
    title:
      existing === undefined
        ? `Add an interface endpoint for ${service} in ${subnet.id}`
        : `Switch on private DNS of ${existing.id}`,
    kind: 'endpoint',
    edit: (draft) => {
      if (existing !== undefined) return draft.set(existing.id, 'PrivateDnsEnabled', true)
      const group = draft.add('EndpointSecurityGroup', 'AWS::EC2::SecurityGroup', {
        VpcId: vpc.id,
        GroupDescription: `HTTPS to the ${service} endpoint`,
        SecurityGroupIngress: vpc.cidrs.map((block) => ({
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          CidrIp: formatCidr(block),
        })),
      })
      draft.add('InterfaceEndpoint', 'AWS::EC2::VPCEndpoint', {
        VpcId: vpc.id,
        ServiceName: serviceName(network, service),
        VpcEndpointType: 'Interface',
        SubnetIds: [subnet.id],
        SecurityGroupIds: [group],
        PrivateDnsEnabled: true,
      })
    },
  }
}

function moveNat(network: Network, blocked: Traced): readonly Candidate[] {
  const nat = network.nats.get(blocked.at ?? '')
  const home = nat?.interface.subnet
  if (nat === undefined || home === undefined) return []
  const edit = (draft: Draft) => {
    const subnet = ensurePublicSubnet(draft, network, home, home.id)
    if (subnet === null) return false
    draft.set(nat.id, 'SubnetId', subnet)
    return true
  }
  const move: Candidate = {
    title: `Put ${nat.id} into ${publicHome(network, home, home.id)?.id ?? 'a new public subnet'}`,
    kind: 'nat',
    edit,
  }
  // A route of its own makes the home public, unless the source's subnet hangs on the same table.
  if (home.table === blocked.face?.subnet.table) return [move]
  return meantPublic(home) ? [routeToGateway(home), move] : [move, routeToGateway(home)]
}

/** A private NAT gateway has no public address to go out with. */
function publicNat(network: Network, blocked: Traced): readonly Candidate[] {
  const id = blocked.hops.findLast((hop) => hop.gate === 'nat-gateway')?.resource
  if (id === undefined || !network.nats.has(id)) return []
  return [
    {
      title: `Make ${id} a public NAT gateway`,
      kind: 'nat',
      edit: (draft) => draft.set(id, 'ConnectivityType', 'public'),
    },
  ]
}

/** What the blackhole route leads to. */
function targetOfRoute(network: Network, blocked: Traced): string | null {
  const props = properties(own(network.scenario, blocked.hops.at(-1)?.via ?? '') ?? { Type: '' })
  return ref(props.VpcPeeringConnectionId) ?? ref(props.InstanceId) ?? ref(props.NetworkInterfaceId)
}

/** A NAT gateway that failed stays so: another one takes its routes. */
function replaceNat(network: Network, blocked: Traced): readonly Candidate[] {
  const { face, at } = blocked
  const route = blocked.hops.findLast((hop) => hop.gate === 'route-table' && hop.via !== undefined)?.via
  if (face === null || at === null || route === undefined || network.conditions.down.has(at)) return []
  const edit = (draft: Draft) => {
    const nat = ensureNat(draft, network, face.subnet, face.subnet.id)
    if (nat === null) return false
    retarget(draft, route, { NatGatewayId: nat })
    return true
  }
  return [{ title: natTitle(network, face.subnet, `point the route ${route}`), kind: 'nat', edit }]
}

function repairRoute(network: Network, blocked: Traced): readonly Candidate[] {
  const id = blocked.hops.at(-1)?.via
  const { face } = blocked
  if (id === undefined || face === null || own(network.scenario, id)?.Type !== 'AWS::EC2::Route') return []
  const { vpc } = face.subnet
  const target = text(properties(own(network.scenario, id) ?? { Type: '' }).GatewayId)
  const found: Candidate[] = []
  if (
    target !== null &&
    own(network.scenario, target)?.Type === 'AWS::EC2::InternetGateway' &&
    vpc.internetGateway === null
  ) {
    const edit = (draft: Draft) =>
      void draft.add('GatewayAttachment', 'AWS::EC2::VPCGatewayAttachment', {
        VpcId: vpc.id,
        InternetGatewayId: target,
      })
    found.push({ title: `Attach ${target} to ${vpc.id}`, kind: 'gateway', edit })
  }
  if (blocked.code === 'MORE_SPECIFIC_ROUTE')
    found.push({ title: `Remove the route ${id}`, kind: 'route', edit: (draft) => draft.remove(id) })
  const edit = (draft: Draft) => {
    const nat = ensureNat(draft, network, face.subnet, face.subnet.id)
    if (nat === null) return false
    retarget(draft, id, { NatGatewayId: nat })
    return true
  }
  if (face.publicAddress === null)
    found.push({ title: natTitle(network, face.subnet, `point the route ${id}`), kind: 'nat', edit })
  return found
}

function replyRoute(network: Network, blocked: Traced): readonly Candidate[] {
  const target = blocked.to.kind === 'interfaces' ? blocked.to.faces[0] : undefined
  return target === undefined || !network.subnets.has(target.subnet.id) ? [] : [routeToGateway(target.subnet)]
}

function attachGateway(network: Network, blocked: Traced): readonly Candidate[] {
  const vpc = network.vpcs.get(blocked.at ?? '')
  if (vpc === undefined) return []
  return [
    {
      title: `Attach an internet gateway to ${vpc.id}`,
      kind: 'gateway',
      edit: (draft) => void ensureInternetGateway(draft, vpc),
    },
  ]
}

function placeEndpoint(blocked: Traced): readonly Candidate[] {
  const { at, face } = blocked
  if (at === null || face === null) return []
  return [
    {
      title: `Give ${at} an interface in ${face.subnet.id}`,
      kind: 'endpoint',
      edit: (draft) => draft.push(at, 'SubnetIds', face.subnet.id),
    },
  ]
}

/** A function can move to where its target is. */
function attach(network: Network, query: Query, blocked: Traced): readonly Candidate[] {
  const target = blocked.to.kind === 'interfaces' ? blocked.to.faces[0] : undefined
  if (target === undefined || own(network.scenario, query.from)?.Type !== 'AWS::Lambda::Function') return []
  const { subnet } = target
  const edit = (draft: Draft) => {
    const props = { VpcId: subnet.vpc.id, GroupDescription: `Interfaces of ${query.from}` }
    const group = draft.add(`${query.from}SecurityGroup`, 'AWS::EC2::SecurityGroup', props)
    draft.set(query.from, 'VpcConfig', { SubnetIds: [subnet.id], SecurityGroupIds: [group] })
  }
  return [{ title: `Attach ${query.from} to ${subnet.id} in ${subnet.vpc.id}`, kind: 'attach', edit }]
}

/** Only instances: a public database is not what anyone should be led to. */
function elastic(network: Network, id: string): readonly Candidate[] {
  if (own(network.scenario, id)?.Type !== 'AWS::EC2::Instance') return []
  const edit = (draft: Draft) => void draft.add(`${id}Address`, 'AWS::EC2::EIP', { Domain: 'vpc', InstanceId: id })
  return [{ title: `Give ${id} an Elastic IP`, kind: 'gateway', edit }]
}
