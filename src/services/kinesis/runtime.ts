import { Outcome } from '../../model/recording'
import type { JsonObject } from '../../model/scenario'
import type { Content, Cost, Runtime, ServiceContext } from '../service'
import { sequenceNumber, shardId } from '../shards-names'
import { publishShards } from '../shards-reading'
import { GET } from './actions'
import { consumerMeters, streamMeters, type ConsumerMeters, type StreamMeters } from './meters'
import { Reads } from './reads'
import { CONSUMER, settingsOf, STREAM } from './settings'
import { openStreams, retentionOf, SHARD_STRIDE, UNITS, type Stream } from './streams'
import { Writes } from './writes'

const HOUR = 3_600_000_000
const GB = 1e9

/** Streams: logs of shards that are written, kept for their retention and read by as many as like. */
export function install(context: ServiceContext): Runtime {
  const { kernel, calls, payloads } = context
  const { metrics } = kernel
  const open = openStreams(context)
  const { log, written } = open
  const meters: (StreamMeters | undefined)[] = []
  const consumers: (ConsumerMeters | undefined)[] = []
  for (const id of context.ids(STREAM)) meters[context.index(id)] = streamMeters(context, id)
  for (const id of context.ids(CONSUMER)) consumers[context.index(id)] = consumerMeters(context, id)
  const writes = new Writes(context, open, meters)
  const reads = new Reads(context, open, meters, consumers)
  publishShards(context, 'kinesis', log, open.read)

  const all = (): Stream[] => open.streams.filter((stream) => stream !== undefined)
  const shardsOf = ({ first, shards }: Stream): number[] => Array.from({ length: shards }, (_, i) => first + i)

  return {
    handle(request) {
      const stream = open.read[calls.target(request)]
      // a consumer of nothing
      if (stream === undefined) calls.answer(request, Outcome.error)
      else if (stream.resource !== calls.target(request) || calls.action(request) === GET) reads.handle(request, stream)
      else writes.handle(request, stream)
    },
    configure(resource, scenario) {
      const stream = open.streams[resource]
      if (stream === undefined) return
      const { retentionHours } = settingsOf(scenario.resources[context.id(resource)]?.Properties ?? {})
      for (const shard of shardsOf(stream)) log.keep(shard, retentionOf(retentionHours))
    },
    costs: () =>
      all().flatMap((stream): Cost[] => {
        const resource = context.id(stream.resource)
        const { inBytes, outBytes } = meters[stream.resource]!
        const hours = kernel.now / HOUR
        const base = { resource, unit: 'h', idle: true }
        if (stream.onDemand) {
          const perSecond = 1 / 3_600
          return [
            { ...base, item: 'Stream', quantity: hours, fact: 'kinesis.streamPrice', perSecond },
            { resource, item: 'Written', quantity: metrics.value(inBytes) / GB, unit: 'GB', fact: 'kinesis.inPrice' },
            { resource, item: 'Read', quantity: metrics.value(outBytes) / GB, unit: 'GB', fact: 'kinesis.outPrice' },
          ]
        }
        const perSecond = stream.shards / 3_600
        const units = shardsOf(stream).reduce((sum, shard) => sum + written.data[shard * SHARD_STRIDE + UNITS]!, 0)
        return [
          { ...base, item: 'Shards', quantity: hours * stream.shards, fact: 'kinesis.shardPrice', perSecond },
          { resource, item: 'PUT payload units', quantity: units, unit: 'units', fact: 'kinesis.putPrice' },
        ]
      }),
    contents: () =>
      all().flatMap((stream) =>
        shardsOf(stream).flatMap((shard): Content[] => {
          const oldest = log.oldest(shard)
          return Array.from({ length: log.next(shard) - oldest }, (_, i) => {
            const { body, text, group } = payloads.get(log.payload(shard, oldest + i))
            const value: JsonObject = {
              body,
              shardId: shardId('kinesis', shard - stream.first),
              sequenceNumber: sequenceNumber('kinesis', shard - stream.first, oldest + i),
            }
            if (text !== undefined) value['text'] = text
            if (group !== undefined) value['partitionKey'] = group
            const at = log.arrivedAt(shard, oldest + i)
            return { resource: context.id(stream.resource), kind: 'record', key: group ?? '', at, value }
          })
        }),
      ),
  }
}
