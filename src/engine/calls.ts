import type { LogicalId } from '../model/scenario'
import { Outcome, RowKind, Token } from '../model/recording'
import type { Clock } from '../kernel/clock'
import type { Kernel } from '../kernel/kernel'
import { Table, type Column } from '../kernel/columns'
import { Phases } from '../kernel/phases'
import type { Recorder } from '../kernel/recorder'
import type { Sampler } from '../kernel/sampler'
import type { Invitation } from '../iam'
import type { Action, Calls, Carrier, Moved, Runtime, Way } from '../services/service'
import type { LegendBook } from './legend'
import { requestMachine } from './request.machine'
import { Verdict, type Judged, type Verdicts } from './verdicts'

/** Places of a request's integers and numbers. */
const INTS = 8
const WIRE = 0
const ANSWER_KIND = 1
const TAG = 2
const PAYLOAD = 3
const COUNT = 4
const OUTCOME = 5
const SENDING = 6
const PAST = 7
const DOUBLES = 2
const VALUE = 0
const SENT_AT = 1

/** Calls that arrive at once nest; beyond this depth they take a turn through the agenda instead of the stack. */
const DEEPEST = 24

export interface CallsOptions {
  readonly kernel: Kernel
  readonly legend: LegendBook
  readonly verdicts: Verdicts
  /** See `ServiceContext.lineage`. */
  readonly lineage: { past: number }
  index(id: LogicalId): number
  /** Calls a resource answers, by action. */
  actions(id: LogicalId): { readonly [action: string]: Action }
  runtime(resource: number): Runtime | undefined
  /** One-way latency of a wire. */
  latency(from: LogicalId, to: LogicalId): Sampler | null
  readonly reasons: { readonly [name in 'denied' | 'uninvited' | 'down']: number }
}

/** Hears of every hop right after its row, while what travels is still in hand (services/content.ts). */
export interface HopTap {
  call(row: number, request: number, token: Token): void
  moved(row: number, moved: Moved): void
}

/** The path of calls, the one who counts what goes through a VPC, known once services are installed, and who listens in on a replay. */
export type CallsOfRun = Calls & { carrier: Carrier | null; tap: HopTap | null }

interface WireRecord {
  readonly judged: Judged
  readonly from: number
  readonly to: number
  readonly action: number
  readonly token: Token
  readonly waits: boolean
  readonly latency: Sampler | null
  runtime: Runtime | null
  epoch: number
  verdict: Verdict
  lost: number
  ways: readonly Way[] | null
}

export function createCalls(options: CallsOptions): CallsOfRun {
  return new CallPath(options)
}

/**
 * See `Calls` in services/service.ts. A class rather than closures, here and in the services on the path of every call: a page
 * runs many simulations, and code that is specialised to the closures of the first one is slow in all the others.
 */
class CallPath implements CallsOfRun {
  carrier: Carrier | null = null
  tap: HopTap | null = null
  readonly #kernel: Kernel
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #options: CallsOptions
  readonly #verdicts: Verdicts
  readonly #lineage: { past: number }
  readonly #wires: WireRecord[] = []
  readonly #requests: Table
  // written by every `send`, so nothing has to reset them
  /** INTS integers and DOUBLES numbers per request, side by side: what one call touches lies in one or two cache lines. */
  readonly #ints: Column<Int32Array>
  readonly #doubles: Column<Float64Array>
  readonly #life: Phases
  readonly #event: { readonly [name in 'arrive' | 'refuse' | 'lose' | 'answer' | 'abandon']: number }
  readonly #state: { readonly [name in 'abandoned' | 'working' | 'lost']: number }
  readonly #arriving: number
  readonly #finishing: number
  #depth = 0

  constructor(options: CallsOptions) {
    const { kernel } = options
    this.#options = options
    this.#verdicts = options.verdicts
    this.#lineage = options.lineage
    this.#kernel = kernel
    this.#clock = kernel.clock
    this.#recorder = kernel.recorder
    const requests = kernel.part(new Table(256))
    this.#requests = requests
    this.#ints = requests.kept(0, INTS)
    this.#doubles = requests.keptF64(0, DOUBLES)
    const life = new Phases(requests, requestMachine)
    this.#life = life
    this.#event = {
      arrive: life.event('arrive'),
      refuse: life.event('refuse'),
      lose: life.event('lose'),
      answer: life.event('answer'),
      abandon: life.event('abandon'),
    }
    this.#state = { abandoned: life.code('abandoned'), working: life.code('working'), lost: life.code('lost') }
    this.#arriving = kernel.handler((request) => this.#arrive(request))
    this.#finishing = kernel.handler((request) => this.#finish(request))
  }

  wire(
    from: LogicalId,
    to: LogicalId,
    action: string,
    { role, network, as = null }: { role: LogicalId | null; network: boolean; as?: Invitation | null },
  ): number {
    const { legend, index, latency } = this.#options
    const wires = this.#wires
    const id = legend.wire({ from, to, action }, as?.source)
    if (wires[id] === undefined || wires[id].judged.role !== role) {
      const actions = Object.entries(this.#options.actions(to))
      const at = actions.findIndex(([name]) => name === action)
      if (at < 0) throw new Error(`${to} does not answer ${action}`)
      const found: Action = actions[at]![1]
      wires[id] = {
        judged: { from, to, action, iam: found.iam, role, network, as },
        from: index(from),
        to: index(to),
        action: at,
        token: found.token,
        waits: found.waits,
        latency: latency(from, to),
        runtime: null,
        epoch: 0,
        verdict: Verdict.pass,
        lost: -1,
        ways: null,
      }
    }
    return id
  }

  send(wireId: number, payload: number, count: number, answerKind: number, tag: number, token?: Token): number {
    const wire = this.#wires[wireId]!
    const request = this.#requests.add()
    const ints = this.#ints.data
    const at = request * INTS
    ints[at + WIRE] = wireId
    ints[at + ANSWER_KIND] = answerKind
    ints[at + TAG] = tag
    ints[at + PAYLOAD] = payload
    ints[at + COUNT] = count
    ints[at + OUTCOME] = Outcome.ok
    ints[at + SENDING] = 0
    ints[at + PAST] = this.#lineage.past
    this.#doubles.data[request * DOUBLES + SENT_AT] = this.#clock.now
    this.#life.start(request)
    const latency = wire.latency === null ? 0 : wire.latency()
    if (wire.epoch !== this.#verdicts.epoch) this.#judge(wire)
    if (wire.ways !== null || wire.verdict !== Verdict.pass) {
      if (!this.#passes(wire, request, latency, count, token)) return request
    } else this.#hop(wire, request, latency, token ?? wire.token, count)
    if (latency > 0 || this.#depth >= DEEPEST) this.#kernel.after(latency, this.#arriving, request)
    else {
      this.#depth++
      this.#ints.data[request * INTS + SENDING] = 1
      this.#arrive(request)
      this.#ints.data[request * INTS + SENDING] = 0
      this.#depth--
    }
    return request
  }

  #judge(wire: WireRecord): void {
    const { verdict, lost, ways } = this.#verdicts.of(wire.judged)
    wire.epoch = this.#verdicts.epoch
    wire.verdict = verdict
    wire.lost = lost
    wire.ways = ways
  }

  /** Draws a call that may not arrive, and ends it when it does not. Returns whether it goes on. */
  #passes(wire: WireRecord, request: number, latency: number, count: number, token: Token | undefined): boolean {
    let { verdict, lost } = wire
    if (wire.ways !== null && this.carrier !== null) {
      lost = this.carrier.open(request, wire.ways, this.#ints.data[request * INTS + TAG]!)
      if (lost >= 0) verdict = Verdict.unreachable
    }
    this.#hop(wire, request, latency, verdict === Verdict.unreachable ? Token.blocked : (token ?? wire.token), count)
    if (verdict !== Verdict.pass) this.#stop(wire, request, verdict, lost)
    return verdict === Verdict.pass
  }

  answer(request: number, outcome: Outcome, value = 0, count = this.count(request)): void {
    const state = this.#life.state.data[request]!
    if (state === this.#state.abandoned) {
      this.#requests.remove(request)
      return
    }
    if (state !== this.#state.working) throw new Error('a request is answered once')
    if (this.carrier !== null && this.#lostOnTheWayBack(request, this.carrier)) return
    this.#ints.data[request * INTS + OUTCOME] = outcome
    this.#doubles.data[request * DOUBLES + VALUE] = value
    this.#life.send(request, this.#event.answer)
    const wire = this.#wires[this.#ints.data[request * INTS + WIRE]!]!
    const back = wire.latency === null ? 0 : wire.latency()
    if (outcome !== Outcome.ok)
      this.#hop(wire, request, back, outcome === Outcome.throttled ? Token.throttled : Token.error, count)
    else if (wire.waits) this.#hop(wire, request, back, Token.response, count)
    // an answer given while `send` is still on the stack waits its turn, so that a caller knows its request first
    if (back > 0 || this.#ints.data[request * INTS + SENDING] === 1) this.#kernel.after(back, this.#finishing, request)
    else this.#finish(request)
  }

  #lostOnTheWayBack(request: number, carrier: Carrier): boolean {
    const lost = carrier.back(request)
    if (lost >= 0) this.#lose(this.#wires[this.#ints.data[request * INTS + WIRE]!]!, request, lost)
    return lost >= 0
  }

  moved(wire: number, token: Token, moved: Moved): void {
    const row = this.#recorder.emit(RowKind.hop, this.#wires[wire]!.from, wire, token, 1)
    if (this.tap !== null) this.tap.moved(row, moved)
  }

  abandon(request: number): void {
    this.carrier?.close(request)
    const state = this.#life.state.data[request]
    this.#life.send(request, this.#event.abandon)
    if (state !== this.#state.lost) return
    // what follows from giving up follows from the loss
    this.#recorder.cause = this.#doubles.data[request * DOUBLES + VALUE]!
    this.#requests.remove(request)
  }

  target(request: number): number {
    return this.#wires[this.#ints.data[request * INTS + WIRE]!]!.to
  }
  source(request: number): number {
    return this.#wires[this.#ints.data[request * INTS + WIRE]!]!.from
  }
  action(request: number): number {
    return this.#wires[this.#ints.data[request * INTS + WIRE]!]!.action
  }
  payload(request: number): number {
    return this.#ints.data[request * INTS + PAYLOAD]!
  }
  count(request: number): number {
    return this.#ints.data[request * INTS + COUNT]!
  }
  wireOf(request: number): number {
    return this.#ints.data[request * INTS + WIRE]!
  }
  outcome(request: number): Outcome {
    return this.#ints.data[request * INTS + OUTCOME] as Outcome
  }
  value(request: number): number {
    return this.#doubles.data[request * DOUBLES + VALUE]!
  }
  sentAt(request: number): number {
    return this.#doubles.data[request * DOUBLES + SENT_AT]!
  }

  #arrive(request: number): void {
    if (this.#life.state.data[request] === this.#state.abandoned) {
      this.#requests.remove(request)
      return
    }
    this.#life.send(request, this.#event.arrive)
    const wire = this.#wires[this.#ints.data[request * INTS + WIRE]!]!
    // services are installed one after the other, so the answering one is looked up at the first call
    wire.runtime ??= this.#options.runtime(wire.to)!
    const past = this.#ints.data[request * INTS + PAST]!
    const outer = this.#lineage.past
    if (past === outer) return wire.runtime.handle!(request)
    this.#lineage.past = past
    wire.runtime.handle!(request)
    this.#lineage.past = outer
  }

  #finish(request: number): void {
    if (this.carrier !== null) this.carrier.close(request)
    if (this.#life.state.data[request] !== this.#state.abandoned) {
      this.#kernel.call(this.#ints.data[request * INTS + ANSWER_KIND]!, request, this.#ints.data[request * INTS + TAG]!)
    }
    this.#requests.remove(request)
  }

  /** What happens to a call that cannot arrive. */
  #stop(wire: WireRecord, request: number, verdict: Verdict, lost: number): void {
    const { reasons, index } = this.#options
    if (verdict === Verdict.unreachable) return this.#lose(wire, request, lost)
    const denied = verdict === Verdict.denied || verdict === Verdict.uninvited
    const { as } = wire.judged
    let reason = denied ? reasons.denied : reasons.down
    if (verdict === Verdict.uninvited) reason = reasons.uninvited
    this.#recorder.emit(
      RowKind.reason,
      wire.to,
      this.#ints.data[request * INTS + WIRE]!,
      reason,
      verdict === Verdict.uninvited && as !== null ? index(as.source) : wire.from,
    )
    this.#ints.data[request * INTS + OUTCOME] = denied ? Outcome.denied : Outcome.unavailable
    this.#life.send(request, this.#event.refuse)
    const back = wire.latency === null ? 0 : wire.latency()
    this.#hop(wire, request, back, Token.error, this.count(request))
    this.#kernel.after(back, this.#finishing, request)
  }

  /** Nobody will ever hear of it. */
  #lose(wire: WireRecord, request: number, reason: number): void {
    this.#life.send(request, this.#event.lose)
    const row = this.#recorder.emit(RowKind.reason, wire.from, this.#ints.data[request * INTS + WIRE]!, reason, wire.to)
    // a lost call has no answer: its place holds why it was lost
    this.#doubles.data[request * DOUBLES + VALUE] = row
  }

  #hop(wire: WireRecord, request: number, latency: number, token: Token, count: number): void {
    const id = this.#ints.data[request * INTS + WIRE]!
    const row = this.#recorder.emit(RowKind.hop, wire.from, id, token, count, latency)
    if (this.tap !== null) this.tap.call(row, request, token)
  }
}
