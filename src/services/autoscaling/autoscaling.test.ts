import { describe, expect, test } from 'vitest'
import { createRun, resumeRun } from '../../engine/run'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../run.fixture'
import { checks } from './checks'
import { schemas } from './schema'

const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy'
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget'

const target = (properties: JsonObject = {}): Resource => ({
  Type: TARGET,
  Properties: { MinCapacity: 1, MaxCapacity: 100, ResourceId: 'Live', ...properties },
})
const policy = (configuration: JsonObject = {}): Resource => ({
  Type: POLICY,
  Properties: {
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: 'Target',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 0.7,
      PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
      ...configuration,
    },
  },
})
/** Calls of one second each: `rate` a second keep `rate` environments busy. */
const system = (
  provisioned: number,
  traffic: JsonObject,
  more: { [id: string]: Resource },
  rest: Partial<Scenario> = {},
) =>
  scenarioOf(
    {
      Role: mayAll,
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 10, Role: 'Role' },
        Behavior: { steps: [{ wait: 1 }] },
      },
      V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' }, Behavior: { number: 1 } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: 'Fn',
          Name: 'live',
          FunctionVersion: 'V1',
          ...(provisioned > 0 && { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisioned } }),
        },
      },
      Caller: client('lambda:Invoke', 'Live', traffic),
      ...more,
    },
    { duration: 1_200, ...rest },
  )
const run = (...of: Parameters<typeof system>) => runOf(system(...of))

describe('target tracking (LAM-50)', () => {
  test('load goes from 10 to 50 at once: scaled out by 1 / 0.7 of what is in use every time, to 72', () => {
    const ran = run(
      15,
      { pattern: 'constant', rate: 10, at: 0, until: 120 },
      {
        Target: target(),
        Policy: policy(),
        Rush: client('lambda:Invoke', 'Live', { pattern: 'constant', rate: 50, at: 120 }),
      },
    )
    const outs = ran.reasons('autoscaling.out')
    // A call takes 1.001 s and the next one comes within 20 ms, so an environment is busy for 1.001 of 1.02 s:
    // ceil(15 x 0.98 / 0.7) = 22, then 31, 44 and 62. There 50.05 are in use, and 50.05 / 0.7 = 71.5.
    expect(outs.map(([, amount]) => amount)).toEqual([22, 31, 44, 62, 72])
    // 10.01 / 15 = 0.67 before; data points at 180, 240 and 300 s, a minute until allocation begins, the next data point
    expect(outs.map(([at]) => at)).toEqual([300, 420, 540, 660, 780])
    const ready = ran.states('provisioned').filter(([, state]) => state === 'READY')
    expect(ready.map(([at, , , asked]) => [Math.floor(at), asked])).toEqual([
      [0, 15],
      [360, 22],
      [480, 31],
      [600, 44],
      [720, 62],
      [840, 72],
    ])
    expect(ran.total('Target', 'ScaleOuts')).toBe(5)
    expect(ran.max('Target', 'DesiredCapacity')).toBe(72)
    expect(ran.max('Live', 'AllocatedProvisionedConcurrency')).toBe(72)
  })

  test('two minutes above the target are not enough', () => {
    const ran = run(10, { pattern: 'constant', rate: 10, at: 0, until: 119 }, { Target: target(), Policy: policy() })
    expect(ran.reasons('autoscaling.out')).toEqual([])
  })

  test('the most is the most, and that is told once', () => {
    const more = { Target: target({ MaxCapacity: 12 }), Policy: policy() }
    const ran = run(10, { pattern: 'constant', rate: 50, at: 0 }, more)
    expect(ran.reasons('autoscaling.out')).toEqual([[180, 12]])
    expect(ran.reasons('autoscaling.atMax')).toEqual([])
    const there = run(12, { pattern: 'constant', rate: 50, at: 0 }, more)
    expect(there.reasons('autoscaling.atMax')).toEqual([[180, 12]])
  })

  test('a cooldown makes it wait', () => {
    const more = { Target: target(), Policy: policy({ ScaleOutCooldown: 300 }) }
    const ran = run(10, { pattern: 'constant', rate: 50, at: 0 }, more)
    expect(ran.reasons('autoscaling.out').map(([at]) => at)).toEqual([180, 480, 780, 1_080])
  })

  test('15 data points below 0.63: in to what keeps 0.7; DisableScaleIn: never', () => {
    const calm = { pattern: 'constant', rate: 20, at: 0 }
    const ran = run(50, calm, { Target: target(), Policy: policy() })
    // 20 calls of 1.001 s each second: 20.02 / 0.7 = 28.6; the first second of the run is not full
    expect(ran.reasons('autoscaling.in')).toEqual([[900, 29]])
    expect(ran.total('Fn', 'ColdStarts')).toBe(0)
    const kept = run(50, calm, { Target: target(), Policy: policy({ DisableScaleIn: true }) })
    expect(kept.reasons('autoscaling.in')).toEqual([])
  })

  test('between 0.63 and 0.7 nothing happens, nor without any call', () => {
    const still = run(50, { pattern: 'constant', rate: 33, at: 0 }, { Target: target(), Policy: policy() })
    expect(still.total('Target', 'ScaleOuts') + still.total('Target', 'ScaleIns')).toBe(0)
    const unused = run(50, { pattern: 'burst', count: 1, at: 30 }, { Target: target(), Policy: policy() })
    expect(unused.total('Target', 'ScaleIns')).toBe(0)
  })
})

describe('limits and scheduled actions', () => {
  const action = (name: string, schedule: string, limits: JsonObject): JsonObject => ({
    ScheduledActionName: name,
    Schedule: schedule,
    ScalableTargetAction: limits,
  })

  test('at 00:05 the least is 40, in Tokyo at nine and ten past the most is 8', () => {
    const actions = [
      action('up', 'at(2026-11-20T00:05:00)', { MinCapacity: 40 }),
      { ...action('down', 'cron(10 9 * * ? *)', { MinCapacity: 2, MaxCapacity: 8 }), Timezone: 'Asia/Tokyo' },
    ]
    const ran = run(10, { pattern: 'burst', count: 1, at: 1 }, { Target: target({ ScheduledActions: actions }) })
    expect(ran.reasons('autoscaling.scheduled')).toEqual([
      [300, 40],
      [600, 2],
    ])
    expect(ran.reasons('autoscaling.limits')).toEqual([
      [300, 40],
      [600, 8],
    ])
    const states = ran.states('provisioned').filter(([, state]) => state === 'READY')
    expect(states.map(([at, , , asked]) => [Math.floor(at), asked])).toEqual([
      [0, 10],
      [360, 40],
      [600, 8],
    ])
  })

  test('with nothing provisioned the least is asked for as the run begins; AWS’s name of the alias works too', () => {
    const ran = run(
      0,
      { pattern: 'burst', count: 4, at: 100 },
      {
        Target: target({ MinCapacity: 4, ResourceId: 'function:Fn:live' }),
      },
    )
    expect(ran.states('provisioned').map(([at, state]) => [Math.floor(at), state])).toEqual([
      [0, 'NONE'],
      [0, 'REQUESTED'],
      [60, 'ALLOCATING'],
      [60, 'READY'],
    ])
    expect(ran.total('Live', 'ProvisionedConcurrencyInvocations')).toBe(4)
  })

  test('a change of the alias leaves alone what was scaled', () => {
    const ran = run(
      10,
      { pattern: 'burst', count: 1, at: 1 },
      { Target: target({ MinCapacity: 20 }) },
      { interventions: [{ at: 200, set: '/resources/Live/Properties/Description', value: 'x' }] },
    )
    expect(ran.states('provisioned').at(-1)![0]).toBeLessThan(100)
    expect(ran.max('Live', 'AllocatedProvisionedConcurrency')).toBe(20)
  })
})

test('a run goes on from a keyframe as it went on by itself', () => {
  const scenario = system(10, { pattern: 'constant', rate: 50, at: 0 }, { Target: target(), Policy: policy() })
  const finish = (it: ReturnType<typeof createRun>): unknown => {
    while (!it.advance(1_000_000)) continue
    return [it.series(), it.costs()]
  }
  const half = createRun(scenario)
  half.advance(60_000)
  const at = half.kernel.now
  expect(at).toBeGreaterThan(200e6)
  expect(at).toBeLessThan(1_000e6)
  expect(finish(resumeRun(scenario, half.kernel.keyframe(), half.keyframes))).toEqual(finish(createRun(scenario)))
})

describe('what the gate says', () => {
  const problems = (provisioned: number, more: { [id: string]: Resource }): string[] => {
    const scenario = system(provisioned, { pattern: 'once' }, more)
    return checks.flatMap((check) => check(scenario)).map(({ severity, path }) => `${severity} ${path}`)
  }
  const at = '/resources/Target/Properties'

  test('limits, unknown resources, two targets for one alias, schedules', () => {
    expect(problems(5, { Target: target(), Policy: policy() })).toEqual([])
    expect(problems(5, { Target: target({ MinCapacity: 9, MaxCapacity: 3 }) })).toEqual([`error ${at}/MinCapacity`])
    expect(problems(5, { Target: target({ ResourceId: 'function:Fn:gone' }) })).toEqual([`error ${at}/ResourceId`])
    expect(problems(5, { Target: target(), Other: target() })).toEqual(['error /resources/Other/Properties/ResourceId'])
    expect(problems(5, { Target: target(), Policy: policy(), Again: policy() })).toEqual([
      'error /resources/Again/Properties/ScalingTargetId',
    ])
    const ScheduledActions = [
      { ScheduledActionName: 'a', Schedule: 'soon', Timezone: 'Nowhere', ScalableTargetAction: {} },
    ]
    expect(problems(5, { Target: target({ ScheduledActions }) })).toEqual([
      `error ${at}/ScheduledActions/0/Schedule`,
      `error ${at}/ScheduledActions/0/Timezone`,
      `error ${at}/ScheduledActions/0/ScalableTargetAction`,
    ])
  })

  test('nothing provisioned', () => {
    expect(problems(0, { Target: target() })).toEqual([`info ${at}/MinCapacity`])
    expect(problems(0, { Target: target({ MinCapacity: 0 }) })).toEqual([`warning ${at}/ResourceId`])
  })

  test('a target utilisation is 0.1 to 0.9', () => {
    const fits = (TargetValue: number): boolean =>
      schemas[POLICY]!.Properties.safeParse(policy({ TargetValue }).Properties).success
    expect([0.05, 0.1, 0.9, 0.95].map(fits)).toEqual([false, true, true, false])
    expect(schemas[TARGET]!.Properties.safeParse(target().Properties).success).toBe(true)
  })
})
