export interface NumberLimits {
  min?: number | undefined
  max?: number | undefined
  integer?: boolean | undefined
  unit?: string | undefined
}

export type NumberReading = { kind: 'empty' } | { kind: 'value'; value: number } | { kind: 'problem'; message: string }

/**
 * Reads what somebody typed. `1,440` and `1 440` are 1440; `0,5` is 0.5, as much of Europe writes it; `1e3` is 1000.
 * @returns the number, `empty`, or a sentence that names the limits
 */
export function readNumber(text: string, limits: NumberLimits): NumberReading {
  const typed = text.trim()
  if (typed === '') return { kind: 'empty' }
  const compact = typed.replace(/[\s_]/gu, '')
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(compact)
    ? compact.replaceAll(',', '')
    : compact.replace(',', '.')
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN
  const { min, max, integer } = limits
  const wrong =
    !Number.isFinite(value) ||
    (integer && !Number.isInteger(value)) ||
    (min !== undefined && value < min) ||
    (max !== undefined && value > max)
  return wrong
    ? { kind: 'problem', message: `${describeLimits(limits)} You wrote ${typed}.` }
    : { kind: 'value', value }
}

/** `Use a whole number from 0 to 43200 s.` */
function describeLimits({ min, max, integer, unit }: NumberLimits): string {
  const kind = integer ? 'a whole number' : 'a number'
  const after = unit ? ` ${unit}` : ''
  if (min !== undefined && max !== undefined) return `Use ${kind} from ${min} to ${max}${after}.`
  if (min !== undefined) return `Use ${kind} of ${min}${after} or more.`
  if (max !== undefined) return `Use ${kind} of ${max}${after} or less.`
  return `Use ${kind}${unit ? ` in ${unit}` : ''}.`
}

/** The next value for an arrow key: one step further, inside the limits, without binary dust. */
export function stepped(value: number, by: number, { min = -Infinity, max = Infinity }: NumberLimits): number {
  return Number(Math.min(max, Math.max(min, value + by)).toPrecision(12))
}
