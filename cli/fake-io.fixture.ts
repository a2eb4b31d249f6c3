import { Refusal, type Io } from './io'

/** Files in memory; what a verb wrote and said. */
export interface FakeIo extends Io {
  readonly out: string[]
  readonly errors: string[]
}

export function fakeIo(files: { readonly [path: string]: string }): FakeIo {
  const out: string[] = []
  const errors: string[] = []
  return {
    out,
    errors,
    read(path) {
      const text = files[path]
      if (text === undefined) throw new Refusal(`${path} does not exist`)
      return text
    },
    exists: (path) => files[path] !== undefined,
    write: (text) => out.push(text),
    complain: (line) => errors.push(line),
  }
}

/** Twenty calls at once to a function with a private network beside it. */
export const TWENTY = {
  coldstart: 1,
  name: 'Twenty',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Shop: {
      Type: 'Coldstart::Client',
      Behavior: { traffic: { pattern: 'burst', count: 20 }, call: 'lambda:Invoke', to: 'Fn' },
    },
    FnRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyName: 'Logs',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['logs:*'], Resource: ['*'] }],
            },
          },
        ],
      },
    },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: 'FnRole',
        VpcConfig: { SubnetIds: ['Private'], SecurityGroupIds: ['Group'] },
      },
      Behavior: { steps: [{ wait: 0.1 }] },
    },
    Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Private: {
      Type: 'AWS::EC2::Subnet',
      Properties: { VpcId: 'Net', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-central-1a' },
    },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'Net', GroupDescription: 'Functions' } },
  },
}
