import { describe, expect, it, test } from 'vitest'
import { isoSeconds, nextFires, parseSchedule, secondsOf, zoneOffset, type ScheduleApi } from '.'

function fires(expression: string, from: string, count: number, zone?: string): string[] {
  const schedule = parseSchedule(expression, 'scheduler')
  if ('refused' in schedule) throw new Error(schedule.refused)
  const offset = zone === undefined ? undefined : zoneOffset(zone)!
  const options = { from: secondsOf(from)!, count, inclusive: true, ...(offset === undefined ? {} : { offset }) }
  return nextFires(schedule, options).map(isoSeconds)
}
function refusal(expression: string, api: ScheduleApi = 'rule'): string {
  const schedule = parseSchedule(expression, api)
  return 'refused' in schedule ? schedule.refused : 'accepted'
}

describe('fire times', () => {
  it('of a rate count from when it is made (EB-64)', () => {
    expect(fires('rate(5 minutes)', '2026-11-20T08:00:30', 2)).toEqual(['2026-11-20T08:05:30', '2026-11-20T08:10:30'])
  })
  it('of at() are one, and none once it is over', () => {
    expect(fires('at(2026-11-20T08:00:00)', '2026-11-20T08:00:00', 3)).toEqual(['2026-11-20T08:00:00'])
    expect(fires('at(2026-11-20T08:00:00)', '2026-11-20T08:00:01', 3)).toEqual([])
  })
  test.each([
    ['cron(0 8 L * ? *)', ['2026-11-30T08:00:00', '2026-12-31T08:00:00']],
    ['cron(0 8 1W 8 ? 2026-2027)', ['2027-08-02T08:00:00']],
    ['cron(0 8 31W 5 ? 2027)', ['2027-05-31T08:00:00']],
    ['cron(0 8 ? * 6L *)', ['2026-11-27T08:00:00', '2026-12-25T08:00:00']],
    ['cron(0 8 29 2 ? *)', ['2028-02-29T08:00:00', '2032-02-29T08:00:00']],
    ['cron(0 8 30 2 ? *)', []],
    ['cron(0 0 1 1 ? 2199)', ['2199-01-01T00:00:00']],
  ])('%s', (expression, expected) => {
    expect(fires(expression, '2026-11-20T09:00:00', 2)).toEqual(expected)
  })
  it('skip what a spring clock skips and take what an autumn clock repeats once (EB-66)', () => {
    // Berlin: 2027-03-28 02:00 becomes 03:00, 2027-10-31 03:00 becomes 02:00
    expect(fires('cron(30 2 * * ? *)', '2027-03-26T12:00:00', 2, 'Europe/Berlin')).toEqual([
      '2027-03-27T01:30:00',
      '2027-03-29T00:30:00',
    ])
    expect(fires('cron(30 2 * * ? *)', '2027-10-30T12:00:00', 2, 'Europe/Berlin')).toEqual([
      '2027-10-31T00:30:00',
      '2027-11-01T01:30:00',
    ])
  })
  it('hold in zones far from UTC', () => {
    expect(fires('cron(0 0 1 1 ? *)', '2026-11-20T00:00:00', 1, 'Pacific/Kiritimati')).toEqual(['2026-12-31T10:00:00'])
    expect(zoneOffset('Nowhere/At_all')).toBeNull()
  })
})

describe('refusals name the place and the remedy', () => {
  test.each([
    ['*/5 * * * *', 'Write cron(*/5 * * * ? *)'],
    ['0 9 * * 1-5', 'Write cron(0 9 ? * MON-FRI *)'],
    ['cron(0 9 1 * 0)', 'Write cron(0 9 1 * ? *) and cron(0 9 ? * SUN *)'],
    ['cron(0 1 * * * *)', 'put ? in one of them'],
    ['cron(0 1 ? * ? *)', 'give one of them'],
    ['cron(71 8 1 * ? *)', '71 is no minutes: minutes takes 0-59'],
    ['cron(7 20 ? * NOT *)', 'NOT is no day of week: day of week takes 1-7 or SUN-SAT'],
    ['cron(0/0 * * * ? *)', 'the step after /'],
    ['cron(0 8 ? * 6#6 *)', '1 to 5'],
    ['cron(0 8 ? * 3#1,6#3 *)', '# stands alone'],
    ['cron(0 8 ? * MON,6#3 *)', '# stands alone'],
    ['cron(0 8 L-31 * ? *)', 'no day 31 days before'],
    ['cron()', 'has no fields'],
    ['rate(1 minutes)', 'write rate(1 minute)'],
    ['rate(5 minute)', 'write rate(5 minutes)'],
    [' rate(5 minutes)', 'is no schedule expression'],
    ['at(2026-11-20T08:00:00)', 'is of EventBridge Scheduler'],
    ['', 'Nothing is no schedule expression'],
  ])('%s', (expression, part) => {
    expect(refusal(expression)).toContain(part)
  })
  it('the Scheduler takes more', () => {
    expect(refusal('rate(1 hours)', 'scheduler')).toBe('accepted')
    expect(refusal('at(2026-02-30T08:00:00)', 'scheduler')).toContain('is no date and time')
  })
})
