import { describe, expect, it, test } from 'vitest'
import { createRun, resumeRun } from '../../engine/run'
import { RUN_EPOCH, isoTime } from '../../model/identity'
import { secondsOf } from '../../events/schedule'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { ruleProblems } from './checks'

const bus = (name = 'default'): Resource => ({ Type: 'AWS::Events::EventBus', Properties: { Name: name } })
const queue: Resource = { Type: 'AWS::SQS::Queue' }
const timed = (ScheduleExpression: string, target: JsonObject = {}): Resource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: 'Bus',
    ScheduleExpression,
    State: 'ENABLED',
    Targets: [{ Id: 'A', Arn: 'A', ...target }],
  },
})
const at = (expression: string, more: Partial<Scenario> = {}): number[] =>
  runOf(scenarioOf({ Bus: bus(), A: queue, R: timed(expression) }, { duration: 600, ...more }))
    .reasons('eventbridge.scheduled')
    .map(([time]) => time)

describe('rules with a schedule', () => {
  it('fire by the clock, in UTC, and only their own targets get the event (EB-60, EB-65)', () => {
    expect(at('rate(2 minutes)')).toEqual([120, 240, 360, 480])
    // a run begins on 2026-11-20 at midnight
    expect(at('cron(0/4 * * * ? *)')).toEqual([0, 240, 480])
    expect(at('cron(5 0 20 11 ? 2026)')).toEqual([300])
    expect(at('cron(0 8 * * ? *)')).toEqual([])
    expect(RUN_EPOCH).toBe(secondsOf(isoTime(0).slice(0, 19)))
  })

  it('fire within their minute under aws-2026-11 (EB-63)', () => {
    const times = at('cron(0/2 * * * ? *)', { profile: 'aws-2026-11' })
    expect(times).toHaveLength(5)
    times.forEach((time, index) => {
      expect(time).toBeGreaterThanOrEqual(index * 120)
      expect(time).toBeLessThan(index * 120 + 60)
    })
    expect(new Set(times.map((time) => time % 60)).size).toBe(5)
  })

  it('send the event of a schedule, each in a trace of its own', () => {
    const ran = runOf(scenarioOf({ Bus: bus(), A: queue, R: timed('rate(1 minute)') }, { duration: 130 }))
    expect(ran.level('A', 'visible')).toEqual([
      [60.5, 1],
      [120.5, 2],
    ])
    const held = ran.contents().filter(({ resource }) => resource === 'A')
    expect(held.map(({ value }) => (value as JsonObject)['body'])).toEqual([
      expect.objectContaining({
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        time: '2026-11-20T00:01:00Z',
      }),
      expect.objectContaining({ time: '2026-11-20T00:02:00Z' }),
    ])
    expect(held.map(({ value }) => (value as JsonObject)['trace'])).toEqual([0, 1])
  })

  it('begin to count anew when they change', () => {
    const set = { at: 90, set: '/resources/R/Properties/ScheduleExpression', value: 'rate(3 minutes)' }
    expect(at('rate(1 minute)', { interventions: [set] })).toEqual([60, 270, 450])
    const off = { at: 90, set: '/resources/R/Properties/State', value: 'DISABLED' }
    expect(at('rate(1 minute)', { interventions: [off] })).toEqual([60])
  })

  it('do not keep a run from ending', () => {
    const R = timed('rate(1 minute)')
    const idle = { ...R, Properties: { ...R.Properties, Targets: [] } }
    const ran = createRun(scenarioOf({ Bus: bus(), R: idle }, { duration: 130 }), { untilIdle: true })
    while (!ran.advance(1_000));
    expect(ran.kernel.now / 1e6).toBe(120)
  })

  it('go on from a keyframe', () => {
    const scenario = scenarioOf(
      { Bus: bus(), A: queue, R: timed('rate(1 minute)') },
      { duration: 600, profile: 'aws-2026-11' },
    )
    const whole = createRun(scenario, { keyframeEvery: 3 })
    while (!whole.advance(1_000));
    const frame = whole.keyframes.before(300e6)!
    const rest = resumeRun(scenario, frame, whole.keyframes)
    while (!rest.advance(1_000));
    expect(rest.kernel.recorder.count).toBe(whole.kernel.recorder.count)
    expect(rest.kernel.recorder.roots).toBe(9)
  })
})

test('what AWS refuses is refused with its words and a remedy', () => {
  const problems = (resources: { [id: string]: Resource }) =>
    ruleProblems(scenarioOf({ A: queue, ...resources })).map(({ path, message }) => [path, message])
  const path = '/resources/R/Properties/ScheduleExpression'
  expect(problems({ Bus: bus(), R: timed('rate(1 minutes)') })).toEqual([
    [
      path,
      expect.stringContaining('Parameter ScheduleExpression is not valid. rate(1 minutes): write rate(1 minute).'),
    ],
  ])
  expect(problems({ Bus: bus('shop'), R: timed('rate(1 minute)') })).toEqual([
    [path, expect.stringContaining('supported only on the default event bus')],
  ])
  expect(problems({ Bus: bus(), R: timed('rate(1 minute)', { InputPath: 'x' }) })).toEqual([
    ['/resources/R/Properties/Targets/0', expect.stringContaining('is no path')],
  ])
})

test('targets get what their input options make of an event (EB-13)', () => {
  const event = { source: 'shop', 'detail-type': 'order', detail: { id: 7, lines: ['x'] } }
  const got = (target: JsonObject): unknown => {
    const Properties = {
      EventBusName: 'Bus',
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 'A', Arn: 'A', ...target }],
    }
    const ran = runOf(
      scenarioOf({
        C: client('events:PutEvents', 'Bus', { pattern: 'constant', rate: 1, at: 0, count: 1 }, { body: event }),
        Bus: bus(),
        A: queue,
        R: { Type: 'AWS::Events::Rule', Properties },
      }),
    )
    const { body, text } = ran.contents().find(({ resource }) => resource === 'A')!.value as JsonObject
    return text ?? body
  }
  expect(got({})).toMatchObject(event)
  expect(got({ Input: '{"kind":"daily"}' })).toEqual({ kind: 'daily' })
  expect(got({ InputPath: '$.detail' })).toEqual({ id: 7, lines: ['x'] })
  expect(got({ InputPath: '$.detail.lines' })).toBe('["x"]')
  const InputTransformer = {
    InputPathsMap: { id: '$.detail.id' },
    InputTemplate: '"Order <id> by <aws.events.rule-name>"',
  }
  expect(got({ InputTransformer })).toBe('"Order 7 by R"')
})
