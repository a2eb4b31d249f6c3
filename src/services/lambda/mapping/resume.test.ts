/** A run resumed from any keyframe goes on as the run from 0 did: what mappings and FIFO queues keep is all in the keyframe. */
import { expect, test } from 'vitest'
import { createRun, resumeRun, type Run } from '../../../engine/run'
import type { JsonObject, Scenario } from '../../../model/scenario'
import { client } from '../../run.fixture'
import { mapped, withDeadLetters } from './mapping.fixture'

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

const half: JsonObject = { fail: { rate: 0.4 } }
const dead = withDeadLetters(2, { FifoQueue: true })
const CASES: { readonly [name: string]: Scenario } = {
  'groups, deduplication, dead letters': mapped(
    {
      traffic: { pattern: 'poisson', rate: 2, until: 20 },
      sender: { group: 'a' },
      queue: { FifoQueue: true, VisibilityTimeout: 6, ...dead.queue },
      steps: [{ wait: { exp: 0.4 } }, half],
      more: {
        ...dead.more,
        Second: client('sqs:SendMessage', 'Queue', { pattern: 'poisson', rate: 2, until: 20 }, { group: 'b' }),
        Third: client(
          'sqs:SendMessage',
          'Queue',
          { pattern: 'constant', rate: 1, until: 20 },
          { group: 'b', deduplication: 'same' },
        ),
      },
    },
    { duration: 60 },
  ),
  'windows, filters, held batches': mapped(
    {
      traffic: { pattern: 'poisson', rate: 8, until: 20 },
      sender: { body: { kind: 'a' } },
      queue: { VisibilityTimeout: 8 },
      mapping: {
        BatchSize: 20,
        MaximumBatchingWindowInSeconds: 2,
        FilterCriteria: { Filters: [{ Pattern: { body: { kind: ['a'] } } }] },
      },
      fn: { ReservedConcurrentExecutions: 1 },
      steps: [{ wait: { exp: 1 } }, half],
      more: { Other: client('sqs:SendMessage', 'Queue', { pattern: 'poisson', rate: 3, until: 20 }) },
    },
    { duration: 60 },
  ),
  'provisioned pollers, switched off and on': mapped(
    {
      traffic: { pattern: 'poisson', rate: 60, until: 15 },
      mapping: { BatchSize: 2, ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 30 } },
      steps: [{ wait: { exp: 3 } }],
    },
    {
      duration: 40,
      facts: { 'lambda.mappingChange': 2 },
      interventions: [
        { at: 9, set: '/resources/Mapping/Properties/Enabled', value: false },
        { at: 16, set: '/resources/Mapping/Properties/Enabled', value: true },
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
