import { Table } from '../../kernel/columns'
import { hex, ID, isoTime, mixed } from '../../model/identity'
import { Outcome, Token } from '../../model/recording'
import { properties } from '../../network/read'
import { toSeconds } from '../../model/units'
import { bytesOf } from '../message-size'
import { passesOf, pastOf, recordedEvent } from '../parcel'
import type { Payload, Runtime, ServiceContext } from '../service'
import { delivered } from './envelope'
import { filterOf } from './filter'
import { notificationMachine } from './machine'
import { createMeters } from './meters'
import { isFifo, PRINCIPAL, subscriptionsOf, TOPIC, type SubscriptionSettings } from './settings'
import { policyOf, type DeliveryPolicy } from './waits'

interface Live {
  readonly settings: SubscriptionSettings
  readonly resource: number
  readonly topic: number
  readonly wire: number
  /** -1 without a dead-letter queue. */
  readonly deadLetterWire: number
  readonly policy: DeliveryPolicy
  readonly unwanted: ReturnType<typeof filterOf>
}

/** Topics push: every subscription that wants a message gets a copy, each through a `notificationMachine` of its own (SNS-1). */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { recorder } = kernel
  const topics = context.ids(TOPIC)
  const why = {
    fannedOut: context.reason('sns.fannedOut'),
    filteredOut: context.reason('sns.filteredOut'),
    nobody: context.reason('sns.nobody'),
    tooLarge: context.reason('sns.tooLarge'),
    retry: context.reason('sns.retry'),
    deadLettered: context.reason('sns.deadLettered'),
    dropped: context.reason('sns.dropped'),
    deadLetterFailed: context.reason('sns.deadLetterFailed'),
  }
  const latency = new Map(topics.map((id) => [id, context.sampler(context.fact('sns.latency'), id, 'delivery')]))
  const mostBytes = context.number('sns.mostBytes') * 1_048_576
  const atStart = subscriptionsOf(context.scenario())
  const meters = createMeters(context, topics, atStart)

  /** By their place in the document at the start: a `set` changes one, it makes none. */
  let live: (Live | null)[] = []

  const deliveries = kernel.part(new Table(256))
  const subscriptionOf = deliveries.i32(-1)
  const payloadOf = deliveries.i32(-1)
  const traceOf = deliveries.i32(-1)
  const pastOfDelivery = deliveries.i32()
  const attempts = deliveries.i32()

  const of = (delivery: number): Live | null => live[subscriptionOf.data[delivery]!] ?? null
  const settingsOf = (delivery: number): SubscriptionSettings => atStart[subscriptionOf.data[delivery]!]!
  const resourceOf = (delivery: number): number => context.index(settingsOf(delivery).id)
  const topicOf = (delivery: number): number => context.index(settingsOf(delivery).topic)

  const life = context.lifecycle({
    entities: deliveries,
    machine: notificationMachine,
    implementation: {
      guards: {
        mayRetry: (delivery) => attempts.data[delivery]! <= (of(delivery)?.policy.retries ?? -1),
        hasDeadLetterQueue: (delivery) => (of(delivery)?.deadLetterWire ?? -1) >= 0,
      },
      delays: {
        latency: (delivery) => latency.get(settingsOf(delivery).topic)!(),
        backOff: (delivery) => of(delivery)!.policy.wait(attempts.data[delivery]!),
      },
      actions: {
        attempt(delivery) {
          const to = of(delivery)
          const again = attempts.data[delivery]! > 0
          attempts.data[delivery] = attempts.data[delivery]! + 1
          recorder.trace = traceOf.data[delivery]!
          context.lineage.past = pastOfDelivery.data[delivery]!
          if (to === null) kernel.after(0, endpointGone, delivery)
          else calls.send(to.wire, payloadOf.data[delivery]!, 1, answered, delivery, again ? Token.retry : undefined)
          context.lineage.past = 0
        },
        plan: (delivery) =>
          void context.explain(
            why.retry,
            topicOf(delivery),
            resourceOf(delivery),
            toSeconds(of(delivery)!.policy.wait(attempts.data[delivery]!)),
          ),
        succeed: (delivery) => meters.of(settingsOf(delivery), 'delivered'),
        deadLetter(delivery) {
          const { settings, deadLetterWire } = of(delivery)!
          meters.of(settings, 'failed')
          context.explain(
            why.deadLettered,
            topicOf(delivery),
            context.index(settings.deadLetter!),
            attempts.data[delivery],
          )
          const subscription = subscriptionOf.data[delivery]!
          calls.send(deadLetterWire, payloadOf.data[delivery]!, 1, redriven, subscription, Token.deadLetter)
        },
        drop(delivery) {
          meters.of(settingsOf(delivery), 'failed')
          context.explain(why.dropped, topicOf(delivery), resourceOf(delivery), attempts.data[delivery])
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
    // what has no permission is not tried again (SNS-5)
    life.send(delivery, outcome === Outcome.ok ? ACCEPTED : outcome === Outcome.denied ? REFUSED : FAILED)
  })
  const endpointGone = kernel.handler((delivery) => {
    life.send(delivery, REFUSED)
  })
  const redriven = kernel.handler((request, subscription) => {
    const kept = calls.outcome(request) === Outcome.ok
    const settings = atStart[subscription]!
    meters.of(settings, kept ? 'redriven' : 'lost')
    if (!kept) context.explain(why.deadLetterFailed, context.index(settings.topic), calls.target(request))
  })

  const configure = (): void => {
    const now = new Map(subscriptionsOf(context.scenario()).map((settings) => [settings.id, settings]))
    const direct = { role: null, network: false }
    live = atStart.map(({ id }) => {
      const settings = now.get(id)
      if (settings === undefined) return null
      const { topic, endpoint, action, deadLetter, protocol } = settings
      const as = protocol === 'lambda' ? { service: PRINCIPAL, source: topic } : null
      return {
        settings,
        resource: context.index(id),
        topic: context.index(topic),
        wire: calls.wire(topic, endpoint, action, { ...direct, as }),
        deadLetterWire: deadLetter === null ? -1 : calls.wire(topic, deadLetter, 'sqs:SendMessage', direct),
        policy: policyOf(context, protocol),
        unwanted: filterOf(settings),
      }
    })
  }

  const publish = (topic: number, payload: number): void => {
    const { cause } = recorder
    const message = ordered(topic, payloads.get(payload))
    const { seed } = context.scenario()
    const stamp = {
      id: uuid(mixed(4, [ID.request, seed, recorder.trace, kernel.now])),
      at: isoTime(kernel.now),
    }
    const wanted = live.flatMap((each, index) => {
      if (each === null || each.topic !== topic) return []
      const unwanted = each.unwanted(payload, message)
      if (unwanted === null) return [index]
      recorder.cause = cause
      context.explain(why.filteredOut, topic, each.resource)
      meters.of(each.settings, 'filtered')
      meters.of(each.settings, unwanted)
      return []
    })
    recorder.cause = cause
    context.explain(wanted.length === 0 ? why.nobody : why.fannedOut, topic, -1, wanted.length)
    const reason = recorder.cause
    // a record of another invocation stays one, and every subscription is one more pass of the loop guard (LAM-68)
    const past = pastOf(passesOf(context.lineage.past), recordedEvent(context.lineage.past))
    for (const index of wanted) {
      const delivery = deliveries.add()
      subscriptionOf.data[delivery] = index
      payloadOf.data[delivery] = payloads.intern(delivered(message, live[index]!.settings, stamp))
      pastOfDelivery.data[delivery] = past
      traceOf.data[delivery] = recorder.trace
      recorder.cause = reason
      life.start(delivery)
    }
    recorder.cause = cause
  }

  /** A FIFO topic names a message's duplicates by its content when told to. */
  const ordered = (topic: number, message: Payload): Payload => {
    const resource = context.scenario().resources[context.id(topic)]!
    if (!isFifo(resource) || message.deduplication !== undefined) return message
    if (properties(resource)['ContentBasedDeduplication'] !== true) return message
    return { ...message, deduplication: message.text ?? JSON.stringify(message.body) }
  }

  return {
    start: configure,
    handle(request) {
      const topic = calls.target(request)
      const payload = calls.payload(request)
      const count = calls.count(request)
      const bytes = bytesOf(payloads.get(payload))
      if (bytes > mostBytes) {
        context.explain(why.tooLarge, topic, -1, bytes)
        calls.answer(request, Outcome.error)
        return
      }
      meters.published(context.id(topic), count, bytes)
      calls.answer(request, Outcome.ok)
      for (let i = 0; i < count; i++) publish(topic, payload)
    },
    configure,
    costs: meters.costs,
  }
}

function uuid(numbers: Uint32Array): string {
  const h = hex(numbers)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`
}
