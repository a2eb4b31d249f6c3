import { describe, expect, test } from 'vitest'
import { Outcome } from '../../model/recording'
import type { JsonObject, Scenario } from '../../model/scenario'
import { client, runOf, scenarioOf } from '../run.fixture'
import { hands, type Hands } from './queue.fixture'

/** A queue with `count` messages. */
function filled(count: number, properties: JsonObject = {}, more: Partial<Scenario> = {}): Hands {
  const queue = hands({ Q: properties }, more)
  for (let n = 1; n <= count; n++) queue.send('Q', n)
  queue.until(1)
  return queue
}

describe('how long a receive waits (SQS-6)', () => {
  test('as the queue says, or as it asks itself', () => {
    const queue = hands({ Q: { ReceiveMessageWaitTimeSeconds: 0 } })
    const short = queue.receive('Q', 1)
    const long = queue.receive('Q', 1, { WaitTimeSeconds: 10 })
    queue.until(9)
    expect([short.outcome, long.outcome]).toEqual([Outcome.ok, undefined])
    queue.until(11)
    expect(long.outcome).toBe(Outcome.ok)
    expect(queue.metric('Q', 'NumberOfEmptyReceives')).toBe(2)
  })
  test('a long poll is answered as soon as a message comes', () => {
    const queue = hands({ Q: {} })
    const asked = queue.receive('Q', 10)
    queue.until(5)
    queue.send('Q', 'x')
    queue.until(5.001)
    expect(asked.got).toEqual(['x'])
  })
  test('it takes as many as MaxNumberOfMessages says, 10 at most', () => {
    const queue = filled(20)
    const got = (MaxNumberOfMessages: number) => queue.receive('Q', 1, { MaxNumberOfMessages }).got.length
    const counts = [got(3), got(50)]
    queue.until(2)
    expect(counts.length).toBe(2)
    expect(queue.metric('Q', 'NumberOfMessagesReceived')).toBe(13)
  })
  test('a short poll asks a part of the servers: it misses messages, and a long one does not', () => {
    const facts = { 'sqs.shortPollShare': 0.25 }
    const found = (WaitTimeSeconds: number, seed: number) => {
      const queue = filled(2, {}, { facts, seed })
      const asked = queue.receive('Q', 10, { WaitTimeSeconds })
      queue.until(2)
      return asked.got.length
    }
    const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1)
    expect(seeds.every((seed) => found(1, seed) === 2)).toBe(true)
    const short = seeds.map((seed) => found(0, seed))
    // (3/4)^2 of them are empty
    expect(short.filter((n) => n === 0).length).toBeGreaterThan(20)
    expect(short.filter((n) => n > 0).length).toBeGreaterThan(15)
  })
  test('in teaching it asks all', () => {
    const queue = filled(1)
    const asked = queue.receive('Q', 1, { WaitTimeSeconds: 0 })
    queue.until(2)
    expect(asked.got).toEqual([1])
  })
})

describe('messages in flight (SQS-3, SQS-4)', () => {
  test('beyond the limit a short poll is refused and a long one returns nothing', () => {
    const queue = hands({ Q: { VisibilityTimeout: 1_000 } })
    for (let n = 0; n <= 120_000; n++) queue.send('Q', 0)
    queue.until(1)
    queue.receive('Q', 200_000)
    queue.until(2)
    expect(queue.metric('Q', 'ApproximateNumberOfMessagesNotVisible')).toBe(120_000)
    const short = queue.receive('Q', 1, { WaitTimeSeconds: 0 })
    const long = queue.receive('Q', 1, { WaitTimeSeconds: 5 })
    queue.until(10)
    expect([short.outcome, long.outcome]).toEqual([Outcome.error, Outcome.ok])
    expect(long.items).toEqual([])
    expect(queue.metric('Q', 'NumberOfEmptyReceives')).toBe(1)
  })
})

describe('standard queues in the faithful profile (SQS-3)', () => {
  test('hand a message out once more where its delete missed a copy, and never a third time', () => {
    const queue = filled(3, { VisibilityTimeout: 10 }, { facts: { 'sqs.copies': 1 } })
    const first = queue.receive('Q', 10)
    queue.until(2)
    queue.remove('Q', first.items)
    queue.until(10.5)
    expect(queue.metric('Q', 'ApproximateNumberOfMessagesNotVisible')).toBe(3)
    queue.until(12)
    const again = queue.receive('Q', 10)
    queue.until(13)
    expect(again.got).toEqual([1, 2, 3])
    queue.remove('Q', again.items)
    queue.until(60)
    expect(queue.contents()).toEqual([])
    expect(queue.metric('Q', 'NumberOfMessagesDeleted')).toBe(6)
  })
  test('FIFO queues keep no copies', () => {
    const queue = hands({ Q: { FifoQueue: true } }, { facts: { 'sqs.copies': 1 } })
    queue.send('Q', 1, { group: 'g' })
    const asked = queue.receive('Q', 1)
    queue.until(1)
    queue.remove('Q', asked.items)
    queue.until(2)
    expect(queue.contents()).toEqual([])
  })
  test('a lesson where every order arrives twice', () => {
    const ran = runOf(
      scenarioOf(
        {
          C: client('sqs:SendMessage', 'Q', { pattern: 'burst', count: 5 }),
          Q: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 10 } },
          W: {
            Type: 'AWS::AutoScaling::AutoScalingGroup',
            Properties: { MinSize: 1, MaxSize: 1 },
            Behavior: { worker: { queue: 'Q', duration: 1 } },
          },
        },
        { facts: { 'sqs.copies': 1 } },
      ),
    )
    expect([ran.total('W', 'Effects'), ran.total('W', 'DuplicateEffects')]).toEqual([10, 5])
    expect(ran.reasons('sqs.copyLeft')).toHaveLength(5)
    expect(ran.reasons('sqs.copySeen')).toHaveLength(5)
    expect(ran.reasons('sqs.reappeared')).toEqual([])
  })
  test('order is only tried: twenty numbered messages swap places, and in a FIFO queue they do not (8.17)', () => {
    const order = (properties: JsonObject, group: { group?: string }) => {
      const queue = hands({ Q: properties }, { seed: 7, profile: 'aws-2026-11', facts: { 'sqs.disorder': 0.2 } })
      for (let n = 1; n <= 20; n++) queue.send('Q', n, group)
      const asked = queue.receive('Q', 20)
      queue.until(1)
      return asked.got
    }
    const numbers = Array.from({ length: 20 }, (_, n) => n + 1)
    const standard = order({}, {})
    expect(standard).not.toEqual(numbers)
    expect(standard.toSorted((a, b) => Number(a) - Number(b))).toEqual(numbers)
    expect(order({ FifoQueue: true }, { group: 'g' })).toEqual(numbers)
  })
  test('in teaching there is neither', () => {
    const queue = filled(0)
    expect([queue.fact('sqs.copies'), queue.fact('sqs.disorder'), queue.fact('sqs.shortPollShare')]).toEqual([0, 0, 1])
  })
})

describe('what a queue refuses', () => {
  test('a FIFO queue takes 300 calls of a kind per second; high throughput takes as many as come (SQS-4)', () => {
    const taken = (properties: JsonObject) => {
      const queue = hands({ Q: { FifoQueue: true, ...properties } })
      const asked = Array.from({ length: 400 }, (_, n) => queue.send('Q', n, { group: `g${n}` }))
      queue.until(0.5)
      asked.push(...Array.from({ length: 400 }, (_, n) => queue.send('Q', n, { group: `g${n}` })))
      queue.until(1)
      expect(new Set(asked.map(({ outcome }) => outcome))).toEqual(
        new Set(properties['FifoThroughputLimit'] === undefined ? [Outcome.ok, Outcome.throttled] : [Outcome.ok]),
      )
      return asked.filter(({ outcome }) => outcome === Outcome.ok).length
    }
    expect(taken({})).toBe(450)
    expect(taken({ FifoThroughputLimit: 'perMessageGroupId', DeduplicationScope: 'messageGroup' })).toBe(800)
  })
  test('ten messages of a receive are one call', () => {
    const queue = hands({ Q: { FifoQueue: true, VisibilityTimeout: 0 } })
    for (let n = 0; n < 10; n++) queue.send('Q', n, { group: `g${n}` })
    const asked = Array.from({ length: 301 }, () => queue.receive('Q', 10))
    queue.until(0.001)
    expect(asked.filter(({ outcome }) => outcome === Outcome.throttled)).toHaveLength(1)
  })
  test('a FIFO queue without ContentBasedDeduplication refuses a rule, which names no id', () => {
    const outcome = (ContentBasedDeduplication: boolean) => {
      const queue = hands({ Q: { FifoQueue: true, ContentBasedDeduplication } })
      const asked = queue.sendByRule('Q', 1, { group: 'g' })
      queue.until(1)
      return asked.outcome
    }
    expect([outcome(false), outcome(true)]).toEqual([Outcome.error, Outcome.ok])
  })
  test('a delay of a message alone counts in a standard queue, and is refused by a FIFO queue (SQS-1)', () => {
    const queue = hands({ Q: { DelaySeconds: 60 }, F: { FifoQueue: true } })
    queue.send('Q', 'soon', { delay: 5 })
    queue.send('Q', 'late')
    queue.send('Q', 'now', { delay: 0 })
    const fifo = queue.send('F', 1, { group: 'g', delay: 5 })
    queue.until(1)
    expect(fifo.outcome).toBe(Outcome.error)
    expect(queue.metric('Q', 'ApproximateNumberOfMessagesVisible')).toBe(1)
    queue.until(6)
    expect(queue.metric('Q', 'ApproximateNumberOfMessagesVisible')).toBe(2)
    queue.until(61)
    expect(queue.metric('Q', 'ApproximateNumberOfMessagesVisible')).toBe(3)
  })
})
