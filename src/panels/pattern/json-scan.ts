/** Where things stand in JSON text: for completion in text that is still being written, and for marks in text that parses. */

export interface Spot {
  /** Keys and indices from the root; for a key being typed: of the object it goes into. */
  readonly path: readonly (string | number)[]
  readonly at: 'key' | 'value'
  /** What is typed of the key or value so far, with its quote. */
  readonly word: string
  /** Offset where the word begins. */
  readonly from: number
}

/** Offsets in the text; `to` is behind the last character. */
export interface Place {
  readonly from: number
  readonly to: number
}

const TOKEN = /"(?:[^"\\\n]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/g

interface Open {
  readonly list: boolean
  readonly from: number
  key: string
  /** The key and its colon are written. */
  valued: boolean
  index: number
}

/** Walks the tokens and keeps what is open. `seen` is called before a token counts. */
function scan(text: string, seen: (token: string, from: number, open: readonly Open[]) => void): Open[] {
  const open: Open[] = []
  for (const found of text.matchAll(TOKEN)) {
    const [token] = found
    seen(token, found.index, open)
    const top = open.at(-1)
    if (token === '{' || token === '[') {
      open.push({ list: token === '[', from: found.index, key: '', valued: false, index: 0 })
    } else if (token === '}' || token === ']') open.pop()
    else if (top === undefined) continue
    else if (token === ':') top.valued = true
    else if (token === ',') {
      top.index++
      top.valued = false
    } else if (!top.list && !top.valued) top.key = unquoted(token)
  }
  return open
}

const isKey = (open: readonly Open[]): boolean => {
  const top = open.at(-1)
  return top !== undefined && !top.list && !top.valued
}
const pathOf = (open: readonly Open[]): (string | number)[] => open.map(({ list, key, index }) => (list ? index : key))

/** What is open at an offset; the text may end anywhere and need not parse. */
export function spotAt(text: string, offset: number): Spot {
  const before = text.slice(0, offset)
  let last = { token: '', from: 0 }
  const open = scan(before, (token, from) => (last = { token, from }))
  const touching = last.from + last.token.length === offset && !/^[{}[\],:]?$/.test(last.token)
  const key = isKey(open)
  const path = pathOf(open)
  return {
    path: key ? path.slice(0, -1) : path,
    at: key ? 'key' : 'value',
    word: touching ? last.token : '',
    from: touching ? last.from : offset,
  }
}

/**
 * The place of a JSON pointer in text that parses: a plain value's own characters, the key of a list or object, an object in a list as
 * a whole. For what is not written, the nearest that holds it. `/detail/state` written twice is where it stands last.
 */
export function placeOf(text: string, pointer: string): Place {
  const places = new Map<string, Place>()
  const put = (open: readonly Open[], from: number, to: number): void => {
    places.set(pointerOf(pathOf(open)), { from, to })
  }
  scan(text, (token, from, open) => {
    const top = open.at(-1)
    const to = from + token.length
    if (token === ':' || token === ',' || top === undefined) return
    if (token === '}' || token === ']') {
      const outer = open.slice(0, -1)
      if (outer.at(-1)?.list) put(outer, top.from, to)
    } else if (token === '{' || token === '[') {
      if (top.list) put(open, from, to)
    } else if (isKey(open)) places.set(pointerOf([...pathOf(open.slice(0, -1)), unquoted(token)]), { from, to })
    else put(open, from, to)
  })
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = places.get(at)
    if (found !== undefined) return found
  }
  return { from: text.search(/\S|$/), to: text.trimEnd().length }
}

const pointerOf = (path: readonly (string | number)[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function unquoted(token: string): string {
  if (!token.startsWith('"')) return token
  try {
    return JSON.parse(token.length > 1 && token.endsWith('"') ? token : `${token}"`) as string
  } catch {
    return token.slice(1)
  }
}
