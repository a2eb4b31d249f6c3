import { compilePattern, type CompiledPattern } from '../../events/compile-pattern'
import { readJsonText, type JsonNode, type JsonText } from '../../events/json-text'
import { parsePattern } from '../../events/parse-pattern'
import { PATTERN_QUOTA } from '../../events/pattern'
import type { Json } from '../../model/scenario'
import { placeOf, type Place } from './json-scan'

export type Reading =
  | { readonly ok: true; readonly pattern: CompiledPattern; readonly value: Json }
  | { readonly ok: false; readonly message: string; readonly place: Place }

/** A pattern as typed: ready to match, or the one thing that is wrong with it and where. `most`: characters it may have. Never throws. */
export function readPattern(text: string, most: number = PATTERN_QUOTA.most): Reading {
  const parsed = parsePattern(text)
  if (!parsed.ok) {
    const place = parsed.path === '' ? syntaxPlace(text, parsed.reason) : placeOf(text, parsed.path)
    return { ok: false, message: told(text, place, parsed.path, parsed.reason), place }
  }
  const repeated = repeatedIn(readJsonText(text))
  if (repeated !== null) {
    // JSON keeps the last of two only, so the first would be lost
    const place = placeOf(text, repeated)
    return { ok: false, message: told(text, place, repeated, 'it stands here twice; write it once'), place }
  }
  // the quota is counted as EventBridge counts: without the blanks of the layout
  const value = JSON.parse(text) as Json
  const { length } = JSON.stringify(value)
  if (length > most) {
    const message = `The pattern has ${length} characters. At most ${most} are taken. Split it into two.`
    return { ok: false, message, place: { from: 0, to: text.length } }
  }
  return { ok: true, pattern: compilePattern(parsed.pattern), value }
}

/** Pointer of the first key that an object has twice; null when there is none. */
function repeatedIn(read: JsonText): string | null {
  const visit = (node: JsonNode, pointer: string): string | null => {
    if (node.kind !== 'object' && node.kind !== 'array') return null
    const children =
      node.kind === 'array' ? node.items.map((item, i): [string, JsonNode] => [String(i), item]) : node.entries
    const seen = new Set<string>()
    for (const [name, child] of children) {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (seen.has(name)) return at
      seen.add(name)
      const below = visit(child, at)
      if (below !== null) return below
    }
    return null
  }
  return read.ok ? visit(read.node, '') : null
}

const AT = /\s*\(line (\d+), column (\d+)\)$/

function syntaxPlace(text: string, reason: string): Place {
  const at = AT.exec(reason)
  if (at === null) return placeOf(text, '')
  const lines = text.split('\n')
  const from = lines.slice(0, Number(at[1]) - 1).reduce((sum, line) => sum + line.length + 1, 0) + Number(at[2]) - 1
  return { from: Math.min(from, Math.max(0, text.length - 1)), to: Math.min(from + 1, text.length) }
}

function told(text: string, { from }: Place, path: string, reason: string): string {
  const line = text.slice(0, from).split('\n').length
  const field = path
    .split('/')
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.')
  const what = reason.replace(AT, '').replace(/^not JSON: /, '')
  return text.trim() === ''
    ? 'Write a pattern, such as {"source": ["orders"]}.'
    : `Line ${line}${field === '' ? '' : `, ${field}`}: ${what}.`
}
