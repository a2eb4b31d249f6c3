/** A run resumed from any keyframe goes on as the run from 0 did: what lanes and readers keep is all in the keyframe. */
import { expect, test } from 'vitest'
import { createRun, resumeRun, type Run } from '../../../../engine/run'
import type { JsonObject, Scenario } from '../../../../model/scenario'
import { client } from '../../../run.fixture'
import { streamed, withDestination } from './streams.fixture'

const COLUMNS = ['at', 'until', 'value', 'kind', 'code', 'resource', 'subject', 'trace', 'cause'] as const

function finish(run: Run, from: number) {
  const rows: number[][] = []
  run.kernel.recorder.sink = (chunk) => {
    for (let i = 0; i < chunk.length; i++)
      if (chunk.first + i >= from) rows.push([chunk.first + i, ...COLUMNS.map((column) => chunk[column][i]!)])
  }
  while (!run.advance(1_000)) continue
  return { rows, series: run.series(), contents: run.contents(), entities: run.legend.entities.slice() }
}

const half: JsonObject = { fail: { rate: 0.3 } }
const keyed = (group: string, traffic: JsonObject) => client('kinesis:PutRecord', 'Stream', traffic, { group })
const poisson: JsonObject = { pattern: 'poisson', rate: 4, until: 20 }
const CASES: { readonly [name: string]: Scenario } = {
  'lanes, splits, retries, a destination': streamed(
    {
      stream: { ShardCount: 3 },
      traffic: poisson,
      sender: { group: 'a' },
      ...withDestination({
        ParallelizationFactor: 2,
        BatchSize: 5,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 2,
      }),
      steps: [{ wait: { exp: 0.4 } }, half],
      more: { ...withDestination().more, B: keyed('b', poisson), C: keyed('c', poisson), D: keyed('d', poisson) },
    },
    { duration: 60 },
  ),
  'a table, windows, filters, refusals, switched off and on': streamed(
    {
      table: true,
      traffic: poisson,
      mapping: {
        BatchSize: 20,
        MaximumBatchingWindowInSeconds: 2,
        TumblingWindowInSeconds: 7,
        FilterCriteria: { Filters: [{ Pattern: { eventName: ['INSERT'] } }] },
      },
      fn: { ReservedConcurrentExecutions: 1 },
      steps: [{ wait: { exp: 1 } }, half],
      behavior: { response: { state: { n: 1 } } },
      more: { Caller: client('lambda:Invoke', 'Fn', { pattern: 'poisson', rate: 0.5, until: 20 }) },
    },
    {
      duration: 60,
      facts: { 'lambda.mappingChange': 1 },
      interventions: [
        { at: 6, set: '/resources/Mapping/Properties/Enabled', value: false },
        { at: 12, set: '/resources/Mapping/Properties/Enabled', value: true },
      ],
    },
  ),
}

for (const [name, scenario] of Object.entries(CASES)) {
  test(`from every keyframe: ${name}`, () => {
    const past = createRun(scenario, { keyframeEvery: 37 })
    finish(past, 0)
    const whole = finish(createRun(scenario, { keyframeEvery: 1e9 }), 0)
    const frames = past.keyframes.all
    expect(frames.length).toBeGreaterThan(5)
    const apart = Math.ceil(frames.length / 12)
    for (const frame of frames.filter((_, i) => i % apart === 0)) {
      const resumed = finish(
        resumeRun(scenario, frame, past.keyframes.until(frame.at), { keyframeEvery: 37 }),
        frame.rows,
      )
      expect(resumed).toEqual({ ...whole, rows: whole.rows.slice(frame.rows) })
    }
  })
}
