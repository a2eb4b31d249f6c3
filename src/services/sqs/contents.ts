import type { JsonObject } from '../../model/scenario'
import { told } from '../filled'
import type { Content, ServiceContext } from '../service'
import {
  MESSAGE_DOUBLES,
  MESSAGE_INTS,
  PAST_OF,
  PAYLOAD_OF,
  PLACE,
  QUEUE_OF,
  RECEIVES_OF,
  SENT_AT,
  STORED_AT,
  TRACE_OF,
} from './message-row'
import { DELAYED, QUEUE_INTS, RESOURCE, VISIBLE } from './queue-row'
import type { Messages, Queues } from './store'

/** Every stored message, by queue in the order they came. */
export function contentsOf(context: ServiceContext, queues: Queues, messages: Messages): Content[] {
  const row = messages.ints.data
  const stored: { queue: number; message: number; at: number; trace: number }[] = []
  for (let message = 0; message < messages.table.size; message++) {
    const queue = row[message * MESSAGE_INTS + QUEUE_OF]!
    if (queue < 0) continue
    const at = messages.doubles.data[message * MESSAGE_DOUBLES + STORED_AT]!
    stored.push({ queue, message, at, trace: row[message * MESSAGE_INTS + TRACE_OF]! })
  }
  const { seed } = context.scenario()
  stored.sort((x, y) => x.queue - y.queue || x.at - y.at || x.trace - y.trace || x.message - y.message)
  return stored.map(({ queue, message, at, trace }) => {
    const place = row[message * MESSAGE_INTS + PLACE]
    const past = row[message * MESSAGE_INTS + PAST_OF]!
    const sentAt = messages.doubles.data[message * MESSAGE_DOUBLES + SENT_AT]!
    const payload = context.payloads.get(row[message * MESSAGE_INTS + PAYLOAD_OF]!)
    const { body, text, attributes, group } = told(payload, { seed, trace, past, sentAt })
    const value: JsonObject = { body, receives: row[message * MESSAGE_INTS + RECEIVES_OF]!, trace }
    value['state'] = place === VISIBLE ? 'visible' : place === DELAYED ? 'delayed' : 'inFlight'
    if (text !== undefined) value['text'] = text
    if (attributes !== undefined) value['attributes'] = attributes
    if (group !== undefined) value['group'] = group
    return {
      resource: context.id(queues.ints.data[queue * QUEUE_INTS + RESOURCE]!),
      kind: 'message',
      key: '',
      at,
      value,
    }
  })
}
