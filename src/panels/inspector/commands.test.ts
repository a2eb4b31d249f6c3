import { describe, expect, it, vi } from 'vitest'
import type { Intervention, Scenario } from '../../model/scenario'
import { faultOf, resourceCommands } from './commands'

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
    Route: { Type: 'AWS::EC2::Route' },
    Kept: { Type: 'AWS::Events::Archive' },
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 3 } },
    },
    Dead: { Type: 'AWS::SQS::Queue' },
  },
  interventions,
})

describe('faultOf', () => {
  const of = scenario([
    { at: 30, repair: 'resource-down', resource: 'Table' },
    { at: 10, fault: 'resource-down', resource: 'Table' },
    { at: 10, fault: 'az-outage', zone: 'a' },
  ])
  it.each([
    [5, null],
    [10, 'resource-down'],
    [29, 'resource-down'],
    [30, null],
  ])('at %d s is %s', (at, fault) => expect(faultOf('Table', of, at)).toBe(fault))
  it('tells resources apart', () => expect(faultOf('Shop', of, 20)).toBe(null))
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
  it('delete what carries packets, and make it again', () => {
    expect(labels('Route')).toEqual(['Duplicate', 'Delete in the run now', 'Delete'])
    const props = given([{ at: 3, fault: 'deleted', resource: 'Route' }])
    const entry = resourceCommands('Route', props).find((one) => 'label' in one && one.label === 'Repair now')
    if (entry && 'onSelect' in entry) entry.onSelect()
    expect(props.onIntervene).toHaveBeenCalledWith({ at: 12, repair: 'deleted', resource: 'Route' })
  })
  it('replay what an archive holds, and end that', () => {
    expect(labels('Kept')).toEqual(['Duplicate', 'Replay all of it now', 'Delete'])
    expect(labels('Kept', [{ at: 3, replay: 'Kept', from: 0, to: 3 }])).toContain('Cancel its replays now')
    const props = given()
    const entry = resourceCommands('Kept', props).find((one) => 'label' in one && one.label === 'Replay all of it now')
    if (entry && 'onSelect' in entry) entry.onSelect()
    expect(props.onIntervene).toHaveBeenCalledWith({ at: 12, replay: 'Kept', from: 0, to: 12 })
  })
  it('bring dead letters back', () => {
    expect(labels('Queue')).toEqual(['Duplicate', 'Break now', 'Delete'])
    const props = given()
    const entry = resourceCommands('Dead', props).find(
      (one) => 'label' in one && one.label === 'Move its messages back now',
    )
    if (entry && 'onSelect' in entry) entry.onSelect()
    const set = '/resources/Dead/Behavior/moveTask'
    expect(props.onIntervene).toHaveBeenCalledWith({ at: 12, set, value: { at: 12 } })
  })
  it('act at the time of the playhead, in seconds', () => {
    const props = given()
    const entry = resourceCommands('Shop', props).find((one) => 'label' in one && one.label === 'Send an event now')
    if (entry && 'onSelect' in entry) entry.onSelect()
    expect(props.onIntervene).toHaveBeenCalledWith({ at: 12, send: 'Shop' })
  })
})
