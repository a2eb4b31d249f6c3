/** What the resources of a VPC may carry. */
import { boolean, choice, cidr, integer, list, object, ref, refs, text, z } from '../schema-kit'
import type { About, RefAbout, Schemas } from '../schema-kit'

const VPC = ['AWS::EC2::VPC']
const SUBNET = ['AWS::EC2::Subnet']
const TABLE = ['AWS::EC2::RouteTable']
const GROUP = ['AWS::EC2::SecurityGroup']
const ACL = ['AWS::EC2::NetworkAcl']

const vpcId = ref(VPC, { title: 'VPC', help: 'VPC it belongs to.' })
const subnetId = ref(SUBNET, { title: 'Subnet', help: 'Subnet it belongs to.' })
const tableId = ref(TABLE, { title: 'Route table', help: 'Route table it belongs to.' })
const aclId = ref(ACL, { title: 'Network ACL', help: 'Network ACL it belongs to.' })
const anyBlock = (about: About) => cidr(0, 32, { suggestions: ['0.0.0.0/0'], ...about })

// YAML reads an unquoted -1 as a number, so numbers pass as well.
const protocol = z
  .union([
    z
      .string()
      .max(8)
      .regex(/^(?:tcp|udp|icmp|icmpv6|all|-1|\d{1,3})$/),
    z.number().int().min(-1).max(255),
  ])
  .meta({
    title: 'Protocol',
    help: 'Which protocol: tcp, udp, icmp, or -1 for all.',
    suggestions: ['tcp', 'udp', 'icmp', '-1'],
    kind: 'strings',
  })

const port = (title: string, help: string) => integer(-1, 65_535, { title, help, unit: 'count' }).optional()
const group = (title: string, help: string): RefAbout => ({ title, help, whole: true, factRows: ['NET-23'] })

const rule = (peer: 'SourceSecurityGroupId' | 'DestinationSecurityGroupId', about: About) =>
  object(
    {
      IpProtocol: protocol,
      FromPort: port('First port', 'First port of the range.'),
      ToPort: port('Last port', 'Last port of the range.'),
      CidrIp: anyBlock({ title: 'Addresses', help: 'Block the rule is about.' }).optional(),
      [peer]: ref(GROUP, group('Group', 'Members of this group.')).optional(),
      Description: text(255, { title: 'Description', help: 'A note for readers.', group: 'advanced' }).optional(),
    },
    about,
  )

const RULES = 60

export const schemas: Schemas = {
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
  },
  'AWS::EC2::RouteTable': { Properties: z.strictObject({ VpcId: vpcId }) },
  'AWS::EC2::Route': {
    Properties: z.strictObject({
      RouteTableId: tableId,
      DestinationCidrBlock: anyBlock({
        title: 'Destination',
        help: 'Addresses the route is for; the longest prefix wins.',
        factRows: ['NET-20'],
      }),
      GatewayId: ref(['AWS::EC2::InternetGateway'], {
        title: 'Internet gateway',
        help: 'Sends the packets to the internet.',
        factRows: ['NET-22'],
        dangling: 'blackhole',
      }).optional(),
      NatGatewayId: ref(['AWS::EC2::NatGateway'], {
        title: 'NAT gateway',
        help: 'Sends the packets through a NAT gateway.',
        factRows: ['NET-26'],
        dangling: 'blackhole',
      }).optional(),
    }),
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    Properties: z.strictObject({ SubnetId: subnetId, RouteTableId: tableId }),
  },
  'AWS::EC2::InternetGateway': { Properties: z.strictObject({}) },
  'AWS::EC2::VPCGatewayAttachment': {
    Properties: z.strictObject({
      VpcId: vpcId,
      InternetGatewayId: ref(['AWS::EC2::InternetGateway'], {
        title: 'Internet gateway',
        help: 'Gateway the VPC gets.',
        factRows: ['NET-22', 'NET-29'],
      }),
    }),
  },
  'AWS::EC2::NatGateway': {
    Properties: z.strictObject({
      // Drawn outside a subnet it has none yet; a check of this folder says so.
      SubnetId: subnetId.optional(),
      AllocationId: ref(['AWS::EC2::EIP'], {
        title: 'Elastic IP',
        help: 'Its public address.',
        factRows: ['NET-26'],
      }).optional(),
      ConnectivityType: choice(['public', 'private'], {
        title: 'Connectivity',
        help: 'Public reaches the internet, private only other networks.',
        group: 'advanced',
      }).default('public'),
    }),
  },
  'AWS::EC2::EIP': {
    Properties: z.strictObject({
      Domain: choice(['vpc'], { title: 'Domain', help: 'Always vpc.', group: 'advanced' }).default('vpc'),
    }),
  },
  'AWS::EC2::SecurityGroup': {
    Properties: z.strictObject({
      GroupName: text(255, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }).optional(),
      GroupDescription: text(255, { title: 'Description', help: 'A note AWS asks for.', group: 'advanced' }).default(
        'Security group',
      ),
      VpcId: vpcId,
      SecurityGroupIngress: list(
        rule('SourceSecurityGroupId', { title: 'Rule', help: 'Traffic that may come in.' }),
        RULES,
        { title: 'Inbound', help: 'What may come in; answers pass by themselves.', factRows: ['NET-23'] },
      ).default([]),
      SecurityGroupEgress: list(
        rule('DestinationSecurityGroupId', { title: 'Rule', help: 'Traffic that may go out.' }),
        RULES,
        { title: 'Outbound', help: 'What may go out; without this list, everything.', factRows: ['NET-23'] },
      ).optional(),
    }),
  },
  'AWS::EC2::NetworkAcl': { Properties: z.strictObject({ VpcId: vpcId }) },
  'AWS::EC2::NetworkAclEntry': {
    Properties: z.strictObject({
      NetworkAclId: aclId,
      RuleNumber: integer(1, 32_766, {
        title: 'Number',
        help: 'Rules are read from the lowest number; the first that fits decides.',
        unit: 'count',
        factRows: ['NET-24'],
        slider: { min: 100, max: 1_000, step: 100 },
      }),
      Protocol: protocol,
      RuleAction: choice(['allow', 'deny'], { title: 'Action', help: 'What happens to traffic that fits.' }),
      Egress: boolean({
        title: 'Outbound',
        help: 'The rule is for traffic that leaves the subnet.',
        factRows: ['NET-24'],
      }).default(false),
      CidrBlock: anyBlock({ title: 'Addresses', help: 'Block the rule is about.' }),
      PortRange: object(
        { From: port('First port', 'First port of the range.'), To: port('Last port', 'Last port of the range.') },
        { title: 'Ports', help: 'Answers need 1024 to 65535, because an ACL remembers nothing.', factRows: ['NET-25'] },
      ).optional(),
    }),
  },
  'AWS::EC2::SubnetNetworkAclAssociation': { Properties: z.strictObject({ SubnetId: subnetId, NetworkAclId: aclId }) },
  'AWS::EC2::VPCEndpoint': {
    Properties: z.strictObject({
      VpcId: vpcId,
      ServiceName: text(
        128,
        {
          title: 'Service',
          help: 'AWS service it leads to.',
          factRows: ['NET-27'],
          suggestions: [
            'com.amazonaws.us-east-1.dynamodb',
            'com.amazonaws.us-east-1.s3',
            'com.amazonaws.us-east-1.sqs',
          ],
        },
        /^[a-z0-9][a-z0-9.-]*$/,
      ),
      VpcEndpointType: choice(['Gateway', 'Interface'], {
        title: 'Type',
        help: 'Gateway for S3 and DynamoDB, interface for the others.',
        factRows: ['NET-27', 'NET-28'],
      }).default('Gateway'),
      RouteTableIds: refs(TABLE, 100, {
        title: 'Route tables',
        help: 'Tables that get a route to the service; only for a gateway.',
        factRows: ['NET-27'],
      }).default([]),
      SubnetIds: refs(SUBNET, 16, {
        title: 'Subnets',
        help: 'Subnets that get an interface; only for an interface endpoint.',
        factRows: ['NET-28'],
        group: 'advanced',
      }).default([]),
      SecurityGroupIds: refs(GROUP, 5, {
        title: 'Security groups',
        help: 'Groups of its interfaces.',
        factRows: ['NET-28'],
        group: 'advanced',
      }).default([]),
      PrivateDnsEnabled: boolean({
        title: 'Private DNS',
        help: "The service's usual name leads to the endpoint.",
        factRows: ['NET-28'],
        group: 'advanced',
      }).default(false),
    }),
  },
}
