import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/scenario'
import { ask, expectFixes } from './ask.fixture'
import { course, courseWith, functionIn, nat, resource, scenario } from './course.fixture'
import { buildNetwork, hyperplaneEnis, isPublicSubnet, matrix, reach } from './index'
import type { Conditions } from './index'

const acl = (egress: boolean, number: number, action: string, ports: [number, number] | null): Resource =>
  resource('AWS::EC2::NetworkAclEntry', {
    NetworkAclId: 'Acl',
    RuleNumber: number,
    Protocol: ports === null ? -1 : 6,
    RuleAction: action,
    Egress: egress,
    CidrBlock: '0.0.0.0/0',
    ...(ports === null ? {} : { PortRange: { From: ports[0], To: ports[1] } }),
  })

describe('network ACLs are stateless (vector 37, claim 11.14)', () => {
  const guarded = (entries: { [id: string]: Resource }) =>
    courseWith({
      ...nat('PublicA'),
      Acl: resource('AWS::EC2::NetworkAcl', { VpcId: 'Vpc' }),
      AclJoined: resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: 'PrivateA', NetworkAclId: 'Acl' }),
      ...entries,
    })

  it('a reply to an ephemeral port needs its own rule', () => {
    const document = guarded({ Out: acl(true, 100, 'allow', [443, 443]), In: acl(false, 100, 'allow', [443, 443]) })
    const verdict = ask(document, 'Fn', 'internet')
    expect(verdict).toMatchObject({ code: 'SUBNET_ACL_RESTRICTION', at: 'Acl' })
    expect(verdict.hops.at(-1)).toMatchObject({ direction: 'return', gate: 'nacl-in', passed: false })
    expect(verdict.explanation).toBe(
      'Acl denies tcp 1024-65535 into PrivateA from 198.51.100.7. Network ACLs are stateless: the reply needs a rule of its own.',
    )
    expectFixes(document, 'Fn', 'internet', [/^Let Acl pass tcp 1024-65535 in from 0\.0\.0\.0\/0$/])
    expect(
      ask(
        guarded({ Out: acl(true, 100, 'allow', [443, 443]), In: acl(false, 100, 'allow', [1024, 65535]) }),
        'Fn',
        'internet',
      ).reachable,
    ).toBe(true)
  })

  it('vector 37 from the server side: in 443, out only 443, and the answer is dropped', () => {
    const document = courseWith({
      Acl: resource('AWS::EC2::NetworkAcl', { VpcId: 'Vpc' }),
      AclJoined: resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: 'PublicA', NetworkAclId: 'Acl' }),
      In: acl(false, 100, 'allow', [443, 443]),
      Out: acl(true, 100, 'allow', [443, 443]),
      Server: resource('AWS::EC2::Instance', { SubnetId: 'PublicA', SecurityGroupIds: ['Open'] }),
      ServerIp: resource('AWS::EC2::EIP', { InstanceId: 'Server' }),
      Open: resource('AWS::EC2::SecurityGroup', {
        VpcId: 'Vpc',
        SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
      }),
    })
    const verdict = ask(document, 'Shoppers', 'Server')
    expect(verdict).toMatchObject({ code: 'SUBNET_ACL_RESTRICTION', at: 'Acl' })
    expect(verdict.hops.at(-1)).toMatchObject({ direction: 'return', gate: 'nacl-out' })
    expectFixes(document, 'Shoppers', 'Server', [/^Let Acl pass tcp 1024-65535 out to 0\.0\.0\.0\/0$/])
  })

  it('the first matching rule decides, and a custom ACL ends with a deny', () => {
    const both = { Open: acl(true, 200, 'allow', null), In: acl(false, 100, 'allow', null) }
    expect(ask(guarded({ ...both, Deny: acl(true, 100, 'deny', [443, 443]) }), 'Fn', 'internet').hops.at(-1)?.via).toBe(
      'Deny',
    )
    expect(ask(guarded({ ...both, Deny: acl(true, 300, 'deny', [443, 443]) }), 'Fn', 'internet').reachable).toBe(true)
    expect(ask(guarded({}), 'Fn', 'internet').code).toBe('SUBNET_ACL_RESTRICTION')
    expectFixes(guarded({ ...both, Deny: acl(true, 100, 'deny', [443, 443]) }), 'Fn', 'internet', [/Let Acl pass/])
  })

  it('the ACL of the NAT gateway subnet counts, traffic inside one subnet meets none', () => {
    const joined = resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: 'PublicA', NetworkAclId: 'Acl' })
    expect(ask({ ...guarded({ AclJoined: joined }) }, 'Fn', 'internet')).toMatchObject({
      code: 'SUBNET_ACL_RESTRICTION',
      at: 'Acl',
    })
    const inB = resource('AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: 'PrivateB', NetworkAclId: 'Acl' })
    expect(ask(guarded({ AclJoined: inB, Fn: functionIn(['PrivateB']) }), 'Fn', 'Db').reachable).toBe(true)
    expect(ask(guarded({ AclJoined: inB }), 'Fn', 'Db').at).toBe('Acl')
  })
})

describe('routes', () => {
  const route = (block: string, target: { [key: string]: string }) =>
    resource('AWS::EC2::Route', { RouteTableId: 'PrivateTable', DestinationCidrBlock: block, ...target })

  it('the longest prefix wins, and says of how many', () => {
    const verdict = ask(
      courseWith({ ...nat('PublicA'), Narrow: route('198.51.100.0/24', { NatGatewayId: 'Nat' }) }),
      'Fn',
      'internet',
    )
    expect(verdict.hops.find((hop) => hop.gate === 'route-table')?.rule).toBe(
      '198.51.100.0/24 -> Nat, longest match of 2',
    )
  })

  it('a route to a deleted NAT gateway is a blackhole; a more specific one hides the good one', () => {
    const gone = courseWith({ ...nat('PublicA'), Nat: undefined })
    expect(ask(gone, 'Fn', 'internet')).toMatchObject({ code: 'BAD_STATE_ROUTE', at: 'PrivateTable' })
    expectFixes(gone, 'Fn', 'internet', [/^Add a NAT gateway in PublicA and point the route PrivateRoute to it$/])
    const stolen = courseWith({ ...nat('PublicA'), Narrow: route('198.51.100.0/24', { NatGatewayId: 'Gone' }) })
    expect(ask(stolen, 'Fn', 'internet')).toMatchObject({ code: 'MORE_SPECIFIC_ROUTE', at: 'PrivateTable' })
    expectFixes(stolen, 'Fn', 'internet', [/^Remove the route Narrow$/])
  })

  it('a subnet without association uses the main table: local only', () => {
    const document = courseWith({ ...nat('PublicA'), PrivateJoinedA: undefined })
    expect(ask(document, 'Fn', 'internet')).toMatchObject({ code: 'NO_ROUTE_TO_DESTINATION', at: 'Vpc' })
    expect(ask(document, 'Fn', 'Db').reachable).toBe(true)
    expectFixes(document, 'Fn', 'internet', [/^Route 0\.0\.0\.0\/0 of PrivateA to Nat$/])
  })

  it('public means by route, not by flag (NET-22)', () => {
    const network = buildNetwork(
      courseWith({
        PrivateA: resource('AWS::EC2::Subnet', { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true }),
      }),
    )
    expect(['PublicA', 'PrivateA', 'Nowhere'].map((id) => isPublicSubnet(network, id))).toEqual([true, false, false])
    expect(isPublicSubnet(buildNetwork(courseWith({ IgwAttachment: undefined })), 'PublicA')).toBe(false)
  })

  it('an internet gateway carries no private address', () => {
    expect(ask(courseWith(nat('PublicA')), 'Fn', '192.168.7.7').code).toBe(
      'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
    )
    expect(ask(courseWith(nat('PublicA')), 'Fn', '10.0.1.99').code).toBe('NO_POSSIBLE_DESTINATION')
  })

  it('a public address in a private subnet gets no answer back', () => {
    const document = courseWith({
      Server: resource('AWS::EC2::Instance', { SubnetId: 'PrivateB', SecurityGroupIds: ['Open'] }),
      ServerIp: resource('AWS::EC2::EIP', { InstanceId: 'Server' }),
      Open: resource('AWS::EC2::SecurityGroup', {
        VpcId: 'Vpc',
        SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
      }),
    })
    const verdict = ask(document, 'internet', 'Server')
    expect(verdict).toMatchObject({ code: 'NO_ROUTE_TO_DESTINATION', at: 'PrivateTable' })
    expect(verdict.hops.at(-1)?.direction).toBe('return')
    expectFixes(document, 'internet', 'Server', [/internet gateway/])
  })
})

describe('several VPCs, states and names', () => {
  it('two VPCs are not connected', () => {
    const document = courseWith({
      Other: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      OtherSubnet: resource('AWS::EC2::Subnet', { VpcId: 'Other', CidrBlock: '10.0.1.0/24' }),
      OtherSg: resource('AWS::EC2::SecurityGroup', { VpcId: 'Other' }),
      Fn: functionIn(['OtherSubnet'], ['OtherSg']),
    })
    expect(ask(document, 'Fn', 'Db')).toMatchObject({ code: 'DISCONNECTED_VPCS', at: 'Other' })
    expectFixes(document, 'Fn', 'Db', [/^Attach Fn to PrivateB in Vpc/])
  })

  it('a pending function, a fault and a failed NAT gateway each say so', () => {
    expect(ask(course(), 'Fn', 'Db', {}, { pendingFunctions: new Set(['Fn']) })).toMatchObject({
      code: 'BAD_STATE',
      at: 'Fn',
    })
    expect(ask(course(), 'Fn', 'Db', {}, { down: new Set(['Db']) })).toMatchObject({
      code: 'BAD_STATE',
      at: 'Db',
      fixes: [],
    })
    expect(ask(courseWith(nat('PublicA')), 'Fn', 'internet', {}, { down: new Set(['Nat']) })).toMatchObject({
      code: 'BAD_STATE',
      at: 'Nat',
    })
    expect(ask(courseWith({ ...nat('PublicA'), NatIp: undefined }), 'Fn', 'internet')).toMatchObject({
      code: 'BAD_STATE',
      at: 'Nat',
    })
  })

  it('one bad subnet of two is named, with the share that gets through', () => {
    const document = courseWith({
      ...nat('PublicA'),
      PrivateJoinedB: undefined,
      Fn: functionIn(['PrivateA', 'PrivateB']),
    })
    const verdict = ask(document, 'Fn', 'internet')
    expect(verdict.sources.map((each) => each.reachable)).toEqual([true, false])
    expect(verdict.explanation).toMatch(/^From PrivateB \(1 of 2 subnets\): /)
    expect(
      reach(buildNetwork(document), { from: 'Fn', to: 'internet', interface: 'eni:PrivateA:AppSg' }).reachable,
    ).toBe(true)
    expectFixes(document, 'Fn', 'internet', [/^Route 0\.0\.0\.0\/0 of PrivateB to Nat$/])
  })

  it('egress: default all, an explicit rule or rule resource replaces it, an empty list lets nothing out', () => {
    const narrow = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 }
    const document = courseWith({
      ...nat('PublicA'),
      Rule: resource('AWS::EC2::SecurityGroupEgress', {
        GroupId: 'AppSg',
        ...narrow,
        DestinationSecurityGroupId: 'DbSg',
      }),
    })
    expect(ask(document, 'Fn', 'Db').hops.find((hop) => hop.gate === 'security-group-out')?.via).toBe('Rule')
    expect(ask(document, 'Fn', 'internet')).toMatchObject({ code: 'ENI_SG_RULES_MISMATCH', at: 'AppSg' })
    const none = courseWith({ AppSg: resource('AWS::EC2::SecurityGroup', { VpcId: 'Vpc', SecurityGroupEgress: [] }) })
    expect(ask(none, 'Fn', 'Db')).toMatchObject({ code: 'SG_HAS_NO_RULES', at: 'AppSg' })
  })

  it('a query for another port or protocol meets the same rules', () => {
    expect(ask(course(), 'Fn', 'Db', { port: 22 }).code).toBe('ENI_SG_RULES_MISMATCH')
    expect(reach(buildNetwork(course()), { from: 'Fn', to: 'Db', port: 5432, protocol: 'udp' }).code).toBe(
      'ENI_SG_RULES_MISMATCH',
    )
    expect(reach(buildNetwork(course()), { from: 'Fn', to: 'Db', protocol: 'any' }).code).toBe('ENI_SG_RULES_MISMATCH')
  })

  it('a MultiAZ database answers from its standby when the zone of the primary is down', () => {
    const database = (MultiAZ: boolean) =>
      courseWith({
        DbSubnets: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: ['PrivateB', 'PrivateA'] }),
        Db: resource('AWS::RDS::DBInstance', {
          Engine: 'postgres',
          DBSubnetGroupName: 'DbSubnets',
          VPCSecurityGroups: ['DbSg'],
          MultiAZ,
        }),
      })
    const zoneB: Conditions = { zonesDown: new Set(['b']) }
    expect(ask(database(true), 'Fn', 'Db', {}, zoneB).reachable).toBe(true)
    expect(ask(database(false), 'Fn', 'Db', {}, zoneB)).toMatchObject({ code: 'BAD_STATE', at: 'Db' })
  })

  it('what names no security group gets the default one of its VPC', () => {
    const document = courseWith({
      Fn: functionIn(['PrivateA'], []),
      Db: resource('AWS::RDS::DBInstance', { Engine: 'postgres', DBSubnetGroupName: 'DbSubnets' }),
      Other: functionIn(['PrivateA'], ['AppSg']),
    })
    expect(ask(document, 'Fn', 'Db').reachable).toBe(true)
    expect(ask(document, 'Other', 'Db')).toMatchObject({ code: 'ENI_SG_RULES_MISMATCH', at: 'Vpc' })
  })

  it('names what is no endpoint of a path', () => {
    expect(ask(course(), 'Nobody', 'Db').code).toBe('UNKNOWN_RESOURCE')
    expect(ask(course(), 'constructor', 'Db').code).toBe('UNKNOWN_RESOURCE')
    expect(ask(course(), 'Fn', 'PrivateTable')).toMatchObject({ code: 'UNSUPPORTED_COMPONENT', at: 'PrivateTable' })
    expect(ask(courseWith({ Db: resource('AWS::RDS::DBInstance') }), 'Fn', 'Db').code).toBe('NO_SOURCE_OR_DESTINATION')
    expect(ask(course(), 'Fn', '10.0.2.4', { port: 5432 }).reachable).toBe(true)
    expect(ask(course(), '10.0.1.4', 'Db').reachable).toBe(true)
  })

  it('gates come in diagnosis order', () => {
    const { hops, explanation } = ask(courseWith(nat('PublicA')), 'Fn', 'MovieApi')
    expect(hops.map((hop) => `${hop.direction} ${hop.gate} ${hop.resource}`)).toEqual([
      'forward function-state Fn',
      'forward interface PrivateA',
      'forward security-group-out AppSg',
      'forward nacl-out Vpc',
      'forward route-table PrivateTable',
      'forward nat-gateway Nat',
      'forward nacl-in Vpc',
      'forward nacl-out Vpc',
      'forward internet-gateway Igw',
      'forward destination MovieApi',
      'return internet-gateway Igw',
      'return nacl-in Vpc',
      'return nat-gateway Nat',
      'return nacl-out Vpc',
      'return route-table PublicTable',
      'return nacl-in Vpc',
    ])
    expect(explanation).toBe('Fn reaches MovieApi on tcp 443 through Nat, then Igw.')
  })

  it('matrix asks every pair', () => {
    const cells = matrix(buildNetwork(course()), ['Fn', 'Db', 'internet'])
    expect(cells.map((row) => row.map((cell) => cell?.code ?? null))).toEqual([
      [null, 'ok', 'NO_ROUTE_TO_DESTINATION'],
      // To a function means its invoke API, which a private subnet cannot reach either.
      ['NO_ROUTE_TO_DESTINATION', null, 'NO_ROUTE_TO_DESTINATION'],
      ['ok', 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', null],
    ])
  })
})

describe('Hyperplane ENIs', () => {
  it('vector 35: 12 functions, 2 subnets, one group set: 2; a second group on one function: 4', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`F${i}`, functionIn(['PrivateA', 'PrivateB'])]),
    )
    const document = courseWith({ Fn: undefined, ...many })
    const enis = hyperplaneEnis(document)
    expect(enis.map((eni) => [eni.subnet, eni.address, eni.functions.length])).toEqual([
      ['PrivateA', '10.0.1.4', 12],
      ['PrivateB', '10.0.2.5', 12],
    ])
    const second = courseWith({ Fn: undefined, ...many, F0: functionIn(['PrivateA', 'PrivateB'], ['DbSg', 'AppSg']) })
    expect(hyperplaneEnis(second)).toHaveLength(4)
  })

  it('the order of groups and subnets makes no second one', () => {
    const document = courseWith({
      Fn: functionIn(['PrivateA'], ['AppSg', 'DbSg']),
      G: functionIn(['PrivateA'], ['DbSg', 'AppSg']),
    })
    expect(hyperplaneEnis(document)).toHaveLength(1)
  })

  it('a full subnet has no address for it (NET-10)', () => {
    const tiny: { [id: string]: Resource } = {
      Vpc: resource('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
      Tiny: resource('AWS::EC2::Subnet', { VpcId: 'Vpc', CidrBlock: '10.0.0.0/28' }),
      Sg: resource('AWS::EC2::SecurityGroup', { VpcId: 'Vpc' }),
    }
    for (let i = 0; i < 11; i++)
      tiny[`Server${i}`] = resource('AWS::EC2::Instance', { SubnetId: 'Tiny', SecurityGroupIds: ['Sg'] })
    tiny.Fn = functionIn(['Tiny'], ['Sg'])
    expect(hyperplaneEnis(scenario(tiny))[0]?.address).toBeNull()
    expect(ask(scenario(tiny), 'Fn', 'Server0')).toMatchObject({ code: 'BAD_STATE', at: 'Tiny' })
  })
})
