import { RowKind, Token, type Rows, type Wire } from '../../../model/recording'
import type { Names } from '../names'
import { Pollers } from './pollers'
import { WaitingLine } from './waitingLine'

/** What becomes known of the traces of a batch that is recorded under the trace of its first message. */
export interface BatchSink {
  /** A row of another trace tells about this one, too. */
  link(trace: number, row: number): void
  /** The trace came to a resource. */
  touch(trace: number, resource: number): void
  /** It lasted until a time (µs), and was refused or failed. */
  lasted(trace: number, until: number, how: 'ok' | 'failed' | 'throttled'): void
}

const ANSWERS: ReadonlySet<number> = new Set([Token.response, Token.throttled, Token.error])

/**
 * Who travels in whose batch. A mapping's rows carry the trace of the first message alone; the others are found by following the order of
 * a standard queue, in which messages are handed out as they became visible. FIFO queues are left out: their groups go other ways.
 */
export class Batches {
  readonly #names: Names
  readonly #sink: BatchSink
  readonly #delayOf: (queue: string) => number
  readonly #lines = new Map<string, WaitingLine | null>()
  readonly #pollers = new Pollers()
  /** Handed to the function, by mapping and first trace. */
  readonly #running = new Map<string, readonly number[]>()
  /** Called for last with a batch of this first trace; and worked on, by environment. */
  readonly #called = new Map<number, readonly number[]>()
  readonly #worked = new Map<number, readonly number[]>()
  /** The batch whose invocation ended last. */
  #over: readonly number[] | null = null
  readonly #reasons: {
    readonly [
      name in 'failedWith' | 'reappeared' | 'copySeen' | 'overtook' | 'expired' | 'denied' | 'uninvited' | 'down'
    ]: number
  }

  /** `delayOf`: time (µs) after which a message sent to a queue is seen; -1 for a queue that does not keep to the order. */
  constructor(names: Names, sink: BatchSink, delayOf: (queue: string) => number) {
    this.#names = names
    this.#sink = sink
    this.#delayOf = delayOf
    const { reasons } = names.head
    this.#reasons = {
      failedWith: reasons.indexOf('lambda.failedWith'),
      reappeared: reasons.indexOf('sqs.reappeared'),
      copySeen: reasons.indexOf('sqs.copySeen'),
      overtook: reasons.indexOf('sqs.overtook'),
      expired: reasons.indexOf('sqs.expired'),
      denied: reasons.indexOf('call.denied'),
      uninvited: reasons.indexOf('call.uninvited'),
      down: reasons.indexOf('call.down'),
    }
  }

  /** The next row of the run. */
  row(rows: Rows, i: number, row: number): void {
    const kind = rows.kind[i]!
    if (kind === RowKind.hop) {
      const wire = this.#names.wires[rows.subject[i]!]
      if (wire !== undefined) this.#hop(wire, rows, i, row)
    } else if (kind === RowKind.reason) this.#reason(rows.code[i]!, rows, i, row)
    else if (kind === RowKind.state) this.#state(rows, i, row)
    else if (kind === RowKind.span) this.#worksOn(rows, i, row)
  }

  #state(rows: Rows, i: number, row: number): void {
    const entity = rows.subject[i]!
    const look = this.#names.look(entity)
    const state = look?.states[rows.code[i]!] ?? ''
    if (look?.name === 'poller') this.#pollers.entered(entity, state, row)
    else if (look?.environment === true && state === 'warm.busy') {
      const members = this.#called.get(rows.trace[i]!)
      if (members === undefined) this.#worked.delete(entity)
      else this.#worked.set(entity, members)
    }
  }

  /** The end of an invocation is recorded under the message whose turn it was: it is that of all. */
  #worksOn(rows: Rows, i: number, row: number): void {
    this.#over = this.#worked.get(rows.subject[i]!) ?? null
    for (const member of this.#over ?? []) if (member !== rows.trace[i]) this.#sink.link(member, row)
  }

  #hop(wire: Wire, rows: Rows, i: number, row: number): void {
    const trace = rows.trace[i]!
    const code = rows.code[i]!
    const answer = ANSWERS.has(code)
    switch (wire.action) {
      case 'sqs:ReceiveMessage':
        if (!answer) this.#pollers.asked(wire.from, rows.value[i]!, rows.cause[i]!)
        else if (code === Token.response && trace >= 0) this.#received(wire, rows, i, row)
        break
      case 'lambda:Invoke':
        if (!answer) this.#invoked(wire, trace, row)
        else this.#answered(wire, rows, i, row)
        break
      case 'sqs:DeleteMessage':
        this.#ended(wire.from, trace, rows.until[i]!, Token.response)
        break
      case 'sqs:Redrive':
      case 'sqs:StartMessageMoveTask':
        this.#line(wire.from)?.remove(trace)
        this.#line(wire.to)?.push(trace, 1, rows.until[i]!)
        break
      default:
        if (!answer && code !== Token.blocked && trace >= 0) this.#sent(wire, rows, i)
    }
  }

  /** Whatever else is sent to a queue becomes a message there. */
  #sent(wire: Wire, rows: Rows, i: number): void {
    const delay = this.#delayOf(wire.to)
    if (delay < 0) return
    this.#line(wire.to)?.push(rows.trace[i]!, Math.max(1, rows.value[i]!), rows.until[i]! + delay)
  }

  #reason(code: number, rows: Rows, i: number, row: number): void {
    const { failedWith, reappeared, copySeen, overtook, expired, denied, uninvited, down } = this.#reasons
    const trace = rows.trace[i]!
    if (code === failedWith) this.#worksOn(rows, i, row)
    else if (code === reappeared || code === copySeen || code === overtook || code === expired) {
      const line = this.#line(this.#names.head.resources[rows.resource[i]!] ?? '')
      if (code === expired) line?.remove(trace)
      else if (code === overtook) line?.overtake(trace)
      else line?.push(trace, 1, rows.at[i]!)
    } else if (code === denied || code === uninvited || code === down) {
      const wire = this.#names.wires[rows.subject[i]!]
      if (wire !== undefined) this.#lines.get(wire.to)?.takeBack(trace)
    }
  }

  /** The order of a queue; null for one that does not keep to it, and for what is no queue. */
  #line(queue: string): WaitingLine | null {
    let line = this.#lines.get(queue)
    if (line === undefined) {
      line = this.#delayOf(queue) < 0 ? null : new WaitingLine()
      this.#lines.set(queue, line)
    }
    return line
  }

  #received(wire: Wire, rows: Rows, i: number, row: number): void {
    const trace = rows.trace[i]!
    const count = rows.value[i]!
    const members = this.#line(wire.to)?.take(trace, count, rows.at[i]!) ?? [trace]
    for (const member of members) if (member !== trace) this.#sink.link(member, row)
    this.#pollers.received(wire.from, count, members, row)
  }

  #invoked(wire: Wire, trace: number, row: number): void {
    const key = `${wire.from} ${trace}`
    // what was refused is offered again
    const members = this.#pollers.handsOver(trace) ?? this.#running.get(key)
    if (members === undefined) return
    this.#running.set(key, members)
    this.#called.set(trace, members)
    const to = this.#names.resourceIndex.get(wire.to) ?? -1
    for (const member of members) {
      if (member === trace) continue
      this.#sink.link(member, row)
      if (to >= 0) this.#sink.touch(member, to)
    }
  }

  /** An answer may be recorded under the message whose turn it was. */
  #answered(wire: Wire, rows: Rows, i: number, row: number): void {
    const trace = rows.trace[i]!
    const code = rows.code[i]!
    const own = this.#running.has(`${wire.from} ${trace}`)
    const lead = own || this.#over === null ? trace : this.#over[0]!
    if (lead !== trace) for (const member of this.#over ?? []) if (member !== trace) this.#sink.link(member, row)
    if (code !== Token.response) this.#ended(wire.from, lead, rows.until[i]!, code)
  }

  #ended(mapping: string, trace: number, until: number, code: number): void {
    const key = `${mapping} ${trace}`
    const how = code === Token.response ? 'ok' : code === Token.throttled ? 'throttled' : 'failed'
    for (const member of this.#running.get(key) ?? []) if (member !== trace) this.#sink.lasted(member, until, how)
    if (how === 'throttled') return
    this.#running.delete(key)
    this.#called.delete(trace)
  }
}
