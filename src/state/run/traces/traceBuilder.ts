import { RowKind, type Rows } from '../../../model/recording'
import type { Documents } from '../logs/documents'
import type { RowSource } from '../logs/logIndex'
import { alongCauses } from './causes'
import { Drafts } from './draft'
import { AsyncEventReader } from './read/asyncEvents'
import { CallReader } from './read/calls'
import { FunctionReader } from './read/functions'
import { QueueReader } from './read/queues'
import { FLEET, MAPPING, Reading } from './read/reading'

/** Reads the rows of one trace in order and turns them into segments. */
export class TraceBuilder {
  readonly drafts = new Drafts()
  readonly #reading: Reading
  readonly #queues: QueueReader
  readonly #calls: CallReader
  readonly #functions: FunctionReader
  readonly #events: AsyncEventReader

  constructor(source: RowSource, documents: Documents, trace: number) {
    this.#reading = new Reading(source, documents, trace, this.drafts)
    this.#queues = new QueueReader(this.#reading)
    this.#calls = new CallReader(this.#reading, this.#queues)
    this.#functions = new FunctionReader(this.#reading)
    this.#events = new AsyncEventReader(this.#reading)
  }

  /** The next row of the trace: entry `i` of `rows`, number `row` of the run. */
  row(rows: Rows, i: number, row: number): void {
    const foreign = rows.trace[i] !== this.#reading.trace
    const known = this.#contextOf(rows.cause[i]!)
    // a mapping that gathers what several polls brought is caused by the last of them
    const context = known < 0 && (foreign || this.#isMapping(rows.resource[i]!)) ? this.#queues.handedOut() : known
    this.#reading.foreign = foreign
    this.drafts.context.set(row, this.#read(rows, i, row, context))
  }

  #isMapping(resource: number): boolean {
    return this.#reading.type(this.#reading.resource(resource)) === MAPPING
  }

  /** Returns the segment a row belongs to. */
  #read(rows: Rows, i: number, row: number, context: number): number {
    const kind = rows.kind[i]!
    if (kind === RowKind.hop) return this.#calls.hop(rows, i, row, context)
    if (kind === RowKind.span)
      return this.#reading.type(this.#reading.resource(rows.resource[i]!)) === FLEET
        ? this.#calls.worked(rows, i, row, context)
        : this.#functions.ended(rows, i, context)
    if (kind === RowKind.reason) return this.#reason(rows, i, row, context)
    if (kind !== RowKind.state) return context
    const look = this.#reading.source.names.look(rows.subject[i]!)
    const state = look?.states[rows.code[i]!] ?? ''
    if (look?.environment === true) return this.#functions.state(state, rows, i, row, context)
    return look?.name === 'event' ? this.#events.state(state, rows, i, row, context) : context
  }

  /** What a cause belongs to: the nearest row on the way back that has been read. */
  #contextOf(cause: number): number {
    return alongCauses(this.#reading.source, cause, this.drafts.context, -1)
  }

  #reason(rows: Rows, i: number, row: number, context: number): number {
    const at = rows.at[i]!
    const reason = this.#reading.source.names.head.reasons[rows.code[i]!] ?? ''
    switch (reason) {
      case 'call.denied':
      case 'call.uninvited':
      case 'call.down':
        this.#calls.refused(rows.subject[i]!, reason !== 'call.down', at, context)
        break
      case 'lambda.failedWith':
        this.#functions.failedWith(rows.subject[i]!, rows.value[i]!, at)
        break
      case 'sqs.reappeared':
      case 'sqs.copySeen':
        return this.#queues.reappeared(this.#reading.resource(rows.resource[i]!), at, row, context)
      case 'sqs.expired':
        this.#queues.expired(this.#reading.resource(rows.resource[i]!), at)
        break
      case 'eventbridge.unmatched':
        this.drafts.all[context]?.notes.push('no rule matched')
        break
    }
    return context
  }
}
