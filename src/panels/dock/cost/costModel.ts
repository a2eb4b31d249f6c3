import type { CostLine } from '../../../model/recording'

export interface PricedFact {
  readonly title: string
  /** ISO date on which the price was read. */
  readonly asOf: string
}

export interface CostRow extends CostLine {
  /** USD per 30 days at this rate. */
  readonly perMonth: number
}

const MONTH = 30 * 86_400

/** Costs with what they come to in 30 days if the run went on like this. `seconds` of simulated time. */
export function costRows(
  lines: readonly CostLine[],
  seconds: number,
): { rows: CostRow[]; usd: number; perMonth: number } {
  const factor = seconds > 0 ? MONTH / seconds : 0
  const rows = lines.map((line) => ({ ...line, perMonth: line.usd * factor }))
  const usd = rows.reduce((sum, row) => sum + row.usd, 0)
  return { rows, usd, perMonth: usd * factor }
}

/** `$0.000012`, `$1.20`, `$1,204`: enough digits to tell small amounts apart, never more than cents above a dollar. */
export function dollars(usd: number): string {
  if (usd === 0) return '$0'
  if (usd >= 1_000) return `$${Math.round(usd).toLocaleString('en-GB')}`
  if (usd >= 0.995) return `$${usd.toFixed(2)}`
  if (usd < 1e-9) return 'below $0.000000001'
  return `$${usd.toFixed(Math.min(12, 1 - Math.floor(Math.log10(usd)))).replace(/0+$/, '')}`
}
