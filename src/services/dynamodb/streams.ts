import { Outcome } from '../../model/recording'
import type { JsonObject } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { list, object, text } from '../../network/read'
import { ITEM } from '../parcel'
import { readersIn } from '../readers'
import type { ServiceContext } from '../service'
import { ShardLog } from '../shards'
import { shardOfKey } from '../shards-hash'
import { NONE, publishShards, ShardReading, THROTTLED, type ReadLimits } from '../shards-reading'
import { TABLE } from './actions'
import { changeOf, type KeyAttribute, type View } from './change'
import { shardsOf, viewOf } from './stream-shards'

interface Stream {
  readonly view: View
  readonly key: KeyAttribute
  readonly first: number
  readonly shards: number
  readonly allowance: number
  readonly records: number
  readonly bytes: number
}

function keyOf(properties: JsonObject): KeyAttribute {
  const parts = list(properties['KeySchema']).map(object)
  const name = text(parts.find(({ KeyType }) => KeyType === 'HASH')?.['AttributeName']) ?? 'id'
  const definitions = list(properties['AttributeDefinitions']).map(object)
  return { name, type: text(definitions.find(({ AttributeName }) => AttributeName === name)?.['AttributeType']) ?? 'S' }
}

/** The streams of tables: every change once, in the order of its item, for 24 hours (DDB-13). */
export class TableStreams {
  readonly #context: ServiceContext
  readonly #log: ShardLog
  readonly #reading: ShardReading
  /** By resource of the table. */
  readonly #streams: (Stream | undefined)[] = []
  /** What a table's face shows, by shard of the log. */
  readonly #written: ((records: number) => void)[] = []
  readonly #mappings: (boolean | undefined)[] = []
  readonly #limits: ReadLimits
  readonly #throttled: number

  constructor(context: ServiceContext) {
    const { kernel } = context
    this.#context = context
    this.#log = kernel.part(new ShardLog(kernel.clock))
    this.#reading = new ShardReading(context, this.#log)
    this.#limits = {
      calls: context.number('dynamodb.streamCalls'),
      records: context.number('dynamodb.streamRecords'),
      bytes: context.number('dynamodb.streamBytes'),
      bytesPerSecond: Infinity,
    }
    this.#throttled = context.reason('dynamodb.streamThrottled')
    for (const id of readersIn(context.scenario())) this.#mappings[context.index(id)] = true
    for (const id of context.ids(TABLE)) this.#open(id)
    publishShards(context, 'dynamodb', this.#log, this.#streams)
  }

  #open(id: string): void {
    const { kernel } = this.#context
    const properties = this.#context.properties(id)
    const view = viewOf(properties)
    if (view === null) return
    const shards = shardsOf(properties, this.#context.number('dynamodb.streamShards'))
    const retention = toMicros(this.#context.number('dynamodb.streamRetention'))
    const first = this.#log.add(retention)
    const allowance = this.#reading.add()
    for (let shard = 1; shard < shards; shard++) {
      this.#log.add(retention)
      this.#reading.add()
    }
    for (let shard = 0; shard < shards; shard++)
      this.#written.push(this.#context.level(this.#context.index(id), `shard ${shard} written`))
    this.#streams[this.#context.index(id)] = {
      view,
      key: keyOf(properties),
      first,
      shards,
      allowance,
      records: kernel.metrics.series(id, 'ReturnedRecordsCount', 'count'),
      bytes: kernel.metrics.series(id, 'ReturnedBytes', 'count'),
    }
  }

  has(resource: number): boolean {
    return this.#streams[resource] !== undefined
  }

  /** Notes that a write left an item as `after`; a write that changes nothing leaves no record. `past`: of the call that wrote. */
  note(
    resource: number,
    key: string,
    before: JsonObject | null,
    after: JsonObject | null,
    poison: boolean,
    past: number,
  ): void {
    const stream = this.#streams[resource]
    if (stream === undefined) return
    const change = changeOf(key, before, after, stream.view, stream.key)
    if (change === null) return
    const { payloads, kernel } = this.#context
    const shard = stream.first + shardOfKey(key, stream.shards)
    const payload = payloads.intern({ body: change.body, poison, group: key })
    this.#log.append(shard, payload, kernel.recorder.trace, past, change.bytes)
    this.#written[shard]!(this.#log.next(shard))
    this.#context.signal('dynamodb.appended', resource, shard)
  }

  /** GetRecords. Mappings read from a cursor; others see how many records the first shard has. */
  read(request: number): void {
    const { calls, parcels, kernel } = this.#context
    const resource = calls.target(request)
    const stream = this.#streams[resource]
    const mapping = this.#mappings[calls.source(request)] === true
    if (stream === undefined) {
      if (mapping) parcels.drop(calls.payload(request))
      return calls.answer(request, Outcome.error, NONE, 0)
    }
    const cursor = mapping ? calls.payload(request) : parcels.put([stream.first, 0])
    const shard = (parcels.get(cursor)[0] ?? stream.first) - stream.first
    const found = this.#reading.take(cursor, calls.count(request), stream.allowance + shard, this.#limits)
    if (found === THROTTLED) {
      this.#context.explain(this.#throttled, resource, resource, this.#limits.calls)
      return calls.answer(request, Outcome.throttled, NONE, 0)
    }
    const count = found === NONE ? 0 : parcels.get(found).length / ITEM
    kernel.metrics.count(stream.records, count)
    kernel.metrics.count(stream.bytes, this.#log.bytes)
    if (mapping || found === NONE) return calls.answer(request, Outcome.ok, found, count)
    parcels.drop(found)
    calls.answer(request, Outcome.ok, NONE, count)
  }
}
