import { Outcome, Token } from '../../../../model/recording'
import { isoTime, requestId } from '../../../../model/identity'
import type { JsonObject } from '../../../../model/scenario'
import { HANDLE, TRACE } from '../../../parcel'
import type { ServiceContext } from '../../../service'
import type { StreamMapping } from './config'
import { discardRecord, recordsOf, shardId } from './events'
import type { Lanes } from './lanes'
import type { StreamMeters } from './meters'
import type { Readers } from './readers'
import { CONDITION, EXHAUSTED, EXPIRED, INVOKES, READER_OF, REPORTED, SIZE, TOO_OLD } from './row'

/** Records that are given up: out of retries, too old, or gone from the stream; what is known of them goes to the destination (STR-ESM-3, STR-ESM-7). */
export class Discards {
  readonly #context: ServiceContext
  readonly #mappings: readonly StreamMapping[]
  readonly #meters: StreamMeters
  readonly #lanes: Lanes
  readonly #readers: Readers
  readonly #delivered: number
  readonly #why: {
    readonly [name in 'exhausted' | 'tooOld' | 'expired' | 'toDestination' | 'undelivered' | 'lost']: number
  }

  constructor(
    context: ServiceContext,
    mappings: readonly StreamMapping[],
    meters: StreamMeters,
    lanes: Lanes,
    readers: Readers,
  ) {
    this.#context = context
    this.#mappings = mappings
    this.#meters = meters
    this.#lanes = lanes
    this.#readers = readers
    this.#delivered = context.kernel.handler((request, tag) => this.#answered(request, tag))
    this.#why = {
      exhausted: context.reason('lambda.recordsExhausted'),
      tooOld: context.reason('lambda.recordsTooOld'),
      expired: context.reason('lambda.recordsExpired'),
      toDestination: context.reason('lambda.recordsToDestination'),
      undelivered: context.reason('lambda.recordsUndelivered'),
      lost: context.reason('lambda.recordsLost'),
    }
  }

  /** How many of the first records are too old for the mapping, or no longer kept by the stream. */
  stale(l: number): { readonly count: number; readonly why: number } {
    const lanes = this.#lanes
    const held = lanes.held(l)
    if (held === 0) return { count: 0, why: EXPIRED }
    const r = lanes.get(l, READER_OF)
    const most = lanes.get(l, SIZE) || held
    const oldest = this.#readers.oldest(r)
    if (lanes.read(l, 0, HANDLE) < oldest) return { count: lanes.before(l, most, -1, oldest), why: EXPIRED }
    const { maxAge } = this.#mappings[this.#readers.mappingOf(r)]!
    return { count: lanes.before(l, most, this.#context.kernel.now - maxAge, -1), why: TOO_OLD }
  }

  /** Gives up the batch, or as many of its first records as are too old. `subject`: the lane as it is drawn. */
  discard(l: number, subject: number): void {
    const lanes = this.#lanes
    const r = lanes.get(l, READER_OF)
    const m = this.#readers.mappingOf(r)
    const mapping = this.#mappings[m]!
    const condition = lanes.get(l, CONDITION)
    const size = lanes.get(l, SIZE)
    const count = condition === EXHAUSTED ? size : this.stale(l).count
    if (count > 0) {
      const { exhausted, tooOld, expired } = this.#why
      const why = condition === EXHAUSTED ? exhausted : condition === TOO_OLD ? tooOld : expired
      this.#context.kernel.recorder.trace = lanes.read(l, 0, TRACE)
      this.#context.explain(why, mapping.resource, subject, count)
      this.#meters.dropped(m, count)
      if (condition !== EXPIRED) this.#tell(l, r, mapping, count, subject)
      lanes.pass(l, count)
    }
    if (size > count) lanes.set(l, SIZE, size - count)
    else lanes.takePiece(l)
  }

  #tell(l: number, r: number, mapping: StreamMapping, count: number, subject: number): void {
    const { calls, payloads, kernel } = this.#context
    const lanes = this.#lanes
    if (mapping.send < 0) {
      this.#context.explain(this.#why.lost, mapping.resource, subject)
      return
    }
    const exhausted = lanes.get(l, CONDITION) === EXHAUSTED
    const { now, recorder } = kernel
    const body = discardRecord(
      mapping.says,
      this.#readers.ownShard(r),
      recordsOf(lanes.first(l, count), 0, count, payloads),
      {
        condition: exhausted ? 'RetryAttemptsExhausted' : 'RecordAgeExceeded',
        invokes: lanes.get(l, INVOKES),
        // AWS says nothing of earlier invocations when it is age that ends them
        last: exhausted ? { threw: !lanes.has(l, REPORTED) } : null,
        request: requestId(this.#context.scenario().seed, recorder.trace, [2, subject, now]),
        now,
        whole: mapping.whole,
      },
    )
    this.#context.explain(this.#why.toDestination, mapping.resource, mapping.destination, count)
    const content: JsonObject = mapping.whole ? { key: this.#objectKey(r, mapping, body, now), content: body } : body
    const payload = payloads.intern({ body: content, poison: false })
    const tag = this.#readers.mappingOf(r) * 65_536 + count
    calls.send(mapping.send, payload, 1, this.#delivered, tag, Token.deadLetter)
  }

  /** As AWS names the object: mapping, shard, day, time and an id. */
  #objectKey(r: number, mapping: StreamMapping, record: JsonObject, now: number): string {
    const time = isoTime(now).slice(0, 19)
    const shard = shardId(mapping.service, this.#readers.ownShard(r))
    const { requestId: id } = record['requestContext'] as JsonObject
    return `aws/lambda/${mapping.id}/${shard}/${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${String(id)}`
  }

  /** Tag: the mapping and the number of records. */
  #answered(request: number, tag: number): void {
    const m = Math.floor(tag / 65_536)
    if (this.#context.calls.outcome(request) === Outcome.ok) return this.#meters.delivered(m, tag % 65_536)
    this.#context.explain(this.#why.undelivered, this.#mappings[m]!.resource, this.#context.calls.target(request))
  }
}
