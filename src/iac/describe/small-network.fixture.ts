/** A small network in the form AWS prints: a public and a private subnet, two instances. Made up by us. */
import type { DescribeFile } from '.'

const name = (Value: string) => [{ Key: 'Name', Value }]
const OwnerId = '111122223333'
const VpcId = 'vpc-0a1'
const all = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  UserIdGroupPairs: [],
  PrefixListIds: [],
}
const open = (Egress: boolean, RuleNumber: number, RuleAction: string) => ({
  Egress,
  RuleNumber,
  RuleAction,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
})

const instance = (
  number: string,
  subnet: string,
  address: string,
  publicIp: string | null,
  group: string,
  tag: string,
) => ({
  InstanceId: `i-0a${number}`,
  VpcId,
  SubnetId: subnet,
  PrivateIpAddress: address,
  PublicIpAddress: publicIp,
  State: { Code: 16, Name: 'running' },
  Tags: name(tag),
  SecurityGroups: [{ GroupId: group, GroupName: 'x' }],
  NetworkInterfaces: [
    {
      NetworkInterfaceId: `eni-0a${number}`,
      SubnetId: subnet,
      VpcId,
      PrivateIpAddress: address,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
      Association: publicIp === null ? null : { PublicIp: publicIp, IpOwnerId: 'amazon' },
      Attachment: { DeviceIndex: 0, Status: 'attached' },
      Groups: [{ GroupId: group, GroupName: 'x' }],
      SourceDestCheck: true,
    },
  ],
})

const ANSWERS: { readonly [file: string]: unknown } = {
  Vpcs: { Vpcs: [{ VpcId, OwnerId, CidrBlock: '10.1.0.0/16', Tags: name('shop'), State: 'available' }] },
  Subnets: {
    Subnets: [
      {
        SubnetId: 'subnet-0a1',
        VpcId,
        CidrBlock: '10.1.0.0/24',
        AvailabilityZone: 'eu-west-1a',
        Tags: name('public a'),
      },
      {
        SubnetId: 'subnet-0a2',
        VpcId,
        CidrBlock: '10.1.1.0/24',
        AvailabilityZone: 'eu-west-1b',
        Tags: name('private b'),
      },
    ],
  },
  RouteTables: {
    RouteTables: [
      {
        RouteTableId: 'rtb-0a1',
        VpcId,
        Associations: [{ Main: true, RouteTableAssociationId: 'rtbassoc-1' }],
        Routes: [
          { DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' },
        ],
        PropagatingVgws: [],
      },
      {
        RouteTableId: 'rtb-0a2',
        VpcId,
        Associations: [{ Main: false, RouteTableAssociationId: 'rtbassoc-2', SubnetId: 'subnet-0a1' }],
        Routes: [
          { DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local', State: 'active', Origin: 'CreateRouteTable' },
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-0a1', State: 'active', Origin: 'CreateRoute' },
        ],
        PropagatingVgws: [],
      },
    ],
  },
  InternetGateways: {
    InternetGateways: [
      { InternetGatewayId: 'igw-0a1', Attachments: [{ VpcId, State: 'available' }], Tags: name('shop') },
    ],
  },
  NetworkAcls: {
    NetworkAcls: [
      {
        NetworkAclId: 'acl-0a1',
        VpcId,
        IsDefault: true,
        Associations: [{ SubnetId: 'subnet-0a1' }, { SubnetId: 'subnet-0a2' }],
        Entries: [
          open(true, 100, 'allow'),
          open(true, 32767, 'deny'),
          open(false, 100, 'allow'),
          open(false, 32767, 'deny'),
        ],
      },
    ],
  },
  SecurityGroups: {
    SecurityGroups: [
      {
        GroupId: 'sg-0a2',
        GroupName: 'web',
        Description: 'From anywhere on 443',
        VpcId,
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, UserIdGroupPairs: [{ GroupId: 'sg-0ffff', UserId: OwnerId }] },
        ],
        IpPermissionsEgress: [all],
      },
      {
        GroupId: 'sg-0a3',
        GroupName: 'db',
        Description: 'From the web group on 5432',
        VpcId,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 5432,
            ToPort: 5432,
            UserIdGroupPairs: [{ GroupId: 'sg-0a2', UserId: OwnerId }],
          },
        ],
        IpPermissionsEgress: [all],
      },
    ],
  },
  Reservations: {
    Reservations: [
      {
        OwnerId,
        Instances: [
          instance('1', 'subnet-0a1', '10.1.0.10', '54.0.0.10', 'sg-0a2', 'web 1'),
          instance('2', 'subnet-0a2', '10.1.1.10', null, 'sg-0a3', 'database host'),
        ],
      },
    ],
  },
  AvailabilityZones: { AvailabilityZones: [{ ZoneName: 'eu-west-1a' }] },
  Extra: { Gadgets: [{ GadgetId: 'g-1' }] },
}

/** A file for each answer, in this order. */
export const smallNetwork = (): DescribeFile[] =>
  Object.entries(ANSWERS).map(([file, answer]) => ({ name: `${file}.json`, text: JSON.stringify(answer, null, 4) }))
