import type { Duration } from '../model/scenario'
import { MICROS } from '../model/units'
import { exp, ln } from './ieee'
import type { Random } from './random'

/** Draws whole microseconds. Fixed durations draw nothing from the stream. */
export type Sampler = () => number

/** z of the 90th percentile of the standard normal distribution. */
const Z90 = 1.2815515655446004

/** A sampler for a duration in seconds. `stream` is only touched by random durations. */
export function sampler(duration: Duration, random: Random, stream: number): Sampler {
  if (typeof duration === 'number') {
    const fixed = Math.round(duration * MICROS)
    return () => fixed
  }
  if ('exp' in duration) {
    const mean = duration.exp * MICROS
    return () => Math.round(-mean * ln(random.uniform(stream)))
  }
  if ('uniform' in duration) {
    const [low, high] = duration.uniform
    return () => Math.round((low + (high - low) * random.uniform(stream)) * MICROS)
  }
  if ('lognormal' in duration) {
    const mu = ln(duration.lognormal.p50 * MICROS)
    const sigma = (ln(duration.lognormal.p90 * MICROS) - mu) / Z90
    return () => Math.round(exp(mu + sigma * normalQuantile(random.uniform(stream))))
  }
  return quantileSampler(duration.quantiles, random, stream)
}

/** Mean in seconds, for estimates on screen; exact except for `quantiles`, which is piecewise linear. */
export function meanOf(duration: Duration): number {
  if (typeof duration === 'number') return duration
  if ('exp' in duration) return duration.exp
  if ('uniform' in duration) return (duration.uniform[0] + duration.uniform[1]) / 2
  if ('lognormal' in duration) {
    const mu = ln(duration.lognormal.p50)
    const sigma = (ln(duration.lognormal.p90) - mu) / Z90
    return exp(mu + (sigma * sigma) / 2)
  }
  const points = curve(duration.quantiles)
  let mean = 0
  for (let i = 1; i < points.length; i++)
    mean += ((points[i]![1] + points[i - 1]![1]) / 2) * (points[i]![0] - points[i - 1]![0])
  return mean
}

/** Points of the inverse CDF, flat beyond the outermost. */
function curve(quantiles: { [probability: string]: number }): [number, number][] {
  const points = Object.entries(quantiles)
    .map(([p, value]): [number, number] => [Number(p), value])
    .sort((x, y) => x[0] - y[0])
  const first = points[0] ?? [0, 0]
  const last = points.at(-1) ?? [1, 0]
  return [[0, first[1]], ...points, [1, last[1]]]
}

function quantileSampler(quantiles: { [probability: string]: number }, random: Random, stream: number): Sampler {
  const points = curve(quantiles)
  return () => {
    const u = random.uniform(stream)
    let i = 1
    while (i < points.length - 1 && points[i]![0] < u) i++
    const [p0, v0] = points[i - 1]!
    const [p1, v1] = points[i]!
    const share = p1 > p0 ? (u - p0) / (p1 - p0) : 0
    return Math.round((v0 + (v1 - v0) * share) * MICROS)
  }
}

/**
 * Inverse of the standard normal CDF, Acklam's rational approximation (relative error below 1.2e-9),
 * https://web.archive.org/web/20151030215612/http://home.online.no/~pjacklam/notes/invnorm/
 */
function normalQuantile(p: number): number {
  const tail = 0.02425
  if (p < tail) return tailQuantile(p)
  if (p > 1 - tail) return -tailQuantile(1 - p)
  const q = p - 0.5
  const r = q * q
  const top =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1
  return (top * q) / bottom
}

function tailQuantile(p: number): number {
  const q = Math.sqrt(-2 * ln(p))
  const top =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
    2.938163982698783
  const bottom =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1
  return top / bottom
}
