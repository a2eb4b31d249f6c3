/** What happened to an event from one hop to the next. */
import { isObject } from '../../../model/json'
import type { Json, JsonObject } from '../../../model/scenario'

/** A line of JSON as shown. `was`: the value it had. Removed lines are of the event before. */
export interface Line {
  readonly sign: ' ' | '+' | '-' | '~'
  /** Levels of indentation. */
  readonly depth: number
  readonly text: string
  readonly was?: string
}

/** How what travels compares with what came before. */
export type Comparison =
  | { readonly kind: 'first' | 'same' }
  /** The event before stands unchanged within it, as a value or as JSON in a text; `path` says where: `Records[2].body`. */
  | { readonly kind: 'wrapped'; readonly path: string }
  | { readonly kind: 'changed'; readonly added: number; readonly removed: number; readonly changed: number }
  /** So little is shared that it is another event. */
  | { readonly kind: 'new' }

export interface Compared {
  readonly comparison: Comparison
  /** Which of the events before it was compared with; -1 for none. */
  readonly base: number
  readonly lines: readonly Line[]
}

/** Share of values that must stay for two events to be shown as one that changed. */
const ALIKE = 0.3

/** `before`: what came in at the hop's start, the nearest first: what was sent, and the event it carried. */
export function compare(before: readonly Json[], after: Json): Compared {
  if (before.length === 0) return { comparison: { kind: 'first' }, base: -1, lines: linesOf(after) }
  const same = before.findIndex((one) => equal(one, after))
  if (same >= 0) return { comparison: { kind: 'same' }, base: same, lines: linesOf(after) }
  for (const [base, one] of before.entries()) {
    const path = worthFinding(one) ? placeOf(one, after) : null
    if (path !== null) return { comparison: { kind: 'wrapped', path }, base, lines: linesOf(after) }
  }
  const shares = before.map((one) => shared(one, after))
  const base = shares.indexOf(Math.max(...shares))
  if (shares[base]! < ALIKE) return { comparison: { kind: 'new' }, base: -1, lines: linesOf(after) }
  const lines = differences(before[base]!, after)
  const count = (sign: Line['sign']): number => lines.filter((line) => line.sign === sign).length
  return {
    comparison: { kind: 'changed', added: count('+'), removed: count('-'), changed: count('~') },
    base,
    lines,
  }
}

/** An empty object or a bare word is found everywhere and says nothing. */
const worthFinding = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0

export const linesOf = (value: Json): Line[] => written(value, ' ', 0, '', '')

/** JSON as lines of one sign: `lead` stands before it (a name), `tail` behind it (a comma). */
function written(value: Json, sign: Line['sign'], depth: number, lead: string, tail: string): Line[] {
  if (typeof value !== 'object' || value === null)
    return [{ sign, depth, text: `${lead}${JSON.stringify(value)}${tail}` }]
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const entries: [string, Json][] = Array.isArray(value)
    ? value.map((item) => ['', item])
    : Object.entries(value).map(([name, item]) => [`${JSON.stringify(name)}: `, item])
  if (entries.length === 0) return [{ sign, depth, text: `${lead}${open}${close}${tail}` }]
  return [
    { sign, depth, text: `${lead}${open}` },
    ...entries.flatMap(([name, item], i) => written(item, sign, depth + 1, name, i < entries.length - 1 ? ',' : '')),
    { sign, depth, text: `${close}${tail}` },
  ]
}

/** The event after as lines, with what changed marked; removed fields stand where their object ends. */
function differences(before: Json, after: Json, depth = 0, lead = '', tail = ''): Line[] {
  if (equal(before, after)) return written(after, ' ', depth, lead, tail)
  if (isObject(before) && isObject(after)) {
    const names = Object.keys(after)
    const gone = Object.keys(before).filter((name) => after[name] === undefined)
    const comma = (i: number): string => (i < names.length - 1 ? ',' : '')
    return [
      { sign: ' ', depth, text: `${lead}{` },
      ...names.flatMap((name, i) => {
        const label = `${JSON.stringify(name)}: `
        const old = before[name]
        return old === undefined
          ? written(after[name]!, '+', depth + 1, label, comma(i))
          : differences(old, after[name]!, depth + 1, label, comma(i))
      }),
      ...gone.flatMap((name) => written(before[name]!, '-', depth + 1, `${JSON.stringify(name)}: `, '')),
      { sign: ' ', depth, text: `}${tail}` },
    ]
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const comma = (i: number): string => (i < after.length - 1 ? ',' : '')
    return [
      { sign: ' ', depth, text: `${lead}[` },
      ...after.flatMap((item, i) =>
        i < before.length
          ? differences(before[i]!, item, depth + 1, '', comma(i))
          : written(item, '+', depth + 1, '', comma(i)),
      ),
      ...before.slice(after.length).flatMap((item) => written(item, '-', depth + 1, '', '')),
      { sign: ' ', depth, text: `]${tail}` },
    ]
  }
  if (isPlain(before) && isPlain(after))
    return [{ sign: '~', depth, text: `${lead}${JSON.stringify(after)}${tail}`, was: JSON.stringify(before) }]
  return [...written(before, '-', depth, lead, ''), ...written(after, '+', depth, lead, tail)]
}

const isPlain = (value: Json): boolean => typeof value !== 'object' || value === null

/** Order of names does not count. */
export function equal(a: Json, b: Json): boolean {
  if (a === b) return true
  if (isPlain(a) || isPlain(b)) return false
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]!))
  const names = Object.keys(a as JsonObject)
  return (
    names.length === Object.keys(b as JsonObject).length &&
    names.every(
      (name) => (b as JsonObject)[name] !== undefined && equal((a as JsonObject)[name]!, (b as JsonObject)[name]!),
    )
  )
}

/** Where `inner` stands within `outer`, below it, as a value or as JSON in a text; null when it does not. */
export function placeOf(inner: Json, outer: Json): string | null {
  const text = JSON.stringify(inner)
  const within = (value: Json): string | null => {
    if (isPlain(value)) return null
    const entries: [string, Json][] = Array.isArray(value)
      ? value.map((item, i) => [`[${i}]`, item])
      : Object.entries(value as JsonObject).map(([name, item]) => [`.${name}`, item])
    for (const [step, item] of entries) {
      if (typeof item === 'string' ? item === text : equal(item, inner)) return step
      const further = within(item)
      if (further !== null) return step + further
    }
    return null
  }
  const found = within(outer)
  return found?.startsWith('.') ? found.slice(1) : found
}

/** Share of all values that are the same in both, by their places. */
function shared(a: Json, b: Json): number {
  const one = new Map(leaves(a, ''))
  const other = new Map(leaves(b, ''))
  let same = 0
  for (const [place, value] of other) if (one.get(place) === value) same++
  return same / Math.max(1, one.size, other.size)
}

function leaves(value: Json, place: string): [string, string][] {
  if (isPlain(value)) return [[place, JSON.stringify(value)]]
  const entries = Object.entries(value as JsonObject)
  return entries.length === 0 ? [[place, '']] : entries.flatMap(([name, item]) => leaves(item, `${place}/${name}`))
}

/** A run of lines shown, or hidden because nothing changed in it. */
export interface Stretch {
  readonly lines: readonly Line[]
  readonly folded: boolean
}

/** Lines of context kept around a change, and the fewest worth hiding. */
const AROUND = 2
const WORTH = 4

/** Folds what did not change, away from changes. */
export function folded(lines: readonly Line[]): Stretch[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ sign }) => sign !== ' '),
  )
  const stretches: { lines: Line[]; folded: boolean }[] = []
  lines.forEach((line, i) => {
    const last = stretches.at(-1)
    const hide = !near[i]
    if (last !== undefined && last.folded === hide) last.lines.push(line)
    else stretches.push({ lines: [line], folded: hide })
  })
  return stretches.map((it) => (it.folded && it.lines.length < WORTH ? { ...it, folded: false } : it))
}
