import type { LogicalId } from '../model/scenario'
import { Outcome, RowKind, Token } from '../model/recording'
import type { Kernel } from '../kernel/kernel'
import { Table } from '../kernel/columns'
import { Lifecycle } from '../kernel/lifecycle'
import type { Sampler } from '../kernel/sampler'
import type { Action, Calls, Kind, Runtime } from '../services/service'
import type { LegendBook } from './legend'
import { requestMachine } from './request.machine'
import { Verdict, type Judged, type Verdicts } from './verdicts'

/** Calls that arrive at once nest; beyond this depth they take a turn through the agenda instead of the stack. */
const DEEPEST = 24

export interface CallsOptions {
  readonly kernel: Kernel
  readonly legend: LegendBook
  readonly verdicts: Verdicts
  index(id: LogicalId): number
  kind(id: LogicalId): Kind
  runtime(resource: number): Runtime | undefined
  /** One-way latency of a wire. */
  latency(from: LogicalId, to: LogicalId): Sampler | null
  readonly reasons: { readonly unreachable: number; readonly denied: number; readonly down: number }
}

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
}

/** See `Calls` in services/service.ts. */
export function createCalls(options: CallsOptions): Calls {
  const { kernel, legend, verdicts, reasons } = options
  const { recorder } = kernel
  const wires: WireRecord[] = []
  const requests = kernel.part(new Table(256))
  const wireOf = requests.i32(-1)
  const answerKind = requests.i32(-1)
  const tagOf = requests.i32(-1)
  const payloadOf = requests.i32(-1)
  const countOf = requests.i32(1)
  const outcomeOf = requests.u8()
  const valueOf = requests.f64()
  const noteOf = requests.i32(-1)
  const sending = requests.u8()
  const life = new Lifecycle(kernel, requests, requestMachine, {}, () => {})
  const ARRIVE = life.event('arrive')
  const REFUSE = life.event('refuse')
  const LOSE = life.event('lose')
  const ANSWER = life.event('answer')
  const ABANDON = life.event('abandon')
  const ABANDONED = life.code('abandoned')
  const WORKING = life.code('working')
  const LOST = life.code('lost')
  let depth = 0

  const arrive = (request: number): void => {
    if (life.state.data[request] === ABANDONED) {
      requests.remove(request)
      return
    }
    life.send(request, ARRIVE)
    const wire = wires[wireOf.data[request]!]!
    // services are installed one after the other, so the answering one is looked up at the first call
    wire.runtime ??= options.runtime(wire.to)!
    wire.runtime.handle!(request)
  }
  const arriving = kernel.handler(arrive)
  const finish = (request: number): void => {
    if (life.state.data[request] !== ABANDONED) kernel.call(answerKind.data[request]!, request, tagOf.data[request]!)
    requests.remove(request)
  }
  const finishing = kernel.handler(finish)

  const refuse = (request: number, outcome: Outcome, reason: number): void => {
    const wire = wires[wireOf.data[request]!]!
    recorder.emit(RowKind.reason, kernel.now, kernel.now, wire.to, wireOf.data[request]!, reason, wire.from)
    outcomeOf.data[request] = outcome
    life.send(request, REFUSE)
    const back = wire.latency === null ? 0 : wire.latency()
    emitHop(request, back, outcome === Outcome.throttled ? Token.throttled : Token.error)
    kernel.after(back, finishing, request)
  }

  const emitHop = (request: number, latency: number, token: Token): void => {
    const wire = wireOf.data[request]!
    recorder.emit(RowKind.hop, kernel.now, kernel.now + latency, wires[wire]!.from, wire, token, countOf.data[request]!)
  }

  return {
    wire(from, to, action, { role, network }) {
      const id = legend.wire({ from, to, action })
      if (wires[id] === undefined || wires[id].judged.role !== role) {
        const actions = Object.entries(options.kind(to).actions ?? {})
        const at = actions.findIndex(([name]) => name === action)
        if (at < 0) throw new Error(`${to} does not answer ${action}`)
        const found: Action = actions[at]![1]
        const toIndex = options.index(to)
        wires[id] = {
          judged: { from, to, iam: found.iam, role, network },
          from: options.index(from),
          to: toIndex,
          action: at,
          token: found.token,
          waits: found.waits,
          latency: options.latency(from, to),
          runtime: null,
          epoch: 0,
          verdict: Verdict.pass,
        }
      }
      return id
    },

    send(wireId, payload, count, kind, tag, token) {
      const wire = wires[wireId]!
      const request = requests.add()
      wireOf.data[request] = wireId
      answerKind.data[request] = kind
      tagOf.data[request] = tag
      payloadOf.data[request] = payload
      countOf.data[request] = count
      life.start(request)
      const latency = wire.latency === null ? 0 : wire.latency()
      if (wire.epoch !== verdicts.epoch) {
        wire.epoch = verdicts.epoch
        wire.verdict = verdicts.of(wire.judged)
      }
      emitHop(request, latency, wire.verdict === Verdict.unreachable ? Token.blocked : (token ?? wire.token))
      if (wire.verdict === Verdict.pass) {
        if (latency > 0 || depth >= DEEPEST) kernel.after(latency, arriving, request)
        else {
          depth++
          sending.data[request] = 1
          arrive(request)
          sending.data[request] = 0
          depth--
        }
      } else if (wire.verdict === Verdict.unreachable) {
        life.send(request, LOSE)
        recorder.emit(RowKind.reason, kernel.now, kernel.now, wire.from, wireId, reasons.unreachable, wire.to)
      } else if (wire.verdict === Verdict.denied) refuse(request, Outcome.denied, reasons.denied)
      else refuse(request, Outcome.unavailable, reasons.down)
      return request
    },

    answer(request, outcome, value = 0) {
      if (life.state.data[request] === ABANDONED) {
        requests.remove(request)
        return
      }
      if (life.state.data[request] !== WORKING) throw new Error('a request is answered once')
      outcomeOf.data[request] = outcome
      valueOf.data[request] = value
      life.send(request, ANSWER)
      const wire = wires[wireOf.data[request]!]!
      const back = wire.latency === null ? 0 : wire.latency()
      if (outcome !== Outcome.ok) emitHop(request, back, outcome === Outcome.throttled ? Token.throttled : Token.error)
      else if (wire.waits) emitHop(request, back, Token.response)
      // an answer given while `send` is still on the stack waits its turn, so that a caller knows its request first
      if (back > 0 || sending.data[request] === 1) kernel.after(back, finishing, request)
      else finish(request)
    },

    abandon(request) {
      const state = life.state.data[request]
      life.send(request, ABANDON)
      if (state === LOST) requests.remove(request)
    },

    target: (request) => wires[wireOf.data[request]!]!.to,
    source: (request) => wires[wireOf.data[request]!]!.from,
    action: (request) => wires[wireOf.data[request]!]!.action,
    payload: (request) => payloadOf.data[request]!,
    count: (request) => countOf.data[request]!,
    wireOf: (request) => wireOf.data[request]!,
    outcome: (request) => outcomeOf.data[request] as Outcome,
    value: (request) => valueOf.data[request]!,
    note: (request, value) => {
      noteOf.data[request] = value
    },
    noteOf: (request) => noteOf.data[request]!,
  }
}
