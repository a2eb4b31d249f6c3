import { expect, it } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, runOf, scenarioOf } from '../run.fixture'
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

it('a run goes on from a keyframe as it went on by itself', () => {
  const rows = expectResumable(
    scenario,
    Array.from({ length: 9 }, (_, i) => 20 + 90 * i),
  )
  expect(rows.length).toBeGreaterThan(1_000)
  const { contents } = runOf(scenario)
  expect(contents()).toContainEqual(expect.objectContaining({ resource: 'Fs', kind: 'file', key: '/a', value: 'x' }))
})
