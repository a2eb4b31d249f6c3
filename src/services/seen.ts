/** What patterns are matched against, of what arrives somewhere: the same views that a run takes. For pages that test a pattern. */
import { isoTime, requestId } from '../model/identity'
import { objectOf } from '../model/json'
import type { EventContent } from '../model/recording'
import type { Json, JsonObject } from '../model/scenario'
import { eventOf } from './eventbridge/event'
import { EVENT_ID, EVENT_TIME } from './filled'
import { attributeValues, parsed } from './sns/settings'

/**
 * `event`: what rules see (EB-4). `attributes`, `body`: what filter policies see (SNS-6). `message`: a message of a queue as filters of a
 * mapping see it; `record`: one of a stream; `change`: one of a table (ESM-5).
 */
export type SeenAs = 'event' | 'attributes' | 'body' | 'message' | 'record' | 'change'

type Arrived = Pick<EventContent, 'body' | 'text' | 'attributes' | 'group'>

/** Which event it is, for the id and the time that a bus gives it. */
interface Which {
  readonly seed: number
  readonly trace: number
  /** When it arrived (µs). */
  readonly at: number
}
const ACCOUNT = '123456789012'

/** Null where a pattern cannot look into it. */
export function seen(as: SeenAs, { body, text, attributes, group }: Arrived, which: Which): Json | null {
  switch (as) {
    case 'event':
      return stamped(eventOf(objectOf(body), ACCOUNT), which)
    case 'attributes':
      return attributeValues(attributes ?? {})
    case 'body':
      return text === undefined ? body : (parsed(text) ?? null)
    case 'message':
      return {
        body: text ?? body,
        attributes: { SenderId: 'coldstart', ...(group === undefined ? {} : { MessageGroupId: group }) },
        messageAttributes: attributes ?? {},
        eventSource: 'aws:sqs',
      }
    case 'record':
      return { data: text ?? body, ...(group === undefined ? {} : { partitionKey: group }), eventSource: 'aws:kinesis' }
    case 'change':
      return body
  }
}

/** The id and the time a bus fills in where the sender left them out; the time without milliseconds, as events carry it. */
function stamped(event: JsonObject, { seed, trace, at }: Which): JsonObject {
  const { id, time } = event
  return {
    ...event,
    ...(id === EVENT_ID ? { id: requestId(seed, trace, [3, 0]) } : {}),
    ...(time === EVENT_TIME ? { time: isoTime(at).replace(/\.\d+Z$/, 'Z') } : {}),
  }
}
