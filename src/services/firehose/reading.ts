import { Table } from '../../kernel/columns'
import { Outcome } from '../../model/recording'
import { HANDLE, ITEM, PAYLOAD, TRACE } from '../parcel'
import type { ServiceContext } from '../service'

/** One delivery stream that reads a stream. */
export interface Source {
  readonly resource: number
  readonly stream: number
  readonly wire: number
}

/** Records one call may ask for (KIN-1). */
const MOST = 10_000
const STRIDE = 4
const OWNER = 0
const SHARD = 1
const REQUEST = 2
const POLLING = 3

/** Delivery streams that read streams: each shard once a second while there is something to read, from LATEST on. */
export function createReading(
  context: ServiceContext,
  sources: () => readonly (Source | null)[],
  period: number,
  take: (owner: number, payload: number) => void,
) {
  const { kernel, calls, parcels } = context
  const table = kernel.part(new Table(8))
  const ints = table.kept(-1, STRIDE)
  const next = table.keptF64()
  const polledAt = table.keptF64(-Infinity)
  const why = {
    throttled: context.reason('firehose.readThrottled'),
    denied: context.reason('firehose.readDenied'),
  }
  const int = (reader: number, column: number): number => ints.data[reader * STRIDE + column]!
  const set = (reader: number, column: number, value: number): void => {
    ints.data[reader * STRIDE + column] = value
  }

  const ask = (reader: number): void => {
    if (int(reader, REQUEST) >= 0 || int(reader, POLLING) >= 0) return
    if (context.read('kinesis.next', int(reader, SHARD)) <= next.data[reader]!) return
    const wait = Math.max(0, polledAt.data[reader]! + period - kernel.now)
    set(reader, POLLING, kernel.after(wait, polling, reader))
  }
  const polling = kernel.handler((reader) => {
    set(reader, POLLING, -1)
    const source = sources()[int(reader, OWNER)]
    if (source === null || source === undefined) return
    kernel.recorder.trace = -1
    polledAt.data[reader] = kernel.now
    const cursor = parcels.put([int(reader, SHARD), next.data[reader]!])
    set(reader, REQUEST, calls.send(source.wire, cursor, MOST, received, reader))
  })
  const received = kernel.handler((request, reader) => {
    set(reader, REQUEST, -1)
    const outcome = calls.outcome(request)
    const owner = int(reader, OWNER)
    const source = sources()[owner]
    if (outcome !== Outcome.ok) {
      const reason = outcome === Outcome.denied ? why.denied : why.throttled
      if (source) context.explain(reason, source.resource, source.stream)
      return ask(reader)
    }
    const parcel = calls.value(request)
    if (parcel < 0) {
      next.data[reader] = Math.max(next.data[reader]!, context.read('kinesis.oldest', int(reader, SHARD)))
      return ask(reader)
    }
    const items = parcels.get(parcel)
    parcels.drop(parcel)
    next.data[reader] = items[items.length - ITEM + HANDLE]! + 1
    for (let at = 0; at < items.length; at += ITEM) {
      kernel.recorder.trace = items[at + TRACE]!
      take(owner, items[at + PAYLOAD]!)
    }
    ask(reader)
  })

  return {
    /** Opens the shards of what is read at the start. */
    start() {
      sources().forEach((source, owner) => {
        if (source === null) return
        const first = context.read('kinesis.firstShard', source.stream)
        for (let i = 0; i < context.read('kinesis.shards', source.stream); i++) {
          const reader = table.add()
          set(reader, OWNER, owner)
          set(reader, SHARD, first + i)
          set(reader, REQUEST, -1)
          set(reader, POLLING, -1)
          next.data[reader] = context.read('kinesis.next', first + i)
        }
      })
      context.listen('kinesis.appended', (resource, shard) => {
        for (let reader = 0; reader < table.size; reader++)
          if (int(reader, SHARD) === shard && sources()[int(reader, OWNER)]?.stream === resource) ask(reader)
      })
    },
  }
}
