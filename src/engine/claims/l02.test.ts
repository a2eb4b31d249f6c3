/** Lesson 2, one function: claims of learning-design.md section 5. */
import { describe, expect, test } from 'vitest'
import { gateJson } from '../../gate'
import type { JsonObject, Resource } from '../../model/scenario'
import {
  BURST,
  client,
  documentOf,
  EVERY,
  fn,
  measure,
  NO_OVERHEAD,
  ONCE,
  one,
  refusal,
  scenarioOf,
} from './run.fixture'

/** Money of the compute, the requests left out. */
const COMPUTE = { m: 'cost.perMillion', of: 'Fn', where: { item: 'duration' } }
/** One call of a job, at a memory size. */
const job = (steps: JsonObject[], MemorySize: number, more: JsonObject = {}) =>
  scenarioOf({ User: client(ONCE(), 'Fn'), Fn: fn(steps, { MemorySize, Timeout: 900, ...more }, NO_OVERHEAD) }, 1_200)

describe('memory (LAM-2, PR-2)', () => {
  const at = (MemorySize: number) =>
    measure(job([{ cpu: 2 }], MemorySize), { duration: 'duration.max Fn', usd: COMPUTE }) as { [name: string]: number }

  test.each([
    [128, 27.640625],
    [512, 6.910156],
    [1_769, 2],
  ])('2.1 2.0 vCPU-s at %d MB take %d s, and $57.58 per million', (memory, seconds) => {
    const { duration, usd } = at(memory)
    expect(duration).toBeCloseTo(seconds, 5)
    // rounded up to whole milliseconds (LAM-27): up to 1 ms of 2 s more than by arithmetic
    expect(usd!).toBeGreaterThanOrEqual(57.58)
    expect(usd!).toBeLessThan(57.6)
  })

  test('2.2 past one vCPU single-threaded work gains nothing and costs twice as much', () => {
    const { duration, usd } = at(3_538)
    expect(duration).toBeCloseTo(2, 6)
    expect(usd).toBeCloseTo(115.17, 2)
    expect(usd! / at(1_769).usd!).toBeCloseTo(2, 6)
    // a second thread uses the second vCPU
    expect(one(job([{ cpu: 2, threads: 2 }], 3_538), 'duration.max Fn')).toBeCloseTo(1, 6)
  })

  test('2.3 waiting is billed by memory too: 13.8 times', () => {
    const waiting = (memory: number) =>
      measure(job([{ wait: 1 }], memory), { duration: 'duration.max Fn', gb: 'gbSeconds Fn' }) as {
        [name: string]: number
      }
    expect(waiting(128).duration).toBe(1)
    expect(waiting(1_769).duration).toBe(1)
    expect(waiting(1_769).gb! / waiting(128).gb!).toBeCloseTo(13.82, 2)
  })
})

describe('timeout (LAM-3)', () => {
  test('2.4 a job of 5 s is killed after 3 s, the default; one of 1,000 s after 900 s', () => {
    const asked = { timeouts: 'timeouts Fn', duration: 'duration.max Fn' }
    const short = scenarioOf({ User: client(ONCE(), 'Fn'), Fn: fn([{ wait: 5 }]) }, 60)
    expect(short.resources['Fn']!.Properties!['Timeout']).toBe(3)
    expect(measure(short, asked)).toEqual({ timeouts: 1, duration: 3 })
    expect(measure(job([{ wait: 1_000 }], 128), asked)).toEqual({ timeouts: 1, duration: 900 })
    const { status, path, message } = refusal(gateJson(documentOf({ Fn: fn([], { Timeout: 901 }) }, 60)))
    expect([status, path]).toEqual(['refused', '/resources/Fn/Properties/Timeout'])
    expect(message).toContain('The largest is 900')
  })
})

describe('/tmp and globals (LAM-4, LAM-21)', () => {
  test('2.5 a file of 600 MB does not fit 512 MB; it fits 600', () => {
    const errors = (more: JsonObject) =>
      one(job([{ write: 'picture', size: 600 }], 512, more), { m: 'errors', of: 'Fn', where: { type: 'OSError' } })
    expect(errors({})).toBe(1)
    expect(errors({ EphemeralStorage: { Size: 599 } })).toBe(1)
    expect(errors({ EphemeralStorage: { Size: 600 } })).toBe(0)
  })

  const counters = [
    { state: 'handler', scope: 'handler', add: 1 },
    { state: 'global', scope: 'global', add: 1 },
    { state: 'file', scope: 'tmp', add: 1 },
    { wait: 0.1 },
  ]
  const state = (key: string, scope: string) => ({ m: 'state', of: 'Fn', where: { key, scope }, each: true })
  const counted = (traffic: JsonObject) =>
    measure(scenarioOf({ User: client(traffic, 'Fn'), Fn: fn(counters) }, 60), {
      handler: { m: 'state', of: 'Fn', where: { key: 'handler', scope: 'handler' } },
      global: state('global', 'global'),
      tmp: state('file', 'tmp'),
      environments: 'envs.max Fn',
    })

  test('2.6, 2.7 five calls in a row count to 5 in globals and /tmp, and to 1 in the handler', () => {
    expect(counted(EVERY(1, 5))).toEqual({
      handler: 1,
      global: { Fn: { 'e1/global': 5 } },
      tmp: { Fn: { 'e1/file': 5 } },
      environments: 1,
    })
  })

  test('2.6 two at once: the counts split', () => {
    expect(counted({ pattern: 'repeat', every: 1, times: 3, count: 2 })).toEqual({
      handler: 1,
      global: { Fn: { 'e1/global': 3, 'e2/global': 3 } },
      tmp: { Fn: { 'e1/file': 3, 'e2/file': 3 } },
      environments: 2,
    })
  })

  test('2.8 connecting outside the handler: 200 ms in place of 20,000 ms', () => {
    const total = (scope: string) =>
      one(
        scenarioOf(
          { User: client(EVERY(1, 100), 'Fn'), Fn: fn([{ connect: 0.2, scope, name: 'db' }, { wait: 0.05 }]) },
          120,
        ),
        'connectMs Fn',
      )
    expect(total('handler')).toBe(20_000)
    expect(total('global')).toBe(200)
  })

  test('2.8 after a crash the environment connects anew', () => {
    const scenario = scenarioOf(
      {
        Bad: client(ONCE(5.5), 'Fn', { poison: [1] }),
        User: client(EVERY(1, 10), 'Fn'),
        Fn: fn([{ connect: 0.2 }, { fail: { poison: true, crash: true } }]),
      },
      60,
    )
    expect(measure(scenario, { ms: 'connectMs Fn', environments: 'envs.max Fn' })).toEqual({ ms: 400, environments: 1 })
  })
})

describe('packages (LAM-6 to LAM-8, LAM-53)', () => {
  const layer = (provides: string[], unzipped = 10): Resource => ({
    Type: 'AWS::Lambda::LayerVersion',
    Behavior: { unzipped, provides },
  })
  test('2.9 a missing library fails every call; the package or a layer mends it', () => {
    const errors = (properties: JsonObject, behavior: JsonObject) => {
      const resources = {
        User: client(EVERY(1, 10), 'Fn'),
        Fn: fn([{ wait: 0.1 }], { Runtime: 'python3.13', ...properties }, { imports: ['pillow'], ...behavior }),
        Pillow: layer(['pillow']),
      }
      return measure(scenarioOf(resources, 60), {
        import: { m: 'errors', of: 'Fn', where: { type: 'Runtime.ImportModuleError' } },
        rate: 'errorRate Fn',
      })
    }
    expect(errors({}, {})).toEqual({ import: 10, rate: 1 })
    expect(errors({}, { package: { provides: ['pillow'] } })).toEqual({ import: 0, rate: 0 })
    expect(errors({ Layers: ['Pillow'] }, {})).toEqual({ import: 0, rate: 0 })
  })

  const refused = (resources: { [id: string]: Resource }) => refusal(gateJson(documentOf(resources, 10)))
  test('2.10 the sixth layer is refused', () => {
    const Layers = Array.from({ length: 6 }, (_, i) => `L${i + 1}`)
    const layers = Object.fromEntries(Layers.map((id) => [id, layer([])]))
    const { path, facts, message } = refused({ Fn: fn([], { Layers }), ...layers })
    expect(path).toContain('/resources/Fn/Properties/Layers')
    expect(facts).toContain('LAM-8')
    expect(message).toMatch(/6 layers|5/)
    const { L6: _, ...five } = layers
    expect(gateJson(documentOf({ Fn: fn([], { Layers: Layers.slice(0, 5) }), ...five }, 10)).ok).toBe(true)
  })
  test('2.10 more than 250 MB unzipped is refused, layers included', () => {
    const { path, facts } = refused({
      Fn: fn([], { Layers: ['L'] }, { package: { zip: 40, unzipped: 200 } }),
      L: layer([], 51),
    })
    expect(path).toContain('/resources/Fn/')
    expect([...facts, ...(path.includes('Layers') ? ['LAM-6'] : [])]).toContain('LAM-6')
    const resources = { Fn: fn([], { Layers: ['L'] }, { package: { zip: 40, unzipped: 200 } }), L: layer([], 50) }
    expect(gateJson(documentOf(resources, 10)).ok).toBe(true)
  })
  test('2.10 an image of more than 10 GB is refused', () => {
    const { facts } = refused({ Fn: fn([], { PackageType: 'Image' }, { package: { image: 10_241 } }) })
    expect(facts).toContain('LAM-7')
    expect(gateJson(documentOf({ Fn: fn([], { PackageType: 'Image' }, { package: { image: 10_240 } }) }, 10)).ok).toBe(
      true,
    )
  })
})

describe('the bill (PR-1, PR-2, PR-7, LAM-27)', () => {
  test('2.12 a million calls of 100 ms at 128 MB: $0.41, and nothing within the free tier', () => {
    // 100 calls in a ten-thousandth of a month of 730 h
    const traffic = { pattern: 'repeat', every: 2.628, times: 100 }
    const resources = { User: client(traffic, 'Fn'), Fn: fn([{ wait: 0.1 }], { MemorySize: 128 }, NO_OVERHEAD) }
    const usd = measure(scenarioOf(resources, 262.8), {
      whole: 'cost.monthly Fn',
      free: { m: 'cost.monthly', of: 'Fn', where: { freeTier: true } },
      million: 'cost.perMillion Fn',
      invocations: 'invocations Fn',
    })
    expect(usd.invocations).toBe(100)
    // 0.20 for the requests, 12,500 GB-s x 0.0000166667
    expect(usd.million).toBeCloseTo(0.408_333, 5)
    expect(usd.whole).toBeCloseTo(0.408_333, 5)
    expect(usd.free).toBeCloseTo(0, 9)
  })

  test('2.13 init is billed: 1 % cold of 1 s at 1 GB make $0.17 more per million', () => {
    // 100 environments start once and serve 100 calls each
    const traffic = { ...BURST(100), pattern: 'repeat', every: 10, times: 100 } as JsonObject
    delete traffic['at']
    const usd = (profile: string) =>
      one(
        scenarioOf(
          { User: client(traffic, 'Fn'), Fn: fn([{ wait: 0.1 }], { MemorySize: 1_024 }, { init: 1 }) },
          1_000,
          {
            profile,
          },
        ),
        'cost.perMillion Fn',
      ) as number
    expect(usd('teaching') - usd('billing-before-2025-08')).toBeCloseTo(0.166_667, 5)
  })
})
