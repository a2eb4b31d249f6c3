import { describe, expect, test } from 'vitest'
import type { JsonObject, Resource } from '../../../model/scenario'
import { client, mayAll, runOf, scenarioOf } from '../../run.fixture'

const fn = (behavior: JsonObject, properties: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Runtime: 'nodejs24.x', MemorySize: 1_769, Timeout: 3, Role: 'Role', ...properties },
  Behavior: behavior,
})
const runs = (
  behavior: JsonObject,
  traffic: JsonObject,
  properties: JsonObject = {},
  more: Parameters<typeof scenarioOf>[1] = {},
) =>
  runOf(
    scenarioOf({ Role: mayAll, Fn: fn(behavior, properties), Client: client('lambda:Invoke', 'Fn', traffic) }, more),
  )
const row = (times: number, every = 1): JsonObject => ({ pattern: 'repeat', every, times })

describe('what an environment keeps (LAM-21)', () => {
  const counting = (scope: string): JsonObject => ({ steps: [{ state: 'count', scope, add: 1 }] })
  test('globals and /tmp count on from call to call, what the handler makes starts anew (claims 2.6, 2.7)', () => {
    expect(
      runs(counting('global'), row(5))
        .level('Fn', 'e1 global count')
        .map(([, value]) => value),
    ).toEqual([1, 2, 3, 4, 5])
    expect(
      runs(counting('tmp'), row(5))
        .level('Fn', 'e1 tmp count')
        .map(([, value]) => value),
    ).toEqual([1, 2, 3, 4, 5])
    expect(
      runs(counting('handler'), row(5))
        .level('Fn', 'e1 handler count')
        .map(([, value]) => value),
    ).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0])
  })
  test('two at once do not share it (vector 8)', () => {
    const run = runs(
      { steps: [{ wait: 0.1 }, { state: 'count', scope: 'global', add: 1 }] },
      { pattern: 'burst', count: 2 },
    )
    expect(run.level('Fn', 'e1 global count').map(([, value]) => value)).toEqual([1])
    expect(run.level('Fn', 'e2 global count').map(([, value]) => value)).toEqual([1])
  })
  test('a file is there for the next call of the same environment, and missing in another (vector 8)', () => {
    const behavior = { steps: [{ read: 'a', optional: true }, { wait: 0.1 }, { write: 'a', size: 10 }] }
    expect(runs(behavior, row(2)).spans('Fn')).toEqual(['ok', 'ok'])
    const strict = { steps: [{ read: 'a' }] }
    expect(runs(strict, row(1)).spans('Fn')).toEqual(['error'])
    expect(runs(strict, row(1)).total('Fn', 'Errors:FileNotFoundError')).toBe(1)
  })
  test('a file larger than /tmp fails, a larger /tmp takes it (claim 2.5)', () => {
    const behavior = { steps: [{ write: 'film', size: 600 }] }
    expect(runs(behavior, row(1)).total('Fn', 'Errors:OSError')).toBe(1)
    expect(runs(behavior, row(1), { EphemeralStorage: { Size: 600 } }).total('Fn', 'Errors')).toBe(0)
  })
  test('a connection outside the handler is opened once per environment (claim 2.8)', () => {
    const connecting = (scope: string): JsonObject => ({ steps: [{ connect: 0.2, scope }] })
    expect(runs(connecting('handler'), row(100)).total('Fn', 'ConnectMs')).toBe(20_000)
    expect(runs(connecting('global'), row(100)).total('Fn', 'ConnectMs')).toBe(200)
  })
})

describe('reset (LAM-23)', () => {
  const failing = (fail: JsonObject): JsonObject => ({
    init: 0.5,
    steps: [
      { state: 'g', scope: 'global', add: 1 },
      { state: 't', scope: 'tmp', add: 1 },
      { fail: { attempts: [1], ...fail } },
    ],
  })
  test('after a crash globals are gone, /tmp stays, and init runs again inside the next call', () => {
    const run = runs(failing({ crash: true }), row(2))
    expect(run.level('Fn', 'e1 global g').map(([, value]) => value)).toEqual([1, 0, 1, 0])
    expect(run.level('Fn', 'e1 tmp t').map(([, value]) => value)).toEqual([1, 2])
    expect(run.states('environment').map(([, state]) => state)).toContain('warm.reset')
    expect(run.total('Fn', 'ColdStarts')).toBe(1)
    // 1 ms, then 1 ms with init inside
    expect(run.total('Fn', 'Duration')).toBe(502_000)
    expect(run.total('Fn', 'Errors:Runtime.ExitError')).toBe(2)
  })
  test('an exception resets nothing', () => {
    const run = runs(failing({}), row(2))
    expect(run.level('Fn', 'e1 global g').map(([, value]) => value)).toEqual([1, 2])
    expect(run.total('Fn', 'Duration')).toBe(2_000)
  })
  test('a timeout of 3 s stops at 3,000 ms, and the next call has init inside (vector 9)', () => {
    const run = runs({ steps: [{ wait: 0, cold: 5 }] }, row(2, 10))
    expect(run.spans('Fn')).toEqual(['timeout', 'ok'])
    expect(run.max('Fn', 'Duration')).toBe(3_000_000)
    expect(run.total('Fn', 'Duration')).toBe(3_051_000)
    expect(run.total('Fn', 'Errors:Sandbox.Timedout')).toBe(1)
  })
})

describe('init (LAM-20)', () => {
  test('longer than 10 s: stopped, and tried again inside the first call, where it counts against the timeout', () => {
    const long = runs({ init: 12 }, row(1), { Timeout: 60 })
    expect(long.total('Fn', 'Duration')).toBe(12_001_000)
    expect(long.states('environment').map(([at, state]) => [at, state])).toContainEqual([10.05, 'warm.busy'])
    expect(runs({ init: 12 }, row(1), { Timeout: 3 }).spans('Fn')).toEqual(['timeout'])
  })
  test('a missing library fails every call, a layer that holds it mends it (claim 2.9)', () => {
    const broken = runs({ imports: ['pillow'] }, row(3))
    expect(broken.total('Fn', 'Errors:Runtime.ImportModuleError')).toBe(3)
    const layer: Resource = { Type: 'AWS::Lambda::LayerVersion', Behavior: { provides: ['pillow'] } }
    const mended = runOf(
      scenarioOf({
        Role: mayAll,
        Layer: layer,
        Fn: fn({ imports: ['pillow'] }, { Layers: ['Layer'] }),
        Client: client('lambda:Invoke', 'Fn', row(3)),
      }),
    )
    expect(mended.total('Fn', 'Errors')).toBe(0)
  })
  test('billed since August 2025, free before (claim 2.13)', () => {
    const billed = (profile: string): number =>
      runs({ init: 1, overhead: 0, steps: [{ wait: 0.1 }] }, row(1), {}, { profile }).total('Fn', 'BilledMs')
    expect(billed('teaching')).toBe(1_100)
    expect(billed('billing-before-2025-08')).toBe(100)
  })
  test('a published version restores its snapshot in place of init (SS-3)', () => {
    const run = runOf(
      scenarioOf({
        Role: mayAll,
        Fn: fn({ init: 3, restore: 0.2 }, { Runtime: 'java21', SnapStart: { ApplyOn: 'PublishedVersions' } }),
        V1: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: 'Fn' } },
        Snapped: client('lambda:Invoke', 'V1', row(1)),
        Latest: client('lambda:Invoke', 'Fn', row(1)),
      }),
    )
    expect(run.total('V1', 'RestoreDuration')).toBe(200_000)
    expect(run.total('V1', 'InitDuration')).toBe(0)
    expect(run.total('Fn', 'InitDuration')).toBe(3_000_000)
  })
})

describe('memory', () => {
  test('more than the function has kills the process', () => {
    expect(runs({ memory: 300 }, row(2), { MemorySize: 256 }).total('Fn', 'Errors:Runtime.OutOfMemory')).toBe(2)
    expect(runs({ memory: 200 }, row(2), { MemorySize: 256 }).total('Fn', 'Errors')).toBe(0)
  })
  test('what calls keep adds up until it is too much; what they give back does not', () => {
    const taking = (scope: string): JsonObject => ({ memory: 50, steps: [{ memory: 60, scope }] })
    const leak = runs(taking('global'), row(8), { MemorySize: 256 })
    // 50 + 3 x 60 fit, the fourth is killed, and it starts over
    expect(leak.spans('Fn')).toEqual(['ok', 'ok', 'ok', 'error', 'ok', 'ok', 'ok', 'error'])
    expect(runs(taking('handler'), row(8), { MemorySize: 256 }).total('Fn', 'Errors')).toBe(0)
  })
  test('threads share work beyond one vCPU (LAM-2)', () => {
    const took = (threads: number): number =>
      runs({ overhead: 0, steps: [{ cpu: 2, threads }] }, row(1), { MemorySize: 3_538, Timeout: 60 }).total(
        'Fn',
        'Duration',
      )
    expect(took(1)).toBe(2_000_000)
    expect(took(2)).toBe(1_000_000)
    expect(took(4)).toBe(1_000_000)
  })
})

describe('age and deployments', () => {
  test('an environment is retired at its maximum age even if it is busy all the time (LAM-25)', () => {
    const run = runs({ maxAge: 60 }, { pattern: 'constant', rate: 1, until: 180 })
    expect(run.total('Fn', 'ColdStarts')).toBe(3)
  })
  test('extensions get their time to shut down (LAM-24)', () => {
    const run = runs({ idle: 10, extensions: 'external' }, row(1))
    expect(
      run
        .states('environment')
        .slice(-2)
        .map(([at, state]) => [at, state]),
    ).toEqual([
      [10.101, 'shutdown'],
      [12.101, 'reclaimed'],
    ])
  })
  test('new code starts cold (claim 3.13)', () => {
    const run = runOf(
      scenarioOf(
        {
          Role: mayAll,
          Fn: fn({ steps: [{ wait: 0.05 }] }),
          Client: client('lambda:Invoke', 'Fn', { pattern: 'repeat', every: 10, times: 2, count: 20 }),
        },
        { interventions: [{ at: 5, set: '/resources/Fn/Behavior/revision', value: 2 }] },
      ),
    )
    expect(run.total('Fn', 'ColdStarts')).toBe(40)
  })
  test('a call in flight ends with the code it began with, and its environment with it (LAM-15)', () => {
    const run = runs(
      { steps: [{ wait: 2 }] },
      row(1),
      {},
      {
        interventions: [{ at: 1, set: '/resources/Fn/Behavior/steps', value: [{ fail: {} }] }],
      },
    )
    expect(run.spans('Fn')).toEqual(['ok'])
    expect(run.states('environment').at(-1)?.[1]).toBe('reclaimed')
  })
  test('reserved concurrency deploys nothing', () => {
    const run = runs(
      {},
      row(2, 10),
      {},
      {
        interventions: [{ at: 5, set: '/resources/Fn/Properties/ReservedConcurrentExecutions', value: 3 }],
      },
    )
    expect(run.total('Fn', 'ColdStarts')).toBe(1)
  })
  test('an update takes its time, runs the old code meanwhile, and may fail (LAM-15)', () => {
    const updated = (more: JsonObject): ReturnType<typeof runs> =>
      runs(
        { steps: [{ wait: 0.1 }] },
        row(20),
        {},
        {
          facts: { 'lambda.updateTime': 5 },
          interventions: [{ at: 5.5, set: '/resources/Fn/Behavior', value: { steps: [{ fail: {} }], ...more } }],
        },
      )
    const done = updated({})
    expect(done.states('update').map(([at, state]) => [at, state])).toEqual([
      [5.5, 'Successful'],
      [5.5, 'InProgress'],
      [10.5, 'Successful'],
    ])
    expect(done.total('Fn', 'Errors')).toBe(9)
    const failed = updated({ updateFails: 'ImageAccessDenied' })
    expect(failed.states('update').at(-1)?.[1]).toBe('Failed')
    expect(failed.total('Fn', 'Errors')).toBe(0)
  })
  test('a function whose creation fails refuses calls (LAM-15)', () => {
    const run = runs({ creationFails: 'ImageDeleted' }, row(3))
    expect(run.states('function').map(([, state]) => state)).toEqual(['Absent', 'Pending', 'Failed'])
    expect(run.total('Fn', 'Invocations')).toBe(0)
    expect(run.total('Client', 'Failures')).toBe(3)
  })
})
