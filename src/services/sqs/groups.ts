import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import type { Stateful } from '../../kernel/stateful'
import { GROUP, MESSAGE_INTS, NEXT, PLACE, PREVIOUS, QUEUE_OF } from './message-row'
import { BUSY_GROUPS, FIRST_READY, IN_FLIGHT, LAST_READY, QUEUE_INTS, READY_COUNT, VISIBLE } from './queue-row'
import type { Messages, Queues } from './store'

const GROUP_INTS = 6
/** Stored messages, in the order they were sent. */
const HEAD = 0
const TAIL = 1
/** Neighbours among the ready groups of the queue, and 1 while it is one. */
const READY_NEXT = 2
const READY_PREVIOUS = 3
const READY = 4
/** Messages in flight. */
const BUSY = 5

/** Rows of groups by queue and name. Append-only. */
class Names implements Stateful {
  readonly #rows = new Map<string, number>()
  find(queue: number, name: string): number | undefined {
    return this.#rows.get(`${queue}/${name}`)
  }
  add(queue: number, name: string, row: number): void {
    this.#rows.set(`${queue}/${name}`, row)
  }
  save(): [string, number][] {
    return [...this.#rows]
  }
  load(image: unknown): void {
    this.#rows.clear()
    for (const [name, row] of image as [string, number][]) this.#rows.set(name, row)
  }
}

/**
 * Message groups of FIFO queues (SQS-4, SQS-ESM-10). A group is ready when the first of its messages is visible: while one is in flight, those
 * sent after it are withheld. A group that becomes ready again takes its place behind those that are.
 */
export class Groups {
  readonly #table = new Table(64)
  readonly #ints = this.#table.kept(0, GROUP_INTS)
  readonly #names = new Names()
  readonly #queues: Queues
  readonly #messages: Messages

  constructor(kernel: Kernel, queues: Queues, messages: Messages) {
    this.#queues = queues
    this.#messages = messages
    kernel.part(this.#table)
    kernel.part(this.#names)
  }

  /** First message of a group, -1 when it has none. */
  head(group: number): number {
    return this.#ints.data[group * GROUP_INTS + HEAD]!
  }

  /** The group that became ready after this one, -1 when none did. */
  nextReady(group: number): number {
    return this.#ints.data[group * GROUP_INTS + READY_NEXT]!
  }

  /** Adds a message to the end of its group. */
  join(queue: number, message: number, name: string): void {
    const group = this.#names.find(queue, name) ?? this.#create(queue, name)
    const row = this.#messages.ints.data
    const at = group * GROUP_INTS
    const groups = this.#ints.data
    const tail = groups[at + TAIL]!
    row[message * MESSAGE_INTS + GROUP] = group
    row[message * MESSAGE_INTS + PREVIOUS] = tail
    row[message * MESSAGE_INTS + NEXT] = -1
    if (tail < 0) groups[at + HEAD] = message
    else row[tail * MESSAGE_INTS + NEXT] = message
    groups[at + TAIL] = message
  }

  /** A message is gone. */
  leave(message: number): void {
    const row = this.#messages.ints.data
    const at = message * MESSAGE_INTS
    const group = row[at + GROUP]!
    const previous = row[at + PREVIOUS]!
    const next = row[at + NEXT]!
    const groups = this.#ints.data
    if (previous < 0) groups[group * GROUP_INTS + HEAD] = next
    else row[previous * MESSAGE_INTS + NEXT] = next
    if (next < 0) groups[group * GROUP_INTS + TAIL] = previous
    else row[next * MESSAGE_INTS + PREVIOUS] = previous
    this.#refresh(row[at + QUEUE_OF]!, group)
  }

  /** A message went from one place of the queue to another. */
  moved(message: number, from: number, to: number): void {
    const row = this.#messages.ints.data
    const queue = row[message * MESSAGE_INTS + QUEUE_OF]!
    const group = row[message * MESSAGE_INTS + GROUP]!
    const busy = (to === IN_FLIGHT ? 1 : 0) - (from === IN_FLIGHT ? 1 : 0)
    if (busy !== 0) {
      const groups = this.#ints.data
      const before = groups[group * GROUP_INTS + BUSY]!
      groups[group * GROUP_INTS + BUSY] = before + busy
      const q = this.#queues.ints.data
      if (before === 0) q[queue * QUEUE_INTS + BUSY_GROUPS] = q[queue * QUEUE_INTS + BUSY_GROUPS]! + 1
      if (before + busy === 0) q[queue * QUEUE_INTS + BUSY_GROUPS] = q[queue * QUEUE_INTS + BUSY_GROUPS]! - 1
    }
    this.#refresh(queue, group)
  }

  #create(queue: number, name: string): number {
    const group = this.#table.add()
    const at = group * GROUP_INTS
    this.#ints.data.fill(-1, at, at + GROUP_INTS)
    this.#ints.data[at + READY] = 0
    this.#ints.data[at + BUSY] = 0
    this.#names.add(queue, name, group)
    return group
  }

  #refresh(queue: number, group: number): void {
    const groups = this.#ints.data
    const at = group * GROUP_INTS
    const head = groups[at + HEAD]!
    const ready = head >= 0 && this.#messages.ints.data[head * MESSAGE_INTS + PLACE] === VISIBLE
    if (ready === (groups[at + READY] === 1)) return
    const q = this.#queues.ints.data
    const end = queue * QUEUE_INTS
    q[end + READY_COUNT] = q[end + READY_COUNT]! + (ready ? 1 : -1)
    groups[at + READY] = ready ? 1 : 0
    if (ready) {
      const last = q[end + LAST_READY]!
      groups[at + READY_PREVIOUS] = last
      groups[at + READY_NEXT] = -1
      if (last < 0) q[end + FIRST_READY] = group
      else groups[last * GROUP_INTS + READY_NEXT] = group
      q[end + LAST_READY] = group
      return
    }
    const previous = groups[at + READY_PREVIOUS]!
    const next = groups[at + READY_NEXT]!
    if (previous < 0) q[end + FIRST_READY] = next
    else groups[previous * GROUP_INTS + READY_NEXT] = next
    if (next < 0) q[end + LAST_READY] = previous
    else groups[next * GROUP_INTS + READY_PREVIOUS] = previous
  }
}
