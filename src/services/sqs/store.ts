import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import { AGED, MESSAGE_DOUBLES, MESSAGE_INTS, NEWER, NEXT, OLDER, PREVIOUS } from './message-row'
import {
  AGED_AT,
  DEAD_LETTER,
  FIRST,
  FIRST_READY,
  FIRST_WAITING,
  LAST,
  LAST_READY,
  LAST_WAITING,
  MOVE_TO,
  NEWEST,
  OLDEST,
  QUEUE_DOUBLES,
  QUEUE_INTS,
  RESOURCE,
} from './queue-row'

/** The queues, rows of queue-row.ts. */
export class Queues {
  readonly table = new Table(16)
  readonly ints = this.table.kept(0, QUEUE_INTS)
  readonly doubles = this.table.keptF64(0, QUEUE_DOUBLES)

  add(resource: number): number {
    const queue = this.table.add()
    const at = queue * QUEUE_INTS
    const row = this.ints.data
    row[at + RESOURCE] = resource
    for (const end of [
      DEAD_LETTER,
      FIRST,
      LAST,
      OLDEST,
      NEWEST,
      FIRST_WAITING,
      LAST_WAITING,
      FIRST_READY,
      LAST_READY,
      MOVE_TO,
    ]) {
      row[at + end] = -1
    }
    this.doubles.data[queue * QUEUE_DOUBLES + AGED_AT] = -Infinity
    return queue
  }
}

/** Messages of all queues, rows of message-row.ts. Lists run through the rows, so that a message costs no object. */
export class Messages {
  readonly table = new Table(1024)
  readonly ints = this.table.kept(0, MESSAGE_INTS)
  readonly doubles = this.table.keptF64(0, MESSAGE_DOUBLES)

  /** Adds to the end of the visible ones of a standard queue. */
  append(queues: Queues, queue: number, message: number): void {
    const row = this.ints.data
    const q = queues.ints.data
    const at = message * MESSAGE_INTS
    const end = queue * QUEUE_INTS
    const last = q[end + LAST]!
    row[at + PREVIOUS] = last
    row[at + NEXT] = -1
    if (last < 0) q[end + FIRST] = message
    else row[last * MESSAGE_INTS + NEXT] = message
    q[end + LAST] = message
  }
  /** Adds before the last of them. */
  appendBeforeLast(queues: Queues, queue: number, message: number): void {
    const q = queues.ints.data
    const last = q[queue * QUEUE_INTS + LAST]!
    if (last >= 0) this.unlink(queues, queue, last)
    this.append(queues, queue, message)
    if (last >= 0) this.append(queues, queue, last)
  }
  unlink(queues: Queues, queue: number, message: number): void {
    const row = this.ints.data
    const q = queues.ints.data
    const at = message * MESSAGE_INTS
    const previous = row[at + PREVIOUS]!
    const next = row[at + NEXT]!
    if (previous < 0) q[queue * QUEUE_INTS + FIRST] = next
    else row[previous * MESSAGE_INTS + NEXT] = next
    if (next < 0) q[queue * QUEUE_INTS + LAST] = previous
    else row[next * MESSAGE_INTS + PREVIOUS] = previous
  }

  age(queues: Queues, queue: number, message: number): void {
    const row = this.ints.data
    const q = queues.ints.data
    const at = message * MESSAGE_INTS
    const newest = q[queue * QUEUE_INTS + NEWEST]!
    row[at + AGED] = 1
    row[at + OLDER] = newest
    row[at + NEWER] = -1
    if (newest < 0) q[queue * QUEUE_INTS + OLDEST] = message
    else row[newest * MESSAGE_INTS + NEWER] = message
    q[queue * QUEUE_INTS + NEWEST] = message
  }
  unage(queues: Queues, queue: number, message: number): void {
    const row = this.ints.data
    const at = message * MESSAGE_INTS
    if (row[at + AGED] === 0) return
    row[at + AGED] = 0
    const q = queues.ints.data
    const older = row[at + OLDER]!
    const newer = row[at + NEWER]!
    if (older < 0) q[queue * QUEUE_INTS + OLDEST] = newer
    else row[older * MESSAGE_INTS + NEWER] = newer
    if (newer < 0) q[queue * QUEUE_INTS + NEWEST] = older
    else row[newer * MESSAGE_INTS + OLDER] = older
  }
}

/** Places of what is known of a request that waits. */
const WAIT_INTS = 5
const QUEUE_AT = 0
const AFTER = 1
const BEFORE = 2
/** Agenda slot of the end of its patience, or -1. */
const PATIENCE = 3
/** 1: a short poll, which asks a part of the servers. */
const SHORT = 4

/** Receives that were not answered yet, first come first served; by request. */
export class Waiting {
  readonly table = new Table(64)
  readonly #ints = this.table.kept(-1, WAIT_INTS)

  /** At the end of the row; at its beginning with `first`. */
  add(queues: Queues, queue: number, request: number, patience: number, first: boolean, short: boolean): void {
    while (this.table.size <= request) this.table.add()
    const row = this.#ints.data
    const q = queues.ints.data
    const at = request * WAIT_INTS
    const before = first ? -1 : q[queue * QUEUE_INTS + LAST_WAITING]!
    const after = first ? q[queue * QUEUE_INTS + FIRST_WAITING]! : -1
    row[at + QUEUE_AT] = queue
    row[at + AFTER] = after
    row[at + BEFORE] = before
    row[at + PATIENCE] = patience
    row[at + SHORT] = short ? 1 : 0
    if (before < 0) q[queue * QUEUE_INTS + FIRST_WAITING] = request
    else row[before * WAIT_INTS + AFTER] = request
    if (after < 0) q[queue * QUEUE_INTS + LAST_WAITING] = request
    else row[after * WAIT_INTS + BEFORE] = request
  }

  has(request: number): boolean {
    return request < this.table.size && this.#ints.data[request * WAIT_INTS + QUEUE_AT]! >= 0
  }

  isShort(request: number): boolean {
    return this.#ints.data[request * WAIT_INTS + SHORT] === 1
  }

  /** Takes a request out of the row. Returns the agenda slot of its patience, or -1. */
  leave(queues: Queues, request: number): number {
    const row = this.#ints.data
    const q = queues.ints.data
    const at = request * WAIT_INTS
    const end = row[at + QUEUE_AT]! * QUEUE_INTS
    const before = row[at + BEFORE]!
    const after = row[at + AFTER]!
    if (before < 0) q[end + FIRST_WAITING] = after
    else row[before * WAIT_INTS + AFTER] = after
    if (after < 0) q[end + LAST_WAITING] = before
    else row[after * WAIT_INTS + BEFORE] = before
    row[at + QUEUE_AT] = -1
    return row[at + PATIENCE]!
  }
}

/** The tables, held by keyframes. */
export function openStore(kernel: Kernel): { queues: Queues; messages: Messages; waiting: Waiting } {
  const store = { queues: new Queues(), messages: new Messages(), waiting: new Waiting() }
  for (const { table } of Object.values(store)) kernel.part(table)
  return store
}
