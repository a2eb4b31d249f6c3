import { describe, expect, it } from 'vitest'
import { evaluate, statementsOf } from '../../../iam'
import { buildNetwork, reach } from '../../../network'
import type { Scenario } from '../../../model/scenario'
import { applyPatches } from '../../problems/applyPatches'
import { remedies } from './remedies'

const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Worker: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        ReservedConcurrentExecutions: 5,
        Timeout: 600,
        VpcConfig: { SubnetIds: ['Net'], SecurityGroupIds: [] },
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'Orders', FunctionName: 'Worker' },
    },
    Orders: { Type: 'AWS::SQS::Queue' },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Api: { Type: 'Coldstart::Internet' },
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'Vpc', CidrBlock: '10.0.1.0/24', AvailabilityZone: 'a' } },
  },
}
const wire = { from: 'Worker', to: 'Table', action: 'dynamodb:PutItem' }
const titles = (code: string, of = scenario) =>
  remedies({ code, resource: 'Worker', wire }, of).map(({ title }) => title)

describe('remedies', () => {
  it('limits the mapping to what the function may run, or reserves more', () => {
    expect(titles('lambda.reserved')).toEqual(['Set MaximumConcurrency to 5', 'Reserve 10 environments'])
    const limited = applyPatches(
      scenario,
      remedies({ code: 'lambda.reserved', resource: 'Worker' }, scenario)[0]!.patches,
    )
    expect(limited.resources['Mapping']?.Properties).toMatchObject({ ScalingConfig: { MaximumConcurrency: 5 } })
    expect(titles('lambda.reserved', limited)).toEqual(['Reserve 10 environments'])
  })
  it('lengthens a timeout up to the limit', () => {
    expect(titles('lambda.timeout')).toEqual(['Set Timeout to 900 s'])
    const longest = applyPatches(
      scenario,
      remedies({ code: 'lambda.timeout', resource: 'Worker' }, scenario)[0]!.patches,
    )
    expect(titles('lambda.timeout', longest)).toEqual([])
  })
  it('writes a missing permission', () => {
    const [grant] = remedies({ code: 'call.denied', resource: 'Table', wire }, scenario)
    const after = applyPatches(scenario, grant!.patches)
    const role = after.resources[String(after.resources['Worker']?.Properties?.['Role'])]!
    expect(evaluate({ statements: statementsOf(role), action: 'dynamodb:PutItem', resource: 'Table' }).allowed).toBe(
      true,
    )
  })
  it('opens a blocked way', () => {
    const found = remedies(
      { code: 'call.unreachable', resource: 'Worker', wire: { from: 'Worker', to: 'Api', action: 'https:Request' } },
      scenario,
    )
    expect(found.length).toBeGreaterThan(0)
    const after = applyPatches(scenario, found[0]!.patches)
    expect(reach(buildNetwork(after), { from: 'Worker', to: 'Api', port: 443 }).reachable).toBe(true)
  })
  it('knows nothing about the rest', () => {
    expect(titles('lambda.cold')).toEqual([])
    expect(remedies({ code: 'call.denied', resource: 'Table' }, scenario)).toEqual([])
  })
})
