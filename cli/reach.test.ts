import { describe, expect, it } from 'vitest'
import { smallNetwork } from '../src/iac/describe/small-network.fixture'
import { command } from './command'
import { fakeIo } from './fake-io.fixture'
import type { Io } from './io'

interface Answer {
  readonly result: string
  readonly code: string
  readonly at: string | null
  readonly component: string | null
  readonly hops: readonly { readonly resource: string }[]
}

/** Files in memory; `folder` names what lies below a folder. */
function world(files: { readonly [path: string]: string }): Io & { out: string[]; errors: string[] } {
  const io = fakeIo(files)
  const files_ = (path: string): string[] | null => {
    const below = Object.keys(files).filter((name) => name.startsWith(`${path}/`))
    return below.length === 0 ? null : below.map((name) => name.slice(path.length + 1)).sort()
  }
  return { ...io, files: files_ }
}

const NETWORK = Object.fromEntries(smallNetwork().map(({ name, text }) => [`net/111122223333/eu-west-1/${name}`, text]))

const YAML = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Block: { Type: String, Default: 10.0.0.0/16 }
  Public: { Type: String, Default: 'yes' }
Conditions:
  IsPublic: !Equals [!Ref Public, 'yes']
  Never: !Not [!Condition IsPublic]
Mappings:
  Ports: { web: { number: 8080 } }
Resources:
  Net:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: !Ref Block, Tags: [{ Key: Name, Value: !Sub '\${AWS::StackName}-net' }] }
  Near:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Net
      CidrBlock: !Select [0, !Cidr [!GetAtt Net.CidrBlock, 2, 8]]
      AvailabilityZone: !Select [0, !GetAZs '']
  Far:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Net, CidrBlock: !Select [1, !Cidr [!Ref Block, 2, 8]] }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Net
      GroupDescription: web
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: !FindInMap [Ports, web, number]
          ToPort: !FindInMap [Ports, web, number]
          CidrIp: !If [IsPublic, 0.0.0.0/0, !Ref 'AWS::NoValue']
  Client: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Near, SecurityGroupIds: [!GetAtt Group.GroupId] } }
  Server: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Far, SecurityGroupIds: [!Ref Group] } }
  Ghost: { Type: AWS::EC2::Instance, Condition: Never, Properties: { SubnetId: !Ref Far } }
  Other: { Type: AWS::Some::Thing }
`

async function ask(io: ReturnType<typeof world>, ...args: string[]): Promise<Answer> {
  io.out.length = 0
  await command(['reach', ...args, '--json'], io)
  expect(io.errors.filter((line) => !line.startsWith('note: '))).toEqual([])
  return JSON.parse(io.out.join('')) as Answer
}

describe('reach in a folder of aws ec2 describe-*', () => {
  const io = world(NETWORK)

  it('takes AWS ids, names and addresses, and answers with AWS ids', async () => {
    for (const [from, to] of [
      ['i-0a1', 'i-0a2'],
      ['Web1', '10.1.1.10'],
      ['eni-0a1', 'DatabaseHost'],
    ] as const) {
      const open = await ask(io, 'net', '--from', from, '--to', to, '--port', '5432')
      expect(open).toMatchObject({ result: 'reachable', at: null, component: null })
      expect(open.hops.map(({ resource }) => resource)).toContain('sg-0a3')
    }
    expect(await ask(io, 'net', '--from', 'i-0a1', '--to', 'i-0a2', '--port', '22')).toMatchObject({
      result: 'blocked',
      at: 'i-0a2',
      component: 'sg-0a3',
    })
    expect(await ask(io, 'net', '--from', 'i-0a2', '--to', 'internet')).toMatchObject({
      result: 'blocked',
      code: 'NO_ROUTE_TO_DESTINATION',
      at: 'subnet-0a2',
      component: 'rtb-0a1',
    })
    expect(await ask(io, 'net', '--from', 'internet', '--to', '54.0.0.10', '--source', '8.8.8.8')).toMatchObject({
      result: 'reachable',
    })
  })

  it('says on standard error what it did not understand', () => {
    expect(io.errors).toContain('note: sg-0a2: a rule for sg-0ffff was left out. It is in no file.')
  })

  it('reads a network once for a whole batch', async () => {
    let reads = 0
    const counted = world({
      ...NETWORK,
      'cases.jsonl': Array.from({ length: 500 }, () => '{"scenario":"net","from":"i-0a1","to":"internet"}').join('\n'),
    })
    const io500 = {
      ...counted,
      files: (path: string) => counted.files?.(path.replace(/^.*\/(?=net$)/, '')) ?? null,
      read: (path: string) => {
        reads++
        return counted.read(path.replace(/^.*\/(?=net\/|cases)/, ''))
      },
    }
    expect(await command(['reach', '--batch', 'cases.jsonl'], io500)).toBe(0)
    expect(counted.out.join('').trim().split('\n')).toHaveLength(500)
    expect(reads).toBe(Object.keys(NETWORK).length + 1)
  })

  it('refuses in one line', async () => {
    const wrong = world({ 'net/a.json': '{"Vpcs": [', 'empty/readme.txt': 'x' })
    expect(await command(['reach', 'net', '--from', 'a', '--to', 'b'], wrong)).toBe(2)
    expect(await command(['reach', 'empty', '--from', 'a', '--to', 'b'], wrong)).toBe(2)
    expect(wrong.errors).toEqual([
      'sim reach: net: a.json, line 1: the JSON value ends too early.',
      'sim reach: empty holds no .json file',
    ])
  })
})

describe('reach in a CloudFormation template', () => {
  const io = world({
    'net.yaml': YAML,
    'net.json': JSON.stringify({
      Resources: {
        Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
        Sub: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.1.0/24' } },
        Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Net' }, GroupDescription: 'x' } },
        Fn: {
          Type: 'AWS::Serverless::Function',
          Properties: {
            VpcConfig: { SubnetIds: [{ Ref: 'Sub' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
          },
        },
      },
    }),
    'circle.yaml':
      'Conditions: {A: !Condition B, B: !Condition A}\nResources:\n  X: {Type: AWS::EC2::VPC, Condition: A}\n',
    'broken.yaml': 'Resources:\n  X: {Type: [\n',
  })

  it('reads the short forms of YAML and what they evaluate to', async () => {
    expect(await ask(io, 'net.yaml', '--from', 'Client', '--to', 'Server', '--port', '8080')).toMatchObject({
      result: 'reachable',
    })
    expect(await ask(io, 'net.yaml', '--from', 'Client', '--to', 'Server', '--port', '443')).toMatchObject({
      result: 'blocked',
      at: 'Group',
    })
    expect(await ask(io, 'net.yaml', '--from', 'Client', '--to', 'Ghost')).toMatchObject({ code: 'UNKNOWN_RESOURCE' })
    expect(io.errors).toContain('note: Other: AWS::Some::Thing is not understood and was left out.')
  })

  it('reads JSON, and functions of SAM', async () => {
    expect(await ask(io, 'net.json', '--from', 'Fn', '--to', 'internet')).toMatchObject({
      result: 'blocked',
      code: 'NO_ROUTE_TO_DESTINATION',
    })
  })

  it('refuses circles and what is no YAML in one line', async () => {
    expect(await command(['reach', 'circle.yaml', '--from', 'a', '--to', 'b'], io)).toBe(2)
    expect(await command(['reach', 'broken.yaml', '--from', 'a', '--to', 'b'], io)).toBe(2)
    expect(io.errors.slice(-2)).toEqual([
      'sim reach: circle.yaml: The template refers to itself in a circle.',
      expect.stringMatching(/^sim reach: broken\.yaml: /),
    ])
  })
})
