/** Transit gateways: attachments, route tables, and who reads and writes which. */
import type { LogicalId } from '../../model/scenario'
import type { Collected, Placed } from './collect'
import { given, whereabouts, type Draft } from './draft'

const STATES = ['available', 'pendingAcceptance', 'pending', 'rejected', 'failed', 'deleting', 'deleted']
const stateOf = (state: string | null | undefined): string | undefined => STATES.find((each) => each === state)
const isOff = (state: string | null | undefined): boolean => /^(?:disabl|disassociat|delet)/.test(state ?? '')

export function reserveTransit(from: Collected, draft: Draft): void {
  for (const item of from.TransitGateways) draft.reserve(item.TransitGatewayId, item)
  for (const item of from.TransitGatewayVpcAttachments) draft.reserve(item.TransitGatewayAttachmentId, item)
  for (const item of from.TransitGatewayPeeringAttachments) draft.reserve(item.TransitGatewayAttachmentId, item)
  for (const item of from.TransitGatewayAttachments) {
    // a VPN connection to a transit gateway is its own attachment
    const vpn = item.ResourceType === 'vpn' ? draft.find(item.ResourceId) : null
    if (vpn === null) draft.reserve(item.TransitGatewayAttachmentId, item)
    else draft.known.set(item.TransitGatewayAttachmentId, vpn)
  }
  for (const item of from.TransitGatewayRouteTables) draft.reserve(item.TransitGatewayRouteTableId, item)
}

/** The gateways alone: VPN connections end at them. */
export function addTransitGateways(from: Collected, draft: Draft): void {
  for (const item of from.TransitGateways)
    draft.add(
      draft.reserve(item.TransitGatewayId),
      'AWS::EC2::TransitGateway',
      {
        AmazonSideAsn: item.Options?.AmazonSideAsn ?? undefined,
        // what is associated and propagated is told table by table
        DefaultRouteTableAssociation: 'disable',
        DefaultRouteTablePropagation: 'disable',
      },
      { physicalId: item.TransitGatewayId, ...whereabouts(item), state: stateOf(item.State) },
    )
}

export function addTransit(from: Collected, draft: Draft): void {
  addAttachments(from, draft)
  for (const item of from.TransitGatewayRouteTables) {
    const gateway = held(draft, item.TransitGatewayId)
    const physicalId = item.TransitGatewayRouteTableId
    if (gateway !== null)
      draft.add(
        draft.reserve(physicalId),
        'AWS::EC2::TransitGatewayRouteTable',
        { TransitGatewayId: gateway },
        { physicalId },
      )
  }
  addMembers(from, draft)
  addRoutes(from, draft)
}

function held(draft: Draft, awsId: string | null | undefined): LogicalId | null {
  const id = draft.find(awsId)
  return id === null || draft.resources[id] === undefined ? null : id
}

function addAttachments(from: Collected, draft: Draft): void {
  const attach = (
    awsId: string,
    gatewayId: string | null | undefined,
    vpcId: string | null | undefined,
    subnets: LogicalId[],
    state: string | null | undefined,
  ): void => {
    const [gateway, vpc] = [held(draft, gatewayId), held(draft, vpcId)]
    if (gateway === null || vpc === null) {
      draft.notes.add(
        `${awsId} was left out: the files do not hold ${(gateway === null ? gatewayId : vpcId) ?? 'what it joins'}.`,
      )
      return
    }
    draft.add(
      draft.reserve(awsId),
      'AWS::EC2::TransitGatewayAttachment',
      { TransitGatewayId: gateway, VpcId: vpc, SubnetIds: subnets },
      { physicalId: awsId, state: stateOf(state) },
    )
  }
  for (const item of from.TransitGatewayVpcAttachments)
    attach(item.TransitGatewayAttachmentId, item.TransitGatewayId, item.VpcId, draft.all(item.SubnetIds), item.State)
  for (const item of from.TransitGatewayPeeringAttachments) {
    const [own, peer] = [
      held(draft, item.RequesterTgwInfo?.TransitGatewayId),
      held(draft, item.AccepterTgwInfo?.TransitGatewayId),
    ]
    if (own === null || peer === null) {
      draft.notes.add(
        `${item.TransitGatewayAttachmentId} was left out: the files do not hold both of its transit gateways.`,
      )
      continue
    }
    draft.add(
      draft.reserve(item.TransitGatewayAttachmentId),
      'AWS::EC2::TransitGatewayPeeringAttachment',
      {
        TransitGatewayId: own,
        PeerTransitGatewayId: peer,
        PeerAccountId: given(item.AccepterTgwInfo?.OwnerId),
        PeerRegion: given(item.AccepterTgwInfo?.Region),
      },
      { physicalId: item.TransitGatewayAttachmentId, state: stateOf(item.State) },
    )
  }
  for (const item of from.TransitGatewayAttachments) {
    if (held(draft, item.TransitGatewayAttachmentId) !== null || isOff(item.State)) continue
    // AWS prints the subnets only with describe-transit-gateway-vpc-attachments
    if (item.ResourceType === 'vpc') {
      const subnets = from.Subnets.filter(({ VpcId }) => VpcId === item.ResourceId).map(({ SubnetId }) => SubnetId)
      attach(
        item.TransitGatewayAttachmentId,
        item.TransitGatewayId,
        item.ResourceId,
        draft.all(subnets).slice(0, 16),
        item.State,
      )
    } else
      draft.notes.add(
        `${item.TransitGatewayAttachmentId} was left out: an attachment of type ${item.ResourceType ?? ''} is not in the files or not understood.`,
      )
  }
}

interface Member {
  readonly TransitGatewayAttachmentId?: string | null | undefined
  readonly State?: string | null | undefined
}

function addMembers(from: Collected, draft: Draft): void {
  const done = new Set<string>()
  const join = (what: 'Association' | 'Propagation', tableId: string | null | undefined, member: Member): void => {
    const [table, attachment] = [held(draft, tableId), held(draft, member.TransitGatewayAttachmentId)]
    if (table === null || attachment === null || isOff(member.State) || done.has(`${what} ${table} ${attachment}`))
      return
    done.add(`${what} ${table} ${attachment}`)
    draft.add(draft.fresh(`${attachment}${what}`), `AWS::EC2::TransitGatewayRouteTable${what}`, {
      TransitGatewayAttachmentId: attachment,
      TransitGatewayRouteTableId: table,
    })
  }
  for (const item of from.TransitGatewayAttachments) {
    const { TransitGatewayAttachmentId, Association } = item
    join('Association', Association?.TransitGatewayRouteTableId, {
      TransitGatewayAttachmentId,
      State: Association?.State,
    })
  }
  for (const item of from.TransitGatewayAssociations)
    for (const member of item.Associations ?? []) join('Association', item.TransitGatewayRouteTableId, member)
  for (const item of from.TransitGatewayPropagations)
    for (const member of item.TransitGatewayRouteTablePropagations ?? [])
      join('Propagation', item.TransitGatewayRouteTableId, member)
  for (const item of from.TransitGatewayVpcAttachments)
    if (
      !from.TransitGatewayAttachments.some(
        (each) => each.TransitGatewayAttachmentId === item.TransitGatewayAttachmentId,
      )
    )
      addDefaults(item, from, join)
}

/** Without describe-transit-gateway-attachments the default table is taken: AWS's own default. */
function addDefaults(
  item: Placed<'TransitGatewayVpcAttachments'>,
  from: Collected,
  join: (what: 'Association' | 'Propagation', tableId: string, member: Member) => void,
): void {
  if (
    from.TransitGatewayAssociations.some(({ Associations }) =>
      Associations?.some((each) => each.TransitGatewayAttachmentId === item.TransitGatewayAttachmentId),
    )
  )
    return
  const { TransitGatewayAttachmentId } = item
  for (const table of from.TransitGatewayRouteTables) {
    if (table.TransitGatewayId !== item.TransitGatewayId) continue
    if (table.DefaultAssociationRouteTable === true)
      join('Association', table.TransitGatewayRouteTableId, { TransitGatewayAttachmentId })
    if (table.DefaultPropagationRouteTable === true && from.TransitGatewayPropagations.length === 0)
      join('Propagation', table.TransitGatewayRouteTableId, { TransitGatewayAttachmentId })
  }
}

/** Static routes, and propagated ones of attachments that no propagation in the files explains (what a VPN learnt by BGP). */
function addRoutes(from: Collected, draft: Draft): void {
  const done = new Set<string>()
  for (const { TransitGatewayRouteTableId, Routes } of from.TransitGatewayRoutes) {
    const table = held(draft, TransitGatewayRouteTableId)
    if (table === null) continue
    for (const route of Routes ?? []) {
      const to = given(route.DestinationCidrBlock)
      if (to === undefined || to.includes(':')) {
        draft.notes.add(
          `${TransitGatewayRouteTableId}: a route for ${given(route.PrefixListId) ?? to ?? 'no block'} was left out.`,
        )
        continue
      }
      const [first] = route.TransitGatewayAttachments ?? []
      if (route.Type === 'propagated' && first?.ResourceType === 'vpc') continue
      const attachment = held(draft, first?.TransitGatewayAttachmentId)
      const blackhole = route.State === 'blackhole' || attachment === null
      if (attachment === null && route.State !== 'blackhole')
        draft.notes.add(`${TransitGatewayRouteTableId}: the route for ${to} leads to an attachment that is in no file.`)
      if (done.has(`${table} ${to}`)) continue
      done.add(`${table} ${to}`)
      draft.add(draft.fresh(`${table}Route`), 'AWS::EC2::TransitGatewayRoute', {
        TransitGatewayRouteTableId: table,
        DestinationCidrBlock: to,
        ...(blackhole ? { Blackhole: true } : { TransitGatewayAttachmentId: attachment }),
      })
    }
  }
}
