import { compilePattern } from '../../events/compile-pattern'
import { compileInput, type Delivered } from '../../events/input/target-input'
import { parseJsonPath, valueAt } from '../../events/input/json-path'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
import { isoTime } from '../../model/identity'
import type { Json, JsonObject } from '../../model/scenario'
import { HANDLE, RECEIVES } from '../parcel'
import type { Payload, Payloads } from '../service'
import { BUS, QUEUE, STREAM, TABLE, type PipeSettings } from './settings'

const REGION = 'us-east-1'
const ORIGIN: { readonly [type: string]: string } = {
  [QUEUE]: 'aws:sqs',
  [STREAM]: 'aws:kinesis',
  [TABLE]: 'aws:dynamodb',
}

/** The content taken apart where it is JSON: filters and templates look into it so. */
function contentOf({ body, text }: Payload): Json {
  if (text === undefined) return body
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** An event as filters, templates and targets see it. `item`: one of a parcel (parcel.ts). */
export function recordOf(
  item: readonly number[],
  payload: Payload,
  { source }: Pick<PipeSettings, 'source'>,
): JsonObject {
  const { id = '', type = '' } = source ?? {}
  const common = { eventSource: ORIGIN[type] ?? '', eventSourceARN: id, awsRegion: REGION }
  if (type === TABLE) return { ...payload.body, ...common }
  if (type === STREAM)
    return {
      kinesisSchemaVersion: '1.0',
      partitionKey: payload.group ?? `record-${item[HANDLE]!}`,
      sequenceNumber: String(item[HANDLE]!),
      data: contentOf(payload),
      ...common,
    }
  return {
    messageId: String(item[HANDLE]!),
    body: contentOf(payload),
    attributes: {
      ApproximateReceiveCount: String(item[RECEIVES]!),
      ...(payload.group === undefined ? {} : { MessageGroupId: payload.group }),
    },
    messageAttributes: payload.attributes ?? {},
    ...common,
  }
}

/** Whether an event matches one of the patterns; null without any. */
export function filterOf(patterns: readonly Json[]): ((record: JsonObject) => boolean) | null {
  if (patterns.length === 0) return null
  const compiled = patterns.flatMap((source) => {
    const parsed = parsePattern(source)
    return parsed.ok ? [compilePattern(parsed.pattern)] : []
  })
  return (record) => compiled.some((pattern) => matchEvent(pattern, record))
}

/** Makes what the target gets of an event. `made`: what the enrichment made of it, in its place. */
export type Shaper = (item: readonly number[], payload: Payload, made: Json | undefined, now: number) => number

export function shaperOf(pipe: PipeSettings, payloads: Payloads): Shaper {
  const { id, source, target, detailType, eventSource, partitionKey, group } = pipe
  const input = compileInput(pipe.input)
  const transform = typeof input === 'function' ? input : null
  const path = partitionKey === null ? null : parseJsonPath(partitionKey)
  return (item, payload, made, now) => {
    const record = made === undefined ? recordOf(item, payload, pipe) : made
    const event: JsonObject = isObject(record) ? record : { value: record }
    const shaped: Delivered =
      transform === null
        ? { json: record }
        : transform(event, {
            name: id,
            arn: `arn:aws:pipes:${REGION}:123456789012:pipe/${id}`,
            ingestionTime: isoTime(now),
          })
    const content = 'text' in shaped ? shaped.text : shaped.json
    const { poison } = payload
    if (target?.type === BUS)
      return payloads.intern({
        body: {
          source: eventSource ?? `Pipe ${id}`,
          'detail-type': detailType ?? `Event from ${ORIGIN[source?.type ?? ''] ?? ''}`,
          detail: isObject(content) ? content : { value: content },
        },
        poison,
      })
    const key = path === null ? partitionKey : valueAt(event, path)
    const named = target?.type === STREAM ? (key ?? payload.group) : (group ?? undefined)
    const more = named === undefined ? {} : { group: typeof named === 'string' ? named : JSON.stringify(named) }
    if (isObject(content)) return payloads.intern({ body: content, poison, ...more })
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return payloads.intern({ body: {}, poison, text, ...more })
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
