import type { Fact } from '../../../model/facts'
import {
  isIdle,
  monthlyLines,
  monthlyUsd,
  type MonthlyLine,
  type MonthlyOptions,
  type NumberOf,
} from '../../../model/monthly'
import type { CostLine } from '../../../model/recording'

export type PricedFact = Pick<Fact, 'title' | 'asOf' | 'value'>
export type FactOf = (key: string) => PricedFact | undefined

export interface CostRow extends MonthlyLine {
  readonly kind: 'line'
  readonly idle: boolean
  /** USD for one unit of the quantity. */
  readonly price: number
}
/** What one resource comes to; its lines follow. */
export interface Subtotal {
  readonly kind: 'subtotal'
  readonly resource: string
  readonly lines: number
  readonly usd: number
  readonly perMonth: number
}
export type Row = CostRow | Subtotal

export interface Costs {
  readonly rows: readonly Row[]
  readonly usd: number
  readonly perMonth: number
  /** The part of a month that accrues though nothing is used. */
  readonly idlePerMonth: number
  /** Memory x time of functions in this run; 0 where none ran. */
  readonly gbSeconds: number
}

/** Facts as plain numbers: prices and allowances are the same in every profile unless it says otherwise. */
const numbers =
  (factOf: FactOf): NumberOf =>
  (key) => {
    const value = factOf(key)?.value.teaching
    return typeof value === 'number' ? value : 0
  }

/**
 * Costs by resource, each with its subtotal, and what they come to in a month of 730 h if the run went on like this. `groupOf`: whose subtotal
 * a resource counts in (a version's in its function's).
 */
export function costsOf(
  lines: readonly CostLine[],
  seconds: number,
  factOf: FactOf,
  groupOf: (resource: string) => string = (resource) => resource,
  options: MonthlyOptions = {},
): Costs {
  const number = numbers(factOf)
  const priced = monthlyLines(lines, seconds, number, options).map((line): CostRow => ({
    ...line,
    kind: 'line',
    idle: isIdle(line),
    price: line.quantity > 0 ? line.usd / line.quantity : number(line.fact),
  }))
  const groups = new Map<string, CostRow[]>()
  for (const line of priced) {
    const group = groupOf(line.resource)
    groups.set(group, [...(groups.get(group) ?? []), line])
  }
  const rows = [...groups].flatMap(([resource, own]): Row[] => [
    { kind: 'subtotal', resource, lines: own.length, usd: sum(own, 'usd'), perMonth: monthlyUsd(own) },
    ...own,
  ])
  return {
    rows,
    usd: sum(priced, 'usd'),
    perMonth: monthlyUsd(priced),
    idlePerMonth: monthlyUsd(priced.filter(({ idle }) => idle)),
    gbSeconds: sum(
      priced.filter(({ unit, idle }) => unit === 'GB-s' && !idle),
      'quantity',
    ),
  }
}

const sum = (rows: readonly CostRow[], what: 'usd' | 'quantity'): number =>
  rows.reduce((total, row) => total + row[what], 0)

/** `$0.000012`, `$1.20`, `$1,204`: enough digits to tell small amounts apart, never more than cents above a dollar. */
export function dollars(usd: number): string {
  if (usd === 0) return '$0'
  if (usd >= 1_000) return `$${Math.round(usd).toLocaleString('en-GB')}`
  if (usd >= 0.995) return `$${usd.toFixed(2)}`
  if (usd < 1e-9) return 'below $0.000000001'
  return `$${usd.toFixed(Math.min(12, 1 - Math.floor(Math.log10(usd)))).replace(/0+$/, '')}`
}

/** A price as it is listed, with all its digits: `$0.0000166667`. */
export const listed = (usd: number): string =>
  usd === 0
    ? '$0'
    : `$${Number(usd.toPrecision(6))
        .toFixed(12)
        .replace(/\.?0+$/, '')}`
