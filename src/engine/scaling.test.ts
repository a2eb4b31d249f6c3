/** Agreement with what others computed and measured (../shared/conformance/scaling). Tolerances follow from how many samples a run has. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../model/scenario'
import { ask, type MetricQuery } from './query'
import { called, queued, service } from './scaling.fixture'
import { simulate } from './simulate'

const folder = join(import.meta.dirname, '../../../shared/conformance/scaling')
function rows<Row>(name: string): Row[] {
  const file = join(folder, `${name}.jsonl`)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
}
const here = existsSync(folder)

/** Means over a whole run. */
function figures(scenario: Scenario) {
  const { series } = simulate(scenario, { record: false })
  const total = (resource: string, name: string): number =>
    series.find((one) => one.resource === resource && one.name === name)!.total.sum
  const invocations = total('Fn', 'Invocations')
  const requests = total('Client', 'Requests')
  return {
    requests,
    coldStarts: total('Fn', 'ColdStarts'),
    probCold: total('Fn', 'ColdStarts') / invocations,
    probReject: total('Fn', 'Throttles') / requests,
    running: total('Fn', 'ConcurrentExecutions') / scenario.duration,
    environments: total('Fn', 'Environments') / scenario.duration,
  }
}
/** Answers of a window that leaves out the start. */
function settled(scenario: Scenario, from: number, ...queries: MetricQuery[]): number[] {
  const during = [from, 'end'] as const
  return ask(
    queries.map((query) => ({ ...query, during })),
    scenario,
  ).map(({ value }) => value as number)
}
const near = (value: number, expected: number, tolerance: number): void =>
  expect(Math.abs(value - expected), `${value} for ${expected} ± ${tolerance}`).toBeLessThanOrEqual(tolerance)

interface Printed {
  readonly id: string
  readonly params?: { readonly [name: string]: number }
  readonly printed: { readonly [name: string]: number }
}

describe.skipIf(!here)('SimFaaS prints (skipped without ../shared/conformance)', () => {
  for (const { id, params, printed } of rows<Printed>('simfaas_printed')) {
    // the accuracy of SimFaaS itself, which the measurements below are held against
    if (params === undefined) continue
    test(`${id} as printed`, () => {
      const { arrivalRate, warmServiceTime, coldServiceTime, expiration, maxTime, maxConcurrency } = params
      // what is stationary is run for 60,000 requests; what fills up from empty, for as long as it was
      const stationary = (printed['probReject'] ?? 0) === 0
      const share = stationary ? Math.min(1, 60_000 / printed['requests']!) : 1
      const [coldStarts, requests] = [printed['coldStarts']! * share, printed['requests']! * share]
      const found = figures(
        called(
          { rate: arrivalRate!, duration: maxTime! * share },
          {
            warm: service(warmServiceTime!),
            cold: service(coldServiceTime!),
            idle: expiration!,
            account: maxConcurrency!,
          },
        ),
      )
      near(found.requests / requests, 1, 5 / Math.sqrt(requests))
      // two independent runs of a rare event: five standard errors of their difference
      near(found.coldStarts, coldStarts, 5 * Math.sqrt(found.coldStarts + coldStarts))
      if (printed['probReject'] !== undefined)
        near(found.probReject, printed['probReject'], 0.001 + 0.01 * printed['probReject'])
      // exponential services: a sum of so many has a relative error of sqrt(2 / requests)
      near(found.running / printed['avgRunning']!, 1, 5 * Math.sqrt(2 / requests))
      // environments follow from few cold starts, each of which lasts an expiry and more
      near(found.environments / printed['avgServers']!, 1, 0.01 + 2 / Math.sqrt(coldStarts))
    })
  }
})

interface Analytic {
  readonly id: string
  readonly expected: { readonly [name: string]: number }
  readonly offeredLoad?: number
  readonly servers?: number
  readonly arrivalRate?: number
  readonly idleExpiry?: number
  readonly meanDuration?: number
  readonly rho?: number
  readonly cvService?: number
}
const analytic = rows<Analytic>('analytic')
const kind = (prefix: string): Analytic[] => analytic.filter(({ id }) => id.startsWith(`${prefix}-`))

describe.skipIf(!here)('closed forms', () => {
  for (const { id, offeredLoad: load, servers, expected } of kind('erlangB')) {
    test(`${id}: reserved concurrency as servers without a queue`, () => {
      const duration = Math.max(200, 60_000 / load!)
      const scenario = called({ rate: load!, duration }, { warm: service(1), idle: 1_000_000, reserved: servers! })
      const [throttles, invocations, running] = settled(
        scenario,
        20,
        { m: 'throttles', of: 'Fn' },
        { m: 'invocations', of: 'Fn' },
        { m: 'concurrency.mean', of: 'Fn' },
      ) as [number, number, number]
      const blocked = expected['probThrottled']!
      // calls within one service time are not independent
      const error = Math.sqrt((blocked * (1 - blocked) * (1 + 2 * load!)) / (throttles + invocations))
      near(throttles / (throttles + invocations), blocked, 5 * error)
      near(running, expected['averageRunning']!, 5 * Math.sqrt((2 * expected['averageRunning']!) / duration) + 1e-9)
    })
  }

  for (const { id, arrivalRate, idleExpiry, expected } of kind('rare-cold')) {
    test(`${id}: cold when the gap outlasts the idle time`, () => {
      // the probability depends on rate x expiry alone: time runs faster here, so that there are calls enough
      const faster = 0.05 / arrivalRate!
      const found = figures(
        called({ rate: arrivalRate! * faster, duration: 800_000 }, { warm: 0.0001, idle: idleExpiry! / faster }),
      )
      const p = expected['probCold']!
      near(found.probCold, p, 5 * Math.sqrt((p * (1 - p)) / found.requests) + 0.0005)
    })
  }

  for (const { id, arrivalRate, meanDuration, expected } of kind('little')) {
    test(`${id}: concurrency is rate x duration`, () => {
      const duration = Math.max(200, 40_000 / arrivalRate!)
      const found = figures(called({ rate: arrivalRate!, duration }, { warm: service(meanDuration!), idle: 600 }))
      near(found.running / expected['averageRunning']!, 1, 5 / Math.sqrt(found.requests) + meanDuration! / duration)
    })
  }

  for (const { id, offeredLoad: load, servers, expected } of kind('erlangC'))
    test(`${id}: a queue in front of as many pollers`, () => waits(load!, servers!, 1, expected))
  for (const { id, rho, cvService, expected } of kind('mg1'))
    test(`${id}: one message of a group after the other`, () => waits(rho!, 1, cvService!, expected))

  /**
   * Mean wait and mean length of a queue against their closed forms. Waits are correlated over many services, so that their standard error is taken
   * from the means of batches, each of them many times that long.
   */
  function waits(
    load: number,
    servers: number,
    variation: number,
    { meanWait, meanQueueLength, p95Wait }: Analytic['expected'],
  ): void {
    // slower than in the table where ten polls a second of a provisioned poller would take time beside it
    const mean = servers > 10 ? 20 : 1
    const rho = load / servers
    // waits vary more the nearer to its limit a queue is, and the more services vary
    const messages = MESSAGES * (rho > 0.8 ? 5 : 1) * Math.max(1, (1 + variation ** 2) / 2)
    const width = (messages / BATCHES / load) * mean
    const warm = (20 * mean) / (1 - rho)
    const windows = Array.from({ length: BATCHES }, (_, i): [number, number] => [
      warm + i * width,
      warm + (i + 1) * width,
    ])
    const answers = ask(
      windows.flatMap((during): MetricQuery[] => [
        { m: 'queueDelay.mean', of: 'Queue', during },
        { m: 'queue.depth.mean', of: 'Queue', during },
        { m: 'queueDelay.p95', of: 'Queue', during },
      ]),
      {
        ...queued({ rate: load / mean, duration: warm + BATCHES * width + 1 }, service(mean, variation), servers),
        seed: servers,
      },
    ).map(({ value }) => value as number)
    const means = (which: number): number[] => answers.filter((_, i) => i % 3 === which)
    fits(means(0), meanWait! * mean)
    if (meanQueueLength !== undefined) fits(means(1), meanQueueLength)
    if (p95Wait !== undefined) fits(means(2), p95Wait * mean)
  }
})

/** Means of batches agree with a value: within five standard errors, which must themselves be small enough to tell a queue from another. */
function fits(batches: readonly number[], expected: number): void {
  const mean = batches.reduce((sum, value) => sum + value, 0) / batches.length
  const variance = batches.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (batches.length - 1)
  const error = Math.sqrt(variance / batches.length)
  expect(error / expected, 'standard error').toBeLessThan(0.3)
  near(mean, expected, 5 * error)
}
const BATCHES = 16
const MESSAGES = 16_000

interface Measured {
  readonly id: string
  readonly arrivalRatePerSec: number
  readonly serviceTimeWarmMs: number
  readonly serviceTimeColdMs: number
  readonly idleExpiryMinutes: number
  readonly measured: { readonly [name: string]: number }
}

describe.skipIf(!here)('measured on AWS in 2020', () => {
  test('cold starts and environments are as near as a published simulator comes', () => {
    const errors = rows<Measured>('aws_lambda_cold_start_experiments').map((row) => {
      const found = figures(
        called(
          { rate: row.arrivalRatePerSec, duration: 300_000 },
          {
            warm: service(row.serviceTimeWarmMs / 1_000),
            cold: service(row.serviceTimeColdMs / 1_000),
            idle: row.idleExpiryMinutes * 60,
          },
        ),
      )
      const off = (value: number, name: string): number => Math.abs(value / row.measured[name]! - 1)
      return {
        cold: off(found.probCold, 'coldStartProbability'),
        environments: off(found.environments, 'averageInstanceCount'),
      }
    })
    const yardstick = rows<Printed>('simfaas_printed').find(({ params }) => params === undefined)!.printed
    const mean = (name: 'cold' | 'environments'): number =>
      (100 * errors.reduce((sum, error) => sum + error[name], 0)) / errors.length
    // a run of its own: within two standard errors of the published deviation
    expect(mean('cold')).toBeLessThanOrEqual(
      yardstick['coldStartMAPEpercent']! + (2 * yardstick['coldStartSEpercent']!) / Math.sqrt(errors.length),
    )
    expect(mean('environments')).toBeLessThanOrEqual(yardstick['averageInstanceMAPEpercent']! + 1)
  })
})
