import { describe, expect, it } from 'vitest'
import { parseSchedule, secondsOf, UTC, type Schedule } from '../../events/schedule'
import { cronOf, fieldProblem, FIRST, modeOf, PRESETS, rateOf, writeAt, writeCron, writeRate } from './expression'
import { firesFrom, instantOf, offsetOf, onClock, shiftAfter } from './fires'

const parsed = (text: string): Schedule => {
  const schedule = parseSchedule(text, 'scheduler')
  if ('refused' in schedule) throw new Error(schedule.refused)
  return schedule
}
const at = (iso: string): number => secondsOf(iso)!

describe('the parts of an expression', () => {
  it('are read and written', () => {
    expect(modeOf('rate(5')).toBe('rate')
    expect(modeOf('0 8 * * 1')).toBeNull()
    expect(rateOf('rate(1 hour)')).toEqual({ count: 1, unit: 'hour' })
    expect(writeRate({ count: 1, unit: 'day' })).toBe('rate(1 day)')
    expect(writeRate({ count: 2, unit: 'day' })).toBe('rate(2 days)')
    expect(cronOf('cron(0 8 * * ?)')).toBeNull()
    expect(writeAt('2026-11-20T08:00')).toBe('at(2026-11-20T08:00:00)')
  })
  it('keep one of the two day fields ?', () => {
    const fields = cronOf('cron(0 8 * * ? *)')!
    expect(writeCron(fields, 4, 'MON-FRI')).toBe('cron(0 8 ? * MON-FRI *)')
    expect(writeCron(fields, 2, '?')).toBe('cron(0 8 ? * * *)')
    expect(writeCron(fields, 1, '')).toBe('cron(0 * * * ? *)')
  })
  it('tell what is wrong with one of them', () => {
    const fields = cronOf('cron(61 8 ? * FRY *)')!
    expect(fields.map((_, i) => fieldProblem(fields, i) !== null)).toEqual([true, false, false, false, true, false])
  })
  it('begin with what is accepted', () => {
    for (const text of [...Object.values(FIRST), ...PRESETS.map((preset) => preset.text)])
      expect(parseSchedule(text, 'scheduler')).not.toHaveProperty('refused')
  })
})

describe('fire times', () => {
  const sarajevo = offsetOf('Europe/Sarajevo')!
  const evening = parsed('cron(0 20 * * ? *)')
  const from = at('2026-11-20T00:00:00')

  it('are shown on another clock: 21:00 in winter, 22:00 in summer (L10)', () => {
    const [winter] = firesFrom(evening, { from })
    expect(onClock(winter!, UTC)).toEqual({ date: 'Fri 20 Nov 2026', time: '20:00' })
    expect(onClock(winter!, sarajevo).time).toBe('21:00')
    const shift = shiftAfter(evening, from, UTC, sarajevo)!
    expect(onClock(shift, sarajevo)).toEqual({ date: 'Sun 28 Mar 2027', time: '22:00' })
  })
  it('do not move where the schedule reads the same clock, or one without seasons', () => {
    expect(shiftAfter(evening, from, sarajevo, sarajevo)).toBeNull()
    expect(shiftAfter(evening, from, UTC, offsetOf('Asia/Tokyo')!)).toBeNull()
    expect(shiftAfter(parsed('rate(1 day)'), from, UTC, sarajevo)).toBeNull()
  })
  it('lie between start and end, and a rate counts from its start', () => {
    const start = instantOf('2026-11-20T00:02:30Z')!
    const fires = firesFrom(parsed('rate(1 minute)'), { from, start, end: start + 150 })
    expect(fires).toEqual([start, start + 60, start + 120])
    expect(firesFrom(parsed('rate(1 minute)'), { from: start + 61, start })[0]).toBe(start + 120)
    expect(firesFrom(parsed('rate(1 minute)'), { from })[0]).toBe(from + 60)
    expect(firesFrom(evening, { from, start: at('2026-12-01T00:00:00') })[0]).toBe(at('2026-12-01T20:00:00'))
  })
})
