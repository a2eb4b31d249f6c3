import { Table } from '../../kernel/columns'
import type { LogicalId } from '../../model/scenario'
import { MICROS, toMicros } from '../../model/units'
import type { Runtime, ServiceContext } from '../service'
import { createTimetable } from '../timetable'
import { Fleet } from './fleet'
import { Work } from './labour'
import { Scaling } from './scaling'
import { policyOf, scheduledOf } from './policies'
import { GROUP, groupSettings, POLICY, SCHEDULED } from './settings'
import { planOf } from './timing'

const MINUTE = 60 * MICROS

/** Auto Scaling groups whose instances work on a queue: launched and sent away by policies, alarms and the clock (ASG-1, ASG-2, SQS-10). */
export function install(context: ServiceContext): Runtime {
  const { kernel } = context
  const ids = context.ids(GROUP)
  const policyIds = context.ids(POLICY)
  const actionIds = context.ids(SCHEDULED)
  const groupOf = (id: LogicalId): number => ids.indexOf(id)
  const last = toMicros(context.scenario().duration)
  const settings = ids.map((id) => groupSettings(id, context.scenario()))
  const scheduledReason = context.reason('ec2autoscaling.scheduled')
  const instances = kernel.part(new Table(64))
  const work = new Work(context, ids, instances)
  const fleet = new Fleet(context, ids, instances, settings, work)
  work.fleet = fleet
  const scaling = new Scaling(context, fleet, settings, policyIds, groupOf)
  /** What the documents said last of sizes, so that a `set` elsewhere leaves alone what policies changed. */
  const documented: string[] = []

  const timetable = createTimetable(
    context,
    actionIds.length,
    () => 0,
    (row) => {
      const action = scheduledOf(actionIds[row]!, context.scenario())
      if (action === null) return
      kernel.recorder.cause = -1
      scaling.resize(groupOf(action.group), action.sizes, scheduledReason, context.index(action.id))
    },
  )

  const configure = (): void => {
    const scenario = context.scenario()
    scaling.configure(policyIds.map((id) => policyOf(id, scenario)))
    ids.forEach((id, g) => {
      const before = JSON.stringify(settings[g]!.worker)
      settings[g] = groupSettings(id, scenario)
      const { worker, sizes } = settings[g]
      const text = JSON.stringify(sizes)
      fleet.renew(g)
      if (documented[g] === undefined || before !== JSON.stringify(worker)) {
        work.configure(g, worker)
        for (const i of fleet.idle(g)) work.wake(i)
      }
      if (documented[g] === text) return
      const first = documented[g] === undefined
      documented[g] = text
      if (first) fleet.open(g, sizes.min ?? 0, sizes.max ?? 0, sizes.desired ?? sizes.min ?? 0)
      else scaling.resize(g, sizes)
    })
    actionIds.forEach((id, row) => {
      const action = scheduledOf(id, scenario)
      timetable.set(row, JSON.stringify(action), action === null ? null : planOf(action))
    })
  }

  const minute = kernel.handler(() => {
    kernel.recorder.trace = -1
    kernel.recorder.cause = -1
    scaling.tick()
    if (kernel.now + MINUTE <= last) again()
  })
  const again = (): void => {
    kernel.recorder.cause = -1
    kernel.after(MINUTE, minute)
  }
  context.listen('cloudwatch.alarm', (policy, breach) => scaling.alarm(policy, breach))

  return {
    start() {
      configure()
      if (policyIds.length > 0 && MINUTE <= last) again()
    },
    configure,
    fault(resource, down) {
      const g = groupOf(context.id(resource))
      if (g >= 0) fleet.fail(g, down)
    },
    costs: () => fleet.costs(),
  }
}
