import { describe, expect, it } from 'vitest'
import type { Scenario } from '../../model/scenario'
import { applyPatches, PatchError, type Patch } from './applyPatches'

const scenario: Scenario = {
  coldstart: 1,
  name: 'Test',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: { Timeout: 3, 'a/b~c': 1 },
      Behavior: { steps: [{ wait: 1 }, { wait: 2 }] },
    },
  },
}
const STEPS = '/resources/Fn/Behavior/steps'
const steps = (...patches: Patch[]) => applyPatches(scenario, patches).resources['Fn']?.Behavior?.['steps']
const properties = (...patches: Patch[]) => applyPatches(scenario, patches).resources['Fn']?.Properties

describe('applyPatches', () => {
  it('adds, replaces and removes properties, and leaves the document given alone', () => {
    const before = JSON.stringify(scenario)
    expect(properties({ op: 'add', path: '/resources/Fn/Properties/MemorySize', value: 512 })).toMatchObject({
      Timeout: 3,
      MemorySize: 512,
    })
    expect(properties({ op: 'replace', path: '/resources/Fn/Properties/Timeout', value: 9 })).toMatchObject({
      Timeout: 9,
    })
    expect(properties({ op: 'remove', path: '/resources/Fn/Properties/Timeout' })).toEqual({ 'a/b~c': 1 })
    expect(JSON.stringify(scenario)).toBe(before)
  })

  it('adds over an existing property, as RFC 6902 says', () => {
    expect(properties({ op: 'add', path: '/resources/Fn/Properties/Timeout', value: 7 })).toMatchObject({ Timeout: 7 })
  })

  it('inserts into lists, appends with -, replaces and removes items', () => {
    expect(steps({ op: 'add', path: `${STEPS}/0`, value: { cpu: 1 } })).toEqual([{ cpu: 1 }, { wait: 1 }, { wait: 2 }])
    expect(steps({ op: 'add', path: `${STEPS}/-`, value: { cpu: 1 } })).toEqual([{ wait: 1 }, { wait: 2 }, { cpu: 1 }])
    expect(steps({ op: 'add', path: `${STEPS}/2`, value: 1 })).toHaveLength(3)
    expect(steps({ op: 'replace', path: `${STEPS}/1`, value: { cpu: 1 } })).toEqual([{ wait: 1 }, { cpu: 1 }])
    expect(steps({ op: 'remove', path: `${STEPS}/0` })).toEqual([{ wait: 2 }])
    expect(steps({ op: 'replace', path: `${STEPS}/1/wait`, value: 5 })).toEqual([{ wait: 1 }, { wait: 5 }])
  })

  it('reads ~0 and ~1', () => {
    expect(properties({ op: 'replace', path: '/resources/Fn/Properties/a~1b~0c', value: 2 })).toMatchObject({
      'a/b~c': 2,
    })
  })

  it('applies in order, each to what the one before left', () => {
    expect(steps({ op: 'remove', path: `${STEPS}/0` }, { op: 'remove', path: `${STEPS}/0` })).toEqual([])
  })

  it('does not let the document share objects with the patch', () => {
    const value = { wait: 9 }
    const after = steps({ op: 'add', path: `${STEPS}/-`, value })
    value.wait = 1
    expect(after).toContainEqual({ wait: 9 })
  })

  it.each<Patch>([
    { op: 'replace', path: '/resources/Fn/Properties/Missing', value: 1 },
    { op: 'remove', path: '/resources/Fn/Properties/Missing' },
    { op: 'add', path: '/resources/Gone/Properties/X', value: 1 },
    { op: 'add', path: `${STEPS}/3`, value: 1 },
    { op: 'replace', path: `${STEPS}/-`, value: 1 },
    { op: 'remove', path: `${STEPS}/01` },
    { op: 'add', path: '/resources/Fn/Properties/Timeout/x', value: 1 },
    { op: 'add', path: '/resources/__proto__/x', value: 1 },
    { op: 'replace', path: '', value: {} },
  ])('refuses $op $path', (patch) => {
    expect(() => applyPatches(scenario, [patch])).toThrow(PatchError)
  })
})
