/** When a schedule fires next, on several clocks. Seconds since 1970 (UTC) throughout. */
import { isoSeconds, nextFires, secondsOf, UTC, zoneOffset, type Offset, type Schedule } from '../../events/schedule'

export const SHOWN = 10

export interface Span {
  /** Counted from here on. */
  readonly from: number
  /** StartDate and EndDate of a schedule. */
  readonly start?: number | null
  readonly end?: number | null
}

/** The next fires. A rate with a start fires then and after every interval; `at` knows neither start nor end (EB-64, EB-66). */
export function firesFrom(
  schedule: Schedule,
  { from, start = null, end = null }: Span,
  offset: Offset = UTC,
): number[] {
  if (schedule.kind === 'at') return nextFires(schedule, { from, inclusive: true, count: SHOWN, offset })
  const begins = start !== null && start > from ? start : from
  const fires =
    schedule.kind === 'rate' && start !== null
      ? Array.from(
          { length: SHOWN },
          (_, i) => start + schedule.every * (Math.max(0, Math.ceil((from - start) / schedule.every)) + i),
        )
      : nextFires(schedule, { from: begins, inclusive: true, count: SHOWN, offset })
  return end === null ? fires : fires.filter((at) => at <= end)
}

export const offsetOf = (zone: string): Offset | null => (zone === 'UTC' ? UTC : zoneOffset(zone))

/** `Fri 20 Nov 2026` and `08:00`, with seconds where there are some. */
export function onClock(at: number, offset: Offset): { date: string; time: string } {
  const local = at + offset(at)
  const iso = isoSeconds(local)
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number) as [number, number, number]
  const weekday = (((Math.floor(local / 86_400) + 4) % 7) + 7) % 7
  const time = iso.slice(11).replace(/:00$/, '')
  return { date: `${DAYS[weekday]} ${day} ${MONTHS[month - 1]} ${year}`, time }
}
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const YEAR = 366

/** The first fire after a clock change that moves the fires on the shown clock; null when none does within a year. */
export function shiftAfter(schedule: Schedule, from: number, read: Offset, shown: Offset): number | null {
  if (schedule.kind !== 'cron') return null
  const [first] = nextFires(schedule, { from, inclusive: true, count: 1, offset: read })
  if (first === undefined) return null
  const apart = (at: number): number => shown(at) - read(at)
  for (let day = 1; day <= YEAR; day++) {
    const at = first + day * 86_400
    if (apart(at) === apart(first)) continue
    // the second of the change, so that no fire between it and `at` is passed over
    let [before, after] = [at - 86_400, at]
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (apart(middle) === apart(first)) before = middle
      else after = middle
    }
    return nextFires(schedule, { from: after, inclusive: true, count: 1, offset: read })[0] ?? null
  }
  return null
}

/** Seconds of a property such as `2026-11-20T08:00:00Z`; null when it is not written or no date. */
export const instantOf = (value: unknown): number | null =>
  typeof value === 'string' ? secondsOf(value.replace(/(\.\d{1,9})?Z$/, '')) : null
