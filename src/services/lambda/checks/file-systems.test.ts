import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../../model/scenario'
import { errors, fixed, fn, problems, type Resources } from './gate.fixture'

const subnet = (zone: string, VpcId = 'Vpc', block = '10.0.1.0/24'): Resource => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId, CidrBlock: block, AvailabilityZone: zone },
})
const role = (...actions: string[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    Policies: [
      {
        PolicyName: 'P',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['ec2:*', 'logs:*', ...actions], Resource: '*' }],
        },
      },
    ],
  },
})
const mounting = (more: JsonObject = {}, steps: JsonObject[] = []): Resource =>
  fn(
    {
      VpcConfig: { SubnetIds: ['A'], SecurityGroupIds: [] },
      FileSystemConfigs: [{ Arn: 'Point', LocalMountPath: '/mnt/data' }],
      ...more,
    },
    { steps },
  )
const around = (more: Resources): Resources => ({
  Role: role('elasticfilesystem:*'),
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  A: subnet('a'),
  Fs: { Type: 'AWS::EFS::FileSystem' },
  Target: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'Fs', SubnetId: 'A' } },
  Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'Fs' } },
  Fn: mounting(),
  ...more,
})
const warnings = (more: Resources): string[] =>
  problems(around(more)).flatMap(({ severity, message }) => (severity === 'warning' ? [message] : []))

describe('a function that mounts a file system (LAM-67)', () => {
  test('is well with a mount target in its zone and the permission', () => {
    expect(errors(around({}))).toEqual([])
    expect(warnings({})).toEqual([])
  })

  test('without a VPC is refused in the words of AWS', () => {
    const { VpcConfig: _, ...properties } = mounting().Properties!
    const Fn = fn(properties)
    expect(errors(around({ Fn }))).toEqual([
      'Fn mounts Fs and is in no VPC. Give it subnets, or remove the mount (LAM-67). AWS: Function must be configured to execute in a VPC to reference access point Point.',
    ])
    expect(fixed(around({ Fn })).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('mounts one, under /mnt/', () => {
    const one = { Arn: 'Point', LocalMountPath: '/mnt/data' }
    expect(errors(around({ Fn: mounting({ FileSystemConfigs: [one, one] }) }))).toHaveLength(1)
    expect(errors(around({ Fn: mounting({ FileSystemConfigs: [{ ...one, LocalMountPath: '/data' }] }) }))).toHaveLength(
      1,
    )
    expect(errors(around({ Fn: mounting({ FileSystemConfigs: [{ ...one, Arn: 'Fs' }] }) }))).toHaveLength(1)
  })

  test('in another VPC is refused, in another zone warned of', () => {
    const Other = { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } }
    const far = { Other, B: subnet('a', 'Other'), Target: target('B') }
    expect(errors(around(far))).toEqual(['Fn is in Vpc, Target of Fs in Other. Put both in one VPC (LAM-67).'])
    const near = { B: subnet('b', 'Vpc', '10.0.2.0/24'), Target: target('B') }
    expect(errors(around(near))).toEqual([])
    expect(warnings(near)).toEqual([
      'Fs has no mount target in zone a, where Fn runs in A. Environments there cannot mount it. Add one (LAM-67).',
    ])
    expect(fixed(around(near)).filter(({ severity }) => severity === 'warning')).toEqual([])
  })

  test('and SnapStart exclude each other (SS-2)', () => {
    const Fn = mounting({ Runtime: 'python3.13', SnapStart: { ApplyOn: 'PublishedVersions' } })
    expect(errors(around({ Fn })).filter((it) => it.includes('SS-2'))).toHaveLength(1)
  })

  test('needs permissions for what it does', () => {
    expect(warnings({ Role: role() })).toEqual([
      'Role may not elasticfilesystem:ClientMount on Fs, so Fn cannot mount it. Grant it (LAM-67).',
    ])
    expect(fixed(around({ Role: role() })).filter(({ severity }) => severity === 'warning')).toEqual([])
    const Fn = mounting({}, [{ write: '/mnt/data/a' }])
    expect(warnings({ Fn, Role: role('elasticfilesystem:ClientMount') })).toEqual([
      'Role may not elasticfilesystem:ClientWrite on Fs, so Fn cannot write. Grant it (LAM-67).',
    ])
  })

  test('is told of paths that are not mounted', () => {
    expect(warnings({ Fn: mounting({}, [{ read: '/mnt/other/a' }, { write: 'a' }]) })).toEqual([
      'Fn uses /mnt/other/a and mounts /mnt/data. Mount a file system there, or use a name alone for a file in /tmp.',
    ])
  })
})

function target(SubnetId: string): Resource {
  return { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'Fs', SubnetId } }
}
