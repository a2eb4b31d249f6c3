import { dayNumber, monthLength, weekday } from './civil'
import { elementOf, FIELDS, valueOf, type Field } from './cron-field'
import type { DayRule, Refused } from './schedule'

const SATURDAY = 7
const isWorkday = (day: number): boolean => day !== 1 && day !== SATURDAY

/** The rules of a day field: lists of values, and what only days know: `L`, `W`, `#` (EB-60). */
export function dayRulesOf(text: string, by: 'month' | 'week'): DayRule[] | Refused {
  const field: Field = by === 'month' ? FIELDS.monthDays : FIELDS.weekDays
  const rules: DayRule[] = []
  const values = new Set<number>()
  const elements = text.split(',')
  if (elements.length > 1 && text.includes('#'))
    return { refused: `${text}: # stands alone; write a schedule for each.` }
  for (const element of elements) {
    const special = by === 'month' ? monthRule(element.toUpperCase()) : weekRule(element.toUpperCase())
    if (special !== null) {
      if ('refused' in special) return special
      rules.push(special)
      continue
    }
    const found = elementOf(element, field)
    if ('refused' in found) return found
    for (const value of found) values.add(value)
  }
  if (values.size > 0) rules.push({ kind: 'days', values })
  return rules
}

function monthRule(text: string): DayRule | Refused | null {
  if (text === 'LW') return { kind: 'lastWeekday' }
  const last = /^L(?:-(\d{1,2}))?$/.exec(text)
  if (last !== null) {
    const back = Number(last[1] ?? 0)
    return back <= 30
      ? { kind: 'last', back }
      : { refused: `${text}: a month has no day ${back} days before its last.` }
  }
  const near = /^(\d{1,2})W$/.exec(text)
  if (near === null) return null
  const day = valueOf(near[1]!, FIELDS.monthDays)
  return day === null ? { refused: `${text}: W stands after a day from 1 to 31.` } : { kind: 'nearestWeekday', day }
}

function weekRule(text: string): DayRule | Refused | null {
  if (text === 'L') return { kind: 'days', values: new Set([SATURDAY]) }
  const last = /^([A-Z]{3}|\d)L$/.exec(text)
  const nth = /^([A-Z]{3}|\d)#(\d+)$/.exec(text)
  if (last === null && nth === null) return null
  const day = valueOf((last ?? nth)![1]!, FIELDS.weekDays)
  if (day === null) return { refused: `${text}: the day is 1-7 or SUN-SAT, 1 is Sunday.` }
  if (nth === null) return { kind: 'lastOf', weekday: day }
  const which = Number(nth[2])
  return which >= 1 && which <= 5
    ? { kind: 'nth', weekday: day, nth: which }
    : { refused: `${text}: after # stands which one of the month, 1 to 5.` }
}

/** Days of a month that fit, ascending. */
export function daysOfMonth(rules: readonly DayRule[], by: 'month' | 'week', year: number, month: number): number[] {
  const length = monthLength(year, month)
  const first = weekday(dayNumber(year, month, 1))
  const weekdayOf = (day: number): number => ((first - 1 + day - 1) % 7) + 1
  const days = new Set<number>()
  for (const rule of rules) {
    for (const day of fitting(rule, by, length, weekdayOf)) if (day >= 1 && day <= length) days.add(day)
  }
  return [...days].sort((a, b) => a - b)
}

function fitting(
  rule: DayRule,
  by: 'month' | 'week',
  length: number,
  weekdayOf: (day: number) => number,
): Iterable<number> {
  switch (rule.kind) {
    case 'days': {
      if (by === 'month') return rule.values
      return Array.from({ length }, (_, i) => i + 1).filter((day) => rule.values.has(weekdayOf(day)))
    }
    case 'last':
      return [length - rule.back]
    case 'lastWeekday': {
      const off = [weekdayOf(length), weekdayOf(length - 1)].findIndex(isWorkday)
      return [off < 0 ? length - 2 : length - off]
    }
    case 'nearestWeekday':
      return rule.day > length ? [] : [nearestWorkday(rule.day, length, weekdayOf)]
    case 'lastOf':
      return [length - ((weekdayOf(length) - rule.weekday + 7) % 7)]
    case 'nth':
      return [1 + ((rule.weekday - weekdayOf(1) + 7) % 7) + 7 * (rule.nth - 1)]
  }
}

/** Never leaves the month: the first on a Saturday moves to Monday the third, the last on a Sunday to Friday. */
function nearestWorkday(day: number, length: number, weekdayOf: (day: number) => number): number {
  const on = weekdayOf(day)
  if (on === SATURDAY) return day === 1 ? 3 : day - 1
  if (on === 1) return day === length ? day - 2 : day + 1
  return day
}
