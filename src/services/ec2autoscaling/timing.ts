import { nextFires, parseSchedule, secondsOf, zoneOffset } from '../../events/schedule'
import { fromUnixCron } from '../../events/schedule/unix-cron'
import type { Plan } from '../timetable'
import type { Scheduled } from './policies'

/** Seconds since 1970 of `2026-11-20T08:00:00Z`; null when it is none. */
export const instantOf = (date: string): number | null => secondsOf(date.replace(/Z$/, ''))

/** When a scheduled action is due; null: never, the checks say why. */
export function planOf({ recurrence, zone, start, end }: Scheduled): Plan | null {
  const earliest = start === null ? null : instantOf(start)
  const latest = (end === null ? null : instantOf(end)) ?? Infinity
  if (recurrence === null) {
    if (earliest === null) return null
    return { next: (after, first) => (earliest > after || (first && earliest === after) ? earliest : undefined) }
  }
  const offset = zoneOffset(zone)
  const schedules = (fromUnixCron(recurrence) ?? []).map((expression) => parseSchedule(expression, 'scheduler'))
  if (offset === null || schedules.length === 0) return null
  return {
    next(after, first) {
      const early = earliest !== null && after < earliest
      const from = early ? earliest : after
      const fires = schedules.flatMap((schedule) =>
        'refused' in schedule || schedule.kind === 'rate'
          ? []
          : nextFires(schedule, { from, count: 1, inclusive: first || early, offset }),
      )
      const next = Math.min(...fires)
      return next < Infinity && next <= latest ? next : undefined
    },
  }
}
