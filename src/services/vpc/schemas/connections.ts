import { boolean, choice, integer, ref, text, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import { address, anyBlock, assigned, state, TRANSIT, vpcId } from './kit'

const VPN_GATEWAY = ['AWS::EC2::VPNGateway']
const type = choice(['ipsec.1'], { title: 'Type', help: 'Always ipsec.1.', group: 'advanced' }).default('ipsec.1')

/** Peering between VPCs, and VPN to networks on premises. */
export const connectionSchemas: Schemas = {
  'AWS::EC2::VPCPeeringConnection': {
    Properties: z.strictObject({
      VpcId: vpcId,
      // may lie in an account or a region of which nothing is known
      PeerVpcId: z
        .string()
        .max(255)
        .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
        .meta({ title: 'Other VPC', help: 'VPC at the other end.', kind: 'ref', ref: ['AWS::EC2::VPC'], loose: true }),
      PeerOwnerId: text(12, {
        title: 'Other account',
        help: 'Account of the other VPC.',
        group: 'advanced',
      }).optional(),
      PeerRegion: text(30, { title: 'Other region', help: 'Region of the other VPC.', group: 'advanced' }).optional(),
    }),
    Behavior: assigned({
      status: choice(
        [
          'active',
          'pending-acceptance',
          'initiating-request',
          'provisioning',
          'rejected',
          'expired',
          'failed',
          'deleting',
          'deleted',
        ],
        { title: 'Status', help: 'Packets pass only an active connection, which the other side has accepted.' },
      ).optional(),
    }),
  },
  'AWS::EC2::VPNGateway': {
    Properties: z.strictObject({
      Type: type,
      AmazonSideAsn: integer(1, 4_294_967_294, {
        title: 'ASN',
        help: 'Its number in BGP.',
        group: 'advanced',
      }).optional(),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::CustomerGateway': {
    Properties: z.strictObject({
      BgpAsn: integer(1, 4_294_967_294, { title: 'ASN', help: 'Its number in BGP.', group: 'advanced' }).default(
        65_000,
      ),
      IpAddress: address('Address', 'Public address of the router on premises.').optional(),
      Type: type,
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::VPNConnection': {
    Properties: z.strictObject({
      VpnGatewayId: ref(VPN_GATEWAY, { title: 'VPN gateway', help: 'Its end at a VPC.' }).optional(),
      TransitGatewayId: ref(TRANSIT, { title: 'Transit gateway', help: 'Its end at a transit gateway.' }).optional(),
      CustomerGatewayId: ref(['AWS::EC2::CustomerGateway'], {
        title: 'Customer gateway',
        help: 'Its end on premises.',
      }),
      StaticRoutesOnly: boolean({
        title: 'Static routes',
        help: 'Networks on premises are listed as routes, not learnt by BGP.',
        group: 'advanced',
      }).default(false),
      Type: type,
    }),
    Behavior: assigned({
      state: state(['pending', 'available', 'down', 'deleting', 'deleted'], 'Only an available one carries packets.'),
    }),
  },
  'AWS::EC2::VPNConnectionRoute': {
    Properties: z.strictObject({
      VpnConnectionId: ref(['AWS::EC2::VPNConnection'], { title: 'VPN connection', help: 'Connection it belongs to.' }),
      DestinationCidrBlock: anyBlock({ title: 'Network', help: 'Addresses on premises.' }),
    }),
    Behavior: assigned(),
  },
}
