import { Outcome, RowKind, Token, type Rows, type Wire } from '../../../model/recording'
import { KINDS } from '../../../services'
import { asyncEventOf } from '../logs/asyncEvent'
import type { Documents } from '../logs/documents'
import { requestId } from '../logs/identity'
import { attemptOf } from '../logs/invocations'
import type { RowSource } from '../logs/logIndex'
import { Drafts, type Draft } from './draft'

const ANSWERS: ReadonlySet<number> = new Set([Token.response, Token.throttled, Token.error])
/** How far a cause is followed to find what a row belongs to. */
const FARTHEST = 64
const LAMBDA = 'AWS::Lambda'
const FUNCTION = 'AWS::Lambda::Function'
const CALLABLE: ReadonlySet<string> = new Set([FUNCTION, 'AWS::Lambda::Version', 'AWS::Lambda::Alias'])
const QUEUE = 'AWS::SQS::Queue'
const BUS = 'AWS::Events::EventBus'
const MAPPING = 'AWS::Lambda::EventSourceMapping'

/** An environment on its way to its first invocation. */
interface Start {
  provisioning: number
  row: number
  init: number
  initRow: number
  restored: boolean
}

/** Reads the rows of one trace in order and turns them into segments. */
export class TraceBuilder {
  readonly drafts = new Drafts()
  readonly #source: RowSource
  readonly #documents: Documents
  readonly #trace: number
  readonly #starts = new Map<number, Start>()
  /** Invocation that an environment works on: the function's segment and its subsegment. */
  readonly #working = new Map<number, { fn: Draft; work: Draft; overhead: Draft | null }>()
  /** Phase a queue or an asynchronous event is in, by its segment. */
  readonly #phase = new Map<number, Draft>()
  readonly #attempts = new Map<number, number>()
  readonly #receives = new Map<number, number>()

  constructor(source: RowSource, documents: Documents, trace: number) {
    this.#source = source
    this.#documents = documents
    this.#trace = trace
  }

  row(rows: Rows, i: number, row: number): void {
    const context = this.#contextOf(rows.cause[i]!)
    let own = context
    switch (rows.kind[i]) {
      case RowKind.hop:
        own = this.#hop(rows, i, row, context)
        break
      case RowKind.state:
        own = this.#state(rows, i, row, context)
        break
      case RowKind.span:
        own = this.#span(rows, i, context)
        break
      case RowKind.reason:
        own = this.#reason(rows, i, row, context)
        break
    }
    this.drafts.context.set(row, own)
  }

  #type(id: string): string {
    return this.#documents.scenario.resources[id]?.Type ?? ''
  }

  /** What a cause belongs to: the nearest row of this trace on the way back. */
  #contextOf(cause: number): number {
    const { context } = this.drafts
    let row = cause
    for (let step = 0; step < FARTHEST && row >= 0; step++) {
      const known = context.get(row)
      if (known !== undefined) return known
      const rows = this.#source.columns(row)
      if (rows === undefined) return -1
      row = rows.cause[row - rows.first]!
    }
    return -1
  }

  /* ---- calls ----------------------------------------------------------------------------------------------- */

  #hop(rows: Rows, i: number, row: number, context: number): number {
    const number = rows.subject[i]!
    const wire = this.#source.names.wires[number]
    if (wire === undefined) return context
    const code = rows.code[i]!
    if (wire.action === 'sqs:ReceiveMessage') return this.#received(wire, rows, i, row, context)
    if (ANSWERS.has(code)) return this.#answered(number, wire, rows, i, context)
    if (wire.action === 'sqs:DeleteMessage' && this.#type(wire.from) === MAPPING) {
      this.#endPhase(this.drafts.above(context, ({ look }) => look === 'hidden')?.parent ?? context, rows.at[i]!)
      return context
    }
    return this.#called(number, wire, rows, i, row, context)
  }

  #called(number: number, wire: Wire, rows: Rows, i: number, row: number, context: number): number {
    const at = rows.at[i]!
    const arrival = rows.until[i]!
    const code = rows.code[i]!
    const count = Math.max(1, rows.value[i]!)
    if (wire.action === 'sqs:Redrive') {
      // a queue hands on by itself: nobody calls
      const from = this.#queueOf(wire.from)
      if (from !== undefined) this.#over(from, at)
      return this.#arrived(wire, from?.index ?? context, arrival, row).index
    }
    let parent = context
    if (parent < 0 || this.drafts.all[parent]!.resource !== wire.from) parent = this.#callerOf(wire, parent, at, row)
    const waits = KINDS[this.#type(wire.to)]?.actions?.[wire.action]?.waits === true
    const call = this.drafts.add({
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
    if (!this.#isPlace(wire.to)) return call.index
    return this.#arrived(wire, call.index, arrival, row).index
  }

  /** Whether what happens at a resource is a segment of its own; else the call is all there is to see. */
  #isPlace(id: string): boolean {
    const type = this.#type(id)
    return CALLABLE.has(type) || type === QUEUE || type === BUS
  }

  /** The segment an event comes into at the end of a wire. */
  #arrived(wire: Wire, parent: number, at: number, row: number): Draft {
    const type = this.#type(wire.to)
    const lambda = CALLABLE.has(type)
    const draft = this.drafts.add({
      parent,
      own: true,
      name: wire.to,
      origin: lambda ? LAMBDA : type,
      look: 'service',
      resource: wire.to,
      start: at,
      row,
      end: type === BUS ? at : null,
    })
    if (type === QUEUE) this.#startPhase(draft, 'Waiting', 'wait', at, row)
    return draft
  }

  /** Who made a call that no known segment made: the client at the root, or a service acting by itself. */
  #callerOf(wire: Wire, parent: number, at: number, row: number): number {
    if (this.#type(wire.from) === MAPPING || this.#type(wire.from) === 'AWS::Events::Rule') return parent
    const known = this.drafts.above(parent, ({ resource, look }) => resource === wire.from && look !== 'call')
    if (known !== undefined) return known.index
    const root = this.drafts.newest(({ own, resource, parent: above }) => own && resource === wire.from && above < 0)
    if (root !== undefined) return root.index
    return this.drafts.add({
      parent,
      own: true,
      name: wire.from,
      origin: this.#type(wire.from),
      look: 'client',
      resource: wire.from,
      start: at,
      row,
    }).index
  }

  #answered(number: number, wire: Wire, rows: Rows, i: number, context: number): number {
    const open = ({ wire: own, end }: Draft): boolean => own === number && end === null
    const call =
      this.drafts.above(context, open) ??
      this.drafts.newest(open) ??
      // what is handed over is over when it arrives, and may be refused all the same
      this.drafts.above(context, ({ wire: own }) => own === number) ??
      this.drafts.newest(({ wire: own }) => own === number)
    if (call === undefined) return context
    const code = rows.code[i]!
    call.end = rows.until[i]!
    const service = this.drafts.newest(({ parent, look }) => parent === call.index && look === 'service')
    if (service !== undefined && service.end === null && service.origin !== QUEUE) service.end = rows.at[i]!
    for (const one of [call, service]) {
      if (one === undefined) continue
      if (code === Token.throttled) Object.assign(one, { throttle: true, error: true, status: 429 })
      else if (code === Token.error && one === call && one.status === null) one.fault = true
      else if (one === service && one.origin === LAMBDA && one.status === null) one.status = 200
    }
    if (wire.action === 'lambda:Invoke' && code === Token.response) call.status = 200
    return call.parent
  }

  /* ---- queues ---------------------------------------------------------------------------------------------- */

  #queueOf(id: string): Draft | undefined {
    return this.drafts.newest(({ resource, origin }) => resource === id && origin === QUEUE)
  }

  #received(wire: Wire, rows: Rows, i: number, row: number, context: number): number {
    const queue = this.#queueOf(wire.to)
    if (queue === undefined || rows.code[i] !== Token.response) return context
    const n = (this.#receives.get(queue.index) ?? 0) + 1
    this.#receives.set(queue.index, n)
    this.#endPhase(queue.index, rows.at[i]!)
    const phase = this.#startPhase(queue, 'Hidden', 'hidden', rows.at[i]!, row)
    phase.notes.push(`receive ${n}`)
    return phase.index
  }

  #startPhase(of: Draft, name: string, look: Draft['look'], at: number, row: number): Draft {
    const phase = this.drafts.add({
      parent: of.index,
      own: false,
      name,
      origin: 'phase',
      look,
      resource: of.resource,
      start: at,
      row,
    })
    this.#phase.set(of.index, phase)
    return phase
  }
  #endPhase(of: number, at: number): Draft | undefined {
    const phase = this.#phase.get(of)
    if (phase !== undefined) phase.end = at
    this.#phase.delete(of)
    return phase
  }
  #over(draft: Draft, at: number): void {
    this.#endPhase(draft.index, at)
    draft.end = at
  }

  /* ---- environments and asynchronous events ---------------------------------------------------------------- */

  #state(rows: Rows, i: number, row: number, context: number): number {
    const entity = rows.subject[i]!
    const look = this.#source.names.look(entity)
    const state = look?.states[rows.code[i]!] ?? ''
    const at = rows.at[i]!
    if (look?.environment === true) {
      if (state === 'provisioning')
        this.#starts.set(entity, { provisioning: at, row, init: -1, initRow: -1, restored: false })
      else if (state === 'init' || state === 'restoring') {
        const start = this.#starts.get(entity) ?? { provisioning: at, row, init: at, initRow: row, restored: false }
        this.#starts.set(entity, { ...start, init: at, initRow: row, restored: state === 'restoring' })
      } else if (state === 'warm.busy') return this.#invoked(entity, rows, i, row, context)
      return context
    }
    return look?.name === 'event' ? this.#event(state, rows, i, row, context) : context
  }

  #invoked(entity: number, rows: Rows, i: number, row: number, context: number): number {
    const at = rows.at[i]!
    const own = this.#source.names.head.resources[rows.resource[i]!] ?? ''
    const code = this.#documents.code(own, at)
    const id = code?.id ?? own
    const service =
      this.drafts.above(context, ({ origin, end }) => origin === LAMBDA && end === null) ??
      this.drafts.add({
        parent: context,
        own: true,
        name: id,
        origin: LAMBDA,
        look: 'service',
        resource: id,
        start: at,
        row,
      })
    const event = asyncEventOf(this.#source.names, (index) => this.#source.columns(index), row)
    const request = requestId(this.#documents.scenario.seed, this.#trace, attemptOf(event, entity, at))
    service.requestId = request
    const begun = this.#starts.get(entity)
    this.#starts.delete(entity)
    const same = { resource: own, entity }
    if (begun !== undefined && begun.init > begun.provisioning)
      this.drafts.add({
        ...same,
        parent: service.index,
        own: false,
        name: 'Provisioning',
        origin: 'phase',
        look: 'cold',
        start: begun.provisioning,
        end: begun.init,
        row: begun.row,
      })
    const fn = this.drafts.add({
      ...same,
      parent: service.index,
      own: true,
      name: id,
      origin: FUNCTION,
      look: 'busy',
      start: begun === undefined || begun.init < 0 ? at : begun.init,
      row,
      requestId: request,
    })
    const attempt = (this.#attempts.get(service.index) ?? 0) + 1
    this.#attempts.set(service.index, attempt)
    if (attempt > 1) fn.notes.push(`attempt ${attempt}`)
    if (code !== undefined && code.version !== '$LATEST') fn.notes.push(`version ${code.version}`)
    const part = (name: string, look: Draft['look'], start: number, end: number | null, because: number): Draft =>
      this.drafts.add({ ...same, parent: fn.index, own: false, name, origin: 'phase', look, start, end, row: because })
    if (begun !== undefined && begun.init >= 0) {
      fn.notes.push('cold start')
      part(begun.restored ? 'Restore' : 'Initialization', 'init', begun.init, at, begun.initRow)
    }
    const spent = code?.overhead ?? null
    const overhead = spent !== null && spent > 0 ? part('Overhead', 'overhead', at, at + spent, row) : null
    const work = part('Invocation', 'busy', overhead?.end ?? at, null, row)
    this.#working.set(entity, { fn, work, overhead })
    return work.index
  }

  #span(rows: Rows, i: number, context: number): number {
    const working = this.#working.get(rows.subject[i]!)
    if (working === undefined) return context
    const { fn, work, overhead } = working
    const at = rows.at[i]!
    this.#working.delete(rows.subject[i]!)
    if (overhead !== null && overhead.end! > at) overhead.end = at
    work.end = Math.max(at, work.start)
    fn.end = at
    // a call that was never answered ends with the invocation that made it
    for (const draft of this.drafts.all) if (draft.parent === work.index && draft.end === null) draft.end = at
    const outcome = rows.code[i]!
    if (outcome !== Outcome.ok) {
      fn.fault = true
      work.fault = true
      if (outcome === Outcome.timeout) {
        fn.notes.push('timed out')
        fn.exception ??= this.#timeout(fn, at)
      }
    }
    return work.index
  }

  #timeout({ resource }: Draft, at: number): { type: string; message: string } {
    const seconds = this.#documents.code(resource, at)?.timeout ?? 3
    return { type: 'Sandbox.Timedout', message: `Task timed out after ${seconds.toFixed(2)} seconds` }
  }

  #event(state: string, rows: Rows, i: number, row: number, context: number): number {
    const at = rows.at[i]!
    const service = this.drafts.above(context, ({ origin }) => origin === LAMBDA)
    if (service === undefined) return context
    this.#endPhase(service.index, at)
    // accepted at once, worked on later: the segment lasts until nothing more is to come (OBS-10)
    service.end = null
    switch (state) {
      case 'queued':
        this.#startPhase(service, 'Queued', 'wait', at, row)
        break
      case 'waitingForRetry':
        this.#startPhase(service, 'Waiting for retry', 'wait', at, row).notes.push(`after attempt ${rows.value[i]!}`)
        break
      case 'waitingForCapacity': {
        const phase = this.#startPhase(service, 'Waiting for capacity', 'wait', at, row)
        phase.throttle = true
        break
      }
      case 'done':
        service.end = at
        service.status = 202
        break
      case 'failed':
        service.end = at
        service.status = 202
        service.fault = true
        service.notes.push('given up')
        break
    }
    return service.index
  }

  /* ---- decisions ------------------------------------------------------------------------------------------- */

  #reason(rows: Rows, i: number, row: number, context: number): number {
    const { head } = this.#source.names
    const at = rows.at[i]!
    const resource = head.resources[rows.resource[i]!] ?? ''
    switch (head.reasons[rows.code[i]!]) {
      case 'call.denied':
      case 'call.down': {
        const denied = head.reasons[rows.code[i]!] === 'call.denied'
        const call = this.drafts.above(context, ({ wire }) => wire === rows.subject[i]!)
        if (call !== undefined)
          Object.assign(call, denied ? { error: true, status: 403 } : { fault: true, status: 503 })
        const service = this.drafts.newest(({ parent, look }) => look === 'service' && parent === call?.index)
        // it was never there
        if (service !== undefined) this.#over(service, at)
        break
      }
      case 'lambda.failedWith': {
        const working = this.#working.get(rows.subject[i]!)
        const code = this.#documents.code(resource, at)
        if (working !== undefined && code !== undefined) working.fn.exception = { ...code.error(rows.value[i]!) }
        break
      }
      case 'sqs.reappeared': {
        const queue = this.#queueOf(resource)
        if (queue === undefined) break
        const phase = this.#endPhase(queue.index, at)
        // it was handed out in a batch that another trace tells about
        if (phase?.look === 'wait') phase.notes.push('and hidden, in a batch of another trace')
        this.#startPhase(queue, 'Waiting', 'wait', at, row)
        return queue.index
      }
      case 'sqs.expired': {
        const queue = this.#queueOf(resource)
        if (queue !== undefined) {
          this.#over(queue, at)
          queue.fault = true
          queue.notes.push('expired')
        }
        break
      }
      case 'eventbridge.unmatched':
        this.drafts.all[context]?.notes.push('no rule matched')
        break
    }
    return context
  }
}
