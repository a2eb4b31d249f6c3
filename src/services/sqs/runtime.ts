import type { JsonObject } from '../../model/scenario'
import { MICROS, toMicros } from '../../model/units'
import type { Runtime, ServiceContext } from '../service'
import { contentsOf } from './contents'
import { Groups } from './groups'
import { MessageLives } from './messages'
import { MESSAGE_DOUBLES, SENT_AT } from './message-row'
import { Meters } from './meters'
import { MoveTasks } from './move-tasks'
import { QueueCalls } from './queue-calls'
import {
  CALL_GAP,
  CONTENT_BASED,
  DEAD_LETTER,
  DELAY,
  DELAYED,
  FIFO,
  FIRST_WAITING,
  HIDE_FOR,
  IN_FLIGHT,
  MOST_BYTES,
  MOST_RECEIVES,
  PER_GROUP,
  QUEUE_DOUBLES,
  QUEUE_INTS,
  READY_COUNT,
  REQUESTS,
  RETENTION,
  VISIBLE,
  WAIT,
} from './queue-row'
import { QUEUE, settingsOf } from './settings'
import { readersIn } from '../readers'
import { Redrive } from './redrive'
import { openStore } from './store'

/** Queues, standard and FIFO: messages run through `messageMachine`, receives wait until something is visible. */
export function install(context: ServiceContext): Runtime {
  const { kernel } = context
  const store = openStore(kernel)
  const { queues, messages } = store
  const ids = context.ids(QUEUE)
  const rowOf: (number | undefined)[] = []
  for (const id of ids) rowOf[context.index(id)] = queues.add(context.index(id))
  const fifo = ids.map((id) => settingsOf(context.properties(id)).fifo)
  const patient: (boolean | undefined)[] = []
  for (const id of readersIn(context.scenario())) patient[context.index(id)] = true
  const meters = new Meters(context, ids, fifo, queues, messages)
  const groups = new Groups(kernel, queues, messages)
  const redrive = new Redrive(context, queues, messages, meters)
  const lives = new MessageLives(context, ids, queues, messages, groups, meters, redrive)
  const tasks = new MoveTasks(context, rowOf, store, groups, lives)
  const queueCalls = new QueueCalls(context, store, lives, meters, rowOf, patient, tasks)
  const fifoRate = { queue: context.number('sqs.fifoRate'), groups: context.number('sqs.fifoRateHigh') }
  /** Move tasks as the documents said last: another one is started, the same one is not started again. */
  const asked: string[] = []

  const configure = (queue: number, properties: JsonObject): void => {
    const settings = settingsOf(properties)
    const row = queues.ints.data
    const at = queue * QUEUE_INTS
    const doubles = queues.doubles.data
    const times = queue * QUEUE_DOUBLES
    doubles[times + HIDE_FOR] = toMicros(settings.visibilityTimeout)
    doubles[times + RETENTION] = toMicros(settings.retention)
    doubles[times + DELAY] = toMicros(settings.delay)
    doubles[times + WAIT] = toMicros(settings.wait)
    row[at + MOST_BYTES] = settings.mostBytes
    // of one kind for life, as in AWS
    row[at + FIFO] = fifo[queue] === true ? 1 : 0
    row[at + CONTENT_BASED] = settings.contentBased ? 1 : 0
    row[at + PER_GROUP] = settings.perGroup ? 1 : 0
    doubles[times + CALL_GAP] =
      fifo[queue] === true ? MICROS / fifoRate[settings.highThroughput ? 'groups' : 'queue'] : 0
    const { redrive: policy } = settings
    const target = policy === null ? undefined : rowOf[context.index(policy.target)]
    row[at + DEAD_LETTER] = target ?? -1
    row[at + MOST_RECEIVES] = policy?.maxReceiveCount ?? 0
    if (policy === null || target === undefined) return
    redrive.wires[queue] = redrive.wire(queue, target)
    redrive.wire(target, queue)
  }
  const move = (queue: number, behavior: JsonObject): void => {
    const task = behavior['moveTask']
    const text = JSON.stringify(task ?? null)
    if (asked[queue] === text) return
    asked[queue] = text
    if (task !== undefined && task !== null) tasks.start(queue, task as JsonObject)
  }

  const read =
    (place: number) =>
    (resource: number): number => {
      const queue = rowOf[resource]
      return queue === undefined ? 0 : queues.ints.data[queue * QUEUE_INTS + place]!
    }
  context.publish('sqs.visible', read(VISIBLE))
  // whatever it holds, hidden or not
  context.publish(
    'sqs.held',
    (resource) => read(VISIBLE)(resource) + read(IN_FLIGHT)(resource) + read(DELAYED)(resource),
  )
  // what a receive would get: messages, or in a FIFO queue the groups whose turn it is
  context.publish('sqs.receivable', (resource) =>
    read(FIFO)(resource) === 1 ? read(READY_COUNT)(resource) : read(VISIBLE)(resource),
  )
  context.publish('sqs.visibilityTimeout', (resource) => {
    const queue = rowOf[resource]
    return queue === undefined ? 0 : queues.doubles.data[queue * QUEUE_DOUBLES + HIDE_FOR]!
  })
  // 1 while a receive waits for messages
  context.publish('sqs.awaited', (resource) => (read(FIRST_WAITING)(resource) >= 0 ? 1 : 0))
  // by request: 1 while it waits for a message
  context.publish('sqs.waits', (request) => (store.waiting.has(request) ? 1 : 0))
  // by message: when it was first sent (µs), for who shows it
  context.publish('sqs.sentAt', (message) => messages.doubles.data[message * MESSAGE_DOUBLES + SENT_AT] ?? 0)
  context.listen('sqs.receiveAbandoned', (_, request) => queueCalls.abandoned(request))
  context.listen('sqs.discard', (resource, parcel) => {
    const queue = rowOf[resource]
    if (queue !== undefined) queueCalls.discard(parcel, queue)
  })

  context.listen('sqs.letGo', (_, parcel) => queueCalls.letGo(parcel))

  return {
    start() {
      ids.forEach((id, queue) => configure(queue, context.properties(id)))
      ids.forEach((id, queue) => move(queue, context.behavior(id)))
    },
    handle: (request) => queueCalls.handle(request),
    configure(resource, scenario) {
      const queue = rowOf[resource]!
      const { Properties = {}, Behavior = {} } = scenario.resources[context.id(resource)]!
      configure(queue, Properties)
      move(queue, Behavior)
      queueCalls.touch(queue)
    },
    costs: () =>
      ids.map((id, queue) => ({
        resource: id,
        item: 'Requests',
        quantity: queues.doubles.data[queue * QUEUE_DOUBLES + REQUESTS]!,
        unit: 'requests',
        fact: fifo[queue] === true ? 'sqs.requestPriceFifo' : 'sqs.requestPrice',
      })),
    contents: () => contentsOf(context, queues, messages),
  }
}
