import type { Expression } from './ast'

/** A value of a field: null when a line does not have it. */
export type Value = string | number | boolean | null
export type Fields = (name: string) => Value

const TIME = '@timestamp'

/** Value of an expression for one line. Arithmetic with what is no number gives null, and null compares as false. */
export function evaluate(it: Expression, fields: Fields): Value {
  switch (it.kind) {
    case 'number':
    case 'text':
      return it.value
    case 'field':
      return fields(it.name)
    case 'bin': {
      const t = fields(TIME)
      return typeof t === 'number' ? Math.floor(t / it.micros) * it.micros : null
    }
    case 'ispresent':
      return evaluate(it.of, fields) !== null
    case 'arithmetic': {
      const a = numeric(evaluate(it.a, fields))
      const b = numeric(evaluate(it.b, fields))
      return a === null || b === null ? null : finite(calculated(it.sign, a, b))
    }
    case 'compare':
      return compared(it.sign, evaluate(it.a, fields), evaluate(it.b, fields))
    case 'like': {
      const text = evaluate(it.of, fields)
      return text === null ? false : it.test(String(text)) !== it.negated
    }
    case 'in': {
      const value = evaluate(it.of, fields)
      return it.list.some((one) => compared('=', value, evaluate(one, fields))) !== it.negated
    }
    case 'and':
      return truth(evaluate(it.a, fields)) && truth(evaluate(it.b, fields))
    case 'or':
      return truth(evaluate(it.a, fields)) || truth(evaluate(it.b, fields))
    case 'not':
      return !truth(evaluate(it.of, fields))
  }
}

export const truth = (value: Value): boolean => value === true || (typeof value === 'number' && value !== 0)

/** Numbers, and texts that are one. */
export function numeric(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

function calculated(sign: '+' | '-' | '*' | '/' | '%', a: number, b: number): number {
  if (sign === '+') return a + b
  if (sign === '-') return a - b
  if (sign === '*') return a * b
  return sign === '/' ? a / b : a % b
}

function compared(sign: '=' | '!=' | '<' | '<=' | '>' | '>=', a: Value, b: Value): boolean {
  if (a === null || b === null) return sign === '!=' && a !== b
  const order = orderOf(a, b)
  if (sign === '=') return order === 0
  if (sign === '!=') return order !== 0
  if (sign === '<') return order < 0
  if (sign === '<=') return order <= 0
  return sign === '>' ? order > 0 : order >= 0
}

/** Numbers by size, all else as text; what is missing comes last. */
export function orderOf(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const x = numeric(a)
  const y = numeric(b)
  if (x !== null && y !== null) return x - y
  const s = String(a)
  const t = String(b)
  return s < t ? -1 : s > t ? 1 : 0
}
