/** Ten broken networks and three more: the walk names the gate, the rule and the edit; the edit opens the path, and the calls of a run get through. */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../gate'
import type { JsonObject, Scenario } from '../model/scenario'
import { applyPatches, buildNetwork, reach } from '../network'
import {
  acl,
  DATABASE,
  defaultRoute,
  ec2,
  gatewayEndpoint,
  group,
  GATEWAY,
  https,
  interfaceEndpoint,
  inVpc,
  joined,
  nat,
  of,
  PRIVATE_ROUTE,
  PUBLIC_ROUTE,
  visited,
  WAY_OUT,
} from './claims/course.fixture'
import { measure, passed, reasonsOf } from './claims/run.fixture'

interface Broken {
  readonly name: string
  readonly scenario: Scenario
  readonly to: string
  readonly code: string
  readonly at: string
  readonly gate: string
  readonly direction?: 'return'
  /** What the rule that decided says. */
  readonly rule: RegExp
  /** Title of the first edit. */
  readonly edit: RegExp
  /** Word of the reason in the run. */
  readonly lost: string
}
const broken = (
  name: string,
  to: string,
  resources: Parameters<typeof visited>[1],
  network: JsonObject,
  rest: Omit<Broken, 'name' | 'to' | 'scenario'>,
): Broken => ({
  name,
  to,
  scenario: visited(to, resources, network),
  ...rest,
})

const TEN: readonly Broken[] = [
  broken('no route', 'Api', { ...GATEWAY, ...PUBLIC_ROUTE, ...nat() }, inVpc(), {
    code: 'NO_ROUTE_TO_DESTINATION',
    at: 'PrivateTable',
    gate: 'route-table',
    rule: /^no route for /,
    edit: /^Route 0\.0\.0\.0\/0 of PrivateA to Nat$/,
    lost: 'noRoute',
  }),
  broken(
    'NAT gateway in a private subnet',
    'Api',
    { ...GATEWAY, ...PUBLIC_ROUTE, ...nat('PrivateB'), ...PRIVATE_ROUTE },
    inVpc(),
    {
      code: 'NO_ROUTE_TO_DESTINATION',
      at: 'Nat',
      gate: 'nat-gateway',
      rule: /^PrivateB is not public/,
      edit: /^Put Nat into PublicA$/,
      lost: 'natWithoutGateway',
    },
  ),
  broken('function in a public subnet', 'Api', WAY_OUT, inVpc(['PublicA']), {
    code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    at: 'Igw',
    gate: 'internet-gateway',
    rule: /^no public IP for /,
    edit: /^Move Fn from PublicA to a private subnet behind a NAT gateway$/,
    lost: 'noPublicAddress',
  }),
  broken(
    'security group without a way out',
    'Api',
    { ...WAY_OUT, AppSg: group({ SecurityGroupEgress: [https({ CidrIp: '10.0.0.0/16' })] }) },
    inVpc(),
    {
      code: 'ENI_SG_RULES_MISMATCH',
      at: 'AppSg',
      gate: 'security-group-out',
      rule: /^none of 1 outbound rule matches$/,
      edit: /^Let AppSg send tcp 443 to 0\.0\.0\.0\/0$/,
      lost: 'securityGroup',
    },
  ),
  broken('security group of the database without a way in', 'Db', { ...DATABASE, DbSg: group() }, inVpc(), {
    code: 'SG_HAS_NO_RULES',
    at: 'DbSg',
    gate: 'security-group-in',
    rule: /^no inbound rule$/,
    edit: /^Let DbSg accept tcp 5432 from AppSg$/,
    lost: 'securityGroup',
  }),
  broken(
    'network ACL without ephemeral ports',
    'Api',
    { ...WAY_OUT, ...acl({ Out: [100, true, 443, 443], In: [100, false, 443, 443] }) },
    inVpc(),
    {
      code: 'SUBNET_ACL_RESTRICTION',
      at: 'Acl',
      gate: 'nacl-in',
      direction: 'return',
      rule: /^Acl: \* denies/,
      edit: /^Let Acl pass tcp 1024-65535 in from 0\.0\.0\.0\/0$/,
      lost: 'naclReturn',
    },
  ),
  broken(
    'black hole after the NAT gateway was deleted',
    'Api',
    { ...WAY_OUT, PrivateRoute: defaultRoute('PrivateTable', { NatGatewayId: 'OldNat' }) },
    inVpc(),
    {
      code: 'BAD_STATE_ROUTE',
      at: 'PrivateTable',
      gate: 'route-table',
      rule: /-> OldNat.*\(blackhole\)$/,
      edit: /^Point the route PrivateRoute to Nat$/,
      lost: 'blackhole',
    },
  ),
  broken(
    'interface endpoint whose group lets nothing in',
    'Queue',
    { ...interfaceEndpoint(['EndSg']), EndSg: group() },
    inVpc(),
    {
      code: 'SG_HAS_NO_RULES',
      at: 'EndSg',
      gate: 'security-group-in',
      rule: /^no inbound rule$/,
      edit: /^Let EndSg accept tcp 443 from AppSg$/,
      lost: 'securityGroup',
    },
  ),
  broken(
    'interface endpoint without private DNS',
    'Queue',
    {
      ...interfaceEndpoint(['EndSg'], false),
      EndSg: group({ SecurityGroupIngress: [https({ CidrIp: '10.0.0.0/16' })] }),
    },
    inVpc(),
    {
      code: 'NO_ROUTE_TO_DESTINATION',
      at: 'PrivateTable',
      gate: 'route-table',
      rule: /^no route for /,
      edit: /^Switch on private DNS of Endpoint$/,
      lost: 'noRoute',
    },
  ),
  broken('gateway endpoint in no route table', 'Table', gatewayEndpoint([]), inVpc(), {
    code: 'NO_ROUTE_TO_DESTINATION',
    at: 'PrivateTable',
    gate: 'route-table',
    rule: /^no route for /,
    edit: /^Add the route table of PrivateA to Endpoint$/,
    lost: 'noRoute',
  }),
  broken(
    'gateway endpoint, and a group that goes out to the VPC alone',
    'Table',
    { ...gatewayEndpoint(['PrivateTable']), AppSg: group({ SecurityGroupEgress: [https({ CidrIp: '10.0.0.0/16' })] }) },
    inVpc(),
    {
      code: 'ENI_SG_RULES_MISMATCH',
      at: 'AppSg',
      gate: 'security-group-out',
      rule: /^none of 1 outbound rule matches$/,
      edit: /^Let AppSg send tcp 443 to the dynamodb prefix list$/,
      lost: 'securityGroup',
    },
  ),
  broken(
    'network ACL whose first rule denies',
    'Api',
    {
      ...WAY_OUT,
      ...acl({ Deny: [90, true, 443, 443, 'deny'], Out: [100, true, 443, 443], In: [100, false, 1024, 65535] }),
    },
    inVpc(),
    {
      code: 'SUBNET_ACL_RESTRICTION',
      at: 'Acl',
      gate: 'nacl-out',
      rule: /^Acl: rule 90 denies tcp 443/,
      edit: /^(Let Acl pass tcp 443 out|Remove the deny rule Deny)/,
      lost: 'nacl',
    },
  ),
  broken(
    'peering without a route back',
    'Db',
    {
      ...DATABASE,
      Far: ec2('VPC', { CidrBlock: '10.8.0.0/16' }),
      FarSubnet: ec2('Subnet', { VpcId: 'Far', CidrBlock: '10.8.1.0/24', AvailabilityZone: 'a' }),
      FarTable: ec2('RouteTable', { VpcId: 'Far' }),
      FarUse: joined('FarSubnet', 'FarTable'),
      Peering: ec2('VPCPeeringConnection', { VpcId: 'Vpc', PeerVpcId: 'Far' }),
      There: ec2('Route', {
        RouteTableId: 'PrivateTable',
        DestinationCidrBlock: '10.8.0.0/16',
        VpcPeeringConnectionId: 'Peering',
      }),
      DbSg: ec2('SecurityGroup', {
        VpcId: 'Far',
        GroupDescription: 'database',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.0.0.0/16' }],
      }),
      DbSubnets: of('AWS::RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'far', SubnetIds: ['FarSubnet'] }),
    },
    inVpc(),
    {
      code: 'NO_ROUTE_TO_DESTINATION',
      at: 'FarTable',
      gate: 'route-table',
      direction: 'return',
      rule: /^no route for 10\.0\.1\./,
      edit: /^Route 10\.0\.0\.0\/16 of FarSubnet to Peering$/,
      lost: 'noRoute',
    },
  ),
]

describe.each(TEN)('$name', ({ scenario, to, code, at, gate, direction, rule, edit, lost }) => {
  const verdict = reach(buildNetwork(scenario), { from: 'Fn', to })
  const fix = verdict.fixes[0]!

  test('the walk names the gate, the rule and the edit', () => {
    expect(verdict).toMatchObject({ reachable: false, code, at })
    expect(verdict.hops.at(-1)).toMatchObject({ gate, passed: false, direction: direction ?? 'forward' })
    expect(verdict.hops.at(-1)!.rule).toMatch(rule)
    expect(fix.title).toMatch(edit)
  })
  test('in a run every call is lost for that reason, and the function times out', () => {
    expect(
      measure(scenario, { timeouts: 'timeouts Fn', lost: { m: 'packets.dropped', of: 'Fn', where: { reason: lost } } }),
    ).toEqual({
      timeouts: 10,
      lost: 10,
    })
    const [first] = reasonsOf(scenario, `call.unreachable.${lost}`)
    expect(first!.text).toMatch(/NET-\d/)
  })
  test('the edit opens the path, and the calls get through', () => {
    const mended = passed(gateJson(applyPatches(scenario, fix.patches)))
    expect(reach(buildNetwork(mended), { from: 'Fn', to })).toMatchObject({ reachable: true, code: 'ok' })
    expect(measure(mended, { timeouts: 'timeouts Fn', success: 'success Visitors' })).toEqual({
      timeouts: 0,
      success: 1,
    })
  })
})
