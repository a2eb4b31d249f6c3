import { describe, expect, test } from 'vitest'
import { Outcome } from '../../model/recording'
import { gateJson } from '../../gate'
import type { JsonObject, Scenario } from '../../model/scenario'
import { RECEIVES } from '../parcel'
import { client, runOf, scenarioOf } from '../run.fixture'
import { hands, type Hands } from './queue.fixture'

const held = (queue: Hands, id: string): number => queue.metric(id, 'ApproximateNumberOfMessagesVisible')

/** `count` messages in the dead-letter queue of Q, at second 2. */
function dead(count: number, fifo = false, more: JsonObject = {}): Hands {
  const kind: JsonObject = fifo ? { FifoQueue: true } : {}
  const queue = hands({
    Dead: kind,
    Q: { ...kind, VisibilityTimeout: 1, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 }, ...more },
  })
  for (let n = 1; n <= count; n++) queue.send('Q', n, fifo ? { group: `g${n % 2}` } : {})
  queue.receive('Q', count)
  queue.until(1.5)
  const last = queue.receive('Q', count)
  queue.until(2)
  queue.abandon('Q', last)
  return queue
}

describe('dead letters', () => {
  test('go over at the receive after maxReceiveCount and are counted at the queue they left', () => {
    const queue = dead(3)
    expect([held(queue, 'Q'), held(queue, 'Dead')]).toEqual([0, 3])
    expect(queue.metric('Q', 'DeadLettered')).toBe(3)
    expect(queue.metric('Dead', 'DeadLettered')).toBe(0)
  })
  test('so does what a mapping gives up; without a dead-letter queue that is gone (LAM-68)', () => {
    const give = (redrive: JsonObject): Hands => {
      const queue = hands({ Dead: {}, Q: redrive })
      queue.send('Q', 1)
      const asked = queue.receive('Q', 1)
      queue.until(1)
      queue.discard('Q', asked.items)
      queue.until(2)
      return queue
    }
    const kept = give({ RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 5 } })
    expect([held(kept, 'Dead'), kept.metric('Q', 'DeadLettered')]).toEqual([1, 1])
    const gone = give({})
    expect([held(gone, 'Dead'), gone.metric('Q', 'ApproximateNumberOfMessagesNotVisible')]).toEqual([0, 0])
    expect(gone.contents()).toEqual([])
  })
})

describe('move tasks', () => {
  test('bring messages back one after the other, as new ones', () => {
    const queue = dead(3)
    const asked = queue.moveBack('Dead')
    queue.until(3)
    expect(asked.outcome).toBe(Outcome.ok)
    expect([held(queue, 'Q'), held(queue, 'Dead')]).toEqual([3, 0])
  })
  test('the receive count begins anew', () => {
    const queue = dead(1)
    queue.moveBack('Dead')
    queue.until(3)
    const asked = queue.receive('Q', 1)
    queue.until(3)
    expect(asked.items[RECEIVES]).toBe(1)
  })
  test('their rate is a fact: 500 a second', () => {
    const queue = dead(1_000, false, { VisibilityTimeout: 1 })
    queue.moveBack('Dead')
    queue.until(3)
    expect(held(queue, 'Q')).toBeGreaterThanOrEqual(500)
    expect(held(queue, 'Q')).toBeLessThanOrEqual(501)
  })
  test('keep the order of a message group', () => {
    const queue = dead(6, true)
    queue.moveBack('Dead')
    queue.until(3)
    const asked = queue.receive('Q', 10)
    queue.until(3)
    const of = (odd: number): unknown[] => asked.got.filter((n) => Number(n) % 2 === odd)
    expect([of(0), of(1)]).toEqual([
      [2, 4, 6],
      [1, 3, 5],
    ])
  })
  test('leave what was sent to the dead-letter queue itself', () => {
    const queue = dead(2)
    queue.send('Dead', 9)
    queue.moveBack('Dead')
    queue.until(3)
    expect([held(queue, 'Q'), held(queue, 'Dead')]).toEqual([2, 1])
  })
  test('take messages where they are told to, whoever sent them, and as fast as they are told to', () => {
    const queue = hands({
      Dead: {},
      Q: { VisibilityTimeout: 1, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } },
      Other: {},
    })
    for (let n = 0; n < 10; n++) queue.send('Dead', n)
    const asked = queue.moveBack('Dead', { DestinationArn: 'Other', MaxNumberOfMessagesPerSecond: 2 })
    queue.until(1.1)
    expect(asked.outcome).toBe(Outcome.ok)
    expect([held(queue, 'Other'), held(queue, 'Dead')]).toEqual([3, 7])
    const second = queue.moveBack('Dead')
    queue.until(6)
    expect(second.outcome).toBe(Outcome.error)
    expect([held(queue, 'Other'), held(queue, 'Dead')]).toEqual([10, 0])
  })
  test('are refused where the destination is no queue of the same type', () => {
    const queue = hands({
      Dead: {},
      Q: { RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } },
      Fifo: { FifoQueue: true },
    })
    const asked = ['Fifo', 'Hand', 'Nobody'].map((DestinationArn) => queue.moveBack('Dead', { DestinationArn }))
    queue.until(1)
    expect(asked.map(({ outcome }) => outcome)).toEqual(Array(3).fill(Outcome.error))
  })
  test('a learner starts one by an intervention, and another by another value', () => {
    const resources: Scenario['resources'] = {
      C: client('sqs:SendMessage', 'Q', { pattern: 'burst', count: 4 }, { poison: [1, 2] }),
      Q: {
        Type: 'AWS::SQS::Queue',
        Properties: { VisibilityTimeout: 10, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } },
      },
      Dead: { Type: 'AWS::SQS::Queue' },
      W: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { MinSize: 1, MaxSize: 1 },
        Behavior: { worker: { queue: 'Q', duration: 1 } },
      },
    }
    const path = '/resources/Dead/Behavior/moveTask'
    const interventions = [
      { at: 50, set: path, value: { at: 50 } },
      { at: 60, set: '/resources/Dead/Properties/VisibilityTimeout', value: 5 },
      { at: 100, set: path, value: { at: 100 } },
      { at: 99, set: '/resources/W/Behavior/worker/poison', value: 'delete' },
    ]
    const ran = runOf(scenarioOf(resources, { interventions, duration: 200 }))
    expect(ran.reasons('sqs.moved').map(([at]) => Math.floor(at))).toEqual([50, 50, 100, 100])
    expect(ran.level('Dead', 'visible').at(-1)![1]).toBe(0)
    expect(ran.total('Q', 'NumberOfMessagesDeleted')).toBe(4)
    const valid = gateJson({ ...scenarioOf(resources, { interventions, duration: 200 }), layout: {} })
    expect(valid.ok).toBe(true)
  })
  test('are refused at a queue that is nobody’s dead-letter queue', () => {
    const queue = hands({ Q: {} })
    const asked = queue.moveBack('Q')
    queue.until(1)
    expect(asked.outcome).toBe(Outcome.error)
  })
})
