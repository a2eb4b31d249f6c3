import { hex, ID, isoTime, mixed } from '../../model/identity'
import { Outcome } from '../../model/recording'
import { toMicros } from '../../model/units'
import { properties } from '../../network/read'
import { createDeliveries, noRoute, type Route } from '../delivery/deliveries'
import { bytesOf } from '../message-size'
import { passesOf, pastOf, recordedEvent } from '../parcel'
import type { Payload, Runtime, ServiceContext } from '../service'
import { Duplicates } from './duplicates'
import { delivered, undelivered } from './envelope'
import { filterOf } from './filter'
import { createMeters } from './meters'
import { Order } from './order'
import { isFifo, PRINCIPAL, subscriptionsOf, TOPIC, type SubscriptionSettings } from './settings'
import { policyOf } from './waits'

interface Live {
  readonly settings: SubscriptionSettings
  readonly resource: number
  readonly topic: number
  readonly unwanted: ReturnType<typeof filterOf>
}

/** Topics push: every subscription that wants a message gets a copy, each through the chart of `delivery/` (SNS-1). */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { recorder } = kernel
  const topics = context.ids(TOPIC)
  const why = {
    fannedOut: context.reason('sns.fannedOut'),
    filteredOut: context.reason('sns.filteredOut'),
    nobody: context.reason('sns.nobody'),
    noGroup: context.reason('sns.noGroup'),
    duplicate: context.reason('sns.duplicate'),
    tooLarge: context.reason('sns.tooLarge'),
    retry: context.reason('sns.retry'),
    deadLettered: context.reason('sns.deadLettered'),
    dropped: context.reason('sns.dropped'),
    deadLetterFailed: context.reason('sns.deadLetterFailed'),
    noRole: context.reason('sns.noRole'),
  }
  const latency = new Map(topics.map((id) => [id, context.sampler(context.fact('sns.latency'), id, 'delivery')]))
  const mostBytes = context.number('sns.mostBytes') * 1_048_576
  const atStart = subscriptionsOf(context.scenario())
  const meters = createMeters(context, topics, atStart)

  /** By their place in the document at the start: a `set` changes one, it makes none. */
  let live: (Live | null)[] = []

  /** By subscription, as `live`. */
  const routes: Route[] = []
  const count = (subscription: number, name: Parameters<typeof meters.of>[1]): void =>
    meters.of(atStart[subscription]!, name)
  const deliveries = createDeliveries(context, {
    routes,
    why,
    hooks: {
      delivered(subscription, delivery) {
        count(subscription, 'delivered')
        goOn(delivery)
      },
      gaveUp(subscription, _, delivery) {
        count(subscription, 'failed')
        goOn(delivery)
      },
      deadLetter: (_, { payload }) => payloads.intern(undelivered(payloads.get(payload))),
      deadLettered: (subscription, kept) => count(subscription, kept ? 'redriven' : 'lost'),
    },
  })

  const order = kernel.part(new Order())
  const window = context.number('sns.deduplicationWindow')
  const duplicates = kernel.part(new Duplicates(toMicros(window)))
  /** Subscriptions that are deleted, by their resource. */
  const gone = new Set<number>()
  /** The next of its message group may go. */
  const goOn = (delivery: number): void => {
    const next = order.leave(delivery)
    if (next >= 0) deliveries.release(next)
  }

  const configure = (): void => {
    const now = new Map(subscriptionsOf(context.scenario()).map((settings) => [settings.id, settings]))
    const direct = { role: null, network: false }
    live = atStart.map((before, index) => {
      const settings = now.get(before.id)
      const resource = context.index(before.id)
      if (settings === undefined || gone.has(resource)) {
        routes[index] = noRoute(context.index(before.topic), resource, latency.get(before.topic))
        return null
      }
      const { topic, endpoint, action, deadLetter, protocol, role } = settings
      const from = context.index(topic)
      const as = protocol === 'lambda' ? { service: PRINCIPAL, source: topic } : null
      routes[index] = {
        from,
        to: resource,
        owner: resource,
        wire:
          protocol === 'firehose' && role === null ? -1 : calls.wire(topic, endpoint, action, { ...direct, role, as }),
        refusal: why.noRole,
        deadLetterWire: deadLetter === null ? -1 : calls.wire(topic, deadLetter, 'sqs:SendMessage', direct),
        deadLetter: deadLetter === null ? -1 : context.index(deadLetter),
        policy: policyOf(context, settings),
        latency: latency.get(topic)!,
      }
      return { settings, resource, topic: from, unwanted: filterOf(settings) }
    })
  }

  const isFifoTopic = (topic: number): boolean => isFifo(context.scenario().resources[context.id(topic)])

  const publish = (topic: number, payload: number): void => {
    const { cause } = recorder
    const fifo = isFifoTopic(topic)
    const message = fifo ? ordered(topic, payloads.get(payload)) : payloads.get(payload)
    const { deduplication } = message
    if (fifo && deduplication !== undefined && duplicates.repeats(`${topic}/${deduplication}`, kernel.now)) {
      context.explain(why.duplicate, topic, topic, window)
      recorder.cause = cause
      return
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
    if (wanted.length === 0) {
      recorder.cause = cause
      return
    }
    const reason = recorder.cause
    const { seed } = context.scenario()
    const stamp = {
      id: uuid(mixed(4, [ID.request, seed, recorder.trace, kernel.now])),
      at: isoTime(kernel.now),
    }
    // a record of another invocation stays one, and every subscription is one more pass of the loop guard (LAM-68)
    const past = pastOf(passesOf(context.lineage.past), recordedEvent(context.lineage.past))
    for (const index of wanted) {
      const content = payloads.intern(delivered(message, live[index]!.settings, stamp))
      recorder.cause = reason
      const group = fifo && message.group !== undefined ? `${index} ${message.group}` : null
      const held = group !== null && order.isBusy(group)
      const delivery = held ? deliveries.hold(index, content, past) : deliveries.add(index, content, past)
      if (group !== null) order.join(group, delivery)
    }
    recorder.cause = cause
  }

  /** A FIFO topic names a message's duplicates by its content when told to. */
  const ordered = (topic: number, message: Payload): Payload => {
    const resource = context.scenario().resources[context.id(topic)]!
    if (message.deduplication !== undefined) return message
    if (properties(resource)['ContentBasedDeduplication'] !== true) return message
    const content = message.text ?? JSON.stringify(message.body)
    // the poison mark stands for a difference in content
    return { ...message, deduplication: message.poison ? `!${content}` : content }
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
      if (isFifoTopic(topic) && payloads.get(payload).group === undefined) {
        context.explain(why.noGroup, topic)
        calls.answer(request, Outcome.error)
        return
      }
      meters.published(context.id(topic), count, bytes)
      calls.answer(request, Outcome.ok)
      for (let i = 0; i < count; i++) publish(topic, payload)
    },
    configure,
    fault(resource, down, deleted) {
      if (!deleted) return
      gone[down ? 'add' : 'delete'](resource)
      configure()
    },
    costs: meters.costs,
  }
}

function uuid(numbers: Uint32Array): string {
  const h = hex(numbers)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`
}
