/** Metric math as far as backlog per instance needs it: numbers, ids of other metrics, + - * / and parentheses (SQS-10). */

/** Null: there is no data. */
type Value = number | null
export type Formula = (valueOf: (id: string) => Value) => Value

const TOKENS = /\s*(?:(\d+(?:\.\d+)?)|([a-z]\w*)|([-+*/()]))/gy

/** What an expression computes; null when it is none. A division by zero has no data, as in CloudWatch. */
export function parseFormula(text: string): Formula | null {
  const tokens: string[] = []
  TOKENS.lastIndex = 0
  for (let found = TOKENS.exec(text); found !== null; found = TOKENS.exec(text))
    tokens.push((found[1] ?? found[2] ?? found[3])!)
  if (tokens.join('') !== text.replaceAll(/\s/g, '')) return null
  let at = 0
  const either = (operators: string, inner: () => Formula | null) => (): Formula | null => {
    let left = inner()
    while (left !== null && at < tokens.length && operators.includes(tokens[at]!)) {
      const operator = tokens[at++]!
      const before = left
      const right = inner()
      left = right === null ? null : (of) => calculate(operator, before(of), right(of))
    }
    return left
  }
  const factor = (): Formula | null => {
    const token = tokens[at++]
    if (token === undefined) return null
    if (token === '(') {
      const inner = sum()
      return tokens[at++] === ')' ? inner : null
    }
    if (token === '-') {
      const inner = factor()
      return inner === null ? null : (of) => calculate('-', 0, inner(of))
    }
    if (/^\d/.test(token)) return () => Number(token)
    return /^[a-z]/.test(token) ? (of) => of(token) : null
  }
  const product = either('*/', factor)
  const sum: () => Formula | null = either('+-', product)
  const formula = sum()
  return at === tokens.length ? formula : null
}

function calculate(operator: string, a: Value, b: Value): Value {
  if (a === null || b === null) return null
  if (operator === '/') return b === 0 ? null : a / b
  return operator === '*' ? a * b : operator === '+' ? a + b : a - b
}
