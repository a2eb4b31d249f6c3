/** Lesson 3, cold and warm: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { alias, BURST, client, EVERY, fn, measure, one, scenarioOf, version, type Resources } from './run.fixture'

const HELLO = fn([{ wait: 0.05 }])
/** Clients by their traffic, calling one function of 50 ms. */
const called = (traffics: JsonObject[], duration: number, more: Resources = {}, to = 'Fn', extra: JsonObject = {}) =>
  scenarioOf(
    {
      ...Object.fromEntries(traffics.map((traffic, i): [string, Resource] => [`User${i + 1}`, client(traffic, to)])),
      Fn: HELLO,
      ...more,
    },
    duration,
    extra,
  )
const provisioned = (count: number): Resources => ({
  V1: version(1),
  Live: alias('V1', { ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: count } }),
})

describe('cold starts (LAM-20, LAM-25, LAM-40)', () => {
  test('3.1 the first call takes 151 ms, the second 51 ms', () => {
    expect(
      measure(called([EVERY(1, 2)], 10), { max: 'latency.max User1', min: 'latency.min User1', cold: 'coldStarts Fn' }),
    ).toEqual({ max: 0.151, min: 0.051, cold: 1 })
  })
  test('3.2 a gap of 15 min makes it cold again, one of 5 min does not', () => {
    const cold = (gap: number) => one(called([EVERY(gap, 2)], 2_000), 'coldStarts Fn')
    expect(cold(300)).toBe(1)
    expect(cold(900)).toBe(2)
  })
  test('3.3 twenty in a row share one environment', () => {
    expect(
      measure(called([EVERY(1, 20)], 30), { cold: 'coldStarts Fn', p50: 'latency.p50 User1', envs: 'envs.max Fn' }),
    ).toEqual({ cold: 1, p50: 0.051, envs: 1 })
  })
  test('3.4 twenty at once need twenty', () => {
    expect(measure(called([BURST(20)], 30), { cold: 'coldStarts Fn', p50: 'latency.p50 User1' })).toEqual({
      cold: 20,
      p50: 0.151,
    })
  })
  test('3.5 a second burst 10 s later is all warm', () => {
    expect(
      measure(called([BURST(20), BURST(20, 10)], 30), { cold: 'coldStarts Fn', second: 'latency.max User2' }),
    ).toEqual({ cold: 20, second: 0.051 })
  })
  test('3.6 one call every 11 min is always cold', () => {
    expect(one(called([EVERY(660, 10)], 7_000), 'coldStarts Fn')).toBe(10)
  })
  test('3.7 averages hide it: p50 and p99 51 ms, the longest 151 ms', () => {
    expect(
      measure(called([EVERY(1, 200)], 210), {
        p50: 'latency.p50 User1',
        p99: 'latency.p99 User1',
        max: 'latency.max User1',
      }),
    ).toEqual({ p50: 0.051, p99: 0.051, max: 0.151 })
  })
  test('3.11 warm-up is wider than the steady state: 30 environments for 100/s of 200 ms, of which 20 are needed', () => {
    const scenario = called([{ pattern: 'constant', rate: 100 }], 60, { Fn: fn([{ wait: 0.2 }], {}, { overhead: 0 }) })
    expect(measure(scenario, { envs: 'envs.max Fn', steady: 'concurrency.at(30s) Fn', cold: 'coldStarts Fn' })).toEqual(
      {
        envs: 30,
        steady: 20,
        cold: 30,
      },
    )
  })
  test('3.12 a ping every 5 min keeps one environment warm: 19 of 20 are cold', () => {
    const scenario = called([EVERY(300, 12), BURST(20, 3_500)], 3_600)
    expect(one(scenario, { m: 'coldStarts', of: 'Fn', during: [3_500, 'end'] })).toBe(19)
  })
  test('3.13 a new deployment starts cold', () => {
    const deployed = { interventions: [{ at: 5, set: '/resources/Fn/Behavior/revision', value: 2 }] }
    const asked = { m: 'coldStarts', of: 'Fn', during: [5, 'end'] } as const
    expect(one(called([BURST(20), BURST(20, 10)], 30, {}, 'Fn', deployed), asked)).toBe(20)
    expect(one(called([BURST(20), BURST(20, 10)], 30), asked)).toBe(0)
  })
})

describe('provisioned concurrency (LAM-46 to LAM-48, PR-6)', () => {
  test('3.8 twenty prepared: a burst of twenty is warm', () => {
    expect(
      measure(called([BURST(20)], 30, provisioned(20), 'Live'), { cold: 'coldStarts Fn', p99: 'latency.p99 User1' }),
    ).toEqual({ cold: 0, p99: 0.051 })
  })
  test('3.9 of thirty, ten spill over and are cold', () => {
    expect(
      measure(called([BURST(30)], 30, provisioned(20), 'Live'), {
        cold: 'coldStarts Fn',
        spillovers: 'spillovers Live',
        throttles: 'throttles Fn',
      }),
    ).toEqual({ cold: 10, spillovers: 10, throttles: 0 })
  })
  test('3.10 twenty of 512 MB cost $109.50 a month without any traffic', () => {
    // 20 x 0.5 GB x 2,628,000 s x 0.0000041667
    expect(one(called([], 3_600, provisioned(20)), 'cost.idleMonthly')).toBeCloseTo(109.5, 1)
    expect(one(called([], 3_600), 'cost.idleMonthly')).toBe(0)
  })
  test('3.10 they sit on the alias: a client that calls $LATEST finds all cold', () => {
    expect(one(called([BURST(20)], 30, provisioned(20)), 'coldStarts Fn')).toBe(20)
  })
})
