import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../model/scenario'
import { scenario } from './course.fixture'
import { applyPatches, buildNetwork, reach, trace } from './index'
import { ec2 } from './pair.fixture'
import { RemoteOracle } from './remote.oracle'

const VPCS = ['A', 'B', 'C'] as const
type Name = (typeof VPCS)[number]
const BLOCK = { A: '10.1', B: '10.2', C: '10.3' } as const
const BLOCKS = ['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16', '10.2.1.0/24', '10.0.0.0/8', '0.0.0.0/0', '192.168.0.0/16']

const often = <T>(value: T, other: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other })
const block = fc.constantFrom(...BLOCKS)

/** Routes to where they should lead are common, so that packets get far. */
const route = fc.record({
  table: fc.constantFrom('AT0', 'AT1', 'BT0', 'BT1', 'CT0', 'CT1'),
  block: fc.option(fc.constantFrom(...BLOCKS, ...BLOCKS.slice(0, 3)), { freq: 12 }),
  target: fc.constantFrom<JsonObject>(
    { VpcPeeringConnectionId: 'Pab' },
    { VpcPeeringConnectionId: 'Pbc' },
    { TransitGatewayId: 'Tgw' },
    { TransitGatewayId: 'Tgw' },
    { TransitGatewayId: 'Tgw' },
    { NatGatewayId: 'Nat' },
    { GatewayId: 'Igw' },
    { GatewayId: 'Vgw' },
    { NatGatewayId: 'Gone' },
  ),
})
const rule = (side: 'Source' | 'Destination') =>
  fc
    .record({
      block: often('0.0.0.0/0', block),
      peer: fc.option(fc.constantFrom('ASg', 'BSg', 'CSg', 'List'), { freq: 4 }),
      port: often(443, fc.constant(80), 8),
    })
    .map(({ block, peer, port }): JsonObject => ({
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      ...(peer === null
        ? { CidrIp: block }
        : peer === 'List'
          ? { [`${side}PrefixListId`]: peer }
          : { [`${side}SecurityGroupId`]: peer }),
    }))
const ANYONE: JsonObject = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }
const entry = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  allow: often(true, fc.constant(false)),
  egress: fc.boolean(),
  ports: often<readonly [number, number] | null>(
    null,
    fc.constantFrom([443, 443] as const, [1024, 65535] as const, [32768, 60999] as const),
  ),
  block: often('0.0.0.0/0', block),
})
const attachment = fc.constantFrom('AtA', 'AtB', 'AtC')
const rtb = fc.constantFrom('Rtb0', 'Rtb1')
const each = <T>(arbitrary: fc.Arbitrary<T>) => fc.record({ A: arbitrary, B: arbitrary, C: arbitrary })

const world = fc.record({
  use: fc.array(fc.constantFrom(0, 0, 0, 0, 1), { minLength: 6, maxLength: 6 }),
  base: fc.oneof(
    fc.constantFrom('tgw', 'pcx').map((join) => ({ A: join, B: join, C: join })),
    each(fc.constantFrom('tgw', 'tgw', 'pcx', 'none')),
  ),
  routes: fc.uniqueArray(route, { maxLength: 4, selector: (r) => `${r.table} ${r.block}` }),
  home: each(fc.constantFrom('1', '2')),
  doors: each(often(['1', '2'], fc.subarray(['1', '2'], { minLength: 1 }))),
  pcx: fc.record({
    Pab: often('active', fc.constant('pending-acceptance')),
    Pbc: often('active', fc.constant('deleted')),
  }),
  assoc: each(often<string | null>('Rtb0', fc.option(rtb, { freq: 2 }))),
  spread: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.tuple(attachment, rtb), { maxLength: 5, selector: String }) },
  ),
  statics: fc.uniqueArray(fc.record({ table: rtb, block, to: fc.option(attachment, { freq: 3 }) }), {
    maxLength: 2,
    selector: (r) => `${r.table} ${r.block}`,
  }),
  entries: fc.uniqueArray(entry, { maxLength: 6, selector: (e) => `${e.number} ${e.egress}` }),
  aclOn: fc.oneof(
    { weight: 3, arbitrary: fc.constant<string[]>([]) },
    { weight: 2, arbitrary: fc.subarray(['A1', 'A2', 'B1', 'B2', 'C1', 'C2'], { maxLength: 2 }) },
  ),
  ingress: each(often([ANYONE], fc.array(rule('Source'), { minLength: 1, maxLength: 2 }), 1)),
  egress: each(often<JsonObject[] | null>(null, fc.array(rule('Destination'), { maxLength: 2 }), 2)),
  list: fc.subarray(BLOCKS.slice(0, 5), { minLength: 1, maxLength: 2 }),
  nat: fc.constantFrom('B1', 'B2'),
  vpn: fc.boolean(),
})

const associated = (SubnetId: string, RouteTableId: string) =>
  ec2('SubnetRouteTableAssociation', { SubnetId, RouteTableId })
const OTHERS = { A: ['B', 'C'], B: ['A', 'C'], C: ['A', 'B'] } as const

const topology: fc.Arbitrary<Scenario> = world.map((w) => {
  const resources: { [id: string]: Resource } = {
    Pab: ec2('VPCPeeringConnection', { VpcId: 'A', PeerVpcId: 'B' }, { status: w.pcx.Pab }),
    Pbc: ec2('VPCPeeringConnection', { VpcId: 'B', PeerVpcId: 'C' }, { status: w.pcx.Pbc }),
    Tgw: ec2('TransitGateway', { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' }),
    Rtb0: ec2('TransitGatewayRouteTable', { TransitGatewayId: 'Tgw' }),
    Rtb1: ec2('TransitGatewayRouteTable', { TransitGatewayId: 'Tgw' }),
    Igw: ec2('InternetGateway'),
    IgwAt: ec2('VPCGatewayAttachment', { VpcId: 'B', InternetGatewayId: 'Igw' }),
    Nat: ec2('NatGateway', { SubnetId: w.nat, PrivateIpAddress: `10.2.${w.nat[1] ?? ''}.99` }),
    Vgw: ec2('VPNGateway'),
    VgwAt: ec2('VPCGatewayAttachment', { VpcId: 'A', VpnGatewayId: 'Vgw' }),
    Office: ec2('CustomerGateway'),
    Vpn: ec2('VPNConnection', { VpnGatewayId: 'Vgw', CustomerGatewayId: 'Office', StaticRoutesOnly: true }),
    VpnRoute: ec2('VPNConnectionRoute', { VpnConnectionId: 'Vpn', DestinationCidrBlock: '192.168.0.0/16' }),
    List: ec2('PrefixList', { PrefixListName: 'list', Entries: w.list.map((Cidr) => ({ Cidr })) }),
    ...(w.vpn ? { Spread: ec2('VPNGatewayRoutePropagation', { RouteTableIds: ['AT0'], VpnGatewayId: 'Vgw' }) } : {}),
  }
  VPCS.forEach((name: Name, v) => {
    const net = BLOCK[name]
    resources[name] = ec2('VPC', { CidrBlock: `${net}.0.0/16` })
    for (const n of ['1', '2']) {
      resources[`${name}${n}`] = ec2('Subnet', {
        VpcId: name,
        CidrBlock: `${net}.${n}.0/24`,
        AvailabilityZone: n === '1' ? 'a' : 'b',
      })
      resources[`${name}${n}Use`] = associated(`${name}${n}`, `${name}T${w.use[2 * v + Number(n) - 1] ?? 0}`)
    }
    for (const t of ['T0', 'T1']) resources[`${name}${t}`] = ec2('RouteTable', { VpcId: name })
    for (const other of w.base[name] === 'none' ? [] : OTHERS[name]) {
      const pcx = [name, other].includes('B') && ![name, other].includes('C') ? 'Pab' : 'Pbc'
      const to = w.base[name] === 'tgw' ? { TransitGatewayId: 'Tgw' } : { VpcPeeringConnectionId: pcx }
      resources[`${name}To${other}`] = ec2('Route', {
        RouteTableId: `${name}T0`,
        DestinationCidrBlock: `${BLOCK[other]}.0.0/16`,
        ...to,
      })
    }
    resources[`${name}Sg`] = ec2('SecurityGroup', {
      VpcId: name,
      SecurityGroupIngress: w.ingress[name],
      ...(w.egress[name] === null ? {} : { SecurityGroupEgress: w.egress[name] }),
    })
    const home = w.home[name]
    resources[`${name}Web`] = ec2('Instance', {
      SubnetId: `${name}${home}`,
      PrivateIpAddress: `${net}.${home}.20`,
      SecurityGroupIds: [`${name}Sg`],
    })
    resources[`At${name}`] = ec2('TransitGatewayAttachment', {
      TransitGatewayId: 'Tgw',
      VpcId: name,
      SubnetIds: w.doors[name].map((n) => `${name}${n}`),
    })
    const table = w.assoc[name]
    if (table !== null)
      resources[`Use${name}`] = ec2('TransitGatewayRouteTableAssociation', {
        TransitGatewayAttachmentId: `At${name}`,
        TransitGatewayRouteTableId: table,
      })
  })
  const pairs = w.spread ?? (['AtA', 'AtB', 'AtC'] as const).map((at) => [at, 'Rtb0'] as const)
  pairs.forEach(([TransitGatewayAttachmentId, TransitGatewayRouteTableId], i) => {
    resources[`Learn${i}`] = ec2('TransitGatewayRouteTablePropagation', {
      TransitGatewayAttachmentId,
      TransitGatewayRouteTableId,
    })
  })
  w.statics.forEach(({ table, block, to }, i) => {
    const leads = to === null ? { Blackhole: true } : { TransitGatewayAttachmentId: to }
    resources[`Static${i}`] = ec2('TransitGatewayRoute', {
      TransitGatewayRouteTableId: table,
      DestinationCidrBlock: block,
      ...leads,
    })
  })
  w.routes.forEach(({ table, block, target }, i) => {
    const clash = Object.values(resources).some(
      ({ Properties }) =>
        Properties?.['RouteTableId'] === table && Properties['DestinationCidrBlock'] === block && block !== null,
    )
    const to = block === null ? { DestinationPrefixListId: 'List' } : { DestinationCidrBlock: block }
    if (!clash) resources[`Route${i}`] = ec2('Route', { RouteTableId: table, ...to, ...target })
  })
  const acls = [...new Set(w.aclOn.map((subnet) => subnet.slice(0, 1)))]
  for (const name of acls) {
    resources[`${name}Acl`] = ec2('NetworkAcl', { VpcId: name })
    w.entries.forEach((e, i) => {
      resources[`${name}Entry${i}`] = ec2('NetworkAclEntry', {
        NetworkAclId: `${name}Acl`,
        RuleNumber: e.number,
        Protocol: e.ports === null ? -1 : 6,
        RuleAction: e.allow ? 'allow' : 'deny',
        Egress: e.egress,
        CidrBlock: e.block,
        ...(e.ports === null ? {} : { PortRange: { From: e.ports[0], To: e.ports[1] } }),
      })
    })
  }
  for (const SubnetId of w.aclOn)
    resources[`${SubnetId}Acl`] = ec2('SubnetNetworkAclAssociation', {
      SubnetId,
      NetworkAclId: `${SubnetId.slice(0, 1)}Acl`,
    })
  return scenario(resources)
})

const ends = fc.constantFrom(
  ['AWeb', 'BWeb'],
  ['BWeb', 'CWeb'],
  ['AWeb', 'CWeb'],
  ['CWeb', 'BWeb'],
  ['AWeb', '8.8.8.8'],
  ['BWeb', '8.8.8.8'],
  ['AWeb', '192.168.7.7'],
  ['BWeb', '10.1.2.77'],
)

const addressOf = (document: Scenario, to: string): string =>
  String(document.resources[to]?.Properties?.['PrivateIpAddress'] ?? to)

const tcp = (document: Scenario, from: string, to: string) => trace(buildNetwork(document), { from, to, port: 443 })

describe('between networks', () => {
  it('agrees with a brute-force walk', () => {
    const seen = { yes: 0, no: 0 }
    const codes = new Set<string>()
    fc.assert(
      fc.property(topology, ends, (document, [from = '', to = '']) => {
        const expected = new RemoteOracle(document).reaches(from, addressOf(document, to))
        const { reachable, code, explanation } = tcp(document, from, to)
        seen[expected ? 'yes' : 'no']++
        codes.add(code)
        expect(reachable, explanation).toBe(expected)
      }),
      { numRuns: 3_000, seed: 11 },
    )
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(200)
    expect(codes.size).toBeGreaterThan(8)
  })

  it('adding an allow rule to a security group never closes a path', () => {
    const more = fc.tuple(fc.constantFrom('ASg', 'BSg', 'CSg'), fc.boolean(), rule('Source'), rule('Destination'))
    fc.assert(
      fc.property(topology, ends, more, (document, [from = '', to = ''], [id, inbound, source, destination]) => {
        fc.pre(tcp(document, from, to).reachable)
        const side = inbound ? 'SecurityGroupIngress' : 'SecurityGroupEgress'
        const known = document.resources[id]!.Properties!
        // the first rule of an outbound list takes the place of the default one
        fc.pre(Array.isArray(known[side]))
        const changed = ec2('SecurityGroup', {
          ...known,
          [side]: [...(known[side] as JsonObject[]), inbound ? source : destination],
        })
        expect(tcp({ ...document, resources: { ...document.resources, [id]: changed } }, from, to).reachable).toBe(true)
      }),
      { numRuns: 250, seed: 11 },
    )
  })

  // Not "never": a route that goes may uncover a shorter one that leads there. What holds is that a path opens only by
  // removing a route that some table chose on the way; any other route can go without a difference.
  it('removing a route opens a path only where that route was chosen', () => {
    fc.assert(
      fc.property(topology, ends, fc.nat(8), (document, [from = '', to = ''], n) => {
        const before = tcp(document, from, to)
        const ids = Object.keys(document.resources).filter((id) => document.resources[id]!.Type.endsWith('Route'))
        const gone = ids[n % Math.max(1, ids.length)]
        fc.pre(!before.reachable && gone !== undefined)
        const resources = Object.fromEntries(Object.entries(document.resources).filter(([id]) => id !== gone))
        const after = tcp({ ...document, resources }, from, to)
        if (after.reachable) expect(before.hops.map((hop) => hop.via)).toContain(gone)
      }),
      { numRuns: 1_500, seed: 11 },
    )
  })

  it('a fix opens its path', () => {
    fc.assert(
      fc.property(topology, ends, (document, [from = '', to = '']) => {
        const { fixes } = reach(buildNetwork(document), { from, to, port: 443 })
        for (const { title, patches } of fixes) {
          const edited = applyPatches(document, patches)
          const after = tcp(edited, from, to)
          expect(after.reachable, `${title}: ${after.explanation}`).toBe(true)
        }
      }),
      { numRuns: 150, seed: 11 },
    )
  })
})
