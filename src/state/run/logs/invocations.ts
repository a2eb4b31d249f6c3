import { floats, ints, bytes } from '../numberList'

/** Invocations in the order they began, in columns. Times in µs; -1 where something is not known or not there. */
export class Invocations {
  readonly entity = ints()
  /** Index of the function or version. */
  readonly resource = ints()
  readonly trace = ints()
  readonly start = floats()
  readonly end = floats()
  /** Length of the init phase before it: a cold start; 0 for none. Init inside an invocation, after a reset, is part of its duration. */
  readonly init = floats()
  /** Length of the restore from a snapshot before it (SS-3). */
  readonly restore = floats()
  readonly outcome = bytes()
  /** Asynchronous event it is an attempt at, by entity. */
  readonly event = ints()
  /** Row it began with. */
  readonly row = ints()
  /** Number of its error type. */
  readonly error = ints()
  /** MB in use at its most. */
  readonly used = floats()

  get length(): number {
    return this.entity.length
  }

  add(entity: number, resource: number, trace: number, start: number, row: number): number {
    this.entity.push(entity)
    this.resource.push(resource)
    this.trace.push(trace)
    this.start.push(start)
    this.end.push(-1)
    this.init.push(0)
    this.restore.push(0)
    this.outcome.push(0)
    this.event.push(-1)
    this.row.push(row)
    this.error.push(-1)
    this.used.push(0)
    return this.entity.length - 1
  }
}
