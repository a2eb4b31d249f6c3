import { ITEM, PAST, passesOf, PAYLOAD, RECEIVES, TRACE } from '../../parcel'
import type { JsonObject } from '../../../model/scenario'
import type { Payload, ServiceContext } from '../../service'
import { EVENT, INTS, MESSAGE, REQUEST } from '../environment/environment-row'
import type { Environments } from '../environment/environments'
import type { Events } from '../async/events'

const NOTHING: readonly number[] = []

/** What environments work on: a call, an asynchronous event, or the messages of a batch, all of them or the one whose turn it is. */
export class Work {
  readonly #context: ServiceContext
  /** By resource: 1 for who calls with batches, event source mappings and pipes. */
  readonly #mapping: Uint8Array
  #environments!: Environments
  #events!: Events

  constructor(context: ServiceContext, mappings: readonly number[]) {
    this.#context = context
    this.#mapping = new Uint8Array(Object.keys(context.scenario().resources).length)
    for (const mapping of mappings) this.#mapping[mapping] = 1
  }

  /** Environments and events are made after what works on them. */
  in(environments: Environments, events: Events): void {
    this.#environments = environments
    this.#events = events
  }

  isBatch(request: number): boolean {
    return request >= 0 && this.#mapping[this.#context.calls.source(request)] === 1
  }

  /** The messages of the batch; nothing for any other work. */
  items(e: number): readonly number[] {
    const request = this.#environments.ints.data[e * INTS + REQUEST]!
    return this.isBatch(request) ? this.#context.parcels.get(this.#context.calls.payload(request)) : NOTHING
  }

  /** Messages in the batch, 1 for anything else. */
  size(e: number): number {
    const request = this.#environments.ints.data[e * INTS + REQUEST]!
    return request >= 0 ? this.#context.calls.count(request) : 1
  }

  /** Attempt number, from 1: of the message whose turn it is, or of all. */
  attempt(e: number): number {
    const row = this.#environments.ints.data
    const event = row[e * INTS + EVENT]!
    if (event >= 0) return this.#events.attempt.data[event]!
    return this.items(e)[this.#offset(e) + RECEIVES] ?? 1
  }

  /** Whether the message whose turn it is, or any of the batch, or the event is poison. */
  poison(e: number): boolean {
    return this.#contents(e).some(({ poison }) => poison)
  }

  /** Largest number of this name in the event, or in the messages. */
  number(e: number, name: string): number {
    return this.#contents(e).reduce((most, { body }) => Math.max(most, Number(body[name] ?? 0) || 0), 0)
  }

  /** What the message in turn, or the whole event, carries as JSON. */
  body(e: number): JsonObject {
    return this.#contents(e)[0]?.body ?? {}
  }

  /** Message group of the message in turn; null on a standard queue. */
  group(e: number, message: number): string | null {
    const payload = this.items(e)[message * ITEM + PAYLOAD]
    return payload === undefined ? null : (this.#context.payloads.get(payload).group ?? null)
  }

  /** Root event of a message of the batch. */
  trace(e: number, message: number): number {
    return this.items(e)[message * ITEM + TRACE] ?? -1
  }

  /** Functions that work has passed through (LAM-68): the most of any message in it. */
  passes(request: number): number {
    if (!this.isBatch(request)) return passesOf(this.#context.lineage.past)
    const items = this.#context.parcels.get(this.#context.calls.payload(request))
    let most = 0
    for (let i = PAST; i < items.length; i += ITEM) most = Math.max(most, passesOf(items[i]!))
    return most
  }

  /** Of those, what a call of the work takes on: the passes of the message whose turn it is, or of all. */
  passed(e: number, most: number): number {
    if (this.#environments.ints.data[e * INTS + MESSAGE]! < 0) return most
    const past = this.items(e)[this.#offset(e) + PAST]
    return past === undefined ? most : passesOf(past)
  }

  #offset(e: number): number {
    return Math.max(0, this.#environments.ints.data[e * INTS + MESSAGE]!) * ITEM
  }

  #contents(e: number): Payload[] {
    const { calls, payloads } = this.#context
    const row = this.#environments.ints.data
    const event = row[e * INTS + EVENT]!
    if (event >= 0) return [payloads.get(this.#events.payload.data[event]!)]
    const request = row[e * INTS + REQUEST]!
    if (!this.isBatch(request)) return calls.payload(request) < 0 ? [] : [payloads.get(calls.payload(request))]
    const items = this.items(e)
    if (row[e * INTS + MESSAGE]! >= 0) return [payloads.get(items[this.#offset(e) + PAYLOAD]!)]
    const all: Payload[] = []
    for (let i = PAYLOAD; i < items.length; i += ITEM) all.push(payloads.get(items[i]!))
    return all
  }
}
