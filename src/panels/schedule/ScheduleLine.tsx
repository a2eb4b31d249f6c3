import { nextFires, parseSchedule } from '../../events/schedule'
import { RUN_EPOCH } from '../../model/identity'
import { apiOf } from './expression'
import { offsetOf, onClock } from './fires'
import { readingOf } from './reading'

interface ScheduleLineProps {
  expression: string
  /** Of the resource it belongs to. */
  type: string | undefined
  zone: string
}

/** Under the property: the schedule in words, and when a run sees it first. Nothing for what cannot be read: the field says why. */
export default function ScheduleLine({ expression, type, zone }: ScheduleLineProps) {
  const schedule = parseSchedule(expression, apiOf(type))
  const offset = offsetOf(zone)
  if ('refused' in schedule || offset === null) return null
  const [first] = nextFires(schedule, { from: RUN_EPOCH, inclusive: true, count: 1, offset })
  const next = first === undefined ? undefined : onClock(first, offset)
  return (
    <p className="xs faint insp-hint num">
      {readingOf(schedule, zone)}
      {next === undefined
        ? ' It does not fire any more.'
        : schedule.kind === 'cron'
          ? ` First: ${next.date}, ${next.time}.`
          : ''}
    </p>
  )
}
