import type { JsonObject } from '../model/scenario'
import type { Payload } from './service'

/** A record or dead letter of an asynchronous event, with its request id and time in place of what stands for them (lambda/invocation/records.ts). */
export function filled(payload: Payload, request: string, time: string): Payload {
  const { body, attributes } = payload
  const fill = (value: JsonObject): JsonObject =>
    JSON.parse(
      JSON.stringify(value).replaceAll('"$requestId"', `"${request}"`).replaceAll('"$timestamp"', `"${time}"`),
    ) as JsonObject
  return { ...payload, body: fill(body), ...(attributes === undefined ? {} : { attributes: fill(attributes) }) }
}
