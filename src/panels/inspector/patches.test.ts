import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { applyPatches } from '../problems/applyPatches'
import { resourcePatches, setPatches } from './patches'

const scenario: Scenario = {
  coldstart: 1,
  name: 'Test',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: { A: { Type: 'AWS::SQS::Queue' }, B: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 3 } } },
}
const set = (path: (string | number)[], value: Parameters<typeof setPatches>[2]) =>
  applyPatches(scenario, setPatches(scenario, path, value))

describe('setPatches', () => {
  it('makes the objects on the way in one patch', () => {
    expect(setPatches(scenario, ['resources', 'A', 'Properties', 'RedrivePolicy', 'maxReceiveCount'], 3)).toHaveLength(
      1,
    )
    expect(set(['resources', 'A', 'Properties', 'RedrivePolicy', 'maxReceiveCount'], 3).resources['A']).toEqual({
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { maxReceiveCount: 3 } },
    })
    expect(set(['facts', 'lambda.idleTimeout'], 5).facts).toEqual({ 'lambda.idleTimeout': 5 })
  })
  it('replaces, removes, and says nothing when nothing changes', () => {
    expect(set(['resources', 'B', 'Properties', 'DelaySeconds'], 4).resources['B']?.Properties).toEqual({
      DelaySeconds: 4,
    })
    expect(set(['resources', 'B', 'Properties', 'DelaySeconds'], undefined).resources['B']?.Properties).toEqual({})
    expect(setPatches(scenario, ['resources', 'B', 'Properties', 'DelaySeconds'], 3)).toEqual([])
    expect(setPatches(scenario, ['resources', 'A', 'Properties', 'X'], undefined)).toEqual([])
  })
})

describe('resourcePatches', () => {
  it('adds, replaces, deletes, and leaves equal resources alone', () => {
    const patches = resourcePatches(scenario, {
      A: null,
      B: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 3 } },
      C: { Type: 'AWS::SQS::Queue' },
      Gone: null,
    })
    expect(patches.map(({ op, path }) => `${op} ${path}`)).toEqual(['remove /resources/A', 'add /resources/C'])
  })
})
