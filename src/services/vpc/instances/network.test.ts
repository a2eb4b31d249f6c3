import { expect, it } from 'vitest'
import { ec2, pair, peered, route } from '../../../network/pair.fixture'
import { expectResumable } from '../../resume.fixture'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'

/** A function whose way to a database in another VPC leads through an instance that forwards. */
const { resources } = pair({
  Fire: ec2('Instance', { SubnetId: 'ATwo', SecurityGroupIds: ['AGroup'], SourceDestCheck: false }),
  ATwoTable: ec2('RouteTable', { VpcId: 'A' }),
  AJoinedTwo: ec2('SubnetRouteTableAssociation', { SubnetId: 'ATwo', RouteTableId: 'ATwoTable' }),
  ...peered(),
  AToB: route('ATable', '10.2.0.0/16', { InstanceId: 'Fire' }),
  OnToB: route('ATwoTable', '10.2.0.0/16', { VpcPeeringConnectionId: 'Pcx' }),
})
const scenario = scenarioOf(
  {
    ...resources,
    Role: mayAll,
    Db: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { Engine: 'mysql', DBSubnetGroupName: 'Group', VPCSecurityGroups: ['BGroup'] },
    },
    Group: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: ['BOne', 'BTwo'] } },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: 'Role', Timeout: 3, VpcConfig: { SubnetIds: ['AOne'], SecurityGroupIds: ['AGroup'] } },
      Behavior: { steps: [{ call: 'rds:Query', to: 'Db' }] },
    },
    Caller: client('lambda:Invoke', 'Fn', { pattern: 'repeat', every: 20, times: 9, at: 5 }),
    Stop: client('ec2:StopInstances', 'Fire', { pattern: 'once', at: 50 }),
    Start: client('ec2:StartInstances', 'Fire', { pattern: 'once', at: 110 }),
  },
  { duration: 200 },
)

it('an instance that forwards does so only while it runs', () => {
  // stopping at 50, running again at 120: the calls at 65, 85 and 105 are lost
  const ok = ['ok', 'ok', 'ok']
  expect(runOf(scenario).spans('Fn')).toEqual([...ok, 'timeout', 'timeout', 'timeout', ...ok])
})

it('and a resumed run knows it', () => {
  expectResumable(scenario, [8, 15, 22, 30])
})
