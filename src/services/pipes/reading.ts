import { Outcome } from '../../model/recording'
import { toMicros } from '../../model/units'
import { HANDLE, ITEM } from '../parcel'
import type { ServiceContext } from '../service'
import type { LivePipe } from './live'
import {
  AFTER,
  ATTEMPTS,
  ENRICHED,
  NEXT,
  NUMBER,
  OWN_SHARD,
  PARCEL,
  PENDING,
  PIPE_OF,
  POLLED_AT,
  POLLING,
  REFUSED,
  REQUEST,
  SENT,
  SHARD,
  type Rows,
} from './row'

export interface Tell {
  received(reader: number): void
  refused(reader: number): void
  done(reader: number): void
  failed(reader: number): void
}

/** How readers get batches: a receive that waits at a queue, a read of a shard as soon as it has records. */
export function createReading(
  context: ServiceContext,
  rows: Rows,
  pipeOf: (reader: number) => LivePipe,
  isReceiving: (reader: number) => boolean,
  /** Takes a parcel over; false when nothing of it passed the filter. */
  take: (reader: number, parcel: number) => boolean,
  tell: Tell,
) {
  const { kernel, calls, parcels } = context
  const period = toMicros(context.number('pipes.readPeriod'))
  const wait = context.number('pipes.refusedWait')
  const refused = context.reason('pipes.refused')

  const receive = (r: number): void => {
    const { runs, shards, read, settings } = pipeOf(r)
    if (!runs || rows.int(r, REQUEST) >= 0) return
    if (shards !== null) return ask(r)
    kernel.recorder.trace = -1
    rows.set(r, REQUEST, calls.send(read, -1, settings.batchSize, received, r))
  }
  /** Plans a read, once a period at most, when the shard has something new. */
  const ask = (r: number): void => {
    const { shards } = pipeOf(r)
    if (rows.int(r, POLLING) >= 0 || rows.int(r, REQUEST) >= 0) return
    if (context.read(`${shards!}.next`, rows.int(r, SHARD)) <= rows.double(r, NEXT)) return
    const due = Math.max(0, rows.double(r, POLLED_AT) + period - kernel.now)
    rows.set(r, POLLING, kernel.after(due, polling, r))
  }
  const polling = kernel.handler((r) => {
    rows.set(r, POLLING, -1)
    const { runs, read, settings } = pipeOf(r)
    if (!runs || !isReceiving(r)) return
    kernel.recorder.trace = -1
    rows.setDouble(r, POLLED_AT, kernel.now)
    const cursor = parcels.put([rows.int(r, SHARD), rows.double(r, NEXT)])
    rows.set(r, REQUEST, calls.send(read, cursor, settings.batchSize, received, r))
  })
  const received = kernel.handler((request, r) => {
    rows.set(r, REQUEST, -1)
    const { resource, source, shards } = pipeOf(r)
    const outcome = calls.outcome(request)
    if (outcome !== Outcome.ok) {
      context.explain(refused, resource, source, wait)
      return tell.refused(r)
    }
    const parcel = calls.value(request)
    const items = parcel < 0 ? [] : parcels.get(parcel)
    if (shards !== null)
      rows.setDouble(
        r,
        AFTER,
        items.length > 0
          ? items[items.length - ITEM + HANDLE]! + 1
          : Math.max(rows.double(r, NEXT), context.read(`${shards}.oldest`, rows.int(r, SHARD))),
      )
    if (items.length > 0 && take(r, parcel)) return tell.received(r)
    if (items.length === 0 && parcel >= 0) parcels.drop(parcel)
    rows.setDouble(r, NEXT, rows.double(r, AFTER))
    // not at once: a read that finds nothing would ask again within the same call
    kernel.after(0, again, r)
  })
  const again = kernel.handler((r) => {
    if (isReceiving(r)) receive(r)
  })

  return {
    receive,
    born(r: number, pipe: number, number: number, ownShard: number): void {
      for (const column of [SENT, REQUEST, POLLING, PARCEL]) rows.set(r, column, -1)
      for (const column of [PENDING, REFUSED, ATTEMPTS, ENRICHED]) rows.set(r, column, 0)
      rows.set(r, PIPE_OF, pipe)
      rows.set(r, NUMBER, number)
      const { shards, source, settings } = pipeOf(r)
      const first = shards === null ? 0 : context.read(`${shards}.firstShard`, source)
      rows.set(r, OWN_SHARD, ownShard)
      rows.set(r, SHARD, ownShard < 0 ? -1 : first + ownShard)
      rows.setDouble(r, POLLED_AT, -period)
      if (shards === null) return
      rows.setDouble(r, NEXT, context.read(settings.latest ? `${shards}.next` : `${shards}.oldest`, first + ownShard))
    },
    /** The pipe was changed: it may have been started or stopped. */
    resume(r: number): void {
      const { runs, shards, source } = pipeOf(r)
      if (runs) return receive(r)
      const request = rows.int(r, REQUEST)
      if (shards !== null || request < 0 || context.read('sqs.waits', request) === 0) return
      rows.set(r, REQUEST, -1)
      calls.abandon(request)
      context.signal('sqs.receiveAbandoned', source, request)
    },
    listen(): void {
      for (const service of ['kinesis', 'dynamodb'] as const)
        context.listen(`${service}.appended`, (resource, shard) => {
          for (let r = 0; r < rows.table.size; r++) {
            const { shards, source, runs } = pipeOf(r)
            if (shards === service && runs && source === resource && rows.int(r, SHARD) === shard && isReceiving(r))
              ask(r)
          }
        })
    },
  }
}
