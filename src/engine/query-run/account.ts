import type { Metrics } from '../../kernel/metrics'
import { applySet, ordered } from '../../model/interventions'
import type { Series } from '../../model/recording'
import type { Scenario } from '../../model/scenario'
import { MICROS, toMicros } from '../../model/units'

/** Stands for the account in `of` and in series. */
export const ACCOUNT = 'account'

/**
 * Levels of the whole account by CloudWatch's names (OBS-1), which no resource has:
 * - ConcurrentExecutions: everything that runs.
 * - UnreservedConcurrentExecutions: what runs on demand in functions without reserved concurrency.
 * - ClaimedAccountConcurrency: that, and all reserved concurrency, and provisioned concurrency of functions without reserved one
 *   (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html).
 */
export const ACCOUNT_NAMES: readonly string[] = [
  'ConcurrentExecutions',
  'UnreservedConcurrentExecutions',
  'ClaimedAccountConcurrency',
]
/** Those that no function has. */
export const ACCOUNT_ONLY: readonly string[] = ACCOUNT_NAMES.slice(1)

const PARTS = ['ConcurrentExecutions', 'ProvisionedConcurrentExecutions', 'AllocatedProvisionedConcurrency'] as const
const RUNNING = 0
const IN_PROVISIONED = 1
const PROVISIONED = 2
const FUNCTION = 'AWS::Lambda::Function'

interface Fn {
  readonly id: string
  readonly parts: [number, number, number]
  /** Null without. */
  reserved: number | null
  /** Has versions or aliases: one start then sets several levels, which count together. */
  readonly qualified: boolean
}

interface Level {
  value: number
  since: number
  area: number
  max: number
  min: number
}

/** Adds the levels of functions up while a run goes. `changed` hears of every new value, by its place in ACCOUNT_NAMES. */
export class AccountLevels {
  readonly #fns: Fn[]
  readonly #partOf = new Map<number, readonly [fn: Fn, part: number]>()
  readonly #levels: Level[]
  readonly #reservations: { readonly at: number; readonly reserved: (number | null)[] }[] = []
  readonly #changed: (place: number, value: number, at: number) => void
  /** Since when (µs) the parts differ from what is noted; -1 when they do not. */
  #pending = -1

  constructor(
    scenario: Scenario,
    metrics: Metrics,
    series: readonly Pick<Series, 'resource' | 'name'>[],
    now: () => number,
    changed: (place: number, value: number, at: number) => void,
  ) {
    this.#changed = changed
    const { resources } = scenario
    const ids = Object.keys(resources).filter((id) => resources[id]!.Type === FUNCTION)
    const reservedIn = (it: Scenario): (number | null)[] =>
      ids.map((id) => {
        const value = it.resources[id]?.Properties?.['ReservedConcurrentExecutions']
        return typeof value === 'number' ? value : null
      })
    this.#fns = ids.map((id) => ({
      id,
      parts: [0, 0, 0],
      reserved: null,
      qualified: Object.values(resources).some(
        ({ Type, Properties }) => Type !== FUNCTION && Properties?.['FunctionName'] === id,
      ),
    }))
    let changing = scenario
    this.#reservations.push({ at: 0, reserved: reservedIn(scenario) })
    for (const it of ordered(scenario)) {
      if (!('set' in it)) continue
      changing = applySet(changing, it.set, it.value).scenario
      this.#reservations.push({ at: toMicros(it.at), reserved: reservedIn(changing) })
    }
    series.forEach(({ resource, name }, id) => {
      const fn = this.#fns.find((one) => one.id === resource)
      const part = PARTS.findIndex((one) => one === name)
      if (fn === undefined || part < 0) return
      this.#partOf.set(id, [fn, part])
      fn.parts[part] = metrics.value(id)
    })
    this.#levels = ACCOUNT_NAMES.map(() => ({ value: 0, since: 0, area: 0, max: 0, min: Infinity }))
    this.settle(0)
    this.#note(0)
    const gauge = metrics.gauge.bind(metrics)
    metrics.gauge = (id, value) => {
      gauge(id, value)
      const known = this.#partOf.get(id)
      if (known === undefined) return
      const at = now()
      this.settle(at)
      const [fn, part] = known
      fn.parts[part] = value
      if (fn.qualified) this.#pending = at
      else this.#note(at)
    }
  }

  /** What happened before `now` (µs) is complete. */
  settle(now: number): void {
    if (this.#pending >= 0 && this.#pending < now) this.#note(this.#pending)
    while (this.#reservations.length > 0 && this.#reservations[0]!.at <= now) {
      const { at, reserved } = this.#reservations.shift()!
      this.#fns.forEach((fn, i) => (fn.reserved = reserved[i]!))
      this.#note(at)
    }
  }

  value(place: number): number {
    return this.#levels[place]!.value
  }

  /** As series of the run so far, without buckets. */
  series(until: number): Series[] {
    if (this.#pending >= 0) this.#note(this.#pending)
    this.settle(until)
    return ACCOUNT_NAMES.map((name, place): Series => {
      const { value, since, area, max, min } = this.#levels[place]!
      const sum = (area + value * (until - since)) / MICROS
      return {
        resource: ACCOUNT,
        name,
        kind: 'gauge',
        unit: 'Count',
        bucketSeconds: Math.max(1, Math.ceil(until / MICROS)),
        sum: Float64Array.of(sum),
        max: Float64Array.of(max),
        n: Float64Array.of(1),
        total: { n: 1, sum, min, max, last: value, percentiles: [] },
      }
    })
  }

  #note(at: number): void {
    this.#pending = -1
    let running = 0
    let unreserved = 0
    let allocated = 0
    for (const { parts, reserved } of this.#fns) {
      running += parts[RUNNING]
      if (reserved === null) unreserved += Math.max(0, parts[RUNNING] - parts[IN_PROVISIONED])
      allocated += reserved ?? parts[PROVISIONED]
    }
    ;[running, unreserved, unreserved + allocated].forEach((value, place) => {
      const level = this.#levels[place]!
      if (value === level.value && level.min <= value) return
      level.area += level.value * (at - level.since)
      level.since = at
      level.value = value
      level.max = Math.max(level.max, value)
      level.min = Math.min(level.min, value)
      this.#changed(place, value, at)
    })
  }
}
