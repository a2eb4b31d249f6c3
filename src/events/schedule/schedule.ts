/** What a schedule expression means. Plain data, made by `parseSchedule`. */

/** Which days of a month, or of its weeks. */
export type DayRule =
  | { readonly kind: 'days'; readonly values: ReadonlySet<number> }
  /** `L`, `L-3`: counted back from the last day of the month. */
  | { readonly kind: 'last'; readonly back: number }
  /** `15W`: the weekday (Monday to Friday) of the month nearest to a day. */
  | { readonly kind: 'nearestWeekday'; readonly day: number }
  | { readonly kind: 'lastWeekday' }
  /** `6L`: the last Friday of the month. */
  | { readonly kind: 'lastOf'; readonly weekday: number }
  /** `6#3`: the third Friday of the month. */
  | { readonly kind: 'nth'; readonly weekday: number; readonly nth: number }

export interface CronSchedule {
  readonly kind: 'cron'
  /** Ascending. */
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: ReadonlySet<number>
  readonly years: ReadonlySet<number>
  /** Which of the two day fields is not `?`. */
  readonly by: 'month' | 'week'
  /** A day fits that fits one of them. */
  readonly days: readonly DayRule[]
}

export interface RateSchedule {
  readonly kind: 'rate'
  /** Seconds between two fires, the first after one of them (EB-64). */
  readonly every: number
}

export interface AtSchedule {
  readonly kind: 'at'
  /** Seconds on the calendar of the schedule's time zone. */
  readonly at: number
}

export type Schedule = CronSchedule | RateSchedule | AtSchedule

/** `rule`: EventBridge rules, `scheduler`: EventBridge Scheduler, which takes more (EB-66). */
export type ScheduleApi = 'rule' | 'scheduler'

/** Why an expression is refused, with the remedy. */
export interface Refused {
  readonly refused: string
}
