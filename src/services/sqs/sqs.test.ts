import { describe, expect, it } from 'vitest'
import type { JsonObject, Resource } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'

const ROLE: Resource = {
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [
      {
        PolicyName: 'All',
        PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      },
    ],
  },
}
const worker = (steps: JsonObject[], more: JsonObject = {}): Resource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: 1769, Timeout: 3, Role: 'Role', ...more },
  Behavior: { steps },
})
const mapping: Resource = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: 'Q', FunctionName: 'Fn', BatchSize: 10 },
}
const queue = (properties: JsonObject = {}): Resource => ({ Type: 'AWS::SQS::Queue', Properties: properties })
const burst = (count: number) => client('sqs:SendMessage', 'Q', { pattern: 'burst', count, at: 0 })

describe('a standard queue', () => {
  it('hands out a burst in full batches and forgets what was deleted (8.2, 8.3)', () => {
    const ran = runOf(scenarioOf({ C: burst(100), Q: queue(), Fn: worker([{ wait: 0.1 }]), Role: ROLE, M: mapping }))
    expect(ran.total('Fn', 'Invocations')).toBe(10)
    expect(ran.total('Q', 'NumberOfMessagesSent')).toBe(100)
    expect(ran.total('Q', 'NumberOfMessagesReceived')).toBe(100)
    expect(ran.total('Q', 'NumberOfMessagesDeleted')).toBe(100)
    expect(ran.level('Q', 'inFlight').at(-1)![1]).toBe(0)
    expect(ran.max('Q', 'ApproximateNumberOfMessagesVisible')).toBe(50)
  })

  it('dead-letters at the receive after maxReceiveCount, and keeps the batch together (8.4)', () => {
    const Q = queue({ VisibilityTimeout: 12, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 3 } })
    const C = client('sqs:SendMessage', 'Q', { pattern: 'burst', count: 10, at: 0 }, { poison: [4] })
    const Fn = worker([{ wait: 1 }, { fail: { poison: true } }])
    const ran = runOf(scenarioOf({ C, Q, Dead: queue(), Fn, Role: ROLE, M: mapping }))
    expect(ran.total('Fn', 'Invocations')).toBe(3)
    expect(ran.level('Dead', 'visible').at(-1)).toEqual([36, 10])
    expect(ran.reasons('sqs.deadLettered')).toHaveLength(10)
    expect(ran.reasons('sqs.reappeared').map(([at]) => at)).toEqual([
      ...Array(10).fill(12),
      ...Array(10).fill(24),
      ...Array(10).fill(36),
    ])
    expect(ran.hops('sqs:Redrive')).toHaveLength(10)
    expect(ran.total('Dead', 'NumberOfMessagesSent')).toBe(0)
  })

  it('hides a message for DelaySeconds', () => {
    const ran = runOf(
      scenarioOf({ C: burst(1), Q: queue({ DelaySeconds: 5 }), Fn: worker([{ wait: 0.1 }]), Role: ROLE, M: mapping }),
    )
    expect(ran.level('Q', 'delayed')).toEqual([
      [0, 1],
      [5, 0],
    ])
    expect(ran.reasons('sqs.hidden')).toEqual([[5, 30]])
  })

  it('forgets messages after the retention period, which a dead-letter queue counts from the first send', () => {
    const Q = queue({ MessageRetentionPeriod: 60 })
    const ran = runOf(scenarioOf({ C: burst(3), Q }))
    expect(ran.reasons('sqs.expired')).toEqual([
      [60, 60],
      [60, 60],
      [60, 60],
    ])
    expect(ran.level('Q', 'visible')).toEqual([
      [0, 3],
      [60, 0],
    ])

    const slow = queue({ VisibilityTimeout: 40, RedrivePolicy: { deadLetterTargetArn: 'Dead', maxReceiveCount: 1 } })
    const Fn = worker([{ fail: { rate: 1 } }])
    const dead = runOf(
      scenarioOf({ C: burst(1), Q: slow, Dead: queue({ MessageRetentionPeriod: 60 }), Fn, Role: ROLE, M: mapping }),
    )
    expect(dead.level('Dead', 'visible')).toEqual([
      [40, 1],
      [60, 0],
    ])
  })

  it('deletes nothing by a stale handle: work longer than the visibility timeout is done again (8.8)', () => {
    const Fn = worker([{ wait: 4.5 }], { Timeout: 10 })
    const ran = runOf(
      scenarioOf({ C: burst(1), Q: queue({ VisibilityTimeout: 3 }), Fn, Role: ROLE, M: mapping }, { duration: 5 }),
    )
    expect(ran.reasons('sqs.reappeared')).toEqual([[3, 1]])
    expect(ran.total('Q', 'NumberOfMessagesReceived')).toBe(2)
    expect(ran.reasons('sqs.stale').map(([, count]) => count)).toEqual([1])
    expect(ran.total('Q', 'NumberOfMessagesDeleted')).toBe(0)
  })

  it('counts requests of up to 10 messages for the bill', () => {
    const ran = runOf(scenarioOf({ C: burst(20), Q: queue(), Fn: worker([{ wait: 0.1 }]), Role: ROLE, M: mapping }))
    const [line] = ran.costs.filter(({ resource }) => resource === 'Q')
    // 20 sends, 2 receives, 2 deletes
    expect(line!.quantity).toBe(24)
    expect(line!.usd).toBeCloseTo(24 * 0.0000004, 12)
  })

  it('knows the age of the oldest message', () => {
    const ran = runOf(
      scenarioOf({ C: client('sqs:SendMessage', 'Q', { pattern: 'constant', rate: 1, at: 0, count: 31 }), Q: queue() }),
    )
    expect(ran.max('Q', 'ApproximateAgeOfOldestMessage')).toBe(30)
  })
})
