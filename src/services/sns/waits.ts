import { MICROS, toMicros } from '../../model/units'
import type { Policy } from '../delivery/policy'
import type { ServiceContext } from '../service'
import type { Protocol } from './settings'

/** 20 to the power of k/9, k from 0 to 9: ten waits that grow evenly from 1 s to 20 s. */
const GROWTH = [1, 1.394917, 1.945792, 2.714208, 3.78608, 5.281257, 7.36689, 10.276168, 14.334366, 20]

/** The delivery policies SNS has for its own endpoints and for HTTPS (SNS-2, SNS-4). */
export function policyOf(context: ServiceContext, protocol: Protocol): Policy {
  const last = toMicros(context.number('sns.lastWait'))
  if (protocol === 'https')
    return { retries: context.number('sns.httpsRetries'), maxAge: Infinity, errors: true, wait: () => last }
  const immediate = context.number('sns.immediateRetries')
  const soon = immediate + context.number('sns.soonRetries')
  const growing = soon + context.number('sns.backoffRetries')
  return {
    retries: context.number('sns.retries'),
    maxAge: Infinity,
    wait(nth) {
      if (nth <= immediate) return 0
      if (nth <= soon) return MICROS
      if (nth > growing) return last
      return Math.min(last, Math.round(GROWTH[Math.min(nth - soon - 1, GROWTH.length - 1)]! * MICROS))
    },
  }
}
