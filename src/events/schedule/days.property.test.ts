/** Day rules and time zones against a reading by the minute, the day and the calendar of the platform. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoSeconds, nextFires, parseSchedule, secondsOf, zoneOffset } from '.'

const DAY = 86_400
const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const date = (day: number): Date => new Date(day * DAY * 1_000)
const lastOfMonth = (day: number): number =>
  Date.UTC(date(day).getUTCFullYear(), date(day).getUTCMonth() + 1, 0) / DAY / 1_000
const firstOfMonth = (day: number): number => day - date(day).getUTCDate() + 1
const working = (day: number): boolean => ![0, 6].includes(date(day).getUTCDay())

type Rule = { readonly text: string; readonly fits: (day: number) => boolean }
const back = fc
  .integer({ min: 1, max: 30 })
  .map((n): Rule => ({ text: `L-${n}`, fits: (day) => lastOfMonth(day) - n === day }))
const nearest = fc.integer({ min: 1, max: 31 }).map((n): Rule => ({
  text: `${n}W`,
  fits: (day) => {
    const wanted = firstOfMonth(day) + n - 1
    if (wanted > lastOfMonth(day)) return false
    const inMonth = (other: number): boolean => other >= firstOfMonth(day) && other <= lastOfMonth(day)
    // nearest working day of the month; before goes ahead of after
    return [0, -1, 1, -2, 2].map((off) => wanted + off).find((other) => inMonth(other) && working(other)) === day
  },
}))
const ofMonth: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant<Rule>({ text: 'L', fits: (day) => lastOfMonth(day) === day }),
  fc.constant<Rule>({
    text: 'LW',
    fits: (day) =>
      working(day) &&
      Array.from({ length: lastOfMonth(day) - day }, (_, i) => day + 1 + i).every((later) => !working(later)),
  }),
  back,
  nearest,
  fc.integer({ min: 1, max: 31 }).map((n): Rule => ({ text: String(n), fits: (day) => date(day).getUTCDate() === n })),
)
const weekday = fc.integer({ min: 0, max: 6 })
const named = fc.tuple(weekday, fc.boolean(), fc.boolean()).map(([index, byName, lower]) => {
  const name = byName ? NAMES[index]! : String(index + 1)
  return { index, name: lower ? name.toLowerCase() : name }
})
const ofWeek: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant<Rule>({ text: 'L', fits: (day) => date(day).getUTCDay() === 6 }),
  named.map(({ index, name }): Rule => ({
    text: `${name}L`,
    fits: (day) => date(day).getUTCDay() === index && lastOfMonth(day) - day < 7,
  })),
  named.map(({ index, name }): Rule => ({ text: name, fits: (day) => date(day).getUTCDay() === index })),
  fc.tuple(named, named).map(([from, to]): Rule => ({
    text: `${from.name}-${to.name}`,
    fits: (day) => (date(day).getUTCDay() - from.index + 7) % 7 <= (to.index - from.index + 7) % 7,
  })),
)
const nth = fc.tuple(named, fc.integer({ min: 1, max: 5 })).map(([{ index, name }, n]): Rule => ({
  text: `${name}#${n}`,
  fits: (day) => date(day).getUTCDay() === index && Math.ceil(date(day).getUTCDate() / 7) === n,
}))
const listed = (rule: fc.Arbitrary<Rule>) =>
  fc.array(rule, { minLength: 1, maxLength: 3 }).map((rules): Rule => ({
    text: rules.map(({ text }) => text).join(','),
    fits: (day) => rules.some(({ fits }) => fits(day)),
  }))
const days = fc.oneof(
  listed(ofMonth).map((rule) => ({ ...rule, fields: (months: string) => `${rule.text} ${months} ?` })),
  fc.oneof(listed(ofWeek), nth).map((rule) => ({ ...rule, fields: (months: string) => `? ${months} ${rule.text}` })),
)

test('L, W, # and names fit the days the calendar says, leap years included', () => {
  const start = fc.integer({ min: 0, max: secondsOf('2199-01-01T00:00:00')! / DAY - 1 })
  fc.assert(
    fc.property(
      days,
      start,
      fc.constantFrom('*', '2', 'feb', '1,3-4', 'NOV-FEB', '2/3'),
      ({ fits, fields }, from, months) => {
        const schedule = parseSchedule(`cron(0 12 ${fields(months)} *)`, 'rule')
        if ('refused' in schedule) throw new Error(schedule.refused)
        const inMonth = (month: number): boolean =>
          ({
            '*': true,
            '2': month === 2,
            feb: month === 2,
            '1,3-4': [1, 3, 4].includes(month),
            'NOV-FEB': month >= 11 || month <= 2,
            '2/3': month % 3 === 2,
          })[months]
        const expected: string[] = []
        for (let day = from; day < from + 150; day++)
          if (fits(day) && inMonth(date(day).getUTCMonth() + 1)) expected.push(isoSeconds(day * DAY + DAY / 2))
        const fires = nextFires(schedule, { from: from * DAY, count: 200, inclusive: true })
        expect(fires.filter((at) => at < (from + 150) * DAY).map(isoSeconds)).toEqual(expected)
      },
    ),
    { numRuns: 300 },
  )
})

/** Zones whose clocks jump by an hour, by half of one, at midnight, and not at all. */
const zones = [
  'Europe/Sarajevo',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'America/New_York',
  'Asia/Kathmandu',
]

test('in a zone each wall-clock minute fires once at most, at its first turn, and skipped ones never (EB-66)', () => {
  const changes = [
    '2026-03-08',
    '2026-03-28',
    '2026-04-04',
    '2026-04-23',
    '2026-10-03',
    '2026-10-24',
    '2026-10-29',
    '2026-11-01',
    '2018-11-03',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...changes),
      fc.constantFrom('0/15', '30', '59', '*/20'),
      fc.constantFrom('*', '0-3', '23-2', '2'),
      (zone, change, minutes, hours) => {
        const offset = zoneOffset(zone)!
        const schedule = parseSchedule(`cron(${minutes} ${hours} * * ? *)`, 'scheduler')
        if ('refused' in schedule) throw new Error(schedule.refused)
        const from = secondsOf(`${change}T00:00:00`)!
        const utcSchedule = new Set(nextFires(schedule, { from: from - 2 * DAY, count: 2_000, inclusive: true }))
        const seen = new Set<number>()
        const expected: number[] = []
        // hours before, so that the first turn of a repeated hour is seen
        for (let utc = from - DAY / 2; utc < from + 2 * DAY; utc += 60) {
          const local = utc + offset(utc)
          if (seen.has(local)) continue
          seen.add(local)
          if (utc >= from && utcSchedule.has(local)) expected.push(utc)
        }
        const fires = nextFires(schedule, { from, count: 2_000, inclusive: true, offset }).filter(
          (at) => at < from + 2 * DAY,
        )
        expect(fires).toEqual(expected)
      },
    ),
    { numRuns: 50 },
  )
})

test('years from 1970 to 2199', () => {
  const of = (year: string): number[] => {
    const schedule = parseSchedule(`cron(0 0 1 1 ? ${year})`, 'rule')
    if ('refused' in schedule) throw new Error(schedule.refused)
    return nextFires(schedule, { from: -1, count: 300 }).map((at) => new Date(at * 1_000).getUTCFullYear())
  }
  expect(of('*')).toEqual(Array.from({ length: 230 }, (_, i) => 1970 + i))
  expect(of('2190/4')).toEqual([2190, 2194, 2198])
  expect(of('2198-1971')).toEqual([1970, 1971, 2198, 2199])
  for (const year of ['1969', '2200', '0/2', '1970-2200', '70'])
    expect(parseSchedule(`cron(0 0 1 1 ? ${year})`, 'rule')).toHaveProperty('refused')
})
