import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseSchedule, type Schedule } from '../../events/schedule'
import { readingOf } from './reading'

const parsed = (expression: string): Schedule => {
  const schedule = parseSchedule(expression, 'scheduler')
  if ('refused' in schedule) throw new Error(schedule.refused)
  return schedule
}

describe('readingOf', () => {
  it.each([
    ['cron(0 8 ? * MON-FRI *)', 'At 08:00 UTC, Monday to Friday.'],
    ['cron(0 20 * * ? *)', 'At 20:00 UTC, every day.'],
    ['cron(0/15 * * * ? *)', 'Every 15 minutes, every day.'],
    ['cron(* * * * ? *)', 'Every minute, every day.'],
    ['cron(15 * * * ? *)', 'Every hour at 15 minutes past, every day.'],
    ['cron(0 8,20 ? * SAT,SUN *)', 'At 08:00 and 20:00 UTC, on Saturday and Sunday.'],
    ['cron(0/10 8-17 ? * MON-FRI *)', 'Every 10 minutes from 08:00 to 17:50 UTC, Monday to Friday.'],
    ['cron(30 8-17 ? * MON-FRI *)', 'Every hour from 08:30 to 17:30 UTC, Monday to Friday.'],
    ['cron(0 */2 * * ? *)', 'At minute 0 of every second hour from 00:00 UTC, every day.'],
    ['cron(0 9 L * ? *)', 'At 09:00 UTC, on the last day of the month.'],
    ['cron(0 9 LW * ? *)', 'At 09:00 UTC, on the last weekday of the month.'],
    ['cron(0 9 15W * ? *)', 'At 09:00 UTC, on the weekday nearest to the 15th of the month.'],
    ['cron(0 9 ? * 6#3 *)', 'At 09:00 UTC, on the third Friday of the month.'],
    ['cron(0 9 ? * 6L *)', 'At 09:00 UTC, on the last Friday of the month.'],
    ['cron(0 9 ? * FRI-MON *)', 'At 09:00 UTC, on Monday, Friday, Saturday and Sunday.'],
    ['cron(0 9 1,15 * ? *)', 'At 09:00 UTC, on the 1st and 15th of the month.'],
    ['cron(0 9 1 JAN,JUL ? 2027-2029)', 'At 09:00 UTC, on the 1st of the month in January and July, in 2027 to 2029.'],
    ['rate(5 minutes)', 'Every 5 minutes, counted from when it is made.'],
    ['rate(1 day)', 'Every day, counted from when it is made.'],
    ['rate(24 hours)', 'Every day, counted from when it is made.'],
    ['at(2026-11-20T08:00:00)', 'Once, on Friday 20 November 2026 at 08:00 UTC.'],
  ])('%s', (expression, words) => {
    expect(readingOf(parsed(expression))).toBe(words)
  })
  it('names the zone whose clock is read', () => {
    expect(readingOf(parsed('cron(0 20 * * ? *)'), 'Europe/Sarajevo')).toBe('At 20:00 Europe/Sarajevo, every day.')
  })
})

const folder = fileURLToPath(new URL('../../../../shared/conformance/schedules/', import.meta.url))
it.skipIf(!existsSync(folder))('reads every expression of the conformance cases', () => {
  const told = ['validity_aws_recorded', 'cron_next', 'cron_match_instants'].flatMap((file) =>
    readFileSync(`${folder}${file}.jsonl`, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line) => {
        const { expr } = JSON.parse(line) as { expr: string }
        const schedule = parseSchedule(expr, 'scheduler')
        return 'refused' in schedule ? [] : [[expr, readingOf(schedule)] as const]
      }),
  )
  expect(told.length).toBeGreaterThan(100)
  expect(told.filter(([, words]) => !/^[A-Z0-9].*\S\.$/.test(words) || /undefined|NaN| {2}|,,/.test(words))).toEqual([])
})
