import { hex, ID, isoTime, mixed } from '../../model/identity'
import type { Json, JsonObject } from '../../model/scenario'
import type { Payloads } from '../service'
import type { Buffers } from './buffers'

const MB = 1_048_576
/** An object shows its first records; that it holds more is told by `records`. */
const SHOWN = 10

/** What travels to a bucket: an object of many records, under a key that begins with the hour (UTC). */
export function objectOf(
  buffers: Buffers,
  payloads: Payloads,
  batch: { readonly head: number; readonly count: number; readonly bytes: number },
  named: {
    readonly id: string
    readonly prefix: string
    readonly seed: number
    readonly number: number
    readonly now: number
  },
): JsonObject {
  const { id, prefix, seed, number, now } = named
  const time = isoTime(now)
  const hour = time.slice(0, 13).replaceAll('-', '/').replace('T', '/')
  const stamp = time.slice(0, 19).replaceAll(/[T:]/g, '-')
  const first: Json[] = []
  for (let record = batch.head; record >= 0 && first.length < SHOWN; record = buffers.next(record))
    first.push(contentOf(buffers, payloads, record))
  return {
    key: `${prefix}${hour}/${id}-1-${stamp}-${hex(mixed(4, [ID.request, seed, number, now])).slice(0, 12)}`,
    size: batch.bytes / MB,
    content: { records: batch.count, first },
  }
}

/** What the function that transforms them gets (INV-15). Data is shown as it is; in AWS it is base64. */
export function recordsOf(buffers: Buffers, payloads: Payloads, head: number): Json[] {
  const records: Json[] = []
  for (let record = head; record >= 0; record = buffers.next(record))
    records.push({
      recordId: String(records.length + 1).padStart(56, '0'),
      approximateArrivalTimestamp: Math.floor(buffers.at(record) / 1000),
      data: contentOf(buffers, payloads, record),
    })
  return records
}

export function isPoisoned(buffers: Buffers, payloads: Payloads, head: number): boolean {
  for (let record = head; record >= 0; record = buffers.next(record))
    if (payloads.get(buffers.payload(record)).poison) return true
  return false
}

function contentOf(buffers: Buffers, payloads: Payloads, record: number): Json {
  const { body, text } = payloads.get(buffers.payload(record))
  return text ?? body
}
