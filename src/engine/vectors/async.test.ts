/** Test vectors 10 to 13 of aws-facts.md section 18: asynchronous events. No overhead, so that attempts end as they start. */
import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../model/scenario'
import { measure } from '../claims/run.fixture'
import { vector } from './vector.fixture'

const of = (slug: string) =>
  measure(vector(slug), {
    starts: 'starts Fn',
    attempts: 'attempts Fn',
    errors: 'errors Fn',
    throttles: 'throttles Fn',
    dead: 'queue.depth Dead',
    deadAt: 'record.at Dead',
    condition: { m: 'record', of: 'Failed', field: 'requestContext.condition' },
    count: { m: 'record', of: 'Failed', field: 'requestContext.approximateInvokeCount' },
    recordAt: 'record.at Failed',
  })

describe('an asynchronous event that fails at once', () => {
  test('10 (INV-3, INV-9 to INV-11): attempts at 0, 60 and 180 s, then both targets', () => {
    expect(of('10')).toEqual({
      starts: [0, 60, 180],
      attempts: 3,
      errors: 3,
      throttles: 0,
      dead: 1,
      deadAt: 180,
      condition: 'RetriesExhausted',
      count: 3,
      recordAt: 180,
    })
  })

  test('10 (INV-9, INV-10): the dead letter is the event itself with attributes, the record tells of both sides', () => {
    const { dead, record } = measure(vector('10'), {
      dead: { m: 'record', of: 'Dead' },
      record: { m: 'record', of: 'Failed', field: 'body' },
    }) as { [name: string]: JsonObject }
    expect(opened(dead!['body']!)).toEqual({ order: 7 })
    const attributes = dead!['attributes'] as JsonObject
    expect(Object.keys(attributes).toSorted()).toEqual(['ErrorCode', 'ErrorMessage', 'RequestID'])
    expect(attributes['ErrorCode']).toMatchObject({ StringValue: '200' })
    expect(attributes['ErrorMessage']).toMatchObject({ StringValue: 'it never works' })
    const told = opened(record as Json) as JsonObject
    expect(told['version']).toBe('1.0')
    expect(told['requestPayload']).toEqual({ order: 7 })
    expect(told['responseContext']).toMatchObject({ statusCode: 200, functionError: 'Unhandled' })
    expect(told['responsePayload']).toMatchObject({ errorType: 'Broken', errorMessage: 'it never works' })
    const id = (told['requestContext'] as JsonObject)['requestId']
    expect(id).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)
    expect(attributes['RequestID']).toMatchObject({ StringValue: id })
  })

  test('11 (INV-3): MaximumRetryAttempts 0 is one attempt', () => {
    expect(of('11')).toMatchObject({ starts: [0], attempts: 1, condition: 'RetriesExhausted', count: 1, recordAt: 0 })
  })

  test('12 (INV-7): reserved 0 is no attempt; the event is given up at once', () => {
    expect(of('12')).toMatchObject({
      starts: [],
      attempts: 0,
      errors: 0,
      dead: 1,
      deadAt: 0,
      condition: 'ZeroReservedConcurrency',
      count: 0,
      recordAt: 0,
    })
  })

  test('13 (INV-5, INV-6): a retry that would start at the age limit is not waited for', () => {
    expect(of('13')).toMatchObject({
      starts: [0],
      attempts: 1,
      dead: 1,
      condition: 'EventAgeExceeded',
      count: 1,
      recordAt: 0,
    })
  })
})

const opened = (value: Json): Json => (typeof value === 'string' ? (JSON.parse(value) as Json) : value)
