/**
 * Facts: every constant that came from AWS or was chosen by us, once, with its source.
 * `rows` are row ids of the project's AWS fact sheet (`LAM-43`); lessons, tests and the fidelity page read the same objects.
 */
import type { Duration } from './scenario'

/** `verified`: on a current AWS page or in an API model. `measured`: public measurement. `assumed`: ours, configurable. */
export type Confidence = 'verified' | 'measured' | 'assumed'

export interface Fact {
  /** Dotted key, service first: `lambda.idleTimeout`. */
  readonly key: string
  readonly title: string
  readonly unit: 's' | 'MB' | 'count' | '1/s' | '1/min' | 'USD' | 'USD/h' | 'ratio'
  /** Value by profile; `teaching` is the fallback of every other profile. */
  readonly value: { readonly teaching: Duration } & { readonly [profile: string]: Duration }
  readonly rows: readonly string[]
  readonly confidence: Confidence
  /** ISO date on which the source said so. */
  readonly asOf: string
  /** Learners may override it in `scenario.facts`; the range bounds what the gate accepts. */
  readonly configurable?: { readonly min: number; readonly max: number }
}

export type FactTable = { readonly [name: string]: Fact }

/** Profile inheritance: a profile reads its own value, then its parents', then `teaching`. */
export const PROFILES: { readonly [name: string]: { readonly extends: string | null; readonly title: string } } = {
  teaching: { extends: null, title: 'Round numbers, so you can check the run by arithmetic' },
  'aws-2026-11': { extends: 'teaching', title: 'AWS as documented and measured in November 2026, with jitter' },
  'lambda-vpc-2018': { extends: 'teaching', title: 'Lambda in a VPC before September 2019: one ENI per environment' },
  'scaling-2022': {
    extends: 'teaching',
    title: 'Lambda scaling before November 2023: 3,000 at once, then 500 a minute',
  },
  'billing-before-2025-08': {
    extends: 'teaching',
    title: 'Lambda prices before August 2025: init of zip packages free',
  },
  'eventbridge-custom-2026': {
    extends: 'teaching',
    title: 'Custom event buses of autumn 2026: subscribers, and events kept for those that come late',
  },
}

/** The fact's value under a profile. Throws on an unknown profile. */
export function factValue(fact: Fact, profile: string): Duration {
  for (let name: string | null = profile; name !== null; name = PROFILES[name]?.extends ?? null) {
    if (PROFILES[name] === undefined) throw new Error(`unknown profile ${name}`)
    const value = fact.value[name]
    if (value !== undefined) return value
  }
  return fact.value.teaching
}
