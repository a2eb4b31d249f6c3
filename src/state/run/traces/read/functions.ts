import { Outcome, type Rows } from '../../../../model/recording'
import { asyncEventOf } from '../../logs/asyncEvent'
import { attemptOf, requestId } from '../../logs/identity'
import type { Draft } from '../draft'
import { FUNCTION, LAMBDA, type Reading } from './reading'

/** An environment on its way to its first invocation. */
interface Start {
  readonly provisioning: number
  readonly row: number
  readonly init: number
  readonly initRow: number
  readonly restored: boolean
}
/** An invocation: the function's segment, its subsegment, and the overhead before it. */
interface Working {
  readonly fn: Draft
  readonly work: Draft
  readonly overhead: Draft | null
}

/** Environments that start and work, as the two segments Lambda writes for an invocation (OBS-10). */
export class FunctionReader {
  readonly #reading: Reading
  readonly #starts = new Map<number, Start>()
  readonly #working = new Map<number, Working>()
  /** Last invocation of an environment, for what is told about it when it is over. */
  readonly #last = new Map<number, Draft>()
  readonly #attempts = new Map<number, number>()

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /** An environment entered a state. Returns the segment the row belongs to. */
  state(state: string, rows: Rows, i: number, row: number, context: number): number {
    const entity = rows.subject[i]!
    const at = rows.at[i]!
    if (state === 'provisioning')
      this.#starts.set(entity, { provisioning: at, row, init: -1, initRow: -1, restored: false })
    else if (state === 'init' || state === 'restoring') {
      const { provisioning, row: because } = this.#starts.get(entity) ?? { provisioning: at, row }
      const restored = state === 'restoring'
      this.#starts.set(entity, { provisioning, row: because, init: at, initRow: row, restored })
    } else if (state === 'warm.busy') return this.#invoked(entity, rows, i, row, context)
    return context
  }

  #invoked(entity: number, rows: Rows, i: number, row: number, context: number): number {
    const { drafts, documents, source } = this.#reading
    const at = rows.at[i]!
    const own = this.#reading.resource(rows.resource[i]!)
    const code = documents.code(own, at)
    const id = code?.id ?? own
    const service =
      drafts.above(context, ({ origin, end }) => origin === LAMBDA && end === null) ??
      drafts.add({
        parent: context,
        own: true,
        name: id,
        origin: LAMBDA,
        look: 'service',
        resource: id,
        start: at,
        row,
      })
    const event = asyncEventOf(source.names, (index) => source.columns(index), row)
    const request = requestId(documents.scenario.seed, rows.trace[i]!, attemptOf(event, entity, at))
    service.requestId = request
    const begun = this.#starts.get(entity)
    this.#starts.delete(entity)
    const part = (of: Draft, name: string, look: Draft['look'], start: number, end: number | null, because: number) =>
      drafts.add({
        parent: of.index,
        own: false,
        name,
        origin: 'phase',
        look,
        resource: own,
        entity,
        start,
        end,
        row: because,
      })
    if (begun !== undefined && begun.init > begun.provisioning)
      part(service, 'Provisioning', 'cold', begun.provisioning, begun.init, begun.row)
    const fn = drafts.add({
      parent: service.index,
      own: true,
      name: id,
      origin: FUNCTION,
      look: 'busy',
      resource: own,
      entity,
      start: begun === undefined || begun.init < 0 ? at : begun.init,
      row,
      requestId: request,
    })
    const attempt = (this.#attempts.get(service.index) ?? 0) + 1
    this.#attempts.set(service.index, attempt)
    if (attempt > 1) fn.notes.push(`attempt ${attempt}`)
    if (code !== undefined && code.version !== '$LATEST') fn.notes.push(`version ${code.version}`)
    if (begun !== undefined && begun.init >= 0) {
      fn.notes.push('cold start')
      part(fn, begun.restored ? 'Restore' : 'Initialization', 'init', begun.init, at, begun.initRow)
    }
    const spent = code?.overhead ?? 0
    const overhead = spent > 0 ? part(fn, 'Overhead', 'overhead', at, at + spent, row) : null
    const work = part(fn, 'Invocation', 'busy', overhead?.end ?? at, null, row)
    this.#working.set(entity, { fn, work, overhead })
    this.#last.set(entity, fn)
    return work.index
  }

  /** The work of an environment ended. */
  ended(rows: Rows, i: number, context: number): number {
    const entity = rows.subject[i]!
    const working = this.#working.get(entity)
    if (working === undefined) return context
    const { fn, work, overhead } = working
    const at = rows.at[i]!
    this.#working.delete(entity)
    if (overhead !== null && overhead.end! > at) overhead.end = at
    work.end = Math.max(at, work.start)
    fn.end = at
    // a call that was never answered ends with the invocation that made it
    for (const draft of this.#reading.drafts.all) if (draft.parent === work.index && draft.end === null) draft.end = at
    if (rows.code[i] !== Outcome.ok) {
      fn.fault = true
      work.fault = true
      if (rows.code[i] === Outcome.timeout) fn.notes.push('timed out')
    }
    return work.index
  }

  /** The error an invocation ended with, by its number among those of the function. */
  failedWith(entity: number, error: number, at: number): void {
    const fn = this.#last.get(entity)
    const code = fn === undefined ? undefined : this.#reading.documents.code(fn.resource, at)
    if (fn !== undefined && code !== undefined) fn.exception = code.error(error)
  }
}
