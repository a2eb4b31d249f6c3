import { describe, expect, it } from 'vitest'
import { removeResources } from '../../gate'
import type { Resource, Scenario } from '../../model/scenario'
import { client, openToAll, scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { connectors } from './connectors'
import { kinds } from './kinds'
import { LISTENER, LOAD_BALANCER, TARGET_GROUP } from './settings'

const [target, request] = connectors
const fn = (behavior: Resource['Behavior'] = {}): Resource => ({ Type: 'AWS::Lambda::Function', Behavior: behavior })
const made = kinds[LOAD_BALANCER]!.create!('Alb', { container: null, taken: new Set() }, scenarioOf({}))

function drawn(scenario: Scenario, from: string, to: string): Scenario {
  const { resources } = target!.connect(from, to, scenario)
  return { ...scenario, resources: { ...scenario.resources, ...(resources as Scenario['resources']) } }
}
const problems = (scenario: Scenario): [string, string][] =>
  checks
    .flatMap((check) => check({ ...scenario, resources: openToAll(scenario.resources) }))
    .map(({ severity, path }) => [severity, path])

describe('drawing load balancer -> function', () => {
  it('writes listener, target group and response, finds the wire again and removes it', () => {
    const before = scenarioOf({ ...made, Fn: fn() })
    expect(target!.accepts('Alb', 'Fn', before)).toBe(true)
    const { said } = target!.connect('Alb', 'Fn', before)
    expect(said).toBe('Connected Alb to Fn through target group AlbToFn. Fn returns status 200.')
    const after = drawn(before, 'Alb', 'Fn')
    expect(after.resources['AlbHttp']).toEqual({
      Type: LISTENER,
      Properties: {
        LoadBalancerArn: 'Alb',
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: 'AlbToFn' }],
      },
    })
    expect(problems(after)).toEqual([])
    const wires = target!.derive(after)
    expect(wires).toEqual([{ from: 'Alb', to: 'Fn', action: 'lambda:Invoke', resource: 'AlbToFn', style: 'sync' }])
    expect(target!.accepts('Alb', 'Fn', after)).toHaveProperty('refused')
    expect(target!.disconnect(wires[0]!, after).resources).toEqual({
      AlbHttp: null,
      AlbToFn: null,
      AlbToFnInvokesFn: null,
    })
  })

  it('shares requests from the second function on', () => {
    const both = drawn(drawn(scenarioOf({ ...made, A: fn(), B: fn() }), 'Alb', 'A'), 'Alb', 'B')
    const wires = target!.derive(both)
    expect(wires.map(({ to, label }) => [to, label])).toEqual([
      ['A', 'A 50 %, B 50 %'],
      ['B', 'A 50 %, B 50 %'],
    ])
    const { resources } = target!.disconnect(wires[0]!, both)
    expect(resources['AlbToA']).toBeNull()
    expect(resources['AlbHttp']?.Properties?.['DefaultActions']).toEqual([
      { Type: 'forward', TargetGroupArn: 'AlbToB' },
    ])
  })

  it('refuses what is no function, and a sixth target group', () => {
    let scenario = scenarioOf({ ...made, T: { Type: 'AWS::DynamoDB::Table' } })
    expect(target!.accepts('Alb', 'T', scenario)).toHaveProperty('refused')
    expect(target!.accepts('T', 'Alb', scenario)).toBeNull()
    for (const id of ['A', 'B', 'C', 'D', 'E', 'F']) scenario.resources[id] = fn()
    for (const id of ['A', 'B', 'C', 'D', 'E']) scenario = drawn(scenario, 'Alb', id)
    expect(target!.accepts('Alb', 'F', scenario)).toHaveProperty('refused')
  })

  it('lets the load balancer in', () => {
    const Permission: Resource = {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'Fn', Principal: 'events.amazonaws.com' },
    }
    const before = scenarioOf({ ...made, Fn: fn(), Permission })
    const after = drawn(before, 'Alb', 'Fn')
    expect(after.resources['AlbToFnInvokesFn']?.Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: 'Fn',
      Principal: 'elasticloadbalancing.amazonaws.com',
      SourceArn: 'AlbToFn',
    })
    expect(problems(after)).toEqual([])
    expect(target!.disconnect(target!.derive(after)[0]!, after).resources).toHaveProperty('AlbToFnInvokesFn', null)
  })

  it('goes with its listener and target group', () => {
    const after = drawn(scenarioOf({ ...made, Fn: fn() }), 'Alb', 'Fn')
    expect(Object.keys(removeResources(after, ['Alb']).scenario.resources)).toEqual(['Fn', 'AlbToFnInvokesFn'])
    const without = removeResources(after, ['Fn']).scenario
    expect(without.resources['AlbToFn']?.Properties?.['Targets'] ?? []).toEqual([])
  })
})

it('drawing client -> load balancer writes a call of the protocol it listens to', () => {
  const C = client('lambda:Invoke', 'Fn', { pattern: 'once', at: 0 })
  const before = scenarioOf({ ...made, Fn: fn(), C })
  expect(request!.accepts('C', 'Alb', before)).toBe(true)
  expect(request!.connect('C', 'Alb', before).resources['C']?.Behavior).toMatchObject({
    call: 'http:Request',
    to: 'Alb',
  })
  const L: Resource = { Type: LISTENER, Properties: { LoadBalancerArn: 'Alb', Port: 443, Protocol: 'HTTPS' } }
  const secure = scenarioOf({ ...before.resources, L })
  expect(request!.connect('C', 'Alb', secure).resources['C']?.Behavior).toMatchObject({ call: 'https:Request' })
})

describe('checks', () => {
  const forward = (...groups: string[]): Resource['Properties'] => ({
    LoadBalancerArn: 'Alb',
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [
      { Type: 'forward', ForwardConfig: { TargetGroups: groups.map((TargetGroupArn) => ({ TargetGroupArn })) } },
    ],
  })
  const group = (...targets: string[]): Resource => ({
    Type: TARGET_GROUP,
    Properties: { TargetType: 'lambda', Targets: targets.map((Id) => ({ Id })) },
  })
  const L: Resource = { Type: LISTENER, Properties: forward('G')! }
  const Fn = fn({ response: { statusCode: 200 } })

  it('know what AWS refuses', () => {
    const base = { ...made, Fn, L, G: group('Fn') }
    expect(problems(scenarioOf(base))).toEqual([])
    expect(problems(scenarioOf({ ...base, M: L }))).toEqual([['error', '/resources/M/Properties/Port']])
    expect(problems(scenarioOf({ ...base, New: Fn, G: group('Fn', 'New') }))).toEqual([
      ['error', '/resources/G/Properties/Targets'],
    ])
    const Other = { ...L, Properties: { ...L.Properties, LoadBalancerArn: 'Second' } }
    const second = scenarioOf({ ...base, Second: made['Alb']!, Other })
    expect(problems(second)).toEqual([['error', '/resources/G']])
    const subnet = (AvailabilityZone: string): Resource => ({
      Type: 'AWS::EC2::Subnet',
      Properties: { AvailabilityZone },
    })
    const placed = { ...made['Alb']!, Properties: { Subnets: ['A', 'B'] } }
    const zones = (b: string): Scenario => scenarioOf({ ...base, Alb: placed, A: subnet('a'), B: subnet(b) })
    expect(problems(zones('b'))).toEqual([])
    expect(problems(zones('a'))).toEqual([['error', '/resources/Alb/Properties/Subnets']])
  })

  it('know a client that speaks another protocol', () => {
    const C = client('https:Request', 'Alb', { pattern: 'once', at: 0 })
    const asked = scenarioOf({ ...made, Fn, L, G: group('Fn'), C })
    expect(problems(asked)).toEqual([['warning', '/resources/C/Behavior/call']])
    expect(problems(scenarioOf({ ...asked.resources, C: client('http:Request', 'Alb', { pattern: 'once' }) }))).toEqual(
      [],
    )
  })

  it('know what makes requests fail', () => {
    expect(problems(scenarioOf(made))).toEqual([['warning', '/resources/Alb']])
    expect(problems(scenarioOf({ ...made, L, G: group() }))).toEqual([['warning', '/resources/G/Properties/Targets']])
    const silent = scenarioOf({ ...made, L, G: group('Fn'), Fn: { Type: 'AWS::Lambda::Function' } })
    expect(problems(silent)).toEqual([['warning', '/resources/Fn/Behavior']])
    const fix = checks.flatMap((check) => check(silent))[0]?.fix
    expect(fix?.patches.map(({ path }) => path)).toEqual(['/resources/Fn/Behavior', '/resources/Fn/Behavior/response'])
  })
})
