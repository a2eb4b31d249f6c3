/** The calendar as arithmetic: no `Date`, so that it runs in the worker. Days and seconds count from 1970-01-01. */

export const DAY = 86_400

export interface CivilDay {
  readonly year: number
  /** 1-12. */
  readonly month: number
  /** 1-31. */
  readonly day: number
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Days of a month, 28-31. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Day number of a date of the Gregorian calendar. Years are counted from March, so that the leap day is the last. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const ofEra = y - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

export function civilDay(days: number): CivilDay {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  return {
    year: years + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** Day of the week of a day number as EventBridge counts them: 1 is Sunday, 7 Saturday (EB-60). */
export const weekday = (days: number): number => ((((days + 4) % 7) + 7) % 7) + 1

const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-11-20T08:00:00`: seconds on the calendar, without a zone. */
export function isoSeconds(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  const { year, month, day } = civilDay(days)
  const rest = seconds - days * DAY
  const time = [Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60].map(two).join(':')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}`
}

/** Seconds of `yyyy-mm-ddThh:mm:ss`, null for what is no such instant. */
export function secondsOf(text: string): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text)
  if (found === null) return null
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  return dayNumber(year, month, day) * DAY + hour * 3_600 + minute * 60 + second
}
