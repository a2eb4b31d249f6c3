import type { Json, JsonObject } from '../../../model/scenario'
import type { Documents } from '../logs/documents'
import { epochSeconds, streamName } from '../logs/identity'
import type { Segment, TraceTree } from './segment'

/** Longest document X-Ray takes (OBS-9). */
export const MOST_BYTES = 64 * 1_024

/** The X-Ray document of a segment, or of a subsegment sent by itself (OBS-9). What does not fit into 64 KB is left out and counted. */
export function segmentDocument(tree: TraceTree, segment: Segment, documents: Documents): JsonObject {
  for (let most = Infinity; ; most = most === Infinity ? 256 : most >> 1) {
    const budget = { most, left: 0 }
    const { parent } = segment
    const document: JsonObject = {
      ...head(segment),
      trace_id: tree.id,
      ...(parent >= 0 ? { parent_id: tree.segments[parent]!.id } : {}),
      ...(segment.own ? {} : { type: 'subsegment' }),
      ...body(tree, segment, documents, budget),
    }
    if (budget.left > 0) document['metadata'] = { coldstart: { subsegments_left_out: budget.left } }
    if (most === 0 || bytes(document) <= MOST_BYTES) return document
  }
}

export const bytes = (document: JsonObject): number => new TextEncoder().encode(JSON.stringify(document)).length

const seconds = (micros: number): number => Math.round(epochSeconds(micros) * 1e6) / 1e6

const head = ({ name, id, start, end }: Segment): JsonObject => ({
  name,
  id,
  start_time: seconds(start),
  ...(end === null ? { in_progress: true } : { end_time: seconds(end) }),
})

function body(
  tree: TraceTree,
  segment: Segment,
  documents: Documents,
  budget: { most: number; left: number },
): JsonObject {
  const { error, fault, throttle, status, requestId, exception, notes, origin, own, look } = segment
  const aws: JsonObject = {}
  if (requestId !== null) aws['request_id'] = requestId
  if (look === 'call' && !origin.startsWith('https')) aws['operation'] = origin.slice(origin.indexOf(':') + 1)
  const code = documents.code(segment.resource, segment.start)
  if (origin === 'AWS::Lambda::Function' && code !== undefined) {
    aws['cloudwatch_logs'] = [
      { log_group: code.group, log_stream: streamName(documents.scenario.seed, code.version, segment.entity) },
    ]
    aws['function_arn'] = `arn:aws:lambda:us-east-1:123456789012:function:${code.group.slice('/aws/lambda/'.length)}`
  }
  const annotations: JsonObject = {}
  if (notes.includes('cold start')) annotations['cold_start'] = true
  const attempt = notes.find((note) => note.startsWith('attempt '))
  if (attempt !== undefined) annotations['attempt'] = Number(attempt.slice(8))
  const parts = tree.segments.filter((one) => one.parent === segment.index && !one.own)
  const subsegments: Json[] = []
  for (const part of parts) {
    if (budget.most <= 0) {
      budget.left++
      continue
    }
    budget.most--
    subsegments.push({ ...head(part), ...body(tree, part, documents, budget) })
  }
  return {
    ...(own ? { origin } : {}),
    ...(look === 'call' ? { namespace: origin.startsWith('https') ? 'remote' : 'aws' } : {}),
    ...(error ? { error } : {}),
    ...(throttle ? { throttle } : {}),
    ...(fault ? { fault } : {}),
    ...(status === null ? {} : { http: { response: { status } } }),
    ...(exception === null ? {} : { cause: { exceptions: [{ id: segment.id, ...exception }] } }),
    ...(Object.keys(aws).length > 0 ? { aws } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(subsegments.length > 0 ? { subsegments } : {}),
  }
}
