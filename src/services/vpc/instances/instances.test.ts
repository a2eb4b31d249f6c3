import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../../model/scenario'
import { gateJson } from '../../../gate'
import { client, mayAll, openToAll, runOf, scenarioOf, type Ran } from '../../run.fixture'
import { expectResumable } from '../../resume.fixture'

const bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } }
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const rule = (detail: JsonObject, ...targets: string[]): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: 'Bus',
    EventPattern: { source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification'], detail },
    Targets: targets.map((Arn) => ({ Id: Arn, Arn })),
  },
})
const instance = (physicalId: string, more: JsonObject = {}): Resource => ({
  Type: 'AWS::EC2::Instance',
  Properties: { InstanceType: 't3.micro' },
  Behavior: { physicalId, ...more },
})
const fn = (steps: JsonObject[], more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Role: 'Role', Timeout: 10, ...more },
  Behavior: { steps },
})
const KEPT: Scenario['resources'] = { Bus: bus, Kept: queue, All: rule({ 'instance-id': [{ exists: true }] }, 'Kept') }
const stop = (at: number, to = 'I1'): Resource => client('ec2:StopInstances', to, { pattern: 'once', at })
const start = (at: number, to = 'I1'): Resource => client('ec2:StartInstances', to, { pattern: 'once', at })

const run = (resources: Scenario['resources'], more: Partial<Scenario> = {}): Ran =>
  runOf(scenarioOf(openToAll({ Role: mayAll, ...resources }), more))
const course = (ran: Ran): [number, string, string][] =>
  ran.states('instance').flatMap(([at, state, label]) => (state === 'absent' ? [] : [[at, state, label]]))
const told = (ran: Ran): string[] =>
  ran.contents().flatMap(({ resource, value }) => {
    const { detail } = ((value as JsonObject)['body'] ?? value) as { detail: { 'instance-id': string; state: string } }
    return resource === 'Kept' ? [`${detail['instance-id']} ${detail.state}`] : []
  })

describe('an instance', () => {
  it('stops and starts when a client asks, and tells the default bus of every change (ASG-5)', () => {
    const ran = run({ I1: instance('i-1'), Stop: stop(10), Start: start(100), ...KEPT })
    expect(course(ran)).toEqual([
      [0, 'running', 'i-1'],
      [10, 'stopping', 'i-1'],
      [40, 'stopped', 'i-1'],
      [100, 'pending', 'i-1'],
      [110, 'running', 'i-1'],
    ])
    expect(told(ran)).toEqual(['i-1 stopping', 'i-1 stopped', 'i-1 pending', 'i-1 running'])
    expect(ran.level('I1', 'running')).toEqual([
      [0, 1],
      [10, 0],
      [110, 1],
    ])
    expect(ran.total('Stop', 'Successes')).toBe(1)
    // AWS's own events are no entries of PutEvents (PR-14)
    expect(ran.costs.filter(({ resource, usd }) => resource === 'Bus' && usd > 0)).toEqual([])
  })

  it('is at rest from the beginning when its Behavior says so, and tells nobody', () => {
    const ran = run({ I1: instance('i-1', { state: 'stopped' }), ...KEPT })
    expect(course(ran)).toEqual([[0, 'stopped', 'i-1']])
    expect(told(ran)).toEqual([])
  })

  it('refuses to start while it stops and to stop when it has ended; what is so already is no error', () => {
    const terminate = client('ec2:TerminateInstances', 'I1', { pattern: 'once', at: 100 })
    const ran = run({
      I1: instance('i-1'),
      Again: start(5),
      Stop: stop(10),
      Early: start(20),
      Twice: stop(50),
      End: terminate,
      Late: stop(110),
      Never: start(200),
    })
    expect(course(ran).map(([at, state]) => [at, state])).toEqual([
      [0, 'running'],
      [10, 'stopping'],
      [40, 'stopped'],
      [100, 'shutting-down'],
      [130, 'terminated'],
    ])
    const failed = (id: string): number => ran.total(id, 'Failures')
    expect(['Again', 'Early', 'Twice', 'Late', 'Never'].map(failed)).toEqual([0, 1, 0, 1, 1])
    expect(ran.reasons('ec2.notStarted')).toHaveLength(2)
    expect(ran.reasons('ec2.notStopped')).toHaveLength(1)
  })

  it('is stopped and started by hand, whatever stopped it before', () => {
    const set = (at: number, value: string) => ({ at, set: '/resources/I1/Behavior/state', value })
    const ran = run(
      { I1: instance('i-1'), Stop: stop(150), ...KEPT },
      { interventions: [set(10, 'stopped'), set(60, 'running'), set(200, 'running')] },
    )
    expect(course(ran).map(([at, state]) => [at, state])).toEqual([
      [0, 'running'],
      [10, 'stopping'],
      [40, 'stopped'],
      [60, 'pending'],
      [70, 'running'],
      [150, 'stopping'],
      [180, 'stopped'],
      [200, 'pending'],
      [210, 'running'],
    ])
  })

  it('stays as a call left it when something else about it is set', () => {
    const ran = run(
      { I1: instance('i-1'), Stop: stop(10) },
      { interventions: [{ at: 100, set: '/resources/I1/Properties/InstanceType', value: 'm5.large' }] },
    )
    expect(course(ran).at(-1)).toEqual([40, 'stopped', 'i-1'])
  })

  it('ends when it is deleted and is launched when it is made again', () => {
    const ran = run(
      { I1: instance('i-1'), ...KEPT },
      {
        interventions: [
          { at: 10, fault: 'deleted', resource: 'I1' },
          { at: 100, repair: 'deleted', resource: 'I1' },
        ],
      },
    )
    expect(told(ran)).toEqual(['i-1 shutting-down', 'i-1 terminated', 'i-1 pending', 'i-1 running'])
  })

  it('is paid for while it runs, for 60 s at least each time it starts (PR-28, ASG-4)', () => {
    const hours = (resources: Scenario['resources']): number =>
      run(resources).costs.find(({ item }) => item === 'Hours running')!.quantity * 3_600
    expect(hours({ I1: instance('i-1') })).toBeCloseTo(300)
    expect(hours({ I1: instance('i-1'), Stop: stop(10) })).toBeCloseTo(10)
    // runs from 20 to 25
    expect(hours({ I1: instance('i-1', { state: 'stopped' }), Start: start(10), Stop: stop(25) })).toBeCloseTo(60)
    expect(hours({ I1: instance('i-1', { state: 'stopped' }), Start: start(10), Stop: stop(120) })).toBeCloseTo(100)
    const [line] = run({ I1: instance('i-1') }).costs
    expect(line!.usd).toBeCloseTo((300 / 3_600) * 0.0104, 9)
  })
})

describe('a step of a function', () => {
  const protect = fn([{ call: 'ec2:StartInstances', target: '$.detail.instance-id' }])
  const stopAll = (list: string): Resource =>
    fn([{ call: 'ec2:StopInstances', target: '$EC2_INSTANCES' }], {
      Environment: { Variables: { EC2_INSTANCES: list } },
    })

  it('starts the instance the event names', () => {
    const ran = run({
      Bus: bus,
      I1: instance('i-1'),
      I2: instance('i-2'),
      Stop1: stop(10, 'I1'),
      Stop2: stop(20, 'I2'),
      OnStop: rule({ state: ['stopped'], 'instance-id': ['i-1'] }, 'Protect'),
      Protect: protect,
    })
    expect(course(ran).findLast(([, , label]) => label === 'i-1')![1]).toBe('running')
    expect(course(ran).findLast(([, , label]) => label === 'i-2')![1]).toBe('stopped')
    expect(
      ran
        .hops('ec2:StartInstances')
        .filter(([, from]) => from === 'Protect')
        .map(([, , to]) => to),
    ).toEqual(['I1', 'I1'])
  })

  it('stops every instance a variable lists, one by one; an unknown id is an error', () => {
    const ask = client('lambda:InvokeAsync', 'StopAll', { pattern: 'once', at: 10 })
    const ran = run({ I1: instance('i-1'), I2: instance('i-2'), Ask: ask, StopAll: stopAll('i-1, I2') })
    expect(course(ran).filter(([, state]) => state === 'stopped')).toHaveLength(2)
    const wrong = run({ I1: instance('i-1'), Ask: ask, StopAll: stopAll('i-9') }, { duration: 30 })
    expect(wrong.total('StopAll', 'Errors')).toBe(1)
    expect(course(wrong)).toHaveLength(1)
  })

  it('fails when the event names no instance, and when the role may not', () => {
    const ask = client('lambda:InvokeAsync', 'Protect', { pattern: 'once', at: 10 }, { body: { detail: {} } })
    const ran = run({ I1: instance('i-1'), Ask: ask, Protect: protect }, { duration: 30 })
    expect(ran.reasons('lambda.unnamed')).toHaveLength(1)
    const named = client(
      'lambda:InvokeAsync',
      'Protect',
      { pattern: 'once', at: 10 },
      { body: { detail: { 'instance-id': 'i-1' } } },
    )
    const denied = run(
      { Role: { Type: 'AWS::IAM::Role' }, I1: instance('i-1', { state: 'stopped' }), Ask: named, Protect: protect },
      { duration: 30 },
    )
    expect(denied.reasons('call.denied')).toHaveLength(1)
    expect(course(denied)).toHaveLength(1)
  })

  it('passes the gate as it is written here', () => {
    const resources = { Role: mayAll, I1: instance('i-1'), Protect: protect, StopAll: stopAll('i-1') }
    const interventions = [{ at: 5, set: '/resources/I1/Behavior/state', value: 'stopped' }]
    const gated = gateJson({ ...scenarioOf(resources), interventions })
    expect(gated.ok ? [] : gated.problems).toEqual([])
  })
})

it('a resumed run is the same run', () => {
  expectResumable(
    scenarioOf(
      openToAll({
        Role: mayAll,
        I1: instance('i-1'),
        I2: instance('i-2', { state: 'stopped' }),
        Stop: client('ec2:StopInstances', 'I1', { pattern: 'repeat', every: 70, times: 4, at: 5 }),
        OnStop: rule({ state: ['stopped'] }, 'Protect', 'Kept'),
        Protect: fn([{ wait: 0.5 }, { call: 'ec2:StartInstances', target: '$.detail.instance-id' }]),
        ...KEPT,
      }),
      {
        interventions: [
          { at: 30, set: '/resources/I2/Behavior/state', value: 'running' },
          { at: 90, fault: 'deleted', resource: 'I2' },
        ],
      },
    ),
    [10, 25, 40, 60, 80],
  )
})
