import { Table } from '../../kernel/columns'
import type { Invitation } from '../../iam'
import { parseJsonPath, valueAt, type JsonPath } from '../../events/input/json-path'
import { compileInput, type TargetInput } from '../../events/input/target-input'
import { parseSchedule, type Schedule } from '../../events/schedule'
import { Outcome, Token } from '../../model/recording'
import { isoTime } from '../../model/identity'
import type { LogicalId } from '../../model/scenario'
import { toMicros, toSeconds } from '../../model/units'
import { pastOf, recordedEvent } from '../parcel'
import type { Runtime, ServiceContext } from '../service'
import { eventOf } from './event'
import { deliveryMachine } from './machine'
import { matcherOf, type Matcher } from './matcher'
import { createMeters } from './meters'
import { createSchedules, ruleArn, scheduledEvent } from './schedules'
import { BUS, PRINCIPAL, RULE, ruleOf, type RuleSettings, type TargetSettings } from './settings'

interface LiveTarget extends Omit<TargetSettings, 'input'> {
  /** Null: a stream gets a key of its own for every record. */
  readonly key: JsonPath | null
  /** Makes what the target gets; null: the event itself. */
  readonly input: TargetInput | null
  readonly resource: number
  readonly wire: number
  /** -1 without a dead-letter queue. */
  readonly deadLetterWire: number
}
interface LiveRule {
  readonly settings: RuleSettings
  readonly resource: number
  readonly bus: number
  readonly matches: Matcher
  readonly targets: readonly LiveTarget[]
}

/** What cannot be read never fires; the checks say what is wrong with it. */
function scheduleOf(expression: string | null): Schedule | null {
  const schedule = expression === null ? null : parseSchedule(expression, 'rule')
  return schedule === null || 'refused' in schedule ? null : schedule
}

/** Buses push: for every matching rule and each of its targets, one delivery runs through `deliveryMachine`. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { recorder } = kernel
  const buses = context.ids(BUS)
  const ruleIds = context.ids(RULE)
  const why = {
    matched: context.reason('eventbridge.matched'),
    scheduled: context.reason('eventbridge.scheduled'),
    unmatched: context.reason('eventbridge.unmatched'),
    retry: context.reason('eventbridge.retry'),
    deadLettered: context.reason('eventbridge.deadLettered'),
    dropped: context.reason('eventbridge.dropped'),
    deadLetterFailed: context.reason('eventbridge.deadLetterFailed'),
  }
  const latency = buses.map((id) => context.sampler(context.fact('eventbridge.latency'), id, 'delivery'))
  const jitterStreams = buses.map((id) => context.stream(id, 'retry'))
  const base = toMicros(context.number('eventbridge.retryBase'))
  const cap = toMicros(context.number('eventbridge.retryCap'))
  const jitter = context.number('eventbridge.retryJitter')
  const busRow: number[] = []
  buses.forEach((id, row) => (busRow[context.index(id)] = row))
  const meters = createMeters(context, buses, ruleIds)
  kernel.part(meters.table)

  let rules: LiveRule[] = []
  let rulesOf: number[][] = []

  const deliveries = kernel.part(new Table(256))
  const ruleOfDelivery = deliveries.i32(-1)
  const targetOfDelivery = deliveries.i32(-1)
  const payloadOf = deliveries.i32(-1)
  const traceOf = deliveries.i32(-1)
  const attempts = deliveries.i32()
  /** Of an event that is the record of another one: which (parcel.ts). A bus is no part of a loop that Lambda detects (LAM-68). */
  const pastOfDelivery = deliveries.i32()
  const sentAt = deliveries.f64()
  const waitFor = deliveries.f64()

  // a `set` may take a target away from a delivery under way
  const targetOf = (delivery: number): LiveTarget | undefined =>
    rules[ruleOfDelivery.data[delivery]!]!.targets[targetOfDelivery.data[delivery]!]
  const ageLeft = (delivery: number): number =>
    sentAt.data[delivery]! + toMicros(targetOf(delivery)?.maxAge ?? 0) - kernel.now

  const backOff = (delivery: number): number => {
    let wait = base
    for (let n = 1; n < attempts.data[delivery]! && wait < cap; n++) wait *= 2
    wait = Math.min(wait, cap)
    if (jitter > 0) {
      const row = busRow[rules[ruleOfDelivery.data[delivery]!]!.bus]!
      wait = Math.round(wait * (1 - jitter + jitter * kernel.random.uniform(jitterStreams[row]!)))
    }
    return Math.min(wait, Math.max(0, ageLeft(delivery)))
  }

  const life = context.lifecycle({
    entities: deliveries,
    machine: deliveryMachine,
    implementation: {
      guards: {
        mayRetry: (delivery) =>
          attempts.data[delivery]! <= (targetOf(delivery)?.maxRetries ?? -1) && ageLeft(delivery) > 0,
        hasDeadLetterQueue: (delivery) => (targetOf(delivery)?.deadLetterWire ?? -1) >= 0,
      },
      delays: {
        latency: (delivery) => latency[busRow[rules[ruleOfDelivery.data[delivery]!]!.bus]!]!(),
        backOff: (delivery) => waitFor.data[delivery]!,
      },
      actions: {
        attempt(delivery) {
          const target = targetOf(delivery)
          recorder.trace = traceOf.data[delivery]!
          const again = attempts.data[delivery]! > 0
          attempts.data[delivery] = attempts.data[delivery]! + 1
          meters.attempted(ruleOfDelivery.data[delivery]!, again)
          context.lineage.past = pastOfDelivery.data[delivery]!
          if (target === undefined) kernel.after(0, targetGone, delivery)
          else
            calls.send(target.wire, payloadOf.data[delivery]!, 1, answered, delivery, again ? Token.retry : undefined)
          context.lineage.past = 0
        },
        plan(delivery) {
          const rule = rules[ruleOfDelivery.data[delivery]!]!
          waitFor.data[delivery] = backOff(delivery)
          context.explain(why.retry, rule.bus, targetOf(delivery)!.resource, toSeconds(waitFor.data[delivery]))
        },
        succeed: (delivery) => meters.invoked(ruleOfDelivery.data[delivery]!),
        deadLetter(delivery) {
          const rule = rules[ruleOfDelivery.data[delivery]!]!
          const { deadLetter, deadLetterWire } = targetOf(delivery)!
          meters.failed(ruleOfDelivery.data[delivery]!)
          context.explain(why.deadLettered, rule.bus, context.index(deadLetter!), attempts.data[delivery])
          calls.send(
            deadLetterWire,
            payloadOf.data[delivery]!,
            1,
            deadLettered,
            ruleOfDelivery.data[delivery]!,
            Token.deadLetter,
          )
        },
        drop(delivery) {
          const rule = rules[ruleOfDelivery.data[delivery]!]!
          meters.failed(ruleOfDelivery.data[delivery]!)
          context.explain(why.dropped, rule.bus, rule.resource, attempts.data[delivery])
        },
        forget: (delivery) => deliveries.remove(delivery),
      },
    },
  })
  const ACCEPTED = life.event('ACCEPTED')
  const FAILED = life.event('FAILED')
  const REFUSED = life.event('REFUSED')

  const answered = kernel.handler((request, delivery) => {
    const outcome = calls.outcome(request)
    // what has no permission is not tried again (EB-9)
    life.send(delivery, outcome === Outcome.ok ? ACCEPTED : outcome === Outcome.denied ? REFUSED : FAILED)
  })
  const targetGone = kernel.handler((delivery) => {
    life.send(delivery, REFUSED)
  })
  const deadLettered = kernel.handler((request, rule) => {
    const kept = calls.outcome(request) === Outcome.ok
    meters.deadLettered(rule, kept)
    if (!kept) context.explain(why.deadLetterFailed, rules[rule]!.bus, calls.target(request))
  })

  const configure = (): void => {
    rules = ruleIds.map((id, index): LiveRule => {
      const settings = ruleOf(id, context.scenario())
      const bus = settings.bus
      const before = rules[index]
      const same = before !== undefined && JSON.stringify(before.settings.pattern) === JSON.stringify(settings.pattern)
      return {
        settings,
        resource: context.index(id),
        bus: bus === null ? -1 : context.index(bus),
        matches: same ? before.matches : matcherOf(settings.pattern),
        targets: bus === null ? [] : settings.targets.map((target) => live(id, bus, target)),
      }
    })
    rulesOf = buses.map((id) =>
      rules.flatMap(({ bus, settings }, index) => (settings.enabled && bus === context.index(id) ? [index] : [])),
    )
    rules.forEach(({ settings, bus }, index) =>
      schedules.set(index, settings.enabled && bus >= 0 ? scheduleOf(settings.schedule) : null),
    )
  }
  const live = (rule: LogicalId, bus: LogicalId, target: TargetSettings): LiveTarget => {
    const direct = { role: null, network: false }
    const input = compileInput(target.input)
    return {
      ...target,
      key: target.keyPath === null || target.action !== 'kinesis:PutRecord' ? null : parseJsonPath(target.keyPath),
      input: typeof input === 'function' ? input : null,
      resource: context.index(target.id),
      wire: calls.wire(bus, target.id, target.action, { ...direct, role: target.role, as: invokes(rule, target) }),
      deadLetterWire: target.deadLetter === null ? -1 : calls.wire(bus, target.deadLetter, 'sqs:SendMessage', direct),
    }
  }

  /** Functions ask their resource policy, queues and buses are in the same account. */
  const invokes = (rule: LogicalId, { action }: TargetSettings): Invitation | null =>
    action === 'lambda:InvokeAsync' ? { service: PRINCIPAL, source: rule } : null

  /** Whether a resource sends its events by itself: a bucket (EB-1). */
  const callsItself = (resource: number): boolean =>
    context.scenario().resources[context.id(resource)]?.Type === 'AWS::S3::Bucket'

  /** One delivery to each target of a rule. */
  const deliver = (index: number, payload: number, past: number): void => {
    const rule = rules[index]!
    const reason = recorder.cause
    for (let target = 0; target < rule.targets.length; target++) {
      const delivery = deliveries.add()
      ruleOfDelivery.data[delivery] = index
      targetOfDelivery.data[delivery] = target
      payloadOf.data[delivery] = inputFor(rule, rule.targets[target]!, payload)
      pastOfDelivery.data[delivery] = past
      traceOf.data[delivery] = recorder.trace
      sentAt.data[delivery] = kernel.now
      recorder.cause = reason
      life.start(delivery)
    }
  }

  /** What a target gets of an event (EB-13). */
  const inputFor = ({ settings }: LiveRule, { input, key }: LiveTarget, payload: number): number => {
    if (input === null && key === null) return payload
    const { body, poison } = payloads.get(payload)
    const value = key === null ? undefined : valueAt(body, key)
    const group = value === undefined ? {} : { group: typeof value === 'string' ? value : JSON.stringify(value) }
    const rest = { poison, ...group }
    if (input === null) return payloads.intern({ body, ...rest })
    const names = { name: settings.id, arn: ruleArn(settings.id), ingestionTime: isoTime(kernel.now) }
    const made = input(body, names)
    if ('text' in made) return payloads.intern({ body: {}, ...rest, text: made.text })
    const { json } = made
    const isObject = json !== null && typeof json === 'object' && !Array.isArray(json)
    return payloads.intern(isObject ? { body: json, ...rest } : { body: {}, ...rest, text: JSON.stringify(json) })
  }

  const schedules = createSchedules(context, ruleIds, (index) => {
    const rule = rules[index]!
    recorder.newTrace()
    meters.matched(index)
    context.explain(why.scheduled, rule.bus, rule.resource, rule.targets.length)
    deliver(index, payloads.intern({ body: scheduledEvent(rule.settings.id, kernel.now), poison: false }), 0)
  })

  const route = (bus: number, payload: number): void => {
    const { cause } = recorder
    let matched = false
    const { body, poison } = payloads.get(payload)
    const event = eventOf(body)
    const id = event === body ? payload : payloads.intern({ body: event, poison })
    // the content under `id` is the object remembered first, which matchers tell ids by
    const content = payloads.get(id).body
    const candidates = rulesOf[busRow[bus]!]!
    for (const index of candidates) {
      const rule = rules[index]!
      if (!rule.matches(id, content)) continue
      matched = true
      recorder.cause = cause
      meters.matched(index)
      context.explain(why.matched, bus, rule.resource, rule.targets.length)
      deliver(index, id, pastOf(0, recordedEvent(context.lineage.past)))
    }
    recorder.cause = cause
    if (matched) return
    context.explain(why.unmatched, bus, bus, candidates.length)
    meters.unmatched(busRow[bus]!)
  }

  return {
    start: configure,
    handle(request) {
      const bus = calls.target(request)
      const payload = calls.payload(request)
      const count = calls.count(request)
      // events of AWS services are no entries of PutEvents, and cost nothing (PR-14)
      if (!callsItself(calls.source(request))) meters.put(busRow[bus]!, count)
      calls.answer(request, Outcome.ok)
      for (let i = 0; i < count; i++) route(bus, payload)
    },
    configure,
    costs: () => meters.costs(),
  }
}
