import type { JsonObject } from '../../model/scenario'
import { toMicros } from '../../model/units'
import type { Runtime, ServiceContext } from '../service'
import { contentsOf } from './contents'
import { Groups } from './groups'
import { REDRIVE_ACTION } from './actions'
import { MessageLives } from './messages'
import { Meters } from './meters'
import { MoveTasks } from './move-tasks'
import { QueueCalls } from './queue-calls'
import {
  CONTENT_BASED,
  DEAD_LETTER,
  DELAY,
  FIFO,
  FIRST_WAITING,
  HIDE_FOR,
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
import { Redrive } from './redrive'
import { openStore } from './store'

/** Whose receives wait until a message comes: the pollers of event source mappings. */
const MAPPING = 'AWS::Lambda::EventSourceMapping'

/** Queues, standard and FIFO: messages run through `messageMachine`, receives wait until something is visible. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls } = context
  const store = openStore(kernel)
  const { queues, messages } = store
  const ids = context.ids(QUEUE)
  const rowOf: (number | undefined)[] = []
  for (const id of ids) rowOf[context.index(id)] = queues.add(context.index(id))
  const fifo = ids.map((id) => settingsOf(context.properties(id)).fifo)
  const patient: (boolean | undefined)[] = []
  for (const id of context.ids(MAPPING)) patient[context.index(id)] = true
  const meters = new Meters(context, ids, fifo, queues, messages)
  const groups = new Groups(kernel, queues, messages)
  const redrive = new Redrive(context, queues, messages, meters)
  const lives = new MessageLives(context, queues, messages, groups, meters, redrive)
  const tasks = new MoveTasks(context, queues, messages, groups, lives)
  const queueCalls = new QueueCalls(context, store, lives, meters, rowOf, patient, (queue) => tasks.start(queue))

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
    const { redrive: policy } = settings
    const target = policy === null ? undefined : rowOf[context.index(policy.target)]
    row[at + DEAD_LETTER] = target ?? -1
    row[at + MOST_RECEIVES] = policy?.maxReceiveCount ?? 0
    if (policy === null || target === undefined) return
    const { wires } = redrive
    const from = ids[queue]!
    wires.away[queue] = calls.wire(from, policy.target, REDRIVE_ACTION, { role: null, network: false })
    wires.back[target] ??= []
    wires.back[target][queue] = calls.wire(policy.target, from, REDRIVE_ACTION, { role: null, network: false })
  }

  const read =
    (place: number) =>
    (resource: number): number => {
      const queue = rowOf[resource]
      return queue === undefined ? 0 : queues.ints.data[queue * QUEUE_INTS + place]!
    }
  context.publish('sqs.visible', read(VISIBLE))
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
  context.listen('sqs.receiveAbandoned', (_, request) => queueCalls.abandoned(request))
  context.listen('sqs.discard', (resource, parcel) => {
    const queue = rowOf[resource]
    if (queue !== undefined) queueCalls.discard(parcel, queue)
  })

  context.listen('sqs.letGo', (_, parcel) => queueCalls.letGo(parcel))

  return {
    start() {
      ids.forEach((id, queue) => configure(queue, context.properties(id)))
    },
    handle: (request) => queueCalls.handle(request),
    configure(resource, scenario) {
      const queue = rowOf[resource]!
      configure(queue, scenario.resources[context.id(resource)]?.Properties ?? {})
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
