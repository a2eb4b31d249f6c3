import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'

const fn = (behavior: JsonObject = {}, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 3, Role: 'Role', ...properties },
  Behavior: { steps: [{ wait: 0.05 }], ...behavior },
})
const version = (number: number, snapshot: JsonObject = {}, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Version',
  Properties: { FunctionName: 'Fn', ...properties },
  Behavior: { number, snapshot },
})
const alias = (properties: JsonObject): Resource => ({
  Type: 'AWS::Lambda::Alias',
  Properties: { FunctionName: 'Fn', Name: 'live', ...properties },
})
const burst = (count: number, at = 1): JsonObject => ({ pattern: 'burst', count, at })

describe('versions (LAM-60)', () => {
  test('a version runs what was published, $LATEST what the function is now', () => {
    const run = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn({ steps: [{ wait: 0.2 }] }),
        V1: version(1, { Behavior: { steps: [{ wait: 0.1 }] } }),
        One: client('lambda:Invoke', 'V1', burst(1)),
        Two: client('lambda:Invoke', 'Fn', burst(1, 5)),
      }),
    )
    expect(run.total('V1', 'Duration')).toBe(101_000)
    // each version has environments of its own (LAM-22)
    expect(run.total('V1', 'ColdStarts')).toBe(1)
    expect(run.total('Fn', 'ColdStarts')).toBe(2)
    expect(run.total('Fn', 'Invocations')).toBe(2)
    expect(run.total('Fn', 'Duration')).toBe(302_000)
  })

  test('an alias shares calls at random by weight (LAM-61)', () => {
    const run = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn(),
        V1: version(1),
        V2: version(2),
        Live: alias({
          FunctionVersion: 'V1',
          RoutingConfig: { AdditionalVersionWeights: [{ FunctionVersion: 'V2', FunctionWeight: 0.1 }] },
        }),
        Caller: client('lambda:Invoke', 'Live', { pattern: 'constant', rate: 100, count: 10_000 }),
      }),
    )
    expect(run.total('Live', 'Invocations')).toBe(10_000)
    expect(run.total('V1', 'Invocations') + run.total('V2', 'Invocations')).toBe(10_000)
    // vector 14: 1,000 within three standard deviations of 30
    expect(Math.abs(run.total('V2', 'Invocations') - 1_000)).toBeLessThan(90)
    expect(run.reasons('lambda.routed').filter(([, number]) => number === 2)).toHaveLength(
      run.total('V2', 'Invocations'),
    )
  })

  test('an alias is pointed back during the run without touching the caller (claim 14.3)', () => {
    const run = runOf(
      scenarioOf(
        {
          Role: mayAll,
          Fn: fn(),
          V1: version(1),
          V2: version(2, { Behavior: { steps: [{ fail: {} }] } }),
          Live: alias({ FunctionVersion: 'V2' }),
          Caller: client('lambda:Invoke', 'Live', { pattern: 'constant', rate: 1, count: 20 }),
        },
        { interventions: [{ at: 10.5, set: '/resources/Live/Properties/FunctionVersion', value: 'V1' }] },
      ),
    )
    expect(run.total('V2', 'Errors')).toBe(run.total('V2', 'Invocations'))
    expect(run.total('V1', 'Errors')).toBe(0)
    expect(run.total('V1', 'Invocations')).toBeGreaterThanOrEqual(9)
    expect(run.total('Live', 'Errors')).toBe(run.total('V2', 'Errors'))
  })
})

describe('provisioned concurrency (LAM-46 to LAM-49)', () => {
  const base = (properties: JsonObject, traffic: JsonObject, to = 'Live', fnProperties: JsonObject = {}) =>
    scenarioOf({
      Role: mayAll,
      Fn: fn({}, fnProperties),
      V1: version(1),
      Live: alias({ FunctionVersion: 'V1', ...properties }),
      Caller: client('lambda:Invoke', to, traffic),
    })
  const provisioned = (count: number): JsonObject => ({
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: count },
  })

  test('10 provisioned, 15 at once: 10 without init, 5 spill over (vector 7)', () => {
    const run = runOf(base(provisioned(10), burst(15)))
    expect(run.total('Fn', 'ColdStarts')).toBe(5)
    expect(run.total('Live', 'ProvisionedConcurrencyInvocations')).toBe(10)
    expect(run.total('Live', 'ProvisionedConcurrencySpilloverInvocations')).toBe(5)
    expect(run.total('Fn', 'ProvisionedConcurrencySpilloverInvocations')).toBe(5)
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(15)
    expect(run.max('Live', 'ProvisionedConcurrencyUtilization')).toBe(1)
  })

  test('enough of them: no cold start, even for a burst at the first instant (claim 3.8)', () => {
    expect(runOf(base(provisioned(20), burst(20, 0))).total('Fn', 'ColdStarts')).toBe(0)
  })

  test('a caller of $LATEST gets nothing of it (claim 3.10)', () => {
    const run = runOf(base(provisioned(20), burst(20), 'Fn'))
    expect(run.total('Fn', 'ColdStarts')).toBe(20)
  })

  test('reserved = provisioned: $LATEST is throttled (LAM-49)', () => {
    const run = runOf(base(provisioned(5), burst(3), 'Fn', { ReservedConcurrentExecutions: 5 }))
    expect(run.total('Fn', 'Throttles')).toBe(3)
  })

  test('more than ten requests a second for each: the rest spills over (LAM-48)', () => {
    const short = base(provisioned(1), { pattern: 'constant', rate: 20, at: 1, until: 2 })
    short.resources['Fn'] = fn({ steps: [{ wait: 0.01 }] })
    const run = runOf(short)
    expect(run.total('Live', 'ProvisionedConcurrencyInvocations')).toBe(10)
    expect(run.total('Live', 'ProvisionedConcurrencySpilloverInvocations')).toBe(10)
  })

  test('requested during the run: usable after a minute and when all are ready, at 100 a second (LAM-47)', () => {
    const scenario = base({}, { pattern: 'constant', rate: 1, until: 120 })
    const run = runOf({
      ...scenario,
      interventions: [
        {
          at: 10,
          set: '/resources/Live/Properties/ProvisionedConcurrencyConfig',
          value: { ProvisionedConcurrentExecutions: 250 },
        },
      ],
    })
    expect(run.states('provisioned').map(([at, state]) => [at, state])).toEqual([
      [10, 'NONE'],
      [10, 'REQUESTED'],
      [70, 'ALLOCATING'],
      [72.1, 'READY'],
    ])
    expect(run.total('Live', 'ProvisionedConcurrencyInvocations')).toBeGreaterThan(40)
  })

  test('an init that fails: FAILED, and nothing is kept', () => {
    const scenario = base({}, burst(1))
    scenario.resources['Live']!.Properties!['ProvisionedConcurrencyConfig'] = { ProvisionedConcurrentExecutions: 1 }
    scenario.resources['Fn'] = fn({ initFails: 'Runtime.ImportModuleError' })
    const run = runOf(scenario)
    expect(run.states('provisioned').at(-1)?.[1]).toBe('FAILED')
    expect(run.reasons('lambda.provisionedFailed')).toHaveLength(1)
  })

  test('what is kept is paid for while idle: 20 x 512 MB', () => {
    const scenario = { ...base(provisioned(20), { pattern: 'constant', rate: 0.0001 }), duration: 3_600 }
    scenario.resources['Fn'] = fn({}, { MemorySize: 512 })
    const run = runOf(scenario)
    const kept = run.costs.find(({ item }) => item === 'Provisioned concurrency')
    expect(kept?.quantity).toBe(20 * 0.5 * 3_600)
    expect(kept!.usd * 730).toBeCloseTo(109.5, 1)
  })
})

describe('provisioned concurrency that changes (LAM-47)', () => {
  const changing = (from: number, to: number, traffic: JsonObject, wait = 0.05, duration = 300) =>
    runOf(
      scenarioOf(
        {
          Role: mayAll,
          Fn: fn({ steps: [{ wait }] }),
          V1: version(1),
          Live: alias({
            FunctionVersion: 'V1',
            ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: from },
          }),
          Caller: client('lambda:Invoke', 'Live', traffic),
        },
        {
          duration,
          interventions: [
            {
              at: 10,
              set: '/resources/Live/Properties/ProvisionedConcurrencyConfig/ProvisionedConcurrentExecutions',
              value: to,
            },
          ],
        },
      ),
    )

  test('growing: what is ready stays in use, and only the difference is allocated at 100 a second', () => {
    // 20 at once are twice what is ready until all 250 are
    const run = changing(10, 260, { pattern: 'repeat', count: 20, at: 5, every: 10, times: 10 })
    expect(run.states('provisioned').map(([at, state]) => [at, state])).toEqual([
      [0, 'NONE'],
      [0, 'READY'],
      [10, 'REQUESTED'],
      [70, 'ALLOCATING'],
      [72.1, 'READY'],
    ])
    expect(run.reasons('lambda.provisionedMore')).toEqual([[10, 250]])
    expect(run.max('Live', 'AllocatedProvisionedConcurrency')).toBe(260)
    // 10 of 20 in the bursts at 5, 15, ... 65 s, all 20 at 75, 85 and 95 s
    expect(run.total('Live', 'ProvisionedConcurrencyInvocations')).toBe(7 * 10 + 3 * 20)
    expect(run.total('Live', 'ProvisionedConcurrencySpilloverInvocations')).toBe(7 * 10)
  })

  test('shrinking: idle environments end at once, busy ones with their work', () => {
    // 6 of 10 work from 9 to 14 s: 4 idle ones go at 10 s, then 4 of the busy ones at 14 s
    const run = changing(10, 2, { pattern: 'burst', count: 6, at: 9 }, 2.5)
    expect(
      run
        .states('provisioned')
        .map(([at, state]) => [at, state])
        .slice(1),
    ).toEqual([
      [0, 'READY'],
      [10, 'ALLOCATING'],
      [10, 'READY'],
    ])
    expect(run.reasons('lambda.provisionedFewer')).toEqual([[10, 2]])
    const ended = run.states('environment').filter(([, state]) => state === 'reclaimed')
    expect(ended.map(([at]) => Math.floor(at))).toEqual([10, 10, 10, 10, 11, 11, 11, 11])
    expect(run.total('Fn', 'Errors') + run.total('Fn', 'ColdStarts')).toBe(0)
  })

  test('what is left serves on, one at a time for each', () => {
    const run = changing(10, 2, { pattern: 'repeat', count: 5, at: 5, every: 10, times: 3 })
    // 5 at 5 s, then 2 each at 15 and 25 s
    expect(run.total('Live', 'ProvisionedConcurrencyInvocations')).toBe(5 + 2 + 2)
  })

  test('what is there is paid for: ten more from 70 s on; five that end at 10 s count five minutes (PR-6)', () => {
    const scenario = (to: number) => changing(10, to, { pattern: 'burst', count: 1, at: 1 }, 0.05, 600)
    const gb = 1_769 / 1_024
    const kept = scenario(20).costs.find(({ item }) => item === 'Provisioned concurrency')!
    expect(kept.quantity).toBeCloseTo(gb * (10 * 600 + 10 * (600 - 70)), 6)
    const fewer = scenario(5).costs.find(({ item }) => item === 'Provisioned concurrency')!
    expect(fewer.quantity).toBeCloseTo(gb * (5 * 600 + 5 * 300), 6)
  })

  test('an alias that is pointed elsewhere keeps nothing of the version before', () => {
    const run = runOf(
      scenarioOf(
        {
          Role: mayAll,
          Fn: fn(),
          V1: version(1),
          V2: version(2),
          Live: alias({ FunctionVersion: 'V1', ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 4 } }),
          Caller: client('lambda:Invoke', 'Live', { pattern: 'burst', count: 1, at: 90 }),
        },
        { interventions: [{ at: 10, set: '/resources/Live/Properties/FunctionVersion', value: 'V2' }] },
      ),
    )
    expect(
      run
        .states('provisioned')
        .map(([at, state]) => [at, state])
        .slice(1),
    ).toEqual([
      [0, 'READY'],
      [10, 'REQUESTED'],
      [70, 'ALLOCATING'],
      [70.1, 'READY'],
    ])
    expect(run.states('environment').filter(([at, state]) => state === 'reclaimed' && at === 10)).toHaveLength(4)
    expect(run.total('Live', 'ProvisionedConcurrencyInvocations')).toBe(1)
  })
})
