/** What the gallery's networks show, and what holds for the whole engine; the claims of the lessons are in `claims/`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gate } from '../gate/text'
import type { Scenario } from '../model/scenario'
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
