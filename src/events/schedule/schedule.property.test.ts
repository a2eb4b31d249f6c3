import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoSeconds, nextFires, parseSchedule, secondsOf } from '.'
import { civilDay, dayNumber, weekday } from './civil'

const value = (first: number, last: number) => fc.integer({ min: first, max: last }).map(String)
const element = (first: number, last: number) =>
  fc.oneof(
    value(first, last),
    fc.tuple(value(first, last), value(first, last)).map(([from, to]) => `${from}-${to}`),
    fc.tuple(value(first, last), fc.integer({ min: 1, max: last })).map(([from, step]) => `${from}/${step}`),
    fc.constant('*'),
  )
const field = (first: number, last: number) =>
  fc.array(element(first, last), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','))
const days = fc.oneof(
  field(1, 31).map((text) => [text, '?']),
  field(1, 7).map((text) => ['?', text]),
) as fc.Arbitrary<[string, string]>
const expression = fc
  .tuple(field(0, 59), field(0, 23), field(1, 12), days)
  .map(([minute, hour, month, [monthDay, weekDay]]) => `cron(${minute} ${hour} ${monthDay} ${month} ${weekDay} *)`)

/** Read straight from the text, independently of the parser: whether a value is in a field. */
function has(text: string, at: number, first: number, last: number): boolean {
  return text.split(',').some((part) => {
    const [range, step] = part.split('/') as [string, string?]
    const [a, b] = range === '*' ? [first, last] : (range.split('-').map(Number) as [number, number?])
    const end = b ?? (step === undefined ? a : last)
    const span = last - first + 1
    const length = (end - a + span) % span
    const distance = (at - a + span) % span
    return distance <= length && distance % Number(step ?? 1) === 0
  })
}

function firesAt(text: string, at: number): boolean {
  const [minute, hour, monthDay, month, weekDay] = text.slice(5, -1).split(' ') as [
    string,
    string,
    string,
    string,
    string,
  ]
  const day = Math.floor(at / 86_400)
  const date = civilDay(day)
  const rest = Math.floor((at - day * 86_400) / 60)
  return (
    has(minute, rest % 60, 0, 59) &&
    has(hour, Math.floor(rest / 60), 0, 23) &&
    has(month, date.month, 1, 12) &&
    (monthDay === '?' ? has(weekDay, weekday(day), 1, 7) : has(monthDay, date.day, 1, 31))
  )
}

test('a brute force over the minutes of three days agrees', () => {
  fc.assert(
    fc.property(expression, fc.integer({ min: 0, max: 3_000_000_000 }), (text, from) => {
      const schedule = parseSchedule(text, 'rule')
      if ('refused' in schedule) throw new Error(schedule.refused)
      const until = from + 3 * 86_400
      const expected: number[] = []
      for (let at = Math.ceil(from / 60) * 60; at < until; at += 60) if (firesAt(text, at)) expected.push(at)
      const fires = nextFires(schedule, { from, inclusive: true, count: 4_321 }).filter((at) => at < until)
      expect(fires).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})

test('the calendar goes there and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -200_000_000, max: 7_000_000_000 }), (seconds) => {
      const { year, month, day } = civilDay(Math.floor(seconds / 86_400))
      expect(dayNumber(year, month, day)).toBe(Math.floor(seconds / 86_400))
      expect(secondsOf(isoSeconds(seconds))).toBe(seconds)
    }),
  )
})

test('no text breaks it', () => {
  const piece = fc.constantFrom(
    'cron(',
    ')',
    'rate(',
    ' ',
    '*',
    '?',
    '/',
    '-',
    ',',
    'L',
    'W',
    '#',
    '7',
    'MON',
    '99999',
    'x',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((parts) => parts.join('')),
      ),
      (text) => {
        const schedule = parseSchedule(text, 'scheduler')
        if ('refused' in schedule) expect(schedule.refused).not.toBe('')
        else expect(nextFires(schedule, { from: 0, count: 3 }).length).toBeLessThanOrEqual(3)
      },
    ),
  )
})
