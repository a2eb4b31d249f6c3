/**
 * Questions asked the other way round: why calls were refused (LAM-51), of `$LATEST` alone, in windows, after every environment is gone. What is
 * expected follows from AWS's rules (rows of aws-facts.md), by arithmetic.
 */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { about, answersOf, calls, deployed, documentOf, fails, fn, of, queue, version } from './document.fixture'

const constant = (rate: number, until: number, to: string): JsonObject => ({
  Type: 'Coldstart::Client',
  Behavior: { traffic: { pattern: 'constant', rate, until }, call: 'lambda:Invoke', to },
})

describe('throttles by reason (LAM-51)', () => {
  const reasons = [
    'ReservedFunctionConcurrentInvocationLimitExceeded',
    'ConcurrentInvocationLimitExceeded',
    'FunctionInvocationRateLimitExceeded',
    'ReservedFunctionInvocationRateLimitExceeded',
  ]
  const counted = (resources: JsonObject, facts: JsonObject = {}, more: { during?: [number, number] } = {}): Json[] =>
    answersOf(documentOf(resources, { duration: 30, facts }), [
      ...reasons.map((reason) => of('throttles', 'Fn', { where: { reason }, ...more })),
      of('throttles', 'Fn', more),
    ])

  test.each([
    [12, 30],
    [0, 4],
  ])('reserved %d, %d at once', (reserved, count) => {
    const Fn = fn([{ wait: 1 }], { ReservedConcurrentExecutions: reserved })
    const refused = count - reserved
    expect(counted({ Fn, Client: calls('lambda:Invoke', 'Fn', count) })).toEqual([refused, 0, 0, 0, refused])
  })

  test('a quota of 150 for the account, 170 at once', () =>
    expect(
      counted(
        { Fn: fn([{ wait: 1 }]), Client: calls('lambda:Invoke', 'Fn', 170) },
        { 'lambda.accountConcurrency': 150 },
      ),
    ).toEqual([0, 20, 0, 0, 20]))

  test('calls of 10 ms at 80/s with 5 reserved: 10 for each in a second (LAM-44)', () => {
    const Fn = fn([{ wait: 0.009 }], { ReservedConcurrentExecutions: 5 })
    const [busy, , , rate, all] = counted({ Fn, Client: constant(80, 20, 'Fn') }, {}, { during: [5, 15] }) as number[]
    expect([busy, rate]).toEqual([0, all])
    expect(Math.abs(rate! - 300)).toBeLessThanOrEqual(50)
  })

  test('the same without reserved concurrency is told apart', () => {
    const Warm = calls('lambda:Invoke', 'Fn', 30)
    const [, , rate, reserved] = counted(
      { Fn: fn([{ wait: 0.009 }]), Warm, Client: constant(1_200, 10, 'Fn') },
      { 'lambda.accountConcurrency': 100 },
      { during: [5, 9] },
    ) as number[]
    expect(Math.abs(rate! - 800)).toBeLessThanOrEqual(200)
    expect(reserved).toBe(0)
  })

  test('asynchronous events are refused for a reason as well: at 0, 1, 3 and 7 s, free at 8 s', () => {
    const Fn = fn([{ wait: 8 }], { Timeout: 10, ReservedConcurrentExecutions: 1 })
    expect(counted({ Fn, Client: calls('lambda:InvokeAsync', 'Fn', 2) })).toEqual([4, 0, 0, 0, 4])
  })

  test('a reason nobody knows is refused', () =>
    expect(() =>
      answersOf(documentOf({ Fn: fn([]) }), [of('throttles', 'Fn', { where: { reason: 'Tired' } })]),
    ).toThrow(/no reason Tired; there are/))
})

test('what begins in a window, and what ends in it', () => {
  const [starts, ends] = answersOf(
    documentOf({ Fn: fn([{ wait: 4 }], { Timeout: 10 }), Client: constant(0.5, 8, 'Fn') }),
    [of('starts', 'Fn', { during: [3, 7] }), of('ends', 'Fn', { during: [3, 7] })],
  ) as number[][]
  expect(starts).toEqual([4, 6])
  expect(ends).toHaveLength(2)
  about(ends![0]!, 4)
  about(ends![1]!, 6)
})

test.each([60, 900])(
  'what environments remember, %d s later: when all are gone what they held last (LAM-21)',
  (duration) => {
    const steps = [
      { state: 'n', add: 1 },
      { state: 'file', scope: 'tmp', add: 2 },
      { state: 'local', scope: 'handler', add: 1 },
    ]
    const found = answersOf(documentOf({ Fn: fn(steps), Client: constant(1, 7, 'Fn') }, { duration }), [
      of('state', 'Fn', { where: { key: 'n' } }),
      of('state', 'Fn', { where: { key: 'file', scope: 'tmp' } }),
      of('state', 'Fn', { where: { key: 'local', scope: 'handler' } }),
      of('state', 'Fn', { where: { key: 'nothing' } }),
      of('state.count', 'Fn'),
    ])
    expect(found).toEqual([7, 14, 1, null, duration > 600 ? 0 : 2])
  },
)

test('durations of one version and of $LATEST (LAM-60)', () => {
  const resources = {
    Fn: fn([{ wait: 0.5 }]),
    V1: version({}, { snapshot: { Behavior: { steps: [{ wait: 2 }] } } }),
    Client: calls('lambda:Invoke', 'Fn', 3),
  }
  const asked = [of('duration.max', 'Fn:$LATEST'), of('duration.mean', 'Fn', { where: { version: '$LATEST' } })]
  expect(answersOf(documentOf(resources), asked)).toEqual([0.501, 0.501])
  const both = { ...resources, Other: calls('lambda:Invoke', 'V1', 5) }
  const [latest, first] = answersOf(documentOf(both), [asked[1]!, of('duration.max', 'Fn', { where: { version: 1 } })])
  expect(latest).toBeCloseTo(0.501, 6)
  expect(first).toBeCloseTo(2.001, 6)
  expect(() => answersOf(documentOf(both), [asked[0]!])).toThrow(/of \$LATEST alone only the mean/)
})

test('a reason of a refusal is found however its number is written', () => {
  const Mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: 'Queue', FunctionName: 'Fn', ScalingConfig: { MaximumConcurrency: 1_001 } },
  }
  for (const reason of ['1000', '1,000', 'maximumconcurrency'])
    expect(deployed({ Fn: fn([fails]), Queue: queue(), Mapping }, reason)).toBe('refused')
})
