/** A FIFO topic keeps the order of a message group, also while deliveries are tried again (SNS-1, SNS-2). */
import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource, Scenario } from '../../model/scenario'
import { expectResumable } from '../resume.fixture'
import { client, runOf, scenarioOf } from '../run.fixture'
import { Order } from './order'

const fifo = (Type: string, more: JsonObject): Resource => ({ Type, Properties: more })
const publishes = (name: string, group: string, at: number): Resource =>
  client('sns:Publish', 'Topic', { pattern: 'once', at }, { body: { name }, group, deduplication: name })
const bodies = (ran: ReturnType<typeof runOf>, id: string): unknown[] =>
  ran
    .contents()
    .flatMap(({ resource, value }) => (resource === id ? [((value as JsonObject)['body'] as JsonObject)['name']] : []))

const resources = {
  P1: publishes('a1', 'a', 0),
  P2: publishes('a2', 'a', 1),
  P3: publishes('b1', 'b', 1.2),
  P4: publishes('a3', 'a', 3.4),
  P5: publishes('a4', 'a', 3.5),
  Topic: fifo('AWS::SNS::Topic', { FifoTopic: true }),
  Q: fifo('AWS::SQS::Queue', { FifoQueue: true }),
  Spare: fifo('AWS::SQS::Queue', { FifoQueue: true }),
  S: fifo('AWS::SNS::Subscription', { TopicArn: 'Topic', Protocol: 'sqs', Endpoint: 'Q', RawMessageDelivery: true }),
  T: fifo('AWS::SNS::Subscription', {
    TopicArn: 'Topic',
    Protocol: 'sqs',
    Endpoint: 'Spare',
    RawMessageDelivery: true,
  }),
}
const interventions: Scenario['interventions'] = [
  { at: 0, fault: 'resource-down', resource: 'Q' },
  { at: 3.3, repair: 'resource-down', resource: 'Q' },
]

describe('a FIFO topic', () => {
  const ran = runOf(scenarioOf(resources, { interventions }))

  it('holds the later messages of a group behind one that is tried again', () => {
    expect(bodies(ran, 'Q').filter((name) => String(name).startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4'])
    // a1 at once and at 0.03 three times more, then at 1.03: a2, published at 1, is not tried before a1 is through
    expect(ran.reasons('sns.retry').filter(([at]) => at < 1.2)).toEqual([
      [0.03, 0],
      [0.03, 0],
      [0.03, 0],
      [0.03, 1],
      [1.03, 1],
    ])
  })

  it('holds nothing of other groups, nor of other subscriptions', () => {
    expect(ran.level('Spare', 'visible')).toEqual([
      [0.03, 1],
      [1.03, 2],
      [1.23, 3],
      [3.43, 4],
      [3.53, 5],
    ])
    const queued = bodies(ran, 'Q')
    expect(queued).toContain('b1')
  })

  it('goes on behind one that is given up', () => {
    const lost = runOf(
      scenarioOf(resources, {
        interventions: [
          { at: 0, fault: 'resource-down', resource: 'Q' },
          { at: 0.9, repair: 'resource-down', resource: 'Q' },
        ],
        facts: { 'sns.retries': 2 },
      }),
    )
    expect(lost.reasons('sns.dropped')).toHaveLength(1)
    expect(bodies(lost, 'Q').filter((name) => String(name).startsWith('a'))).toEqual(['a2', 'a3', 'a4'])
  })

  it('goes on from a keyframe as it went on', () => {
    expectResumable(scenarioOf(resources, { interventions }), [10, 40, 60])
  })
})

it('a line hands on in order, and forgets groups that are done', () => {
  const order = new Order()
  order.join('a', 1)
  order.join('a', 2)
  order.join('b', 3)
  const saved = order.save()
  expect([
    order.isBusy('a'),
    order.leave(1),
    order.leave(3),
    order.isBusy('b'),
    order.leave(2),
    order.isBusy('a'),
  ]).toEqual([true, 2, -1, false, -1, false])
  expect(order.leave(9)).toBe(-1)
  order.load(saved)
  expect(order.leave(1)).toBe(2)
})
