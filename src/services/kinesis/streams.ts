import { Table } from '../../kernel/columns'
import { toMicros } from '../../model/units'
import type { ServiceContext } from '../service'
import { ShardLog } from '../shards'
import { ShardReading } from '../shards-reading'
import { CONSUMER, settingsOf, STREAM, streamOf } from './settings'

const HOUR = 3_600

/** A stream as it runs. Its shards lie side by side in the log; how many they are does not change in a run. */
export interface Stream {
  readonly resource: number
  readonly onDemand: boolean
  readonly first: number
  readonly shards: number
  /** Random stream for keys that are not given. */
  readonly keys: number
  /** Resources that are told of a record: the stream and its consumers. */
  readonly readers: readonly number[]
  /** What its face shows of each shard. */
  readonly show: readonly ShardLevels[]
}
interface ShardLevels {
  readonly written: (records: number) => void
  readonly refused: (records: number) => void
}

/**
 * Numbers of a shard side by side: the second that is being counted, records and bytes in it, and of all time PUT payload units and records
 * refused; records written and refused as the levels said last.
 */
export const SHARD_STRIDE = 7
export const SECOND = 0
export const RECORDS = 1
export const BYTES = 2
export const UNITS = 3
export const REFUSED = 4
export const SHOWN_WRITTEN = 5
export const SHOWN_REFUSED = 6

export interface Streams {
  readonly log: ShardLog
  readonly reading: ShardReading
  /** By resource, of streams alone. */
  readonly streams: readonly (Stream | undefined)[]
  /** By resource: the stream itself, or what a consumer reads. */
  readonly read: readonly (Stream | undefined)[]
  /** First allowance by resource of a stream or consumer, one for each shard. */
  readonly allowances: readonly (number | undefined)[]
  /** What was written to each shard. */
  readonly written: { readonly data: Float64Array }
}

export const retentionOf = (hours: number): number => toMicros(hours * HOUR)

export function openStreams(context: ServiceContext): Streams {
  const { kernel } = context
  const log = kernel.part(new ShardLog(kernel.clock))
  const reading = new ShardReading(context, log)
  const table = kernel.part(new Table(16))
  const written = table.keptF64(0, SHARD_STRIDE)
  const streams: (Stream | undefined)[] = []
  const allowances: (number | undefined)[] = []
  const allow = (resource: number, shards: number): void => {
    for (let shard = 0; shard < shards; shard++) {
      const allowance = reading.add()
      allowances[resource] ??= allowance
    }
  }
  const consumers = context.ids(CONSUMER)
  for (const id of context.ids(STREAM)) {
    const resource = context.index(id)
    const settings = settingsOf(context.properties(id))
    const shards = settings.shards ?? context.number('kinesis.onDemandShards')
    const first = log.add(retentionOf(settings.retentionHours))
    table.add()
    for (let shard = 1; shard < shards; shard++) {
      log.add(retentionOf(settings.retentionHours))
      table.add()
    }
    allow(resource, shards)
    const own = consumers.filter((consumer) => streamOf(context.scenario().resources[consumer]) === id)
    streams[resource] = {
      resource,
      onDemand: settings.shards === null,
      first,
      shards,
      keys: context.stream(id, 'keys'),
      readers: [resource, ...own.map((consumer) => context.index(consumer))],
      show: Array.from({ length: shards }, (_, shard) => ({
        written: context.level(resource, `shard ${shard} written`),
        refused: context.level(resource, `shard ${shard} refused`),
      })),
    }
  }
  const read = streams.slice()
  for (const id of consumers) {
    const resource = context.index(id)
    const name = streamOf(context.scenario().resources[id])
    const stream =
      name === null || context.scenario().resources[name]?.Type !== STREAM ? undefined : streams[context.index(name)]
    read[resource] = stream
    if (stream !== undefined) allow(resource, stream.shards)
  }
  return { log, reading, streams, read, allowances, written }
}
