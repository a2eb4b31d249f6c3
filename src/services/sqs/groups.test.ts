import { describe, expect, test } from 'vitest'
import { Outcome } from '../../model/recording'
import { ITEM } from '../parcel'
import { hands } from './queue.fixture'

const FIFO = { FifoQueue: true, VisibilityTimeout: 10 }

describe('message groups (SQS-4)', () => {
  test('a receive takes a group as far as it goes, then the next one', () => {
    const open = hands({ Q: FIFO })
    for (const [n, group] of [
      ['a1', 'a'],
      ['b1', 'b'],
      ['a2', 'a'],
      ['a3', 'a'],
    ])
      open.send('Q', n, { group: group! })
    const asked = open.receive('Q', 10)
    open.until(0)
    expect(asked.got).toEqual(['a1', 'a2', 'a3', 'b1'])
  })

  test('while one of a group is in flight, those after it are withheld; other groups are not', () => {
    const { send, receive, remove, until } = hands({ Q: FIFO })
    for (const n of ['a1', 'a2', 'a3']) send('Q', n, { group: 'a' })
    const first = receive('Q', 1)
    const second = receive('Q', 10)
    until(1)
    expect([first.got, second.got]).toEqual([['a1'], []])
    send('Q', 'b1', { group: 'b' })
    until(2)
    expect(second.got).toEqual(['b1'])
    const third = receive('Q', 10)
    remove('Q', first.items)
    until(3)
    expect(third.got).toEqual(['a2', 'a3'])
  })

  test('what reappears comes before what was sent later', () => {
    const { send, receive, until } = hands({ Q: FIFO })
    send('Q', 'a1', { group: 'a' })
    receive('Q', 1)
    until(1)
    send('Q', 'a2', { group: 'a' })
    const after = receive('Q', 10)
    until(9.9)
    expect(after.got).toEqual([])
    until(10)
    expect(after.got).toEqual(['a1', 'a2'])
  })

  test('groups take turns: one that is ready again waits behind those that are', () => {
    const { send, receive, remove, until } = hands({ Q: FIFO })
    for (const n of ['a1', 'a2']) send('Q', n, { group: 'a' })
    send('Q', 'b1', { group: 'b' })
    const first = receive('Q', 1)
    until(1)
    remove('Q', first.items)
    const second = receive('Q', 1)
    until(2)
    expect([first.got, second.got]).toEqual([['a1'], ['b1']])
  })

  test('the metric counts groups with messages in flight', () => {
    const { send, receive, remove, until, metric, read } = hands({ Q: FIFO })
    for (const group of ['a', 'b', 'c']) for (const n of [1, 2]) send('Q', n, { group })
    expect(read('sqs.receivable', 'Q')).toBe(3)
    const asked = receive('Q', 4)
    until(1)
    expect(metric('Q', 'ApproximateNumberOfGroupsWithInflightMessages')).toBe(2)
    remove('Q', asked.items.slice(0, 2 * ITEM))
    until(2)
    expect(metric('Q', 'ApproximateNumberOfGroupsWithInflightMessages')).toBe(1)
  })

  test('a message without a group is refused, and an expired receipt deletes nothing', () => {
    const { send, receive, remove, until, metric } = hands({ Q: FIFO })
    const refused = send('Q', 1)
    until(0)
    expect(refused.outcome).toBe(Outcome.error)
    send('Q', 1, { group: 'a' })
    const asked = receive('Q', 1)
    until(11)
    const late = remove('Q', asked.items)
    until(12)
    expect(late.outcome).toBe(Outcome.error)
    expect(metric('Q', 'ApproximateNumberOfMessagesVisible')).toBe(1)
  })
})
