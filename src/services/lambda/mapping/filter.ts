import { compilePattern } from '../../../events/compile-pattern'
import { matchEvent } from '../../../events/match-event'
import { parsePattern } from '../../../events/parse-pattern'
import type { Json, JsonObject } from '../../../model/scenario'
import type { Payload } from '../../service'
import { filteredRecord } from './streams/events'

/** What a filter sees of a message beside its content. `receives` of a stream's record is when it arrived (µs), `id` its sequence number. */
export interface FilteredMessage {
  readonly payload: Payload
  readonly id: number
  readonly receives: number
}

/** Where a pattern finds the content, by what is polled (ESM-5). */
const CONTENT = { sqs: 'body', kinesis: 'data', dynamodb: 'dynamodb' } as const
export type Polled = keyof typeof CONTENT

/** Whether a message passes the filters of a mapping: it matches one of at most five patterns (ESM-4). */
export type Filter = (message: FilteredMessage) => boolean

interface OnePattern {
  matches(event: JsonObject): boolean
  /** Only the body is looked at, so that the answer holds for every message of this content. */
  readonly bodyOnly: boolean
  /** What it says of the body: fields of a JSON object, a plain text, or nothing. */
  readonly body: 'json' | 'text' | 'none'
}

/** `Filters` of a mapping, null when it has none. A pattern that cannot be read matches nothing; the checks say what is wrong with it. */
export function filterOf(criteria: Json | undefined, source: string, polled: Polled = 'sqs'): Filter | null {
  const filters = isObject(criteria) ? criteria['Filters'] : undefined
  if (!Array.isArray(filters) || filters.length === 0) return null
  const patterns = filters.flatMap((it) =>
    isObject(it) && it['Pattern'] !== undefined ? [one(it['Pattern'], CONTENT[polled])] : [],
  )
  const known = new WeakMap<Payload, boolean>()
  const cacheable = patterns.every(({ bodyOnly }) => bodyOnly)
  return (message) => {
    const before = cacheable ? known.get(message.payload) : undefined
    if (before !== undefined) return before
    const body = polled === 'dynamodb' ? {} : bodyOf(message.payload)
    const event =
      polled === 'sqs'
        ? eventOf(message, body, source)
        : filteredRecord(polled, { payload: message.payload, sequence: message.id, arrived: message.receives }, body)
    const passes = patterns.some((pattern) => fits(pattern, body) && pattern.matches(event))
    if (cacheable) known.set(message.payload, passes)
    return passes
  }
}

/** Fields of a change that are not those of its content. */
const OF_THE_RECORD = /ApproximateCreationDateTime|SequenceNumber/

function one(source: Json, content: string): OnePattern {
  const parsed = parsePattern(source)
  if (!parsed.ok) return { matches: () => false, bodyOnly: true, body: 'none' }
  const compiled = compilePattern(parsed.pattern)
  const paths = parsed.pattern.branches.flatMap((fields) => fields.map(({ path }) => path))
  const json = content !== 'dynamodb' && paths.some((path) => path.startsWith(`${content}.`))
  const text = paths.includes(content)
  return {
    matches: (event) => matchEvent(compiled, event),
    bodyOnly: paths.every((path) => (path === content || path.startsWith(`${content}.`)) && !OF_THE_RECORD.test(path)),
    body: json ? 'json' : text ? 'text' : 'none',
  }
}

/** A JSON pattern drops plain text, and the other way round (ESM-5). */
function fits(pattern: OnePattern, body: Json): boolean {
  if (pattern.body === 'none') return true
  return (pattern.body === 'json') === (typeof body === 'object')
}

/** The body as filters see it: JSON where it is a JSON object or list, else its text. */
function bodyOf({ body, text }: Payload): Json {
  if (text === undefined) return body
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return text
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** The record as the function would see it, the body taken apart. */
function eventOf({ payload, id, receives }: FilteredMessage, body: Json, source: string): JsonObject {
  const attributes: JsonObject = { ApproximateReceiveCount: String(receives), SenderId: 'coldstart' }
  if (payload.group !== undefined) attributes['MessageGroupId'] = payload.group
  if (payload.deduplication !== undefined) attributes['MessageDeduplicationId'] = payload.deduplication
  return {
    messageId: String(id),
    body,
    attributes,
    messageAttributes: payload.attributes ?? {},
    eventSource: 'aws:sqs',
    eventSourceARN: source,
    awsRegion: 'us-east-1',
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
