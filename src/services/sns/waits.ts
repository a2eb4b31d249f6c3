import { MICROS, toMicros } from '../../model/units'
import type { Policy } from '../delivery/policy'
import type { ServiceContext } from '../service'
import { TO_PEOPLE, type RetryPhases, type SubscriptionSettings } from './settings'

/** 20 to the power of k/9, k from 0 to 9: ten waits that grow evenly from 1 s to 20 s. */
const TO_20 = [1, 1.394917, 1.945792, 2.714208, 3.78608, 5.281257, 7.36689, 10.276168, 14.334366, 20]
/** The same for 60: from 10 s to 600 s. */
const TO_600 = [10, 15.76059, 24.83961, 39.14868, 61.70061, 97.24377, 153.26189, 241.54971, 380.6965, 600]

interface Phases {
  readonly immediate: number
  readonly least: number
  readonly shortest: number
  /** Seconds, one after the other. */
  readonly growing: readonly number[]
  readonly longest: number
}

/** Wait before the nth retry (µs): none, then the shortest, then growing, then the longest. */
function waitOf({ immediate, least, shortest, growing, longest }: Phases, nth: number): number {
  if (nth <= immediate) return 0
  if (nth <= immediate + least) return Math.round(shortest * MICROS)
  const step = growing[nth - immediate - least - 1]
  return Math.round((step ?? longest) * MICROS)
}

/** The delivery policies of SNS by protocol (SNS-2, SNS-3, SNS-4). */
export function policyOf(context: ServiceContext, { protocol, retries }: SubscriptionSettings): Policy {
  const longest = context.number('sns.lastWait')
  // endpoints of others may be mended: whatever they answer, it is tried again
  const others = { maxAge: Infinity, errors: true }
  if (protocol === 'https') {
    if (retries === null)
      return { ...others, retries: context.number('sns.httpsRetries'), wait: () => toMicros(longest) }
    const phases = { ...retries, growing: growth(retries) }
    const all = retries.immediate + retries.least + retries.growing + retries.most
    return { ...others, retries: all, wait: (nth) => waitOf(phases, nth) }
  }
  if (TO_PEOPLE.some((one) => one === protocol)) {
    const phases = { immediate: 0, least: 2, shortest: 10, growing: TO_600, longest: 600 }
    return { ...others, retries: context.number('sns.peopleRetries'), wait: (nth) => waitOf(phases, nth) }
  }
  const phases = {
    immediate: context.number('sns.immediateRetries'),
    least: context.number('sns.soonRetries'),
    shortest: 1,
    growing: TO_20.slice(0, context.number('sns.backoffRetries')).map((wait) => Math.min(wait, longest)),
    longest,
  }
  return { retries: context.number('sns.retries'), maxAge: Infinity, wait: (nth) => waitOf(phases, nth) }
}

/** Waits of the phase that grows: evenly, or by doubling (AWS's other three functions) until the longest. */
function growth({ growing, shortest, longest, backoff }: RetryPhases): number[] {
  return Array.from({ length: growing }, (_, k) =>
    backoff === 'linear'
      ? shortest + ((longest - shortest) * k) / Math.max(1, growing - 1)
      : Math.min(longest, Math.max(1, shortest) * 2 ** Math.min(k, 30)),
  )
}

/** All waits of a delivery policy together (s). */
export const secondsOf = (retries: RetryPhases): number =>
  retries.least * retries.shortest +
  growth(retries).reduce((sum, wait) => sum + wait, 0) +
  retries.most * retries.longest
