import { QueryProblem } from './problem'

export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'regex' | 'sign' | 'end'
  /** Word, sign, contents of a text, pattern of a regex. Fields in backticks are words with `quoted`. */
  readonly text: string
  readonly quoted?: boolean
  readonly at: number
  readonly length: number
}

const WORD = /[@A-Za-z_][\w.@]*/y
const NUMBER = /\d+(\.\d+)?/y
/** What a pattern follows. */
const PATTERN = /^(like|=~|parse)$/i
const SIGNS = ['<=', '>=', '!=', '=', '<', '>', '(', ')', '[', ']', ',', '|', '+', '-', '*', '/', '%']

/** Pieces of a query. A `/` begins a pattern after `like`, `=~` and `parse` with or without its field, and divides elsewhere. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = []
  let i = 0
  const add = (kind: Token['kind'], text: string, length: number, quoted = false): void => {
    tokens.push({ kind, text, at: i, length, ...(quoted ? { quoted } : {}) })
    i += length
  }
  while (i < query.length) {
    const c = query[i]!
    if (/\s/.test(c)) {
      i++
      continue
    }
    if (c === '#') {
      const end = query.indexOf('\n', i)
      i = end < 0 ? query.length : end
      continue
    }
    const before = tokens.at(-1)
    if (c === '"' || c === "'" || c === '`') {
      const end = closing(query, i, c)
      if (end < 0) throw new QueryProblem(`A ${c} without its second ${c}. Close it.`, i)
      const text = query.slice(i + 1, end).replace(/\\(["'`\\])/g, '$1')
      add(c === '`' ? 'word' : 'text', text, end + 1 - i, c === '`')
      continue
    }
    if (c === '/' && (PATTERN.test(before?.text ?? '') || tokens.at(-2)?.text.toLowerCase() === 'parse')) {
      const end = closing(query, i, '/')
      if (end < 0)
        throw new QueryProblem('A pattern without its second /. Close it, and write \\/ for the character.', i)
      add('regex', query.slice(i + 1, end).replaceAll('\\/', '/'), end + 1 - i)
      continue
    }
    if (query.startsWith('=~', i)) {
      add('sign', '=~', 2)
      continue
    }
    const found = match(WORD, query, i)
    if (found !== null) {
      add('word', found, found.length)
      continue
    }
    const number = match(NUMBER, query, i)
    if (number !== null) {
      add('number', number, number.length)
      continue
    }
    const sign = SIGNS.find((one) => query.startsWith(one, i))
    if (sign === undefined) throw new QueryProblem(`${c} means nothing here. Put text in double quotes.`, i)
    add('sign', sign, sign.length)
  }
  tokens.push({ kind: 'end', text: '', at: query.length, length: 0 })
  return tokens
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

/** Offset of the closing quote; what stands behind a \ does not close. */
function closing(query: string, from: number, quote: string): number {
  for (let i = from + 1; i < query.length; i++) {
    if (query[i] === '\\') i++
    else if (query[i] === quote) return i
    else if (query[i] === '\n' && quote === '/') return -1
  }
  return -1
}
