/** Test vectors 16 to 21 of aws-facts.md section 18: queues behind functions. */
import { describe, expect, test } from 'vitest'
import { measure, reasonsOf, refusal } from '../claims/run.fixture'
import { gated, vector } from './vector.fixture'

test('16 (SQS-ESM-2): no mapping where the function may run longer than messages stay hidden', () => {
  const { status, path, message, facts } = refusal(gated('16'))
  expect(status).toBe('refused')
  expect(path).toBe('/resources/Orders/Properties/VisibilityTimeout')
  expect(message).toContain('Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds')
  expect(facts).toContain('SQS-ESM-2')
})

describe('a batch of ten whose fourth message fails', () => {
  test('17 (SQS-ESM-6): all ten return when the visibility timeout is over, and nine effects repeat', () => {
    expect(
      measure(vector('17'), {
        batches: 'invocations Fn',
        deleted: 'NumberOfMessagesDeleted Orders',
        before: { m: 'receives', of: 'Orders', during: [0, 31] },
        after: { m: 'receives', of: 'Orders', during: [31, 32] },
        effects: 'effects Done',
        repeated: 'duplicateEffects Done',
        starts: 'starts Fn',
      }),
      // the batch is full at once; its window of 1 s is not waited for
    ).toEqual({ batches: 2, deleted: 0, before: 10, after: 10, effects: 18, repeated: 9, starts: [1, 31] })
  })

  test('18 (SQS-ESM-7): with a partial batch response nine are deleted and the fourth returns', () => {
    expect(
      measure(vector('18'), {
        deleted: 'NumberOfMessagesDeleted Orders',
        before: { m: 'receives', of: 'Orders', during: [0, 31] },
        after: { m: 'receives', of: 'Orders', during: [31, 32] },
        errors: 'errors Fn',
        effects: 'effects Done',
        repeated: 'duplicateEffects Done',
        held: 'queue.inFlight.last Orders',
      }),
    ).toEqual({ deleted: 9, before: 10, after: 1, errors: 0, effects: 9, repeated: 0, held: 1 })
  })
})

test('19 (SQS-5): received three times; the fourth receive moves it', () => {
  expect(
    measure(vector('19'), {
      receives: 'receives Orders',
      attempts: 'attempts Fn',
      starts: 'starts Fn',
      dead: 'queue.depth Dead',
      deadAt: 'record.at Dead',
      left: 'queue.depth Orders',
    }),
  ).toEqual({ receives: 3, attempts: 3, starts: [1, 31, 61], dead: 1, deadAt: 91, left: 0 })
  expect(reasonsOf(vector('19'), 'sqs.deadLettered').map(({ at, value }) => [at, value])).toEqual([[91, 3]])
})

test('20 (SQS-ESM-3): 5, then 300 more for each minute of backlog, 1,250 at most', () => {
  expect(
    measure(vector('20'), {
      at59: 'concurrency.at(59s) Fn',
      at60: 'concurrency.at(60s) Fn',
      at120: 'concurrency.at(120s) Fn',
      at180: 'concurrency.at(180s) Fn',
      most: 'concurrency.max Fn',
      throttles: 'throttles Fn',
    }),
  ).toEqual({ at59: 5, at60: 305, at120: 605, at180: 905, most: 1_250, throttles: 0 })
  // `teaching` grows by the minute (learning-design.md 2.3), so that 1,250 is reached at 300 s: see claims/README.md
  expect(reasonsOf(vector('20'), 'lambda.pollersAdded').map(({ at, value }) => [at, value])).toEqual([
    [60, 305],
    [120, 605],
    [180, 905],
    [240, 1_205],
    [300, 1_250],
  ])
})

test('20 (SQS-ESM-3) under aws-2026-11: the ramp is linear and reaches 1,250 after about 249 s', () => {
  const found = measure(
    { ...vector('20'), profile: 'aws-2026-11' },
    {
      at60: 'pollers.at(60s) Mapping',
      at90: 'pollers.at(90s) Mapping',
      at245: 'pollers.at(245s) Mapping',
      at255: 'pollers.at(255s) Mapping',
    },
  ) as { [name: string]: number }
  expect(Math.abs(found.at60! - 305)).toBeLessThanOrEqual(10)
  expect(Math.abs(found.at90! - 455)).toBeLessThanOrEqual(10)
  expect(found.at245).toBeLessThan(1_250)
  expect(found.at255).toBe(1_250)
})

test('21 (SQS-ESM-10): three message groups are worked on three at a time, each in its order', () => {
  expect(
    measure(vector('21'), { most: 'concurrency.max Fn', invocations: 'invocations Fn', left: 'queue.depth Orders' }),
  ).toEqual({ most: 3, invocations: 9, left: 0 })
})
