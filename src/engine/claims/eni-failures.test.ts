/** Interfaces that cannot be built, and what becomes of the function (point 5 of "Networks one can walk through"). */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { Intervention, JsonObject, Resource } from '../../model/scenario'
import { stateReasonCode } from '../../services/lambda/states/state-reasons'
import { ec2, group, inVpc, of, subnet, VPC } from './course.fixture'
import {
  BURST,
  client,
  documentOf,
  fn,
  measure,
  ONCE,
  passed,
  reasonsOf,
  ROLE,
  scenarioOf,
  type Resources,
} from './run.fixture'

const role = (...Action: string[]): Resource =>
  of('AWS::IAM::Role', {
    Policies: [
      {
        PolicyName: 'Some',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: ['*'] }] },
      },
    ],
  })
/** A /28 that is full: it has 11 addresses for others. */
const FULL: Resources = {
  Small: subnet('10.0.9.0/28', 'a'),
  ...Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`Nat${i}`, ec2('NatGateway', { SubnetId: 'Small' })])),
}
const created = (subnetId: string, more: JsonObject = {}): Resource =>
  fn([{ wait: 0.1 }], { ...inVpc([subnetId]), ...more }, { created: 5 })
const calls: Resources = { Soon: client(ONCE(10), 'Fn'), Late: client(ONCE(100), 'Fn') }
const outcome = (scenario: ReturnType<typeof scenarioOf>) => ({
  ...measure(scenario, { soon: 'success Soon', late: 'success Late', enis: 'eni.created Vpc' }),
  codes: reasonsOf(scenario, 'lambda.stateFailed').map(({ value }) => stateReasonCode(value)),
})

describe('creation ends in Failed (LAM-16)', () => {
  test('no free address: SubnetOutOfIPAddresses (NET-10)', () => {
    const scenario = scenarioOf({ ...VPC, ...FULL, ...calls, Fn: created('Small') }, 200)
    expect(outcome(scenario)).toEqual({ soon: 0, late: 0, enis: 0, codes: ['SubnetOutOfIPAddresses'] })
    expect(reasonsOf(scenario, 'vpc.SubnetOutOfIPAddresses')[0]!.text).toContain('NET-10')
    expect(reasonsOf(scenario, 'lambda.unusable')).toHaveLength(2)
  })
  test('the role may not: InsufficientRolePermissions, and the gate says so with the edit (NET-8)', () => {
    const document = documentOf(
      {
        ...VPC,
        ...calls,
        Fn: created('PrivateA', { Role: 'Poor' }),
        Poor: role('logs:*', 'ec2:CreateNetworkInterface'),
      },
      200,
    )
    const gated = gateJson(document)
    const problem = gated.problems.find(({ path }) => path === '/resources/Fn/Properties/Role')!
    expect(problem.message).toMatch(
      /InsufficientRolePermissions.*AWS: The provided execution role does not have permissions to call DescribeNetworkInterfaces on EC2/,
    )
    expect(outcome(passed(gated))).toMatchObject({ soon: 0, late: 0, codes: ['InsufficientRolePermissions'] })
    const [patch] = problem.fix!.patches
    expect(patch!.path).toBe('/resources/Poor')
    const mended = gateJson({
      ...document,
      resources: { ...(document['resources'] as JsonObject), Poor: patch!.value as JsonObject },
    })
    expect(mended.problems.filter(({ path }) => path === problem.path)).toEqual([])
    expect(outcome(passed(mended))).toMatchObject({ soon: 0, late: 1, codes: [] })
  })
  test('the managed policy is enough (NET-8)', () => {
    const managed = of('AWS::IAM::Role', {
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'],
    })
    const scenario = scenarioOf({ ...VPC, ...calls, Fn: created('PrivateA', { Role: 'M' }), M: managed }, 200)
    expect(outcome(scenario)).toMatchObject({ late: 1, codes: [] })
  })
})

describe('an update that fails leaves the old configuration at work (LAM-15)', () => {
  const changing = (value: string[], more: Resources = {}, facts: { [key: string]: number } = {}) => {
    const interventions: Intervention[] = [{ at: 20, set: '/resources/Fn/Properties/VpcConfig/SubnetIds', value }]
    const resources = { ...VPC, ...FULL, ...more, ...calls, Fn: fn([{ wait: 0.1 }], inVpc(['PrivateA'])) }
    const scenario = { ...scenarioOf(resources, 200, { facts }), interventions }
    return {
      ...measure(scenario, { good: 'success Late', enis: 'eni.created Vpc', last: 'eni.count Vpc' }),
      codes: reasonsOf(scenario, 'lambda.updateFailed').map(({ value: code }) => stateReasonCode(code)),
    }
  }
  test('for want of an address', () =>
    expect(changing(['Small'])).toEqual({ good: 1, enis: 0, last: 1, codes: ['SubnetOutOfIPAddresses'] }))
  test('for want of quota: all interfaces or none (NET-4)', () => {
    expect(changing(['PrivateA', 'PrivateB', 'PublicA'], {}, { 'vpc.eniQuota': 2 })).toEqual({
      good: 1,
      enis: 0,
      last: 1,
      codes: ['EniLimitExceeded'],
    })
    expect(changing(['PrivateA', 'PrivateB'], {}, { 'vpc.eniQuota': 2 })).toMatchObject({ enis: 1, last: 2, codes: [] })
  })
})

describe('before September 2019 (NET-9)', () => {
  const crowd = (facts: { [key: string]: number }) =>
    scenarioOf(
      {
        ...VPC,
        OtherSg: group(),
        Role: ROLE,
        Fn: fn([{ wait: 1 }], { MemorySize: 3072, Timeout: 30, ...inVpc() }),
        Crowd: client(BURST(8, 1), 'Fn', { timeout: 60 }),
      },
      60,
      { profile: 'lambda-vpc-2018', facts },
    )
  test.each([
    ['vpc.interfaceQuota', 5, 'lambda.eniLimit', '502 ENILimitReachedException'],
    ['vpc.eniRate', 3, 'lambda.eniThrottled', '502 EC2ThrottledException'],
  ])('%s: %i of eight get one', (fact, value, code, words) => {
    const scenario = crowd({ [fact]: value })
    expect(
      measure(scenario, { good: 'invocations Fn', throttles: 'throttles Fn', created: 'eni.created Vpc' }),
    ).toEqual({
      good: value,
      throttles: 0,
      created: value,
    })
    expect(reasonsOf(scenario, code)).toHaveLength(8 - value)
    expect(reasonsOf(scenario, code)[0]!.text).toMatch(new RegExp(`${words}.*NET-9`))
  })
})
