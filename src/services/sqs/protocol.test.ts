import { describe, expect, it } from 'vitest'
import { Outcome } from '../../model/recording'
import { ITEM, RECEIVES } from '../parcel'
import { hands, type Hands } from './queue.fixture'

const inFlight = (queue: Hands): number => queue.metric('Q', 'ApproximateNumberOfMessagesNotVisible')

describe('the calls a queue answers', () => {
  it('hold a receive until a message comes', () => {
    const queue = hands({ Q: {} })
    const asked = queue.receive('Q', 10)
    queue.until(5)
    expect(asked.outcome).toBeUndefined()
    for (const n of [1, 2, 3]) queue.send('Q', n)
    queue.until(6)
    expect(asked.got).toEqual([1, 2, 3])
    expect(asked.items[RECEIVES]).toBe(1)
    expect(inFlight(queue)).toBe(3)
  })

  it('return an empty receive after its wait, at once without one, and count it', () => {
    const queue = hands({ Q: {}, R: { ReceiveMessageWaitTimeSeconds: 0 } })
    const long = queue.receive('Q', 1)
    const short = queue.receive('R', 1)
    queue.until(0)
    expect([short.outcome, long.outcome]).toEqual([Outcome.ok, undefined])
    queue.until(20)
    expect([long.outcome, long.items.length]).toEqual([Outcome.ok, 0])
    expect([queue.metric('Q', 'NumberOfEmptyReceives'), queue.metric('R', 'NumberOfEmptyReceives')]).toEqual([1, 1])
  })

  it('serve waiting receives in the order they came', () => {
    const queue = hands({ Q: {} })
    const first = queue.receive('Q', 2)
    const second = queue.receive('Q', 2)
    for (const n of [1, 2, 3]) queue.send('Q', n)
    queue.until(1)
    expect([first.got, second.got]).toEqual([[1, 2], [3]])
  })

  it('count receives, and delete only by the latest handle', () => {
    const queue = hands({ Q: { VisibilityTimeout: 10 } })
    queue.send('Q', 1)
    const first = queue.receive('Q', 1)
    queue.until(5)
    const second = queue.receive('Q', 1)
    queue.until(11)
    expect(second.items[RECEIVES]).toBe(2)
    queue.remove('Q', first.items)
    expect(inFlight(queue)).toBe(1)
    queue.remove('Q', second.items)
    expect(inFlight(queue)).toBe(0)
    expect(queue.metric('Q', 'NumberOfMessagesDeleted')).toBe(1)
  })

  it('change how long messages stay hidden, down to nothing', () => {
    const queue = hands({ Q: { VisibilityTimeout: 10 } })
    for (const n of [1, 2]) queue.send('Q', n)
    const { items } = ((asked) => (queue.until(1), asked))(queue.receive('Q', 2))
    queue.hide('Q', items.slice(0, ITEM), 100)
    queue.hide('Q', items.slice(ITEM), 0)
    expect(queue.read('sqs.visible', 'Q')).toBe(1)
    queue.until(99)
    expect(queue.read('sqs.visible', 'Q')).toBe(1)
    queue.until(102)
    expect(queue.read('sqs.visible', 'Q')).toBe(2)
  })

  it('forget an abandoned receive that was announced, and hide nothing for it', () => {
    const queue = hands({ Q: {} })
    const first = queue.receive('Q', 10)
    const second = queue.receive('Q', 10)
    queue.until(1)
    queue.abandon('Q', first)
    queue.send('Q', 1)
    queue.until(2)
    expect([first.outcome, second.got]).toEqual([undefined, [1]])
  })

  it('refuse a message longer than the queue takes (SQS-2)', () => {
    const queue = hands({ Q: { MaximumMessageSize: 1_024 } })
    const short = queue.send('Q', 'x'.repeat(1_000))
    const long = queue.send('Q', 'x'.repeat(1_020))
    queue.until(1)
    expect([short.outcome, long.outcome]).toEqual([Outcome.ok, Outcome.error])
  })
})
