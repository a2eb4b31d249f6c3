/** What an Application Load Balancer, its listeners and its target groups may carry. */
import { boolean, choice, integer, list, object, ref, refs, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'
import { address, addresses, assigned, publicIps } from '../schema-assigned'

const NAME = /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/

const name = text(32, { title: 'Name', help: 'Name in AWS.', group: 'advanced' }, NAME).optional()
const attributes = (of: string) =>
  list(
    object(
      {
        Key: text(256, { title: 'Key', help: 'Name of the attribute.' }),
        Value: text(1_024, { title: 'Value', help: 'Its value as text.' }),
      },
      { title: 'Attribute', help: 'One setting.' },
    ),
    20,
    {
      title: 'Attributes',
      help: `Settings of the ${of}; cross-zone and client addresses decide what is reachable.`,
      group: 'advanced',
    },
  ).optional()
const size = (title: string, help: string) =>
  integer(0, 100_000_000, {
    title,
    help,
    unit: 'B',
    factRows: ['LAM-70'],
    slider: { min: 1, max: 2_000_000, scale: 'log' },
    group: 'advanced',
  }).optional()
const protocol = (help: string) =>
  choice(['HTTP', 'HTTPS', 'TCP', 'UDP', 'TLS', 'TCP_UDP'], { title: 'Protocol', help })
// an address where the type is ip
const target = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/)
  .meta({
    title: 'Target',
    help: 'Function, version or alias, instance, address or load balancer. Of a function name an alias, so that releases need no change here.',
    factRows: ['LAM-70'],
    kind: 'ref',
    ref: [
      'AWS::Lambda::Function',
      'AWS::Lambda::Alias',
      'AWS::Lambda::Version',
      'AWS::EC2::Instance',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
    ],
    loose: true,
  })
const group = ref(['AWS::ElasticLoadBalancingV2::TargetGroup'], {
  title: 'Target group',
  help: 'Group whose targets get the requests.',
})
const action = object(
  {
    Type: choice(['forward'], { title: 'Action', help: 'What happens to a request.' }).default('forward'),
    TargetGroupArn: group.optional(),
    ForwardConfig: object(
      {
        TargetGroups: list(
          object(
            {
              TargetGroupArn: group,
              Weight: integer(0, 999, {
                title: 'Weight',
                help: 'Share of the requests, in proportion to the other weights; 0 gets none.',
                unit: 'count',
              }).default(1),
            },
            { title: 'Target group', help: 'A group and its weight.' },
          ),
          5,
          { title: 'Target groups', help: 'Groups that share the requests, five at most.' },
        ),
      },
      { title: 'Weighted', help: 'Shares the requests between target groups.' },
    ).optional(),
  },
  { title: 'Action', help: 'Where requests go.' },
)

export const schemas: Schemas = {
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    Properties: z.strictObject({
      Name: name,
      Type: choice(['application', 'network'], {
        title: 'Type',
        help: 'Application Load Balancers take HTTP and invoke functions; network ones pass connections on.',
      }).default('application'),
      Scheme: choice(['internet-facing', 'internal'], {
        title: 'Scheme',
        help: 'Whether its addresses are public.',
        group: 'advanced',
      }).default('internet-facing'),
      IpAddressType: choice(['ipv4', 'dualstack', 'dualstack-without-public-ipv4'], {
        title: 'Addresses',
        help: 'Kind of addresses it has.',
        group: 'advanced',
      }).default('ipv4'),
      Subnets: refs(['AWS::EC2::Subnet'], 20, {
        title: 'Subnets',
        help: 'Subnets in at least two zones, where it has its addresses.',
        group: 'advanced',
      }).default([]),
      SubnetMappings: list(
        object(
          {
            SubnetId: ref(['AWS::EC2::Subnet'], { title: 'Subnet', help: 'Subnet of the address.' }),
            AllocationId: ref(['AWS::EC2::EIP'], { title: 'Elastic IP', help: 'Public address there.' }).optional(),
            PrivateIPv4Address: address('Private address', 'Address there.').optional(),
          },
          { title: 'Mapping', help: 'A subnet and the address in it.' },
        ),
        20,
        { title: 'Subnets and addresses', help: 'Subnets with fixed addresses, for a network one.', group: 'advanced' },
      ).optional(),
      SecurityGroups: refs(['AWS::EC2::SecurityGroup'], 5, {
        title: 'Security groups',
        help: 'Groups that decide who reaches it.',
        group: 'advanced',
      }).default([]),
      LoadBalancerAttributes: attributes('load balancer'),
    }),
    Behavior: assigned({
      ...addresses,
      ...publicIps,
      requestSize: size('Request body', 'Size of each request body; without it what the client sends.'),
      responseSize: size('Response', 'Size of the JSON a function returns; without it that of its response.'),
    }),
  },
  'AWS::ElasticLoadBalancingV2::Listener': {
    Properties: z.strictObject({
      LoadBalancerArn: ref(['AWS::ElasticLoadBalancingV2::LoadBalancer'], {
        title: 'Load balancer',
        help: 'Load balancer that listens.',
      }),
      Port: integer(1, 65_535, { title: 'Port', help: 'Port it listens on.' }).default(80),
      Protocol: protocol('Protocol clients speak.').default('HTTP'),
      DefaultActions: list(action, 1, { title: 'Default action', help: 'Where requests go.' }),
      Certificates: list(
        object(
          { CertificateArn: text(2_048, { title: 'Certificate', help: 'ARN of a certificate.' }) },
          { title: 'Certificate', help: 'A certificate of the listener.' },
        ),
        1,
        { title: 'Certificates', help: 'An HTTPS listener needs one.', group: 'advanced' },
      ).optional(),
      SslPolicy: text(64, {
        title: 'TLS policy',
        help: 'Protocols and ciphers an HTTPS listener takes.',
        group: 'advanced',
      }).optional(),
    }),
    Behavior: assigned(),
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    Properties: z.strictObject({
      Name: name,
      TargetType: choice(['lambda', 'instance', 'ip', 'alb'], { title: 'Target type', help: 'Kind of targets.' }),
      VpcId: ref(['AWS::EC2::VPC'], { title: 'VPC', help: 'VPC of the targets.', group: 'advanced' }).optional(),
      Port: integer(1, 65_535, {
        title: 'Port',
        help: 'Port of the targets; functions have none.',
        group: 'advanced',
      }).optional(),
      Protocol: protocol('Protocol the targets speak.').optional(),
      Targets: list(
        object(
          {
            Id: target,
            Port: integer(1, 65_535, {
              title: 'Port',
              help: "Port of this target, in place of the group's.",
              group: 'advanced',
            }).optional(),
            AvailabilityZone: text(30, {
              title: 'Zone',
              help: 'Zone of an address outside the VPC.',
              group: 'advanced',
            }).optional(),
          },
          { title: 'Target', help: 'What requests go to.' },
        ),
        1_000,
        {
          title: 'Targets',
          help: 'One function, version or alias; or instances; or addresses.',
          factRows: ['LAM-70'],
        },
      ).default([]),
      HealthCheckEnabled: boolean({
        title: 'Health checks',
        help: 'Invokes the function regularly. Off unless switched on; each check is billed like any invocation.',
      }).default(false),
      HealthCheckIntervalSeconds: integer(5, 300, {
        title: 'Every',
        help: 'Time between two health checks.',
        unit: 's',
        group: 'advanced',
      }).default(35),
      HealthCheckPath: text(1_024, {
        title: 'Health check path',
        help: 'Path of a health check.',
        group: 'advanced',
      }).optional(),
      HealthCheckPort: text(
        12,
        { title: 'Health check port', help: 'Port that is checked.', group: 'advanced' },
        /^(?:traffic-port|\d{1,5})$/,
      ).optional(),
      TargetGroupAttributes: attributes('target group'),
    }),
    Behavior: assigned(),
  },
}
