import type { CostLine } from './recording'

/** AWS counts a month as 730 hours (365 x 24 / 12). */
export const MONTH_HOURS = 730
const MONTH = MONTH_HOURS * 3_600

/** Value of a fact by its key. */
export type NumberOf = (fact: string) => number

interface Terms {
  /** Quantity of a month up to which a price holds, in order. */
  readonly tiers: readonly { readonly upTo: number; readonly price: number }[]
  /** What a month has free. Lines with the same `pool` use it up together. */
  readonly free?: { readonly pool: string; readonly quantity: number }
}

/**
 * What holds in a month beyond quantity x price, by the key of the price fact: tiers of Lambda's duration (PR-2, PR-3), and its free tier, whose
 * GB-seconds both architectures share (PR-7). Provisioned concurrency has neither (PR-6). Null for what is simply multiplied.
 */
function termsOf(fact: string, number: NumberOf): Terms | null {
  if (fact === 'lambda.priceRequest')
    return {
      tiers: [{ upTo: Infinity, price: number(fact) }],
      free: { pool: 'requests', quantity: number('lambda.freeRequests') },
    }
  if (fact !== 'lambda.priceGbSecond' && fact !== 'lambda.priceGbSecondArm') return null
  const arm = fact.endsWith('Arm') ? 'Arm' : ''
  return {
    tiers: [
      { upTo: number(`lambda.tier2GbSeconds${arm}`), price: number(fact) },
      { upTo: number(`lambda.tier3GbSeconds${arm}`), price: number(`${fact}Tier2`) },
      { upTo: Infinity, price: number(`${fact}Tier3`) },
    ],
    free: { pool: 'GB-s', quantity: number('lambda.freeGbSeconds') },
  }
}

export interface MonthlyLine extends CostLine {
  /** `quantity` of a month, in `unit`. */
  readonly monthlyQuantity: number
  /** USD of a month. */
  readonly perMonth: number
}

export interface MonthlyOptions {
  /** Take off Lambda's free tier (default no). */
  readonly freeTier?: boolean
  /** The run as it is stands for a month: nothing is scaled (default no). */
  readonly asMonth?: boolean
}

/** Whether a line accrues with time alone: what is counted in hours does. */
export const isIdle = ({ idle, unit }: CostLine): boolean => idle ?? unit === 'h'

/**
 * Cost lines with what they come to in a month of 730 h, if the run of `seconds` went on like this. Tiers and the free tier are shared
 * by the lines they apply to, in proportion to their quantities.
 */
export function monthlyLines(
  lines: readonly CostLine[],
  seconds: number,
  number: NumberOf,
  { freeTier = false, asMonth = false }: MonthlyOptions = {},
): MonthlyLine[] {
  const factor = asMonth ? 1 : seconds > 0 ? MONTH / seconds : 0
  const terms = new Map(lines.map(({ fact }) => [fact, termsOf(fact, number)]))
  const summed = (same: (fact: string) => boolean): number =>
    lines.reduce((sum, { fact, quantity }) => (same(fact) ? sum + quantity * factor : sum), 0)
  return lines.map((line) => {
    // what accrues with time alone does so whatever the run was like
    if (line.perSecond !== undefined && !asMonth) {
      const monthlyQuantity = line.perSecond * MONTH
      return { ...line, monthlyQuantity, perMonth: monthlyQuantity * number(line.fact) }
    }
    const monthlyQuantity = line.quantity * factor
    const own = terms.get(line.fact)
    if (own === null || own === undefined || monthlyQuantity === 0)
      return { ...line, monthlyQuantity, perMonth: line.usd * factor }
    const total = summed((fact) => fact === line.fact)
    const { tiers, free } = own
    const pooled = free === undefined ? total : summed((fact) => terms.get(fact)?.free?.pool === free.pool)
    const forFree = freeTier && free !== undefined ? Math.min(total, (free.quantity * total) / pooled) : 0
    return { ...line, monthlyQuantity, perMonth: (priced(total - forFree, tiers) * monthlyQuantity) / total }
  })
}

/** USD of a quantity. */
function priced(quantity: number, tiers: Terms['tiers']): number {
  let from = 0
  let usd = 0
  for (const { upTo, price } of tiers) {
    if (quantity <= from) break
    usd += (Math.min(quantity, upTo) - from) * price
    from = upTo
  }
  return usd
}

export const monthlyUsd = (lines: readonly MonthlyLine[]): number =>
  lines.reduce((sum, { perMonth }) => sum + perMonth, 0)
