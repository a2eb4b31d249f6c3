import { describe, expect, it, vi } from 'vitest'
import type { Intervention, Scenario } from '../../model/scenario'
import { isDown, resourceCommands } from './commands'

const scenario = (interventions: Intervention[]): Scenario => ({
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Shop: { Type: 'Coldstart::Client' },
    Table: { Type: 'AWS::DynamoDB::Table' },
    Role: { Type: 'AWS::IAM::Role' },
  },
  interventions,
})

describe('isDown', () => {
  const of = scenario([
    { at: 30, repair: 'resource-down', resource: 'Table' },
    { at: 10, fault: 'resource-down', resource: 'Table' },
    { at: 10, fault: 'az-outage', zone: 'a' },
  ])
  it.each([
    [5, false],
    [10, true],
    [29, true],
    [30, false],
  ])('at %d s is %s', (at, down) => expect(isDown('Table', of, at)).toBe(down))
  it('tells resources apart', () => expect(isDown('Shop', of, 20)).toBe(false))
})

describe('resourceCommands', () => {
  const given = (interventions: Intervention[] = []) => ({
    scenario: scenario(interventions),
    playhead: { get: () => 12_000_000, subscribe: () => () => {} },
    onIntervene: vi.fn<(intervention: Intervention) => void>(),
    onRemove: vi.fn<(ids: readonly string[]) => void>(),
    onDuplicate: vi.fn<(ids: readonly string[]) => void>(),
  })
  const labels = (id: string, interventions?: Intervention[]) =>
    resourceCommands(id, given(interventions)).flatMap((entry) => ('label' in entry ? [entry.label] : []))
  it('fit the resource', () => {
    expect(labels('Shop')).toEqual([
      'Duplicate',
      'Send an event now',
      'Send 10 events now',
      'Send 100 events now',
      'Delete',
    ])
    expect(labels('Table')).toEqual(['Duplicate', 'Break now', 'Delete'])
    expect(labels('Table', [{ at: 3, fault: 'resource-down', resource: 'Table' }])).toContain('Repair now')
    expect(labels('Role')).toEqual(['Duplicate', 'Delete'])
  })
  it('act at the time of the playhead, in seconds', () => {
    const props = given()
    const entry = resourceCommands('Shop', props).find((one) => 'label' in one && one.label === 'Send an event now')
    if (entry && 'onSelect' in entry) entry.onSelect()
    expect(props.onIntervene).toHaveBeenCalledWith({ at: 12, send: 'Shop' })
  })
})
