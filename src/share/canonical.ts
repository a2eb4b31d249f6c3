/**
 * One spelling per scenario: equal documents give equal text, whatever order their keys were written in.
 * The order is for readers (`coldstart`, `name`, ... and `Type`, `Properties`, `Behavior` first), then alphabetical.
 */
import type { Json, Resource, Scenario } from '../model/scenario'

const SCENARIO_RANK: { readonly [key in keyof Required<Scenario>]: number } = {
  coldstart: 0,
  name: 1,
  description: 2,
  profile: 3,
  seed: 4,
  duration: 5,
  resources: 6,
  interventions: 7,
  facts: 8,
  layout: 9,
  labels: 10,
  notes: 11,
}
const RESOURCE_RANK: { readonly [key in keyof Required<Resource>]: number } = { Type: 0, Properties: 1, Behavior: 2 }

/** Every top-level key of a scenario this version knows, in canonical order. */
export const SCENARIO_KEYS: readonly string[] = Object.keys(SCENARIO_RANK)

type Rank = { readonly [key: string]: number }
type Level = 'scenario' | 'resources' | 'resource' | 'other'

const rankAt: { readonly [level in Level]: Rank } = {
  scenario: SCENARIO_RANK,
  resources: {},
  resource: RESOURCE_RANK,
  other: {},
}

function levelBelow(level: Level, key: string): Level {
  if (level === 'scenario') return key === 'resources' ? 'resources' : 'other'
  return level === 'resources' ? 'resource' : 'other'
}

/** Code-unit order, the same in every locale. */
function byRank(rank: Rank): (a: string, b: string) => number {
  const of = (key: string) => (Object.hasOwn(rank, key) ? (rank[key] ?? Infinity) : Infinity)
  return (a, b) => {
    const left = of(a)
    const right = of(b)
    if (left !== right) return left - right
    return a < b ? -1 : a > b ? 1 : 0
  }
}

function write(value: unknown, level: Level, indent: string, newline: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const deeper = newline + indent
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    const items = value.map((item: unknown) => write(item, 'other', indent, deeper))
    return `[${deeper}${items.join(`,${deeper}`)}${newline}]`
  }
  const colon = indent === '' ? ':' : ': '
  const entries = Object.entries(value).filter(([, field]: [string, unknown]) => field !== undefined)
  if (entries.length === 0) return '{}'
  const order = byRank(rankAt[level])
  const fields = entries
    .sort(([a], [b]) => order(a, b))
    .map(([key, field]) => JSON.stringify(key) + colon + write(field, levelBelow(level, key), indent, deeper))
  return `{${deeper}${fields.join(`,${deeper}`)}${newline}}`
}

/**
 * The canonical JSON text of a scenario, on one line, or indented by two spaces when `pretty`.
 * Text is written directly, not through a reordered object: JavaScript would move integer-like keys to the front.
 */
export function canonicalJson(scenario: Scenario | Json, pretty = false): string {
  return pretty ? `${write(scenario, 'scenario', '  ', '\n')}\n` : write(scenario, 'scenario', '', '')
}
