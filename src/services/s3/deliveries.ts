import { Table } from '../../kernel/columns'
import { Outcome, Token } from '../../model/recording'
import type { LogicalId } from '../../model/scenario'
import { MICROS, toMicros, toSeconds } from '../../model/units'
import type { ServiceContext } from '../service'
import { notificationMachine } from './machine'
import type { BucketMeters } from './meters'

export interface Deliveries {
  /** Sends a payload on its way. `past`: where the change comes from (parcel.ts). */
  add(bucket: number, wire: number, target: number, payload: number, past: number): void
}

/** Notifications under way, each through a `notificationMachine` of its own. Buckets are rows in document order. */
export function createDeliveries(
  context: ServiceContext,
  buckets: readonly LogicalId[],
  meters: readonly BucketMeters[],
): Deliveries {
  const { kernel, calls, lineage } = context
  const { recorder, metrics } = kernel
  const why = {
    retry: context.reason('s3.retry'),
    dropped: context.reason('s3.dropped'),
    duplicate: context.reason('s3.duplicate'),
  }
  const delays = buckets.map((id) => context.sampler(context.fact('s3.delay'), id, 'notification'))
  const repeating = buckets.map((id) => context.stream(id, 'duplicates'))
  const duplicates = context.number('s3.duplicates')
  const retries = context.number('s3.retries')
  const cap = toMicros(context.number('s3.retryCap'))

  const table = kernel.part(new Table(64))
  const bucketOf = table.i32(-1)
  const wireOf = table.i32(-1)
  const targetOf = table.i32(-1)
  const payloadOf = table.i32(-1)
  const traceOf = table.i32(-1)
  const pastOf = table.i32()
  const attempts = table.i32()

  const resourceOf = (n: number): number => context.index(buckets[bucketOf.data[n]!]!)
  const wait = (n: number): number => {
    let micros = MICROS
    for (let i = 1; i < attempts.data[n]! && micros < cap; i++) micros *= 2
    return Math.min(micros, cap)
  }

  const life = context.lifecycle({
    entities: table,
    machine: notificationMachine,
    implementation: {
      guards: { mayRetry: (n) => attempts.data[n]! <= retries },
      delays: { delay: (n) => delays[bucketOf.data[n]!]!(), backOff: wait },
      actions: {
        attempt(n) {
          const again = attempts.data[n]! > 0
          attempts.data[n] = attempts.data[n]! + 1
          recorder.trace = traceOf.data[n]!
          lineage.past = pastOf.data[n]!
          calls.send(wireOf.data[n]!, payloadOf.data[n]!, 1, answered, n, again ? Token.retry : Token.event)
          lineage.past = 0
        },
        plan: (n) => void context.explain(why.retry, resourceOf(n), targetOf.data[n], toSeconds(wait(n))),
        succeed: (n) => metrics.count(meters[bucketOf.data[n]!]!.delivered),
        drop(n) {
          metrics.count(meters[bucketOf.data[n]!]!.dropped)
          context.explain(why.dropped, resourceOf(n), targetOf.data[n], attempts.data[n])
        },
        forget: (n) => table.remove(n),
      },
    },
  })
  const ACCEPTED = life.event('ACCEPTED')
  const FAILED = life.event('FAILED')
  const REFUSED = life.event('REFUSED')
  const answered = kernel.handler((request, n) => {
    const outcome = calls.outcome(request)
    life.send(n, outcome === Outcome.ok ? ACCEPTED : outcome === Outcome.denied ? REFUSED : FAILED)
  })

  const start = (bucket: number, wire: number, target: number, payload: number, past: number): void => {
    const n = table.add()
    bucketOf.data[n] = bucket
    wireOf.data[n] = wire
    targetOf.data[n] = target
    payloadOf.data[n] = payload
    traceOf.data[n] = recorder.trace
    pastOf.data[n] = past
    life.start(n)
  }
  return {
    add(bucket, wire, target, payload, past) {
      const { cause } = recorder
      start(bucket, wire, target, payload, past)
      if (duplicates === 0 || kernel.random.uniform(repeating[bucket]!) >= duplicates) return
      recorder.cause = cause
      context.explain(why.duplicate, context.index(buckets[bucket]!))
      start(bucket, wire, target, payload, past)
    },
  }
}
