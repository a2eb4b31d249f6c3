import { Outcome } from '../../model/recording'
import { Table } from '../../kernel/columns'
import type { Kernel } from '../../kernel/kernel'
import type { Metrics } from '../../kernel/metrics'
import type { Calls, ServiceContext } from '../service'

/** What single calls need of their client. */
interface Caller {
  readonly resource: number
  readonly wire: number
  /** µs, Infinity: waits for ever. */
  readonly timeout: number
}
/** Series of a client. */
export interface ClientMeters {
  readonly requests: number
  readonly successes: number
  readonly failures: number
  readonly retries: number
  readonly latency: number
}

/**
 * Calls that are not tried again: answered or given up, and that is all. The request's own life tells the rest, so these need no
 * `call` of their own beside it; one timer per request id, suspended while it is not needed. Most calls of most runs are such.
 */
export class SingleCalls {
  readonly #context: ServiceContext
  readonly #calls: Calls
  readonly #kernel: Kernel
  readonly #metrics: Metrics
  readonly #callers: readonly Caller[]
  readonly #meters: readonly ClientMeters[]
  readonly #table = new Table(256)
  /** Agenda slot by request id, -1 before the first use. */
  readonly #timers = this.#table.kept(-1)
  readonly #answered: number
  readonly #timedOut: number
  readonly #reason: number

  constructor(context: ServiceContext, callers: readonly Caller[], meters: readonly ClientMeters[]) {
    const { kernel } = context
    this.#context = context
    this.#calls = context.calls
    this.#kernel = kernel
    this.#metrics = kernel.metrics
    this.#callers = callers
    this.#meters = meters
    kernel.part(this.#table)
    this.#reason = context.reason('client.timeout')
    this.#answered = kernel.handler((request, c) => this.#end(request, c))
    this.#timedOut = kernel.handler((request, c) => this.#giveUp(request, c))
  }

  make(c: number, payload: number): void {
    const { wire, timeout } = this.#callers[c]!
    const request = this.#calls.send(wire, payload, 1, this.#answered, c)
    if (timeout === Infinity) return
    while (this.#table.size <= request) this.#table.add()
    const slot = this.#timers.data[request]!
    // the slot may have been another client's
    if (slot >= 0 && this.#kernel.agenda.b[slot] === c) this.#kernel.again(slot, timeout)
    else {
      if (slot >= 0) this.#kernel.agenda.remove(slot)
      this.#timers.data[request] = this.#kernel.after(timeout, this.#timedOut, request, c)
    }
  }

  #end(request: number, c: number): void {
    const meter = this.#meters[c]!
    const slot = request < this.#table.size ? this.#timers.data[request]! : -1
    if (slot >= 0) this.#kernel.agenda.suspend(slot)
    this.#count(this.#calls.outcome(request) === Outcome.ok ? meter.successes : meter.failures, request, meter)
  }

  #giveUp(request: number, c: number): void {
    const { resource, timeout } = this.#callers[c]!
    const meter = this.#meters[c]!
    this.#timers.data[request] = -1
    this.#context.explain(this.#reason, resource, -1, timeout / 1e6)
    this.#count(meter.failures, request, meter)
    this.#calls.abandon(request)
  }

  #count(series: number, request: number, meter: ClientMeters): void {
    this.#metrics.count(series)
    this.#metrics.observe(meter.latency, this.#kernel.now - this.#calls.sentAt(request))
  }
}
