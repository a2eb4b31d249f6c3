import { choice, ref, refs, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import { address, assigned, privateAddress, publicIp, state, subnetId, vpcId } from './kit'

const EIP = ['AWS::EC2::EIP']

export const gatewaySchemas: Schemas = {
  'AWS::EC2::InternetGateway': { Properties: z.strictObject({}), Behavior: assigned() },
  'AWS::EC2::EgressOnlyInternetGateway': { Properties: z.strictObject({ VpcId: vpcId }), Behavior: assigned() },
  'AWS::EC2::VPCGatewayAttachment': {
    Properties: z.strictObject({
      VpcId: vpcId,
      InternetGatewayId: ref(['AWS::EC2::InternetGateway'], {
        title: 'Internet gateway',
        help: 'Gateway the VPC gets.',
        factRows: ['NET-22', 'NET-29'],
      }).optional(),
      VpnGatewayId: ref(['AWS::EC2::VPNGateway'], {
        title: 'VPN gateway',
        help: 'VPN gateway the VPC gets, in place of an internet gateway.',
        group: 'advanced',
      }).optional(),
    }),
    Behavior: assigned({
      state: state(['attached', 'attaching', 'detaching', 'detached'], 'Only an attached gateway carries packets.'),
    }),
  },
  'AWS::EC2::NatGateway': {
    Properties: z.strictObject({
      // Drawn outside a subnet it has none yet; a check of this folder says so.
      SubnetId: subnetId.optional(),
      AllocationId: ref(EIP, { title: 'Elastic IP', help: 'Its public address.', factRows: ['NET-26'] }).optional(),
      SecondaryAllocationIds: refs(EIP, 7, {
        title: 'Further Elastic IPs',
        help: 'Each adds 55,000 connections to one destination.',
        factRows: ['NET-26'],
        group: 'advanced',
      }).optional(),
      PrivateIpAddress: address('Private address', 'Address it asks for.').optional(),
      ConnectivityType: choice(['public', 'private'], {
        title: 'Connectivity',
        help: 'Public reaches the internet, private only other networks.',
        group: 'advanced',
      }).default('public'),
    }),
    Behavior: assigned({
      ...privateAddress,
      ...publicIp,
      state: state(['pending', 'available', 'failed', 'deleting', 'deleted'], 'Only an available one carries packets.'),
    }),
  },
}
