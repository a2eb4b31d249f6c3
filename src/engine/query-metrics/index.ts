import { CALLS } from './calls'
import { DATA, NOT_MODELLED } from './data'
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
  ...DATA,
  ...MONEY,
  ...RECORD,
  ...SETUP,
}
export const METRIC_NAMES: readonly string[] = Object.keys(METRICS)

/** What a name waits for that the check language has and Coldstart does not model yet; undefined for every other name. */
export function waitsFor(name: string): string | undefined {
  const known = [name, name.split('.')[0]!].find((key) => Object.hasOwn(NOT_MODELLED, key))
  return known === undefined ? undefined : NOT_MODELLED[known]
}
