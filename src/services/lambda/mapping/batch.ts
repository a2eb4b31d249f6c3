/** What mappings do with the messages of a batch: flat lists of ITEM integers, see parcel.ts. */
import { HANDLE, ITEM, PAYLOAD, RECEIVES } from '../../parcel'
import type { Payloads } from '../../service'
import { bytesOf as bytesOfMessage } from '../../message-size'
import type { Mapping } from './config'
import type { Filter } from './filter'

type Items = readonly number[]

/** What passes a filter, and what does not. */
export function passing(items: Items, filter: Filter, payloads: Payloads): [number[], number[]] {
  const sides: [number[], number[]] = [[], []]
  for (let at = 0; at < items.length; at += ITEM) {
    const message = {
      payload: payloads.get(items[at + PAYLOAD]!),
      id: items[at + HANDLE]!,
      receives: items[at + RECEIVES]!,
    }
    const side = sides[filter(message) ? 0 : 1]
    for (let i = 0; i < ITEM; i++) side.push(items[at + i]!)
  }
  return sides
}

export function bytesOf(items: Items, payloads: Payloads): number {
  let bytes = 0
  for (let at = 0; at < items.length; at += ITEM) bytes += bytesOfMessage(payloads.get(items[at + PAYLOAD]!))
  return bytes
}

/** Length of the longest beginning that fits one batch; one message always does. */
export function splitAt(items: Items, { mostBytes, batchSize }: Mapping, payloads: Payloads): number {
  let bytes = 0
  for (let at = 0; at < items.length; at += ITEM) {
    bytes += bytesOfMessage(payloads.get(items[at + PAYLOAD]!))
    if (at > 0 && (bytes > mostBytes || at >= batchSize * ITEM)) return at
  }
  return items.length
}

/** What is done of a batch of which some messages failed: all that is not named (SQS-ESM-7). In a FIFO queue naming what follows is the handler's duty. */
export function keptOf(items: Items, failed: Items): number[] {
  const handles = new Set<number>()
  for (let at = 0; at < failed.length; at += ITEM) handles.add(failed[at + HANDLE]!)
  const kept: number[] = []
  for (let at = 0; at < items.length; at += ITEM) {
    if (handles.has(items[at + HANDLE]!)) continue
    for (let i = 0; i < ITEM; i++) kept.push(items[at + i]!)
  }
  return kept
}
