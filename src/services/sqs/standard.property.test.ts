/** Standard queues under any calls: what came in is deleted, held, dead or too old, and never in two hands at once. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HANDLE, ITEM, RECEIVES } from '../parcel'
import type { Asked } from './queue.fixture'
import { hands } from './queue.fixture'

const HIDDEN = 10
const MOST = 3

const call = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), n: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('receive' as const), n: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), n: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hide' as const), n: fc.nat(50) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 15 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('moveBack' as const), n: fc.constant(0) }) },
)

test.each([
  ['teaching', {}],
  [
    'with copies, out of order, short polls that miss',
    { 'sqs.copies': 0.5, 'sqs.disorder': 0.3, 'sqs.shortPollShare': 0.6 },
  ],
])('%s', (_, facts) => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60 }), fc.integer({ min: 1, max: 1_000 }), (calls, seed) => {
      const queue = hands(
        {
          Q: {
            VisibilityTimeout: HIDDEN,
            ReceiveMessageWaitTimeSeconds: 0,
            RedrivePolicy: { deadLetterTargetArn: 'D', maxReceiveCount: MOST },
          },
          D: {},
        },
        { facts, seed },
      )
      const copies = queue.context.number('sqs.copies') > 0
      const asked: Asked[] = []
      let now = 0
      let sent = 0
      for (const { do: what, n } of calls) {
        if (what === 'send') for (let i = 0; i < n; i++) queue.send('Q', ++sent)
        else if (what === 'receive') asked.push(queue.receive('Q', n))
        else if (what === 'wait') queue.until((now += n))
        else if (what === 'moveBack') queue.moveBack('D', { MaxNumberOfMessagesPerSecond: 2 })
        else if (asked.length > 0) {
          const { items } = asked[n % asked.length]!
          if (items.length > 0) queue[what]('Q', items, 5)
        }
        if (what !== 'wait') queue.until((now += 0.001))
      }
      const deleted = queue.metric('Q', 'NumberOfMessagesDeleted')
      const held = queue.contents().length
      if (!copies) expect(deleted + held).toBe(sent)
      else {
        expect(deleted + held).toBeGreaterThanOrEqual(sent)
        expect(deleted + held).toBeLessThanOrEqual(2 * sent)
      }
      // levels tell what is there
      const levels = ['Visible', 'NotVisible', 'Delayed'].map((name) => `ApproximateNumberOfMessages${name}`)
      const told = ['Q', 'D'].flatMap((id) => levels.map((name) => queue.metric(id, name)))
      expect(told.reduce((sum, value) => sum + value, 0)).toBe(held)
      for (const { items } of asked) {
        const handles = items.filter((_, at) => at % ITEM === HANDLE)
        expect(new Set(handles).size).toBe(handles.length)
        for (let at = 0; at < items.length; at += ITEM) expect(items[at + RECEIVES]).toBeLessThanOrEqual(MOST)
      }
    }),
    { numRuns: 150 },
  )
})
