import { Table } from '../../kernel/columns'
import { MICROS, toMicros } from '../../model/units'
import { MetricSource } from '../metric-source'
import type { Cost, Runtime, ServiceContext } from '../service'
import { alarmMachine } from './machine'
import { ALARM, alarmSettings, isBeyond } from './settings'

const HOUR = 3_600 * MICROS

/** Alarms: a data point at the end of each period, and in ALARM a call of their scaling policies, which come again each period (SQS-10). */
export function install(context: ServiceContext): Runtime {
  const { kernel } = context
  const { recorder } = kernel
  const ids = context.ids(ALARM)
  const resources = ids.map((id) => context.index(id))
  const why = { alarm: context.reason('cloudwatch.alarm'), ok: context.reason('cloudwatch.ok') }
  const last = toMicros(context.scenario().duration)
  let settings = ids.map((id) => alarmSettings(id, context.scenario()))
  const source = new MetricSource(context, ids.length)
  const table = kernel.part(new Table(Math.max(1, ids.length)))
  /** Bits of the newest data points, the newest lowest: there was one; it is beyond the threshold. */
  const known = table.i32()
  const beyond = table.i32()
  const life = context.lifecycle({
    entities: table,
    machine: alarmMachine,
    drawn: { owner: (alarm) => resources[alarm]!, label: (alarm) => ids[alarm]! },
    implementation: {},
  })
  const event = { breaching: life.event('BREACHING'), fine: life.event('FINE'), noData: life.event('NO_DATA') }
  const ALARMING = life.code('ALARM')

  const evaluate = (alarm: number, value: number | null): void => {
    const it = settings[alarm]!
    if (value === null && it.missing === 'ignore') return
    const treated = value !== null || it.missing !== 'missing'
    const breaches = value === null ? it.missing === 'breaching' : isBeyond(value, it)
    const mask = 2 ** it.periods - 1
    known.data[alarm] = ((known.data[alarm]! << 1) | (treated ? 1 : 0)) & mask
    beyond.data[alarm] = ((beyond.data[alarm]! << 1) | (treated && breaches ? 1 : 0)) & mask
    const was = life.state.data[alarm]!
    const next =
      known.data[alarm] === 0 ? event.noData : bits(beyond.data[alarm]) >= it.points ? event.breaching : event.fine
    const of = it.metric === null ? -1 : context.index(it.metric.resource)
    recorder.cause = -1
    recorder.trace = -1
    if (next === event.breaching && was !== ALARMING) context.explain(why.alarm, resources[alarm]!, of, value ?? 0)
    if (next === event.fine && was === ALARMING) context.explain(why.ok, resources[alarm]!, of, value ?? 0)
    life.send(alarm, next)
    if (next !== event.breaching || value === null) return
    const { cause } = recorder
    for (const policy of it.actions) {
      recorder.cause = cause
      context.signal('cloudwatch.alarm', context.index(policy), value - it.threshold)
    }
  }
  const over = kernel.handler((alarm) => {
    const { metric } = settings[alarm]!
    evaluate(alarm, metric === null ? null : source.read(alarm, metric))
    plan(alarm)
  })
  const plan = (alarm: number): void => {
    const period = toMicros(settings[alarm]!.period)
    recorder.cause = -1
    recorder.trace = -1
    if (kernel.now + period <= last) kernel.after(period, over, alarm)
  }

  return {
    start() {
      ids.forEach(() => {
        const alarm = table.add()
        life.drawn.born(alarm)
        life.start(alarm)
        plan(alarm)
      })
    },
    configure: () => void (settings = ids.map((id) => alarmSettings(id, context.scenario()))),
    costs: () =>
      ids.map((resource): Cost => ({
        resource,
        item: 'Alarm',
        quantity: kernel.now / HOUR,
        unit: 'h',
        fact: 'cloudwatch.alarmPrice',
        idle: true,
        perSecond: 1 / 3_600,
      })),
  }
}

function bits(set: number): number {
  let count = 0
  for (let left = set; left !== 0; left &= left - 1) count++
  return count
}
