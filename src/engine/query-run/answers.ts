import { RowKind, Token, type RunHead, type Rows, type Wire } from '../../model/recording'
import { MICROS } from '../../model/units'
import { REASONS } from '../../services/reasons'

/** How an Invoke was answered: its status, and the name AWS gives beside it (LAM-51, LAM-52), empty without one. */
export interface Status {
  readonly status: number
  /** `TooManyRequestsException`, `ResourceConflictException`, ... */
  readonly type: string
  /** Reason of a 429. */
  readonly reason: string
  /** Value of X-Amz-Function-Error. */
  readonly functionError: string
}

/** Invocations that went one way and were answered alike. */
export interface Answered extends Status {
  readonly from: string
  readonly to: string
  /** When (s), in order; of an event when it was accepted. */
  readonly at: readonly number[]
}

const OK: Status = { status: 200, type: '', reason: '', functionError: '' }
const ACCEPTED: Status = { ...OK, status: 202 }
const FAILED: Status = { ...OK, functionError: 'Unhandled' }
const NOT_FOUND: Status = { ...OK, status: 404, type: 'ResourceNotFoundException' }
const FORBIDDEN: Status = { ...OK, status: 403, type: 'AccessDeniedException' }
/** What the path of calls refuses itself. */
const REFUSED: { readonly [code: string]: Status } = {
  'call.denied': FORBIDDEN,
  'call.uninvited': FORBIDDEN,
  'call.down': { ...OK, status: 500, type: 'ServiceException' },
}

/** The status that the sentence of a reason names, as in `refused with 409 ResourceConflictException`; null when it names none. */
export function statusOf(code: string): Status | null {
  const own = REFUSED[code]
  if (own !== undefined) return own
  const found = /\b([45]\d\d)(?: ([A-Z]\w+))?/.exec(REASONS[code] ?? '')
  if (found === null) return null
  const [, status, name = ''] = found
  return status === '429'
    ? { ...OK, status: 429, type: 'TooManyRequestsException', reason: name }
    : { ...OK, status: Number(status), type: name }
}

/** Statuses of all Invoke calls, told from the log of a run: the answers, and the reason that led to one that went wrong. */
export class Answers {
  readonly #wires: readonly Wire[]
  readonly #statuses: readonly (Status | null)[]
  readonly #deletion: number
  readonly #deleted = new Set<number>()
  readonly #groups = new Map<string, Answered & { at: number[] }>()
  /** The last group an event of a wire was counted in. */
  readonly #handed = new Map<number, number[]>()
  /** Rows of this instant that a refusal led to, the reason itself first, and its status. No call is followed: what it comes to is its own. */
  readonly #refusals = new Map<number, Status>()
  #now = -1

  /** `wires` grows with the run. */
  constructor(head: RunHead, wires: readonly Wire[]) {
    this.#wires = wires
    this.#statuses = head.reasons.map(statusOf)
    this.#deletion = head.reasons.indexOf('intervention.delete')
  }

  digest(rows: Rows, i: number): void {
    const kind = rows.kind[i]
    if (rows.at[i] !== this.#now) {
      this.#now = rows.at[i]!
      this.#refusals.clear()
    }
    const refusal = this.#refusals.get(rows.cause[i]!) ?? null
    if (kind === RowKind.reason) this.#refuse(rows, i, refusal)
    else if (kind !== RowKind.hop) {
      if (refusal !== null) this.#refusals.set(rows.first + i, refusal)
    } else {
      const wire = this.#wires[rows.subject[i]!]!
      if (wire.action === 'lambda:Invoke') this.#answer(rows, i, wire, refusal)
      else if (wire.action === 'lambda:InvokeAsync') this.#hand(rows, i, wire, refusal)
    }
  }

  /** By way and status. */
  groups(): Iterable<Answered> {
    return this.#groups.values()
  }

  #refuse(rows: Rows, i: number, before: Status | null): void {
    const code = rows.code[i]!
    const resource = rows.resource[i]!
    if (code === this.#deletion) this.#deleted.add(resource)
    let status = this.#statuses[code] ?? before
    if (status === REFUSED['call.down'] && this.#deleted.has(resource)) status = NOT_FOUND
    if (status !== null) this.#refusals.set(rows.first + i, status)
  }

  #answer(rows: Rows, i: number, wire: Wire, refusal: Status | null): void {
    const token = rows.code[i]
    if (token === Token.response) this.#note(wire, OK, rows.at[i]!)
    else if (token === Token.error || token === Token.throttled) this.#note(wire, refusal ?? FAILED, rows.at[i]!)
  }

  /** An event is accepted the moment it arrives, and only a refusal is heard of. */
  #hand(rows: Rows, i: number, wire: Wire, refusal: Status | null): void {
    const token = rows.code[i]
    const subject = rows.subject[i]!
    if (token === Token.error || token === Token.throttled) {
      const handed = this.#handed.get(subject) ?? []
      // refused when it arrived, or when it was sent
      const arrived = handed.lastIndexOf(rows.at[i]! / MICROS)
      handed.splice(arrived < 0 ? handed.length - 1 : arrived, 1)
      this.#note(wire, refusal ?? FAILED, rows.at[i]!)
    } else if (token !== Token.blocked) this.#handed.set(subject, this.#note(wire, ACCEPTED, rows.until[i]!))
  }

  #note(wire: Wire, status: Status, at: number): number[] {
    const { from, to } = wire
    const key = `${from}>${to}>${status.status}>${status.type}>${status.reason}>${status.functionError}`
    let group = this.#groups.get(key)
    if (group === undefined) this.#groups.set(key, (group = { from, to, ...status, at: [] }))
    group.at.push(at / MICROS)
    return group.at
  }
}
