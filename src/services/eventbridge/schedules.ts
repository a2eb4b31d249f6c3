import { Table } from '../../kernel/columns'
import { nextFires, type Schedule } from '../../events/schedule'
import { isoTime, RUN_EPOCH } from '../../model/identity'
import type { JsonObject, LogicalId } from '../../model/scenario'
import { MICROS, toMicros } from '../../model/units'
import type { ServiceContext } from '../service'

/** Amazon resource name of a rule on the default bus. */
export const ruleArn = (id: LogicalId): string => `arn:aws:events:us-east-1:123456789012:rule/${id}`

/** What a schedule sends (EB-65). */
export const scheduledEvent = (rule: LogicalId, at: number): JsonObject => ({
  version: '0',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: isoTime(at),
  region: 'us-east-1',
  resources: [ruleArn(rule)],
  detail: {},
})

interface Clock {
  /** Plans from now on; null: it no longer fires. A `rate` begins to count (EB-64). */
  set(rule: number, schedule: Schedule | null): void
}

/** Fires rules by the clock, as far as the scenario lasts: a schedule alone must not keep a run from ending. */
export function createSchedules(
  context: ServiceContext,
  rules: readonly LogicalId[],
  fire: (rule: number) => void,
): Clock {
  const { kernel } = context
  const last = toMicros(context.scenario().duration)
  const delays = rules.map((id) => context.sampler(context.fact('eventbridge.scheduleDelay'), id, 'schedule'))
  const schedules: (Schedule | null)[] = rules.map(() => null)
  const table = kernel.part(new Table(rules.length))
  /** The minute or the instant the schedule names (µs), and when it fires: -1 without one. */
  const named = table.f64(-1)
  const due = table.f64(-1)
  for (const _ of rules) table.add()

  const plan = (rule: number, after: number, first: boolean): void => {
    const schedule = schedules[rule]!
    due.data[rule] = -1
    const from = RUN_EPOCH + after / MICROS
    // a cron minute that begins with the run counts, so does none that has begun
    const options = schedule?.kind === 'cron' ? { from, inclusive: first } : { from }
    const next = schedule === null ? undefined : nextFires(schedule, { ...options, count: 1 })[0]
    if (next === undefined) return
    const at = Math.round((next - RUN_EPOCH) * MICROS)
    named.data[rule] = at
    const firing = at + delays[rule]!()
    if (firing > last) return
    due.data[rule] = firing
    kernel.after(firing - kernel.now, fired, rule)
  }
  const fired = kernel.handler((rule) => {
    // planned anew meanwhile
    if (due.data[rule] !== kernel.now) return
    kernel.recorder.trace = -1
    fire(rule)
    plan(rule, named.data[rule]!, false)
  })
  const texts: string[] = []
  return {
    set(rule, schedule) {
      const text = JSON.stringify(schedule, (_, value: unknown) => (value instanceof Set ? [...value] : value))
      if (texts[rule] === text) return
      texts[rule] = text
      schedules[rule] = schedule
      plan(rule, kernel.now, true)
    },
  }
}
