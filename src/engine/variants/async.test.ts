/**
 * Asynchronous events with parameters other than those of ../shared/conformance/lambda-behaviour. What is expected follows from AWS's rules (rows of
 * aws-facts.md), by arithmetic; nothing is read off a run.
 */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { about, answersOf, calls, deployed, documentOf, fails, fn, of, queue } from './document.fixture'

describe('asynchronous events (INV-3 to INV-12)', () => {
  const config = (more: JsonObject): JsonObject => ({
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: 'Fn', DestinationConfig: { OnFailure: { Destination: 'Failed' } }, ...more },
  })
  const asked = [
    of('attempts', 'Fn'),
    of('record', 'Failed', { field: 'requestContext.condition' }),
    of('record', 'Failed', { field: 'requestContext.approximateInvokeCount' }),
    of('record.at', 'Failed'),
  ]
  const failing = (seconds: number, more: JsonObject, resources: JsonObject = {}): Json[] =>
    answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn'),
        Fn: fn([{ wait: seconds }, fails], { Timeout: 60 }),
        Config: config(more),
        Failed: queue(),
        ...resources,
      }),
      asked,
    )

  test.each([
    [0, 0],
    [0, 4],
    [1, 0],
    [1, 7],
    [2, 0],
    [2, 12.5],
  ])('%d retries of %d s: 1 and 2 min after the end of the one before', (retries, seconds) => {
    const [attempts, condition, count, at] = failing(seconds, { MaximumRetryAttempts: retries }) as [
      number,
      string,
      number,
      number,
    ]
    expect([attempts, condition, count]).toEqual([retries + 1, 'RetriesExhausted', retries + 1])
    about(at, (retries + 1) * seconds + [0, 60, 180][retries]!)
  })

  test.each([
    // a retry that would start at the limit or later is not waited for (INV-6)
    [60, 0, 1, 'EventAgeExceeded', 0],
    [61, 0, 2, 'EventAgeExceeded', 60],
    [75, 20, 1, 'EventAgeExceeded', 20],
    [90, 20, 2, 'EventAgeExceeded', 100],
    [150, 0, 2, 'EventAgeExceeded', 60],
    [180, 0, 2, 'EventAgeExceeded', 60],
    [182, 0, 3, 'RetriesExhausted', 180],
    [182, 2, 2, 'EventAgeExceeded', 64],
    [21_600, 3, 3, 'RetriesExhausted', 189],
  ])('a maximum age of %d s with %d s of work: %d attempts, %s', (age, seconds, attempts, condition, at) => {
    const found = failing(seconds, { MaximumEventAgeInSeconds: age })
    expect(found.slice(0, 3)).toEqual([attempts, condition, attempts])
    about(found[3]!, at)
  })

  test('a maximum age or a number of retries out of range is refused (INV-3, INV-5)', () => {
    for (const bad of [
      { MaximumEventAgeInSeconds: 59 },
      { MaximumEventAgeInSeconds: 21_601 },
      { MaximumRetryAttempts: 3 },
    ])
      expect(deployed({ Fn: fn([]), Config: config(bad), Failed: queue() })).toBe('refused')
  })

  test.each([1, 2, 5])('first %d attempts fail, then it succeeds or the retries are used up', (first) => {
    const steps = [{ fail: { attempts: Array.from({ length: first }, (_, i) => i + 1) } }]
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 3),
        Fn: fn(steps, {}, { response: { done: true } }),
        Config: {
          Type: 'AWS::Lambda::EventInvokeConfig',
          Properties: {
            FunctionName: 'Fn',
            DestinationConfig: { OnSuccess: { Destination: 'Good' }, OnFailure: { Destination: 'Failed' } },
          },
        },
        Good: queue(),
        Failed: queue(),
      }),
      [
        of('attempts', 'Fn'),
        of('records', 'Good', { where: { 'requestContext.condition': 'Success', 'responsePayload.done': true } }),
        of('records', 'Failed'),
        of('record', 'Good', { field: 'requestContext.approximateInvokeCount' }),
      ],
    )
    const good = first <= 2
    expect(found).toEqual([3 * Math.min(3, first + 1), good ? 3 : 0, good ? 0 : 3, good ? first + 1 : null])
  })

  test.each([1, 3])('the record of a timeout after %d s (LAM-53)', (timeout) => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 1, { body: { order: 7 } }),
        Fn: fn([{ wait: timeout + 2 }], { Timeout: timeout }),
        Config: config({ MaximumRetryAttempts: 0 }),
        Failed: queue(),
      }),
      [
        of('record', 'Failed', { field: 'responsePayload.errorType' }),
        of('record', 'Failed', { field: 'responsePayload.errorMessage' }),
        of('record', 'Failed', { field: 'responseContext.functionError' }),
        of('record', 'Failed', { field: 'responseContext.statusCode' }),
        of('record', 'Failed', { field: 'requestPayload.order' }),
        of('timeouts', 'Fn'),
        of('duration.max', 'Fn'),
      ],
    )
    expect(found.slice(0, 1)).toEqual(['Sandbox.Timedout'])
    expect(found[1]).toMatch(new RegExp(`Task timed out after ${timeout}\\.\\d\\d seconds`))
    expect(found.slice(2)).toEqual(['Unhandled', 200, 7, 1, timeout])
  })

  test('reserved 0: no attempt, at once, without a response (INV-7)', () => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 4),
        Fn: fn([], { ReservedConcurrentExecutions: 0 }),
        Config: config({}),
        Failed: queue(),
      }),
      [
        of('attempts', 'Fn'),
        of('records', 'Failed', { where: { 'requestContext.condition': 'ZeroReservedConcurrency' } }),
        of('records', 'Failed', { where: { responseContext: null, responsePayload: null } }),
        of('record', 'Failed', { field: 'requestContext.approximateInvokeCount' }),
        of('success', 'Caller'),
      ],
    )
    expect(found).toEqual([0, 4, 4, 0, 1])
  })

  test('throttled: back after 1, 2, 4 s and so on, without using up retries (INV-4)', () => {
    const found = answersOf(
      documentOf({
        First: calls('lambda:Invoke', 'Fn', 1, { body: { keep: true } }),
        Caller: {
          ...calls('lambda:InvokeAsync', 'Fn'),
          Behavior: { traffic: { pattern: 'once', at: 1 }, call: 'lambda:InvokeAsync', to: 'Fn' },
        },
        Fn: fn([{ wait: 20 }], { Timeout: 30, ReservedConcurrentExecutions: 1 }),
        Config: config({ MaximumRetryAttempts: 0 }),
        Failed: queue(),
      }),
      [of('attempts', 'Fn'), of('throttles', 'Fn'), of('starts', 'Fn'), of('records', 'Failed')],
    ) as [number, number, number[], number]
    // refused at 1, 2, 4, 8 and 16 s; free at 20 s, so at 32 s
    expect([found[0], found[1], found[3]]).toEqual([2, 5, 0])
    about(found[2][1]!, 32)
  })

  test('a dead-letter queue and a destination get their copies (INV-9, INV-12)', () => {
    const found = answersOf(
      documentOf({
        Caller: calls('lambda:InvokeAsync', 'Fn', 2, { body: { order: 9 } }),
        Fn: fn([fails], { DeadLetterConfig: { TargetArn: 'Dead' } }),
        Config: config({ MaximumRetryAttempts: 1 }),
        Failed: queue(),
        Dead: queue(),
      }),
      [
        of('records', 'Dead', { where: { order: 9 } }),
        of('records', 'Failed', { where: { 'requestPayload.order': 9, 'responsePayload.errorType': 'ValueError' } }),
        of('record', 'Dead', { field: 'attributes.ErrorMessage.StringValue' }),
        of('queue.depth', 'Dead'),
        of('lost', 'Fn'),
      ],
    )
    expect(found).toEqual([2, 2, 'no such order', 2, 0])
  })
})
