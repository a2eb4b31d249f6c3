import { describe, expect, test } from 'vitest'
import { factValue, PROFILES } from '../../model/facts'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../run.fixture'
import { facts } from './facts'

/** A function called at some seconds of the run. */
function called(
  at: readonly number[],
  behavior: JsonObject = {},
  properties: JsonObject = {},
  more: Partial<Scenario> = {},
) {
  const resources: { [id: string]: Resource } = {
    Role: mayAll,
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 60, Role: 'Role', ...properties },
      Behavior: { steps: [{ wait: 0.1 }], ...behavior },
    },
  }
  at.forEach((second, i) => (resources[`Client${i}`] = client('lambda:Invoke', 'Fn', { pattern: 'once', at: second })))
  return runOf(scenarioOf(resources, { duration: 1_000, ...more }))
}
const with_ = (facts: { [key: string]: number }): Partial<Scenario> => ({ facts })
const ms = (micros: number): number => Math.round(micros / 1_000)

describe('a fact that a scenario sets changes the run', () => {
  test('idle reclaim (lambda.idleTimeout)', () => {
    expect(called([1, 500]).total('Fn', 'ColdStarts')).toBe(1)
    expect(called([1, 500], {}, {}, with_({ 'lambda.idleTimeout': 300 })).total('Fn', 'ColdStarts')).toBe(2)
    // Behavior wins over both
    expect(called([1, 500], { idle: 600 }, {}, with_({ 'lambda.idleTimeout': 300 })).total('Fn', 'ColdStarts')).toBe(1)
  })
  test('maximum age (lambda.environmentMaxAge)', () => {
    const busy = [1, 100, 200, 300, 400]
    expect(called(busy).total('Fn', 'ColdStarts')).toBe(1)
    expect(called(busy, {}, {}, with_({ 'lambda.environmentMaxAge': 150 })).total('Fn', 'ColdStarts')).toBe(3)
  })
  test('provisioning and init (lambda.provision, lambda.init)', () => {
    const run = called([1], {}, {}, with_({ 'lambda.provision': 1, 'lambda.init.nodejs24.x': 2 }))
    expect(ms(run.total('Fn', 'InitDuration'))).toBe(2_000)
    expect(run.states('environment').map(([at, state]) => [state, at])).toEqual(
      expect.arrayContaining([
        ['init', 2],
        ['warm.busy', 4],
      ]),
    )
  })
  test('init limit (lambda.initLimit): beyond it init is tried again in the call', () => {
    const slow = { init: 5 }
    const within = called([1], slow)
    expect([ms(within.total('Fn', 'InitDuration')), ms(within.total('Fn', 'Duration'))]).toEqual([5_000, 101])
    const beyond = called([1], slow, {}, with_({ 'lambda.initLimit': 3 }))
    expect([ms(beyond.total('Fn', 'InitDuration')), ms(beyond.total('Fn', 'Duration'))]).toEqual([0, 5_101])
  })
  test('suppressed init takes what init takes (LAM-23)', () => {
    const stuck = { steps: [{ fail: { attempts: [1], crash: true } }, { wait: 0.1 }] }
    const second = (more?: Partial<Scenario>) => ms(called([1, 10], stuck, {}, more).max('Fn', 'Duration'))
    expect(second()).toBe(51)
    expect(second(with_({ 'lambda.init.nodejs24.x': 2 }))).toBe(2_001)
  })
  test('SnapStart restore (lambda.restore)', () => {
    const restored = (more: Partial<Scenario> = {}) =>
      runOf(
        scenarioOf(
          {
            Role: mayAll,
            Fn: {
              Type: 'AWS::Lambda::Function',
              Properties: { Runtime: 'java21', Role: 'Role', SnapStart: { ApplyOn: 'PublishedVersions' } },
            },
            V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
            Client: client('lambda:Invoke', 'V', { pattern: 'once', at: 1 }),
          },
          { duration: 10, ...more },
        ),
      )
    expect(ms(restored().total('V', 'RestoreDuration'))).toBe(20)
    expect(ms(restored(with_({ 'lambda.restore': 1.5 })).total('V', 'RestoreDuration'))).toBe(1_500)
    expect(ms(restored().total('V', 'InitDuration'))).toBe(0)
  })
  test('quota of the account (lambda.accountConcurrency)', () => {
    const at = Array.from({ length: 8 }, () => 1)
    expect(called(at).total('Fn', 'Throttles')).toBe(0)
    expect(called(at, {}, {}, with_({ 'lambda.accountConcurrency': 5 })).total('Fn', 'Throttles')).toBe(3)
  })
})

describe('a profile changes the run', () => {
  test('billing-before-2025-08: init of a zip package is free (LAM-27)', () => {
    expect(called([1]).total('Fn', 'BilledMs')).toBe(151)
    expect(called([1], {}, {}, { profile: 'billing-before-2025-08' }).total('Fn', 'BilledMs')).toBe(101)
  })
  test('scaling-2022: 3,000 environments at once where there are 1,000 (LAM-43, LAM-43b)', () => {
    const rush = (profile: string) =>
      runOf(
        scenarioOf(
          {
            Role: mayAll,
            Fn: {
              Type: 'AWS::Lambda::Function',
              Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 60, Role: 'Role' },
              Behavior: { steps: [{ wait: 5 }] },
            },
            Client: client('lambda:Invoke', 'Fn', { pattern: 'burst', count: 4_000, at: 1 }),
          },
          { duration: 3, profile, facts: { 'lambda.accountConcurrency': 10_000 } },
        ),
      ).total('Fn', 'ColdStarts')
    expect([rush('teaching'), rush('scaling-2022')]).toEqual([1_000, 3_000])
  })
  test('aws-2026-11: measured init, so that two runs of other seeds differ', () => {
    const init = (seed: number) => called([1], {}, {}, { profile: 'aws-2026-11', seed }).total('Fn', 'InitDuration')
    expect(init(1)).not.toBe(init(2))
    expect(ms(init(1))).toBeGreaterThan(50)
    expect(init(1)).toBe(init(1))
  })
})

test('what AWS leaves open is configurable, what it decides is not, and every profile is used', () => {
  const configurable = Object.values(facts).filter((it) => it.configurable !== undefined)
  for (const name of [
    'idleTimeout',
    'environmentMaxAge',
    'initLimit',
    'restore',
    'provision',
    'warmOverhead',
    'init.java21',
  ])
    expect(configurable.map(({ key }) => key)).toContain(`lambda.${name}`)
  for (const { key, confidence } of Object.values(facts).filter((it) => it.configurable === undefined))
    expect(['verified', 'measured', 'assumed'], key).toContain(confidence)
  const profiles = new Set(Object.values(facts).flatMap(({ value }) => Object.keys(value)))
  for (const name of ['teaching', 'aws-2026-11', 'scaling-2022', 'billing-before-2025-08'])
    expect(profiles).toContain(name)
  for (const name of profiles) expect(Object.keys(PROFILES)).toContain(name)
  expect(factValue(facts['idleTimeout']!, 'aws-2026-11')).toBe(600)
})
