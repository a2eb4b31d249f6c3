/** The literal pieces between the asterisks of a wildcard: `a*b` is `['a', 'b']`, `*` is `['', '']`. */
export type WildcardPieces = readonly string[]

/** Reads `*`, `\*` and `\\`. `ok: false` names what is wrong and where (0-based). */
export function parseWildcard(text: string): { ok: true; pieces: WildcardPieces } | { ok: false; reason: string } {
  const pieces: string[] = []
  let piece = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? ''
    if (character === '*') {
      if (text[i + 1] === '*') return { ok: false, reason: `two asterisks in a row at character ${i}; use one` }
      pieces.push(piece)
      piece = ''
    } else if (character === '\\') {
      const escaped = text[i + 1]
      if (escaped !== '*' && escaped !== '\\') {
        return {
          ok: false,
          reason: `a lone backslash at character ${i}; write \\\\ for a backslash, \\* for an asterisk`,
        }
      }
      piece += escaped
      i++
    } else piece += character
  }
  pieces.push(piece)
  const load = wildcardComplexity(pieces)
  if (load > MAX_COMPLEXITY) {
    return {
      ok: false,
      reason: `too complex (${load} parts can match at once, at most ${MAX_COMPLEXITY}); use fewer asterisks or less repetition`,
    }
  }
  return { ok: true, pieces }
}

/**
 * AWS refuses over-complex wildcards but publishes no bound. Its guide gives `*:*:*:*:*:event-bus/*` (11 by this
 * measure) as too complex, so ours lies just below.
 */
const MAX_COMPLEXITY = 10

/**
 * How many prefixes of the wildcard one worst-case value satisfies at once: the measure of non-determinism that
 * event-ruler describes. Every asterisk stays alive once reached; on top come the beginnings of the pieces behind
 * asterisks that can end at the same character, counted along the suffix links of a trie of those pieces.
 */
function wildcardComplexity(pieces: WildcardPieces): number {
  const root = newNode(null)
  const level: TrieNode[] = []
  for (const piece of pieces.slice(1)) {
    let node = root
    for (const character of piece) {
      const next = node.children.get(character) ?? newNode(root)
      if (!node.children.has(character)) node.children.set(character, next)
      next.load++
      node = next
    }
  }
  let most = 0
  level.push(...root.children.values())
  for (let i = 0; i < level.length; i++) {
    const node = level[i] ?? root
    most = Math.max(most, node.load)
    for (const [character, child] of node.children) {
      let link = node.link
      while (link !== null && !link.children.has(character)) link = link.link
      child.link = link?.children.get(character) ?? root
      child.load += child.link.load
      level.push(child)
    }
  }
  return pieces.length - 1 + most
}

interface TrieNode {
  readonly children: Map<string, TrieNode>
  link: TrieNode | null
  load: number
}

function newNode(link: TrieNode | null): TrieNode {
  return { children: new Map(), link, load: 0 }
}

/** Whether the whole value fits. Leftmost fits are enough between asterisks, so there is no backtracking. */
export function matchesWildcard(pieces: WildcardPieces, value: string): boolean {
  const first = pieces[0] ?? ''
  if (pieces.length === 1) return value === first
  const last = pieces[pieces.length - 1] ?? ''
  const end = value.length - last.length
  if (end < first.length || !value.startsWith(first) || !value.endsWith(last)) return false
  let at = first.length
  for (let i = 1; i < pieces.length - 1; i++) {
    const piece = pieces[i] ?? ''
    const found = value.indexOf(piece, at)
    if (found < 0 || found + piece.length > end) return false
    at = found + piece.length
  }
  return true
}
