import { AGGREGATES, type Expression } from './ast'
import { QueryProblem } from './problem'
import { compileRegex } from './regex'
import type { Token } from './tokens'

const PERIODS: { readonly [unit: string]: number } = { ms: 1e3, s: 1e6, m: 60e6, h: 3600e6, d: 86_400e6 }
const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const
const DEEPEST = 50

/** Reads expressions: conditions (and, or, not, comparisons, like, in, ispresent) over sums over fields. */
export class ExpressionParser {
  readonly #tokens: readonly Token[]
  #i = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  protected get peek(): Token {
    return this.#tokens[this.#i]!
  }
  protected next(): Token {
    const token = this.peek
    if (token.kind !== 'end') this.#i++
    return token
  }
  protected atEnd(): boolean {
    return this.peek.kind === 'end'
  }
  protected is(sign: string): boolean {
    return this.peek.kind === 'sign' && this.peek.text === sign
  }
  protected isWord(word: string): boolean {
    return this.peek.kind === 'word' && this.peek.quoted !== true && this.peek.text.toLowerCase() === word
  }
  protected problem(message: string): QueryProblem {
    return new QueryProblem(message, this.peek.at, Math.max(1, this.peek.length))
  }
  protected expect(sign: string, otherwise: string): void {
    if (!this.is(sign)) throw this.problem(otherwise)
    this.next()
  }
  /** What stands in the query from offset `from` to here, as the name of a column. */
  protected written(from: number): string {
    const used = this.#tokens.filter(({ at }, n) => at >= from && n < this.#i)
    return used.map(({ kind, text }) => (kind === 'text' ? `"${text}"` : text === ',' ? ', ' : text)).join('')
  }
  protected fieldName(): string {
    const token = this.next()
    if (token.kind !== 'word') throw new QueryProblem('A name is needed here.', token.at, Math.max(1, token.length))
    return token.text
  }

  /** `count(*)` and the like, as the name of a column; null when none stands here. */
  protected aggregateName(): Expression | null {
    const after = this.#tokens[this.#i + 1]
    if (!AGGREGATES.some((name) => this.isWord(name)) || after?.text !== '(') return null
    const from = this.peek.at
    while (!this.is(')')) {
      if (this.peek.kind === 'end') throw this.problem('A ( without its ).')
      this.next()
    }
    this.next()
    return { kind: 'field', name: this.written(from) }
  }

  protected condition(): Expression {
    let a = this.#conjunction()
    while (this.isWord('or')) {
      this.next()
      a = { kind: 'or', a, b: this.#conjunction() }
    }
    return a
  }

  #conjunction(): Expression {
    let a = this.#negation()
    while (this.isWord('and')) {
      this.next()
      a = { kind: 'and', a, b: this.#negation() }
    }
    return a
  }

  #negation(): Expression {
    if (!this.isWord('not')) return this.#comparison()
    this.next()
    return this.#deeper(() => ({ kind: 'not', of: this.#negation() }))
  }

  #comparison(): Expression {
    const a = this.sum()
    const negated = this.isWord('not')
    if (negated) this.next()
    if (this.isWord('like') || this.is('=~')) {
      this.next()
      return { kind: 'like', of: a, test: this.#pattern(), negated }
    }
    if (this.isWord('in')) {
      this.next()
      return { kind: 'in', of: a, list: this.#list(), negated }
    }
    if (negated) throw this.problem('After a field, not goes with like or in.')
    const sign = COMPARISONS.find((one) => this.is(one))
    if (sign === undefined) return a
    this.next()
    return { kind: 'compare', sign, a, b: this.sum() }
  }

  #pattern(): (text: string) => boolean {
    const token = this.next()
    if (token.kind === 'regex') return compileRegex(token.text, token.at + 1)
    if (token.kind === 'text') return (text) => text.includes(token.text)
    throw new QueryProblem('like needs a text "..." or a pattern /.../.', token.at, Math.max(1, token.length))
  }

  #list(): Expression[] {
    this.expect('[', 'in needs a list: in ["START", "END"].')
    const list: Expression[] = []
    while (!this.is(']')) {
      list.push(this.sum())
      if (!this.is(',')) break
      this.next()
    }
    this.expect(']', 'Close the list with ].')
    return list
  }

  /** A value: sums of products of fields, numbers, texts and functions. */
  protected sum(): Expression {
    let a = this.#product()
    for (let sign = this.peek.text; this.is('+') || this.is('-'); sign = this.peek.text) {
      this.next()
      a = { kind: 'arithmetic', sign: sign as '+' | '-', a, b: this.#product() }
    }
    return a
  }

  #product(): Expression {
    let a = this.#value()
    for (let sign = this.peek.text; this.is('*') || this.is('/') || this.is('%'); sign = this.peek.text) {
      this.next()
      a = { kind: 'arithmetic', sign: sign as '*' | '/' | '%', a, b: this.#value() }
    }
    return a
  }

  #value(): Expression {
    const token = this.next()
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.kind === 'text') return { kind: 'text', value: token.text }
    if (token.kind === 'sign' && token.text === '-')
      return { kind: 'arithmetic', sign: '-', a: { kind: 'number', value: 0 }, b: this.#deeper(() => this.#value()) }
    if (token.kind === 'sign' && token.text === '(') {
      const inner = this.#deeper(() => this.condition())
      this.expect(')', 'A ( without its ).')
      return inner
    }
    if (token.kind === 'word') {
      if (token.quoted !== true && this.is('(')) return this.#function(token)
      return { kind: 'field', name: token.text }
    }
    throw new QueryProblem('A field, a number or a text is needed here.', token.at, Math.max(1, token.length))
  }

  #function(token: Token): Expression {
    const name = token.text.toLowerCase()
    this.next()
    if (name === 'ispresent') {
      const of = this.sum()
      this.expect(')', 'Close ispresent( with ).')
      return { kind: 'ispresent', of }
    }
    if (name === 'bin') {
      const amount = this.next()
      const unit = this.peek.kind === 'word' ? this.next() : null
      const micros = Number(amount.text) * (PERIODS[unit?.text ?? ''] ?? NaN)
      if (amount.kind !== 'number' || !(micros > 0))
        throw new QueryProblem('bin needs a period such as 10s, 1m or 1h.', amount.at, Math.max(1, amount.length))
      this.expect(')', 'Close bin( with ).')
      return { kind: 'bin', micros }
    }
    const place = AGGREGATES.some((one) => one === name)
      ? `${name}() belongs to stats.`
      : `There is no ${token.text}().`
    throw new QueryProblem(`${place} Here are bin() and ispresent().`, token.at, token.length)
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw this.problem('Too many brackets inside each other.')
    const result = read()
    this.#depth--
    return result
  }
}
