import type { Json, JsonObject } from '../../../model/scenario'
import { ITEM } from '../../parcel'

/** What a response means for a batch (SQS-ESM-7). */
export const ALL_OK = 0
export const ALL_FAILED = -1

/**
 * Reads the response of a handler as a batch response: ALL_OK, ALL_FAILED, or the messages it names. `#2` names the second message of the
 * batch, as a message id would. Nothing, an empty list and a list that is null are a success; a name that is empty, unknown or under another key
 * fails the whole batch.
 */
export function batchResponse(response: Json | undefined, items: readonly number[]): number | number[] {
  if (response === undefined || response === null || response === '') return ALL_OK
  if (Array.isArray(response)) return response.length === 0 ? ALL_OK : ALL_FAILED
  if (typeof response !== 'object') return ALL_FAILED
  const failures = response['batchItemFailures']
  if (failures === undefined || failures === null) return ALL_OK
  if (!Array.isArray(failures)) return ALL_FAILED
  const found: number[] = []
  for (const failure of failures) {
    const name = typeof failure === 'object' && failure !== null ? (failure as JsonObject)['itemIdentifier'] : undefined
    const nth = typeof name === 'string' && /^#[1-9]\d*$/.test(name) ? Number(name.slice(1)) - 1 : -1
    if (nth < 0 || nth * ITEM >= items.length) return ALL_FAILED
    found.push(...items.slice(nth * ITEM, nth * ITEM + ITEM))
  }
  return found.length === 0 ? ALL_OK : found
}
