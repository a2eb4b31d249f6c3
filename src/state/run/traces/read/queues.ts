import { Token, type Rows, type Wire } from '../../../../model/recording'
import type { Draft } from '../draft'
import { QUEUE, type Reading } from './reading'

/** What happens to a message in a queue: it waits, is hidden while somebody works on it, comes back, is deleted, expires or moves on. */
export class QueueReader {
  readonly #reading: Reading
  readonly #receives = new Map<number, number>()
  /** The last time a message was hidden, by its queue's segment. */
  readonly #hidden = new Map<number, Draft>()

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /** The segment of a queue that the message came to last. */
  of(id: string): Draft | undefined {
    return this.#reading.drafts.newest(({ resource, origin }) => resource === id && origin === QUEUE)
  }

  /** A poller was answered. Returns the segment that what follows belongs to. */
  received(wire: Wire, rows: Rows, i: number, row: number, context: number): number {
    const queue = this.of(wire.to)
    if (queue === undefined || rows.code[i] !== Token.response) return context
    const n = (this.#receives.get(queue.index) ?? 0) + 1
    this.#receives.set(queue.index, n)
    this.#reading.endPhase(queue.index, rows.at[i]!)
    const phase = this.#reading.startPhase(queue, 'Hidden', 'hidden', rows.at[i]!, row)
    phase.notes.push(`receive ${n}`)
    this.#hidden.set(queue.index, phase)
    return phase.index
  }

  /** Where the message is handed out now; -1 when it is not. */
  handedOut(): number {
    return this.#reading.drafts.newest(({ look, end }) => look === 'hidden' && end === null)?.index ?? -1
  }

  /** The mapping deletes what was worked on. */
  deleted(at: number, context: number): void {
    const { drafts } = this.#reading
    const hidden = drafts.above(context, ({ look }) => look === 'hidden')
    this.#reading.endPhase(hidden?.parent ?? context, at)
  }

  /** The message was not deleted in time and is seen again. */
  reappeared(resource: string, at: number, row: number, context: number): number {
    const queue = this.of(resource)
    if (queue === undefined) return context
    const phase = this.#reading.endPhase(queue.index, at)
    // what comes back was hidden until now, though others of its batch were deleted
    const hidden = this.#hidden.get(queue.index)
    if (hidden !== undefined) hidden.end = at
    // it was handed out in a batch that another trace tells about
    else if (phase?.look === 'wait') phase.notes.push('and hidden, in a batch of another trace')
    this.#hidden.delete(queue.index)
    this.#reading.startPhase(queue, 'Waiting', 'wait', at, row)
    return queue.index
  }

  expired(resource: string, at: number): void {
    const queue = this.of(resource)
    if (queue === undefined) return
    this.#reading.over(queue, at)
    queue.fault = true
    queue.notes.push('expired')
  }
}
