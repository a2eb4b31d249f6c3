import type { Kernel } from '../../kernel/kernel'
import { MICROS, toMicros } from '../../model/units'
import { bytesOf } from '../message-size'
import type { Payload, ServiceContext } from '../service'
import { Deduplication, deduplicationId } from './deduplication'
import { CALL_GAP, CONTENT_BASED, FIFO, MOST_BYTES, PER_GROUP, QUEUE_DOUBLES, QUEUE_INTS } from './queue-row'
import type { Queues } from './store'

/** Who names no deduplication id and gives no way to name one: a FIFO queue has to take the content for it. */
const NAMES_NO_ID = ['AWS::Events::Rule', 'AWS::Events::EventBus', 'AWS::Scheduler::Schedule']
/** A document cannot hold a message as long as SQS's own limit, so the default is not measured against. */
const UNCHECKED_BYTES = 1_048_576

export const TAKEN = -1

/** What queues take and what they refuse: too long, without a group, repeated, too often (SQS-2, SQS-4). */
export class Admission {
  /** The reason that is no error: the message is there already. */
  readonly duplicate: number
  readonly #context: ServiceContext
  readonly #kernel: Kernel
  readonly #queues: Queues
  readonly #deduplication: Deduplication
  readonly #window: number
  readonly #namesNoId: (boolean | undefined)[] = []
  readonly #why: { readonly [name in 'tooLarge' | 'noGroup' | 'noId' | 'fifoDelay' | 'throttled']: number }

  constructor(context: ServiceContext, queues: Queues) {
    this.#context = context
    this.#kernel = context.kernel
    this.#queues = queues
    this.#window = context.number('sqs.deduplicationWindow')
    this.#deduplication = context.kernel.part(new Deduplication(toMicros(this.#window)))
    for (const type of NAMES_NO_ID) for (const id of context.ids(type)) this.#namesNoId[context.index(id)] = true
    this.duplicate = context.reason('sqs.duplicate')
    this.#why = {
      tooLarge: context.reason('sqs.tooLarge'),
      noGroup: context.reason('sqs.noGroup'),
      noId: context.reason('sqs.noId'),
      fifoDelay: context.reason('sqs.fifoDelay'),
      throttled: context.reason('sqs.throttled'),
    }
  }

  /** Whether a FIFO queue has had its calls of a kind for now; if not, this one counts. `until`: which kind, of queue-row.ts. */
  throttled(queue: number, until: number): boolean {
    const doubles = this.#queues.doubles.data
    const at = queue * QUEUE_DOUBLES
    const gap = doubles[at + CALL_GAP]!
    if (gap === 0) return false
    const { now } = this.#kernel
    const due = Math.max(now, doubles[at + until]!) + gap
    // a second's worth may come at once
    if (due - now > MICROS + 1) return true
    doubles[at + until] = due
    return false
  }
  /** Records why it was refused. */
  explainThrottle(queue: number, resource: number): void {
    const gap = this.#queues.doubles.data[queue * QUEUE_DOUBLES + CALL_GAP]!
    this.#context.explain(this.#why.throttled, resource, resource, Math.round(MICROS / gap))
  }

  /** Number of the reason why a message is not stored, TAKEN when it is. `source`: index of who sends it. */
  refusal(queue: number, payload: Payload, source: number): number {
    const row = this.#queues.ints.data
    const at = queue * QUEUE_INTS
    if (row[at + MOST_BYTES]! < UNCHECKED_BYTES && bytesOf(payload) > row[at + MOST_BYTES]!) return this.#why.tooLarge
    if (row[at + FIFO] === 0) return TAKEN
    if (payload.group === undefined) return this.#why.noGroup
    if (payload.delay !== undefined) return this.#why.fifoDelay
    const id = deduplicationId(payload, row[at + CONTENT_BASED] === 1)
    if (id === null) return this.#namesNoId[source] === true ? this.#why.noId : TAKEN
    const scope = row[at + PER_GROUP] === 1 ? `${queue}/${payload.group}` : `${queue}`
    return this.#deduplication.repeats(`${scope}/${id}`, this.#kernel.now) ? this.duplicate : TAKEN
  }

  /** Records why a message was not stored. */
  explain(refused: number, queue: number, resource: number): void {
    const most = this.#queues.ints.data[queue * QUEUE_INTS + MOST_BYTES]!
    this.#context.explain(refused, resource, resource, refused === this.duplicate ? this.#window : most)
  }
}
