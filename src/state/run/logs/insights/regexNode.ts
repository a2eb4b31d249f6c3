import { QueryProblem } from './problem'

const MOST_REPEATS = 100

export type Test = (code: number) => boolean
export type Edge = 'start' | 'end' | 'word' | 'notWord'
/** A pattern, read. */
export type Node =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'group'; readonly name: string; readonly of: Node }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly min: number; readonly max: number; readonly lazy: boolean }

const digit: Test = (c) => c >= 48 && c <= 57
export const word: Test = (c) => digit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
const space: Test = (c) => c === 32 || (c >= 9 && c <= 13) || c === 160
const not =
  (test: Test): Test =>
  (c) =>
    !test(c)
const CLASSES: { readonly [letter: string]: Test } = {
  d: digit,
  D: not(digit),
  w: word,
  W: not(word),
  s: space,
  S: not(space),
}
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r' }

export class PatternReader {
  #i = 0
  readonly #text: string
  readonly #at: number
  readonly #fold: boolean

  constructor(text: string, at: number) {
    this.#fold = text.startsWith('(?i)')
    this.#text = this.#fold ? text.slice(4) : text
    this.#at = at + (this.#fold ? 4 : 0)
  }

  read(): Node {
    const node = this.#alternatives()
    if (this.#i < this.#text.length) throw this.#problem('A ) without its (. Write \\) for the character.')
    return node
  }

  #problem(message: string): QueryProblem {
    return new QueryProblem(message, this.#at + Math.min(this.#i, Math.max(0, this.#text.length - 1)))
  }

  #alternatives(): Node {
    const parts = [this.#sequence()]
    while (this.#text[this.#i] === '|') {
      this.#i++
      parts.push(this.#sequence())
    }
    return parts.length === 1 ? parts[0]! : { kind: 'any', parts }
  }

  #sequence(): Node {
    const parts: Node[] = []
    while (this.#i < this.#text.length && this.#text[this.#i] !== '|' && this.#text[this.#i] !== ')')
      parts.push(this.#repeated(this.#atom()))
    return { kind: 'all', parts }
  }

  #repeated(node: Node): Node {
    const sign = this.#text[this.#i]
    let min = 0
    let max = Infinity
    if (sign === '*') this.#i++
    else if (sign === '+') {
      min = 1
      this.#i++
    } else if (sign === '?') {
      max = 1
      this.#i++
    } else {
      const counts = /^\{(\d+)(,(\d*))?\}/.exec(this.#text.slice(this.#i, this.#i + 12))
      if (counts === null) return node
      min = Number(counts[1])
      max = counts[2] === undefined ? min : counts[3] === '' ? Infinity : Number(counts[3])
      if (min > MOST_REPEATS || (max !== Infinity && max > MOST_REPEATS))
        throw this.#problem(`A part repeats at most ${MOST_REPEATS} times here. Use + or *.`)
      if (max < min) throw this.#problem('The second count is smaller than the first. Swap them.')
      this.#i += counts[0].length
    }
    const lazy = this.#text[this.#i] === '?'
    if (lazy) this.#i++
    if (/[*+{]/.test(this.#text[this.#i] ?? '')) throw this.#problem('Two repetitions in a row. Put the first in ( ).')
    return { kind: 'repeat', of: node, min, max, lazy }
  }

  #atom(): Node {
    const c = this.#text[this.#i++]!
    switch (c) {
      case '(': {
        let name: string | null = null
        if (this.#text[this.#i] === '?') {
          const plain = /^\?(?::|<([A-Za-z]\w*)>)/.exec(this.#text.slice(this.#i, this.#i + 40))
          if (plain === null) throw this.#problem('Look-around is not supported. Use a second filter.')
          this.#i += plain[0].length
          name = plain[1] ?? null
        }
        const node = this.#alternatives()
        if (this.#text[this.#i] !== ')') throw this.#problem('A ( without its ). Write \\( for the character.')
        this.#i++
        return name === null ? node : { kind: 'group', name, of: node }
      }
      case '.':
        return { kind: 'char', test: (code) => code !== 10 }
      case '^':
        return { kind: 'edge', edge: 'start' }
      case '$':
        return { kind: 'edge', edge: 'end' }
      case '[':
        return { kind: 'char', test: this.#set() }
      case '*':
      case '+':
      case '?':
        this.#i--
        throw this.#problem(`${c} repeats what stands before it, and there is nothing. Write \\${c} for the character.`)
      case '\\':
        return this.#escape()
      default:
        return { kind: 'char', test: this.#same(c) }
    }
  }

  #escape(): Node {
    const c = this.#text[this.#i++]
    if (c === undefined) throw this.#problem('A \\ at the end. Write \\\\ for the character.')
    if (c === 'b' || c === 'B') return { kind: 'edge', edge: c === 'b' ? 'word' : 'notWord' }
    if (/[1-9k]/.test(c)) throw this.#problem('Back references are not supported. Use a second filter.')
    return { kind: 'char', test: CLASSES[c] ?? this.#same(ESCAPES[c] ?? c) }
  }

  #set(): Test {
    const inverted = this.#text[this.#i] === '^'
    if (inverted) this.#i++
    const tests: Test[] = []
    for (let first = true; ; first = false) {
      const c = this.#text[this.#i++]
      if (c === undefined) throw this.#problem('A [ without its ]. Write \\[ for the character.')
      if (c === ']' && !first) break
      const low = this.#member(c)
      if (typeof low !== 'string') {
        tests.push(low)
        continue
      }
      if (this.#text[this.#i] === '-' && this.#text[this.#i + 1] !== ']' && this.#i + 1 < this.#text.length) {
        this.#i++
        const high = this.#member(this.#text[this.#i++]!)
        if (typeof high !== 'string' || high < low) throw this.#problem('A range in [ ] goes from lower to higher.')
        tests.push(this.#between(low.charCodeAt(0), high.charCodeAt(0)))
      } else tests.push(this.#same(low))
    }
    const any: Test = (code) => tests.some((test) => test(code))
    return inverted ? not(any) : any
  }

  #member(c: string): string | Test {
    if (c !== '\\') return c
    const escaped = this.#text[this.#i++]
    if (escaped === undefined) throw this.#problem('A \\ at the end. Write \\\\ for the character.')
    return CLASSES[escaped] ?? ESCAPES[escaped] ?? escaped
  }

  #same(c: string): Test {
    return this.#between(c.charCodeAt(0), c.charCodeAt(0))
  }
  #between(low: number, high: number): Test {
    const inside: Test = (code) => code >= low && code <= high
    if (!this.#fold) return inside
    return (code) => inside(code) || (letter(code) && inside(code ^ 32))
  }
}

const letter: Test = (c) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122)
