import { describe, expect, test } from 'vitest'
import type { JsonObject, Scenario } from '../../model/scenario'
import { scenarioOf } from '../run.fixture'
import { connectors } from './connectors'
import { kinds } from './kinds'
import { backlogPolicy } from './recipes'

const scenario = (worker?: JsonObject): Scenario =>
  scenarioOf({
    Q: { Type: 'AWS::SQS::Queue' },
    Other: { Type: 'AWS::SQS::Queue' },
    T: { Type: 'AWS::DynamoDB::Table' },
    W: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: { MinSize: 0, MaxSize: 5 },
      ...(worker === undefined ? {} : { Behavior: { worker } }),
    },
  })
const wires = (it: Scenario): string[] =>
  connectors.flatMap(({ derive }) => derive(it)).map(({ from, to, action }) => `${from} > ${to} ${action}`)
/** The document after a wire was drawn, and what was said; or the refusal. */
function draw(from: string, to: string, it: Scenario): { scenario: Scenario; said: string } | string | null {
  for (const connector of connectors) {
    const accepted = connector.accepts(from, to, it)
    if (accepted === null) continue
    if (accepted !== true) return accepted.refused
    const { resources, said } = connector.connect(from, to, it)
    return { scenario: { ...it, resources: { ...it.resources, ...(resources as Scenario['resources']) } }, said }
  }
  return null
}

describe('wires', () => {
  test.each([
    ['Q', 'W'],
    ['W', 'Q'],
  ])('%s to %s: the group works on the queue and scales on its backlog', (from, to) => {
    const drawn = draw(from, to, scenario())
    if (drawn === null || typeof drawn === 'string') throw new Error('not drawn')
    expect(wires(drawn.scenario)).toEqual(['Q > W sqs:ReceiveMessage'])
    expect(drawn.scenario.resources['WBacklog']!.Type).toBe('AWS::AutoScaling::ScalingPolicy')
    expect(drawn.said).toContain('10 messages per instance')
    expect(draw('Other', 'W', drawn.scenario)).toContain('takes its work from Q already')
    expect(draw('Q', 'W', drawn.scenario)).toContain('already')
  })
  test('from the group to anything else is a call when the work is done, one at most', () => {
    expect(draw('W', 'T', scenario())).toContain('Connect a queue first')
    const drawn = draw('W', 'T', scenario({ queue: 'Q' }))
    if (drawn === null || typeof drawn === 'string') throw new Error('not drawn')
    expect(wires(drawn.scenario)).toEqual(['Q > W sqs:ReceiveMessage', 'W > T dynamodb:PutItem'])
    expect(draw('W', 'Other', drawn.scenario)).toContain('It makes one call')
  })
  test('to another queue it sends', () => {
    const drawn = draw('W', 'Other', scenario({ queue: 'Q' }))
    if (drawn === null || typeof drawn === 'string') throw new Error('not drawn')
    expect(wires(drawn.scenario)).toEqual(['Q > W sqs:ReceiveMessage', 'W > Other sqs:SendMessage'])
  })
  test('are taken away again', () => {
    let it = scenario({ queue: 'Q', duration: 5, call: 'dynamodb:PutItem', to: 'T' })
    for (const connector of connectors.toReversed())
      for (const wire of connector.derive(it))
        it = {
          ...it,
          resources: { ...it.resources, ...(connector.disconnect(wire, it).resources as Scenario['resources']) },
        }
    expect(wires(it)).toEqual([])
    expect(it.resources['W']!.Behavior).toEqual({ worker: { duration: 5 } })
  })
})

test('a policy goes with its group and with what it measures', () => {
  const { owners } = kinds['AWS::AutoScaling::ScalingPolicy']!
  expect(new Set(owners!(backlogPolicy('W', 'Q'), scenario()))).toEqual(new Set(['W', 'Q']))
  expect(owners!(backlogPolicy('W', 'Gone'), scenario())).not.toContain('Gone')
})

test('the type line tells the sizes and a missing queue', () => {
  const line = (it: Scenario) => kinds['AWS::AutoScaling::AutoScalingGroup']!.typeLine!(it.resources['W']!)
  expect(line(scenario())).toBe('Workers · 0 to 5 · no queue')
  expect(line(scenario({ queue: 'Q' }))).toBe('Workers · 0 to 5')
})
