import { Table } from '../../kernel/columns'
import { Outcome, Token } from '../../model/recording'
import { toSeconds } from '../../model/units'
import { withoutPasses } from '../parcel'
import type { ServiceContext } from '../service'
import { deliveryMachine } from './machine'
import type { Policy } from './policy'

/** One way from who delivers to one target. The service lists them under numbers of its own, its lines. */
export interface Route {
  /** Resource that delivers: a bus, a topic, a bucket, a schedule. */
  readonly from: number
  /** Resource a retry's reason names. */
  readonly to: number
  /** Resource the reason of a drop names; -1: none. */
  readonly owner: number
  /** -1: a `set` took the target away, or it cannot be called. */
  readonly wire: number
  /** Reason why it cannot be called, about the target. */
  readonly refusal?: number
  /** -1 without a dead-letter queue. */
  readonly deadLetterWire: number
  /** Its resource. */
  readonly deadLetter: number
  readonly policy: Policy
  /** µs from `add` to the first attempt; null: it is made at once. */
  readonly latency: (() => number) | null
}

/** Where a target was that a `set` took away: what is under way is refused. */
export const noRoute = (from: number, owner: number, latency: Route['latency'] = null): Route => ({
  from,
  to: -1,
  owner,
  wire: -1,
  deadLetterWire: -1,
  deadLetter: -1,
  policy: { retries: -1, maxAge: 0, wait: () => 0 },
  latency,
})

/** What a service counts, by line; `delivery` is the number that `add` gave. */
export interface Hooks {
  attempted?(line: number, again: boolean, delivery: number): void
  answered?(line: number, outcome: Outcome): void
  delivered?(line: number, delivery: number): void
  /** The last attempt is over; `lost`: there is no dead-letter queue. */
  gaveUp?(line: number, lost: boolean, delivery: number): void
  /** The dead-letter queue answered. */
  deadLettered?(line: number, kept: boolean): void
  /** What the dead-letter queue gets (an id of payloads); default: what the target would have got. */
  deadLetter?(line: number, failure: Failure): number
}

/** In place of an outcome: the target is no more; the event came over one bus too many (EB-14). */
export const GONE = -1
export const THIRD_HOP = -2

/** A delivery that was given up. */
export interface Failure {
  readonly payload: number
  readonly attempts: number
  /** Of the last attempt; `denied` also when there was nobody to call. */
  readonly outcome: Outcome | typeof GONE | typeof THIRD_HOP
  /** It was too old, not tried too often. */
  readonly expired: boolean
}

export interface DeliveryOptions {
  /** By line. The service may replace entries, not the array. */
  readonly routes: readonly Route[]
  /** Numbers of reasons; {value} of `retry` is the wait in seconds, of the others the attempts. */
  readonly why: {
    readonly retry: number
    readonly dropped: number
    readonly deadLettered: number
    readonly deadLetterFailed: number
  }
  readonly hooks: Hooks
  /** Shape of a first attempt; default: that of the action. */
  readonly token?: Token
}

export interface Deliveries {
  /** Sends a payload on its way. `past`: where it comes from (parcel.ts). Its trace and cause are those of the recorder. */
  add(line: number, payload: number, past: number): number
  /** The same, but it waits until `release` lets it go. */
  hold(line: number, payload: number, past: number): number
  release(delivery: number): void
  /** µs since `add`. */
  age(delivery: number): number
}

/** Deliveries of one service under way, each through a `deliveryMachine` of its own. */
export function createDeliveries(context: ServiceContext, options: DeliveryOptions): Deliveries {
  const { kernel, calls, lineage } = context
  const { recorder } = kernel
  const { routes, why, hooks, token } = options

  const table = kernel.part(new Table(256))
  // all written at birth, so none is reset
  const lines = table.kept(-1)
  const payloads = table.kept(-1)
  const traces = table.kept(-1)
  const pasts = table.kept()
  const attempts = table.kept()
  const outcomes = table.kept()
  const bornAt = table.keptF64()
  const waits = table.keptF64()

  const routeOf = (n: number): Route => routes[lines.data[n]!]!
  const ageLeft = (n: number): number => bornAt.data[n]! + routeOf(n).policy.maxAge - kernel.now

  const failureOf = (n: number): Failure => ({
    payload: payloads.data[n]!,
    attempts: attempts.data[n]!,
    outcome: outcomes.data[n]! as Failure['outcome'],
    expired: ageLeft(n) <= 0,
  })

  /** What would not go better the next time: no permission, no such target, a message it refuses as it is (EB-9, SNS-5). */
  const isFinal = (n: number, outcome: Failure['outcome']): boolean => {
    const { refusals, errors } = routeOf(n).policy
    if (outcome === Outcome.error) return errors !== true
    return (outcome === Outcome.denied || outcome === GONE) && refusals !== true
  }

  const life = context.lifecycle({
    entities: table,
    machine: deliveryMachine,
    implementation: {
      guards: {
        mayRetry: (n) => attempts.data[n]! <= routeOf(n).policy.retries && ageLeft(n) > 0,
        hasDeadLetterQueue: (n) => routeOf(n).deadLetterWire >= 0,
      },
      delays: {
        latency: (n) => (waits.data[n] === Infinity ? Infinity : (routeOf(n).latency?.() ?? Infinity)),
        backOff: (n) => waits.data[n]!,
      },
      actions: {
        attempt(n) {
          const line = lines.data[n]!
          const { wire, refusal, from, to } = routes[line]!
          const again = attempts.data[n]! > 0
          attempts.data[n] = attempts.data[n]! + 1
          recorder.trace = traces.data[n]!
          hooks.attempted?.(line, again, n)
          lineage.past = pasts.data[n]!
          if (wire < 0 && refusal !== undefined) context.explain(refusal, from, to)
          if (wire < 0) kernel.after(0, gone, n)
          else calls.send(wire, payloads.data[n]!, 1, answered, n, again ? Token.retry : token)
          lineage.past = 0
        },
        plan(n) {
          const { from, to, policy } = routeOf(n)
          waits.data[n] = Math.min(policy.wait(attempts.data[n]!), Math.max(0, ageLeft(n)))
          context.explain(why.retry, from, to, toSeconds(waits.data[n]))
        },
        succeed: (n) => hooks.delivered?.(lines.data[n]!, n),
        deadLetter(n) {
          const line = lines.data[n]!
          const { from, deadLetter, deadLetterWire } = routes[line]!
          hooks.gaveUp?.(line, false, n)
          context.explain(why.deadLettered, from, deadLetter, attempts.data[n])
          const payload = hooks.deadLetter?.(line, failureOf(n)) ?? payloads.data[n]!
          lineage.past = withoutPasses(pasts.data[n]!)
          calls.send(deadLetterWire, payload, 1, deadLettered, line, Token.deadLetter)
          lineage.past = 0
        },
        drop(n) {
          const { from, owner } = routeOf(n)
          hooks.gaveUp?.(lines.data[n]!, true, n)
          context.explain(why.dropped, from, owner, attempts.data[n])
        },
        forget: (n) => table.remove(n),
      },
    },
  })
  const DUE = life.event('DUE')
  const ACCEPTED = life.event('ACCEPTED')
  const FAILED = life.event('FAILED')
  const REFUSED = life.event('REFUSED')

  const answered = kernel.handler((request, n) => {
    const outcome = calls.outcome(request)
    const isGone = outcome === Outcome.unavailable && context.read('call.gone', calls.target(request)) === 1
    const ended = (outcomes.data[n] = isGone ? GONE : outcome)
    hooks.answered?.(lines.data[n]!, outcome)
    life.send(n, outcome === Outcome.ok ? ACCEPTED : isFinal(n, ended) ? REFUSED : FAILED)
  })
  const gone = kernel.handler((n) => {
    outcomes.data[n] = Outcome.denied
    life.send(n, REFUSED)
  })
  const deadLettered = kernel.handler((request, line) => {
    const kept = calls.outcome(request) === Outcome.ok
    hooks.deadLettered?.(line, kept)
    if (!kept) context.explain(why.deadLetterFailed, routes[line]!.from, calls.target(request))
  })

  const due = kernel.handler((n) => {
    life.send(n, DUE)
  })

  const start = (line: number, payload: number, past: number, wait: number): number => {
    const n = table.add()
    lines.data[n] = line
    payloads.data[n] = payload
    traces.data[n] = recorder.trace
    pasts.data[n] = past
    attempts.data[n] = 0
    bornAt.data[n] = kernel.now
    waits.data[n] = wait
    life.start(n)
    return n
  }

  return {
    add(line, payload, past) {
      const n = start(line, payload, past, 0)
      if (routes[line]!.latency === null) life.send(n, DUE)
      return n
    },
    hold: (line, payload, past) => start(line, payload, past, Infinity),
    release: (n) => void kernel.after(0, due, n),
    age: (n) => kernel.now - bornAt.data[n]!,
  }
}
