import { Outcome, RowKind, Token } from '../../model/recording'
import type { JsonObject } from '../../model/scenario'
import { MICROS, toMicros } from '../../model/units'
import { HANDLE, ITEM, PAYLOAD, RECEIVES, TRACE } from '../parcel'
import type { Runtime, ServiceContext } from '../service'
import { CHANGE_VISIBILITY, DELETE, RECEIVE, REDRIVE_ACTION } from './kinds'
import { messageMachine } from './machine'
import { createMeters } from './meters'
import { QUEUE, settingsOf } from './settings'
import { openStore } from './store'

/** Standard queues: messages run through `messageMachine`, receives wait until something is visible. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, parcels } = context
  const { recorder } = kernel
  const { queues, messages, waiting } = openStore(kernel)
  const ids = context.ids(QUEUE)
  const rowOf: number[] = []
  const redriveWire: number[] = []
  const why = {
    hidden: context.reason('sqs.hidden'),
    delayed: context.reason('sqs.delayed'),
    reappeared: context.reason('sqs.reappeared'),
    extended: context.reason('sqs.extended'),
    stale: context.reason('sqs.stale'),
    deadLettered: context.reason('sqs.deadLettered'),
    expired: context.reason('sqs.expired'),
    full: context.reason('sqs.inFlightFull'),
  }
  const limit = context.number('sqs.inFlightLimit')
  const batchEntries = context.number('sqs.batchEntries')
  const agedReceives = context.number('sqs.agedReceives')

  for (const id of ids) {
    const queue = queues.table.add()
    queues.resource.data[queue] = context.index(id)
    rowOf[context.index(id)] = queue
  }
  const meters = createMeters(context, ids, queues, messages)

  const configure = (queue: number, properties: JsonObject): void => {
    const { visibilityTimeout, retention, delay, redrive } = settingsOf(properties)
    queues.visibilityTimeout.data[queue] = toMicros(visibilityTimeout)
    queues.retention.data[queue] = toMicros(retention)
    queues.delay.data[queue] = toMicros(delay)
    const target = redrive === null ? undefined : rowOf[context.index(redrive.target)]
    queues.deadLetter.data[queue] = target ?? -1
    queues.maxReceiveCount.data[queue] = redrive?.maxReceiveCount ?? 0
    if (redrive !== null && target !== undefined) {
      const from = context.id(queues.resource.data[queue]!)
      redriveWire[queue] = calls.wire(from, redrive.target, REDRIVE_ACTION, { role: null, network: false })
    }
  }

  // set just before an event that starts the visibility timer
  let hideFor = 0
  const inQueue =
    (column: { data: Int32Array }, step: number) =>
    (message: number): void => {
      const queue = messages.queue.data[message]!
      column.data[queue] = column.data[queue]! + step
    }

  const life = context.lifecycle({
    entities: messages.table,
    machine: messageMachine,
    implementation: {
      guards: {
        receivedTooOften(message) {
          const queue = messages.queue.data[message]!
          if (queues.deadLetter.data[queue]! < 0) return false
          return messages.receives.data[message]! >= queues.maxReceiveCount.data[queue]!
        },
      },
      delays: {
        delay: (message) => queues.delay.data[messages.queue.data[message]!]!,
        visibilityTimeout: () => hideFor,
        retention(message) {
          const end = messages.sentAt.data[message]! + queues.retention.data[messages.queue.data[message]!]!
          return Math.max(0, end - kernel.now)
        },
      },
      actions: {
        joinDelayed: inQueue(queues.delayed, 1),
        leaveDelayed: inQueue(queues.delayed, -1),
        joinVisible(message) {
          const queue = messages.queue.data[message]!
          messages.append(queues, queue, message)
          queues.visible.data[queue] = queues.visible.data[queue]! + 1
          touch(queue)
        },
        leaveVisible(message) {
          const queue = messages.queue.data[message]!
          messages.unlink(queues, queue, message)
          queues.visible.data[queue] = queues.visible.data[queue]! - 1
          touch(queue)
        },
        joinInFlight: inQueue(queues.inFlight, 1),
        leaveInFlight: inQueue(queues.inFlight, -1),
        countReceive(message) {
          const receives = messages.receives.data[message]! + 1
          messages.receives.data[message] = receives
          if (receives >= agedReceives) leaveAges(message)
        },
        reappear(message) {
          recorder.trace = messages.trace.data[message]!
          const resource = queues.resource.data[messages.queue.data[message]!]!
          context.explain(why.reappeared, resource, resource, messages.receives.data[message])
        },
        redrive,
        expire(message) {
          recorder.trace = messages.trace.data[message]!
          const resource = queues.resource.data[messages.queue.data[message]!]!
          const age = (kernel.now - messages.sentAt.data[message]!) / MICROS
          context.explain(why.expired, resource, resource, age)
        },
        forget(message) {
          leaveAges(message)
          touch(messages.queue.data[message]!)
          messages.table.remove(message)
        },
      },
    },
  })
  const HIDE = life.event('HIDE')
  const SHOW = life.event('SHOW')
  const TAKE = life.event('RECEIVE')
  const REMOVE = life.event('DELETE')
  const RELEASE = life.event('RELEASE')
  const EXTEND = life.event('EXTEND')
  const IN_FLIGHT = life.code('stored.inFlight')

  function leaveAges(message: number): void {
    const queue = messages.queue.data[message]!
    if (queues.oldest.data[queue] === message) meters.age(queue)
    messages.unage(queues, queue, message)
  }

  function store(queue: number, payload: number, trace: number, sentAt: number, delay: number): number {
    const message = messages.table.add()
    messages.queue.data[message] = queue
    messages.payload.data[message] = payload
    messages.trace.data[message] = trace
    messages.sentAt.data[message] = sentAt
    messages.passes.data[message] = context.lineage.passes
    messages.age(queues, queue, message)
    life.start(message)
    life.send(message, delay > 0 ? HIDE : SHOW)
    touch(queue)
    return message
  }

  /** Moves a message to the dead-letter queue; its age counts on from when it was first sent (SQS-5). */
  function redrive(message: number): void {
    const queue = messages.queue.data[message]!
    const target = queues.deadLetter.data[queue]!
    const from = queues.resource.data[queue]!
    const { trace } = recorder
    recorder.trace = messages.trace.data[message]!
    context.explain(why.deadLettered, from, queues.resource.data[target], messages.receives.data[message])
    recorder.emit(RowKind.hop, from, redriveWire[queue]!, Token.deadLetter, 1)
    store(target, messages.payload.data[message]!, recorder.trace, messages.sentAt.data[message]!, 0)
    recorder.trace = trace
  }

  /** Messages that became visible together are handed out together: at the end of their instant. */
  const settling = kernel.handler((queue) => {
    queues.touched.data[queue] = 0
    for (;;) {
      const request = waiting.peek(queues, queue)
      if (request < 0 || queues.first.data[queue]! < 0) break
      const parcel = take(queue, calls.count(request))
      if (parcel < 0) break
      waiting.shift(queues, queue)
      calls.answer(request, Outcome.ok, parcel)
    }
    meters.show(queue)
  })

  // a handler that shows the levels itself at its end needs no turn for that
  let showsItself = false
  function touch(queue: number): void {
    if (showsItself || queues.touched.data[queue] === 1) return
    queues.touched.data[queue] = 1
    kernel.after(0, settling, queue)
  }

  /** Hands out up to `most` messages as a parcel; -1 when there is none to hand out. */
  function take(queue: number, most: number): number {
    const resource = queues.resource.data[queue]!
    const items: number[] = []
    hideFor = queues.visibilityTimeout.data[queue]!
    while (items.length < most * ITEM && queues.inFlight.data[queue]! < limit) {
      const message = queues.first.data[queue]!
      if (message < 0) break
      life.send(message, TAKE)
      if (life.state.data[message] !== IN_FLIGHT) continue
      items.push(
        message,
        messages.payload.data[message]!,
        messages.trace.data[message]!,
        messages.receives.data[message]!,
        messages.passes.data[message]!,
      )
    }
    if (items.length === 0) {
      if (queues.first.data[queue]! >= 0) context.explain(why.full, resource, resource, limit)
      return -1
    }
    meters.received(queue, items.length / ITEM)
    bill(queue, items.length / ITEM)
    recorder.trace = items[TRACE]!
    context.explain(why.hidden, resource, resource, hideFor / MICROS)
    return parcels.put(items)
  }

  function bill(queue: number, entries: number): void {
    queues.requests.data[queue] = queues.requests.data[queue]! + Math.max(1, Math.ceil(entries / batchEntries))
  }

  /** Whether a handle of a parcel still stands for the message it was given for. */
  function holds(items: readonly number[], at: number): boolean {
    const message = items[at + HANDLE]!
    return (
      messages.queue.data[message]! >= 0 &&
      messages.receives.data[message] === items[at + RECEIVES] &&
      messages.payload.data[message] === items[at + PAYLOAD] &&
      messages.trace.data[message] === items[at + TRACE]
    )
  }

  function send(request: number, queue: number): void {
    const count = calls.count(request)
    const delay = queues.delay.data[queue]!
    if (delay > 0) {
      const resource = queues.resource.data[queue]!
      context.explain(why.delayed, resource, resource, delay / MICROS)
    }
    let message = -1
    for (let i = 0; i < count; i++) message = store(queue, calls.payload(request), recorder.trace, kernel.now, delay)
    meters.sent(queue, count)
    bill(queue, count)
    calls.answer(request, Outcome.ok, message)
  }

  function receive(request: number, queue: number): void {
    // who already waits, or came in this instant, is served first, so that a burst is shared out in full batches
    if (queues.touched.data[queue] === 0 && waiting.peek(queues, queue) < 0 && queues.first.data[queue]! >= 0) {
      showsItself = queues.deadLetter.data[queue]! < 0
      const parcel = take(queue, calls.count(request))
      showsItself = false
      meters.show(queue)
      if (parcel >= 0) return calls.answer(request, Outcome.ok, parcel)
    }
    waiting.append(queues, queue, request)
  }

  function remove(request: number, queue: number): void {
    const items = parcels.get(calls.payload(request))
    let removed = 0
    showsItself = true
    for (let at = 0; at < items.length; at += ITEM) {
      if (!holds(items, at)) continue
      life.send(items[at + HANDLE]!, REMOVE)
      removed++
    }
    showsItself = false
    meters.show(queue)
    // what was kept back by the limit in flight may go now
    if (waiting.peek(queues, queue) >= 0 && queues.first.data[queue]! >= 0) touch(queue)
    const stale = items.length / ITEM - removed
    const resource = queues.resource.data[queue]!
    if (stale > 0) context.explain(why.stale, resource, resource, stale)
    meters.deleted(queue, removed)
    bill(queue, items.length / ITEM)
    calls.answer(request, Outcome.ok, removed)
  }

  function changeVisibility(request: number, queue: number): void {
    const items = parcels.get(calls.payload(request))
    const seconds = calls.count(request)
    const resource = queues.resource.data[queue]!
    if (seconds > 0) context.explain(why.extended, resource, resource, seconds)
    hideFor = toMicros(seconds)
    for (let at = 0; at < items.length; at += ITEM) {
      const message = items[at + HANDLE]!
      if (holds(items, at) && life.state.data[message] === IN_FLIGHT) life.send(message, seconds > 0 ? EXTEND : RELEASE)
    }
    touch(queue)
    bill(queue, items.length / ITEM)
    calls.answer(request, Outcome.ok)
  }

  context.publish('sqs.visible', (resource) => queues.visible.data[rowOf[resource] ?? -1] ?? 0)
  // whoever abandons a receive says so, or its answer would hide messages from everyone (`value`: the request)
  context.listen('sqs.receiveAbandoned', (resource, request) => {
    const queue = rowOf[resource]
    if (queue !== undefined && waiting.leave(queues, queue, request)) calls.answer(request, Outcome.dropped)
  })
  context.publish(
    'sqs.visibilityTimeout',
    (resource) => (queues.visibilityTimeout.data[rowOf[resource] ?? -1] ?? 0) / MICROS,
  )

  return {
    start() {
      for (const id of ids) configure(rowOf[context.index(id)]!, context.properties(id))
    },
    handle(request) {
      const queue = rowOf[calls.target(request)]!
      const action = calls.action(request)
      if (action === RECEIVE) receive(request, queue)
      else if (action === DELETE) remove(request, queue)
      else if (action === CHANGE_VISIBILITY) changeVisibility(request, queue)
      else send(request, queue)
    },
    configure(resource, scenario) {
      const queue = rowOf[resource]!
      configure(queue, scenario.resources[context.id(resource)]?.Properties ?? {})
      touch(queue)
    },
    costs: () =>
      ids.map((id) => ({
        resource: id,
        item: 'Requests',
        quantity: queues.requests.data[rowOf[context.index(id)]!]!,
        unit: 'requests',
        fact: 'sqs.requestPrice',
      })),
  }
}
