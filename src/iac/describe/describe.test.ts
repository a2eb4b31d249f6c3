import { describe, expect, it } from 'vitest'
import { gateJson } from '../../gate'
import { importDescribe, type DescribeFile } from '.'
import { laidOut } from './layout'
import { smallNetwork } from './small-network.fixture'

const file = (value: unknown, name = 'all.json'): DescribeFile => ({ name, text: JSON.stringify(value) })
const imported = (files: readonly DescribeFile[]) => {
  const result = importDescribe(files)
  if (!result.ok) throw new Error(result.message)
  return result
}
const refusal = (files: readonly DescribeFile[]): string => {
  const result = importDescribe(files)
  return result.ok ? 'not refused' : result.message
}

describe('a network from AWS', () => {
  const { scenario, notes, ids } = imported(smallNetwork())
  const of = (awsId: string) => scenario.resources[ids.get(awsId) ?? '']

  it('passes the gate as it is', () => {
    const gated = gateJson(scenario)
    expect(gated.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('gives logical ids by name tags, AWS ids where there is none, and labels as tagged', () => {
    expect(ids.get('vpc-0a1')).toBe('Shop')
    expect(ids.get('igw-0a1')).toBe('ShopGateway')
    expect(ids.get('sg-0a2')).toBe('Web')
    expect(ids.get('acl-0a1')).toBe('Acl0a1')
    expect(scenario.labels?.[ids.get('i-0a1') ?? '']).toBe('web 1')
    expect(Object.keys(scenario.resources).every((id) => /^[A-Za-z][A-Za-z0-9]*$/.test(id))).toBe(true)
  })

  it('keeps the ids, addresses, account and region AWS gave', () => {
    expect(of('vpc-0a1')?.Behavior).toEqual({ physicalId: 'vpc-0a1', account: '111122223333', region: 'eu-west-1' })
    expect(of('i-0a1')).toMatchObject({
      Properties: { PrivateIpAddress: '10.1.0.10', SecurityGroupIds: ['Web'] },
      Behavior: { physicalId: 'i-0a1', address: '10.1.0.10', publicIp: '54.0.0.10', state: 'running' },
    })
    expect(ids.get('eni-0a1')).toBe(ids.get('i-0a1'))
  })

  it('associates every subnet: those without a table of their own with the main one', () => {
    const tables = Object.values(scenario.resources)
      .filter(({ Type }) => Type === 'AWS::EC2::SubnetRouteTableAssociation')
      .map(({ Properties }) => [Properties?.['SubnetId'], Properties?.['RouteTableId']])
    expect(tables).toEqual([
      [ids.get('subnet-0a1'), ids.get('rtb-0a2')],
      [ids.get('subnet-0a2'), ids.get('rtb-0a1')],
    ])
  })

  it('leaves the local route and the last deny to AWS', () => {
    const blocks = Object.values(scenario.resources)
      .filter(({ Type }) => Type === 'AWS::EC2::Route')
      .map(({ Properties }) => Properties?.['DestinationCidrBlock'])
    expect(blocks).toEqual(['0.0.0.0/0'])
    const numbers = Object.values(scenario.resources)
      .filter(({ Type }) => Type === 'AWS::EC2::NetworkAclEntry')
      .map(({ Properties }) => Properties?.['RuleNumber'])
    expect(numbers).toEqual([100, 100])
  })

  it('says what it did not understand', () => {
    expect(notes).toEqual([
      'Extra.json: Gadgets is not understood and was left out.',
      'sg-0a2: a rule for sg-0ffff was left out. It is in no file.',
    ])
  })

  it('is the same from one paste as from many files', () => {
    const paste = smallNetwork()
      .map(({ text }) => text)
      .join('\n')
    const again = imported([{ name: 'Extra.json', text: paste }])
    expect(again.scenario.resources).toEqual({
      ...scenario.resources,
      Shop: {
        ...scenario.resources['Shop'],
        Behavior: { physicalId: 'vpc-0a1', account: '111122223333', region: 'eu-west-1' },
      },
    })
  })

  it('takes what two accounts both print once', () => {
    const twice = [
      ...smallNetwork(),
      ...smallNetwork().map(({ name, text }) => ({ name: `999988887777/${name}`, text })),
    ]
    expect(Object.keys(imported(twice).scenario.resources)).toEqual(Object.keys(scenario.resources))
  })

  it('takes the region and the account from folders', () => {
    const [vpcs] = smallNetwork()
    const text = vpcs?.text.replace('"OwnerId": "111122223333",', '') ?? ''
    const { scenario: alone } = imported([{ name: '444455556666/ap-south-1/Vpcs.json', text }])
    expect(alone.resources['Shop']?.Behavior).toEqual({
      physicalId: 'vpc-0a1',
      account: '444455556666',
      region: 'ap-south-1',
    })
  })
})

describe('what is read beside the usual', () => {
  const vpc = { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }
  const subnet = { SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: '10.0.0.0/24', AvailabilityZone: 'us-east-1a' }
  const routes = (...Routes: object[]) => ({
    RouteTableId: 'rtb-1',
    VpcId: 'vpc-1',
    Associations: [{ Main: true }],
    Routes,
  })

  it('takes a gateway in no file as attached when AWS calls the route active, and not otherwise', () => {
    const to = (State: string) =>
      imported([
        file({
          Vpcs: [vpc],
          Subnets: [subnet],
          RouteTables: [routes({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-9', State })],
        }),
      ])
    expect(to('active').scenario.resources['Igw9Attachment']?.Properties).toEqual({
      VpcId: 'Vpc1',
      InternetGatewayId: 'Igw9',
    })
    expect(to('active').notes[0]).toMatch(/^igw-9 is in no file/)
    expect(to('blackhole').scenario.resources['Igw9']).toBeUndefined()
  })

  it('reads routes of a transit gateway by the name of their file, and says so when it has another', () => {
    const network = file({
      Vpcs: [vpc],
      Subnets: [subnet],
      TransitGateways: [{ TransitGatewayId: 'tgw-1' }],
      TransitGatewayVpcAttachments: [
        {
          TransitGatewayAttachmentId: 'tgw-attach-1',
          TransitGatewayId: 'tgw-1',
          VpcId: 'vpc-1',
          SubnetIds: ['subnet-1'],
        },
      ],
      TransitGatewayRouteTables: [{ TransitGatewayRouteTableId: 'tgw-rtb-1', TransitGatewayId: 'tgw-1' }],
    })
    const found = {
      Routes: [
        {
          DestinationCidrBlock: '10.9.0.0/16',
          Type: 'static',
          State: 'active',
          TransitGatewayAttachments: [{ TransitGatewayAttachmentId: 'tgw-attach-1' }],
        },
      ],
    }
    const { scenario } = imported([network, file(found, 'routes/tgw-rtb-1.json')])
    expect(
      Object.values(scenario.resources).find(({ Type }) => Type === 'AWS::EC2::TransitGatewayRoute')?.Properties,
    ).toEqual({
      TransitGatewayRouteTableId: 'TgwRtb1',
      DestinationCidrBlock: '10.9.0.0/16',
      TransitGatewayAttachmentId: 'TgwAttach1',
    })
    expect(imported([network, file(found, 'routes.json')]).notes).toEqual([
      'routes.json: Routes does not say whose it is. Name the file after it, as tgw-rtb-0123.json.',
    ])
  })

  it('gives no connections to targets that are not healthy, unless none is', () => {
    const balancer = (...states: string[]) =>
      imported([
        file({
          Vpcs: [vpc],
          Subnets: [subnet],
          LoadBalancers: [
            {
              LoadBalancerArn: 'arn:1',
              LoadBalancerName: 'lb',
              Type: 'network',
              AvailabilityZones: [{ SubnetId: 'subnet-1' }],
            },
          ],
          Listeners: [
            {
              ListenerArn: 'arn:l',
              LoadBalancerArn: 'arn:1',
              Port: 80,
              Protocol: 'TCP',
              DefaultActions: [{ Type: 'forward', TargetGroupArn: 'arn:t' }],
            },
          ],
          TargetGroups: [
            {
              TargetGroupArn: 'arn:t',
              TargetGroupName: 'group',
              TargetType: 'ip',
              Port: 80,
              Protocol: 'TCP',
              VpcId: 'vpc-1',
            },
          ],
          LoadBalancerTargetHealth: [
            {
              TargetGroupArn: 'arn:t',
              TargetHealthDescriptions: states.map((State, i) => ({
                Target: { Id: `10.0.0.${i + 10}`, Port: 80 },
                TargetHealth: { State },
              })),
            },
          ],
        }),
      ]).scenario.resources['Group']?.Properties?.['Targets']
    expect(balancer('healthy', 'unhealthy')).toEqual([{ Id: '10.0.0.10', Port: 80 }])
    expect(balancer('unhealthy', 'unused')).toEqual([{ Id: '10.0.0.10', Port: 80 }])
  })
})

describe('refusals name the place', () => {
  it('of text that is no JSON', () => {
    expect(refusal([{ name: 'a/Vpcs.json', text: '{"Vpcs": [\n{"VpcId": }]}' }])).toMatch(
      /^a\/Vpcs\.json, value that begins in line 1: /,
    )
    expect(refusal([{ name: 'x.json', text: '{"Vpcs": []}\nhello' }])).toBe(
      'x.json, line 2: this is no JSON of aws ec2 describe-*.',
    )
    expect(refusal([{ name: 'x.json', text: '{"Vpcs": [' }])).toBe('x.json, line 1: the JSON value ends too early.')
  })

  it('of what holds no network', () => {
    expect(refusal([file({ coldstart: 1, resources: {} })])).toMatch(/holds no output of aws ec2 describe/)
    expect(refusal([file({ Subnets: [] })])).toBe('all.json holds no VPC. Add the output of aws ec2 describe-vpcs.')
  })

  it('of hostile values, at once', () => {
    expect(refusal([{ name: 'deep.json', text: '['.repeat(1_000_000) }])).toBe(
      'deep.json, line 1: nested deeper than 64 levels.',
    )
    expect(refusal([{ name: 'proto.json', text: '{"Vpcs": [{"__proto__": {"a": 1}}]}' }])).toMatch(
      /^proto\.json\/Vpcs\/0.*__proto__/,
    )
    expect(refusal([{ name: 'many.json', text: '{}'.repeat(10_000) }])).toBe(
      'many.json holds more than 500 JSON values.',
    )
    expect(refusal(Array.from({ length: 3_000 }, () => file({})))).toBe('There are 3000 files. The most is 2000.')
  })

  it('leaves single things out that are not as AWS prints them', () => {
    const { notes, scenario } = imported([file({ Vpcs: [{ VpcId: 7 }, { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }] })])
    expect(notes).toEqual(['all.json: Vpcs[0] was left out: VpcId is not as AWS prints it.'])
    expect(Object.keys(scenario.resources)).toEqual(['Vpc1'])
  })
})

describe('the layout', () => {
  it('holds subnets in zones in VPCs, and lets nothing overlap', () => {
    const { layout = {} } = laidOut(imported(smallNetwork()).scenario)
    const rect = (id: string) => ({ w: 148, h: 32, ...layout[id] }) as { x: number; y: number; w: number; h: number }
    const inside = (inner: string, outer: string): boolean => {
      const [a, b] = [rect(inner), rect(outer)]
      return a.x >= b.x && a.y >= b.y && a.x + a.w <= b.x + b.w && a.y + a.h <= b.y + b.h
    }
    expect(inside('PublicA', 'zone:Shop:eu-west-1a')).toBe(true)
    expect(inside('zone:Shop:eu-west-1a', 'Shop')).toBe(true)
    expect(inside('Web1', 'PublicA')).toBe(true)
    const [a, b] = [rect('zone:Shop:eu-west-1a'), rect('zone:Shop:eu-west-1b')]
    expect(a.x + a.w <= b.x || b.x + b.w <= a.x).toBe(true)
  })
})
