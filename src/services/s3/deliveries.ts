import { Token } from '../../model/recording'
import type { LogicalId } from '../../model/scenario'
import * as delivery from '../delivery/deliveries'
import { doubling } from '../delivery/policy'
import type { ServiceContext } from '../service'
import type { BucketMeters } from './meters'

export interface Deliveries {
  /** Makes a target known, by its resource. */
  to(bucket: number, target: number, wire: number): void
  /** Sends a payload on its way. `past`: where the change comes from (parcel.ts). */
  add(bucket: number, target: number, payload: number, past: number): void
}

/** Notifications under way (S3-1). Buckets are rows in document order. A target that a `set` takes away still gets what is under way. */
export function createDeliveries(
  context: ServiceContext,
  buckets: readonly LogicalId[],
  meters: readonly BucketMeters[],
): Deliveries {
  const { recorder, metrics, random } = context.kernel
  const why = {
    retry: context.reason('s3.retry'),
    dropped: context.reason('s3.dropped'),
    deadLettered: -1,
    deadLetterFailed: -1,
  }
  const duplicate = context.reason('s3.duplicate')
  const delays = buckets.map((id) => context.sampler(context.fact('s3.delay'), id, 'notification'))
  const repeating = buckets.map((id) => context.stream(id, 'duplicates'))
  const duplicates = context.number('s3.duplicates')
  const cap = context.number('s3.retryCap')
  const policy = {
    retries: context.number('s3.retries'),
    maxAge: Infinity,
    wait: doubling({ base: 1, cap, jitter: 0 }, random, 0),
  }

  /** A line is `target * buckets + bucket`. */
  const routes: delivery.Route[] = []
  const meterOf = (line: number): BucketMeters => meters[line % buckets.length]!
  const deliveries = delivery.createDeliveries(context, {
    routes,
    why,
    token: Token.event,
    hooks: {
      delivered: (line) => metrics.count(meterOf(line).delivered),
      gaveUp: (line) => metrics.count(meterOf(line).dropped),
    },
  })

  return {
    to(bucket, target, wire) {
      routes[target * buckets.length + bucket] = {
        ...delivery.noRoute(context.index(buckets[bucket]!), target, delays[bucket]),
        to: target,
        wire,
        policy,
      }
    },
    add(bucket, target, payload, past) {
      const { cause } = recorder
      const line = target * buckets.length + bucket
      deliveries.add(line, payload, past)
      if (duplicates === 0 || random.uniform(repeating[bucket]!) >= duplicates) return
      recorder.cause = cause
      context.explain(duplicate, context.index(buckets[bucket]!))
      deliveries.add(line, payload, past)
    },
  }
}
