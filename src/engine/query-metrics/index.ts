import { CALLS } from './calls'
import { ABSENT, DATA } from './data'
import { HTTP } from './http'
import { LOAD } from './load'
import { MESSAGES } from './messages'
import type { Metrics } from './metric'
import { MONEY } from './money'
import { NETWORK } from './network'
import { RECORD } from './record'
import { SETUP } from './setup'
import { TIME } from './time'

/** Every name a learner uses (learning-design.md 7.3), in the order of its groups. */
export const METRICS: Metrics = {
  ...CALLS,
  ...TIME,
  ...LOAD,
  ...MESSAGES,
  ...NETWORK,
  ...HTTP,
  ...DATA,
  ...MONEY,
  ...RECORD,
  ...SETUP,
  ...ABSENT,
}
export const METRIC_NAMES: readonly string[] = Object.keys(METRICS)
