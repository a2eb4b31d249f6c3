import { MONTHS, WEEKDAYS } from './cron-field'

/**
 * EventBridge's spelling of a five-field UNIX cron line, null when it is none. UNIX counts weekdays from 0 (Sunday) and takes a day that
 * fits either day field; EventBridge counts from 1 and wants one of the two fields to be `?` (EB-60), so such a line becomes two.
 */
export function fromUnixCron(text: string): string[] | null {
  const fields = text.trim().split(/\s+/)
  if (fields.length !== 5) return null
  const [minute, hour, day, month, week] = fields as [string, string, string, string, string]
  const plain = /^[\d*,/-]+$/
  const named = (names: readonly string[]) => new RegExp(`^(?:[\\d*,/-]|${names.join('|')})+$`, 'i')
  if (![minute, hour, day].every((field) => plain.test(field))) return null
  if (!named(MONTHS).test(month) || !named(WEEKDAYS).test(week)) return null
  const aws = (monthDay: string, weekDay: string): string => `cron(${minute} ${hour} ${monthDay} ${month} ${weekDay} *)`
  const weekDays = week.replace(/(\/\d+)|\d+/g, (all, step: string | undefined) =>
    step === undefined ? (WEEKDAYS[Number(all) % 7] ?? all) : all,
  )
  if (week === '*') return [aws(day, '?')]
  if (day === '*') return [aws('?', weekDays)]
  return [aws(day, '?'), aws('?', weekDays)]
}
