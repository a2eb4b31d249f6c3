import { describe, expect, it } from 'vitest'
import type { Resource, Scenario } from '../../model/scenario'
import { policyChecks, roleChecks } from './checks'
import { kinds } from './kinds'
import { ROLE, withoutPermission, withPermission } from '../roles'
import { scenarioOf } from '../run.fixture'

const fn = (role?: string): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: role === undefined ? {} : { Role: role },
})
const apply = (scenario: Scenario, resources: Scenario['resources']): Scenario => ({
  ...scenario,
  resources: { ...scenario.resources, ...resources },
})

describe('permissions of a function', () => {
  it('make a role, are found there, and leave no trace when taken back', () => {
    const before = scenarioOf({ Fn: fn(), T: { Type: 'AWS::DynamoDB::Table' } })
    const granted = apply(before, withPermission(before, 'Fn', 'dynamodb:PutItem', 'T'))
    expect(granted.resources['Fn']!.Properties).toEqual({ Role: 'FnRole' })
    expect(policyChecks(granted)).toEqual([])
    expect(roleChecks(granted)).toEqual([])
    expect(withPermission(granted, 'Fn', 'dynamodb:PutItem', 'T')).toEqual({})
    const second = apply(granted, withPermission(granted, 'Fn', 'dynamodb:GetItem', 'T'))
    const back = apply(second, withoutPermission(second, 'Fn', 'dynamodb:GetItem', 'T'))
    expect(back).toEqual(granted)
    expect(withoutPermission(back, 'Fn', 'dynamodb:GetItem', 'T')).toEqual({})
  })

  it('belong to the only user of a role; a shared role belongs to nobody', () => {
    const role: Resource = { Type: ROLE }
    const owners = (scenario: Scenario) => kinds[ROLE]!.owners!(scenario.resources['R']!, scenario)
    expect(owners(scenarioOf({ R: role, A: fn('R') }))).toEqual(['A'])
    expect(owners(scenarioOf({ R: role, A: fn('R'), B: fn('R') }))).toEqual([])
  })

  it('are checked: broken policies, unused roles, roles that are none', () => {
    const broken: Resource = {
      Type: ROLE,
      Properties: {
        Policies: [
          { PolicyName: 'P', PolicyDocument: { Statement: [{ Effect: 'Maybe', Action: 'a:b', Resource: '*' }] } },
        ],
      },
    }
    const scenario = scenarioOf({ R: broken, Q: { Type: 'AWS::SQS::Queue' }, Fn: fn('Q') })
    expect(policyChecks(scenario)[0]!.path).toMatch(/^\/resources\/R\/Properties\/Policies\/0/)
    expect(roleChecks(scenario).map(({ path }) => path)).toEqual(['/resources/R', '/resources/Fn/Properties/Role'])
  })

  it('count as used where a rule, a subscription or a delivery stream names them', () => {
    const R: Resource = { Type: ROLE }
    const named = (Type: string, Properties: Resource['Properties'] & object) =>
      roleChecks(scenarioOf({ R, X: { Type, Properties } }))
    expect(named('AWS::Events::Rule', { Targets: [{ Id: 'a', Arn: 'S', RoleArn: 'R' }] })).toEqual([])
    expect(named('AWS::SNS::Subscription', { SubscriptionRoleArn: 'R' })).toEqual([])
    const source = { KinesisStreamARN: 'S', RoleARN: 'R' }
    expect(named('AWS::KinesisFirehose::DeliveryStream', { KinesisStreamSourceConfiguration: source })).toEqual([])
    expect(named('AWS::Events::Rule', { Targets: [{ Id: 'a', Arn: 'S' }] })).toHaveLength(1)
  })
})
