import { expect, test } from 'vitest'
import type { Resource, Scenario } from '../model/scenario'
import { CONNECTORS } from '../services/connectors'
import { KINDS } from '../services/kinds'
import { addResource } from './edit'
import { isRefusal } from './edit-result'
import { drawing } from './drawing'
import { roomFor } from './make-room'
import { overlaps } from './rect'
import type { NetworkView } from './types'
import { connect } from './wiring'

const NO_NETWORK: NetworkView = { interfaces: () => [], publicSubnets: () => new Map(), paths: () => () => [] }
const REGISTRY = { kinds: KINDS, connectors: CONNECTORS }
const draw = (scenario: Scenario) => drawing(scenario, REGISTRY, NO_NETWORK)
const of = (Type: string): Resource => ({ Type })

const before: Scenario = {
  coldstart: 1,
  name: 'T',
  profile: 'teaching',
  seed: 1,
  duration: 60,
  resources: {
    Topic: of('AWS::SNS::Topic'),
    Under: of('AWS::DynamoDB::Table'),
    Below: of('AWS::DynamoDB::Table'),
    Beside: of('AWS::DynamoDB::Table'),
    Queue: of('AWS::SQS::Queue'),
  },
  layout: {
    Topic: { x: 0, y: 0 },
    Under: { x: 20, y: 60 },
    Below: { x: 40, y: 140 },
    Beside: { x: 220, y: 60 },
    Queue: { x: 500, y: 0 },
  },
}

test('what a topic would cover with a new row moves below it, and what that would cover below that', () => {
  const result = connect(before, REGISTRY, 'Topic', 'Queue')
  if (isRefusal(result)) throw new Error(result.refused)
  const after = draw(result.scenario)
  const room = roomFor(draw(before), after)
  expect([...room.keys()]).toEqual(['Under', 'Below'])
  const topic = after.nodeById.get('Topic')!.rect
  expect(room.get('Under')).toEqual({ x: 20, y: topic.h + 16 })
  expect(room.get('Below')).toEqual({ x: 40, y: topic.h + 16 + after.nodeById.get('Under')!.rect.h + 16 })
  expect(roomFor(after, after).size).toBe(0)
})

test('a stream is placed as wide and tall as it is drawn: its shards cover nothing', () => {
  const crowded: Scenario = { ...before, resources: { A: of('AWS::DynamoDB::Table') }, layout: { A: { x: 60, y: 50 } } }
  const result = addResource(crowded, draw(crowded), REGISTRY, 'AWS::Kinesis::Stream', {
    point: { x: 0, y: 0 },
    container: null,
  })
  if (isRefusal(result)) throw new Error(result.refused)
  const after = draw(result.scenario)
  expect(overlaps(after.nodeById.get('Stream')!.rect, after.nodeById.get('A')!.rect)).toBe(false)
})
