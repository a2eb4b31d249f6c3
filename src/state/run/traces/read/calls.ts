import { Outcome, Token, type Rows, type Wire } from '../../../../model/recording'
import type { JsonObject } from '../../../../model/scenario'
import { KINDS } from '../../../../services/kinds'
import type { Draft } from '../draft'
import { BUS, FLEET, FUNCTION, LAMBDA, MAPPING, QUEUE, RULE, isCallable, type Reading } from './reading'
import type { QueueReader } from './queues'

const ANSWERS: ReadonlySet<number> = new Set([Token.response, Token.throttled, Token.error])

/** Who deletes what it was handed, which ends the message. */
const DELETERS: ReadonlySet<string> = new Set([MAPPING, FLEET])

/** Calls from one resource to another, their answers, and the segments that events come to. */
export class CallReader {
  readonly #reading: Reading
  readonly #queues: QueueReader

  constructor(reading: Reading, queues: QueueReader) {
    this.#reading = reading
    this.#queues = queues
  }

  /** Reads a hop row. Returns the segment it belongs to. */
  hop(rows: Rows, i: number, row: number, context: number): number {
    const number = rows.subject[i]!
    const wire = this.#reading.source.names.wires[number]
    if (wire === undefined) return context
    if (wire.action === 'sqs:ReceiveMessage') return this.#queues.received(wire, rows, i, row, context)
    // the turn of another message of the batch
    if (this.#reading.foreign && this.#inTurn(wire)) return context
    if (ANSWERS.has(rows.code[i]!)) return this.#answered(number, rows, i, context)
    if (wire.action === 'sqs:DeleteMessage' && DELETERS.has(this.#reading.type(wire.from))) {
      this.#queues.deleted(rows.at[i]!, context)
      return context
    }
    return this.#called(number, wire, rows, i, row, context)
  }

  /** A worker is done with a message, which it began before it called anybody. Returns the segment of its work. */
  worked(rows: Rows, i: number, row: number, context: number): number {
    const { drafts } = this.#reading
    const resource = this.#reading.resource(rows.resource[i]!)
    const start = rows.value[i]!
    const made = drafts.newest((it) => it.resource === resource && it.own && it.start >= start)
    const parent = this.#queues.handedOut() >= 0 ? this.#queues.handedOut() : context
    const work =
      made ?? drafts.add({ parent, own: true, name: resource, origin: FLEET, look: 'busy', resource, start, row })
    work.start = start
    work.end = rows.at[i]!
    work.fault = rows.code[i] !== Outcome.ok
    return work.index
  }

  /** A call was refused before it got there: by a policy or by a fault. */
  refused(wire: number, denied: boolean, at: number, context: number): void {
    const { drafts } = this.#reading
    const call = drafts.above(context, (draft) => draft.wire === wire)
    if (call !== undefined) Object.assign(call, denied ? { error: true, status: 403 } : { fault: true, status: 503 })
    const service = drafts.newest(({ parent, look }) => look === 'service' && parent === call?.index)
    // it was never there
    if (service !== undefined) this.#reading.over(service, at)
  }

  #called(number: number, wire: Wire, rows: Rows, i: number, row: number, context: number): number {
    const { drafts } = this.#reading
    const at = rows.at[i]!
    const arrival = rows.until[i]!
    const code = rows.code[i]!
    const count = Math.max(1, rows.value[i]!)
    if (wire.action === 'sqs:Redrive') {
      // a queue hands on by itself: nobody calls
      const from = this.#queues.of(wire.from)
      if (from !== undefined) this.#reading.over(from, at)
      return this.#arrived(wire, from?.index ?? context, arrival, row).index
    }
    const foreign = this.#reading.foreign && this.#reading.type(wire.from) !== MAPPING
    let parent = context
    if (parent < 0 || drafts.all[parent]!.resource !== wire.from) parent = this.#callerOf(wire, parent, at, row)
    const waits = KINDS[this.#reading.type(wire.to)]?.actions?.[wire.action]?.waits === true
    const call = drafts.add({
      parent,
      own: false,
      name: wire.to,
      origin: wire.action,
      look: 'call',
      resource: wire.to,
      start: at,
      end: waits || code === Token.blocked ? null : arrival,
      row,
      wire: number,
    })
    if (code === Token.retry) call.notes.push('retry')
    if (count > 1) call.notes.push(`batch of ${count}`)
    if (code === Token.blocked) {
      call.fault = true
      call.notes.push('no way through the network')
      return call.index
    }
    // what a call of the whole batch sets going is told in the trace of its first message
    if (foreign) return call.index
    return this.#isPlace(wire.to) ? this.#arrived(wire, call.index, arrival, row).index : call.index
  }

  /** Whether a function makes a call once for each message of a batch. */
  #inTurn({ from, to, action }: Wire): boolean {
    const steps = this.#reading.documents.scenario.resources[from]?.Behavior?.['steps']
    const calls = (Array.isArray(steps) ? steps : []) as JsonObject[]
    return calls.some((step) => step['call'] === action && step['to'] === to && step['perMessage'] === true)
  }

  /** Whether what happens at a resource is a segment of its own; else the call is all there is to see. */
  #isPlace(id: string): boolean {
    const type = this.#reading.type(id)
    return isCallable(type) || type === QUEUE || type === BUS
  }

  /** The segment an event comes into at the end of a wire. */
  #arrived(wire: Wire, parent: number, at: number, row: number): Draft {
    const type = this.#reading.type(wire.to)
    const draft = this.#reading.drafts.add({
      parent,
      own: true,
      name: wire.to,
      origin: isCallable(type) ? LAMBDA : type,
      look: 'service',
      resource: wire.to,
      start: at,
      row,
      end: type === BUS ? at : null,
    })
    if (type === QUEUE) this.#reading.startPhase(draft, 'Waiting', 'wait', at, row)
    return draft
  }

  /** Who made a call that no known segment made: the client at the root, or a service acting by itself. */
  #callerOf(wire: Wire, parent: number, at: number, row: number): number {
    const { drafts } = this.#reading
    const type = this.#reading.type(wire.from)
    if (type === MAPPING || type === RULE) return parent
    const known = drafts.above(parent, ({ resource, look }) => resource === wire.from && look !== 'call')
    if (known !== undefined) return known.index
    const root = drafts.newest(({ own, resource, parent: above }) => own && resource === wire.from && above < 0)
    if (root !== undefined) return root.index
    return drafts.add({
      parent,
      own: true,
      name: wire.from,
      origin: type,
      look: 'client',
      resource: wire.from,
      start: at,
      row,
    }).index
  }

  #answered(number: number, rows: Rows, i: number, context: number): number {
    const { drafts } = this.#reading
    const open = ({ wire: own, end }: Draft): boolean => own === number && end === null
    const call =
      drafts.above(context, open) ??
      drafts.newest(open) ??
      // what is handed over is over when it arrives, and may be refused all the same
      drafts.above(context, ({ wire: own }) => own === number) ??
      drafts.newest(({ wire: own }) => own === number)
    if (call === undefined) return context
    const code = rows.code[i]!
    call.end = rows.until[i]!
    const service = drafts.newest(({ parent, look }) => parent === call.index && look === 'service')
    if (service !== undefined && service.end === null && service.origin !== QUEUE) service.end = rows.at[i]!
    if (code === Token.throttled) {
      for (const one of [call, service]) Object.assign(one ?? {}, { throttle: true, error: true, status: 429 })
    } else if (service?.origin === LAMBDA) this.#returned(call, service, code === Token.error)
    else if (code === Token.error && call.status === null) call.fault = true
    return call.parent
  }

  /** A function that failed answers with 200 all the same (LAM-53); what was refused before it ran does not. */
  #returned(call: Draft, service: Draft, failed: boolean): void {
    const ran = this.#reading.drafts.newest(({ parent, origin }) => parent === service.index && origin === FUNCTION)
    if (failed && call.status === null) call.fault = true
    if (failed && ran === undefined) service.fault = true
    else {
      service.status ??= 200
      call.status ??= 200
    }
  }
}
