/** Where in a document the cursor stands, in text that is still being written and may not parse. */

export interface YamlContext {
  /** Keys and indices from the root; for a key being typed: of the object it goes into. */
  readonly path: readonly (string | number)[]
  readonly at: 'key' | 'value'
  /** What is typed of the key or value so far. */
  readonly word: string
}

interface Line {
  readonly indent: number
  /** Text without indent and `- `. */
  readonly text: string
  /** Whether a list item begins here; `indent` is then that of its contents. */
  readonly item: boolean
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#:,[\]{}][^#:,[\]{}]*?)\s*:(?=\s|$)/

export function contextAt(text: string, offset: number): YamlContext {
  const before = text.slice(0, offset)
  const lines = before.split('\n')
  const first = firstLineOf(lines)
  const cursor = read(lines[first] ?? '')
  const rest = [cursor.text, ...lines.slice(first + 1)].join(' ')
  // on an empty line the cursor's own column counts
  const parents = blockPath(lines, first, cursor)
  return within(parents, rest)
}

/** The line on which the flow collections open at the cursor began; the cursor's own when there are none. */
function firstLineOf(lines: readonly string[]): number {
  let depth = 0
  let first = lines.length - 1
  lines.forEach((line, index) => {
    if (depth === 0) first = index
    depth = Math.max(0, depth + balance(line))
  })
  return first
}

function balance(line: string): number {
  let depth = 0
  for (const sign of withoutQuotes(line)) {
    if (sign === '{' || sign === '[') depth++
    if (sign === '}' || sign === ']') depth--
  }
  return depth
}

const withoutQuotes = (line: string): string =>
  line.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '').replace(/(^|\s)#.*$/, '')

function read(line: string): Line {
  const match = /^(\s*)((?:-\s+|-$)*)(.*)$/.exec(line)
  const indent = match?.[1]?.length ?? 0
  const dashes = match?.[2] ?? ''
  return { indent: indent + dashes.length, text: match?.[3] ?? '', item: dashes !== '' }
}

/** Keys and indices of the lines above that hold the line at `index`. */
function blockPath(lines: readonly string[], index: number, cursor: Line): (string | number)[] {
  const path: (string | number)[] = []
  let indent = cursor.indent
  let item = cursor.item
  let counted = 0
  for (let at = index - 1; at >= 0; at--) {
    const raw = lines[at] ?? ''
    if (raw.trim() === '' || raw.trimStart().startsWith('#')) continue
    const line = read(raw)
    const dash = line.item ? line.indent - 2 : line.indent
    if (item) {
      // items of the same list, then the key that holds it
      if (line.item && line.indent === indent) {
        counted++
        continue
      }
      const key = keyOf(line.text)
      const holds = key !== null && line.indent <= indent - 2 && line.text.replace(KEY, '').trim() === ''
      if (!holds) continue
      path.unshift(key, counted)
      indent = line.indent
      item = line.item
      counted = 0
      continue
    }
    if (line.item && line.indent === indent) {
      // the first key of this object stands on the line of the dash
      item = true
      counted = 0
      continue
    }
    if (dash >= indent || line.indent >= indent) continue
    const key = keyOf(line.text)
    if (key === null) continue
    path.unshift(key)
    indent = line.indent
    item = line.item
  }
  if (item) path.unshift(counted)
  return path
}

function keyOf(text: string): string | null {
  const key = KEY.exec(text)?.[1]
  return key === undefined ? null : unquote(key)
}

const unquote = (key: string): string => (/^(["']).*\1$/s.test(key) ? key.slice(1, -1) : key)

/** Follows keys and flow collections within the text before the cursor. */
function within(parents: readonly (string | number)[], text: string): YamlContext {
  const path: (string | number)[] = [...parents]
  /** Open flow collections: how many path parts each added, so that closing takes them back. */
  const open: { kind: 'map' | 'list'; length: number }[] = []
  let at: 'key' | 'value' = 'key'
  let start = 0
  let rest = text
  const eat = (length: number) => {
    start += length
    rest = rest.slice(length)
  }
  for (;;) {
    if (rest === '') break
    const space = /^\s+/.exec(rest)
    if (space) {
      eat(space[0].length)
      continue
    }
    const sign = rest[0]
    const top = open.at(-1)
    const key = at === 'key' ? KEY.exec(rest) : null
    if (key) {
      path.push(unquote(key[1] ?? ''))
      at = 'value'
      eat(key[0].length)
    } else if (sign === '{' || sign === '[') {
      open.push({ kind: sign === '{' ? 'map' : 'list', length: path.length })
      if (sign === '[') path.push(0)
      at = sign === '{' ? 'key' : 'value'
      eat(1)
    } else if (sign === '}' || sign === ']') {
      path.length = open.pop()?.length ?? path.length
      at = 'value'
      eat(1)
    } else if (sign === ',' && top) {
      const index = path[top.length]
      path.length = top.length
      if (top.kind === 'list') path.push(typeof index === 'number' ? index + 1 : 0)
      at = top.kind === 'map' ? 'key' : 'value'
      eat(1)
    } else {
      const word = /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^,[\]{}]+)/.exec(rest)?.[0] ?? rest
      if (word.length === rest.length) return { path, at, word: word.trimEnd() === word ? word : '' }
      eat(word.length)
    }
  }
  return { path, at, word: '' }
}
