import type { Json } from '../model/scenario'

/**
 * JSON as a pattern needs it: objects keep repeated keys in order, because the last path written wins and an earlier
 * object under the same key still counts. `JSON.parse` would drop it.
 */
export type JsonNode =
  | { kind: 'object'; entries: [key: string, value: JsonNode][] }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'string'; value: string }
  /** `text` is the number as it was written. */
  | { kind: 'number'; value: number; text: string }
  | { kind: 'literal'; value: boolean | null }

export type JsonText = { ok: true; node: JsonNode } | { ok: false; reason: string }

/** Nesting beyond this is refused: bounded stack for hostile input. */
export const MAX_JSON_DEPTH = 100

class JsonTextError extends Error {}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const ESCAPES: { readonly [letter: string]: string } = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): JsonNode {
    const node = this.value(0)
    this.space()
    if (this.at < this.text.length) this.fail('text after the end of the JSON')
    return node
  }

  private value(depth: number): JsonNode {
    if (depth > MAX_JSON_DEPTH) this.fail(`nested deeper than ${MAX_JSON_DEPTH} levels`)
    this.space()
    const first = this.text[this.at]
    if (first === '{') return this.object(depth)
    if (first === '[') return this.array(depth)
    if (first === '"') return { kind: 'string', value: this.string() }
    if (this.word('true')) return { kind: 'literal', value: true }
    if (this.word('false')) return { kind: 'literal', value: false }
    if (this.word('null')) return { kind: 'literal', value: null }
    const text = this.take(NUMBER)
    if (text === '') this.fail('a JSON value is missing')
    return { kind: 'number', value: Number(text), text }
  }

  private object(depth: number): JsonNode {
    const entries: [string, JsonNode][] = []
    this.at++
    this.space()
    if (this.accept('}')) return { kind: 'object', entries }
    do {
      this.space()
      if (this.text[this.at] !== '"') this.fail('a key in double quotes is missing')
      const key = this.string()
      this.space()
      if (!this.accept(':')) this.fail('a colon is missing after the key')
      entries.push([key, this.value(depth + 1)])
      this.space()
    } while (this.accept(','))
    if (!this.accept('}')) this.fail('a comma or } is missing')
    return { kind: 'object', entries }
  }

  private array(depth: number): JsonNode {
    const items: JsonNode[] = []
    this.at++
    this.space()
    if (this.accept(']')) return { kind: 'array', items }
    do {
      items.push(this.value(depth + 1))
      this.space()
    } while (this.accept(','))
    if (!this.accept(']')) this.fail('a comma or ] is missing')
    return { kind: 'array', items }
  }

  private string(): string {
    this.at++
    let value = ''
    for (;;) {
      value += this.plain()
      const stop = this.text[this.at]
      if (stop === undefined) this.fail('a string does not end')
      if (stop !== '"' && stop !== '\\') this.fail('a control character stands in a string')
      this.at++
      if (stop === '"') return value
      value += this.escape()
    }
  }

  private escape(): string {
    const letter = this.text[this.at++] ?? ''
    if (letter === 'u') {
      const hex = this.text.slice(this.at, this.at + 4)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.fail('\\u needs four hexadecimal digits')
      this.at += 4
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    return ESCAPES[letter] ?? this.fail(`\\${letter} is no JSON escape`)
  }

  /** Characters that stand for themselves in a string. */
  private plain(): string {
    const start = this.at
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? ''
      if (character === '"' || character === '\\' || character < ' ') break
      this.at++
    }
    return this.text.slice(start, this.at)
  }

  private take(shape: RegExp): string {
    shape.lastIndex = this.at
    const found = shape.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  private accept(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private space(): void {
    for (;;) {
      const character = this.text[this.at]
      if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return
      this.at++
    }
  }

  private fail(what: string): never {
    const before = this.text.slice(0, this.at)
    const line = before.split('\n').length
    const column = this.at - before.lastIndexOf('\n')
    throw new JsonTextError(`not JSON: ${what} (line ${line}, column ${column})`)
  }
}

/** Reads JSON text, keeping repeated keys. Never throws. */
export function readJsonText(text: string): JsonText {
  try {
    return { ok: true, node: new Reader(text).document() }
  } catch (error) {
    if (error instanceof JsonTextError) return { ok: false, reason: error.message }
    throw error
  }
}

/** The same tree of a value that is already parsed. Null when it is no JSON (or nests too deep). */
export function nodeOf(value: Json, depth = 0): JsonNode | null {
  if (depth > MAX_JSON_DEPTH) return null
  if (value === null || typeof value === 'boolean') return { kind: 'literal', value }
  if (typeof value === 'string') return { kind: 'string', value }
  if (typeof value === 'number') return { kind: 'number', value, text: String(value) }
  if (Array.isArray(value)) {
    const items: JsonNode[] = []
    for (const item of value) {
      const node = nodeOf(item, depth + 1)
      if (node === null) return null
      items.push(node)
    }
    return { kind: 'array', items }
  }
  if (typeof value !== 'object') return null
  const entries: [string, JsonNode][] = []
  for (const key of Object.keys(value)) {
    const child = value[key]
    const node = child === undefined ? null : nodeOf(child, depth + 1)
    if (node === null) return null
    entries.push([key, node])
  }
  return { kind: 'object', entries }
}

/** Plain JSON of a tree; the last of repeated keys wins, as in `JSON.parse`. */
export function jsonOf(node: JsonNode): Json {
  if (node.kind === 'array') return node.items.map(jsonOf)
  if (node.kind === 'object') return Object.fromEntries(node.entries.map(([key, value]) => [key, jsonOf(value)]))
  return node.value
}
