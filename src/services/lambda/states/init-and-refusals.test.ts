import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'

const fn = (behavior: JsonObject, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_024, Timeout: 30, Role: 'Role', ...properties },
  Behavior: { steps: [{ wait: 0.1 }], ...behavior },
})
const once = (to: string, at: number): Resource => client('lambda:Invoke', to, { pattern: 'once', at })

describe('init of a provisioned environment (LAM-20)', () => {
  const version = (seconds: number) => ({
    Role: mayAll,
    Fn: fn({ init: seconds }),
    V1: {
      Type: 'AWS::Lambda::Version',
      Properties: {
        FunctionName: 'Fn',
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 },
      },
      Behavior: { number: 1, requestedAt: 1 },
    },
    Client: once('V1', 290),
  })
  test('may take 130 s, and the call does not pay it again', () => {
    expect(runOf(scenarioOf(version(100))).total('Fn', 'Duration')).toBe(101_000)
  })
  test('beyond them it is cut and tried again in the call', () => {
    const run = runOf(scenarioOf(version(140), { duration: 400 }))
    expect(run.total('Fn', 'Timeouts')).toBe(1)
  })
})

test('before August 2025 init was free for zip packages on managed runtimes alone (LAM-27)', () => {
  const billed = (properties: JsonObject): number =>
    runOf(
      scenarioOf(
        { Role: mayAll, Fn: fn({ init: 0.05 }, properties), Client: once('Fn', 1) },
        { profile: 'billing-before-2025-08' },
      ),
    ).total('Fn', 'BilledMs')
  expect(billed({})).toBe(101)
  expect(billed({ PackageType: 'Image' })).toBe(151)
  expect(billed({ Runtime: 'provided.al2023' })).toBe(151)
})

describe('refusals that are no throttles (LAM-52)', () => {
  test('a function that is not created yet: 404; then it answers', () => {
    const resources = { Role: mayAll, Fn: fn({ created: 30 }), Early: once('Fn', 1), Late: once('Fn', 40) }
    const run = runOf(scenarioOf(resources))
    expect(run.reasons('lambda.absent')).toEqual([[1, 0]])
    expect(run.total('Fn', 'Invocations')).toBe(1)
    expect(run.total('Fn', 'Throttles')).toBe(0)
  })
  test('no free address in the subnet: 502, also for asynchronous events, which back off (INV-4)', () => {
    const run = (call: string) =>
      runOf(
        scenarioOf(
          {
            Role: mayAll,
            Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
            Small: {
              Type: 'AWS::EC2::Subnet',
              Properties: { VpcId: 'Vpc', CidrBlock: '10.0.0.0/28', AvailabilityZone: 'a' },
            },
            Sg: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'Vpc', GroupDescription: 'none' } },
            Fn: fn(
              { steps: [{ wait: 20 }] },
              { MemorySize: 3_008, VpcConfig: { SubnetIds: ['Small'], SecurityGroupIds: ['Sg'] } },
            ),
            Client: client(call, 'Fn', { pattern: 'burst', count: 30, at: 100 }),
          },
          { profile: 'lambda-vpc-2018', duration: 110 },
        ),
      )
    const waiting = run('lambda:Invoke')
    expect(waiting.reasons('lambda.noAddress').length).toBeGreaterThan(0)
    expect(waiting.total('Fn', 'Throttles')).toBe(0)
    const events = run('lambda:InvokeAsync')
    expect(events.reasons('lambda.backoff').length).toBeGreaterThan(0)
    expect(events.total('Fn', 'Throttles')).toBe(0)
  })
})

test('a cached snapshot and its restores cost, for Python and .NET but not for Java (SS-4, PR-8)', () => {
  const costs = (Runtime: string) =>
    runOf(
      scenarioOf(
        {
          Role: mayAll,
          Fn: fn({}, { Runtime, SnapStart: { ApplyOn: 'PublishedVersions' } }),
          V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' }, Behavior: { number: 1 } },
          Client: once('V1', 1),
        },
        { duration: 21_600 },
      ),
    ).costs.filter(({ fact }) => fact.includes('Snapshot') || fact.includes('Restore'))
  expect(costs('python3.13').map(({ quantity, usd }) => [quantity, usd.toFixed(6)])).toEqual([
    [21_600, (21_600 * 0.0000015046).toFixed(6)],
    [1, '0.000140'],
  ])
  expect(costs('java25')).toEqual([])
})
