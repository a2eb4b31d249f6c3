import { expect, test } from 'vitest'
import type { Scenario } from '../../../model/scenario'
import { archivedUntil, hindrance, replayAt, rulesFor } from './replay'

const scenario: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Bus: { Type: 'AWS::Events::EventBus' },
    Kept: { Type: 'AWS::Events::Archive', Properties: { SourceArn: 'Bus' } },
    Loose: { Type: 'AWS::Events::Archive', Properties: {} },
    Mine: { Type: 'AWS::Events::Rule', Properties: { EventBusName: 'Bus' } },
    Other: { Type: 'AWS::Events::Rule', Properties: { EventBusName: 'Else' } },
    Lost: { Type: 'AWS::Events::Rule', Properties: {} },
  },
}

test('rules are those of the bus', () => {
  expect(rulesFor('Kept', scenario)).toEqual(['Mine'])
  expect(rulesFor('Loose', scenario)).toEqual([])
})

test('a replay is an intervention in seconds; no chosen rule means all', () => {
  const asked = { from: 10, to: 20, rules: [] }
  expect(replayAt('Kept', 700_000_000, asked)).toEqual({ at: 700, replay: 'Kept', from: 10, to: 20 })
  expect(replayAt('Kept', 700_000_000, { ...asked, rules: ['Mine'] })).toMatchObject({ rules: ['Mine'] })
})

test('events are in the archive ten minutes later', () => {
  expect(archivedUntil(700_500_000, scenario)).toBe(100)
  expect(archivedUntil(5_000_000, scenario)).toBe(0)
  expect(archivedUntil(700_000_000, { ...scenario, facts: { 'eventbridge.archiveDelay': 0 } })).toBe(700)
})

test('what cannot be replayed is told', () => {
  expect(hindrance('Kept', 700_000_000, 0, 100, scenario)).toBeNull()
  expect(hindrance('Kept', 700_000_000, 50, 50, scenario)).toContain('To later')
  expect(hindrance('Kept', 600_000_000, 0, 100, scenario)).toContain('not in the archive yet')
  expect(hindrance('Loose', 700_000_000, 0, 100, scenario)).toContain('no bus')
})
