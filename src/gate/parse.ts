/** Text to plain JSON. */
import type { Json } from '../model/scenario'
import type { Problem } from '../services/service'
import { MAX_TEXT } from './limits'
import { plainJson } from './plain-json'
import { readYaml } from './yaml-text'

export type Parsed = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly problem: Problem }

/** Reads JSON or YAML. Refused: oversized or deep text, duplicate keys, aliases, tags, more than one document. Never throws. */
export function parseText(text: string): Parsed {
  const refuse = (message: string): Parsed => ({ ok: false, problem: { severity: 'error', path: '', message } })
  if (typeof text !== 'string') return refuse('A scenario is text.')
  if (text.length > MAX_TEXT) return refuse(`The text has ${text.length} characters. The most is ${MAX_TEXT}.`)
  if (text.trim() === '')
    return refuse('The text is empty. A scenario says coldstart: 1 and lists its parts under resources.')
  const json = parseJson(text)
  if (json !== undefined) return plainJson(json)
  const yaml = readYaml(text)
  if (typeof yaml === 'string') return refuse(yaml)
  if (yaml.refusal !== null) {
    const { line, col } = yaml.lines.linePos(yaml.refusal.offset)
    return refuse(`Line ${Math.max(1, line)}, column ${Math.max(1, col)}: ${yaml.refusal.message}`)
  }
  try {
    return plainJson(yaml.document.toJS({ maxAliasCount: 0 }))
  } catch {
    return refuse('The text could not be read as YAML.')
  }
}

/** The value of JSON text without duplicate keys; undefined sends the text to the YAML reader, which says what is wrong and where. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return countKeys(value) === countWrittenKeys(text) ? value : undefined
  } catch {
    return undefined
  }
}

/** Keys in the value. Deep values exhaust the stack, are caught above and refused by the YAML guard. */
function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  for (const child of Object.values(value)) count += countKeys(child)
  return Array.isArray(value) ? count : count + Object.keys(value).length
}

function countWrittenKeys(text: string): number {
  let count = 0
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (match[1] !== undefined) count++
  return count
}
