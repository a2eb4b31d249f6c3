import { secondsOf } from './civil'
import { dayRulesOf } from './cron-days'
import { FIELDS, valuesOf } from './cron-field'
import type { CronSchedule, Refused, Schedule, ScheduleApi } from './schedule'
import { fromUnixCron } from './unix-cron'

/** No expression is longer: CreateSchedule and PutRule take 256 characters. */
const MOST_CHARACTERS = 256
const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const

/** Reads `rate(...)`, `cron(...)` and, for the Scheduler, `at(...)` (EB-60 to EB-66). Never throws. */
export function parseSchedule(text: string, api: ScheduleApi): Schedule | Refused {
  if (text.length > MOST_CHARACTERS) return { refused: `The expression is longer than ${MOST_CHARACTERS} characters.` }
  const found = /^(rate|cron|at)\((.*)\)$/s.exec(text)
  if (found === null) return noExpression(text, api)
  const [, kind, inside] = found as unknown as [string, 'rate' | 'cron' | 'at', string]
  if (kind === 'rate') return rate(inside, api)
  if (kind === 'cron') return cron(inside)
  if (api === 'rule') return { refused: 'A rule takes rate(...) or cron(...); at(...) is of EventBridge Scheduler.' }
  const at = secondsOf(inside)
  return at === null
    ? { refused: `at(${inside}) is no date and time: write at(2026-11-20T08:00:00).` }
    : { kind: 'at', at }
}

function noExpression(text: string, api: ScheduleApi): Refused {
  const unix = fromUnixCron(text)
  if (unix !== null) return unixCron(unix)
  const kinds =
    api === 'rule' ? 'rate(5 minutes) or cron(0 8 * * ? *)' : 'rate(5 minutes), cron(0 8 * * ? *) or at(...)'
  return { refused: `${text === '' ? 'Nothing' : text} is no schedule expression: write ${kinds}.` }
}

const unixCron = (expressions: readonly string[]): Refused => ({
  refused:
    `This is UNIX cron, which has five fields; EventBridge has six and one of its day fields is ?. Write ${expressions.join(' and ')}` +
    `${expressions.length > 1 ? ': two schedules, because UNIX takes a day that fits either field' : ''}.`,
})

function rate(inside: string, api: ScheduleApi): Schedule | Refused {
  const found = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(inside)
  if (found === null) {
    return {
      refused: `rate(${inside}): write a whole number from 1 and a unit, such as rate(5 minutes); minutes, hours and days are the units.`,
    }
  }
  const [, count, unit, plural] = found as unknown as [string, string, keyof typeof SECONDS, string]
  const value = Number(count)
  // recorded of rules alone; the Scheduler takes rate(1 hours)
  if (api === 'rule' && (value === 1) === (plural === 's')) {
    return { refused: `rate(${inside}): write rate(${value} ${unit}${value === 1 ? '' : 's'}).` }
  }
  if (value > 31_536_000) return { refused: `rate(${inside}) is too far apart.` }
  return { kind: 'rate', every: value * SECONDS[unit] }
}

function cron(inside: string): CronSchedule | Refused {
  const fields = inside.split(/\s+/)
  if (fields.length !== 6) {
    const unix = fromUnixCron(inside)
    if (unix !== null) return unixCron(unix)
    return {
      refused: `cron(${inside}) has ${inside.trim() === '' ? 'no' : fields.length} fields, six are needed: minutes hours day-of-month month day-of-week year.`,
    }
  }
  const [minute, hour, monthDay, month, weekDay, year] = fields as [string, string, string, string, string, string]
  if ((monthDay === '?') === (weekDay === '?')) {
    const remedy = monthDay === '?' ? 'give one of them' : 'put ? in one of them'
    return { refused: `One of the two day fields must be ? and the other not: ${remedy}.` }
  }
  const by = monthDay === '?' ? 'week' : 'month'
  const minutes = valuesOf(minute, FIELDS.minutes)
  const hours = valuesOf(hour, FIELDS.hours)
  const months = valuesOf(month, FIELDS.months)
  const years = valuesOf(year, FIELDS.years)
  const days = dayRulesOf(by === 'month' ? monthDay : weekDay, by)
  // in the order of the fields, so that the first wrong one is told
  if ('refused' in minutes) return minutes
  if ('refused' in hours) return hours
  if (by === 'month' && 'refused' in days) return days
  if ('refused' in months) return months
  if ('refused' in days) return days
  if ('refused' in years) return years
  return { kind: 'cron', minutes, hours, months: new Set(months), years: new Set(years), by, days }
}
