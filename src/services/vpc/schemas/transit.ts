import { boolean, choice, integer, ref, refs, text, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import { anyBlock, assigned, note, onOff, state, SUBNET, TRANSIT, vpcId } from './kit'

/** A VPN connection to a transit gateway is its own attachment. */
const ATTACHED = [
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment',
  'AWS::EC2::TransitGatewayPeeringAttachment',
  'AWS::EC2::VPNConnection',
]
const gatewayId = ref(TRANSIT, { title: 'Transit gateway', help: 'Transit gateway it belongs to.' })
const attachmentId = ref(ATTACHED, { title: 'Attachment', help: 'Attachment it is about.' })
const tableId = ref(['AWS::EC2::TransitGatewayRouteTable'], {
  title: 'Route table',
  help: 'Route table of the transit gateway.',
})
const states = state(
  ['available', 'pendingAcceptance', 'pending', 'rejected', 'failed', 'deleting', 'deleted'],
  'Only an available one carries packets.',
)
const attachment = {
  Properties: z.strictObject({
    TransitGatewayId: gatewayId,
    VpcId: vpcId,
    SubnetIds: refs(SUBNET, 16, {
      title: 'Subnets',
      help: 'One subnet in each zone whose packets reach the transit gateway.',
    }).default([]),
  }),
  Behavior: assigned({ state: states }),
}
const joined = {
  Properties: z.strictObject({ TransitGatewayAttachmentId: attachmentId, TransitGatewayRouteTableId: tableId }),
  Behavior: assigned(),
}

export const transitSchemas: Schemas = {
  'AWS::EC2::TransitGateway': {
    Properties: z.strictObject({
      AmazonSideAsn: integer(1, 4_294_967_294, {
        title: 'ASN',
        help: 'Its number in BGP.',
        group: 'advanced',
      }).optional(),
      DefaultRouteTableAssociation: onOff(
        'Default table',
        'Attachments without a table of their own use the default one.',
      ),
      DefaultRouteTablePropagation: onOff('Default routes', 'Attachments write their networks into the default table.'),
      SecurityGroupReferencingSupport: choice(['enable', 'disable'], {
        title: 'Group references',
        help: 'Inbound rules may name security groups of other VPCs.',
        group: 'advanced',
      }).default('disable'),
      Description: note,
    }),
    Behavior: assigned({ state: states }),
  },
  'AWS::EC2::TransitGatewayAttachment': attachment,
  'AWS::EC2::TransitGatewayVpcAttachment': attachment,
  'AWS::EC2::TransitGatewayPeeringAttachment': {
    Properties: z.strictObject({
      TransitGatewayId: gatewayId,
      PeerTransitGatewayId: ref(TRANSIT, { title: 'Other gateway', help: 'Transit gateway at the other end.' }),
      PeerAccountId: text(12, { title: 'Other account', help: 'Its account.', group: 'advanced' }).optional(),
      PeerRegion: text(30, { title: 'Other region', help: 'Its region.', group: 'advanced' }).optional(),
    }),
    Behavior: assigned({ state: states }),
  },
  'AWS::EC2::TransitGatewayRouteTable': {
    Properties: z.strictObject({ TransitGatewayId: gatewayId }),
    Behavior: assigned(),
  },
  'AWS::EC2::TransitGatewayRouteTableAssociation': joined,
  'AWS::EC2::TransitGatewayRouteTablePropagation': joined,
  'AWS::EC2::TransitGatewayRoute': {
    Properties: z.strictObject({
      TransitGatewayRouteTableId: tableId,
      DestinationCidrBlock: anyBlock({ title: 'Destination', help: 'Addresses the route is for.' }),
      TransitGatewayAttachmentId: attachmentId.optional(),
      Blackhole: boolean({ title: 'Black hole', help: 'Drops the packets.' }).default(false),
    }),
    Behavior: assigned(),
  },
}
