import { expect, it } from 'vitest'
import { answer } from '../src/engine/query'
import { handWritten } from './bench/hand-written'
import { direct, model, queued } from './bench/scenarios'
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

it('the queue scenario delivers its messages', () => {
  const scenario = scenarioFrom(queued(2_000), 'bench')
  const run = compute(scenario, false)
  const [sent, received, depth] = answer(
    [
      { m: 'NumberOfMessagesSent', of: 'Queue' },
      { m: 'invocations', of: 'Fn' },
      { m: 'queue.depth.last', of: 'Queue' },
    ],
    sourceOf(run, scenario),
  ).map(({ value }) => value)
  expect(sent).toBeGreaterThan(1_000)
  // what the last instants sent is still on its way
  expect(received).toBeGreaterThan((sent as number) - 20)
  expect(depth).toBeLessThan(20)
})

it('moves the playhead beyond the rows that were sent and finds the detail there', () => {
  const figures = seeks(scenarioFrom(direct(20_000), 'bench'), 20_000)
  expect(figures.seekMs).toBeGreaterThan(0)
  expect(figures.seekMostMs).toBeGreaterThanOrEqual(figures.seekMs)
  expect(figures.buffersMb).toBeGreaterThan(0)
  expect(() => seeks(scenarioFrom(direct(1_000), 'bench'))).toThrow('too short')
})
