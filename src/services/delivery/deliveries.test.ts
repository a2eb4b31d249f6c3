/** What buses, topics, buckets and schedules share: the waits, and targets that are taken away while something is under way. */
import { describe, expect, it } from 'vitest'
import { Random } from '../../kernel/random'
import type { Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, runOf, scenarioOf } from '../run.fixture'
import { doubling } from './policy'

const seconds = (wait: (attempts: number) => number): number[] =>
  [1, 2, 3, 4, 5, 20].map((attempts) => wait(attempts) / 1_000_000)

describe('waits', () => {
  it('double from the first to the longest', () => {
    expect(seconds(doubling({ base: 1, cap: 6, jitter: 0 }, new Random(1), 0))).toEqual([1, 2, 4, 6, 6, 6])
  })

  it('are anything up to that with full jitter, and the same again for the same seed', () => {
    const draw = (): number[] => {
      const random = new Random(7)
      return seconds(doubling({ base: 1, cap: 6, jitter: 1 }, random, random.stream('Bus/retry')))
    }
    const waits = draw()
    waits.forEach((wait, i) => expect(wait).toBeLessThan([1, 2, 4, 6, 6, 6][i]!))
    expect(new Set(waits).size).toBe(6)
    expect(draw()).toEqual(waits)
  })
})

describe('a delivery', () => {
  const queue: Resource = { Type: 'AWS::SQS::Queue' }
  const rule: Resource = {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: 'Bus',
      EventPattern: { source: ['shop'] },
      State: 'ENABLED',
      Targets: [
        { Id: 'A', Arn: 'A' },
        { Id: 'B', Arn: 'B' },
      ],
    },
  }
  const resources = {
    C: client(
      'events:PutEvents',
      'Bus',
      { pattern: 'constant', rate: 1, at: 0, count: 4 },
      { body: { source: 'shop' } },
    ),
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
    A: queue,
    B: queue,
    R: rule,
  }
  const interventions: Scenario['interventions'] = [
    { at: 0, fault: 'resource-down', resource: 'B' },
    { at: 3.2, set: '/resources/R/Properties/Targets', value: [{ Id: 'A', Arn: 'A' }] },
  ]

  it('to a target that is taken away meanwhile is given up; the others go on', () => {
    const scenario = scenarioOf(resources, { interventions })
    const ran = runOf(scenario)
    expect(ran.level('A', 'visible').at(-1)).toEqual([3.5, 4])
    expect(ran.reasons('eventbridge.dropped')).toHaveLength(3 + 1)
    expect(ran.level('B', 'visible')).toEqual([])
    expectResumable(scenario, [8, 15, 22])
  })
})
