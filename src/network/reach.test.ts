import { describe, expect, it } from 'vitest'
import type { Resource } from '../model/scenario'
import { ask, expectFixes } from './ask.fixture'
import { course, courseWith, functionIn, nat, resource } from './course.fixture'
import type { Conditions } from './index'

describe('claims of learning-design.md 11', () => {
  it('11.1 a function without VpcConfig reaches the internet and AWS services', () => {
    for (const to of ['internet', 'MovieApi', 'Table', 'Queue', 'Bus', 'Fn', 'sqs'])
      expect(ask(course(), 'Outside', to).code).toBe('ok')
  })

  it('11.2 but no private resource of a VPC', () => {
    const verdict = ask(course(), 'Outside', 'Db')
    expect(verdict).toMatchObject({ reachable: false, code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', at: 'Igw' })
    expect(verdict.explanation).toBe(
      'Outside runs outside every VPC. Db has only the private address 10.0.2.4, which the internet cannot reach.',
    )
    expectFixes(course(), 'Outside', 'Db', [
      /^Attach Outside to PrivateB in Vpc, then let DbSg accept tcp 5432 from OutsideSecurityGroup$/,
    ])
  })

  it('11.3 except one with a public address whose rules allow it', () => {
    const server = (from: string) =>
      courseWith({
        Server: resource('AWS::EC2::Instance', { SubnetId: 'PublicA', SecurityGroupIds: ['WebSg'] }),
        ServerIp: resource('AWS::EC2::EIP', { InstanceId: 'Server' }),
        WebSg: resource('AWS::EC2::SecurityGroup', {
          VpcId: 'Vpc',
          SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: from }],
        }),
      })
    expect(ask(server('0.0.0.0/0'), 'Outside', 'Server').reachable).toBe(true)
    expect(ask(server('10.0.0.0/16'), 'Outside', 'Server')).toMatchObject({
      code: 'ENI_SG_RULES_MISMATCH',
      at: 'WebSg',
    })
    expectFixes(server('10.0.0.0/16'), 'Outside', 'Server', [/WebSg accept tcp 443/])
  })

  it('11.4 in the VPC, private resources are reachable when security groups and ACLs allow', () => {
    expect(ask(course(), 'Fn', 'Db').reachable).toBe(true)
    const closed = courseWith({ DbSg: resource('AWS::EC2::SecurityGroup', { VpcId: 'Vpc' }) })
    expect(ask(closed, 'Fn', 'Db')).toMatchObject({ code: 'SG_HAS_NO_RULES', at: 'DbSg' })
    expectFixes(closed, 'Fn', 'Db', [/^Let DbSg accept tcp 5432 from AppSg$/])
  })

  it('11.5 in the VPC there is no internet by itself', () => {
    const verdict = ask(course(), 'Fn', 'internet')
    expect(verdict).toMatchObject({ code: 'NO_ROUTE_TO_DESTINATION', at: 'PrivateTable' })
    expectFixes(course(), 'Fn', 'internet', [
      /^Add a NAT gateway in PublicA and route 0\.0\.0\.0\/0 of PrivateA to it$/,
      /^Take Fn out of the VPC$/,
    ])
  })

  it('11.6 internet needs the internet gateway, both routes and the NAT gateway: only all four work', () => {
    const all = courseWith(nat('PublicA'))
    expect(ask(all, 'Fn', 'internet').reachable).toBe(true)
    for (const piece of ['Igw', 'IgwAttachment', 'PublicRoute', 'Nat', 'PrivateRoute']) {
      const without = courseWith({ ...nat('PublicA'), [piece]: undefined })
      expect(ask(without, 'Fn', 'internet').reachable, piece).toBe(false)
      expectFixes(without, 'Fn', 'internet', [/./])
    }
  })

  it('11.7 a public subnet does not help (vector 32, NET-30)', () => {
    const document = courseWith({ Fn: functionIn(['PublicA']) })
    const verdict = ask(document, 'Fn', 'MovieApi')
    expect(verdict).toMatchObject({ code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', at: 'Igw' })
    expect(verdict.explanation).toMatch(
      /^10\.0\.0\.4 has no public IP: an internet gateway only carries addresses that have one\./,
    )
    expectFixes(document, 'Fn', 'MovieApi', [/behind a NAT gateway/, /out of the VPC/])
    const flagged = courseWith({
      Fn: functionIn(['PublicA']),
      PublicA: resource('AWS::EC2::Subnet', { VpcId: 'Vpc', CidrBlock: '10.0.0.0/24', MapPublicIpOnLaunch: true }),
    })
    expect(ask(flagged, 'Fn', 'MovieApi').code).toBe('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS')
  })

  it('11.8 the NAT gateway must sit in a public subnet (vector 33)', () => {
    const document = courseWith(nat('PrivateA'))
    expect(ask(document, 'Fn', 'internet')).toMatchObject({ code: 'NO_ROUTE_TO_DESTINATION', at: 'Nat' })
    expectFixes(document, 'Fn', 'internet', [/^Put Nat into PublicA$/])
  })

  it('11.9 opening a security group is not a route', () => {
    const anything = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]
    const document = courseWith({
      AppSg: resource('AWS::EC2::SecurityGroup', {
        VpcId: 'Vpc',
        SecurityGroupIngress: anything,
        SecurityGroupEgress: anything,
      }),
    })
    expect(ask(document, 'Fn', 'internet').code).toBe('NO_ROUTE_TO_DESTINATION')
  })

  it('11.12 other services need an interface endpoint or a NAT gateway', () => {
    expect(ask(course(), 'Fn', 'Queue').reachable).toBe(false)
    expectFixes(course(), 'Fn', 'Queue', [/^Add an interface endpoint for sqs in PrivateA$/, /NAT gateway/])
  })

  it('11.15 a function in two zones survives one; 11.16 nothing dials into a function', () => {
    const document = courseWith({ Fn: functionIn(['PrivateA', 'PrivateB']) })
    const zoneA: Conditions = { zonesDown: new Set(['a']) }
    expect(ask(document, 'Fn', 'Db', {}, zoneA).reachable).toBe(true)
    expect(ask(course(), 'Fn', 'Db', {}, zoneA)).toMatchObject({ code: 'BAD_STATE', at: 'PrivateA' })
    const open = resource('AWS::EC2::SecurityGroup', {
      VpcId: 'Vpc',
      SecurityGroupIngress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }],
    })
    expect(ask(course(), 'Db', '10.0.1.4').code).toBe('SG_HAS_NO_RULES')
    expect(ask(courseWith({ AppSg: open }), 'Db', '10.0.1.4').code).toBe('NO_POSSIBLE_DESTINATION')
  })
})

describe('gateway endpoint', () => {
  const endpoint = (tables: string[], service = 's3') =>
    resource('AWS::EC2::VPCEndpoint', {
      VpcId: 'Vpc',
      ServiceName: `com.amazonaws.us-east-1.${service}`,
      VpcEndpointType: 'Gateway',
      RouteTableIds: tables,
    })
  const narrow = resource('AWS::EC2::SecurityGroup', {
    VpcId: 'Vpc',
    SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }],
  })

  it('opens its own service and nothing else', () => {
    const document = courseWith({ S3: endpoint(['PrivateTable']) })
    expect(ask(document, 'Fn', 'Bucket').reachable).toBe(true)
    expect(ask(document, 'Fn', 'Table').reachable).toBe(false)
    expect(ask(document, 'Fn', 'internet').reachable).toBe(false)
  })

  it('needs the subnet in its route tables', () => {
    const document = courseWith({ Ddb: endpoint([], 'dynamodb') })
    expect(ask(document, 'Fn', 'Table').reachable).toBe(false)
    expectFixes(document, 'Fn', 'Table', [/^Add the route table of PrivateA to Ddb$/])
  })

  it('needs an egress rule for the prefix list (vector 34)', () => {
    const document = courseWith({ S3: endpoint(['PrivateTable']), AppSg: narrow })
    expect(ask(document, 'Fn', 'Bucket')).toMatchObject({ code: 'ENI_SG_RULES_MISMATCH', at: 'AppSg' })
    expectFixes(document, 'Fn', 'Bucket', [/^Let AppSg send tcp 443 to the s3 prefix list$/])
  })

  it('is added for DynamoDB as the first fix', () => {
    expectFixes(course(), 'Fn', 'Table', [/^Add a gateway endpoint for dynamodb to the route table of PrivateA$/])
    expectFixes(courseWith({ AppSg: narrow }), 'Fn', 'Table', [/prefix list, then add a gateway endpoint/])
  })
})

describe('interface endpoint', () => {
  const endpoint = (more: Resource['Properties']) =>
    resource('AWS::EC2::VPCEndpoint', {
      VpcId: 'Vpc',
      ServiceName: 'com.amazonaws.us-east-1.sqs',
      VpcEndpointType: 'Interface',
      SubnetIds: ['PrivateB'],
      ...more,
    })
  const https = resource('AWS::EC2::SecurityGroup', {
    VpcId: 'Vpc',
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16' }],
  })

  it('answers through private DNS and its own security group', () => {
    const open = courseWith({ Sqs: endpoint({ PrivateDnsEnabled: true, SecurityGroupIds: ['Https'] }), Https: https })
    expect(ask(open, 'Fn', 'Queue').reachable).toBe(true)
    const closed = courseWith({ Sqs: endpoint({ PrivateDnsEnabled: true, SecurityGroupIds: ['DbSg'] }) })
    expect(ask(closed, 'Fn', 'Queue')).toMatchObject({ code: 'ENI_SG_RULES_MISMATCH', at: 'DbSg' })
  })

  it('without private DNS the name still resolves to the public address', () => {
    const document = courseWith({ Sqs: endpoint({ SecurityGroupIds: ['Https'] }), Https: https })
    expect(ask(document, 'Fn', 'Queue')).toMatchObject({ code: 'NO_ROUTE_TO_DESTINATION' })
    expectFixes(document, 'Fn', 'Queue', [/^Switch on private DNS of Sqs$/])
  })

  it('fails when it has no interface in a zone that is up', () => {
    const document = courseWith({
      Sqs: endpoint({ PrivateDnsEnabled: true, SecurityGroupIds: ['Https'] }),
      Https: https,
    })
    const verdict = ask(document, 'Fn', 'Queue', {}, { zonesDown: new Set(['us-east-1b']) })
    expect(verdict).toMatchObject({ code: 'VPCE_SERVICE_NOT_INSTALLED_IN_AZ', at: 'Sqs' })
    expectFixes(
      courseWith({
        Sqs: endpoint({ PrivateDnsEnabled: true, SubnetIds: [], SecurityGroupIds: ['Https'] }),
        Https: https,
      }),
      'Fn',
      'Queue',
      [/^Give Sqs an interface in PrivateA$/],
    )
  })
})
