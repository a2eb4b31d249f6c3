import { Table } from '../../kernel/columns'
import { MICROS, toMicros } from '../../model/units'
import type { Runtime, ServiceContext } from '../service'
import { createTimetable } from '../timetable'
import { actionsOf, limitsOf, planOf, policyOf, POLICY, scaledBy, TARGET, type Limits, type Policy } from './settings'

const MINUTE = 60 * MICROS

/**
 * Scales provisioned concurrency: limits that scheduled actions change, and policies that follow a target by data points of a minute (LAM-50).
 * It asks Lambda for another amount by the signal `lambda.provision`.
 */
export function install(context: ServiceContext): Runtime {
  const { kernel } = context
  const { metrics, recorder } = kernel
  const outPoints = context.number('autoscaling.outPoints')
  const inPoints = context.number('autoscaling.inPoints')
  const inShare = context.number('autoscaling.inShare')
  const why = {
    out: context.reason('autoscaling.out'),
    in: context.reason('autoscaling.in'),
    atMax: context.reason('autoscaling.atMax'),
    scheduled: context.reason('autoscaling.scheduled'),
    limits: context.reason('autoscaling.limits'),
  }
  const last = toMicros(context.scenario().duration)

  const ids = context.ids(TARGET)
  const targets = kernel.part(new Table(ids.length || 1))
  const min = targets.f64()
  const max = targets.f64()
  const meters = ids.map((id) => ({
    capacity: metrics.series(id, 'DesiredCapacity', 'gauge'),
    outs: metrics.series(id, 'ScaleOuts', 'count'),
    ins: metrics.series(id, 'ScaleIns', 'count'),
  }))
  const resources = ids.map((id) => context.index(id))
  let scaled: number[] = []
  /** What the documents said last, so that a `set` elsewhere leaves alone what a scheduled action changed. */
  const documented: string[] = []

  const policyIds = context.ids(POLICY)
  let policies: Policy[] = []
  const table = kernel.part(new Table(policyIds.length || 1))
  /** Integral of the utilisation when the minute began; data points running above the target and below the threshold. */
  const area = table.f64()
  const above = table.i32()
  const below = table.i32()
  /** When the cooldowns end (µs). */
  const mayOut = table.f64()
  const mayIn = table.f64()

  /** Asks for another amount; what follows is caused by the reason told. */
  const scale = (target: number, amount: number, reason: number, by: number): void => {
    const resource = scaled[target]!
    const before = context.read('lambda.provisioned', resource)
    recorder.trace = -1
    recorder.cause = -1
    context.explain(reason, by, resource, amount)
    metrics.count(amount > before ? meters[target]!.outs : meters[target]!.ins)
    metrics.gauge(meters[target]!.capacity, amount)
    context.signal('lambda.provision', resource, amount)
  }
  const bounded = (target: number, amount: number): number =>
    Math.max(min.data[target]!, Math.min(max.data[target]!, amount))

  /** What is outside the limits is changed at once. */
  const keep = (target: number): void => {
    const resource = scaled[target]!
    if (resource < 0) return
    const present = context.read('lambda.provisioned', resource)
    const amount = bounded(target, present)
    if (amount === present) metrics.gauge(meters[target]!.capacity, present)
    else scale(target, amount, why.limits, resources[target]!)
  }
  const limit = (target: number, limits: Limits): void => {
    min.data[target] = limits.min ?? min.data[target]!
    max.data[target] = Math.max(min.data[target], limits.max ?? max.data[target]!)
  }

  // a target's rows of the timetable follow one another; a `set` may add none
  const rows = ids.flatMap((id, target) => actionsOf(id, context.scenario()).map((_, nth) => ({ target, nth })))
  const timetable = createTimetable(
    context,
    rows.length,
    () => 0,
    (row) => {
      const { target, nth } = rows[row]!
      const action = actionsOf(ids[target]!, context.scenario())[nth]
      if (action === undefined || scaled[target]! < 0) return
      limit(target, action.limits)
      recorder.cause = -1
      context.explain(why.scheduled, resources[target]!, scaled[target], min.data[target])
      keep(target)
    },
  )

  const configure = (): void => {
    const scenario = context.scenario()
    scaled = ids.map((id) => {
      const to = scaledBy(id, scenario)
      return to === null ? -1 : context.index(to)
    })
    policies = policyIds.map((id) => policyOf(id, scenario))
    rows.forEach(({ target, nth }, row) => {
      const action = actionsOf(ids[target]!, scenario)[nth]
      timetable.set(row, JSON.stringify(action ?? null), action === undefined ? null : planOf(action))
    })
    ids.forEach((id, target) => {
      const limits = limitsOf(id, scenario)
      const text = JSON.stringify(limits)
      if (documented[target] === text) return
      documented[target] = text
      limit(target, limits)
      keep(target)
    })
  }

  /** A minute is over: a data point for each policy. None without use, and then nothing is decided. */
  const tick = (p: number): void => {
    const { target: id, value, inCooldown, outCooldown, scalesIn } = policies[p]!
    const target = id === null ? -1 : ids.indexOf(id)
    const resource = scaled[target] ?? -1
    if (resource < 0) return
    const use = context.read('lambda.provisionedUse', resource)
    const utilisation = (use - area.data[p]!) / MINUTE
    area.data[p] = use
    const threshold = value * inShare
    above.data[p] = utilisation > value ? above.data[p]! + 1 : 0
    below.data[p] = utilisation > 0 && utilisation < threshold ? below.data[p]! + 1 : 0
    if (context.read('lambda.provisioning', resource) === 1) return
    const present = context.read('lambda.provisioned', resource)
    // the share of a whole number that a ratio of whole numbers makes may be a hair above it
    const amount = bounded(target, Math.ceil((present * utilisation) / value - 1e-6))
    const { now } = kernel
    const policy = context.index(policyIds[p]!)
    if (above.data[p] >= outPoints && now >= mayOut.data[p]!) {
      if (amount > present) {
        mayOut.data[p] = now + outCooldown * MICROS
        scale(target, amount, why.out, policy)
      } else if (above.data[p] === outPoints) context.explain(why.atMax, policy, resource, present)
    } else if (scalesIn && below.data[p] >= inPoints && now >= mayIn.data[p]! && amount < present) {
      mayIn.data[p] = now + inCooldown * MICROS
      scale(target, amount, why.in, policy)
    }
  }
  const minute = kernel.handler(() => {
    recorder.trace = -1
    for (let p = 0; p < policies.length; p++) tick(p)
    if (kernel.now + MINUTE <= last) kernel.after(MINUTE, minute, 0)
  })

  return {
    start() {
      ids.forEach(() => targets.add())
      policyIds.forEach(() => table.add())
      configure()
      if (policies.length > 0 && MINUTE <= last) kernel.after(MINUTE, minute, 0)
    },
    configure,
  }
}
