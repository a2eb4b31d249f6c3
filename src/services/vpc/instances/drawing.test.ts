import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../../model/scenario'
import { CONNECTORS } from '../../connectors'
import { scenarioOf } from '../../run.fixture'
import { checks } from '../checks'

const fn = (steps: JsonObject[], variables: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', Environment: { Variables: variables } },
  Behavior: { steps },
})
const STOP = fn([{ call: 'ec2:StopInstances', target: '$EC2_INSTANCES' }], { EC2_INSTANCES: 'i-2' })
const START = fn([{ call: 'ec2:StartInstances', target: '$.detail.instance-id' }])
const scenario = (more: Scenario['resources'] = {}): Scenario =>
  scenarioOf({
    Role: { Type: 'AWS::IAM::Role' },
    I1: { Type: 'AWS::EC2::Instance', Behavior: { physicalId: 'i-1' } },
    I2: { Type: 'AWS::EC2::Instance', Behavior: { physicalId: 'i-2' } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } },
    Other: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
    Start: START,
    Stop: STOP,
    Caller: { Type: 'Coldstart::Client', Behavior: {} },
    ...more,
  })
const wires = (drawn: Scenario): string[] =>
  CONNECTORS.flatMap((one) => one.derive(drawn)).map(({ from, to, action }) => `${from} ${action} ${to}`)
const answers = (from: string, to: string) => CONNECTORS.flatMap((one) => one.accepts(from, to, scenario()) ?? [])

describe('wires of instances', () => {
  it('lead to the default bus, and from functions to whatever their steps may name', () => {
    expect(wires(scenario()).toSorted()).toEqual([
      'I1 events:PutEvents Bus',
      'I2 events:PutEvents Bus',
      'Start ec2:StartInstances I1',
      'Start ec2:StartInstances I2',
      'Stop ec2:StopInstances I2',
    ])
  })

  it('are drawn from clients and functions; the one to the bus is there by itself', () => {
    expect(answers('Caller', 'I1')).toEqual([true])
    expect(answers('Stop', 'I1')).toEqual([true])
    expect(answers('I1', 'Bus')).toEqual([{ refused: 'EC2 already tells Bus of every change of I1.' }])
    expect(answers('I1', 'Other')).toMatchObject([{ refused: expect.stringContaining('default') as string }])
  })

  it('write the call and its permission, and take a step that names its instances with them', () => {
    const connector = CONNECTORS.find((one) => one.accepts('Stop', 'I1', scenario()) === true)!
    const { resources, said } = connector.connect('Stop', 'I1', scenario())
    expect(said).toBe('Connected Stop to I1. Added the call and ec2:StartInstances to Role.')
    expect(resources['Stop']!.Behavior!['steps']).toContainEqual({ call: 'ec2:StartInstances', to: 'I1' })
    const wire = connector.derive(scenario()).find(({ from, to }) => from === 'Start' && to === 'I2')!
    expect(connector.disconnect(wire, scenario()).resources['Start']!.Behavior!['steps']).toEqual([])
  })
})

it('no two instances have one id', () => {
  const twice = scenario({ I3: { Type: 'AWS::EC2::Instance', Behavior: { physicalId: 'i-2' } } })
  expect(checks.flatMap((check) => check(twice)).map(({ message }) => message)).toEqual([
    'I3 and I2 are both i-2. Give I3 another physicalId.',
  ])
})

it('the checks find names that nothing has', () => {
  const problems = (more: Scenario['resources']) =>
    checks.flatMap((check) => check(scenario(more))).map(({ path, message }) => `${path}: ${message}`)
  expect(problems({})).toEqual([])
  expect(problems({ Stop: fn([{ call: 'ec2:StopInstances', target: '$EC2_INSTANCES' }]) })).toEqual([
    '/resources/Stop/Behavior/steps/0/target: Stop has no environment variable EC2_INSTANCES. Set it to ids of instances, separated by commas.',
  ])
  const wrong = fn([{ call: 'ec2:StopInstances', target: '$SERVERS' }], { SERVERS: 'I1, i-9' })
  expect(problems({ Stop: wrong })).toEqual([
    '/resources/Stop/Behavior/steps/0/target: SERVERS of Stop names i-9, and no instance has that id. The call will fail.',
  ])
})
