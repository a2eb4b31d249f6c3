import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../model/scenario'
import { Deduplication, deduplicationId } from './deduplication'
import { hands } from './queue.fixture'

const held = (queue: ReturnType<typeof hands>): number => queue.metric('Q', 'ApproximateNumberOfMessagesVisible')

describe('deduplication (SQS-4)', () => {
  test('an id is accepted once within its window, and again after it', () => {
    const it = new Deduplication(300)
    expect([it.repeats('x', 0), it.repeats('x', 299), it.repeats('y', 299), it.repeats('x', 300)]).toEqual([
      false,
      true,
      false,
      false,
    ])
  })
  test('a repeat does not prolong the window', () => {
    const it = new Deduplication(300)
    it.repeats('x', 0)
    it.repeats('x', 200)
    expect(it.repeats('x', 300)).toBe(false)
  })
  test('a copy knows what the original knew', () => {
    const it = new Deduplication(300)
    it.repeats('x', 0)
    const copy = new Deduplication(300)
    copy.load(structuredClone(it.save()))
    expect([copy.repeats('x', 10), copy.repeats('y', 10)]).toEqual([true, false])
  })

  test('the sender of a repeat is told that all is well, and nothing is stored', () => {
    const queue = hands({ Q: { FifoQueue: true } })
    queue.send('Q', 1, { group: 'a', deduplication: 'x' })
    const again = queue.send('Q', 2, { group: 'b', deduplication: 'x' })
    queue.until(1)
    expect([again.outcome, held(queue), queue.metric('Q', 'NumberOfDeduplicatedSentMessages')]).toEqual([0, 1, 1])
    expect(queue.metric('Q', 'NumberOfMessagesSent')).toBe(1)
    queue.until(299)
    queue.send('Q', 3, { group: 'a', deduplication: 'x' })
    queue.until(300)
    expect(held(queue)).toBe(1)
    queue.send('Q', 4, { group: 'a', deduplication: 'x' })
    queue.until(301)
    expect(held(queue)).toBe(2)
  })
  test('a deleted message is still remembered', () => {
    const queue = hands({ Q: { FifoQueue: true } })
    queue.send('Q', 1, { group: 'a', deduplication: 'x' })
    const asked = queue.receive('Q', 1)
    queue.until(1)
    queue.remove('Q', asked.items)
    queue.send('Q', 1, { group: 'a', deduplication: 'x' })
    queue.until(2)
    expect(held(queue)).toBe(0)
  })
  test('the scope is the queue, or the message group', () => {
    const twice = (properties: JsonObject): number => {
      const queue = hands({ Q: { FifoQueue: true, ...properties } })
      for (const group of ['a', 'b', 'b']) queue.send('Q', 1, { group, deduplication: 'x' })
      queue.until(1)
      return held(queue)
    }
    expect([twice({}), twice({ DeduplicationScope: 'messageGroup' })]).toEqual([1, 2])
  })
  test('content stands for a missing id where the queue takes that; an id comes first', () => {
    const queue = hands({ Q: { FifoQueue: true, ContentBasedDeduplication: true } })
    for (const n of [1, 1, 2]) queue.send('Q', n, { group: 'a' })
    queue.send('Q', 1, { group: 'a', deduplication: 'other' })
    queue.until(1)
    expect(held(queue)).toBe(3)
  })
  test('without an id and without content, every message is one of its own', () => {
    const queue = hands({ Q: { FifoQueue: true } })
    for (const n of [1, 1, 1]) queue.send('Q', n, { group: 'a' })
    queue.until(1)
    expect(held(queue)).toBe(3)
    expect(deduplicationId({ body: {}, poison: false }, false)).toBeNull()
  })
  test('attributes are no content', () => {
    const one = { body: { a: 1 }, poison: false, attributes: { kind: 'x' } }
    expect(deduplicationId(one, true)).toBe(deduplicationId({ ...one, attributes: { kind: 'y' } }, true))
  })
})
