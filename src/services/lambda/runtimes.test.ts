import { expect, test } from 'vitest'
import { DEPRECATION, hasSnapStart, runtimeStatus, successorOf } from './runtimes'

test.each([
  ['nodejs24.x', 'current', '2028-04-30'],
  ['python3.11', 'current', '2027-06-30'],
  ['nodejs22.x', 'ending', '2027-04-30'],
  ['nodejs20.x', 'deprecated', '2026-04-30'],
  ['python3.10', 'deprecated', '2026-10-31'],
  ['dotnet8', 'deprecated', '2026-11-10'],
  ['provided.al2', 'deprecated', '2026-07-31'],
  ['python3.9', 'gone', '2025-12-15'],
  ['python3.8', 'gone', '2024-10-14'],
  ['go1.x', 'gone', '2024-01-08'],
])('%s is %s', (runtime, state, date) => expect(runtimeStatus(runtime)).toEqual({ state, date }))

test('every date is one of the page, and the newest that is supported is named first in its language', () => {
  for (const [runtime, date] of Object.entries(DEPRECATION)) {
    expect(date, runtime).toMatch(/^20(2[6-9])-\d\d-\d\d$/)
    expect(Date.parse(date), runtime).not.toBeNaN()
  }
})

test('one that is offered for trial', () => {
  expect(runtimeStatus('python3.15')).toEqual({ state: 'preview' })
  expect(successorOf('python3.9')).toBe('python3.14')
})

test.each([
  ['python3.6', '2022-07-18'],
  ['nodejs12.x', '2023-03-31'],
  ['dotnet6', '2024-12-20'],
  ['ruby2.7', '2023-12-07'],
  ['java8', '2024-01-08'],
])('%s went on %s', (runtime, date) => expect(runtimeStatus(runtime)).toEqual({ state: 'gone', date }))

test('unknown', () => {
  expect(runtimeStatus('cobol85')).toEqual({ state: 'unknown' })
  expect(runtimeStatus('constructor')).toEqual({ state: 'unknown' })
})

test('on another day: 180 days of notice, deprecated on the day itself', () => {
  expect(runtimeStatus('dotnet8', '2026-05-13').state).toBe('current')
  expect(runtimeStatus('dotnet8', '2026-05-14').state).toBe('ending')
  expect(runtimeStatus('dotnet8', '2026-11-09').state).toBe('ending')
  expect(runtimeStatus('dotnet8', '2026-11-10').state).toBe('deprecated')
})

test('days are counted over months, years and leap days', () => {
  // 2028 has a 29 February: 180 days before 2028-04-30 are 2027-11-02
  expect(runtimeStatus('nodejs24.x', '2027-11-01').state).toBe('current')
  expect(runtimeStatus('nodejs24.x', '2027-11-02').state).toBe('ending')
})

test('SnapStart: Java 11, Python 3.12, .NET 8 and later (SS-1)', () => {
  const yes = Object.keys(DEPRECATION).filter(hasSnapStart)
  expect(yes.sort()).toEqual(
    [
      'java11',
      'java11.al2023',
      'java17',
      'java17.al2023',
      'java21',
      'java25',
      'python3.12',
      'python3.13',
      'python3.14',
      'dotnet8',
      'dotnet10',
    ].sort(),
  )
})

test.each([
  ['python3.8', 'python3.14'],
  ['nodejs14.x', 'nodejs24.x'],
  ['dotnetcore3.1', 'dotnet10'],
  ['go1.x', 'provided.al2023'],
  ['provided', 'provided.al2023'],
  ['cobol85', null],
])('%s moves to %s', (runtime, next) => expect(successorOf(runtime)).toBe(next))
