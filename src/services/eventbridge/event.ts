import type { JsonObject } from '../../model/scenario'
import { EVENT_ID, EVENT_TIME } from '../filled'
import { utf8Length } from '../message-size'

/** What PutEvents fills in when a body leaves it out; a body with none of source, detail-type and detail is taken for the detail. */
const SOURCE = 'coldstart'
const DETAIL_TYPE = 'Event'
const NAMED = ['source', 'detail-type', 'detail']
const COMPLETE = [...NAMED, 'version', 'id', 'account', 'time', 'region', 'resources']

/** The event as rules and targets see it (EB-4). `source`: of events that name none. Its id and time are filled in when somebody looks. */
export function eventOf(body: JsonObject, account: string, source = SOURCE): JsonObject {
  if (COMPLETE.every((name) => body[name] !== undefined)) return body
  const bare = NAMED.every((name) => body[name] === undefined)
  const given = bare ? { detail: body } : body
  return {
    version: '0',
    id: EVENT_ID,
    'detail-type': DETAIL_TYPE,
    source,
    account,
    time: EVENT_TIME,
    region: 'us-east-1',
    resources: [],
    ...(bare ? {} : { detail: {} }),
    ...given,
  }
}

/** Bytes of an entry of PutEvents as AWS counts them (EB-5): 14 for a time, and what the entry itself says. */
export function entryBytes(body: JsonObject): number {
  const { source, time, resources, detail } = body
  const named = NAMED.some((name) => body[name] !== undefined)
  let bytes = time === undefined ? 0 : 14
  for (const text of [
    source ?? SOURCE,
    body['detail-type'] ?? DETAIL_TYPE,
    ...(Array.isArray(resources) ? resources : []),
  ])
    bytes += utf8Length(String(text))
  return bytes + utf8Length(JSON.stringify(named ? (detail ?? {}) : body))
}

/** Whether a pattern asks for what differs from event to event, and is filled in late. */
export function asksForIdentity(pattern: unknown): boolean {
  if (pattern === null || typeof pattern !== 'object') return false
  return Object.entries(pattern).some(
    ([name, value]) =>
      name === 'id' || name === 'time' || (name === '$or' && Array.isArray(value) && value.some(asksForIdentity)),
  )
}
