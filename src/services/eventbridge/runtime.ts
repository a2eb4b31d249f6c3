import { Table } from '../../kernel/columns'
import { parseSchedule, type Schedule } from '../../events/schedule'
import { isObject } from '../../model/json'
import { Outcome } from '../../model/recording'
import type { LogicalId } from '../../model/scenario'
import { toMicros, toSeconds } from '../../model/units'
import { deadLetterOf } from '../delivery/dead-letter'
import { createDeliveries, THIRD_HOP, type Route } from '../delivery/deliveries'
import { doubling } from '../delivery/policy'
import { told } from '../filled'
import { pastOf, putAt, putOf, recordedEvent } from '../parcel'
import type { Payload, Runtime, ServiceContext } from '../service'
import { accountOf } from './accounts'
import { PARTNER as BY_PARTNER } from './actions'
import { createArchives } from './archive/archives'
import { ARCHIVE } from './archive/settings'
import { createSubscribers } from './custom/subscribers'
import { entryBytes, eventOf } from './event'
import { contentFor } from './content'
import { BEGINS, createIntake, FROM_BUS, type Entry, type LiveBus, type Origin } from './intake'
import { createLimits } from './limits'
import { busMatcherOf, type BusMatcher } from './matcher'
import { createMeters, CROSS_ACCOUNT, CUSTOM, PARTNER } from './meters'
import { Rounds } from './rounds'
import { liveRule, routeOf, type LiveRule } from './rules'
import { createSchedules, scheduledEvent } from './schedules'
import { BUS, MAX_TARGETS, partnerOf, RULE } from './settings'

/** What cannot be read never fires; the checks say what is wrong with it. */
function scheduleOf(expression: string | null): Schedule | null {
  const schedule = expression === null ? null : parseSchedule(expression, 'rule')
  return schedule === null || 'refused' in schedule ? null : schedule
}

/** A subscriber gets events of one group in order (EB-N). */
const groupOf = ({ group }: Payload): { group?: string } => (group === undefined ? {} : { group })

/** Buses push: for every matching rule and each of its targets, one delivery runs through the chart of `delivery/`. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads, lineage } = context
  const { recorder } = kernel
  const buses = context.ids(BUS)
  const ruleIds = context.ids(RULE)
  const why = {
    matched: context.reason('eventbridge.matched'),
    scheduled: context.reason('eventbridge.scheduled'),
    twice: context.reason('eventbridge.twice'),
    unmatched: context.reason('eventbridge.unmatched'),
    busGone: context.reason('eventbridge.busGone'),
    retry: context.reason('eventbridge.retry'),
    deadLettered: context.reason('eventbridge.deadLettered'),
    dropped: context.reason('eventbridge.dropped'),
    deadLetterFailed: context.reason('eventbridge.deadLetterFailed'),
    paced: context.reason('eventbridge.paced'),
    noRole: context.reason('eventbridge.noRole'),
    notOnward: context.reason('eventbridge.notOnward'),
    loopStopped: context.reason('eventbridge.loopStopped'),
  }
  const latency = buses.map((id) => context.sampler(context.fact('eventbridge.latency'), id, 'delivery'))
  const backOff = {
    base: context.number('eventbridge.retryBase'),
    cap: context.number('eventbridge.retryCap'),
    jitter: context.number('eventbridge.retryJitter'),
  }
  const waits = buses.map((id) => doubling(backOff, kernel.random, context.stream(id, 'retry')))
  const limits = createLimits(
    kernel,
    context.number('eventbridge.putEventsRate'),
    context.number('eventbridge.invocationRate'),
  )
  const duplicates = context.number('eventbridge.duplicates')
  const repeating = buses.map((id) => context.stream(id, 'duplicates'))
  const mostRounds = context.number('eventbridge.mostRounds')
  const { seed } = context.scenario()
  const busRow: number[] = []
  buses.forEach((id, row) => (busRow[context.index(id)] = row))
  const meters = createMeters(context, buses, ruleIds)
  const rounds = kernel.part(new Rounds(ruleIds.length))
  /** Events so far, to tell those of one trace and second apart. */
  const put = kernel.part(new Table(1))
  const events = put.f64()
  put.add()

  /** Rules that are deleted, by their resource. */
  const gone = new Set<number>()
  let rules: LiveRule[] = []
  let rulesOf: number[][] = []
  let heard: BusMatcher[] = []
  let live: LiveBus[] = []

  /** By rule and place of the target: `rule * MAX_TARGETS + target`; after those the same again, for events that go no further (EB-14). */
  const routes: Route[] = []
  const lines = ruleIds.length * MAX_TARGETS
  const ruleOfLine = (line: number): number => Math.floor((line % lines) / MAX_TARGETS)
  const deliveries = createDeliveries(context, {
    routes,
    why,
    hooks: {
      attempted(line, again, n) {
        if (line < lines) meters.attempted(ruleOfLine(line), again, deliveries.age(n))
      },
      delivered(line, n) {
        meters.invoked(ruleOfLine(line), deliveries.age(n))
        subscribers?.ended(n)
      },
      gaveUp(line, _, n) {
        meters.failed(ruleOfLine(line), deliveries.age(n))
        subscribers?.ended(n)
      },
      deadLettered: (line, kept) => meters.deadLettered(ruleOfLine(line), kept),
      deadLetter(line, failure) {
        const { arn, targets } = rules[ruleOfLine(line)]!
        const target = targets[line % MAX_TARGETS]
        const why: typeof failure = line < lines ? failure : { ...failure, outcome: THIRD_HOP }
        return payloads.intern(deadLetterOf(payloads.get(failure.payload), { RULE_ARN: arn }, target, why))
      },
    },
  })

  const configure = (): void => {
    rules = ruleIds.map((id, index) => {
      const rule = liveRule(context, id, rules[index])
      return gone.has(rule.resource) ? { ...rule, settings: { ...rule.settings, enabled: false } } : rule
    })
    rules.forEach((rule, index) => {
      const row = busRow[rule.bus] ?? 0
      const pace = { latency: () => latency[row]!() + paced(index), wait: waits[row]! }
      for (let place = 0; place < MAX_TARGETS; place++) {
        const line = index * MAX_TARGETS + place
        const route = routeOf(context, rule, place, pace, why.noRole)
        routes[line] = route
        routes[lines + line] = { ...route, wire: -1, refusal: why.notOnward, to: rule.resource, latency: null }
      }
    })
    rulesOf = buses.map((id) =>
      rules.flatMap(({ bus, settings }, index) => (settings.enabled && bus === context.index(id) ? [index] : [])),
    )
    heard = rulesOf.map((of, row) =>
      busMatcherOf(
        of.map((index) => rules[index]!.settings.pattern),
        heard[row],
      ),
    )
    live = buses.map((id, row) => ({
      account: accountOf(id, context.scenario()),
      partner: partnerOf(context.scenario().resources[id]),
      exact: rulesOf[row]!.some((index) => rules[index]!.exact),
    }))
    rules.forEach(({ settings, bus }, index) =>
      schedules.set(index, settings.enabled && bus >= 0 ? scheduleOf(settings.schedule) : null),
    )
    archives?.configure()
    subscribers?.configure()
  }

  /** µs a delivery of a rule waits because the account invokes too much (EB-7). */
  const paced = (index: number): number => {
    const delay = limits.delay()
    if (delay > 0) {
      meters.throttled(index)
      context.explain(why.paced, rules[index]!.bus, rules[index]!.resource, toSeconds(delay))
    }
    return delay
  }

  /** One delivery to each target of a rule; returns the last one's number, -1 for none. `onward`: the event came from a bus, and goes to no other (EB-14). */
  const deliver = (index: number, payload: number, past: number, onward: boolean, bytes: number): number => {
    const { bus, targets } = rules[index]!
    const reason = recorder.cause
    let delivery = -1
    for (let place = 0; place < targets.length; place++) {
      const target = targets[place]!
      recorder.cause = reason
      if (onward && target.bus) {
        meters.looped(index)
        const line = lines + index * MAX_TARGETS + place
        if (routes[line]!.deadLetter < 0) context.explain(why.notOnward, bus, rules[index]!.resource)
        else deliveries.add(line, payload, past)
        continue
      }
      if (target.foreign) meters.pay(busRow[bus]!, CROSS_ACCOUNT, 1, bytes)
      const content = contentFor(context, rules[index]!, target, payload, past)
      recorder.cause = reason
      const line = index * MAX_TARGETS + place
      delivery = deliveries.add(line, content, past)
      if (duplicates === 0 || kernel.random.uniform(repeating[busRow[bus]!]!) >= duplicates) continue
      recorder.cause = reason
      context.explain(why.twice, bus, routes[line]!.to)
      deliveries.add(line, content, past)
    }
    return delivery
  }

  /** Where an event that came now and is no record of another one comes from (parcel.ts). */
  const newPast = (): number => putAt(kernel.now, (events.data[0] = events.data[0]! + 1))

  const schedules = createSchedules(context, ruleIds, (index) => {
    const rule = rules[index]!
    recorder.newTrace()
    meters.matched(index)
    context.explain(why.scheduled, rule.bus, rule.resource, rule.targets.length)
    const body = scheduledEvent(rule.arn, kernel.now)
    deliver(index, payloads.intern({ body, poison: false }), newPast(), false, 0)
  })

  /** By bus, because they differ in what they fill in. */
  const known: Entry[][] = buses.map(() => [])
  const entryOf = (row: number, payload: number): Entry => {
    const source = payloads.get(payload)
    const before = known[row]![payload]
    if (before?.source === source) return before
    const body = eventOf(source.body, live[row]!.account, live[row]!.partner ?? undefined)
    const name = String(body['source'])
    return (known[row]![payload] = {
      source,
      id:
        body === source.body
          ? payload
          : payloads.intern({ body, poison: source.poison, ...(subscribers?.has(row) ? groupOf(source) : {}) }),
      bytes: entryBytes(source.body),
      malformed: source.text !== undefined || !isObject(body['detail']),
      service: name.startsWith('aws.') && !name.startsWith('aws.partner/'),
    })
  }

  /** An event with its id and time, for rules that ask for them. */
  const exactly = (payload: number, past: number): number =>
    payloads.intern(told(payloads.get(payload), { seed, trace: recorder.trace, past, sentAt: kernel.now }))

  /** `only`: a replay is for these rules. */
  const route = (
    bus: number,
    payload: number,
    past: number,
    from: Origin,
    bytes: number,
    only: readonly LogicalId[] | null = null,
  ): void => {
    const { cause } = recorder
    const row = busRow[bus]!
    let matched = archives?.take(bus, payload, past) ?? false
    if (only === null) subscribers?.keep(row, payload, past)
    // the content under an id is the object remembered first, which matchers tell ids by
    const content = payloads.get(payload).body
    const candidates = rulesOf[row]!
    for (const place of heard[row]!.match(payload, content)) {
      const index = candidates[place]!
      const rule = rules[index]!
      if (only !== null && !only.includes(rule.settings.id)) continue
      matched = true
      recorder.cause = cause
      if (from !== BEGINS && rounds.next(recorder.trace, index) > mostRounds) {
        meters.looped(index)
        context.explain(why.loopStopped, bus, rule.resource, mostRounds)
        continue
      }
      meters.matched(index)
      context.explain(why.matched, bus, rule.resource, rule.targets.length)
      if (subscribers?.has(row) === true) subscribers.send(index, payload, past)
      else deliver(index, payload, past, from === FROM_BUS, bytes)
    }
    recorder.cause = cause
    if (matched) return
    context.explain(why.unmatched, bus, bus, candidates.length)
    meters.unmatched(row)
  }

  const archives =
    context.ids(ARCHIVE).length === 0
      ? null
      : createArchives(context, (bus, payload, only) => route(bus, payload, 0, BEGINS, 0, only))

  const subscribers = createSubscribers(context, {
    buses,
    rules: ruleIds.length,
    subscriber(index) {
      const { settings, resource, bus, matches } = rules[index]!
      return {
        resource,
        row: busRow[bus] ?? -1,
        enabled: settings.enabled,
        startsAt: toMicros(settings.startsAt),
        matches: (payload) => matches(payload, payloads.get(payload).body),
      }
    },
    matched: (index) => meters.matched(index),
    deliver: (index, payload, past) => deliver(index, payload, past, false, 0),
  })

  const intake = createIntake(context, limits, (resource) => {
    const row = busRow[resource]
    return row === undefined ? undefined : live[row]
  })

  return {
    start: configure,
    handle(request) {
      const bus = calls.target(request)
      const row = busRow[bus]!
      const count = calls.count(request)
      const origin = intake.originOf(calls.source(request))
      if (context.read('call.gone', bus) === 1) {
        if (origin !== FROM_BUS) context.explain(why.busGone, bus)
        calls.answer(request, origin === FROM_BUS ? Outcome.unavailable : Outcome.ok)
        return
      }
      const entry = entryOf(row, calls.payload(request))
      const kind = calls.action(request) === BY_PARTNER ? PARTNER : CUSTOM
      const [reason, value, outcome] = intake.refusalOf(request, entry, origin)
      if (reason >= 0) {
        context.explain(reason, bus, calls.source(request), value)
        meters.refused(row, count, outcome === Outcome.throttled)
        calls.answer(request, outcome)
        return
      }
      const fromBus = origin === FROM_BUS
      if (!entry.service) {
        meters.put(row, count, entry.bytes, kernel.now - calls.sentAt(request))
        // the sender pays for what comes from another account (EB-14)
        if (!fromBus || live[busRow[calls.source(request)]!]!.account === live[row]!.account)
          meters.pay(row, kind, count, entry.bytes)
      }
      const { past: before } = lineage
      const event = recordedEvent(before)
      calls.answer(request, Outcome.ok)
      for (let i = 0; i < count; i++) {
        // a record stays known as that of its event; what comes from a bus is the same event still
        const known = putOf(before) >= 0 && (fromBus || entry.service)
        const past = known ? before : fromBus || event >= 0 ? pastOf(0, event) : newPast()
        if (subscribers?.isDuplicate(row, entry.source) === true) continue
        route(bus, live[row]!.exact ? exactly(entry.id, past) : entry.id, past, origin, entry.bytes)
      }
    },
    configure,
    fault(resource, down, deleted) {
      archives?.fault(resource, down)
      if (!deleted) return
      gone[down ? 'add' : 'delete'](resource)
      configure()
    },
    replay(resource, what) {
      if (what === null) archives?.cancel(resource)
      else archives?.start(resource, what.from, what.to, what.rules ?? null)
    },
    costs: () => [...meters.costs(), ...(archives?.costs() ?? [])],
    contents: () => archives?.contents() ?? [],
  }
}
