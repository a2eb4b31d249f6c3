/** What travels in a run, told apart by numbers. */
import type { JsonObject } from '../model/scenario'

/** What goes on without a call: its content, `pastOf` of parcel.ts and when it was first sent (µs). */
export interface Moved {
  readonly payload: number
  readonly past: number
  readonly sentAt: number
}

/** Immutable contents of events and messages, told apart by id. Equal contents share an id. */
export interface Payload {
  /** What travels, as JSON. */
  readonly body: JsonObject
  /** Handlers that cannot stand poison fail on it. */
  readonly poison: boolean
  /** The body as plain text, where it is no JSON object; `body` is then empty. */
  readonly text?: string
  /** Message attributes of SQS. */
  readonly attributes?: JsonObject
  /** DelaySeconds of this message alone (SQS-1). */
  readonly delay?: number
  /** Message group and deduplication id of a FIFO queue (SQS-4). */
  readonly group?: string
  readonly deduplication?: string
}
export interface Payloads {
  intern(payload: Payload): number
  get(id: number): Payload
}

/** Short lists that travel as one (a batch of messages): flat groups of integers, see `parcel.ts`. */
export interface Parcels {
  put(items: readonly number[]): number
  get(id: number): readonly number[]
  /** Ends a parcel; its id will be reused. Throws RangeError for what is none (-1 in answers). */
  drop(id: number): void
}
