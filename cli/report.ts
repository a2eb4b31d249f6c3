import type { Run } from '../src/engine/run'
import type { Series } from '../src/model/recording'
import type { Scenario } from '../src/model/scenario'
import { MICROS, toSeconds } from '../src/model/units'

type Figures = { readonly [name: string]: number | string }

/** What a run adds up to, as JSON: per resource its series and money. Contains nothing that differs between two runs. */
export function reportJson(run: Run, scenario: Scenario): object {
  const { until, events, stopped } = run.progress()
  const series = run.series()
  const costs = run.costs()
  return {
    name: scenario.name,
    seed: scenario.seed,
    profile: scenario.profile,
    until: toSeconds(until),
    events,
    stopped: stopped ?? null,
    resources: Object.fromEntries(
      Object.entries(scenario.resources).map(([id, { Type }]) => [
        id,
        {
          Type,
          metrics: Object.fromEntries(
            series.filter(({ resource }) => resource === id).map((one) => [one.name, figures(one, until)]),
          ),
        },
      ]),
    ),
    costs,
    cost: costs.reduce((sum, { usd }) => sum + usd, 0),
  }
}

/** The same as a page of text. Resources that measure nothing are left out. */
export function reportText(run: Run, scenario: Scenario): string {
  const { until, events, stopped } = run.progress()
  const series = run.series()
  const costs = run.costs()
  const lines = [
    scenario.name,
    `seed ${scenario.seed}, profile ${scenario.profile}, ${figure(toSeconds(until))} s, ${events} events`,
    ...(stopped === undefined ? [] : [stopped]),
  ]
  for (const [id, { Type }] of Object.entries(scenario.resources)) {
    const mine = series.filter(({ resource }) => resource === id)
    if (mine.length === 0) continue
    lines.push('', `${id}  ${Type}`)
    for (const one of mine) lines.push(`  ${one.name.padEnd(38)} ${said(one, until)}`)
  }
  if (costs.length > 0) {
    lines.push('', 'Cost')
    for (const { resource, item, quantity, unit, usd } of costs) {
      lines.push(`  ${`${resource} ${item}`.padEnd(38)} ${figure(quantity)} ${unit}  $${figure(usd)}`)
    }
    lines.push(`  ${'total'.padEnd(38)} $${figure(costs.reduce((sum, { usd }) => sum + usd, 0))}`)
  }
  return `${lines.join('\n')}\n`
}

function said(series: Series, until: number): string {
  const { kind } = series
  if (kind === 'count') return figure(series.total.sum)
  return Object.entries(figures(series, until))
    .map(([name, value]) => (typeof value === 'string' ? '' : `${name} ${figure(value)}`))
    .concat(kind === 'duration' ? [unitOf(series)] : [])
    .filter((text) => text !== '')
    .join('  ')
}

const unitOf = ({ unit }: Series): string => (unit === 'Milliseconds' ? 'ms' : unit === 'Seconds' ? 's' : '')

/** Durations in the series' unit, levels as they are; `mean` of a level is over time. */
function figures({ kind, unit, total }: Series, until: number): Figures {
  if (kind === 'count') return { sum: total.sum }
  if (kind === 'gauge')
    return { max: total.max, mean: until === 0 ? total.last : (total.sum * MICROS) / until, last: total.last }
  const scale = unit === 'Milliseconds' ? 1_000 : MICROS
  const [p50, p90, p95, p99, p999] = total.percentiles.map((value) => value / scale) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const mean = total.n === 0 ? 0 : total.sum / total.n / scale
  return { n: total.n, mean, min: total.min / scale, p50, p90, p95, p99, 'p99.9': p999, max: total.max / scale, unit }
}

/** Six digits that matter. */
const figure = (value: number): string => String(Number(value.toPrecision(6)))
