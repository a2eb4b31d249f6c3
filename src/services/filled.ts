import { attemptOf, isoTime, requestId } from '../model/identity'
import type { JsonObject } from '../model/scenario'
import { putOf, recordedEvent, secondOf } from './parcel'
import type { Payload } from './service'

/**
 * What stands for the id and the time of an event on a bus while it travels, as long as what it stands for: so equal events stay equal
 * contents, and are told apart when somebody looks.
 */
export const EVENT_ID = '00000000-0000-4000-8000-0000000000eb'
export const EVENT_TIME = '0000-00-00T00:00:00Z'

export interface Told {
  readonly seed: number
  readonly trace: number
  /** Where the message comes from (parcel.ts). */
  readonly past: number
  /** When it was sent (µs). */
  readonly sentAt: number
}

/** What travels, with ids and times in place of what stands for them: of a record of an asynchronous event, of an event on a bus. */
export function told(payload: Payload, { seed, trace, past, sentAt }: Told): Payload {
  const event = recordedEvent(past)
  if (event >= 0) {
    const known = filled(payload, requestId(seed, trace, attemptOf(event, -1, 0)), isoTime(sentAt))
    return stamped(known, requestId(seed, trace, [3, 0]), isoTime(sentAt))
  }
  const put = putOf(past)
  if (put < 0) return payload
  return stamped(payload, requestId(seed, trace, [3, put]), isoTime(secondOf(put) * 1_000_000))
}

/** A record or dead letter of an asynchronous event, with its request id and time in place of what stands for them (lambda/invocation/records.ts). */
export function filled(payload: Payload, request: string, time: string): Payload {
  const { body, attributes } = payload
  const fill = (value: JsonObject): JsonObject =>
    JSON.parse(
      JSON.stringify(value).replaceAll('"$requestId"', `"${request}"`).replaceAll('"$timestamp"', `"${time}"`),
    ) as JsonObject
  return { ...payload, body: fill(body), ...(attributes === undefined ? {} : { attributes: fill(attributes) }) }
}

/** Events carry their time without the milliseconds. */
function stamped(payload: Payload, id: string, time: string): Payload {
  const fill = (text: string): string =>
    text.replaceAll(EVENT_ID, id).replaceAll(EVENT_TIME, time.replace(/\.\d+Z$/, 'Z'))
  const { body, text } = payload
  const filledBody = JSON.parse(fill(JSON.stringify(body))) as JsonObject
  return { ...payload, body: filledBody, ...(text === undefined ? {} : { text: fill(text) }) }
}
