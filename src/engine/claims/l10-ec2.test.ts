/** Lesson 10, the stop, start and protect demo of the notes: claims 10.1, 10.2, 10.3 and 10.5 of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, fn, measure, NO_OVERHEAD, ONCE, reasonsOf, scenarioOf, sent, type Resources } from './run.fixture'

const bus: Resource = { Type: 'AWS::Events::EventBus', Properties: { Name: 'default' } }
const instance = (physicalId: string): Resource => ({
  Type: 'AWS::EC2::Instance',
  Properties: { InstanceType: 't3.micro' },
  Behavior: { physicalId },
})
/** A rule on the default bus, and the statement that lets it invoke its target. */
const rule = (id: string, target: string, trigger: JsonObject): Resources => ({
  [id]: {
    Type: 'AWS::Events::Rule',
    Properties: { EventBusName: 'Bus', ...trigger, Targets: [{ Id: target, Arn: target }] },
  },
  [`${id}Invokes${target}`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: target,
      Principal: 'events.amazonaws.com',
      SourceArn: id,
    },
  },
})
const on = (detail: JsonObject): JsonObject => ({
  EventPattern: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  },
})
const STOPPED = on({ 'instance-id': ['i-1'], state: ['stopped'] })

const DEMO: Resources = {
  Bus: bus,
  Server1: instance('i-1'),
  Server2: instance('i-2'),
  EC2Protect: fn([{ call: 'ec2:StartInstances', target: '$.detail.instance-id' }], {}, NO_OVERHEAD),
  EC2Stop: fn(
    [{ call: 'ec2:StopInstances', target: '$EC2_INSTANCES' }],
    { Environment: { Variables: { EC2_INSTANCES: 'i-1,i-2' } } },
    NO_OVERHEAD,
  ),
}
const stops = (server: string, at: number): Resource => client(ONCE(at), server, { call: 'ec2:StopInstances' })
/** The function takes each event once: what fails is not tried again. */
const ONE_TRY: Resources = {
  Once: {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: 'EC2Protect', Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
  },
}

describe('the protected instance', () => {
  test('10.1 both are stopped, only i-1 comes back (ASG-5, EB-1)', () => {
    const scenario = scenarioOf(
      {
        ...DEMO,
        ...rule('OnStop', 'EC2Protect', STOPPED),
        Learner1: stops('Server1', 10),
        Learner2: stops('Server2', 20),
      },
      300,
    )
    expect(
      measure(scenario, { first: 'state Server1', second: 'state Server2', runs: 'invocations EC2Protect' }),
    ).toEqual({ first: 'running', second: 'stopped', runs: 1 })
    // stopping, stopped and, of the one that came back, pending and running
    expect(sent(scenario, 'Server1', 'Bus', 'events:PutEvents')).toBe(4)
    expect(sent(scenario, 'Server2', 'Bus', 'events:PutEvents')).toBe(2)
  })

  test('10.2 without the state the function runs four times for one stop', () => {
    const protect = (detail: JsonObject, more: Resources = ONE_TRY) =>
      scenarioOf({ ...DEMO, ...more, ...rule('OnStop', 'EC2Protect', on(detail)), Learner: stops('Server1', 10) }, 300)
    const asked = { runs: 'invocations EC2Protect', errors: 'errors EC2Protect', after: 'state Server1' } as const
    expect(measure(protect({ 'instance-id': ['i-1'], state: ['stopped'] }), asked)).toEqual({
      runs: 1,
      errors: 0,
      after: 'running',
    })
    // the one for `stopping` comes too early: an instance that is stopping cannot be started
    expect(measure(protect({ 'instance-id': ['i-1'] }), asked)).toEqual({ runs: 4, errors: 1, after: 'running' })
    expect(measure(protect({}), asked)).toEqual({ runs: 4, errors: 1, after: 'running' })
    // Lambda tries that one again after a minute, when there is nothing left to do
    expect(measure(protect({ 'instance-id': ['i-1'] }, {}), asked)).toEqual({ runs: 5, errors: 1, after: 'running' })
  })
})

describe('two rules that chase each other', () => {
  const chase = (duration: number) =>
    scenarioOf(
      {
        ...DEMO,
        ...rule('OnStop', 'EC2Protect', STOPPED),
        ...rule('OnRun', 'EC2Stop', on({ 'instance-id': ['i-1'], state: ['running'] })),
        EC2Stop: fn([{ call: 'ec2:StopInstances', target: '$.detail.instance-id' }], {}, NO_OVERHEAD),
        Learner: stops('Server1', 10),
      },
      duration,
    )
  test('10.3 go round until the bound of 50, and the bus says why it ends', () => {
    const scenario = chase(7_200)
    const runs = measure(scenario, { starts: 'invocations EC2Protect', stops: 'invocations EC2Stop' })
    expect(runs).toEqual({ starts: 50, stops: 50 })
    expect(reasonsOf(scenario, 'eventbridge.loopStopped')).toHaveLength(1)
  })
})

test('10.5 the schedule stops both, the protection starts one again: 1 of 2 runs', () => {
  const scenario = scenarioOf(
    {
      ...DEMO,
      ...rule('OnStop', 'EC2Protect', STOPPED),
      // the run begins at midnight UTC
      ...rule('Evening', 'EC2Stop', { ScheduleExpression: 'cron(2 0 * * ? *)' }),
    },
    600,
  )
  expect(
    measure(scenario, {
      running: 'instances.running',
      first: 'state Server1',
      second: 'state Server2',
      stops: 'invocations EC2Stop',
      starts: 'invocations EC2Protect',
    }),
  ).toEqual({ running: 1, first: 'running', second: 'stopped', stops: 1, starts: 1 })
})
