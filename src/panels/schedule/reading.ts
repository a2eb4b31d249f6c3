/** Schedules read out: `At 08:00 UTC, Monday to Friday.` */
import { isoSeconds, type Schedule } from '../../events/schedule'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const NTH = ['first', 'second', 'third', 'fourth', 'fifth'] as const
const YEARS = 2199 - 1970 + 1
/** Times of day told one by one. */
const FEW = 6

type Cron = Extract<Schedule, { kind: 'cron' }>
type DayRule = Cron['days'][number]

/** One sentence. `zone`: the zone whose clock the schedule reads. */
export function readingOf(schedule: Schedule, zone = 'UTC'): string {
  if (schedule.kind === 'rate') return `Every ${spell(schedule.every)}, counted from when it is made.`
  if (schedule.kind === 'at')
    return `Once, on ${date(schedule.at)} at ${isoSeconds(schedule.at).slice(11).replace(/:00$/, '')} ${zone}.`
  const days = dayWords(schedule)
  const months = setWords(schedule.months, 12, (month) => MONTHS[month - 1]!)
  const years = setWords(schedule.years, YEARS, String)
  return (
    [
      timeWords(schedule, zone),
      months !== '' && days === 'every day' ? 'every day' : days,
      months === '' ? '' : `in ${months}`,
      years === '' ? '' : `in ${years}`,
    ]
      .filter((part) => part !== '')
      .join(', ')
      .replace(', in ', ' in ') + '.'
  )
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `2 hours`, `day`: the largest unit that divides an interval of minutes. */
function spell(seconds: number): string {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const) {
    const count = seconds / length
    if (Number.isInteger(count)) return count === 1 ? unit : `${count} ${unit}s`
  }
  return `${seconds} seconds`
}

/** `Friday 20 November 2026`. */
export function date(seconds: number): string {
  const [year, month, day] = isoSeconds(seconds).slice(0, 10).split('-').map(Number) as [number, number, number]
  const weekday = (((Math.floor(seconds / 86_400) + 4) % 7) + 7) % 7
  return `${DAYS[weekday]} ${day} ${MONTHS[month - 1]} ${year}`
}

function timeWords({ minutes, hours }: Cron, zone: string): string {
  const [minute = 0] = minutes
  if (minutes.length * hours.length <= FEW && hours.length < 24) {
    const times = hours.flatMap((hour) => minutes.map((each) => `${two(hour)}:${two(each)}`))
    return `At ${and(times)} ${zone}`
  }
  const every = stepOf(minutes, 60)
  const often =
    every === 1
      ? 'Every minute'
      : every !== null
        ? `Every ${every} minutes`
        : minutes.length === 1
          ? ''
          : `At minutes ${and(minutes.map(String))}`
  if (hours.length === 24) {
    if (often === '') return minute === 0 ? 'Every hour' : `Every hour at ${two(minute)} minutes past`
    return every === null ? `${often} of every hour` : often
  }
  const step = stepOf(hours, 24)
  if (often === '' && step !== null)
    return `At minute ${minute} of every ${NUMBERS[step] ?? `${step}th`} hour from 00:00 ${zone}`
  const [from = 0] = hours
  const to = hours.at(-1)!
  const together = to - from === hours.length - 1
  if (often === '' && together)
    return `Every hour from ${two(from)}:${two(minute)} to ${two(to)}:${two(minute)} ${zone}`
  const within = together
    ? `from ${two(from)}:${two(minute)} to ${two(to)}:${two(minutes.at(-1) ?? 59)} ${zone}`
    : `in the hours ${and(hours.map((hour) => `${two(hour)}:00`))} ${zone}`
  return `${often === '' ? `At minute ${minute}` : often} ${within}`
}
const NUMBERS: { readonly [step: number]: string } = { 2: 'second', 3: 'third' }

/** The step of values that go from 0 in equal steps through the whole span; null when they do not. */
function stepOf(values: readonly number[], span: number): number | null {
  const step = span / values.length
  return Number.isInteger(step) && values.length > 1 && values.every((value, i) => value === i * step) ? step : null
}

function dayWords({ by, days }: Cron): string {
  const words = days.map((rule) => ruleWords(rule, by))
  if (words.includes('')) return 'every day'
  return and(words)
}

/** Empty: every day. */
function ruleWords(rule: DayRule, by: Cron['by']): string {
  switch (rule.kind) {
    case 'days':
      return by === 'month' ? monthDays(rule.values) : weekDays(rule.values)
    case 'last':
      if (rule.back === 0) return 'on the last day of the month'
      return `${rule.back === 1 ? 'the day' : `${rule.back} days`} before the last day of the month`
    case 'nearestWeekday':
      return `on the weekday nearest to the ${ordinal(rule.day)} of the month`
    case 'lastWeekday':
      return 'on the last weekday of the month'
    case 'lastOf':
      return `on the last ${DAYS[rule.weekday - 1]} of the month`
    case 'nth':
      return `on the ${NTH[rule.nth - 1]} ${DAYS[rule.weekday - 1]} of the month`
  }
}

function monthDays(values: ReadonlySet<number>): string {
  const words = setWords(values, 31, ordinal)
  return words === '' ? '' : `on the ${words} of the month`
}

function weekDays(values: ReadonlySet<number>): string {
  if (values.size === 7) return ''
  const days = sorted(values)
  // a week is a ring that people begin on Monday
  const ring = [2, 3, 4, 5, 6, 7, 1].filter((day) => days.includes(day))
  const first = (ring[0]! + 5) % 7
  const together = ring.length > 2 && ring.every((day, i) => (day + 5) % 7 === first + i)
  if (together) return `${DAYS[ring[0]! - 1]} to ${DAYS[ring.at(-1)! - 1]}`
  return `on ${and(ring.map((day) => DAYS[day - 1]!))}`
}

/** Values in words, runs as `from to`; empty when all of `most` are there. */
function setWords(values: ReadonlySet<number>, most: number, word: (value: number) => string): string {
  if (values.size === most) return ''
  const runs: number[][] = []
  for (const value of sorted(values)) {
    const run = runs.at(-1)
    if (run?.at(-1) === value - 1) run.push(value)
    else runs.push([value])
  }
  return and(
    runs.flatMap((run) =>
      run.length > 2 ? [`${word(run[0]!)} to ${word(run.at(-1)!)}`] : run.map((value) => word(value)),
    ),
  )
}

const sorted = (values: ReadonlySet<number>): number[] => [...values].sort((a, b) => a - b)

function ordinal(day: number): string {
  const last = day % 10
  const teen = day > 10 && day < 14
  return `${day}${!teen && last === 1 ? 'st' : !teen && last === 2 ? 'nd' : !teen && last === 3 ? 'rd' : 'th'}`
}

/** `a, b and c`. */
function and(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`
}
