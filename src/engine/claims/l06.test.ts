/** Lesson 6, synchronous calls: claims of learning-design.md section 5. There is no API Gateway yet: a client calls the function itself. */
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../model/scenario'
import {
  client,
  EVERY,
  fn,
  mapping,
  measure,
  NO_OVERHEAD,
  ONCE,
  one,
  posts,
  queue,
  scenarioOf,
  table,
  type Resources,
} from './run.fixture'

test('6.1 the caller waits for the whole run: 151 ms cold, 51 ms warm (an API adds 10 ms)', () => {
  const scenario = scenarioOf({ Browser: client(EVERY(1, 2), 'Fn'), Fn: fn([{ wait: 0.05 }]) }, 10)
  expect(measure(scenario, { cold: 'latency.max Browser', warm: 'latency.min Browser' })).toEqual({
    cold: 0.151,
    warm: 0.051,
  })
})

describe('6.2 errors and retries are the job of the caller (INV-1)', () => {
  const run = (retries: number, seed: number) =>
    measure(
      scenarioOf(
        {
          User: client({ pattern: 'constant', rate: 20, count: 2_000 }, 'Fn', { retries: { max: retries } }),
          Fn: fn([{ wait: 0.01 }], {}, { errors: { rate: 0.1 } }),
        },
        130,
        { seed },
      ),
      { success: 'success User', invocations: 'invocations Fn', errors: 'errorRate Fn' },
    ) as { [name: string]: number }

  test.each([1, 7, 42])('without retries nine in ten succeed, with two 999 in 1,000 (seed %d)', (seed) => {
    // 3 standard deviations of 2,000 draws at 0.1 and at 0.001
    const none = run(0, seed)
    expect(Math.abs(none.success! - 0.9)).toBeLessThanOrEqual(3 * Math.sqrt((0.9 * 0.1) / 2_000))
    expect(none.invocations).toBe(2_000)
    const two = run(2, seed)
    expect(Math.abs(two.success! - 0.999)).toBeLessThanOrEqual(3 * Math.sqrt(0.001 / 2_000))
    expect(Math.abs(two.errors! - 0.1)).toBeLessThanOrEqual(0.021)
    // 1 + 0.1 + 0.01 tries for each request
    expect(Math.abs(two.invocations! / 2_000 - 1.11)).toBeLessThan(0.03)
  })
})

test('6.3 the caller gives up at 29 s; the function runs on and is billed for 40 s', () => {
  const resources = {
    Api: client(ONCE(), 'Fn', { timeout: 29 }),
    Fn: fn([{ wait: 40 }], { Timeout: 60 }),
  }
  const found = measure(scenarioOf(resources, 120), {
    waited: 'latency.max Api',
    failed: 'errors Api',
    errors: 'errors Fn',
    billed: 'billedMs Fn',
  })
  expect(found).toMatchObject({ waited: 29, failed: 1, errors: 0 })
  expect(found.billed).toBeGreaterThanOrEqual(40_000)
})

test('6.4 accepted in milliseconds, worked on later, nothing lost', () => {
  const resources = {
    User: client(EVERY(1, 20, 1), 'Accept'),
    Warm: client(ONCE(), 'Accept'),
    Accept: fn([{ call: 'sqs:SendMessage', to: 'Queue' }]),
    Queue: queue({ VisibilityTimeout: 60 }),
    Mapping: mapping({ BatchSize: 1 }),
    Fn: fn([{ wait: 5 }], { Timeout: 10 }),
  }
  const found = measure(scenarioOf(resources, 120), {
    p99: 'latency.p99 User',
    done: 'successes Fn',
    lost: 'lost Queue',
    left: 'queue.depth Queue',
  })
  expect(found.p99).toBeLessThanOrEqual(0.05)
  expect(found).toMatchObject({ done: 21, lost: 0, left: 0 })
})

describe('6.5 to 6.7 chains A, B, C of 100, 200 and 300 ms', () => {
  const chain = (c: JsonObject[], traffic: JsonObject = ONCE(), reserved: (number | null)[] = []): Resources => {
    const limited = (n: number): JsonObject =>
      typeof reserved[n] === 'number' ? { ReservedConcurrentExecutions: reserved[n] } : {}
    const part = (steps: JsonObject[], n: number) => fn(steps, { Timeout: 30, ...limited(n) }, NO_OVERHEAD)
    return {
      User: client(traffic, 'A'),
      A: part([{ wait: 0.1 }, { call: 'lambda:Invoke', to: 'B' }], 0),
      B: part([{ wait: 0.2 }, { call: 'lambda:Invoke', to: 'C' }], 1),
      C: part(c, 2),
    }
  }
  test('6.5 the client waits 600 ms; 1,400 ms are billed', () => {
    expect(
      measure(scenarioOf(chain([{ wait: 0.3 }]), 10), {
        latency: 'latency.max User',
        billed: 'billedMs.total',
        a: 'billedMs A',
        b: 'billedMs B',
        c: 'billedMs C',
      }),
    ).toEqual({ latency: 0.6, billed: 1_400, a: 600, b: 500, c: 300 })
  })
  test('6.6 when C fails the whole call fails', () => {
    expect(
      measure(scenarioOf(chain([{ wait: 0.3 }, { fail: {} }]), 10), {
        success: 'success User',
        a: 'errors A',
        b: 'errors B',
        c: 'errors C',
      }),
    ).toEqual({ success: 0, a: 1, b: 1, c: 1 })
  })
  test('6.6 with a queue before C the client is served and the message waits', () => {
    const resources = {
      ...chain([{ wait: 0.3 }, { fail: {} }]),
      B: fn([{ wait: 0.2 }, { call: 'sqs:SendMessage', to: 'Queue' }]),
      Queue: queue(),
      Mapping: mapping({ FunctionName: 'C' }),
      C: fn([{ wait: 0.3 }, { fail: {} }]),
    }
    expect(
      measure(scenarioOf(resources, 10), {
        success: 'success User',
        lost: 'lost Queue',
        waiting: 'queue.inFlight.last Queue',
        c: 'errors C',
      }),
    ).toEqual({ success: 1, lost: 0, waiting: 1, c: 1 })
  })
  test('6.7 as fast as its slowest link: 50 at once of 300 ms are 166/s', () => {
    const limits = [null, null, 50]
    const resources = chain([{ wait: 0.3 }], { pattern: 'constant', rate: 300 }, limits)
    const scenario = scenarioOf(resources, 40, { facts: { 'lambda.accountConcurrency': 1_550 } })
    const found = measure(scenario, {
      served: { m: 'invocations', of: 'C', during: [10, 40] },
      most: 'concurrency.max C',
      refused: 'throttles C',
    }) as { [name: string]: number }
    expect(found.most).toBe(50)
    expect(found.served! / 30).toBeCloseTo(166.7, 0)
    expect(found.refused!).toBeGreaterThan(0)
  })
})

test('6.8 a client that gives up after 1 s and tries again makes two effects of one order', () => {
  const found = (retries: number) =>
    measure(
      scenarioOf(
        {
          User: client(ONCE(), 'Fn', { timeout: 1, retries: { max: retries } }),
          Fn: fn([{ wait: 1.5 }, { call: 'dynamodb:UpdateItem', to: 'Cards', key: 'card', add: { charged: 1 } }]),
          Cards: table,
        },
        30,
      ),
      {
        effects: 'effects Cards',
        twice: 'duplicateEffects Cards',
        charged: { m: 'state', of: 'Cards', where: { key: 'card', field: 'charged' } },
      },
    )
  expect(found(1)).toEqual({ effects: 2, twice: 1, charged: 2 })
  expect(found(0)).toEqual({ effects: 1, twice: 0, charged: 1 })
})

test('6.4 the queue takes the message itself just as well', () => {
  const scenario = scenarioOf({ User: posts(ONCE(), 'Queue'), Queue: queue() }, 10)
  expect(one(scenario, 'latency.max User')).toBeLessThanOrEqual(0.05)
})
