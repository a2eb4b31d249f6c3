import { attemptOf, isoTime, requestId } from '../../../model/identity'
import { Outcome, Token } from '../../../model/recording'
import { toMicros } from '../../../model/units'
import { Table, type Column } from '../../../kernel/columns'
import type { Json } from '../../../model/scenario'
import { passesOf, pastOf } from '../../parcel'
import { filled } from '../../filled'
import type { Payload, ServiceContext } from '../../service'
import { BUCKET, BUS, TOPIC, type AsyncSettings, type Destination } from './async-settings'
import type { FunctionConfig } from '../config'
import { noInterface } from '../environment/environments'
import type { Dispatch } from '../invocation/dispatch'
import { errorMessage } from '../invocation/errors'
import { eventMachine } from './event.machine'
import type { Meters } from '../meters'
import {
  asEvent,
  asObject,
  deadLetterAttributes,
  destinationRecord,
  type Condition,
  type LastAttempt,
} from '../invocation/records'

/** The asynchronous queue in front of functions (INV-2 to INV-13). */
export interface Events {
  readonly payload: Column<Int32Array>
  readonly attempt: Column<Int32Array>
  /** Accepts an event for a function, a version or an alias. */
  accept(callee: number, payload: number): void
  /** An attempt ended; `error`: type of its error, null without one. */
  ended(event: number, outcome: Outcome, error: string | null): void
}

/** What the queue needs to know about functions. */
export interface Invoked {
  fnOf(callee: number): number
  /** Configuration an attempt ran with. */
  config(slot: number): FunctionConfig
  settings(callee: number): AsyncSettings
}

const CONDITIONS: readonly Condition[] = ['RetriesExhausted', 'EventAgeExceeded', 'ZeroReservedConcurrency']
const EXHAUSTED = 0
const TOO_OLD = 1
const OFF = 2

export function createEvents(
  context: ServiceContext,
  invoked: Invoked,
  meters: readonly Meters[],
  dispatch: Dispatch,
): Events {
  const { kernel, calls, payloads, lineage } = context
  const { metrics, recorder, random } = kernel
  const table = kernel.part(new Table(64))
  const callee = table.i32()
  const fn = table.i32()
  const slot = table.i32()
  const payload = table.i32()
  const attempt = table.i32()
  const passed = table.i32()
  /** Place of the last error in the list of its function's error types, -1 for none; and the version that raised it. */
  const error = table.i32(-1)
  const ran = table.i32(-1)
  const condition = table.u8()
  const acceptedAt = table.f64()
  const backoff = table.f64()
  const queue = context.sampler(context.fact('lambda.asyncQueue'), 'lambda', 'async queue')
  const retryWaits = [toMicros(context.number('lambda.retryFirst')), toMicros(context.number('lambda.retrySecond'))]
  const firstBackoff = toMicros(context.number('lambda.backoffFirst'))
  const mostBackoff = toMicros(context.number('lambda.backoffMost'))
  const duplicates = context.number('lambda.asyncDuplicates')
  const duplicating = context.stream('lambda', 'duplicates')
  const mostPasses = context.number('lambda.recursionLimit')
  const reasons = {
    retry: context.reason('lambda.retry'),
    backoff: context.reason('lambda.backoff'),
    expired: context.reason('lambda.expired'),
    switchedOff: context.reason('lambda.asyncOff'),
    loop: context.reason('lambda.recursion'),
    duplicate: context.reason('lambda.duplicate'),
    toDeadLetter: context.reason('lambda.toDeadLetter'),
    toDestination: context.reason('lambda.toDestination'),
    undelivered: context.reason('lambda.undelivered'),
    lost: context.reason('lambda.lost'),
  }
  const resourceOf = (e: number): number => invoked.config(fn.data[e]!).resource
  const settingsOf = (e: number): AsyncSettings => invoked.settings(callee.data[e]!)
  const deadLettered = kernel.handler((request, f) => {
    if (calls.outcome(request) === Outcome.ok) return
    metrics.count(meters[f]!.deadLetterErrors)
    metrics.count(meters[f]!.lost)
    context.explain(reasons.undelivered, invoked.config(f).resource, calls.target(request))
  })
  /** Tag: the function, and whether it was all that was left of the event. */
  const delivered = kernel.handler((request, tag) => {
    if (calls.outcome(request) === Outcome.ok) return
    const f = tag >> 1
    metrics.count(meters[f]!.destinationFailures)
    if ((tag & 1) === 1) metrics.count(meters[f]!.lost)
    context.explain(reasons.undelivered, invoked.config(f).resource, calls.target(request))
  })
  const nextWait = (e: number): number => retryWaits[Math.min(attempt.data[e]! - 1, retryWaits.length - 1)]!
  const nextBackoff = (e: number): number =>
    backoff.data[e] === 0 ? firstBackoff : Math.min(mostBackoff, backoff.data[e]! * 2)
  const retryLeft = (e: number): boolean => attempt.data[e]! <= settingsOf(e).maxRetries
  const inTime = (e: number, wait: number): boolean => kernel.now + wait - acceptedAt.data[e]! < settingsOf(e).maxAge
  const removing = kernel.handler((e) => table.remove(e))

  const lastOf = (e: number): LastAttempt | null => {
    if (ran.data[e]! < 0) return null
    const config = invoked.config(ran.data[e]!)
    const type = error.data[e]! < 0 ? null : (config.errorTypes[error.data[e]!] ?? null)
    const response: Json = config.response ?? null
    return {
      version: config.version,
      error:
        type === null
          ? null
          : { type, message: errorMessage(type, config.timeout / 1e6, config.messages.get(type) ?? null) },
      response,
    }
  }
  const idOf = (event: number): string => requestId(context.scenario().seed, recorder.trace, attemptOf(event, -1, 0))
  /** Queues fill in what stands for id and time when they are read; topics and buckets pass on what they get. */
  const told = (to: Destination, sent: Payload, event: number): Payload =>
    to.type === TOPIC || to.type === BUCKET ? filled(sent, idOf(event), isoTime(kernel.now)) : sent
  const record = (e: number, to: Destination, why: Condition): void => {
    const { arn } = settingsOf(e)
    const content = destinationRecord(why, attempt.data[e]!, arn, payloads.get(payload.data[e]!), lastOf(e))
    const success = why === 'Success'
    const event = life.drawn.of(e)
    const body = to.type === BUS ? asEvent(content, success, to.id, arn) : content
    let sent = told(to, { body, poison: false }, event)
    if (to.type === BUCKET) {
      const folder = `async/${invoked.config(fn.data[e]!).id}`
      sent = { ...sent, body: asObject(folder, sent.body, isoTime(kernel.now), idOf(event)) }
    }
    context.explain(reasons.toDestination, resourceOf(e), context.index(to.id), success ? 1 : 0)
    lineage.past = pastOf(passed.data[e]! + 1, event)
    calls.send(
      to.wire,
      payloads.intern(sent),
      1,
      delivered,
      fn.data[e]! * 2 + (success || settingsOf(e).deadLetter !== null ? 0 : 1),
      success ? undefined : Token.deadLetter,
    )
    lineage.past = 0
  }

  /** Set by the guard that asks, for the action that follows: why the event may not run now, or -1. */
  let refused = -1
  const noFace = noInterface(context)
  const throttled = (e: number): void => {
    const f = fn.data[e]!
    metrics.count(meters[f]!.throttles)
    if (slot.data[e] !== f) metrics.count(meters[slot.data[e]!]!.throttles)
  }

  const life = context.lifecycle({
    entities: table,
    machine: eventMachine,
    drawn: { owner: resourceOf, label: () => recorder.trace },
    value: (e) => attempt.data[e]!,
    implementation: {
      guards: {
        looping: (e) => passed.data[e]! >= mostPasses && !invoked.config(fn.data[e]!).allowsLoops,
        'switched off': (e) => invoked.config(fn.data[e]!).reserved === 0,
        'capacity free': (e) => {
          refused = dispatch.refusal(callee.data[e]!, slot.data[e]!, true)
          return refused < 0 && context.read('lambda.pending', resourceOf(e)) === 0
        },
        'too old': (e) => !inTime(e, 0),
        'retry left': (e) => retryLeft(e),
        'retry in time': (e) => retryLeft(e) && inTime(e, nextWait(e)),
        'backoff in time': (e) => inTime(e, nextBackoff(e)),
      },
      actions: {
        run: (e) => {
          attempt.data[e] = attempt.data[e]! + 1
          backoff.data[e] = 0
          ran.data[e] = slot.data[e]!
          metrics.observe(meters[fn.data[e]!]!.age, kernel.now - acceptedAt.data[e]!)
          dispatch.run(callee.data[e]!, slot.data[e]!, -1, e, passed.data[e]!)
        },
        'note refusal': (e) => {
          // a system error backs off as well, but is no throttle (INV-4)
          if (refused >= 0 && !noFace.includes(refused)) {
            throttled(e)
            context.explain(refused, invoked.config(fn.data[e]!).resource, life.drawn.of(e), dispatch.limit())
          }
          backoff.data[e] = nextBackoff(e)
          context.explain(reasons.backoff, resourceOf(e), life.drawn.of(e), backoff.data[e] / 1e6)
        },
        'note retry': (e) => {
          slot.data[e] = dispatch.slotOf(callee.data[e]!)
          context.explain(reasons.retry, resourceOf(e), life.drawn.of(e), nextWait(e) / 1e6)
        },
        'note expiry': (e) => {
          condition.data[e] = TOO_OLD
          context.explain(reasons.expired, resourceOf(e), life.drawn.of(e))
        },
        'note switch': (e) => {
          condition.data[e] = OFF
          throttled(e)
          context.explain(reasons.switchedOff, resourceOf(e), life.drawn.of(e))
        },
        'note loop': (e) => {
          metrics.count(meters[fn.data[e]!]!.recursive)
          context.explain(reasons.loop, resourceOf(e), life.drawn.of(e), passed.data[e])
        },
        'give up': (e) => {
          const f = fn.data[e]!
          const { deadLetter, onFailure } = settingsOf(e)
          metrics.count(meters[f]!.dropped)
          const { cause } = recorder
          // both may be set; each gets its copy (INV-12)
          if (deadLetter !== null) {
            context.explain(reasons.toDeadLetter, resourceOf(e), life.drawn.of(e))
            const original = payloads.get(payload.data[e]!)
            const attributes = deadLetterAttributes(lastOf(e)?.error ?? null)
            const event = life.drawn.of(e)
            lineage.past = pastOf(passed.data[e]! + 1, event)
            calls.send(
              deadLetter.wire,
              payloads.intern(told(deadLetter, { ...original, attributes }, event)),
              1,
              deadLettered,
              f,
              Token.deadLetter,
            )
            lineage.past = 0
          }
          recorder.cause = cause
          if (onFailure !== null) record(e, onFailure, CONDITIONS[condition.data[e]!]!)
          if (deadLetter === null && onFailure === null) {
            metrics.count(meters[f]!.lost)
            context.explain(reasons.lost, resourceOf(e), life.drawn.of(e))
          }
          kernel.after(0, removing, e)
        },
        finish: (e) => {
          const { onSuccess } = settingsOf(e)
          if (onSuccess !== null) record(e, onSuccess, 'Success')
          kernel.after(0, removing, e)
        },
      },
      delays: { QUEUE: () => queue(), RETRY: (e) => nextWait(e), BACKOFF: (e) => backoff.data[e]! },
    },
  })
  const SUCCEEDED = life.event('succeeded')
  const FAILED = life.event('failed')

  const add = (to: number, content: number): void => {
    const e = table.add()
    callee.data[e] = to
    fn.data[e] = invoked.fnOf(to)
    slot.data[e] = dispatch.slotOf(to)
    payload.data[e] = content
    passed.data[e] = passesOf(lineage.past)
    condition.data[e] = EXHAUSTED
    acceptedAt.data[e] = kernel.now
    life.drawn.born(e)
    life.start(e)
  }

  return {
    payload,
    attempt,
    accept(to, content) {
      metrics.count(meters[invoked.fnOf(to)]!.received)
      // the queue is eventually consistent: now and then an event is delivered twice without any error (INV-8)
      if (duplicates > 0 && random.uniform(duplicating) < duplicates) {
        const { cause } = recorder
        context.explain(reasons.duplicate, to)
        add(to, content)
        recorder.cause = cause
      }
      add(to, content)
    },
    ended(e, outcome, type) {
      error.data[e] = type === null ? -1 : invoked.config(ran.data[e]!).errorTypes.indexOf(type)
      life.send(e, outcome === Outcome.ok ? SUCCEEDED : FAILED)
    },
  }
}
