import { AGGREGATES, COMMANDS, type Aggregate, type Aggregation, type Command, type Named, type Query } from './ast'
import { ExpressionParser } from './expressions'
import { globbed } from './glob'
import { QueryProblem } from './problem'
import { compileCapture } from './regex'
import { tokensOf, type Token } from './tokens'

const LONGEST_QUERY = 4_000
export const MOST_ROWS = 10_000

/** Reads a query. Throws `QueryProblem` with place and remedy. */
export function parseQuery(query: string): Query {
  if (query.length > LONGEST_QUERY)
    throw new QueryProblem(`The query has ${query.length} characters. The most are ${LONGEST_QUERY}.`, LONGEST_QUERY)
  return new QueryParser(tokensOf(query)).read()
}

class QueryParser extends ExpressionParser {
  read(): Query {
    const commands: Command[] = []
    if (this.is('|')) this.next()
    if (this.atEnd()) throw this.problem('The query is empty. Write fields @timestamp, @message.')
    for (;;) {
      commands.push(this.#command())
      if (this.atEnd()) break
      this.expect('|', 'Commands are separated by |.')
    }
    const stats = commands.filter(({ kind }) => kind === 'stats').length
    if (stats > 1) throw new QueryProblem('A query has one stats command. Remove the others.', 0)
    return commands
  }

  #command(): Command {
    const token = this.next()
    const name = token.text.toLowerCase()
    switch (name) {
      case 'fields':
        return { kind: 'fields', columns: this.#columns() }
      case 'display':
        return { kind: 'display', columns: this.#columns() }
      case 'filter':
        return { kind: 'filter', test: this.condition() }
      case 'stats':
        return this.#stats()
      case 'sort':
        return this.#sort()
      case 'limit':
        return this.#limit()
      case 'parse':
        return this.#parse()
      case 'dedup':
        return { kind: 'dedup', by: this.#columns() }
      default:
        throw new QueryProblem(
          token.kind === 'end'
            ? 'A command is missing after |. Remove the |.'
            : `${token.text} is no command. There are ${COMMANDS.join(', ')}.`,
          token.at,
          token.length,
        )
    }
  }

  #columns(): Named[] {
    const columns = [this.#column()]
    while (this.is(',')) {
      this.next()
      columns.push(this.#column())
    }
    return columns
  }

  #column(): Named {
    const from = this.peek.at
    const of = this.sum()
    const written = this.written(from)
    return { of, name: this.#alias() ?? written }
  }

  #alias(): string | null {
    if (!this.isWord('as')) return null
    this.next()
    return this.fieldName()
  }

  #stats(): Command {
    const aggregations = [this.#aggregation()]
    while (this.is(',')) {
      this.next()
      aggregations.push(this.#aggregation())
    }
    if (!this.isWord('by')) return { kind: 'stats', aggregations, by: [] }
    this.next()
    return { kind: 'stats', aggregations, by: this.#columns() }
  }

  #aggregation(): Aggregation {
    const token = this.next()
    const what = AGGREGATES.find((name) => name === token.text.toLowerCase())
    if (what === undefined)
      throw new QueryProblem(
        `stats needs a function. There are ${AGGREGATES.map((name) => `${name}()`).join(', ')}.`,
        token.at,
        token.length,
      )
    this.expect('(', `${what} needs its field in ( ).`)
    let of: Aggregation['of'] = null
    let percent = 0
    if (what === 'count' && (this.is('*') || this.is(')'))) {
      if (this.is('*')) this.next()
    } else of = this.sum()
    if (what === 'pct') {
      this.expect(',', 'pct needs a field and a number: pct(@duration, 95).')
      const number = this.next()
      percent = Number(number.text)
      if (number.kind !== 'number' || percent > 100)
        throw new QueryProblem('The percentile is a number from 0 to 100.', number.at, number.length)
    }
    this.expect(')', `Close ${what}( with ).`)
    const written = this.written(token.at)
    return { what: what satisfies Aggregate, of, percent, name: this.#alias() ?? written }
  }

  #sort(): Command {
    const by = [this.#sortKey()]
    while (this.is(',')) {
      this.next()
      by.push(this.#sortKey())
    }
    return { kind: 'sort', by }
  }

  #sortKey(): { of: Named['of']; descending: boolean } {
    // a column of stats is called as it is written: sort count(*) desc
    const of = this.aggregateName() ?? this.sum()
    const descending = this.isWord('desc')
    if (descending || this.isWord('asc')) this.next()
    return { of, descending }
  }

  #limit(): Command {
    const token = this.next()
    const most = Number(token.text)
    if (token.kind !== 'number' || !Number.isInteger(most) || most < 1 || most > MOST_ROWS)
      throw new QueryProblem(`limit is a whole number from 1 to ${MOST_ROWS}.`, token.at, token.length)
    return { kind: 'limit', most }
  }

  #parse(): Command {
    const from = this.peek
    const of =
      from.kind === 'text' || from.kind === 'regex' ? ({ kind: 'field', name: '@message' } as const) : this.sum()
    const token = this.next()
    if (token.kind === 'regex') return this.#parseRegex(of, token)
    if (token.kind !== 'text')
      throw new QueryProblem(
        'parse needs a text with *, or a pattern: parse @message "took * ms" as took.',
        token.at,
        token.length,
      )
    const glob = token.text.split('*')
    if (glob.length === 1)
      throw new QueryProblem('The text of parse has no *. A * stands for what becomes a field.', token.at, token.length)
    if (!this.isWord('as')) throw this.problem('parse names what it finds: as a, b.')
    this.next()
    const names = [this.fieldName()]
    while (this.is(',')) {
      this.next()
      names.push(this.fieldName())
    }
    if (names.length !== glob.length - 1)
      throw new QueryProblem(
        `The text has ${glob.length - 1} *, and as has ${names.length} names.`,
        token.at,
        token.length,
      )
    return { kind: 'parse', of, find: (text) => globbed(text, glob), names }
  }

  #parseRegex(of: Named['of'], token: Token): Command {
    const { names, find } = compileCapture(token.text, token.at + 1)
    if (names.length === 0)
      throw new QueryProblem(
        'The pattern of parse names nothing. Write (?<took>...) around what becomes a field.',
        token.at,
        token.length,
      )
    return { kind: 'parse', of, find, names }
  }
}
