import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { Random } from '../../kernel/random'
import type { JsonObject } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { readTraffic } from '../traffic'

/** Arrival times (s) of the first `most` calls. */
function arrivals(traffic: JsonObject, most = 50): number[] {
  const random = new Random(7)
  const { next } = readTraffic(traffic, random, random.stream('arrivals'))
  const times: number[] = []
  let previous = 0
  for (let n = 0; n < most; n++) {
    const at = next(n, previous)
    if (at === Infinity) break
    times.push(at / 1e6)
    previous = at
  }
  return times
}

describe('traffic patterns', () => {
  test('once, burst, repeat', () => {
    expect(arrivals({ pattern: 'once', at: 3 })).toEqual([3])
    expect(arrivals({ pattern: 'burst', count: 20, at: 1 })).toEqual([1])
    expect(arrivals({ pattern: 'repeat', every: 2, times: 3, at: 1 })).toEqual([1, 3, 5])
  })
  test('constant keeps its rate without drift, to its end and its count', () => {
    const third = arrivals({ pattern: 'constant', rate: 3, until: 100 }, 1_000)
    expect(third).toHaveLength(300)
    expect(third[299]).toBeCloseTo(99.666667, 6)
    expect(arrivals({ pattern: 'constant', rate: 3, count: 5 })).toHaveLength(5)
  })
  test('poisson has the mean gap of its rate', () => {
    const times = arrivals({ pattern: 'poisson', rate: 4 }, 20_000)
    expect(times.at(-1)! / 20_000).toBeCloseTo(0.25, 2)
  })
  test('ramp: the integral of the rate gives the count', () => {
    // 0 to 10 per second over 10 s is 50 calls; afterwards 10 per second
    const times = arrivals({ pattern: 'ramp', from: 0, to: 10, over: 10 }, 200)
    expect(times.filter((at) => at <= 10)).toHaveLength(51)
    expect(times.filter((at) => at > 11 && at <= 12)).toHaveLength(10)
  })
  test('any pattern: arrivals never go back in time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('constant', 'poisson', 'ramp', 'repeat'),
        fc.double({ min: 0.01, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 50, noNaN: true }),
        (pattern, rate, at) => {
          const times = arrivals({ pattern, rate, at, from: rate / 3, to: rate, over: 5, every: 1 / rate })
          expect(times).toEqual([...times].sort((x, y) => x - y))
          if (times.length > 0) expect(times[0]).toBeGreaterThanOrEqual(Math.round(at * 1e6) / 1e6)
        },
      ),
    )
  })
})

describe('the caller retries, nobody else does (INV-1)', () => {
  const failing = (retries: JsonObject) =>
    runOf(
      scenarioOf({
        Client: client('https:Request', 'Api', { pattern: 'once' }, { retries }),
        Api: { Type: 'Coldstart::Internet', Behavior: { host: 'api.example', latency: 0.1, errors: { rate: 1 } } },
      }),
    )
  test('without retries a failed call fails', () => {
    const run = failing({ max: 0 })
    expect(run.total('Client', 'Failures')).toBe(1)
    expect(run.total('Client', 'Retries')).toBe(0)
  })
  test('waits base, base x factor, ... between attempts, up to the cap', () => {
    const run = failing({ max: 3, base: 1, factor: 3, cap: 5 })
    expect(
      run
        .hops('https:Request')
        .map(([at]) => at)
        .filter((at, i, all) => all.indexOf(at) === i),
    ).toEqual([0, 0.1, 1.1, 1.2, 4.2, 4.3, 9.3, 9.4])
    expect(run.total('Client', 'Retries')).toBe(3)
  })
  test('a timeout gives up waiting', () => {
    const run = runOf(
      scenarioOf({
        Client: client('https:Request', 'Api', { pattern: 'once' }, { timeout: 0.05 }),
        Api: { Type: 'Coldstart::Internet', Behavior: { host: 'api.example', latency: 0.1 } },
      }),
    )
    expect(run.total('Client', 'Failures')).toBe(1)
    expect(run.total('Client', 'Latency')).toBe(50_000)
  })
})
