import { Outcome, Token } from '../../model/recording'
import type { Json } from '../../model/scenario'
import { told } from '../filled'
import { bytesOf } from '../message-size'
import { HANDLE, ITEM, PAST, PAYLOAD, RECEIVES, TRACE } from '../parcel'
import type { Payload, ServiceContext } from '../service'
import type { LivePipe } from './live'
import type { createMeters } from './meters'
import type { Tell } from './reading'
import { recordOf } from './record'
import {
  AFTER,
  ATTEMPTS,
  ENRICHED,
  NEXT,
  OWN_SHARD,
  PARCEL,
  PENDING,
  PIPE_OF,
  REFUSED,
  SENT,
  TAKEN_AT,
  type Rows,
} from './row'

/** Event that a target gets in place of one of the batch, or beside it: what an enrichment made. */
interface Outgoing {
  readonly item: readonly number[]
  readonly payload: number
}

/** What readers do with the batch in their hands. */
export function createBatches(
  context: ServiceContext,
  rows: Rows,
  pipeOf: (reader: number) => LivePipe,
  meters: ReturnType<typeof createMeters>,
  tell: Tell,
) {
  const { kernel, calls, parcels, payloads, lineage } = context
  const { recorder } = kernel
  const { seed } = context.scenario()
  const why = {
    batch: context.reason('pipes.batch'),
    filtered: context.reason('pipes.filtered'),
    enriched: context.reason('pipes.enriched'),
    failed: context.reason('pipes.failed'),
    discarded: context.reason('pipes.discarded'),
    deadLettered: context.reason('pipes.deadLettered'),
    untold: context.reason('pipes.untold'),
  }

  const itemsOf = (parcel: number): (readonly number[])[] => {
    const flat = parcel < 0 ? [] : parcels.get(parcel)
    return Array.from({ length: flat.length / ITEM }, (_, i) => flat.slice(i * ITEM, (i + 1) * ITEM))
  }
  const inHand = (r: number): (readonly number[])[] => itemsOf(rows.int(r, PARCEL))
  const size = (r: number): number => inHand(r).length
  /** With its id and time: templates and filters may ask for them. */
  const contentOf = (item: readonly number[]): Payload =>
    told(payloads.get(item[PAYLOAD]!), { seed, trace: item[TRACE]!, past: item[PAST]!, sentAt: kernel.now })
  const showBusy = (pipe: number): void => {
    let busy = 0
    for (let r = 0; r < rows.table.size; r++) if (rows.int(r, PIPE_OF) === pipe && rows.int(r, PARCEL) >= 0) busy++
    meters.busy(pipe, busy)
  }
  const empty = (r: number): void => {
    if (rows.int(r, PARCEL) >= 0) parcels.drop(rows.int(r, PARCEL))
    rows.set(r, PARCEL, -1)
    rows.set(r, ATTEMPTS, 0)
    rows.set(r, ENRICHED, 0)
    showBusy(rows.int(r, PIPE_OF))
  }
  const begin = (r: number): void => {
    const [first] = inHand(r)
    recorder.trace = first?.[TRACE] ?? -1
    lineage.past = first?.[PAST] ?? 0
  }
  /** Whether a call to a function says that the batch is done; messages its response names as failed stay with the queue. */
  const accepted = (request: number, r: number, enriching: boolean): boolean => {
    if (rows.int(r, SENT) >= 0) parcels.drop(rows.int(r, SENT))
    rows.set(r, SENT, -1)
    const value = calls.value(request)
    const named =
      calls.outcome(request) === Outcome.ok && value > 0 ? itemsOf(value - 1).map((item) => item[HANDLE]!) : []
    if (value > 0 && calls.outcome(request) === Outcome.ok) parcels.drop(value - 1)
    if (calls.outcome(request) !== Outcome.ok) return false
    if (named.length === 0) return true
    if (enriching || pipeOf(r).shards !== null) return false
    const [kept, others] = [false, true].map((failed) =>
      inHand(r).filter((item) => named.includes(item[HANDLE]!) === failed),
    ) as [number[][], number[][]]
    if (kept.length === 0) return false
    giveBack(r, others)
    parcels.drop(rows.int(r, PARCEL))
    rows.set(r, PARCEL, parcels.put(kept.flat()))
    return true
  }
  const giveBack = (r: number, items: readonly (readonly number[])[]): void => {
    const parcel = parcels.put(items.flat())
    context.signal('sqs.letGo', pipeOf(r).source, parcel)
    parcels.drop(parcel)
  }
  const fail = (r: number, enriching: boolean): void => {
    const pipe = pipeOf(r)
    meters.failed(rows.int(r, PIPE_OF), enriching)
    rows.set(r, ATTEMPTS, rows.int(r, ATTEMPTS) + 1)
    context.explain(why.failed, pipe.resource, enriching ? pipe.enrichment : pipe.target, rows.int(r, ATTEMPTS))
    tell.failed(r)
  }
  /** A function gets the batch as from a mapping: as one, each message with its own trace. */
  const invoke = (r: number, wire: number, outgoing: readonly Outgoing[], answer: number): void => {
    const ofQueue = pipeOf(r).shards === null
    const flat = outgoing.flatMap(({ item, payload }) => {
      const changed = [...item]
      changed[PAYLOAD] = payload
      if (!ofQueue) changed[RECEIVES] = rows.int(r, ATTEMPTS) + 1
      return changed
    })
    rows.set(r, SENT, parcels.put(flat))
    calls.send(wire, rows.int(r, SENT), outgoing.length, answer, r, outgoing.length > 1 ? Token.batch : Token.message)
    lineage.past = 0
  }
  const asItIs = (item: readonly number[]): Outgoing => ({ item, payload: item[PAYLOAD]! })

  const enriched = kernel.handler((request, r) => {
    if (!accepted(request, r, true)) return fail(r, true)
    rows.set(r, ENRICHED, 1)
    const { made, resource, enrichment } = pipeOf(r)
    context.explain(why.enriched, resource, enrichment, made === null ? size(r) : Array.isArray(made) ? made.length : 1)
    tell.done(r)
  })
  const invoked = kernel.handler((request, r) => (accepted(request, r, false) ? succeed(r) : fail(r, false)))
  const sent = kernel.handler((request, r) => {
    if (calls.outcome(request) !== Outcome.ok) rows.set(r, REFUSED, rows.int(r, REFUSED) + 1)
    rows.set(r, PENDING, rows.int(r, PENDING) - 1)
    if (rows.int(r, PENDING) > 0) return
    if (rows.int(r, REFUSED) > 0) fail(r, false)
    else succeed(r)
  })
  const succeed = (r: number): void => {
    meters.delivered(rows.int(r, PIPE_OF), size(r), kernel.now - rows.double(r, TAKEN_AT))
    tell.done(r)
  }
  const nothingToSend = kernel.handler((r) => succeed(r))

  /** What goes to the target: the events of the batch, or what an enrichment made of them. */
  const outgoingOf = (r: number): readonly Outgoing[] => {
    const { made, shape, settings, whole, target } = pipeOf(r)
    const items = inHand(r)
    const shaped = (item: readonly number[], instead?: Json): Outgoing => ({
      item,
      payload: shape(item, contentOf(item), instead, kernel.now),
    })
    if (rows.int(r, ENRICHED) === 1 && made !== null && items[0] !== undefined)
      return (Array.isArray(made) ? made : [made]).map((one) => shaped(items[0]!, one))
    const untouched = whole && target >= 0 && settings.input.InputTransformer === undefined
    return items.map((item) => (untouched ? asItIs(item) : shaped(item)))
  }

  const removed = kernel.handler((_, r) => {
    empty(r)
    tell.done(r)
  })
  const moveOn = kernel.handler((r) => {
    rows.setDouble(r, NEXT, rows.double(r, AFTER))
    empty(r)
    tell.done(r)
  })
  const discarding = kernel.handler((r) => tell.done(r))
  const deadLettered = kernel.handler((request, r) => {
    if (calls.outcome(request) !== Outcome.ok) context.explain(why.untold, pipeOf(r).resource, calls.target(request))
    tell.done(r)
  })
  const forgotten = kernel.handler((_, parcel) => parcels.drop(parcel))

  return {
    size,
    take(r: number, parcel: number): boolean {
      const pipe = rows.int(r, PIPE_OF)
      const { passes, settings, resource, source, remove } = pipeOf(r)
      const items = itemsOf(parcel)
      const [kept, others] = [true, false].map((passing) =>
        items.filter((item) => (passes === null || passes(recordOf(item, contentOf(item), settings))) === passing),
      ) as [number[][], number[][]]
      if (others.length > 0) {
        parcels.drop(parcel)
        meters.filtered(pipe, others.length)
        const { cause } = recorder
        recorder.trace = others[0]![TRACE]!
        context.explain(why.filtered, resource, -1, others.length)
        if (remove >= 0) {
          const gone = parcels.put(others.flat())
          calls.send(remove, gone, others.length, forgotten, gone)
        }
        recorder.cause = cause
        if (kept.length === 0) return false
      }
      rows.set(r, PARCEL, others.length > 0 ? parcels.put(kept.flat()) : parcel)
      rows.set(r, ATTEMPTS, 0)
      rows.set(r, ENRICHED, 0)
      rows.setDouble(r, TAKEN_AT, kernel.now)
      let bytes = 0
      for (const item of kept) bytes += bytesOf(payloads.get(item[PAYLOAD]!))
      recorder.trace = kept[0]![TRACE]!
      context.explain(why.batch, resource, source, kept.length)
      meters.taken(pipe, kept.length, bytes)
      showBusy(pipe)
      return true
    },
    enrich(r: number): void {
      begin(r)
      invoke(r, pipeOf(r).enrich, inHand(r).map(asItIs), enriched)
    },
    deliver(r: number): void {
      const { deliver, whole } = pipeOf(r)
      begin(r)
      const outgoing = outgoingOf(r)
      if (outgoing.length === 0) return void kernel.after(0, nothingToSend, r)
      if (whole) return invoke(r, deliver, outgoing, invoked)
      rows.set(r, PENDING, outgoing.length)
      rows.set(r, REFUSED, 0)
      const { cause } = recorder
      for (const { item, payload } of outgoing) {
        recorder.cause = cause
        recorder.trace = item[TRACE]!
        lineage.past = item[PAST]!
        calls.send(deliver, payload, 1, sent, r)
      }
      lineage.past = 0
    },
    remove(r: number): void {
      const { remove } = pipeOf(r)
      if (remove < 0) return void kernel.after(0, moveOn, r)
      calls.send(remove, rows.int(r, PARCEL), size(r), removed, r)
    },
    /** The messages of a failed batch: their queue hands them out again. */
    letGo(r: number): void {
      context.signal('sqs.letGo', pipeOf(r).source, rows.int(r, PARCEL))
      empty(r)
    },
    /** A batch of a shard is tried until it may not be any more; a queue counts for itself. */
    isSpent(r: number): boolean {
      const { shards, settings, maxAge, source } = pipeOf(r)
      const [first] = inHand(r)
      if (shards === null || first === undefined) return false
      if (settings.maxRetries >= 0 && rows.int(r, ATTEMPTS) > settings.maxRetries) return true
      const gone =
        first[HANDLE]! <
        context.read(`${shards}.oldest`, context.read(`${shards}.firstShard`, source) + rows.int(r, OWN_SHARD))
      return gone || kernel.now - first[RECEIVES]! > maxAge
    },
    discard(r: number): void {
      const { resource, source, deadLetter, settings } = pipeOf(r)
      const items = inHand(r)
      meters.dropped(rows.int(r, PIPE_OF), items.length)
      if (deadLetter < 0) {
        context.explain(why.discarded, resource, source, items.length)
        return void kernel.after(0, discarding, r)
      }
      const queue = settings.deadLetter!
      context.explain(why.deadLettered, resource, context.index(queue), items.length)
      const body = {
        context: { partnerResourceArn: settings.id, condition: 'RetryAttemptsExhausted' },
        shardId: rows.int(r, OWN_SHARD),
        batchSize: items.length,
        startSequenceNumber: String(items[0]![HANDLE]!),
        endSequenceNumber: String(items[items.length - 1]![HANDLE]!),
        streamArn: settings.source!.id,
      }
      calls.send(deadLetter, payloads.intern({ body, poison: false }), 1, deadLettered, r, Token.deadLetter)
    },
  }
}
