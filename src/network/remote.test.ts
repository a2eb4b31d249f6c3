import { describe, expect, it } from 'vitest'
import type { Scenario } from '../model/scenario'
import { ask } from './ask.fixture'
import { applyPatches, buildNetwork, trace } from './index'
import type { Query } from './index'
import { ec2, online, pair, peered, route, transit, vpc } from './pair.fixture'

const OWN_TABLES = { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' }
const table = ec2('TransitGatewayRouteTable', { TransitGatewayId: 'Tgw' })
const with_ = (type: string, TransitGatewayAttachmentId: string) =>
  ec2(`TransitGatewayRouteTable${type}`, { TransitGatewayAttachmentId, TransitGatewayRouteTableId: 'Rtb' })
const tabled = {
  ...transit(OWN_TABLES),
  Rtb: table,
  UseA: with_('Association', 'AttachA'),
  UseB: with_('Association', 'AttachB'),
  FromA: with_('Propagation', 'AttachA'),
  FromB: with_('Propagation', 'AttachB'),
}

const short = (document: Scenario, query: Query): string => {
  const { reachable, code, at, hops } = trace(buildNetwork(document), query)
  const hop = hops.at(-1)
  return reachable ? 'ok' : `${code} at ${at ?? ''}${hop?.direction === 'return' ? ' on the way back' : ''}`
}
const toB = (document: Scenario): string => short(document, { from: 'AWeb', to: 'BWeb' })

/** Every fix opens the path, and there is one. */
function mends(document: Scenario, from: string, to: string, title: RegExp): void {
  const { fixes } = ask(document, from, to)
  for (const fix of fixes) {
    const after = trace(buildNetwork(applyPatches(document, fix.patches)), { from, to })
    expect(after.reachable, `${fix.title}: ${after.explanation}`).toBe(true)
  }
  expect(fixes.map((fix) => fix.title).join(' | ')).toMatch(title)
}

describe('peering', () => {
  it('carries packets both ways once active, with routes in both tables', () => {
    expect(toB(pair(peered()))).toBe('ok')
    const { hops } = trace(buildNetwork(pair(peered())), { from: 'AWeb', to: 'BWeb' })
    expect(hops.map(({ direction, gate, resource }) => `${direction} ${gate} ${resource}`)).toEqual([
      'forward interface AOne',
      'forward security-group-out AGroup',
      'forward nacl-out A',
      'forward route-table ATable',
      'forward peering Pcx',
      'forward nacl-in B',
      'forward security-group-in BGroup',
      'forward destination BWeb',
      'return nacl-out B',
      'return route-table BTable',
      'return peering Pcx',
      'return nacl-in A',
    ])
  })

  it('needs to be accepted, and routes on both sides', () => {
    expect(toB(pair())).toBe('DISCONNECTED_VPCS at ATable')
    expect(toB(pair(peered('pending-acceptance')))).toBe('BAD_STATE_ROUTE at ATable')
    expect(toB(pair({ ...peered(), AToB: undefined }))).toBe('NO_ROUTE_TO_DESTINATION at ATable')
    expect(toB(pair({ ...peered(), BToA: undefined }))).toBe('NO_ROUTE_TO_DESTINATION at BTable on the way back')
    mends(pair(), 'AWeb', 'BWeb', /Give A and B a peering connection/)
    mends(pair(peered('pending-acceptance')), 'AWeb', 'BWeb', /^Accept Pcx/)
    mends(pair({ ...peered(), AToB: undefined }), 'AWeb', 'BWeb', /^Route 10.2.0.0\/16 of AOne to Pcx/)
    mends(pair({ ...peered(), AToB: undefined, BToA: undefined }), 'AWeb', 'BWeb', /^Route 10.2.*, then route 10.1/)
  })

  it('reaches the other VPC and nothing behind it', () => {
    const chain = pair({
      ...peered(),
      ...vpc('C', '10.3.0.0'),
      Pcx2: ec2('VPCPeeringConnection', { VpcId: 'B', PeerVpcId: 'C' }),
      AToC: route('ATable', '10.3.0.0/16', { VpcPeeringConnectionId: 'Pcx' }),
      BToC: route('BTable', '10.3.0.0/16', { VpcPeeringConnectionId: 'Pcx2' }),
      CToA: route('CTable', '10.1.0.0/16', { VpcPeeringConnectionId: 'Pcx2' }),
    })
    expect(short(chain, { from: 'AWeb', to: 'CWeb' })).toBe('PCX_REQUIRES_ADDRESS_IN_VPC_CIDR at Pcx')
    mends(chain, 'AWeb', 'CWeb', /Give A and C a peering connection/)
    const edge = pair({
      ...peered(),
      ...online('B'),
      ADefault: route('ATable', '0.0.0.0/0', { VpcPeeringConnectionId: 'Pcx' }),
    })
    expect(short(edge, { from: 'AWeb', to: '8.8.8.8' })).toBe('PCX_REQUIRES_ADDRESS_IN_VPC_CIDR at Pcx')
  })

  it('keeps security groups within a region only', () => {
    const rule = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: 'AGroup' }]
    const BGroup = ec2('SecurityGroup', { VpcId: 'B', SecurityGroupIngress: rule })
    expect(toB(pair({ ...peered(), BGroup }))).toBe('ok')
    const Pcx = ec2('VPCPeeringConnection', { VpcId: 'A', PeerVpcId: 'B', PeerRegion: 'eu-west-1' })
    expect(toB(pair({ ...peered(), BGroup, Pcx }))).toBe('SG_REFERENCES_NOT_PRESERVED at BGroup')
    mends(pair({ ...peered(), BGroup, Pcx }), 'AWeb', 'BWeb', /Let BGroup accept tcp 443 from 10.1.1.20\/32/)
  })

  it('an address nobody has, and one in no subnet', () => {
    expect(short(pair(peered()), { from: 'AWeb', to: '10.2.1.99' })).toBe('NO_POSSIBLE_DESTINATION at BOne')
    expect(short(pair(peered()), { from: 'AWeb', to: '10.2.77.1' })).toBe('NO_POSSIBLE_DESTINATION at B')
  })

  it('VPCs with the same addresses cannot reach each other', () => {
    const twins = pair({ ...vpc('B', '10.1.0.0', { PrivateIpAddress: '10.1.1.30' }), Pcx: peered()['Pcx'] })
    expect(toB(twins)).toBe('VPC_LOCAL_ROUTE_CIDR_RESTRICTION at ATable')
  })
})

describe('transit gateways', () => {
  it('route by the table of the attachment the packet came in by', () => {
    expect(toB(pair(transit()))).toBe('ok')
    expect(toB(pair(tabled))).toBe('ok')
    expect(toB(pair({ ...tabled, UseA: undefined }))).toBe('TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION at AttachA')
    expect(toB(pair({ ...tabled, UseB: undefined }))).toBe(
      'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION at AttachB on the way back',
    )
    expect(toB(pair({ ...tabled, FromB: undefined }))).toBe('TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT at Rtb')
    expect(toB(pair({ ...tabled, FromA: undefined }))).toBe('TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT at Rtb on the way back')
    for (const gone of ['UseA', 'UseB', 'FromA', 'FromB'])
      mends(pair({ ...tabled, [gone]: undefined }), 'AWeb', 'BWeb', /^(?:Associate|Let Attach)/)
    mends(pair(transit({ DefaultRouteTablePropagation: 'disable' })), 'AWeb', 'BWeb', /write their networks/)
  })

  it('static routes win over propagated ones, and may drop', () => {
    const drop = (DestinationCidrBlock: string) =>
      ec2('TransitGatewayRoute', { TransitGatewayRouteTableId: 'Rtb', DestinationCidrBlock, Blackhole: true })
    expect(toB(pair({ ...tabled, Drop: drop('10.2.0.0/16') }))).toBe('TGW_RTB_HIGHER_PRIORITY_ROUTE at Rtb')
    expect(toB(pair({ ...tabled, Drop: drop('10.2.1.0/24') }))).toBe('TGW_RTB_MORE_SPECIFIC_ROUTE at Rtb')
    expect(toB(pair({ ...tabled, FromB: undefined, Drop: drop('10.0.0.0/8') }))).toBe('TGW_RTB_BAD_STATE_ROUTE at Rtb')
    expect(toB(pair({ ...tabled, Drop: drop('10.0.0.0/8') }))).toBe('ok')
    mends(pair({ ...tabled, Drop: drop('10.2.1.0/24') }), 'AWeb', 'BWeb', /^Remove the route Drop/)
  })

  it('take packets only from zones the attachment has a subnet in', () => {
    const elsewhere = pair({ ...transit(), AWeb: ec2('Instance', { SubnetId: 'ATwo', SecurityGroupIds: ['AGroup'] }) })
    expect(toB(elsewhere)).toBe('TGW_ROUTE_AZ_RESTRICTION at AttachA')
    mends(elsewhere, 'AWeb', 'BWeb', /^Give AttachA the subnet ATwo/)
  })

  it('lead out through the NAT gateway of another VPC', () => {
    const central = pair({
      ...transit(),
      ...online('B'),
      BTwo: ec2('Subnet', { VpcId: 'B', CidrBlock: '10.2.2.0/24', AvailabilityZone: 'a' }),
      BNatTable: ec2('RouteTable', { VpcId: 'B' }),
      BJoinedOne: ec2('SubnetRouteTableAssociation', { SubnetId: 'BOne', RouteTableId: 'BNatTable' }),
      BToNat: route('BNatTable', '0.0.0.0/0', { NatGatewayId: 'Nat' }),
      Nat: ec2('NatGateway', { SubnetId: 'BTwo' }),
      ADefault: route('ATable', '0.0.0.0/0', { TransitGatewayId: 'Tgw' }),
      Out: ec2('TransitGatewayRoute', {
        TransitGatewayRouteTableId: 'Rtb',
        DestinationCidrBlock: '0.0.0.0/0',
        TransitGatewayAttachmentId: 'AttachB',
      }),
      ...tabled,
    })
    expect(short(central, { from: 'AWeb', to: '8.8.8.8' })).toBe('ok')
    const { BToA: _, ...rest } = central.resources
    expect(short({ ...central, resources: rest }, { from: 'AWeb', to: '8.8.8.8' })).toBe(
      'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS at BIgw on the way back',
    )
  })
})

describe('on premises', () => {
  const vpn = (block: string | null = '192.168.0.0/16') => ({
    Vgw: ec2('VPNGateway', { Type: 'ipsec.1' }),
    Joined: ec2('VPCGatewayAttachment', { VpcId: 'A', VpnGatewayId: 'Vgw' }),
    Office: ec2('CustomerGateway', { BgpAsn: 65_000, IpAddress: '198.51.100.1', Type: 'ipsec.1' }),
    Vpn: ec2('VPNConnection', { VpnGatewayId: 'Vgw', CustomerGatewayId: 'Office', StaticRoutesOnly: true }),
    ...(block === null
      ? {}
      : { VpnRoute: ec2('VPNConnectionRoute', { VpnConnectionId: 'Vpn', DestinationCidrBlock: block }) }),
    Spread: ec2('VPNGatewayRoutePropagation', { RouteTableIds: ['ATable'], VpnGatewayId: 'Vgw' }),
  })

  it('is reached by propagated routes, and reaches the VPC', () => {
    const office = pair(vpn())
    expect(short(office, { from: 'AWeb', to: '192.168.7.7' })).toBe('ok')
    expect(short(office, { from: 'AWeb', to: 'Office' })).toBe('ok')
    expect(short(office, { from: '192.168.7.7', to: 'AWeb' })).toBe('ok')
    expect(short(office, { from: 'Vgw', to: '8.8.8.8' })).toBe('NO_ROUTE_TO_DESTINATION at Vgw')
    expect(short(office, { from: 'Office', to: 'AWeb', source: '10.1.2.9' })).toBe(
      'GATEWAY_REJECTS_SPOOFED_TRAFFIC at Vgw',
    )
    const unspread = pair({ ...vpn(), Spread: undefined })
    expect(short(unspread, { from: 'Office', to: 'AWeb' })).toBe('NO_ROUTE_TO_DESTINATION at ATable on the way back')
    mends(unspread, 'Office', 'AWeb', /^Route 192.168.0.0\/16 of AOne to Vgw/)
    mends(unspread, 'AWeb', '192.168.7.7', /^Route 192.168.0.0\/16 of AOne to Vgw/)
  })

  it('ends where the VPN has no route', () => {
    const all = pair({ ...vpn(null), Default: route('ATable', '0.0.0.0/0', { GatewayId: 'Vgw' }) })
    expect(short(all, { from: 'AWeb', to: '192.168.7.7' })).toBe('NO_ROUTE_TO_DESTINATION at Vgw')
    mends(all, 'AWeb', '192.168.7.7', /^Add 192.168.7.7\/32 to the routes of Vpn/)
  })

  it('a static route wins over an equal propagated one', () => {
    const split = pair({ ...vpn(), Away: route('ATable', '192.168.0.0/16', { NatGatewayId: 'Gone' }) })
    expect(short(split, { from: 'AWeb', to: '192.168.7.7' })).toBe('HIGHER_PRIORITY_ROUTE at ATable')
  })
})

describe('routers, states and addresses', () => {
  const firewall = (check: boolean) =>
    pair({
      Fire: ec2('Instance', { SubnetId: 'ATwo', SecurityGroupIds: ['AGroup'], SourceDestCheck: check }),
      ATwoTable: ec2('RouteTable', { VpcId: 'A' }),
      AJoinedTwo: ec2('SubnetRouteTableAssociation', { SubnetId: 'ATwo', RouteTableId: 'ATwoTable' }),
      ...peered(),
      AToB: route('ATable', '10.2.0.0/16', { InstanceId: 'Fire' }),
      OnToB: route('ATwoTable', '10.2.0.0/16', { VpcPeeringConnectionId: 'Pcx' }),
    })

  it('an instance routes once its source/destination check is off', () => {
    expect(toB(firewall(false))).toBe('ok')
    expect(toB(firewall(true))).toBe('ENI_SOURCE_DEST_CHECK_RESTRICTION at Fire')
    mends(firewall(true), 'AWeb', 'BWeb', /^Switch off the source/)
  })

  it('routes in a circle end', () => {
    const circle = pair({
      Fire: ec2('Instance', { SubnetId: 'AOne', SecurityGroupIds: ['AGroup'], SourceDestCheck: false }),
      AToB: route('ATable', '10.9.0.0/16', { InstanceId: 'Fire' }),
    })
    expect(short(circle, { from: 'AWeb', to: '10.9.0.1' })).toMatch(/^NO_PATH/)
  })

  it('a stopped instance neither sends nor answers', () => {
    const stopped = pair({
      ...peered(),
      BWeb: { ...vpc('B', '10.2.0.0')['BWeb']!, Behavior: { state: 'stopped' } },
    })
    expect(toB(stopped)).toBe('BAD_STATE at BWeb')
    expect(short(stopped, { from: 'BWeb', to: 'AWeb' })).toBe('BAD_STATE at BWeb')
    mends(stopped, 'AWeb', 'BWeb', /^Start BWeb/)
  })

  it('source addresses must be the sender’s own', () => {
    const open = pair({
      ...peered(),
      ...online('A'),
      Eip: ec2('EIP', { InstanceId: 'AWeb' }, { publicIp: '54.0.0.9' }),
    })
    expect(short(open, { from: 'AWeb', to: 'BWeb', source: '10.1.1.99' })).toBe('ENI_ADDRESS_RESTRICTION at AWeb')
    expect(short(open, { from: 'AWeb', to: 'BWeb', source: '10.1.1.20' })).toBe('ok')
    expect(short(open, { from: 'internet', to: '54.0.0.9', source: '8.8.8.8' })).toBe('ok')
    expect(short(open, { from: 'internet', to: '54.0.0.9', source: '192.168.1.1' })).toBe(
      'IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS at AIgw',
    )
    expect(short(open, { from: 'internet', to: '54.0.0.9', source: '54.0.0.9' })).toBe(
      'GATEWAY_REJECTS_SPOOFED_TRAFFIC at AIgw',
    )
    expect(short(open, { from: 'internet', to: '10.1.1.20' })).toBe('IGW_EXPECTS_PUBLIC_ADDRESS at internet')
    expect(short(open, { from: 'internet', to: 'BWeb' })).toBe('IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS at B')
  })

  it('interfaces of their own, secondary addresses, AWS’s own ids', () => {
    const multi = pair({
      ...peered(),
      Eni: ec2(
        'NetworkInterface',
        {
          SubnetId: 'BTwo',
          GroupSet: ['BGroup'],
          PrivateIpAddress: '10.2.2.50',
          SecondaryPrivateIpAddresses: ['10.2.2.51'],
        },
        { physicalId: 'eni-0abc' },
      ),
      BWeb: ec2(
        'Instance',
        { NetworkInterfaces: [{ NetworkInterfaceId: 'Eni', DeviceIndex: 0 }] },
        { physicalId: 'i-0abc' },
      ),
    })
    for (const to of ['BWeb', 'i-0abc', 'eni-0abc', '10.2.2.50', '10.2.2.51'])
      expect(short(multi, { from: 'AWeb', to })).toBe('ok')
    expect(short(multi, { from: 'i-0abc', to: 'AWeb' })).toBe('ok')
  })

  it('prefix lists in rules and routes', () => {
    const list = ec2('PrefixList', { PrefixListName: 'b', Entries: [{ Cidr: '10.2.0.0/16' }] })
    const rule = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'List' }]
    const parts = {
      ...peered(),
      List: list,
      AToB: ec2('Route', { RouteTableId: 'ATable', DestinationPrefixListId: 'List', VpcPeeringConnectionId: 'Pcx' }),
      AGroup: ec2('SecurityGroup', { VpcId: 'A', SecurityGroupEgress: rule }),
    }
    expect(toB(pair(parts))).toBe('ok')
    const other = ec2('PrefixList', { PrefixListName: 'b', Entries: [{ Cidr: '10.2.2.0/24' }] })
    expect(toB(pair({ ...parts, List: other }))).toBe('ENI_SG_RULES_MISMATCH at AGroup')
  })

  it('an endpoint asks its policy', () => {
    const endpoint = (Action: string) =>
      pair({
        Table: { Type: 'AWS::DynamoDB::Table' },
        Gate: ec2('VPCEndpoint', {
          VpcId: 'A',
          ServiceName: 'com.amazonaws.us-east-1.dynamodb',
          RouteTableIds: ['ATable'],
          PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action, Resource: '*' }] },
        }),
      })
    expect(short(endpoint('dynamodb:GetItem'), { from: 'AWeb', to: 'Table' })).toBe('ok')
    expect(short(endpoint('s3:*'), { from: 'AWeb', to: 'Table' })).toBe('ENDPOINT_POLICY_DENIED at Gate')
    mends(endpoint('s3:*'), 'AWeb', 'Table', /^Take the policy from Gate/)
  })

  it('a failed NAT gateway is replaced', () => {
    const parts = {
      ...online('A'),
      Nat: ec2('NatGateway', { SubnetId: 'ATwo' }, { state: 'failed' }),
      AOneTable: ec2('RouteTable', { VpcId: 'A' }),
      AJoinedOne: ec2('SubnetRouteTableAssociation', { SubnetId: 'AOne', RouteTableId: 'AOneTable' }),
      ToNat: route('AOneTable', '0.0.0.0/0', { NatGatewayId: 'Nat' }),
    }
    expect(short(pair(parts), { from: 'AWeb', to: '8.8.8.8' })).toBe('BAD_STATE at Nat')
    mends(pair(parts), 'AWeb', '8.8.8.8', /NAT gateway/)
  })
})
