import { QueryProblem } from './problem'

/**
 * Regular expressions that cannot hang: the pattern becomes a small program, and all its threads walk a text together, so time grows
 * with pattern x text and never with their powers. No back references and no look-around, as they need backtracking.
 */

const LONGEST_PATTERN = 200
const MOST_REPEATS = 100
const LONGEST_PROGRAM = 4_000

type Test = (code: number) => boolean
type Node =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'notWord' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly min: number; readonly max: number }

type Step =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'notWord' }
  | { readonly op: 'split'; readonly a: number; b: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'match' }

const digit: Test = (c) => c >= 48 && c <= 57
const word: Test = (c) => digit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
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

class Reader {
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
    // greedy or not makes no difference to whether a text matches
    if (this.#text[this.#i] === '?') this.#i++
    if (/[*+{]/.test(this.#text[this.#i] ?? '')) throw this.#problem('Two repetitions in a row. Put the first in ( ).')
    return { kind: 'repeat', of: node, min, max }
  }

  #atom(): Node {
    const c = this.#text[this.#i++]!
    switch (c) {
      case '(': {
        if (this.#text[this.#i] === '?') {
          const plain = /^\?(:|<[A-Za-z]\w*>)/.exec(this.#text.slice(this.#i, this.#i + 40))
          if (plain === null) throw this.#problem('Look-around is not supported. Use a second filter.')
          this.#i += plain[0].length
        }
        const node = this.#alternatives()
        if (this.#text[this.#i] !== ')') throw this.#problem('A ( without its ). Write \\( for the character.')
        this.#i++
        return node
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

function compile(node: Node, program: Step[], tooLong: () => QueryProblem): void {
  if (program.length > LONGEST_PROGRAM) throw tooLong()
  switch (node.kind) {
    case 'char':
      program.push({ op: 'char', test: node.test })
      return
    case 'edge':
      program.push({ op: 'edge', edge: node.edge })
      return
    case 'all':
      for (const part of node.parts) compile(part, program, tooLong)
      return
    case 'any': {
      const ends: { op: 'jump'; to: number }[] = []
      node.parts.forEach((part, n) => {
        if (n === node.parts.length - 1) {
          compile(part, program, tooLong)
          return
        }
        const split: Step = { op: 'split', a: program.length + 1, b: 0 }
        program.push(split)
        compile(part, program, tooLong)
        const end = { op: 'jump' as const, to: 0 }
        program.push(end)
        ends.push(end)
        split.b = program.length
      })
      for (const end of ends) end.to = program.length
      return
    }
    case 'repeat': {
      for (let n = 0; n < node.min; n++) compile(node.of, program, tooLong)
      if (node.max === Infinity) {
        const start = program.length
        const split: Step = { op: 'split', a: start + 1, b: 0 }
        program.push(split)
        compile(node.of, program, tooLong)
        program.push({ op: 'jump', to: start })
        split.b = program.length
        return
      }
      const splits: (Step & { op: 'split' })[] = []
      for (let n = node.min; n < node.max; n++) {
        const split = { op: 'split' as const, a: program.length + 1, b: 0 }
        program.push(split)
        splits.push(split)
        compile(node.of, program, tooLong)
      }
      for (const split of splits) split.b = program.length
    }
  }
}

/** Whether a text holds a match anywhere. Throws `QueryProblem` on patterns that are wrong, too long or need backtracking. `at`: its place in the query. */
export function compileRegex(pattern: string, at = 0): (text: string) => boolean {
  if (pattern.length > LONGEST_PATTERN)
    throw new QueryProblem(`The pattern has ${pattern.length} characters. The most are ${LONGEST_PATTERN}.`, at)
  const program: Step[] = []
  compile(
    new Reader(pattern, at).read(),
    program,
    () => new QueryProblem('The pattern repeats too much. Shorten it.', at),
  )
  program.push({ op: 'match' })
  return (text) => matches(program, text)
}

function matches(program: readonly Step[], text: string): boolean {
  /** Round in which a step was last reached, so that no step is walked twice at one place of the text. */
  const seen = new Int32Array(program.length).fill(-1)
  const stack: number[] = []
  let threads: number[] = []
  for (let i = 0; i <= text.length; i++) {
    const round = i
    const reached: number[] = []
    // every place may be the beginning of a match
    for (const start of [...threads, 0]) {
      stack.push(start)
      while (stack.length > 0) {
        const at = stack.pop()!
        if (seen[at] === round) continue
        seen[at] = round
        const step = program[at]!
        if (step.op === 'match') return true
        if (step.op === 'char') reached.push(at)
        else if (step.op === 'jump') stack.push(step.to)
        else if (step.op === 'split') stack.push(step.b, step.a)
        else if (atEdge(step.edge, text, i)) stack.push(at + 1)
      }
    }
    if (i === text.length) break
    const code = text.charCodeAt(i)
    threads = reached.filter((at) => (program[at] as Step & { op: 'char' }).test(code)).map((at) => at + 1)
  }
  return false
}

function atEdge(edge: 'start' | 'end' | 'word' | 'notWord', text: string, i: number): boolean {
  if (edge === 'start') return i === 0
  if (edge === 'end') return i === text.length
  const before = i > 0 && word(text.charCodeAt(i - 1))
  const after = i < text.length && word(text.charCodeAt(i))
  return (before !== after) === (edge === 'word')
}
