import type { LogicalId } from '../../model/scenario'
import type { ServiceContext } from '../service'

/** What is left to chance in a standard queue, whose messages lie on many servers (SQS-3, SQS-6). Nothing is drawn where nothing can happen. */
export class Chances {
  /** A short poll may miss messages. */
  readonly sampled: boolean
  readonly #context: ServiceContext
  readonly #copies: number
  readonly #disorder: number
  readonly #share: number
  /** A stream for each queue. */
  readonly #streams: readonly number[]

  /** `ids` by row of the queue. */
  constructor(context: ServiceContext, ids: readonly LogicalId[]) {
    this.#context = context
    this.#copies = context.number('sqs.copies')
    this.#disorder = context.number('sqs.disorder')
    this.#share = context.number('sqs.shortPollShare')
    this.sampled = this.#share < 1
    const some = this.sampled || this.#copies > 0 || this.#disorder > 0
    this.#streams = some ? ids.map((id) => context.stream(id, 'servers')) : []
  }

  /** A delete misses a copy. */
  leavesCopy(queue: number): boolean {
    return this.#copies > 0 && this.#draw(queue) < this.#copies
  }
  /** A message goes before the one that came before it. */
  overtakes(queue: number): boolean {
    return this.#disorder > 0 && this.#draw(queue) < this.#disorder
  }
  /** A short poll finds a message. */
  finds(queue: number): boolean {
    return this.#draw(queue) < this.#share
  }

  #draw(queue: number): number {
    return this.#context.kernel.random.uniform(this.#streams[queue]!)
  }
}
