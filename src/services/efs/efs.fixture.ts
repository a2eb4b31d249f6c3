/** A VPC with two zones, a file system with a mount target in each, and functions that mount it. */
import type { Json, JsonObject, Resource } from '../../model/scenario'
import { mayAll } from '../run.fixture'

type Resources = { [id: string]: Resource }

const subnet = (zone: string, block: string): Resource => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: 'Vpc', CidrBlock: block, AvailabilityZone: zone },
})
const group = (properties: JsonObject = {}): Resource => ({
  Type: 'AWS::EC2::SecurityGroup',
  Properties: { VpcId: 'Vpc', GroupDescription: 'g', ...properties },
})
export const target = (subnetId: string, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::EFS::MountTarget',
  Properties: { FileSystemId: 'Fs', SubnetId: subnetId, SecurityGroups: ['FsSg'], ...properties },
})
export const nfs = { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: 'AppSg' }

export const fileSystem = (more: Resources = {}): Resources => ({
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  A: subnet('a', '10.0.1.0/24'),
  B: subnet('b', '10.0.2.0/24'),
  AppSg: group(),
  FsSg: group({ SecurityGroupIngress: [nfs] }),
  Fs: { Type: 'AWS::EFS::FileSystem', Properties: { ThroughputMode: 'elastic' } },
  TargetA: target('A'),
  TargetB: target('B'),
  Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: 'Fs' } },
  Role: mayAll,
  ...more,
})

export const fn = (steps: Json, properties: JsonObject = {}, behavior: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Role: 'Role',
    VpcConfig: { SubnetIds: ['A', 'B'], SecurityGroupIds: ['AppSg'] },
    FileSystemConfigs: [{ Arn: 'Point', LocalMountPath: '/mnt/data' }],
    ...properties,
  },
  Behavior: { steps, provision: 0, init: 0, overhead: 0, ...behavior },
})

/** A role with these actions on the file system, and what a function in a VPC needs. */
export const role = (...actions: string[]): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'Some',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['ec2:*', 'logs:*'], Resource: '*' },
            ...(actions.length === 0 ? [] : [{ Effect: 'Allow', Action: actions, Resource: 'Fs' }]),
          ],
        },
      },
    ],
  },
})
