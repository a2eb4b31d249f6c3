import type { Fact, FactTable } from '../../model/facts'

/** A fact of this service. `key` is the part after `lambda.`; `configurable` bounds what a scenario may override it with. */
export function fact(
  key: string,
  title: string,
  unit: Fact['unit'],
  value: Fact['value'],
  rows: readonly string[],
  confidence: Fact['confidence'],
  configurable?: { min: number; max: number },
): Fact {
  return {
    key: `lambda.${key}`,
    title,
    unit,
    value,
    rows,
    confidence,
    asOf: '2026-11-20',
    ...(configurable === undefined ? {} : { configurable }),
  }
}

/** Facts by the name they have in a table. */
export const byName = (facts: readonly Fact[]): FactTable =>
  Object.fromEntries(facts.map((it) => [it.key.slice('lambda.'.length), it]))
