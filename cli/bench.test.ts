import { expect, it } from 'vitest'
import { compilePattern } from '../src/events/compile-pattern'
import { matchEvent } from '../src/events/match-event'
import { parsePattern } from '../src/events/parse-pattern'
import { answer } from '../src/engine/query'
import { handWritten } from './bench/hand-written'
import { computed } from './bench/bus'
import { benchEvents, benchRules } from './bench/match'
import { bus, direct, model, queued, queuedSingle } from './bench/scenarios'
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

it('each of 3 functions gets each of 1,000 events a second from the bus', () => {
  const scenario = scenarioFrom(bus(5_000), 'bench')
  const run = compute(scenario, false)
  const asked = ['Fn', 'Stock', 'Mail'].map((of) => ({ m: 'invocations', of }))
  const [sent, ...got] = answer([{ m: 'PutEventsEntriesCount', of: 'Bus' }, ...asked], sourceOf(run, scenario)).map(
    ({ value }) => value as number,
  )
  expect(sent! / 5_000).toBeCloseTo(1, 1)
  // half a second of them is on its way at the end
  for (const calls of got) expect(calls).toBeGreaterThan(0.85 * sent!)
  expect(computed(scenario)).toBeGreaterThan(0)
})

it('a hundred rules of all kinds, of which an event matches a few', () => {
  const rules = benchRules()
  const kinds = JSON.stringify(rules)
  for (const operator of ['prefix', 'suffix', 'numeric', 'anything-but', 'wildcard', 'exists', '$or'])
    expect(kinds).toContain(`"${operator}"`)
  const patterns = rules.map((rule) => {
    const parsed = parsePattern(rule)
    if (!parsed.ok) throw new Error(parsed.reason)
    return compilePattern(parsed.pattern)
  })
  const events = benchEvents().slice(0, 500)
  expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(500)
  const matched = events.map((event) => patterns.filter((pattern) => matchEvent(pattern, event)).length)
  const mean = matched.reduce((sum, one) => sum + one, 0) / events.length
  expect(mean).toBeGreaterThan(1)
  expect(mean).toBeLessThan(20)
})
