/** Which hop `reach` names in a network from AWS, for each way a packet can be stopped. Networks made up by us. */
import { describe, expect, it } from 'vitest'
import { command } from '../../../cli/command'
import { fakeIo } from '../../../cli/fake-io.fixture'
import { gateJson } from '../../gate'
import { importDescribe } from '.'

const ANY = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }
const open = { IpProtocol: '-1', ...ANY }
const local = { DestinationCidrBlock: '10.0.0.0/8', GatewayId: 'local' }

interface Parts {
  readonly [key: string]: readonly object[]
}

const eni = (id: string, subnet: string, address: string, publicIp: string | null, groups: readonly string[]) => ({
  NetworkInterfaceId: id,
  SubnetId: subnet,
  PrivateIpAddress: address,
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
  Association: publicIp === null ? null : { PublicIp: publicIp },
  Attachment: { DeviceIndex: 0 },
  Groups: groups.map((GroupId) => ({ GroupId })),
})
const instance = (id: string, subnet: string, address: string, publicIp: string | null = null, group = 'sg-open') => ({
  InstanceId: id,
  SubnetId: subnet,
  State: { Name: 'running' },
  NetworkInterfaces: [eni(`eni-${id}`, subnet, address, publicIp, [group])],
})
const acl = (id: string, vpc: string, subnets: readonly string[], ...Entries: readonly object[]) => ({
  NetworkAclId: id,
  VpcId: vpc,
  Associations: subnets.map((SubnetId) => ({ SubnetId })),
  Entries,
})
const entry = (RuleNumber: number, RuleAction: string, Egress: boolean, CidrBlock = '0.0.0.0/0') => ({
  RuleNumber,
  RuleAction,
  Egress,
  CidrBlock,
  Protocol: '-1',
})
const table = (id: string, vpc: string, subnets: readonly string[], ...Routes: readonly object[]) => ({
  RouteTableId: id,
  VpcId: vpc,
  Associations: subnets.length === 0 ? [{ Main: true }] : subnets.map((SubnetId) => ({ SubnetId })),
  Routes: [local, ...Routes.map((route) => ({ State: 'active', ...route }))],
})

/** Two VPCs: `a` with a public and a private subnet, `b` with one. Everything open. */
const BASE: Parts = {
  Vpcs: [
    { VpcId: 'vpc-a', CidrBlock: '10.1.0.0/16' },
    { VpcId: 'vpc-b', CidrBlock: '10.2.0.0/16' },
  ],
  Subnets: [
    {
      SubnetId: 'subnet-public',
      VpcId: 'vpc-a',
      CidrBlock: '10.1.0.0/24',
      AvailabilityZone: 'us-east-1a',
      MapPublicIpOnLaunch: true,
    },
    { SubnetId: 'subnet-private', VpcId: 'vpc-a', CidrBlock: '10.1.1.0/24', AvailabilityZone: 'us-east-1b' },
    { SubnetId: 'subnet-other', VpcId: 'vpc-b', CidrBlock: '10.2.0.0/24', AvailabilityZone: 'us-east-1a' },
  ],
  InternetGateways: [{ InternetGatewayId: 'igw-a', Attachments: [{ VpcId: 'vpc-a', State: 'available' }] }],
  SecurityGroups: [
    ...['a', 'b'].map((v) => ({
      GroupId: v === 'a' ? 'sg-open' : 'sg-openb',
      GroupName: 'open',
      VpcId: `vpc-${v}`,
      IpPermissions: [open],
      IpPermissionsEgress: [open],
    })),
    { GroupId: 'sg-mute', GroupName: 'mute', VpcId: 'vpc-a', IpPermissions: [open], IpPermissionsEgress: [] },
    {
      GroupId: 'sg-web',
      GroupName: 'web',
      VpcId: 'vpc-a',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...ANY }],
      IpPermissionsEgress: [open],
    },
  ],
  Reservations: [
    {
      OwnerId: '111122223333',
      Instances: [
        instance('i-public', 'subnet-public', '10.1.0.10', '54.1.1.1'),
        instance('i-hidden', 'subnet-public', '10.1.0.11'),
        instance('i-mute', 'subnet-public', '10.1.0.12', '54.1.1.2', 'sg-mute'),
        instance('i-private', 'subnet-private', '10.1.1.10'),
        instance('i-web', 'subnet-private', '10.1.1.11', null, 'sg-web'),
        instance('i-other', 'subnet-other', '10.2.0.10', null, 'sg-openb'),
      ],
    },
  ],
  RouteTables: [
    table('rtb-public', 'vpc-a', ['subnet-public'], { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-a' }),
    table('rtb-private', 'vpc-a', []),
    table('rtb-b', 'vpc-b', []),
  ],
}

/** The base with lists replaced; the private subnet's and the other VPC's routes in short. */
const net = (parts: Parts = {}, privateRoutes: readonly object[] = [], otherRoutes: readonly object[] = []): Parts => ({
  ...BASE,
  RouteTables: [
    BASE['RouteTables']![0]!,
    table('rtb-private', 'vpc-a', [], ...privateRoutes),
    table('rtb-b', 'vpc-b', [], ...otherRoutes),
  ],
  ...parts,
})

async function ask(parts: Parts, from: string, to: string, more: object = {}): Promise<string> {
  const read = importDescribe([{ name: 'net.json', text: JSON.stringify(parts) }])
  const problems = read.ok ? gateJson(read.scenario).problems : []
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const line = JSON.stringify({ scenario: 'net.json', from, to, protocol: 'any', ...more })
  const io = fakeIo({ [`${process.cwd()}/net.json`]: JSON.stringify(parts), '-': line })
  await command(['reach', '--batch', '-'], io)
  const answer = JSON.parse(io.out.join('')) as {
    result: string
    code: string
    at: string | null
    explanation: string
    reason?: string
  }
  if (answer.reason !== undefined) throw new Error(answer.reason)
  return answer.result === 'reachable' ? 'reachable' : `${answer.code} at ${answer.at ?? ''}`
}

describe('in one VPC', () => {
  it('names instances for their security groups', async () => {
    expect(await ask(BASE, 'i-public', '10.1.1.10')).toBe('reachable')
    expect(await ask(BASE, 'i-mute', '10.1.1.10')).toBe('SG_HAS_NO_RULES at i-mute')
    expect(await ask(BASE, 'i-public', '10.1.1.11')).toBe('ENI_SG_RULES_MISMATCH at i-web')
    expect(await ask(BASE, 'i-public', '10.1.1.11', { protocol: 'tcp', port: 443 })).toBe('reachable')
  })

  it('names subnets for their ACLs, outbound, inbound and on the way back', async () => {
    const all = [entry(100, 'allow', true), entry(100, 'allow', false)]
    const withAcl = (...Entries: object[]): Parts =>
      net({
        NetworkAcls: [
          acl('acl-1', 'vpc-a', ['subnet-private'], ...Entries),
          acl('acl-2', 'vpc-a', ['subnet-public'], ...all),
        ],
      })
    expect(await ask(withAcl(...all), 'i-public', '10.1.1.10')).toBe('reachable')
    expect(await ask(withAcl(entry(100, 'allow', true)), 'i-public', '10.1.1.10')).toBe(
      'SUBNET_ACL_RESTRICTION at subnet-private',
    )
    expect(await ask(withAcl(entry(100, 'allow', false)), 'i-private', '10.1.0.10')).toBe(
      'SUBNET_ACL_RESTRICTION at subnet-private',
    )
    expect(await ask(withAcl(entry(100, 'allow', false)), 'i-public', '10.1.1.10')).toBe(
      'SUBNET_ACL_RESTRICTION at subnet-private',
    )
  })

  it('names the subnet of an address nobody has, the VPC of one in no subnet', async () => {
    expect(await ask(BASE, 'i-public', '10.1.1.99')).toMatch(/ at subnet-private$/)
    expect(await ask(BASE, 'i-public', '10.1.0.99')).toMatch(/ at subnet-public$/)
    expect(await ask(BASE, 'i-public', '10.1.9.9')).toMatch(/ at vpc-a$/)
  })

  it("refuses a source address that is not the sender's", async () => {
    expect(await ask(BASE, 'i-public', '10.1.1.10', { source: '10.1.0.10' })).toBe('reachable')
    expect(await ask(BASE, 'i-public', '10.1.1.10', { source: '10.1.0.77' })).toMatch(/^ENI_\w+ at i-public$/)
  })
})

describe('to and from the internet', () => {
  it('names the gateway for what has no public address, and the subnet for what has no route', async () => {
    expect(await ask(BASE, 'i-public', '8.8.8.8')).toBe('reachable')
    expect(await ask(BASE, 'i-hidden', '8.8.8.8')).toBe('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS at igw-a')
    expect(await ask(BASE, 'i-private', '8.8.8.8')).toBe('NO_ROUTE_TO_DESTINATION at subnet-private')
    expect(await ask(BASE, 'internet', '54.1.1.1', { source: '8.8.8.8' })).toBe('reachable')
  })

  it('goes through a NAT gateway one way', async () => {
    const nat = net(
      {
        NatGateways: [
          {
            NatGatewayId: 'nat-1',
            SubnetId: 'subnet-public',
            VpcId: 'vpc-a',
            State: 'available',
            NatGatewayAddresses: [
              {
                AllocationId: 'eipalloc-1',
                NetworkInterfaceId: 'eni-nat',
                PrivateIp: '10.1.0.50',
                PublicIp: '54.1.1.50',
              },
            ],
          },
        ],
        NetworkInterfaces: [
          { ...eni('eni-nat', 'subnet-public', '10.1.0.50', '54.1.1.50', []), InterfaceType: 'nat_gateway' },
        ],
      },
      [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }],
    )
    expect(await ask(nat, 'i-private', '8.8.8.8')).toBe('reachable')
    expect(await ask(nat, 'internet', '54.1.1.50', { source: '8.8.8.8' })).toMatch(/ at nat-1$/)
    expect(await ask(nat, 'i-public', '10.1.0.50')).toMatch(/ at nat-1$/)
  })

  it('names the subnet for a black hole', async () => {
    const gone = net({}, [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-gone', State: 'blackhole' }])
    expect(await ask(gone, 'i-private', '8.8.8.8')).toBe('BAD_STATE_ROUTE at subnet-private')
  })
})

describe('between VPCs', () => {
  const there = { DestinationCidrBlock: '10.2.0.0/16' }
  const home = { DestinationCidrBlock: '10.1.0.0/16' }
  const peering = (Code: string): Parts =>
    net(
      {
        VpcPeeringConnections: [
          {
            VpcPeeringConnectionId: 'pcx-1',
            RequesterVpcInfo: { VpcId: 'vpc-a' },
            AccepterVpcInfo: { VpcId: 'vpc-b' },
            Status: { Code },
          },
        ],
      },
      [{ ...there, VpcPeeringConnectionId: 'pcx-1' }],
      [{ ...home, VpcPeeringConnectionId: 'pcx-1' }],
    )

  it('names the subnet without a route, the other VPC for an address in none of its subnets', async () => {
    expect(await ask(peering('active'), 'i-private', '10.2.0.10')).toBe('reachable')
    expect(await ask(peering('active'), 'i-private', '10.2.9.9')).toMatch(/ at vpc-b$/)
    expect(await ask(peering('active'), 'i-private', '10.2.0.99')).toMatch(/ at subnet-other$/)
    expect(await ask(BASE, 'i-private', '10.2.0.10')).toBe('NO_ROUTE_TO_DESTINATION at subnet-private')
    expect(await ask(BASE, 'i-private', 'i-other')).toBe('DISCONNECTED_VPCS at subnet-private')
    expect(await ask(BASE, 'i-public', '10.2.0.10')).toMatch(/RFC1918_EGRESS at igw-a$/)
    expect(await ask(peering('pending-acceptance'), 'i-private', '10.2.0.10')).toMatch(/ at (?:pcx-1|subnet-private)$/)
  })

  const transit = (
    propagations: readonly (readonly [string, string])[],
    routes: readonly object[] = [],
    subnet = 'subnet-private',
  ): Parts =>
    net(
      {
        TransitGateways: [{ TransitGatewayId: 'tgw-1', State: 'available', OwnerId: '111122223333' }],
        TransitGatewayVpcAttachments: [
          {
            TransitGatewayAttachmentId: 'tgw-attach-a',
            TransitGatewayId: 'tgw-1',
            VpcId: 'vpc-a',
            SubnetIds: [subnet],
            State: 'available',
          },
          {
            TransitGatewayAttachmentId: 'tgw-attach-b',
            TransitGatewayId: 'tgw-1',
            VpcId: 'vpc-b',
            SubnetIds: ['subnet-other'],
            State: 'available',
          },
        ],
        TransitGatewayAttachments: ['a', 'b'].map((v) => ({
          TransitGatewayAttachmentId: `tgw-attach-${v}`,
          TransitGatewayId: 'tgw-1',
          ResourceId: `vpc-${v}`,
          ResourceType: 'vpc',
          State: 'available',
          Association: { TransitGatewayRouteTableId: `tgw-rtb-${v}`, State: 'associated' },
        })),
        TransitGatewayRouteTables: ['a', 'b'].map((v) => ({
          TransitGatewayRouteTableId: `tgw-rtb-${v}`,
          TransitGatewayId: 'tgw-1',
        })),
        TransitGatewayPropagations: propagations.map(([to, from]) => ({
          TransitGatewayRouteTableId: `tgw-rtb-${to}`,
          TransitGatewayRouteTablePropagations: [
            { TransitGatewayAttachmentId: `tgw-attach-${from}`, ResourceType: 'vpc', State: 'enabled' },
          ],
        })),
        TransitGatewayStaticRoutes: [{ TransitGatewayRouteTableId: 'tgw-rtb-a', Routes: routes }],
      },
      [{ ...there, TransitGatewayId: 'tgw-1' }],
      [{ ...home, TransitGatewayId: 'tgw-1' }],
    )

  it('names the transit gateway whose table has no route, or a black hole', async () => {
    expect(
      await ask(
        transit([
          ['a', 'b'],
          ['b', 'a'],
        ]),
        'i-private',
        '10.2.0.10',
      ),
    ).toBe('reachable')
    expect(await ask(transit([['b', 'a']]), 'i-private', '10.2.0.10')).toMatch(/ at tgw-1$/)
    expect(await ask(transit([['a', 'b']]), 'i-private', '10.2.0.10')).toMatch(/ at tgw-1$/)
    const hole = { DestinationCidrBlock: '10.2.0.0/16', Type: 'static', State: 'blackhole' }
    expect(
      await ask(
        transit(
          [
            ['a', 'b'],
            ['b', 'a'],
          ],
          [hole],
        ),
        'i-private',
        '10.2.0.10',
      ),
    ).toMatch(/ at tgw-1$/)
    const way = {
      DestinationCidrBlock: '10.2.0.0/24',
      Type: 'static',
      State: 'active',
      TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-b' }],
    }
    expect(await ask(transit([['b', 'a']], [way]), 'i-private', '10.2.0.10')).toBe('reachable')
  })

  it('goes from one transit gateway to another that is peered with it', async () => {
    const attachment = (v: string, tgw: string, type: string, resource: string) => ({
      TransitGatewayAttachmentId: `tgw-attach-${v}`,
      TransitGatewayId: tgw,
      ResourceId: resource,
      ResourceType: type,
      State: 'available',
      Association: { TransitGatewayRouteTableId: tgw.replace('tgw', 'tgw-rtb'), State: 'associated' },
    })
    const route = (DestinationCidrBlock: string, v: string) => ({
      DestinationCidrBlock,
      Type: 'static',
      State: 'active',
      TransitGatewayAttachments: [{ TransitGatewayAttachmentId: `tgw-attach-${v}` }],
    })
    const peered = (...back: object[]): Parts =>
      net(
        {
          TransitGateways: ['tgw-1', 'tgw-2'].map((TransitGatewayId) => ({ TransitGatewayId, State: 'available' })),
          TransitGatewayVpcAttachments: [
            {
              TransitGatewayAttachmentId: 'tgw-attach-a',
              TransitGatewayId: 'tgw-1',
              VpcId: 'vpc-a',
              SubnetIds: ['subnet-private'],
              State: 'available',
            },
            {
              TransitGatewayAttachmentId: 'tgw-attach-b',
              TransitGatewayId: 'tgw-2',
              VpcId: 'vpc-b',
              SubnetIds: ['subnet-other'],
              State: 'available',
            },
          ],
          TransitGatewayPeeringAttachments: [
            {
              TransitGatewayAttachmentId: 'tgw-attach-p',
              RequesterTgwInfo: { TransitGatewayId: 'tgw-1' },
              AccepterTgwInfo: { TransitGatewayId: 'tgw-2' },
              State: 'available',
            },
          ],
          TransitGatewayAttachments: [
            attachment('a', 'tgw-1', 'vpc', 'vpc-a'),
            attachment('b', 'tgw-2', 'vpc', 'vpc-b'),
            attachment('p', 'tgw-1', 'peering', 'tgw-2'),
            attachment('p', 'tgw-2', 'peering', 'tgw-1'),
          ],
          TransitGatewayRouteTables: ['1', '2'].map((n) => ({
            TransitGatewayRouteTableId: `tgw-rtb-${n}`,
            TransitGatewayId: `tgw-${n}`,
          })),
          TransitGatewayStaticRoutes: [
            { TransitGatewayRouteTableId: 'tgw-rtb-1', Routes: [route('10.2.0.0/16', 'p'), route('10.1.0.0/16', 'a')] },
            { TransitGatewayRouteTableId: 'tgw-rtb-2', Routes: [route('10.2.0.0/16', 'b'), ...back] },
          ],
        },
        [{ ...there, TransitGatewayId: 'tgw-1' }],
        [{ ...home, TransitGatewayId: 'tgw-2' }],
      )
    expect(await ask(peered(route('10.1.0.0/16', 'p')), 'i-private', '10.2.0.10')).toBe('reachable')
    expect(await ask(peered(), 'i-private', '10.2.0.10')).toMatch(/ at tgw-2$/)
  })

  it('leaves by a transit gateway only from zones it is attached in', async () => {
    expect(
      await ask(
        transit(
          [
            ['a', 'b'],
            ['b', 'a'],
          ],
          [],
          'subnet-public',
        ),
        'i-private',
        '10.2.0.10',
      ),
    ).toBe('TGW_ROUTE_AZ_RESTRICTION at tgw-1')
  })
})

describe('to networks on premises', () => {
  const vpn = (Routes: readonly object[], StaticRoutesOnly = true, table: readonly object[] = []): Parts =>
    net(
      {
        VpnGateways: [
          { VpnGatewayId: 'vgw-1', State: 'available', VpcAttachments: [{ VpcId: 'vpc-a', State: 'attached' }] },
        ],
        CustomerGateways: [
          { CustomerGatewayId: 'cgw-1', BgpAsn: '65000', IpAddress: '2.2.2.2', State: 'available', Type: 'ipsec.1' },
        ],
        VpnConnections: [
          {
            VpnConnectionId: 'vpn-1',
            VpnGatewayId: 'vgw-1',
            CustomerGatewayId: 'cgw-1',
            State: 'available',
            Options: { StaticRoutesOnly },
            Routes,
          },
        ],
      },
      [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vgw-1' }, ...table],
    )

  it('goes where the connection has a route, and ends at the VPN gateway where it has none', async () => {
    const routes = [{ DestinationCidrBlock: '172.16.0.0/16', State: 'available' }]
    expect(await ask(vpn(routes), 'i-private', '172.16.3.4')).toBe('reachable')
    expect(await ask(vpn(routes), 'i-private', '172.17.3.4')).toMatch(/ at vgw-1$/)
    expect(await ask(vpn(routes), 'i-private', '8.8.8.8')).toMatch(/ at vgw-1$/)
  })

  it('goes through a transit gateway to a VPN connection whose route its table has', async () => {
    const net = (Type: string, attachment: string): Parts => ({
      ...BASE,
      RouteTables: [
        BASE['RouteTables']![0]!,
        table('rtb-private', 'vpc-a', [], { DestinationCidrBlock: '172.16.0.0/12', TransitGatewayId: 'tgw-1' }),
        table('rtb-b', 'vpc-b', []),
      ],
      TransitGateways: [{ TransitGatewayId: 'tgw-1', State: 'available' }],
      TransitGatewayVpcAttachments: [
        {
          TransitGatewayAttachmentId: 'tgw-attach-a',
          TransitGatewayId: 'tgw-1',
          VpcId: 'vpc-a',
          SubnetIds: ['subnet-private'],
          State: 'available',
        },
      ],
      TransitGatewayAttachments: (
        [
          ['a', 'vpc-a', 'vpc'],
          ['v', 'vpn-1', 'vpn'],
        ] as const
      ).map(([v, ResourceId, ResourceType]) => ({
        TransitGatewayAttachmentId: `tgw-attach-${v}`,
        TransitGatewayId: 'tgw-1',
        ResourceId,
        ResourceType,
        State: 'available',
        Association: { TransitGatewayRouteTableId: 'tgw-rtb-1', State: 'associated' },
      })),
      TransitGatewayRouteTables: [{ TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1' }],
      TransitGatewayPropagations: [
        {
          TransitGatewayRouteTableId: 'tgw-rtb-1',
          TransitGatewayRouteTablePropagations: [
            { TransitGatewayAttachmentId: 'tgw-attach-a', ResourceType: 'vpc', State: 'enabled' },
          ],
        },
      ],
      TransitGatewayStaticRoutes: [
        {
          TransitGatewayRouteTableId: 'tgw-rtb-1',
          Routes: [
            {
              DestinationCidrBlock: '172.16.0.0/16',
              Type,
              State: 'active',
              TransitGatewayAttachments: [{ TransitGatewayAttachmentId: attachment, ResourceType: 'vpn' }],
            },
          ],
        },
      ],
      CustomerGateways: [
        { CustomerGatewayId: 'cgw-1', BgpAsn: '65000', IpAddress: '2.2.2.2', State: 'available', Type: 'ipsec.1' },
      ],
      VpnConnections: [
        {
          VpnConnectionId: 'vpn-1',
          TransitGatewayId: 'tgw-1',
          CustomerGatewayId: 'cgw-1',
          State: 'available',
          Options: { StaticRoutesOnly: false },
          Routes: [],
        },
      ],
    })
    for (const type of ['static', 'propagated']) {
      expect(await ask(net(type, 'tgw-attach-v'), 'i-private', '172.16.3.4')).toBe('reachable')
      expect(await ask(net(type, 'tgw-attach-v'), 'i-private', '172.17.3.4')).toMatch(/ at tgw-1$/)
    }
  })

  it('knows what BGP taught the gateway from the tables it writes into', async () => {
    const learnt = { DestinationCidrBlock: '172.16.0.0/16', GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' }
    expect(await ask(vpn([], false, [learnt]), 'i-private', '172.16.3.4')).toBe('reachable')
  })
})

describe('instances with several interfaces and addresses', () => {
  const several: Parts = net({
    Reservations: [
      ...BASE['Reservations']!,
      {
        OwnerId: '1',
        Instances: [
          {
            InstanceId: 'i-two',
            SubnetId: 'subnet-public',
            State: { Name: 'running' },
            NetworkInterfaces: [
              { ...eni('eni-second', 'subnet-private', '10.1.1.30', null, ['sg-web']), Attachment: { DeviceIndex: 1 } },
              {
                ...eni('eni-first', 'subnet-public', '10.1.0.30', '54.1.1.30', ['sg-open']),
                PrivateIpAddresses: [
                  { Primary: true, PrivateIpAddress: '10.1.0.30', Association: { PublicIp: '54.1.1.30' } },
                  { Primary: false, PrivateIpAddress: '10.1.0.31' },
                ],
              },
            ],
          },
          { ...instance('i-off', 'subnet-private', '10.1.1.31'), State: { Name: 'stopped' } },
          { ...instance('i-gone', 'subnet-private', '10.1.1.32'), State: { Name: 'terminated' } },
        ],
      },
    ],
  })

  it('answer at each address behind the groups of that interface', async () => {
    expect(await ask(several, 'i-private', '10.1.0.30')).toBe('reachable')
    expect(await ask(several, 'i-private', '10.1.0.31')).toBe('reachable')
    expect(await ask(several, 'i-private', '10.1.1.30')).toMatch(/^ENI_SG_RULES_MISMATCH at (?:i-two|eni-second)$/)
    expect(await ask(several, 'i-private', 'eni-second', { protocol: 'tcp', port: 443 })).toBe('reachable')
    expect(await ask(several, 'internet', '54.1.1.30', { source: '8.8.8.8' })).toBe('reachable')
    expect(await ask(several, 'i-two', '8.8.8.8', { source: '10.1.0.30' })).toBe('reachable')
    expect(await ask(several, 'i-two', '8.8.8.8', { source: '10.1.1.30' })).toBe(
      'NO_ROUTE_TO_DESTINATION at subnet-private',
    )
  })

  it('answer nothing when stopped, and are not there when terminated', async () => {
    expect(await ask(several, 'i-private', '10.1.1.31')).toBe('BAD_STATE at i-off')
    expect(await ask(several, 'i-off', '10.1.1.10')).toBe('BAD_STATE at i-off')
    expect(await ask(several, 'i-private', '10.1.1.32')).toMatch(/ at subnet-private$/)
  })
})

describe('to load balancers', () => {
  const balancer = (states: readonly string[], listener = 80, crossZone = 'true', targetGroup = 'sg-open'): Parts =>
    net({
      Reservations: [
        ...BASE['Reservations']!,
        { OwnerId: '1', Instances: [instance('i-target', 'subnet-private', '10.1.1.20', null, targetGroup)] },
      ],
      LoadBalancers: [
        {
          LoadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/lb/0a1',
          LoadBalancerName: 'lb',
          DNSName: 'lb-0a1.elb.us-east-1.amazonaws.com',
          Type: 'network',
          Scheme: 'internal',
          VpcId: 'vpc-a',
          AvailabilityZones: [
            { ZoneName: 'us-east-1a', SubnetId: 'subnet-public' },
            { ZoneName: 'us-east-1b', SubnetId: 'subnet-private' },
          ],
        },
      ],
      NetworkInterfaces: [
        {
          ...eni('eni-lb1', 'subnet-public', '10.1.0.60', null, []),
          Description: 'ELB net/lb/0a1',
          InterfaceType: 'network_load_balancer',
        },
        {
          ...eni('eni-lb2', 'subnet-private', '10.1.1.60', null, []),
          Description: 'ELB net/lb/0a1',
          InterfaceType: 'network_load_balancer',
        },
      ],
      LoadBalancerAttributes: [
        {
          LoadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/lb/0a1',
          Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: crossZone }],
        },
      ],
      LoadBalancerListeners: [
        {
          LoadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/lb/0a1',
          Listeners: [
            {
              ListenerArn: 'arn:l',
              Port: listener,
              Protocol: 'TCP',
              DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:t' }],
            },
          ],
        },
      ],
      TargetGroups: [
        {
          TargetGroupArn: 'arn:t',
          TargetGroupName: 'group',
          TargetType: 'instance',
          Port: 8080,
          Protocol: 'TCP',
          VpcId: 'vpc-a',
        },
      ],
      LoadBalancerTargetHealth: [
        {
          TargetGroupArn: 'arn:t',
          TargetHealthDescriptions: states.map((State) => ({
            Target: { Id: 'i-target', Port: 8080 },
            TargetHealth: { State },
          })),
        },
      ],
    })
  const tcp80 = { protocol: 'tcp', port: 80 }

  it('goes on to a target, from any node of it by its address', async () => {
    for (const node of ['10.1.0.60', '10.1.1.60', 'lb', 'lb-0a1.elb.us-east-1.amazonaws.com'])
      expect(await ask(balancer(['healthy']), 'i-public', node, tcp80)).toBe('reachable')
  })

  it('names the load balancer by its DNS name when nothing listens there or nobody gets the connection', async () => {
    expect(await ask(balancer(['healthy'], 81), 'i-public', '10.1.0.60', tcp80)).toMatch(
      / at lb-0a1\.elb\.us-east-1\.amazonaws\.com$/,
    )
    expect(await ask(balancer([]), 'i-public', '10.1.0.60', tcp80)).toMatch(/ at lb-0a1/)
    expect(await ask(balancer(['healthy'], 80, 'false'), 'i-public', '10.1.0.60', tcp80)).toMatch(/ at lb-0a1/)
    expect(await ask(balancer(['healthy'], 80, 'false'), 'i-public', '10.1.1.60', tcp80)).toBe('reachable')
  })

  it('takes connections from the internet at the public addresses it has', async () => {
    const inside = balancer(['healthy'])
    const [lb] = inside['LoadBalancers'] as [object]
    const [near, far] = inside['NetworkInterfaces'] as [object, object]
    const outside = {
      ...inside,
      LoadBalancers: [{ ...lb, Scheme: 'internet-facing' }],
      NetworkInterfaces: [{ ...near, Association: { PublicIp: '54.1.1.61' } }, far],
    }
    const from = { ...tcp80, source: '8.8.8.8' }
    expect(await ask(outside, 'internet', '54.1.1.61', from)).toBe('reachable')
    expect(await ask(inside, 'internet', 'lb', from)).not.toBe('reachable')
  })

  it('names the target that refuses', async () => {
    expect(await ask(balancer(['healthy'], 80, 'true', 'sg-web'), 'i-public', '10.1.0.60', tcp80)).toBe(
      'ENI_SG_RULES_MISMATCH at i-target',
    )
  })
})

describe('to services', () => {
  it('takes the gateway endpoint whose prefix list of the files holds the address', async () => {
    const endpoint = net({
      PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'com.amazonaws.us-east-1.s3', Cidrs: ['52.99.0.0/16'] }],
      VpcEndpoints: [
        {
          VpcEndpointId: 'vpce-1',
          VpcId: 'vpc-a',
          ServiceName: 'com.amazonaws.us-east-1.s3',
          VpcEndpointType: 'Gateway',
          State: 'available',
          RouteTableIds: ['rtb-private'],
        },
      ],
    })
    expect(await ask(endpoint, 'i-private', '52.99.1.1', { protocol: 'tcp', port: 443 })).toBe('reachable')
    expect(await ask(endpoint, 'i-private', '52.98.1.1', { protocol: 'tcp', port: 443 })).toBe(
      'NO_ROUTE_TO_DESTINATION at subnet-private',
    )
  })

  it('asks the groups of an interface endpoint', async () => {
    const endpoint = (group: string): Parts =>
      net({
        VpcEndpoints: [
          {
            VpcEndpointId: 'vpce-1',
            VpcId: 'vpc-a',
            ServiceName: 'com.amazonaws.us-east-1.sqs',
            VpcEndpointType: 'Interface',
            State: 'available',
            SubnetIds: ['subnet-private'],
            Groups: [{ GroupId: group }],
            NetworkInterfaceIds: ['eni-e'],
          },
        ],
        NetworkInterfaces: [
          { ...eni('eni-e', 'subnet-private', '10.1.1.70', null, [group]), InterfaceType: 'vpc_endpoint' },
        ],
      })
    expect(await ask(endpoint('sg-web'), 'i-public', '10.1.1.70', { protocol: 'tcp', port: 443 })).toBe('reachable')
    expect(await ask(endpoint('sg-web'), 'i-public', '10.1.1.70', { protocol: 'tcp', port: 80 })).toBe(
      'ENI_SG_RULES_MISMATCH at vpce-1',
    )
  })

  it('knows functions by their names', async () => {
    const functions = net({
      Functions: [
        {
          FunctionName: 'fetch-prices',
          MemorySize: 512,
          Timeout: 10,
          VpcConfig: { SubnetIds: ['subnet-private'], SecurityGroupIds: ['sg-open'] },
        },
        { FunctionName: 'outside', MemorySize: 128, Timeout: 3 },
      ],
    })
    expect(await ask(functions, 'fetch-prices', '10.1.0.10')).toBe('reachable')
    expect(await ask(functions, 'fetch-prices', 'internet')).toBe('NO_ROUTE_TO_DESTINATION at subnet-private')
  })

  it('knows a database by its name', async () => {
    const database = net({
      DBInstances: [
        {
          DBInstanceIdentifier: 'orders',
          Engine: 'postgres',
          AvailabilityZone: 'us-east-1b',
          Endpoint: { Address: 'orders.abc.us-east-1.rds.amazonaws.com', Port: 5432 },
          VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-web' }],
          DBSubnetGroup: {
            DBSubnetGroupName: 'default',
            VpcId: 'vpc-a',
            Subnets: [{ SubnetIdentifier: 'subnet-private' }],
          },
        },
      ],
    })
    const face = {
      ...eni('eni-db', 'subnet-private', '10.1.1.80', null, ['sg-web']),
      Description: 'RDSNetworkInterface',
    }
    expect(
      await ask({ ...database, NetworkInterfaces: [face] }, 'i-public', '10.1.1.80', { protocol: 'tcp', port: 443 }),
    ).toBe('reachable')
    expect(
      await ask({ ...database, NetworkInterfaces: [face] }, 'i-public', '10.1.1.80', { protocol: 'tcp', port: 22 }),
    ).toBe('ENI_SG_RULES_MISMATCH at orders')
    expect(await ask(database, 'i-public', 'orders', { protocol: 'tcp' })).toBe('ENI_SG_RULES_MISMATCH at orders')
    expect(
      await ask(database, 'i-public', 'orders.abc.us-east-1.rds.amazonaws.com', { protocol: 'tcp', port: 443 }),
    ).toBe('reachable')
  })
})
