import { boolean, choice, integer, list, object, ref, refs, text, z } from '../../schema-kit'
import type { Schemas } from '../../schema-kit'
import { address, assigned, GROUP, INTERFACE, note, privateAddress, publicIp, SUBNET, subnetId } from './kit'

const groups = refs(GROUP, 16, {
  title: 'Security groups',
  help: 'Groups that filter its traffic; the default group of the VPC when none is named.',
  factRows: ['NET-23'],
})
const check = boolean({
  title: 'Source/destination check',
  help: 'Drops packets that are not its own; a router or NAT instance needs it off.',
  group: 'advanced',
}).default(true)
const inline = {
  SubnetId: ref(SUBNET, { title: 'Subnet', help: 'Subnet the interface is made in.' }).optional(),
  PrivateIpAddress: address('Private address', 'Address in the subnet.').optional(),
  GroupSet: groups.optional(),
  AssociatePublicIpAddress: boolean({ title: 'Public address', help: 'It gets a public address.' }).optional(),
}

/** What sends and receives packets in a subnet. */
export const hostSchemas: Schemas = {
  'AWS::EC2::Instance': {
    Properties: z.strictObject({
      SubnetId: ref(SUBNET, { title: 'Subnet', help: 'Subnet it stands in.' }).optional(),
      PrivateIpAddress: address('Private address', 'Address it asks for.').optional(),
      SecurityGroupIds: groups.optional(),
      InstanceType: text(32, { title: 'Size', help: 'Instance type.', group: 'advanced' }, /^[a-z0-9.-]+$/).default(
        't3.micro',
      ),
      AvailabilityZone: text(30, { title: 'Zone', help: 'Zone it is in.', group: 'advanced' }).optional(),
      SourceDestCheck: check,
      NetworkInterfaces: list(
        object(
          {
            NetworkInterfaceId: ref(INTERFACE, { title: 'Interface', help: 'Interface that is attached.' }).optional(),
            DeviceIndex: integer(0, 15, { title: 'Number', help: 'Its place; 0 is the first.', unit: 'count' }).default(
              0,
            ),
            ...inline,
          },
          { title: 'Interface', help: 'An interface of the instance.' },
        ),
        15,
        { title: 'Interfaces', help: 'Its interfaces, in place of subnet and groups above.', group: 'advanced' },
      ).optional(),
    }),
    Behavior: assigned({
      ...privateAddress,
      ...publicIp,
      state: choice(['running', 'stopped'], {
        title: 'State',
        help: 'How it begins. A stopped instance neither sends nor answers.',
      }).default('running'),
    }),
  },
  'AWS::EC2::NetworkInterface': {
    Properties: z.strictObject({
      SubnetId: subnetId,
      PrivateIpAddress: address('Private address', 'Address it asks for.').optional(),
      SecondaryPrivateIpAddresses: list(address('Address', 'A further private address.'), 50, {
        title: 'Further addresses',
        help: 'More private addresses of its subnet.',
        group: 'advanced',
      }).optional(),
      GroupSet: groups.optional(),
      SourceDestCheck: check,
      InterfaceType: text(40, { title: 'Type', help: 'Who uses it.', group: 'advanced' }).default('interface'),
      Description: note,
    }),
    Behavior: assigned({
      ...privateAddress,
      ...publicIp,
      status: choice(['in-use', 'available'], {
        title: 'Status',
        help: 'Whether something uses it; without this, what names it decides.',
        group: 'advanced',
      }).optional(),
    }),
  },
}
