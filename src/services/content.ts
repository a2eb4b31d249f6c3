/** What travels on a hop, as its receiver gets it. Only a replay that somebody looks into asks (worker/content-job.ts); loaded then. */
import { requestId, RUN_EPOCH } from '../model/identity'
import { Outcome, Token, type EventContent, type Wire } from '../model/recording'
import type { Json, JsonObject, LogicalId } from '../model/scenario'
import { responseOf } from './elb/response'
import { told } from './filled'
import { functionOf, functionProperty } from './lambda/mapping/config'
import { saysOf } from './lambda/mapping/streams/config'
import { recordOf, sequenceNumber } from './lambda/mapping/streams/events'
import { streamOf, TABLE } from './lambda/mapping/streams/source'
import { HANDLE, ITEM, PAST, PAYLOAD, RECEIVES, TRACE } from './parcel'
import type { Content, Moved, Payload, ServiceContext } from './service'
import { md5, shardOfKey } from './shards-hash'
import { placeOf } from './shards-reading'

/** They call functions with batches: parcels. */
const BATCHING = ['AWS::Lambda::EventSourceMapping', 'AWS::Pipes::Pipe']
/** Records of a batch that are written out; `count` tells of all. */
export const MOST_ITEMS = 100
const READS = ['kinesis:GetRecords', 'dynamodb:GetRecords', 'kinesis:SubscribeToShard']
const INVOKES = ['lambda:Invoke', 'lambda:InvokeWithResponseStream']
const BY_HANDLE = ['sqs:DeleteMessage', 'sqs:ChangeMessageVisibility']

type Items = readonly number[]

/** Reads calls while they are under way. `contents`: what a resource holds now. */
export class HopContents {
  readonly #context: ServiceContext
  readonly #wires: readonly Wire[]
  readonly #contents: (resource: number) => readonly Content[]

  constructor(context: ServiceContext, wires: readonly Wire[], contents: (resource: number) => readonly Content[]) {
    this.#context = context
    this.#wires = wires
    this.#contents = contents
  }

  /** What goes on without a call. */
  moved({ payload, past, sentAt }: Moved): EventContent {
    return plain(this.#told(this.#context.payloads.get(payload), past, sentAt), 1)
  }

  /** A call whose hop was just recorded: on its way there, or with its answer. */
  of(request: number, token: Token): EventContent {
    const { calls } = this.#context
    const { action } = this.#wires[calls.wireOf(request)]!
    const answers = token === Token.response || token === Token.throttled || token === Token.error
    if (answers) return calls.outcome(request) === Outcome.ok ? this.#answer(request, action) : nothing(1)
    return this.#sent(request, action)
  }

  #sent(request: number, action: string): EventContent {
    const { calls, payloads, parcels, lineage, kernel } = this.#context
    const payload = calls.payload(request)
    const count = calls.count(request)
    if (INVOKES.includes(action) && this.#isMapping(calls.source(request)))
      return this.#batch(this.#context.id(calls.source(request)), parcels.get(payload))
    if (BY_HANDLE.includes(action)) {
      const items = parcels.get(payload)
      const Entries = firstOf(items).map((item) => ({ Id: this.#messageId(item) }))
      return { body: { Entries }, count: items.length / ITEM }
    }
    if (action === 'sqs:ReceiveMessage') return { body: { MaxNumberOfMessages: count }, count: 1 }
    if (READS.includes(action) || payload < 0) return nothing(count)
    return plain(this.#told(payloads.get(payload), lineage.past, kernel.now), count)
  }

  #answer(request: number, action: string): EventContent {
    const { calls, parcels } = this.#context
    const value = calls.value(request)
    if (action === 'sqs:ReceiveMessage') {
      const items = value < 0 ? [] : parcels.get(value)
      return this.#many(
        'Messages',
        items,
        (item) => this.#received(item),
        (item) => parsed(this.#message(item)),
      )
    }
    if (READS.includes(action))
      return this.#records(this.#context.id(calls.target(request)), '', value < 0 ? [] : parcels.get(value))
    if (INVOKES.includes(action) && this.#isMapping(calls.source(request))) {
      if (value <= 0) return nothing(1)
      const mapping = this.#context.id(calls.source(request))
      const failed = firstOf(parcels.get(value - 1))
      const batchItemFailures = failed.map((item) => ({ itemIdentifier: this.#identifier(mapping, item) }))
      return { body: { batchItemFailures }, count: 1 }
    }
    if (INVOKES.includes(action) && value > 0)
      return { body: responseOf(this.#context.id(value - 1), this.#context.scenario()), count: 1 }
    if (action === 'http:Request' && value > 0) return { body: { statusCode: value }, count: 1 }
    if (action === 'dynamodb:GetItem') return { body: this.#item(request), count: 1 }
    return nothing(1)
  }

  /** The event of a function that is fed by a mapping. */
  #batch(mapping: LogicalId, items: Items): EventContent {
    const properties = this.#context.properties(mapping)
    // a pipe hands on what its template made of each
    if (properties['EventSourceArn'] === undefined) {
      const events = firstOf(items).map((item) => parsed(this.#message(item)))
      return { body: events, items: events, count: items.length / ITEM }
    }
    const source = String(properties['EventSourceArn'])
    // the last call of a tumbling window carries no records
    if (items[HANDLE] === -1) return plain(this.#context.payloads.get(items[PAYLOAD]!), 1)
    if (streamOf(source, this.#context.scenario()) !== null)
      return this.#records(source, String(properties['FunctionName']), items)
    const arn = `arn:aws:sqs:us-east-1:123456789012:${this.#name(source, 'QueueName')}`
    const record = (item: Items): JsonObject => this.#record(item, arn)
    return this.#many('Records', items, record, (item) => parsed(this.#message(item)))
  }

  #many(name: string, items: Items, write: (item: Items) => JsonObject, read: (item: Items) => Json): EventContent {
    const first = firstOf(items)
    return { body: { [name]: first.map(write) }, count: items.length / ITEM, items: first.map(read) }
  }

  #received(item: Items): JsonObject {
    const message = this.#message(item)
    const Body = textOf(message)
    return {
      MessageId: this.#messageId(item),
      MD5OfBody: md5(Body),
      Body,
      Attributes: this.#attributes(item, message),
      ...(message.attributes === undefined ? {} : { MessageAttributes: message.attributes }),
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#sqs-polling-behavior */
  #record(item: Items, eventSourceARN: string): JsonObject {
    const message = this.#message(item)
    const body = textOf(message)
    return {
      messageId: this.#messageId(item),
      body,
      attributes: this.#attributes(item, message),
      messageAttributes: message.attributes ?? {},
      md5OfBody: md5(body),
      eventSource: 'aws:sqs',
      eventSourceARN,
      awsRegion: 'us-east-1',
    }
  }

  #attributes(item: Items, { group, deduplication }: Payload): JsonObject {
    return {
      ApproximateReceiveCount: String(item[RECEIVES]!),
      SentTimestamp: String(RUN_EPOCH * 1_000 + Math.floor(this.#context.read('sqs.sentAt', item[HANDLE]!) / 1_000)),
      ...(group === undefined ? {} : { MessageGroupId: group }),
      ...(deduplication === undefined ? {} : { MessageDeduplicationId: deduplication }),
    }
  }

  #message(item: Items): Payload {
    const sentAt = this.#context.read('sqs.sentAt', item[HANDLE]!)
    return this.#told(this.#context.payloads.get(item[PAYLOAD]!), item[PAST]!, sentAt, item[TRACE])
  }

  #messageId(item: Items): string {
    return requestId(this.#context.scenario().seed, item[TRACE]!, [2, item[HANDLE]!])
  }

  /** Records of a stream or table, or of a consumer of one, as whoever reads them gets them. */
  #records(source: LogicalId, callee: LogicalId, items: Items): EventContent {
    const scenario = this.#context.scenario()
    const stream = streamOf(source, scenario) ?? source
    const service = this.#serviceOf(source)
    const role = callee === '' ? '' : String(functionProperty(callee, 'Role', scenario) ?? '')
    const says = saysOf(this.#context, callee, functionOf(callee, scenario), stream, service, role)
    const { payloads } = this.#context
    const first = this.#context.read(`${service}.firstShard`, this.#context.index(stream))
    const write = (item: Items): JsonObject => {
      const written = payloads.get(item[PAYLOAD]!)
      const shard = this.#shardOf(stream, written)
      const sequence = item[HANDLE]!
      // what a mapping hands to a function says how often it was tried in place of when it came
      const arrived =
        callee === '' ? item[RECEIVES]! : this.#context.read(`${service}.arrived`, placeOf(first + shard, sequence))
      const payload = this.#told(written, item[PAST]!, arrived, item[TRACE])
      return recordOf(says, shard, { payload, sequence, arrived })
    }
    const read = (item: Items): Json => {
      const payload = payloads.get(item[PAYLOAD]!)
      return parsed(this.#told(payload, item[PAST]!, this.#context.kernel.now, item[TRACE]))
    }
    return this.#many('Records', items, write, read)
  }

  #identifier(mapping: LogicalId, item: Items): string {
    const source = String(this.#context.properties(mapping)['EventSourceArn'])
    const stream = streamOf(source, this.#context.scenario())
    if (stream === null) return this.#messageId(item)
    const payload = this.#context.payloads.get(item[PAYLOAD]!)
    return sequenceNumber(this.#serviceOf(source), this.#shardOf(stream, payload), item[HANDLE]!)
  }

  /** Within the stream; records without a key lie anywhere, and are shown in the first. */
  #shardOf(stream: LogicalId, { group }: Payload): number {
    const shards = this.#context.read(`${this.#serviceOf(stream)}.shards`, this.#context.index(stream))
    return group === undefined || shards < 2 ? 0 : shardOfKey(group, shards)
  }

  #serviceOf(source: LogicalId): 'kinesis' | 'dynamodb' {
    return this.#context.scenario().resources[source]?.Type === TABLE ? 'dynamodb' : 'kinesis'
  }

  #item(request: number): Json {
    const { calls, payloads, kernel } = this.#context
    const { key } = payloads.get(calls.payload(request)).body
    const wanted = key === undefined ? `event-${kernel.recorder.trace}` : String(key)
    const table = this.#context.id(calls.target(request))
    const found = this.#contents(calls.target(request)).find((it) => it.resource === table && it.key === wanted)
    return found === undefined ? {} : { Item: found.value }
  }

  /** A record or dead letter of an asynchronous event gets its id and time, as where a queue's contents are read. */
  #told(payload: Payload, past: number, sentAt: number, trace = this.#context.kernel.recorder.trace): Payload {
    return told(payload, { seed: this.#context.scenario().seed, trace, past, sentAt })
  }

  #isMapping(resource: number): boolean {
    return BATCHING.includes(this.#context.scenario().resources[this.#context.id(resource)]?.Type ?? '')
  }
  #name(id: LogicalId, property: string): string {
    return String(this.#context.properties(id)[property] ?? id)
  }
}

const nothing = (count: number): EventContent => ({ body: null, count })

function plain({ body, text, attributes, group }: Payload, count: number): EventContent {
  return {
    body,
    ...(text === undefined ? {} : { text }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(group === undefined ? {} : { group }),
    count,
  }
}

/** The first items of a parcel, each on its own. */
function firstOf(items: Items): Items[] {
  const most = Math.min(MOST_ITEMS, items.length / ITEM)
  return Array.from({ length: most }, (_, i) => items.slice(i * ITEM, (i + 1) * ITEM))
}

const textOf = ({ body, text }: Payload): string => text ?? JSON.stringify(body)

function parsed({ body, text }: Payload): Json {
  if (text === undefined) return body
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
