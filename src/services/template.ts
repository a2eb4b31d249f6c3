/**
 * Contents that differ from call to call: `{{n}}`, `{{time}}`, `{{uuid}}`, `{{random 1 100}}`, `{{pick a b c}}`, `{{cycle a b c}}`, `{{key}}`
 * within the texts of a client's body, attributes, group and deduplication id. Compiled once; a text that is one placeholder and nothing
 * else becomes the placeholder's own JSON value.
 */
import { ID, isoTime, mixed, hex, RUN_EPOCH } from '../model/identity'
import type { Json, JsonObject } from '../model/scenario'

/** What a call knows when its content is made. Times in µs. */
export interface Call {
  /** From 1. */
  readonly n: number
  readonly now: number
  /** The group or partition key of this call. */
  readonly key: string
  readonly uuid: () => string
  /** Uniform in (0, 1); each asking draws anew. */
  readonly draw: () => number
}
export type Fill = (call: Call) => Json

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g
/** Words of a placeholder; quotes hold together what has spaces. */
const WORD = /"([^"]*)"|\S+/g

export const PLACEHOLDERS = [
  '{{n}}',
  '{{time}}',
  '{{epoch}}',
  '{{uuid}}',
  '{{key}}',
  '{{random 1 100}}',
  '{{pick a b}}',
  '{{cycle a b}}',
] as const

type Read = { readonly ok: true; readonly fill: Fill } | { readonly ok: false; readonly reason: string }
const fails = (reason: string): Read => ({ ok: false, reason })
const gives = (fill: Fill): Read => ({ ok: true, fill })

/** A number, true, false or null stands for itself, anything else is text. */
function valueOf(word: string): Json {
  return /^(-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|true|false|null)$/.test(word) ? (JSON.parse(word) as Json) : word
}

function readPlaceholder(inside: string): Read {
  const words = [...inside.matchAll(WORD)].map(([whole, quoted]) => quoted ?? whole)
  const [name = '', ...rest] = words
  const simple: { readonly [name: string]: Fill } = {
    n: ({ n }) => n,
    time: ({ now }) => isoTime(now),
    epoch: ({ now }) => RUN_EPOCH * 1_000 + Math.floor(now / 1_000),
    uuid: ({ uuid }) => uuid(),
    key: ({ key }) => key,
  }
  const fill = Object.hasOwn(simple, name) ? simple[name] : undefined
  if (fill !== undefined) return rest.length === 0 ? gives(fill) : fails(`{{${name}}} takes nothing after its name`)
  if (name === 'random') return randomOf(rest)
  if (name === 'pick' || name === 'cycle') {
    const values = rest.map(valueOf)
    if (values.length === 0) return fails(`{{${name}}} needs values to choose from: {{${name} a b c}}`)
    if (name === 'cycle') return gives(({ n }) => values[(n - 1) % values.length]!)
    return gives(({ draw }) => values[Math.floor(draw() * values.length)]!)
  }
  return fails(`{{${inside}}} is no placeholder. Known are ${PLACEHOLDERS.join(' ')}`)
}

/** Whole numbers, or as many decimals as the bounds have. */
function randomOf(words: readonly string[]): Read {
  const [from, to] = words.map(Number)
  if (words.length !== 2 || !Number.isFinite(from) || !Number.isFinite(to) || from! > to!)
    return fails('{{random}} needs the least and the greatest number: {{random 1 100}}')
  const decimals = Math.min(6, Math.max(...words.map((word) => word.split('.')[1]?.length ?? 0)))
  const scale = 10 ** decimals
  const least = Math.round(from! * scale)
  const steps = Math.round(to! * scale) - least + 1
  return gives(({ draw }) => (least + Math.floor(draw() * steps)) / scale)
}

/** A problem of a template: where in the value (a JSON pointer) and why. */
export interface TemplateProblem {
  readonly path: string
  readonly reason: string
}

function readText(text: string, path: string, problems: TemplateProblem[]): Fill | null {
  const parts: (string | Fill)[] = []
  let end = 0
  for (const found of text.matchAll(PLACEHOLDER)) {
    const read = readPlaceholder(found[1]!.trim())
    if (!read.ok) problems.push({ path, reason: read.reason })
    else {
      if (found.index > end) parts.push(text.slice(end, found.index))
      parts.push(read.fill)
      end = found.index + found[0].length
    }
  }
  if (!parts.some((part) => typeof part === 'function')) return null
  if (end < text.length) parts.push(text.slice(end))
  const [only] = parts
  if (parts.length === 1 && typeof only === 'function') return only
  return (call) => parts.map((part) => (typeof part === 'string' ? part : wordOf(part(call)))).join('')
}

const wordOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Compiles a value; null when nothing in it changes from call to call. `problems` gets what cannot be read, which stays as it is. */
export function compile(value: Json | undefined, problems: TemplateProblem[] = [], path = ''): Fill | null {
  if (typeof value === 'string') return readText(value, path, problems)
  if (typeof value !== 'object' || value === null) return null
  const fills = Object.entries(value).map(([name, item]) => [
    name,
    compile(item, problems, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    item,
  ]) as [string, Fill | null, Json][]
  if (fills.every(([, fill]) => fill === null)) return null
  if (Array.isArray(value)) return (call) => fills.map(([, fill, item]) => (fill === null ? item : fill(call)))
  return (call) => {
    const made: JsonObject = {}
    for (const [name, fill, item] of fills) made[name] = fill === null ? item : fill(call)
    return made
  }
}

/** The UUID of a call: the same one wherever it stands in it. */
export function uuidOf(seed: number, client: number, n: number): string {
  const h = hex(mixed(4, [ID.call, seed, client, n]))
  const variant = '89ab'[parseInt(h[16]!, 16) & 3]!
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20, 32)}`
}
