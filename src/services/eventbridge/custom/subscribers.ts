import { Table } from '../../../kernel/columns'
import { toMicros } from '../../../model/units'
import type { Payload, ServiceContext } from '../../service'
import { ArchiveStore } from '../archive/store'
import { bytesOf } from '../../message-size'
import { hasSubscribers } from './mode'

/** What subscribers need to know of a rule. */
interface Subscriber {
  readonly resource: number
  /** Row of its bus, -1 when that has none. */
  readonly row: number
  readonly enabled: boolean
  readonly startsAt: number
  matches(payload: number): boolean
}

export interface SubscribersOptions {
  /** Buses, in the order of their rows. */
  readonly buses: readonly string[]
  readonly rules: number
  subscriber(rule: number): Subscriber
  /** A late subscriber matched an event. */
  matched(rule: number): void
  /** Delivers to the one target; the number of the delivery, or -1 when there is none. */
  deliver(rule: number, payload: number, past: number): number
}

const NONE = -1
/** Integers of a waiting event. */
const INTS = 5
const RULE = 0
const GROUP = 1
const PAYLOAD = 2
const TRACE = 3
const PAST = 4

/**
 * Custom buses of autumn 2026 (EB-N): they keep events, so that a subscriber that starts late or was paused gets them; a subscriber gets events of
 * one group one after the other; a deduplication id counts once within its window. Null when the scenario has no such bus.
 */
export function createSubscribers(context: ServiceContext, options: SubscribersOptions) {
  const { kernel, payloads } = context
  const { recorder } = kernel
  const { buses } = options
  const kept = buses.map((bus) => hasSubscribers(bus, context.scenario()))
  if (!kept.includes(true)) return null
  const why = {
    caughtUp: context.reason('eventbridge.caughtUp'),
    duplicate: context.reason('eventbridge.duplicate'),
    inOrder: context.reason('eventbridge.inOrder'),
  }
  const retention = toMicros(context.number('eventbridge.customRetention'))
  const window = context.number('eventbridge.duplicateWindow')
  const show = buses.map((bus, row) => (kept[row] ? context.level(context.index(bus), 'kept') : null))
  const store = new ArchiveStore(kernel, {
    archives: buses.length,
    delay: 0,
    until: toMicros(context.scenario().duration),
    retention: () => retention,
    bytesOf: (payload) => bytesOf(payloads.get(payload)),
    changed: (row) => show[row]?.(store.count(row)),
  })

  /** By rule: from when on it has not seen events (µs), and whether it sees them as they come. */
  const rules = kernel.part(new Table(Math.max(1, options.rules)))
  const position = rules.f64()
  const listens = rules.u8()
  for (let rule = 0; rule < options.rules; rule++) rules.add()
  /** Deduplication ids of late, oldest first by row: bus, the id as a payload, when. */
  const seen = kernel.part(new Table(16))
  const seenBus = seen.i32(NONE)
  const seenId = seen.i32(NONE)
  const seenAt = seen.f64()
  /** Groups of which a delivery is under way, by the number of that. */
  const underWay = kernel.part(new Table(16))
  const ruleOf = underWay.i32(NONE)
  const groupOf = underWay.i32(NONE)
  /** Events that wait for theirs, in the order of `order`. */
  const waiting = kernel.part(new Table(16))
  const ints = waiting.i32(NONE)
  const columns = Array.from({ length: INTS - 1 }, () => waiting.i32(NONE))
  const order = waiting.f64(Infinity)
  const counter = kernel.part(new Table(1))
  const next = counter.f64()
  counter.add()
  const column = (which: number) => (which === RULE ? ints : columns[which - 1]!)

  /** A text as a number that means the same in every run. */
  const numberOf = (group: string): number => payloads.intern({ body: {}, poison: false, group })
  const isBusy = (rule: number, group: number): boolean => {
    for (let n = 0; n < underWay.size; n++) if (ruleOf.data[n] === rule && groupOf.data[n] === group) return true
    return false
  }
  const wait = (rule: number, group: number, payload: number, past: number): void => {
    const at = waiting.add()
    ;[rule, group, payload, recorder.trace, past].forEach((value, which) => (column(which).data[at] = value))
    order.data[at] = next.data[0] = next.data[0]! + 1
    let count = 0
    for (let n = 0; n < waiting.size; n++) if (ints.data[n] === rule && column(GROUP).data[n] === group) count++
    const { resource, row } = options.subscriber(rule)
    context.explain(why.inOrder, context.index(buses[row]!), resource, count)
  }
  const begin = (rule: number, group: number, payload: number, past: number): void => {
    const n = options.deliver(rule, payload, past)
    if (n < 0 || group < 0) return
    while (underWay.size <= n) underWay.add()
    ruleOf.data[n] = rule
    groupOf.data[n] = group
  }
  const send = (rule: number, payload: number, past: number): void => {
    const { group } = payloads.get(payload)
    if (group === undefined) return begin(rule, NONE, payload, past)
    const number = numberOf(group)
    if (isBusy(rule, number)) wait(rule, number, payload, past)
    else begin(rule, number, payload, past)
  }

  return {
    /** Whether the rule is a subscriber, so that `send` delivers for it. */
    has: (row: number): boolean => kept[row] === true,
    send,
    /** An event is on the bus. */
    keep(row: number, payload: number, past: number): void {
      if (kept[row]) store.put(row, payload, past)
    },
    /** Whether an event with this deduplication id came of late; it is noted if not. */
    isDuplicate(row: number, { deduplication }: Payload): boolean {
      if (!kept[row] || deduplication === undefined) return false
      const id = numberOf(deduplication)
      const since = kernel.now - window * 1e6
      let found = false
      for (let n = 0; n < seen.size; n++) {
        if (seenBus.data[n] === NONE) continue
        if (seenAt.data[n]! < since) seen.remove(n)
        else if (seenBus.data[n] === row && seenId.data[n] === id) found = true
      }
      if (found) {
        const bus = context.index(buses[row]!)
        context.explain(why.duplicate, bus, bus, window)
        return true
      }
      const n = seen.add()
      seenBus.data[n] = row
      seenId.data[n] = id
      seenAt.data[n] = kernel.now
      return false
    },
    /** A delivery is over, with whatever outcome. */
    ended(n: number): void {
      if (n >= underWay.size || ruleOf.data[n] === NONE) return
      const rule = ruleOf.data[n]!
      const group = groupOf.data[n]!
      ruleOf.data[n] = NONE
      let first = NONE
      for (let w = 0; w < waiting.size; w++)
        if (ints.data[w] === rule && column(GROUP).data[w] === group)
          if (first === NONE || order.data[w]! < order.data[first]!) first = w
      if (first === NONE) return
      const payload = column(PAYLOAD).data[first]!
      const past = column(PAST).data[first]!
      const { trace, cause } = recorder
      recorder.trace = column(TRACE).data[first]!
      waiting.remove(first)
      begin(rule, group, payload, past)
      recorder.trace = trace
      recorder.cause = cause
    },
    /** Rules were started or paused: who starts gets what was kept since it stopped, or since it shall start. */
    configure(): void {
      for (let rule = 0; rule < options.rules; rule++) {
        const { resource, row, enabled, startsAt, matches } = options.subscriber(rule)
        if (row < 0 || !kept[row] || enabled === (listens.data[rule] === 1)) continue
        listens.data[rule] = enabled ? 1 : 0
        if (!enabled) {
          position.data[rule] = kernel.now
          continue
        }
        const from = Math.max(position.data[rule]!, startsAt)
        const missed = [...store.between(row, from, kernel.now)].filter(({ payload }) => matches(payload))
        if (missed.length === 0) continue
        recorder.trace = NONE
        context.explain(why.caughtUp, context.index(buses[row]!), resource, missed.length)
        const { cause } = recorder
        for (const { payload, trace, past } of missed) {
          recorder.cause = cause
          recorder.trace = trace
          options.matched(rule)
          send(rule, payload, past)
        }
      }
    },
  }
}
