import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'

/** Integers of a reader side by side. */
const INTS = 12
export const PIPE_OF = 0
/** Over all shards of its service, and within its stream; -1: it reads a queue. */
export const SHARD = 1
export const OWN_SHARD = 2
/** Number within its pipe. */
export const NUMBER = 3
/** The batch in hand, -1 for none. */
export const PARCEL = 4
/** What is sent to a function in its place. */
export const SENT = 5
/** The read under way, and the event that will begin one. */
export const REQUEST = 6
export const POLLING = 7
/** Answers of targets that are still to come, and how many of them refused. */
export const PENDING = 8
export const REFUSED = 9
/** How often the batch failed. */
export const ATTEMPTS = 10
/** The enrichment answered: it need not be asked again. */
export const ENRICHED = 11

const DOUBLES = 4
/** Sequence number of the next record to read, and of that after the batch in hand. */
export const NEXT = 0
export const AFTER = 1
/** µs. */
export const POLLED_AT = 2
export const TAKEN_AT = 3

/** Readers of pipes, one row each. */
export class Rows {
  readonly table: Table
  readonly #ints
  readonly #doubles
  constructor(kernel: Kernel) {
    this.table = kernel.part(new Table(8))
    this.#ints = this.table.kept(-1, INTS)
    this.#doubles = this.table.keptF64(0, DOUBLES)
  }
  int(reader: number, column: number): number {
    return this.#ints.data[reader * INTS + column]!
  }
  set(reader: number, column: number, value: number): void {
    this.#ints.data[reader * INTS + column] = value
  }
  double(reader: number, column: number): number {
    return this.#doubles.data[reader * DOUBLES + column]!
  }
  setDouble(reader: number, column: number, value: number): void {
    this.#doubles.data[reader * DOUBLES + column] = value
  }
}
