/** The parts of a schedule expression, as its builder shows them. The text is what counts; parts are read from it and written into it. */
import { parseSchedule, secondsOf, type ScheduleApi } from '../../events/schedule'

export type Mode = 'rate' | 'cron' | 'at'
export const UNITS = ['minute', 'hour', 'day'] as const
export type Unit = (typeof UNITS)[number]

export interface Rate {
  readonly count: number
  readonly unit: Unit
}

/** Minutes, hours, day of month, month, day of week, year. */
export type CronFields = readonly [string, string, string, string, string, string]

export const CRON_FIELDS = [
  { name: 'Minutes', takes: '0-59' },
  { name: 'Hours', takes: '0-23' },
  { name: 'Day of month', takes: '1-31 L W' },
  { name: 'Month', takes: '1-12 or JAN' },
  { name: 'Day of week', takes: 'SUN-SAT L #' },
  { name: 'Year', takes: '1970-2199' },
] as const
const MONTH_DAY = 2
const WEEK_DAY = 4

/** What each mode begins with. */
export const FIRST: { readonly [mode in Mode]: string } = {
  rate: 'rate(5 minutes)',
  cron: 'cron(0 8 * * ? *)',
  at: 'at(2026-11-20T00:01:00)',
}

/** The mode a text is of, or tries to be; null for what is none. */
export function modeOf(text: string): Mode | null {
  const found = /^\s*(rate|cron|at)\b/.exec(text)
  return found === null ? null : (found[1] as Mode)
}

const inside = (text: string, mode: Mode): string | null =>
  text.startsWith(`${mode}(`) && text.endsWith(')') ? text.slice(mode.length + 1, -1) : null

export function rateOf(text: string): Rate | null {
  const found = /^(\d+) (minute|hour|day)s?$/.exec(inside(text, 'rate') ?? '')
  return found === null ? null : { count: Number(found[1]), unit: found[2] as Unit }
}

export const writeRate = ({ count, unit }: Rate): string => `rate(${count} ${unit}${count === 1 ? '' : 's'})`

export function cronOf(text: string): CronFields | null {
  const fields = (inside(text, 'cron') ?? '').trim().split(/\s+/)
  return fields.length === 6 ? (fields as unknown as CronFields) : null
}

/** One field written; of the two day fields the other one becomes `?`, because one of them must (EB-60). */
export function writeCron(fields: CronFields, index: number, value: string): string {
  const next = fields.map((field, i) => (i === index ? value.trim() || '*' : field))
  const other = index === MONTH_DAY ? WEEK_DAY : index === WEEK_DAY ? MONTH_DAY : -1
  if (other >= 0) {
    if (next[index] !== '?') next[other] = '?'
    else if (next[other] === '?') next[other] = '*'
  }
  return `cron(${next.join(' ')})`
}

/** What is wrong with one field, whatever the others hold; null when nothing is. */
export function fieldProblem(fields: CronFields, index: number): string | null {
  const value = fields[index] ?? ''
  if (value === '?' && (index === MONTH_DAY || index === WEEK_DAY)) return null
  const alone = ['*', '*', index === WEEK_DAY ? '?' : '*', '*', index === WEEK_DAY ? '*' : '?', '*']
  alone[index] = value
  const read = parseSchedule(`cron(${alone.join(' ')})`, 'rule')
  return 'refused' in read ? read.refused : null
}

/** `2026-11-20T08:00:00` of `at(...)`; null for what is no date. */
export function atOf(text: string): string | null {
  const date = inside(text, 'at')
  return date !== null && secondsOf(date) !== null ? date : null
}

/** A date and time as a browser's control gives it, seconds added. */
export const writeAt = (value: string): string => `at(${value.length === 16 ? `${value}:00` : value})`

/** Schedules to begin with. */
export const PRESETS: readonly { readonly label: string; readonly text: string }[] = [
  { label: 'Every hour', text: 'cron(0 * * * ? *)' },
  { label: 'Every day at 08:00', text: 'cron(0 8 * * ? *)' },
  { label: 'Monday to Friday at 08:00', text: 'cron(0 8 ? * MON-FRI *)' },
  { label: 'First day of the month', text: 'cron(0 8 1 * ? *)' },
  { label: 'Last Friday of the month', text: 'cron(0 8 ? * FRIL *)' },
]

export const apiOf = (type: string | undefined): ScheduleApi =>
  type === 'AWS::Scheduler::Schedule' ? 'scheduler' : 'rule'
