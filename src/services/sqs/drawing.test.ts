import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { scenarioOf } from '../run.fixture'
import { redriveProblems } from './checks'
import { redriveConnector } from './connectors'
import { deadLetterSources } from './settings'

const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
const redrive = (deadLetterTargetArn: string, maxReceiveCount = 3): JsonObject => ({
  RedrivePolicy: { deadLetterTargetArn, maxReceiveCount },
})

describe('drawing queue -> queue', () => {
  it('writes a redrive policy, finds it again and removes it', () => {
    const before = scenarioOf({ Q: queue({ VisibilityTimeout: 60 }), Dead: queue() })
    expect(redriveConnector.accepts('Q', 'Dead', before, 'failure')).toBe(true)
    const { resources, said } = redriveConnector.connect('Q', 'Dead', before, 'failure')
    const drawn = scenarioOf({ ...before.resources, ...(resources as Scenario['resources']) })
    expect(said).toBe('Dead is the dead-letter queue of Q: messages go there after 3 receives.')
    expect(drawn.resources['Q']!.Properties).toEqual({ VisibilityTimeout: 60, ...redrive('Dead') })
    const [wire] = redriveConnector.derive(drawn)
    expect(wire).toEqual({
      from: 'Q',
      to: 'Dead',
      action: 'sqs:Redrive',
      port: 'failure',
      style: 'async',
      label: 'after 3 receives',
    })
    expect(deadLetterSources('Dead', drawn)).toEqual([{ from: 'Q', maxReceiveCount: 3 }])
    const back = redriveConnector.disconnect(wire!, drawn).resources
    expect({ ...drawn.resources, ...back }).toEqual(before.resources)
  })

  it('refuses itself and a way round', () => {
    const scenario = scenarioOf({
      A: queue(),
      B: queue(redrive('A')),
      C: queue(redrive('B')),
      T: { Type: 'AWS::DynamoDB::Table' },
    })
    expect(redriveConnector.accepts('A', 'A', scenario)).toHaveProperty('refused')
    expect(redriveConnector.accepts('A', 'C', scenario)).toHaveProperty('refused')
    expect(redriveConnector.accepts('A', 'T', scenario)).toBeNull()
    expect(redriveConnector.accepts('C', 'A', scenario)).toBe(true)
  })
})

it('redrive policies are checked', () => {
  const problems = (resources: Scenario['resources']): [string, string][] =>
    redriveProblems(scenarioOf(resources)).map(({ severity, path }) => [severity, path])
  expect(problems({ Q: queue(redrive('Dead')), Dead: queue() })).toEqual([])
  expect(problems({ Q: queue(redrive('Q')) })).toEqual([
    ['error', '/resources/Q/Properties/RedrivePolicy/deadLetterTargetArn'],
  ])
  // what does not exist is said by the gate, once
  expect(problems({ Q: queue(redrive('Nowhere')) })).toEqual([])
  expect(problems({ Q: queue(redrive('Dead', 1)), Dead: queue() })).toEqual([
    ['warning', '/resources/Q/Properties/RedrivePolicy/maxReceiveCount'],
  ])
  expect(problems({ Q: queue(redrive('Dead')), Dead: queue({ MessageRetentionPeriod: 60 }) })).toEqual([
    ['warning', '/resources/Dead/Properties/MessageRetentionPeriod'],
  ])
  expect(problems({ A: queue(redrive('B')), B: queue(redrive('A')) })).toHaveLength(2)
})
