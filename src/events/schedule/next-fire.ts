import { civilDay, DAY, dayNumber } from './civil'
import { daysOfMonth } from './cron-days'
import { FIELDS } from './cron-field'
import type { CronSchedule, Schedule } from './schedule'

/** Seconds a zone's clock is ahead of UTC at an instant (s since 1970, UTC). */
export type Offset = (utc: number) => number

export const UTC: Offset = () => 0

/**
 * Fire times from `from` on, ascending, in seconds since 1970 (UTC): at most `count`, fewer when the schedule ends. `inclusive`: a fire at
 * `from` itself counts. A `rate` starts counting at `from` (EB-64). In a zone, times that a spring clock skips do not fire and times
 * that an autumn clock repeats fire once (EventBridge Scheduler, "Daylight savings time").
 */
export function nextFires(
  schedule: Schedule,
  {
    from,
    count,
    inclusive = false,
    offset = UTC,
  }: { from: number; count: number; inclusive?: boolean; offset?: Offset },
): number[] {
  const fits = (utc: number): boolean => (inclusive ? utc >= from : utc > from)
  if (schedule.kind === 'rate') return Array.from({ length: count }, (_, i) => from + schedule.every * (i + 1))
  if (schedule.kind === 'at') {
    const utc = utcOf(schedule.at, offset)
    return count > 0 && utc !== null && fits(utc) ? [utc] : []
  }
  const fires: number[] = []
  if (count <= 0) return fires
  for (const local of localFires(schedule, from + offset(from))) {
    const utc = utcOf(local, offset)
    if (utc === null || !fits(utc) || utc <= (fires.at(-1) ?? -Infinity)) continue
    if (fires.push(utc) === count) break
  }
  return fires
}

/** Minutes of the wall clock that fit, from the minute `from` lies in. */
function* localFires(schedule: CronSchedule, from: number): Generator<number> {
  const start = Math.floor(from / 60) * 60
  const first = civilDay(Math.floor(start / DAY))
  for (let year = Math.max(first.year, FIELDS.years.first); year <= FIELDS.years.last; year++) {
    if (!schedule.years.has(year)) continue
    for (let month = year === first.year ? first.month : 1; month <= 12; month++) {
      if (!schedule.months.has(month)) continue
      for (const day of daysOfMonth(schedule.days, schedule.by, year, month)) {
        const midnight = dayNumber(year, month, day) * DAY
        if (midnight + DAY <= start) continue
        for (const hour of schedule.hours) {
          for (const minute of schedule.minutes) {
            const at = midnight + hour * 3_600 + minute * 60
            if (at >= start) yield at
          }
        }
      }
    }
  }
}

/** The instant a zone's clock shows `local`; the earlier one of two, null when the clock skips it. */
function utcOf(local: number, offset: Offset): number | null {
  // no zone is further than 14 h from UTC, none changes twice in a day
  const candidates = [offset(local - DAY), offset(local + DAY)].map((ahead) => local - ahead)
  const real = candidates.filter((utc) => utc + offset(utc) === local)
  return real.length === 0 ? null : Math.min(...real)
}
