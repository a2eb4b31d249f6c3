import { expect, it } from 'vitest'
import { answer } from '../src/engine/query'
import { handWritten } from './bench/hand-written'
import { direct, model, queued, queuedSingle } from './bench/scenarios'
import { compute, sourceOf } from './run'
import { seeks } from './bench/seek'
import { scenarioFrom } from './scenario-file'

const INVOCATIONS = 100_000

it('the hand-written loop simulates the same system as the scenario it is compared with', () => {
  const scenario = scenarioFrom(direct(INVOCATIONS), 'bench')
  const run = compute(scenario, false)
  const queries = ['invocations', 'latency.mean', 'concurrency.mean', 'envs.mean', 'throttles'].map((m) => ({
    m,
    of: m.startsWith('latency') ? 'Client' : 'Fn',
  }))
  const [invocations, latency, concurrency, environments, throttles] = answer(queries, sourceOf(run, scenario)).map(
    ({ value }) => value as number,
  )
  const loop = handWritten(model(INVOCATIONS))
  expect(throttles).toBe(0)
  // independent draws of the same laws: a few standard errors apart
  expect(loop.invocations / invocations!).toBeCloseTo(1, 1)
  expect(loop.latency / latency!).toBeCloseTo(1, 1)
  expect(loop.concurrency / concurrency!).toBeCloseTo(1, 1)
  expect(Math.abs(loop.environments / environments! - 1)).toBeLessThan(0.25)
})

it.each([
  ['queue', queued(20_000), 1_000, 3, 10],
  ['queueSingle', queuedSingle(2_000), 100, 1, 1],
] as const)('%s delivers its messages as they come, in batches of its size', (_, document, rate, least, most) => {
  const scenario = scenarioFrom(document, 'bench')
  const run = compute(scenario, false)
  const [sent, deleted, invocations, depth] = answer(
    [
      { m: 'NumberOfMessagesSent', of: 'Queue' },
      { m: 'NumberOfMessagesDeleted', of: 'Queue' },
      { m: 'invocations', of: 'Fn' },
      { m: 'queue.depth.max', of: 'Queue' },
    ],
    sourceOf(run, scenario),
  ).map(({ value }) => value as number)
  expect(sent! / scenario.duration / rate).toBeCloseTo(1, 1)
  // what the last instants sent is still on its way; the first environments start cold
  expect(deleted).toBeGreaterThan(0.98 * sent!)
  expect(depth).toBeLessThan(rate)
  expect(deleted! / invocations!).toBeGreaterThan(least - 0.01)
  expect(deleted! / invocations!).toBeLessThanOrEqual(most)
})

it('moves the playhead beyond the rows that were sent and finds the detail there', () => {
  const figures = seeks(scenarioFrom(direct(20_000), 'bench'), 20_000)
  expect(figures.seekMs).toBeGreaterThan(0)
  expect(figures.seekMostMs).toBeGreaterThanOrEqual(figures.seekMs)
  expect(figures.buffersMb).toBeGreaterThan(0)
  expect(() => seeks(scenarioFrom(direct(1_000), 'bench'))).toThrow('too short')
})
