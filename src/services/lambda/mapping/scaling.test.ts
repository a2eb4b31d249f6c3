import { describe, expect, test } from 'vitest'
import { runOf } from '../../run.fixture'
import { mapped } from './mapping.fixture'

const deep = { pattern: 'burst', count: 40_000 }
const ofMapping = (run: ReturnType<typeof runOf>): [number, number][] => {
  // several pollers come in one instant: the last value of each instant
  const all = run.level('Mapping', 'pollers')
  return all.filter(([at], i) => all[i + 1]?.[0] !== at)
}

describe('pollers of a standard queue (SQS-ESM-3)', () => {
  test('five at first, 300 more after each minute of unbroken backlog', () => {
    const run = runOf(mapped({ traffic: deep, mapping: { BatchSize: 1 }, steps: [{ wait: 4 }] }, { duration: 190 }))
    expect(ofMapping(run)).toEqual([
      [0, 5],
      [60, 305],
      [120, 605],
      [180, 905],
    ])
  })
  test('they fall back to five when the queue is empty, and to two when it stays so', () => {
    const run = runOf(mapped({ traffic: { pattern: 'burst', count: 10_000 } }, { duration: 900 }))
    const levels = ofMapping(run)
    const most = Math.max(...levels.map(([, value]) => value))
    expect(most).toBe(305)
    const [idleAt] = run.reasons('lambda.pollersIdle')[0]!
    expect(levels.findLast(([at]) => at < idleAt)![1]).toBe(5)
    expect(levels.at(-1)).toEqual([idleAt, 2])
    const lastMessage = run.reasons('lambda.batch').at(-1)![0]
    expect(idleAt - lastMessage).toBe(600)
  })
  test('a message wakes two pollers up to five', () => {
    const run = runOf(mapped({ traffic: { pattern: 'burst', count: 200, at: 700 } }, { duration: 702 }))
    expect(ofMapping(run).map(([, value]) => value)).toEqual([5, 2, 5])
  })
  test('they do not grow while the function refuses, and work goes on at its pace (learning-design 2.3)', () => {
    const run = runOf(mapped({ traffic: deep, fn: { ReservedConcurrentExecutions: 3 } }, { duration: 200 }))
    expect(ofMapping(run)).toEqual([[0, 5]])
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(3)
    expect(run.reasons('lambda.pollersAdded')).toEqual([])
  })
})

describe('maximum concurrency (SQS-ESM-4)', () => {
  test('limits the batches at once, without throttles, and keeps its pollers', () => {
    const limited = { traffic: deep, mapping: { ScalingConfig: { MaximumConcurrency: 2 } } }
    const run = runOf(mapped(limited, { duration: 200 }))
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(2)
    expect(run.total('Fn', 'Throttles')).toBe(0)
    const idle = runOf(mapped({ mapping: { ScalingConfig: { MaximumConcurrency: 7 } } }, { duration: 1_500 }))
    expect(ofMapping(idle)).toEqual([[0, 5]])
  })
  test('above five it is grown to', () => {
    const limited = { traffic: deep, mapping: { ScalingConfig: { MaximumConcurrency: 50 } } }
    expect(ofMapping(runOf(mapped(limited, { duration: 130 })))).toEqual([
      [0, 5],
      [60, 50],
    ])
  })
})

describe('provisioned pollers (SQS-ESM-5)', () => {
  const provisioned = (config: object, duration: number, wait = 1) =>
    runOf(
      mapped(
        { traffic: deep, mapping: { BatchSize: 1, ProvisionedPollerConfig: { ...config } }, steps: [{ wait }] },
        { duration },
      ),
    )
  test('each invokes ten times at once', () => {
    const run = provisioned({ MinimumPollers: 2, MaximumPollers: 2 }, 30)
    expect(run.max('Fn', 'ConcurrentExecutions')).toBe(20)
    expect(run.max('Mapping', 'ProvisionedPollers')).toBe(2)
  })
  test('each polls ten times a second', () => {
    const run = provisioned({ MinimumPollers: 2, MaximumPollers: 2 }, 30, 0)
    const perSecond = run.total('Mapping', 'PolledEventCount') / 30
    expect(perSecond).toBeGreaterThan(19)
    expect(perSecond).toBeLessThan(21)
  })
  test('they grow by 1,000 invokes at once a minute, to the most', () => {
    const run = provisioned({ MinimumPollers: 2, MaximumPollers: 40 }, 60, 4)
    const pollers = run.reasons('lambda.pollersProvisioned')
    expect(pollers.map(([, value]) => value)).toEqual([12, 22, 32, 40])
    expect(pollers[1]![0] - pollers[0]![0]).toBe(6)
  })
  test('an idle mapping keeps its minimum', () => {
    const run = runOf(mapped({ mapping: { ProvisionedPollerConfig: { MinimumPollers: 3 } } }, { duration: 2_000 }))
    expect(ofMapping(run)).toEqual([[0, 30]])
    expect(run.reasons('lambda.pollersIdle')).toEqual([])
  })
})
