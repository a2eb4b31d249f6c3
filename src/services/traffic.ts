import type { JsonObject } from '../model/scenario'
import { toMicros } from '../model/units'
import { ln } from '../kernel/ieee'
import type { Random } from '../kernel/random'

/** When a client calls: arrival n (from 0) comes at `next(n, previous)` µs, Infinity when there is none. `count` calls come together. */
export interface Traffic {
  readonly together: number
  next(n: number, previous: number): number
}

const NEVER: Traffic = { together: 1, next: () => Infinity }

/** Reads `Behavior.traffic`. Rates are per second, times in seconds. */
export function readTraffic(traffic: JsonObject | undefined, random: Random, stream: number): Traffic {
  const number = (name: string, fallback: number): number =>
    typeof traffic?.[name] === 'number' ? traffic[name] : fallback
  const start = toMicros(number('at', 0))
  const until = toMicros(number('until', Infinity))
  const limit = number('count', Infinity)
  const bounded = (next: Traffic['next']): Traffic => ({
    together: 1,
    next(n, previous) {
      if (n >= limit) return Infinity
      const at = next(n, previous)
      return at < until ? at : Infinity
    },
  })
  switch (traffic?.['pattern']) {
    case 'once':
      return { together: 1, next: (n) => (n === 0 ? start : Infinity) }
    case 'burst':
      return { together: number('count', 20), next: (n) => (n === 0 ? start : Infinity) }
    case 'constant': {
      const gap = 1e6 / number('rate', 1)
      return bounded((n) => start + Math.round(n * gap))
    }
    case 'poisson': {
      const mean = 1e6 / number('rate', 1)
      return bounded((n, previous) => (n === 0 ? start : previous) + Math.round(-mean * ln(random.uniform(stream))))
    }
    case 'ramp': {
      const from = number('from', 0)
      const to = number('to', 10)
      const over = number('over', 60)
      return bounded((n) => start + Math.round(rampTime(n, from, to, over) * 1e6))
    }
    case 'repeat': {
      const every = toMicros(number('every', 1))
      const times = number('times', 20)
      return { together: number('count', 1), next: (n) => (n < times ? start + n * every : Infinity) }
    }
    default:
      return NEVER
  }
}

/** Second at which the integral of a rate that goes linearly from `from` to `to` over `over` seconds, then stays, reaches n. */
function rampTime(n: number, from: number, to: number, over: number): number {
  const during = ((from + to) / 2) * over
  if (n > during) return to > 0 ? over + (n - during) / to : Infinity
  const slope = (to - from) / over
  if (slope === 0) return from > 0 ? n / from : Infinity
  return (-from + Math.sqrt(Math.max(0, from * from + 2 * slope * n))) / slope
}
