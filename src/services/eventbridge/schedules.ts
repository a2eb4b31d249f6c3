import { nextFires, type Schedule } from '../../events/schedule'
import { isoTime } from '../../model/identity'
import type { JsonObject, LogicalId } from '../../model/scenario'
import { MICROS } from '../../model/units'
import { EVENT_ID } from '../filled'
import type { ServiceContext } from '../service'
import { createTimetable } from '../timetable'

/** What a schedule sends (EB-65). `rule`: its Amazon resource name; `at`: µs. */
export const scheduledEvent = (rule: string, at: number): JsonObject => ({
  version: '0',
  id: EVENT_ID,
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: isoTime(at).replace(/\.\d+Z$/, 'Z'),
  region: 'us-east-1',
  resources: [rule],
  detail: {},
})

interface Clock {
  /** Plans from now on; null: it no longer fires. A `rate` begins to count (EB-64). */
  set(rule: number, schedule: Schedule | null): void
}

/** Fires rules by the clock, some time after the minute their schedule names (EB-63). */
export function createSchedules(
  context: ServiceContext,
  rules: readonly LogicalId[],
  fire: (rule: number) => void,
): Clock {
  const delays = rules.map((id) => context.sampler(context.fact('eventbridge.scheduleDelay'), id, 'schedule'))
  const next = rules.map((id) => context.level(context.index(id), 'next'))
  const timetable = createTimetable(
    context,
    rules.length,
    (rule) => delays[rule]!(),
    fire,
    (rule, at) => next[rule]!(Math.max(0, at / MICROS)),
  )
  return {
    set(rule, schedule) {
      const text = JSON.stringify(schedule, (_, value: unknown) => (value instanceof Set ? [...value] : value))
      // a cron minute that begins with the run counts, so does none that has begun
      const after = (from: number, first: boolean): number | undefined =>
        nextFires(schedule!, { from, count: 1, inclusive: first && schedule!.kind === 'cron' })[0]
      timetable.set(rule, text, schedule === null ? null : { next: after })
    },
  }
}
