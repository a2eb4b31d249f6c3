/** What an Application Load Balancer, its listeners and its target groups may carry. */
import { boolean, choice, integer, list, object, ref, refs, text, z } from '../schema-kit'
import type { Schemas } from '../schema-kit'

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
    { title: 'Attributes', help: `Settings of the ${of}. None changes a run: see the guide.`, group: 'advanced' },
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
const group = ref(['AWS::ElasticLoadBalancingV2::TargetGroup'], {
  title: 'Target group',
  help: 'Group whose function gets the requests.',
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
      Type: choice(['application'], {
        title: 'Type',
        help: 'Only Application Load Balancers invoke functions.',
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
        help: 'Subnets in at least two zones; where it stands does not change a run.',
        group: 'advanced',
      }).default([]),
      SecurityGroups: refs(['AWS::EC2::SecurityGroup'], 5, {
        title: 'Security groups',
        help: 'Groups that decide who reaches it; they are not asked in a run.',
        group: 'advanced',
      }).default([]),
      LoadBalancerAttributes: attributes('load balancer'),
    }),
    Behavior: z.strictObject({
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
      Protocol: choice(['HTTP', 'HTTPS'], { title: 'Protocol', help: 'Protocol clients speak.' }).default('HTTP'),
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
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    Properties: z.strictObject({
      Name: name,
      TargetType: choice(['lambda'], { title: 'Target type', help: 'Kind of targets: functions.' }),
      Targets: list(
        object(
          {
            Id: ref(['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version'], {
              title: 'Target',
              help: 'Function, version or alias that is invoked. Name an alias, so that releases need no change here.',
              factRows: ['LAM-70'],
            }),
          },
          { title: 'Target', help: 'What is invoked.' },
        ),
        100,
        { title: 'Targets', help: 'One function, version or alias.', factRows: ['LAM-70'] },
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
      TargetGroupAttributes: attributes('target group'),
    }),
  },
}
