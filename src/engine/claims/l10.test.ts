/** Lesson 10, bus and schedules: claims of learning-design.md section 5. 10.1 to 10.3 and 10.5 are in l10-ec2.test.ts. */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject } from '../../model/scenario'
import { isoSeconds, nextFires, parseSchedule, secondsOf, zoneOffset } from '../../events/schedule'
import { simulate } from '../simulate'
import {
  client,
  documentOf,
  EVERY,
  fn,
  measure,
  NO_OVERHEAD,
  ONCE,
  queue,
  reasonsOf,
  refusal,
  scenarioOf,
  sent,
  type Resources,
} from './run.fixture'

const bus = (Name: string): Resources[string] => ({ Type: 'AWS::Events::EventBus', Properties: { Name } })
const puts = (to: string, traffic: JsonObject = ONCE(1)): Resources[string] =>
  client(traffic, to, {
    call: 'events:PutEvents',
    body: { source: 'shop', 'detail-type': 'Order', detail: { order: 1 } },
  })
const rule = (id: string, to: string, properties: JsonObject, target: JsonObject = {}): Resources => ({
  [id]: {
    Type: 'AWS::Events::Rule',
    Properties: { EventBusName: 'Bus', ...properties, Targets: [{ Id: to, Arn: to, ...target }] },
  },
})
const invited = (id: string, to: string): Resources => ({
  [`${id}Invokes${to}`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: to,
      Principal: 'events.amazonaws.com',
      SourceArn: id,
    },
  },
})
const ORDERS: JsonObject = { EventPattern: { source: ['shop'] } }

describe('10.4 schedules of rules are AWS cron, in UTC (EB-60)', () => {
  test.each([
    ['2026-07-01T00:00:00', '2026-07-01T22:00:00'],
    ['2026-12-01T00:00:00', '2026-12-01T21:00:00'],
  ])('cron(0 20 * * ? *) after %s is %s in Sarajevo', (from, local) => {
    const schedule = parseSchedule('cron(0 20 * * ? *)', 'rule')
    if ('refused' in schedule) throw new Error(schedule.refused)
    const [at] = nextFires(schedule, { from: secondsOf(from)!, count: 1 })
    expect(isoSeconds(at! + zoneOffset('Europe/Sarajevo')!(at!))).toBe(local)
  })
  test('a run that starts at midnight UTC fires at 20:00 of its clock', () => {
    const scenario = scenarioOf(
      {
        Bus: bus('default'),
        ...rule('Evening', 'Fn', { ScheduleExpression: 'cron(0 20 * * ? *)' }),
        ...invited('Evening', 'Fn'),
        Fn: fn([{ wait: 0.1 }], {}, NO_OVERHEAD),
      },
      86_400,
    )
    const starts = measure(scenario, { starts: 'starts Fn' }).starts as number[]
    expect(starts.length).toBe(1)
    // within the minute (EB-63)
    expect(Math.floor((starts[0]! - 20 * 3_600) / 60)).toBe(0)
  })
  test('a UNIX cron line is refused with the line that EventBridge takes', () => {
    const document = documentOf(
      { Bus: bus('default'), ...rule('Evening', 'Queue', { ScheduleExpression: '0 20 * * *' }), Queue: queue() },
      10,
    )
    const { path, message, status } = refusal(gateJson(document))
    expect([status, path]).toEqual(['refused', '/resources/Evening/Properties/ScheduleExpression'])
    expect(message).toContain('cron(0 20 * * ? *)')
  })
})

describe('one event (EB-2, EB-3)', () => {
  const three: Resources = { Shop: puts('Bus'), Bus: bus('shop') }
  for (const n of [1, 2, 3]) {
    Object.assign(three, rule(`Rule${n}`, `Fn${n}`, ORDERS), invited(`Rule${n}`, `Fn${n}`))
    three[`Fn${n}`] = fn([{ wait: 0.1 }], {}, NO_OVERHEAD)
  }
  const scenario = scenarioOf(three, 20)
  test('10.6 three rules are three deliveries, at the same instant', () => {
    expect([1, 2, 3].map((n) => sent(scenario, 'Bus', `Fn${n}`, 'lambda:InvokeAsync'))).toEqual([1, 1, 1])
    const { a, b, c } = measure(scenario, { a: 'starts Fn1', b: 'starts Fn2', c: 'starts Fn3' })
    expect([b, c]).toEqual([a, a])
  })
  test('10.6 a fourth consumer hears it without a change of the producer', () => {
    const four = scenarioOf({ ...three, ...rule('Rule4', 'Queue', ORDERS), Queue: queue() }, 20)
    expect(measure(four, { depth: 'queue.depth Queue' })).toEqual({ depth: 1 })
    expect(four.resources['Shop']).toEqual(scenario.resources['Shop'])
  })
  test('10.7 the bus calls its targets; no target calls the bus', () => {
    const { legend } = simulate(scenario)
    expect(legend.wires.filter(({ from }) => from === 'Bus').map(({ to }) => to)).toEqual(['Fn1', 'Fn2', 'Fn3'])
    expect(legend.wires.filter(({ to }) => to === 'Bus').map(({ from }) => from)).toEqual(['Shop'])
  })
})

test('10.8 PutEvents on a custom bus is not heard on the default bus (EB-1)', () => {
  const scenario = scenarioOf(
    {
      Shop: puts('Orders', EVERY(1, 5)),
      Orders: bus('orders'),
      Bus: bus('default'),
      ...rule('OnDefault', 'Other', ORDERS),
      ...invited('OnDefault', 'Other'),
      OnOrders: {
        Type: 'AWS::Events::Rule',
        Properties: { EventBusName: 'Orders', ...ORDERS, Targets: [{ Id: 'Fn', Arn: 'Fn' }] },
      },
      ...invited('OnOrders', 'Fn'),
      Fn: fn([{ wait: 0.1 }]),
      Other: fn([{ wait: 0.1 }]),
    },
    20,
  )
  expect(measure(scenario, { here: 'invocations Fn', there: 'invocations Other' })).toEqual({ here: 5, there: 0 })
})

describe('who tries again', () => {
  const DAY = 86_400
  const ordered = (target: JsonObject, more: Resources): Resources => ({
    Shop: puts('Bus'),
    Bus: bus('shop'),
    ...rule('Rule', 'Fn', ORDERS, target),
    Fn: fn([{ wait: 0.1 }], {}, NO_OVERHEAD),
    Dead: queue({ MessageRetentionPeriod: 1_209_600 }),
    ...more,
  })
  /** The function cannot be reached for 25 hours: deliveries fail, and go on failing. */
  const DOWN: JsonObject[] = [
    { at: 0, fault: 'resource-down', resource: 'Fn' },
    { at: 25 * 3_600, repair: 'resource-down', resource: 'Fn' },
  ]
  const tried = (target: JsonObject) =>
    scenarioOf(ordered(target, invited('Rule', 'Fn')), 26 * 3_600, { interventions: DOWN })
  const asked = {
    attempts: 'InvocationAttempts Rule',
    failed: 'FailedInvocations Rule',
    kept: 'queue.depth Dead',
    runs: 'invocations Fn',
  } as const

  test('10.9 a delivery that fails for 25 h is tried for 24 h, 185 times at most, then gone', () => {
    const { attempts, ...found } = measure(tried({}), asked)
    expect(found).toEqual({ failed: 1, kept: 0, runs: 0 })
    expect(attempts as number).toBeLessThanOrEqual(186)
    expect(attempts as number).toBeGreaterThan(100)
    const [dropped] = reasonsOf(tried({}), 'eventbridge.dropped')
    expect(dropped!.at).toBeGreaterThan(20 * 3_600)
    expect(dropped!.at).toBeLessThanOrEqual(DAY + 2)
  })
  test('10.9 with a dead-letter queue it is kept there', () => {
    expect(measure(tried({ DeadLetterConfig: { Arn: 'Dead' } }), asked)).toMatchObject({ failed: 1, kept: 1, runs: 0 })
  })
  test('10.9 a permission that is missing is no reason to try again (EB-9)', () => {
    const found = measure(scenarioOf(ordered({ DeadLetterConfig: { Arn: 'Dead' } }, {}), 60), asked)
    expect(found).toEqual({ attempts: 1, failed: 1, kept: 1, runs: 0 })
  })

  test('10.10 failing code is tried three times by Lambda, and by the bus not again (EB-11, INV-3)', () => {
    const resources = ordered({}, { ...invited('Rule', 'Fn'), Fn: fn([{ fail: {} }], {}, NO_OVERHEAD) })
    expect(
      measure(scenarioOf(resources, 400), {
        delivered: 'SuccessfulInvocationAttempts Rule',
        again: 'RetryInvocationAttempts Rule',
        attempts: 'attempts Fn',
        errors: 'errors Fn',
      }),
    ).toEqual({ delivered: 1, again: 0, attempts: 3, errors: 3 })
  })
})

test('10.11 a schedule that runs once a day costs next to nothing, a server $36.50 a month (PR-6)', () => {
  const scenario = scenarioOf(
    {
      Bus: bus('default'),
      ...rule('Nightly', 'Fn', { ScheduleExpression: 'rate(1 day)' }),
      ...invited('Nightly', 'Fn'),
      Fn: fn([{ wait: 2 }], { Timeout: 10 }),
    },
    30 * 86_400 + 60,
  )
  const { runs, cost } = measure(scenario, { runs: 'invocations Fn', cost: 'cost.total' })
  expect(runs).toBe(30)
  expect(cost as number).toBeLessThan(0.01)
})
