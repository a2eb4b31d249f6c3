import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gate } from '../gate/text'
import type { Scenario, JsonObject } from '../model/scenario'
import { simulate, type Recording } from './simulate'

const scenarios = join(import.meta.dirname, '../../public/scenarios')
function gallery(slug: string): Scenario {
  const gated = gate(readFileSync(join(scenarios, `${slug}.yaml`), 'utf8'))
  if (!gated.ok) throw new Error(JSON.stringify(gated.problems))
  return gated.normalised
}
const total = (recording: Recording, resource: string, name: string) => {
  const series = recording.series.find((it) => it.resource === resource && it.name === name)
  if (series === undefined) throw new Error(`no series ${resource} ${name}`)
  return series.total
}
const withBehavior = (scenario: Scenario, id: string, behavior: JsonObject): Scenario => ({
  ...scenario,
  resources: {
    ...scenario.resources,
    [id]: { ...scenario.resources[id]!, Behavior: { ...scenario.resources[id]!.Behavior, ...behavior } },
  },
})
const withProperties = (scenario: Scenario, id: string, properties: JsonObject): Scenario => ({
  ...scenario,
  resources: {
    ...scenario.resources,
    [id]: { ...scenario.resources[id]!, Properties: { ...scenario.resources[id]!.Properties, ...properties } },
  },
})

describe('cold starts (LAM-40, claims 3.1 to 3.5)', () => {
  test('twenty at once: twenty cold starts, 151 ms each', () => {
    const run = simulate(gallery('twenty-at-once'))
    expect(total(run, 'Hello', 'ColdStarts').sum).toBe(20)
    expect(total(run, 'Crowd', 'Latency').percentiles).toEqual([151_000, 151_000, 151_000, 151_000, 151_000])
  })
  test('spread over 20 s: one cold start, 51 ms warm', () => {
    const run = simulate(gallery('one-after-another'))
    expect(total(run, 'Hello', 'ColdStarts').sum).toBe(1)
    expect(total(run, 'Visitor', 'Latency').percentiles[0]).toBe(51_000)
    expect(total(run, 'Visitor', 'Latency').max).toBe(151_000)
  })
  test('a gap longer than the idle time makes it cold again', () => {
    const long = { ...gallery('one-after-another'), duration: 2_000 }
    const gap = (every: number): number =>
      total(
        simulate(withBehavior(long, 'Visitor', { traffic: { pattern: 'repeat', every, times: 2 } })),
        'Hello',
        'ColdStarts',
      ).sum
    expect(gap(300)).toBe(1)
    expect(gap(900)).toBe(2)
  })
  test('warm-up makes the start wider than the steady state: 30 environments for 100/s of 200 ms (claim 3.11)', () => {
    const steady = withBehavior(gallery('one-after-another'), 'Visitor', {
      traffic: { pattern: 'constant', rate: 100 },
    })
    const run = simulate(withBehavior({ ...steady, duration: 20 }, 'Hello', { steps: [{ wait: 0.199 }] }))
    expect(total(run, 'Hello', 'Environments').max).toBe(30)
  })
})

describe('concurrency (LAM-45, LAM-51, claims 4.2, 4.3)', () => {
  test('reserved 5, twenty at once for 1 s: 5 run, 15 throttled, 5 cold', () => {
    const busy = withBehavior(gallery('twenty-at-once'), 'Hello', { steps: [{ wait: 1 }] })
    const run = simulate(withProperties(busy, 'Hello', { ReservedConcurrentExecutions: 5 }))
    expect(total(run, 'Hello', 'Throttles').sum).toBe(15)
    expect(total(run, 'Hello', 'Invocations').sum).toBe(5)
    expect(total(run, 'Hello', 'Errors').sum).toBe(0)
    expect(total(run, 'Hello', 'ColdStarts').sum).toBe(5)
  })
  test('reserved 0 is the off switch', () => {
    const run = simulate(withProperties(gallery('twenty-at-once'), 'Hello', { ReservedConcurrentExecutions: 0 }))
    expect(total(run, 'Hello', 'Throttles').sum).toBe(20)
    expect(total(run, 'Hello', 'Invocations').sum).toBe(0)
  })
  test('an unreserved function starves behind a noisy neighbour, a reserved one does not', () => {
    const quiet = (scenario: Scenario): number => total(simulate(scenario), 'Quiet', 'Throttles').sum
    expect(quiet(gallery('noisy-neighbour'))).toBeGreaterThan(0)
    expect(quiet(withProperties(gallery('noisy-neighbour'), 'Quiet', { ReservedConcurrentExecutions: 20 }))).toBe(0)
  })
})

describe('a poison message (SQS-ESM-6, SQS-5, claim 8.4)', () => {
  test('the whole batch fails three times and ends in the dead-letter queue', () => {
    const run = simulate(gallery('poison-message'))
    expect(total(run, 'Worker', 'Invocations').sum).toBe(3)
    expect(total(run, 'OrdersDLQ', 'ApproximateNumberOfMessagesVisible').last).toBe(10)
    expect(total(run, 'Orders', 'NumberOfMessagesDeleted').sum).toBe(0)
  })
  test('batches of one isolate it', () => {
    const run = simulate(
      withProperties(gallery('poison-message'), 'Mapping', { BatchSize: 1, MaximumBatchingWindowInSeconds: 0 }),
    )
    expect(total(run, 'OrdersDLQ', 'ApproximateNumberOfMessagesVisible').last).toBe(1)
    expect(total(run, 'Orders', 'NumberOfMessagesDeleted').sum).toBe(9)
    expect(total(run, 'Worker', 'Invocations').sum).toBe(12)
  })
})

describe('asynchronous retries (INV-3, claims 7.2, 7.7)', () => {
  const balances = (run: Recording): Map<string, number> => {
    const found = new Map<string, number>()
    for (const rows of run.rows) {
      for (let i = 0; i < rows.length; i++) {
        const entity = rows.kind[i] === 1 ? run.legend.entities[rows.subject[i]!] : undefined
        if (entity?.machine === 'item') found.set(entity.label, rows.value[i]!)
      }
    }
    return found
  }
  test('adding 10 three times makes 130, setting 110 three times makes 110', () => {
    expect(balances(simulate(gallery('add-versus-set')))).toEqual(
      new Map([
        ['added', 130],
        ['set', 110],
      ]),
    )
  })
  test('attempts start 60 s and 120 s after the one before ended', () => {
    const run = simulate(gallery('add-versus-set'))
    const starts: number[] = []
    const fn = run.head.resources.indexOf('Adds')
    for (const rows of run.rows) {
      for (let i = 0; i < rows.length; i++)
        if (rows.kind[i] === 2 && rows.resource[i] === fn) starts.push(rows.value[i]! / 1e6, rows.at[i]! / 1e6)
    }
    expect(starts).toHaveLength(6)
    expect(starts[2]! - starts[1]!).toBeCloseTo(60, 6)
    expect(starts[4]! - starts[3]!).toBeCloseTo(120, 6)
  })
})

describe('networks (NET-30, NET-26, NET-3, NET-5, NET-9)', () => {
  test('without a route the call is never answered and the function times out', () => {
    const run = simulate(gallery('no-way-out'))
    expect(total(run, 'FetchPrices', 'Timeouts').sum).toBe(20)
    expect(total(run, 'FetchPrices', 'Duration').percentiles[0]).toBe(5_000_000)
    expect(total(run, 'Visitors', 'Successes').sum).toBe(0)
  })
  test('the NAT gateway mends it', () => {
    const run = simulate(gallery('nat-way-out'))
    expect(total(run, 'FetchPrices', 'Errors').sum).toBe(0)
    expect(total(run, 'Visitors', 'Successes').sum).toBe(20)
  })
  test('four functions share one interface per subnet, and are Pending for 90 s', () => {
    const run = simulate(gallery('enis-now'))
    expect(total(run, 'ShopVpc', 'NetworkInterfacesCreated').sum).toBe(2)
    expect(total(run, 'ShopVpc', 'NetworkInterfaces').max).toBe(2)
    // calls at 10, 40 and 70 s are refused, those at 100, 130 and 160 s are served
    for (const fn of ['Fn1', 'Fn2', 'Fn3', 'Fn4']) expect(total(run, fn, 'Invocations').sum).toBe(30)
  })
  test('in 2018 environments needed a share of an interface each, and waited 10 s for it', () => {
    const run = simulate(gallery('enis-then'))
    // 10 environments of 1,536 MB need 5 interfaces, for each of four functions
    expect(total(run, 'ShopVpc', 'NetworkInterfacesCreated').sum).toBe(20)
    expect(total(run, 'Crowd1', 'Latency').max).toBeGreaterThan(12_000_000)
  })
})

describe('a published simulator agrees (SimFaaS README: 0.14 % cold, 1.79 running, 7.66 environments)', () => {
  test('over 10^6 s', () => {
    const scenario = gallery('steady-poisson')
    const run = simulate(scenario, { record: false })
    const cold = (100 * total(run, 'Service', 'ColdStarts').sum) / total(run, 'Service', 'Invocations').sum
    expect(Math.abs(cold - 0.14)).toBeLessThanOrEqual(0.02)
    const running = total(run, 'Service', 'ConcurrentExecutions').sum / scenario.duration
    expect(Math.abs(running / 1.79 - 1)).toBeLessThanOrEqual(0.01)
    const environments = total(run, 'Service', 'Environments').sum / scenario.duration
    expect(Math.abs(environments / 7.7 - 1)).toBeLessThanOrEqual(0.03)
  })
})

test('the same scenario and seed give the same bytes', () => {
  const one = simulate(gallery('orders'))
  const two = simulate(gallery('orders'))
  expect(two.series).toEqual(one.series)
  expect(two.legend).toEqual(one.legend)
  expect(two.rows).toEqual(one.rows)
})
