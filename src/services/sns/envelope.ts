import type { Json, JsonObject } from '../../model/scenario'
import { list, object } from '../../network/read'
import type { Payload } from '../service'
import type { SubscriptionSettings } from './settings'

const ACCOUNT = 'arn:aws:sns:us-east-1:123456789012'

/** What a message is told apart by, and when it was published (ISO 8601). */
export interface Stamp {
  readonly id: string
  readonly at: string
}

/** What a subscription delivers of a message: the message itself when raw, else in the envelope of its protocol. */
export function delivered(message: Payload, to: SubscriptionSettings, stamp: Stamp): Payload {
  if (to.raw) return message
  const { body, text, attributes, poison, group, deduplication } = message
  const topicArn = `${ACCOUNT}:${to.topic}`
  const notification: { [name: string]: Json } = {
    Type: 'Notification',
    MessageId: stamp.id,
    TopicArn: topicArn,
    Message: text ?? JSON.stringify(body),
    Timestamp: stamp.at,
  }
  if (attributes !== undefined) notification['MessageAttributes'] = enveloped(attributes)
  const order = {
    ...(group === undefined ? {} : { group }),
    ...(deduplication === undefined ? {} : { deduplication }),
  }
  if (to.protocol !== 'lambda') return { body: notification, poison, ...order }
  const record: JsonObject = {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: `${topicArn}:${to.id}`,
    Sns: { ...notification, Subject: null, MessageAttributes: notification['MessageAttributes'] ?? {} },
  }
  return { body: { Records: [record] }, poison }
}

/** What the dead-letter queue gets of what was not delivered: of a function's event the notification alone. */
export function undelivered(content: Payload): Payload {
  const [record] = list(content.body['Records'])
  if (record === undefined) return content
  return { body: object(object(record)['Sns']), poison: content.poison }
}

/** SQS spells an attribute `{dataType, stringValue}`, an SNS envelope `{Type, Value}`. */
function enveloped(attributes: JsonObject): JsonObject {
  const out: { [name: string]: Json } = {}
  for (const [name, given] of Object.entries(attributes)) {
    const { dataType, DataType, stringValue, StringValue } = given as { [name: string]: Json | undefined }
    out[name] = { Type: dataType ?? DataType ?? 'String', Value: stringValue ?? StringValue ?? '' }
  }
  return out
}
