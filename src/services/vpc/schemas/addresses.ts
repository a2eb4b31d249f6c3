import { boolean, choice, cidr, integer, list, object, ref, text, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import { address, anyBlock, assigned, INSTANCE, INTERFACE, note, publicIp, vpcId } from './kit'

const EIP = ['AWS::EC2::EIP']
const toInstance = ref(INSTANCE, { title: 'Instance', help: 'Instance that gets the address.' }).optional()

/** Blocks of addresses, and single public ones. */
export const addressSchemas: Schemas = {
  'AWS::EC2::VPC': {
    Properties: z.strictObject({
      CidrBlock: cidr(16, 28, {
        title: 'Addresses',
        help: 'Block of private addresses.',
        factRows: ['NET-21'],
      }).default('10.0.0.0/16'),
      EnableDnsSupport: boolean({ title: 'DNS', help: 'Names are resolved in the VPC.', group: 'advanced' }).default(
        true,
      ),
      EnableDnsHostnames: boolean({
        title: 'DNS host names',
        help: 'Private names of endpoints work.',
        factRows: ['NET-28'],
        group: 'advanced',
      }).optional(),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::VPCCidrBlock': {
    Properties: z.strictObject({
      VpcId: vpcId,
      CidrBlock: cidr(16, 28, { title: 'Addresses', help: 'A further block of the VPC.', factRows: ['NET-21'] }),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::Subnet': {
    Properties: z.strictObject({
      VpcId: vpcId,
      CidrBlock: cidr(16, 28, {
        title: 'Addresses',
        help: "Part of the VPC's block; AWS keeps five addresses.",
        factRows: ['NET-21'],
        suggestions: ['10.0.0.0/24'],
      }),
      AvailabilityZone: text(
        30,
        { title: 'Zone', help: 'Zone it is in: a, b, c.', suggestions: ['a', 'b', 'c'] },
        /^[a-z0-9-]{1,30}$/,
      ).default('a'),
      MapPublicIpOnLaunch: boolean({
        title: 'Public addresses',
        help: 'Instances started here get a public address; functions never do.',
        factRows: ['NET-22', 'NET-30'],
        group: 'advanced',
      }).default(false),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::EIP': {
    Properties: z.strictObject({
      Domain: choice(['vpc'], { title: 'Domain', help: 'Always vpc.', group: 'advanced' }).default('vpc'),
      InstanceId: toInstance,
    }),
    Behavior: assigned(publicIp),
  },
  'AWS::EC2::EIPAssociation': {
    Properties: z.strictObject({
      AllocationId: ref(EIP, { title: 'Elastic IP', help: 'The public address.' }),
      InstanceId: toInstance,
      NetworkInterfaceId: ref(INTERFACE, { title: 'Interface', help: 'Interface that gets the address.' }).optional(),
      PrivateIpAddress: address('Private address', 'Private address it stands for, when there are several.').optional(),
    }),
    Behavior: assigned(),
  },
  'AWS::EC2::PrefixList': {
    Properties: z.strictObject({
      PrefixListName: text(255, { title: 'Name', help: 'Name of the list.' }).default('list'),
      AddressFamily: choice(['IPv4', 'IPv6'], {
        title: 'Family',
        help: 'Kind of addresses.',
        group: 'advanced',
      }).default('IPv4'),
      MaxEntries: integer(1, 1_000, {
        title: 'Room',
        help: 'A rule or route that names the list counts as this many.',
        unit: 'count',
        group: 'advanced',
      }).optional(),
      Entries: list(
        object(
          { Cidr: anyBlock({ title: 'Addresses', help: 'A block of the list.' }), Description: note },
          { title: 'Entry', help: 'A block of the list.' },
        ),
        1_000,
        { title: 'Entries', help: 'Blocks that routes and rules mean by the list.', factRows: ['NET-23'] },
      ).default([]),
    }),
    Behavior: assigned(),
  },
}
