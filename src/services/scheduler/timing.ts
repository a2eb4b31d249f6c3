import { nextFires, parseSchedule, secondsOf, UTC, zoneOffset, type Offset, type Schedule } from '../../events/schedule'
import type { Plan } from '../timetable'
import type { ScheduleSettings } from './settings'

/** Seconds since 1970 of a date in UTC, `2026-11-20T08:00:00Z`; null when it is none. */
export const instantOf = (date: string): number | null => secondsOf(date.replace(/(\.\d{1,9})?Z$/, ''))

type When = Pick<ScheduleSettings, 'expression' | 'zone' | 'start' | 'end'>

/**
 * When a schedule fires. A `rate` with a StartDate fires then and after every interval, without one it starts counting when it is made
 * (EB-64); `at` knows neither start nor end. Null: it never does; the checks say why.
 */
export function planOf({ expression, zone, start, end }: When): Plan | null {
  const schedule = parseSchedule(expression, 'scheduler')
  const offset = zone === 'UTC' ? UTC : zoneOffset(zone)
  if ('refused' in schedule || offset === null) return null
  if (schedule.kind === 'at') {
    return { next: (from, first) => nextFires(schedule, { from, count: 1, inclusive: first, offset })[0] }
  }
  const earliest = start === null ? null : instantOf(start)
  const latest = (end === null ? null : instantOf(end)) ?? Infinity
  return {
    next(after, first) {
      const next = nextIn(schedule, after, first, earliest, offset)
      return next !== undefined && next <= latest ? next : undefined
    },
  }
}

function nextIn(
  schedule: Exclude<Schedule, { kind: 'at' }>,
  after: number,
  first: boolean,
  earliest: number | null,
  offset: Offset,
): number | undefined {
  const begins = earliest !== null && (after < earliest || (first && after === earliest))
  if (schedule.kind === 'cron') {
    const from = begins ? earliest : after
    return nextFires(schedule, { from, count: 1, inclusive: first || begins, offset })[0]
  }
  if (earliest === null) return after + schedule.every
  if (begins) return earliest
  return earliest + schedule.every * (Math.floor((after - earliest) / schedule.every) + 1)
}
