/** Test vectors 38 to 41 of aws-facts.md section 18: buses, rules and schedules. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gate } from '../../gate/text'
import { measure, reasonsOf, refusal } from '../claims/run.fixture'
import { gated, vector } from './vector.fixture'

test('38 (4.2): anything-but "x" does not match an event without the field, nor x, but anything else', () => {
  expect(
    measure(vector('38'), {
      matched: 'MatchedEvents NotX',
      unmatched: 'UnmatchedEvents Bus',
      runs: 'invocations Fn',
      at: 'starts Fn',
    }),
  ).toEqual({ matched: 1, unmatched: 2, runs: 1, at: [2.5] })
})

test('39 (EB-61, EB-62): rate(1 minutes) and cron(0 1 * * * *) are refused, each with its remedy', () => {
  const { problems } = gated('39')
  expect(problems.map(({ severity, path, message }) => [severity, path, message])).toEqual([
    [
      'error',
      '/resources/EveryMinute/Properties/ScheduleExpression',
      expect.stringMatching(/^Parameter ScheduleExpression is not valid\..*write rate\(1 minute\)/),
    ],
    [
      'error',
      '/resources/EveryHour/Properties/ScheduleExpression',
      expect.stringMatching(/^Parameter ScheduleExpression is not valid\..*put \? in one of them/),
    ],
  ])
})

test('40 (EB-2): a sixth target is refused, five are not', () => {
  const { path, message } = refusal(gated('40'))
  expect(path).toBe('/resources/All/Properties/Targets')
  expect(message).toContain('at most 5')
  const file = readFileSync(join(import.meta.dirname, 'scenarios/40-six-targets.yaml'), 'utf8')
  expect(gate(file.replace(/^ *- { Id: Six.*\n/m, '')).ok).toBe(true)
})

test('41 (EB-9, EB-10, EB-12): nobody let the rule in: one attempt each; a dead letter, or the event is gone', () => {
  const scenario = vector('41')
  const { code, ...found } = measure(scenario, {
    kept: 'InvocationAttempts Kept',
    dropped: 'InvocationAttempts Dropped',
    again: 'RetryInvocationAttempts Kept',
    runs: 'invocations Fn',
    dead: 'queue.depth Dead',
    toDead: 'InvocationsSentToDlq Kept',
    failed: 'FailedInvocations Dropped',
    code: { m: 'record', of: 'Dead', field: 'attributes' },
  })
  expect(found).toEqual({ kept: 1, dropped: 1, again: 0, runs: 0, dead: 1, toDead: 1, failed: 1 })
  expect(code).toMatchObject({
    ERROR_CODE: { stringValue: 'NO_PERMISSIONS' },
    RETRY_ATTEMPTS: { stringValue: '0' },
  })
  expect(reasonsOf(scenario, 'eventbridge.dropped').length).toBe(1)
})
