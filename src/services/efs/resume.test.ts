import { expect, it } from 'vitest'
import { createRun, resumeRun, type Run } from '../../engine/run'
import type { Rows } from '../../model/recording'
import type { Scenario } from '../../model/scenario'
import { client, scenarioOf } from '../run.fixture'
import { fileSystem, fn } from './efs.fixture'

/** Mounts under way, mounts that fail, shared throughput, files that change, environments that end. */
const scenario: Scenario = scenarioOf(
  fileSystem({
    C: client('lambda:Invoke', 'Writer', { pattern: 'poisson', rate: 4, at: 0 }),
    D: client('lambda:Invoke', 'Reader', { pattern: 'poisson', rate: 4, at: 0 }),
    Fs: {
      Type: 'AWS::EFS::FileSystem',
      Properties: { ThroughputMode: 'provisioned', ProvisionedThroughputInMibps: 20 },
    },
    Writer: fn([{ write: '/mnt/data/a', size: 3, content: 'x' }], {}, { idle: 0.5 }),
    Reader: fn([{ read: '/mnt/data/a', optional: true }], {}, { idle: 0.5 }),
  }),
  {
    duration: 40,
    interventions: [
      { at: 10, fault: 'resource-down', resource: 'Fs' },
      { at: 15, repair: 'resource-down', resource: 'Fs' },
      { at: 20, set: '/resources/FsSg/Properties/SecurityGroupIngress', value: [] },
    ],
  },
)

function rest(run: Run, from: number): { rows: string[]; series: unknown; contents: unknown } {
  const rows: string[] = []
  run.kernel.recorder.sink = (chunk: Rows) => {
    const { first, length, ...columns } = chunk
    for (let i = 0; i < length; i++)
      if (first + i >= from)
        rows.push([first + i, ...Object.values(columns).map((it: ArrayLike<number>) => it[i])].join(' '))
  }
  while (!run.advance(1_000)) continue
  run.kernel.recorder.flush()
  return { rows, series: run.series(), contents: run.contents() }
}

it('a run goes on from a keyframe as it went on by itself', () => {
  const all = rest(createRun(scenario), 0)
  expect(all.rows.length).toBeGreaterThan(1_000)
  expect(all.contents).toContainEqual(expect.objectContaining({ resource: 'Fs', kind: 'file', key: '/a', value: 'x' }))
  for (let events = 20; events < 800; events += 90) {
    const run = createRun(scenario)
    expect(run.advance(events)).toBe(false)
    const frame = run.kernel.keyframe()
    const again = rest(resumeRun(scenario, frame, run.keyframes), frame.rows)
    expect(again.rows).toEqual(all.rows.slice(frame.rows))
    expect(again.series).toEqual(all.series)
    expect(again.contents).toEqual(all.contents)
  }
})
