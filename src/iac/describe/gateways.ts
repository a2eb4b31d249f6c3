/** NAT gateways, VPC endpoints and peering connections. */
import type { LogicalId } from '../../model/scenario'
import { parseAddress } from '../../network/ipv4'
import type { Collected, Placed } from './collect'
import { given, type Draft } from './draft'

export function reserveGateways(from: Collected, draft: Draft): void {
  for (const item of from.NatGateways) {
    const id = draft.reserve(item.NatGatewayId, item)
    for (const { NetworkInterfaceId, AllocationId, PublicIp } of item.NatGatewayAddresses ?? []) {
      if (given(NetworkInterfaceId) !== undefined) draft.known.set(NetworkInterfaceId ?? '', id)
      if (given(AllocationId) !== undefined) draft.reserve(AllocationId ?? '', {}, PublicIp)
    }
  }
  for (const item of from.VpcEndpoints) {
    const id = draft.reserve(item.VpcEndpointId, item)
    for (const eni of item.NetworkInterfaceIds ?? []) draft.known.set(eni, id)
  }
  for (const item of from.VpcPeeringConnections) draft.reserve(item.VpcPeeringConnectionId, item)
}

export function addGateways(from: Collected, draft: Draft): void {
  for (const item of from.NatGateways) addNat(item, draft)
  for (const item of from.VpcEndpoints) addEndpoint(item, from, draft)
  for (const item of from.VpcPeeringConnections) addPeering(item, draft)
}

function addNat(item: Placed<'NatGateways'>, draft: Draft): void {
  const subnet = draft.find(item.SubnetId)
  if (subnet === null) {
    if (item.State !== 'deleted')
      draft.notes.add(`${item.NatGatewayId} was left out: the files do not hold ${item.SubnetId ?? 'its subnet'}.`)
    return
  }
  const addresses = item.NatGatewayAddresses ?? []
  const first = addresses.find(({ IsPrimary }) => IsPrimary === true) ?? addresses[0]
  for (const { AllocationId, PublicIp } of addresses) {
    const id = draft.find(AllocationId)
    if (id === null || draft.resources[id] !== undefined || parseAddress(PublicIp ?? '') === null) continue
    draft.add(id, 'AWS::EC2::EIP', { Domain: 'vpc' }, { physicalId: AllocationId, publicIp: PublicIp })
  }
  const held = (awsId: string | null | undefined): LogicalId | undefined => {
    const id = draft.find(awsId)
    return id === null || draft.resources[id] === undefined ? undefined : id
  }
  const more = addresses.filter((each) => each !== first).flatMap(({ AllocationId }) => held(AllocationId) ?? [])
  draft.add(
    draft.reserve(item.NatGatewayId),
    'AWS::EC2::NatGateway',
    {
      SubnetId: subnet,
      AllocationId: held(first?.AllocationId),
      SecondaryAllocationIds: more.length === 0 ? undefined : more.slice(0, 7),
      ConnectivityType: item.ConnectivityType === 'private' ? 'private' : 'public',
    },
    {
      physicalId: item.NatGatewayId,
      address: parseAddress(first?.PrivateIp ?? '') === null ? undefined : first?.PrivateIp,
      publicIp: parseAddress(first?.PublicIp ?? '') === null ? undefined : first?.PublicIp,
      state: ['pending', 'available', 'failed', 'deleting', 'deleted'].find((state) => state === item.State),
    },
  )
}

const ENDPOINT_STATES = ['available', 'pending', 'pendingAcceptance', 'rejected', 'failed', 'deleting', 'deleted']

function addEndpoint(item: Placed<'VpcEndpoints'>, from: Collected, draft: Draft): void {
  const vpc = draft.find(item.VpcId)
  const type = ['Gateway', 'Interface', 'GatewayLoadBalancer'].find(
    (each) => each === (item.VpcEndpointType ?? 'Gateway'),
  )
  if (vpc === null || type === undefined)
    return draft.notes.add(
      `${item.VpcEndpointId} was left out: ${vpc === null ? `the files do not hold ${item.VpcId}` : `an endpoint of type ${item.VpcEndpointType ?? ''} is not understood`}.`,
    )
  const addresses: { [subnet: LogicalId]: string } = {}
  for (const eni of from.NetworkInterfaces) {
    const subnet = draft.find(eni.SubnetId)
    if (item.NetworkInterfaceIds?.includes(eni.NetworkInterfaceId) !== true || subnet === null) continue
    if (parseAddress(eni.PrivateIpAddress ?? '') !== null) addresses[subnet] = eni.PrivateIpAddress ?? ''
  }
  const state = item.State?.replace(/^[A-Z]/, (letter) => letter.toLowerCase())
  draft.add(
    draft.reserve(item.VpcEndpointId),
    'AWS::EC2::VPCEndpoint',
    {
      VpcId: vpc,
      ServiceName: item.ServiceName.slice(0, 128),
      VpcEndpointType: type,
      RouteTableIds: draft.all(item.RouteTableIds),
      SubnetIds: draft.all(item.SubnetIds),
      SecurityGroupIds: draft.all(item.Groups?.map(({ GroupId }) => GroupId)),
      PrivateDnsEnabled: item.PrivateDnsEnabled ?? false,
    },
    {
      physicalId: item.VpcEndpointId,
      addresses: Object.keys(addresses).length === 0 ? undefined : addresses,
      state: ENDPOINT_STATES.find((each) => each === state),
    },
  )
}

const PEERING_STATES = [
  'active',
  'pending-acceptance',
  'initiating-request',
  'provisioning',
  'rejected',
  'expired',
  'failed',
  'deleting',
  'deleted',
]

function addPeering(item: Placed<'VpcPeeringConnections'>, draft: Draft): void {
  const ends = [item.RequesterVpcInfo, item.AccepterVpcInfo]
  // the end that is in the files names the other one
  const [near, far] = draft.find(ends[0]?.VpcId) === null ? ends.toReversed() : ends
  const vpc = draft.find(near?.VpcId)
  if (vpc === null) {
    draft.notes.add(`${item.VpcPeeringConnectionId} was left out: the files hold neither of its VPCs.`)
    return
  }
  const peer = draft.find(far?.VpcId)
  if (peer === null)
    draft.notes.add(
      `${item.VpcPeeringConnectionId} leads to ${far?.VpcId ?? 'a VPC'}${far?.OwnerId ? ` of account ${far.OwnerId}` : ''}, which is in no file.`,
    )
  draft.add(
    draft.reserve(item.VpcPeeringConnectionId),
    'AWS::EC2::VPCPeeringConnection',
    {
      VpcId: vpc,
      PeerVpcId: peer ?? given(far?.VpcId) ?? 'unknown',
      PeerOwnerId: given(far?.OwnerId)?.slice(0, 12),
      PeerRegion: given(far?.Region)?.slice(0, 30),
    },
    {
      physicalId: item.VpcPeeringConnectionId,
      status: PEERING_STATES.find((each) => each === (item.Status?.Code ?? 'active')),
    },
  )
}
