import { describe, expect, it } from 'vitest'
import { serialise } from '../../gate/text'
import type { Scenario } from '../../model/scenario'
import { converted, follow, read } from './sync'

const scenario = (delay: number): Scenario => ({
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: { Orders: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: delay } } },
})
const commented = `# mine\n${serialise(scenario(1), 'yaml')}`
/** Refers to what is not there. */
const dangling: Scenario = {
  ...scenario(1),
  resources: {
    Dead: {
      Type: 'AWS::SQS::Queue',
      Properties: { RedrivePolicy: { deadLetterTargetArn: 'Gone', maxReceiveCount: 2 } },
    },
  },
}

describe('text follows the document', () => {
  it('keeps comments', () => {
    const text = follow(commented, scenario(1), scenario(7), 'yaml')
    expect(text).toContain('# mine')
    expect(text).toContain('DelaySeconds: 7')
  })
  it('leaves text alone that cannot be read', () => {
    expect(follow('resources: {', scenario(1), scenario(7), 'yaml')).toBeNull()
  })
  it('changes format and comes back to the commented text', () => {
    const json = converted(scenario(1), 'json', null)
    expect(JSON.parse(json)).toEqual(scenario(1))
    const back = converted(scenario(9), 'yaml', { text: commented, scenario: scenario(1) })
    expect(back).toContain('# mine')
    expect(back).toContain('DelaySeconds: 9')
  })
})

describe('the document follows the text', () => {
  it('when the gate lets it pass', () => {
    expect(read(serialise(scenario(3), 'json'), scenario(1)).scenario).toEqual(scenario(3))
  })
  it('not when it is no document, with problems that name the place', () => {
    const reading = read(serialise(scenario(9_999), 'yaml'), scenario(1))
    expect(reading.scenario).toBeNull()
    expect(reading.problems[0]).toMatchObject({ severity: 'error', path: '/resources/Orders/Properties/DelaySeconds' })
    expect(read('{', scenario(1)).scenario).toBeNull()
  })
  it('not with a new dangling reference, but with one the drawing has already', () => {
    const text = serialise(dangling, 'yaml')
    expect(read(text, scenario(1)).scenario).toBeNull()
    const renamed = serialise({ ...dangling, name: 'Other' }, 'yaml')
    expect(read(renamed, dangling).scenario?.name).toBe('Other')
  })
})
