import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'

/** State of the queues, one row each: settings, counts, and the ends of three lists. Durations in µs. */
export class Queues {
  readonly table = new Table(16)
  readonly resource = this.table.i32()
  readonly visibilityTimeout = this.table.f64()
  readonly retention = this.table.f64()
  readonly delay = this.table.f64()
  /** Row of the dead-letter queue, -1 for none. */
  readonly deadLetter = this.table.i32(-1)
  readonly maxReceiveCount = this.table.i32()
  readonly visible = this.table.i32()
  readonly inFlight = this.table.i32()
  readonly delayed = this.table.i32()
  /** What the levels said last. */
  readonly shownVisible = this.table.i32()
  readonly shownInFlight = this.table.i32()
  readonly shownDelayed = this.table.i32()
  /** Visible messages, first to be received first. */
  readonly first = this.table.i32(-1)
  readonly last = this.table.i32(-1)
  /** Stored messages by age. */
  readonly oldest = this.table.i32(-1)
  readonly newest = this.table.i32(-1)
  /** When the age was measured last. */
  readonly agedAt = this.table.f64(-Infinity)
  /** Receives that wait for a message. */
  readonly firstWaiting = this.table.i32(-1)
  readonly lastWaiting = this.table.i32(-1)
  /** 1 while `settle` is scheduled for the end of this instant. */
  readonly touched = this.table.u8()
  /** Billed requests. */
  readonly requests = this.table.f64()
}

/** Messages of all queues. Lists run through the columns, so that a message costs no object. */
export class Messages {
  readonly table = new Table(1024)
  readonly queue = this.table.i32(-1)
  readonly payload = this.table.i32(-1)
  readonly trace = this.table.i32(-1)
  readonly receives = this.table.i32()
  /** Functions its event has passed through (LAM-68). */
  readonly passes = this.table.i32()
  /** When it was sent; a dead-letter queue keeps it (SQS-5). */
  readonly sentAt = this.table.f64()
  readonly next = this.table.i32(-1)
  readonly previous = this.table.i32(-1)
  readonly newer = this.table.i32(-1)
  readonly older = this.table.i32(-1)
  /** 1 while it is in the list by age. */
  readonly aged = this.table.u8()

  /** Adds to the end of the visible ones. */
  append(queues: Queues, queue: number, message: number): void {
    const last = queues.last.data[queue]!
    this.previous.data[message] = last
    this.next.data[message] = -1
    if (last < 0) queues.first.data[queue] = message
    else this.next.data[last] = message
    queues.last.data[queue] = message
  }

  unlink(queues: Queues, queue: number, message: number): void {
    const previous = this.previous.data[message]!
    const next = this.next.data[message]!
    if (previous < 0) queues.first.data[queue] = next
    else this.next.data[previous] = next
    if (next < 0) queues.last.data[queue] = previous
    else this.previous.data[next] = previous
  }

  age(queues: Queues, queue: number, message: number): void {
    const newest = queues.newest.data[queue]!
    this.aged.data[message] = 1
    this.older.data[message] = newest
    if (newest < 0) queues.oldest.data[queue] = message
    else this.newer.data[newest] = message
    queues.newest.data[queue] = message
  }

  unage(queues: Queues, queue: number, message: number): void {
    if (this.aged.data[message] === 0) return
    this.aged.data[message] = 0
    const older = this.older.data[message]!
    const newer = this.newer.data[message]!
    if (older < 0) queues.oldest.data[queue] = newer
    else this.newer.data[older] = newer
    if (newer < 0) queues.newest.data[queue] = older
    else this.older.data[newer] = older
  }
}

/** Receives that were not answered yet, first come first served. */
export class Waiting {
  readonly table = new Table(16)
  readonly request = this.table.i32(-1)
  readonly next = this.table.i32(-1)

  append(queues: Queues, queue: number, request: number): void {
    const entry = this.table.add()
    this.request.data[entry] = request
    const last = queues.lastWaiting.data[queue]!
    if (last < 0) queues.firstWaiting.data[queue] = entry
    else this.next.data[last] = entry
    queues.lastWaiting.data[queue] = entry
  }

  /** The request that waits longest, -1 when none does. */
  peek(queues: Queues, queue: number): number {
    const entry = queues.firstWaiting.data[queue]!
    return entry < 0 ? -1 : this.request.data[entry]!
  }

  shift(queues: Queues, queue: number): void {
    const entry = queues.firstWaiting.data[queue]!
    const next = this.next.data[entry]!
    queues.firstWaiting.data[queue] = next
    if (next < 0) queues.lastWaiting.data[queue] = -1
    this.table.remove(entry)
  }

  /** Takes a request out of the row. Returns whether it was there. */
  leave(queues: Queues, queue: number, request: number): boolean {
    let before = -1
    for (let entry = queues.firstWaiting.data[queue]!; entry >= 0; entry = this.next.data[entry]!) {
      if (this.request.data[entry] === request) {
        const next = this.next.data[entry]!
        if (before < 0) queues.firstWaiting.data[queue] = next
        else this.next.data[before] = next
        if (next < 0) queues.lastWaiting.data[queue] = before
        this.table.remove(entry)
        return true
      }
      before = entry
    }
    return false
  }
}

/** The three tables, held by keyframes. */
export function openStore(kernel: Kernel): { queues: Queues; messages: Messages; waiting: Waiting } {
  const store = { queues: new Queues(), messages: new Messages(), waiting: new Waiting() }
  for (const { table } of Object.values(store)) kernel.part(table)
  return store
}
