/** Fields in words: units, ranges, one-line summaries of values, and what a new value starts as. */
import type { Json, JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { variantOf, type Field } from '../../../gate'

export const unitOf = (field: Field): string | undefined =>
  field.unit === undefined || field.unit === 'count' || field.unit === 'ratio'
    ? undefined
    : field.unit === '1/s'
      ? '/s'
      : field.unit

const grouped = (n: number): string => n.toLocaleString('en-GB', { maximumFractionDigits: 6 })

/** `128 to 10,240 MB`; empty where there is no limit to tell. */
export function rangeText(field: Field): string {
  const { min, max } = field
  if (min === undefined || max === undefined || (field.kind !== 'integer' && field.kind !== 'number')) return ''
  const unit = unitOf(field)
  return `${grouped(min)} to ${grouped(max)}${unit === undefined ? '' : ` ${unit}`}`
}

/** `Default 128 MB`; empty where there is none worth telling. */
export function defaultText(field: Field): string {
  const value = field.default
  if (value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)) return ''
  const unit = typeof value === 'number' ? unitOf(field) : undefined
  return `Default ${typeof value === 'number' ? grouped(value) : summary(value)}${unit === undefined ? '' : ` ${unit}`}`
}

/** A value in one line, for closed cards: its first plain parts. */
export function summary(value: unknown, limit = 48): string {
  const text = plain(value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '-'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return grouped(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(plain).join(', ')
  const parts = Object.entries(value)
  const port = ruleText(value as JsonObject)
  return port ?? (parts.length === 0 ? 'empty' : parts.map(([, part]) => plain(part)).join(' · '))
}

/** Security group rules read as people say them: `tcp 443 to 0.0.0.0/0`. */
function ruleText(value: JsonObject): string | null {
  const protocol = value['IpProtocol']
  if (typeof protocol !== 'string' && typeof protocol !== 'number') return null
  const [from, to] = [value['FromPort'], value['ToPort']]
  const ports =
    from === undefined ? '' : from === to || to === undefined ? ` ${plain(from)}` : ` ${plain(from)} to ${plain(to)}`
  const end = value['CidrIp'] ?? value['SourceSecurityGroupId'] ?? value['DestinationSecurityGroupId'] ?? ''
  return `${String(protocol) === '-1' ? 'all traffic' : String(protocol)}${ports}${end === '' ? '' : ` · ${plain(end)}`}`
}

/** Ids of resources a reference may name, in document order. */
export function candidates(field: Field, scenario: Scenario, answering: (type: string) => boolean): LogicalId[] {
  const types = field.types ?? []
  return Object.keys(scenario.resources).filter((id) => {
    const type = scenario.resources[id]?.Type ?? ''
    return types.length === 0 ? field.answers === undefined || answering(type) : types.includes(type)
  })
}

/** What a field starts as when a learner adds it: the least that is legal, where there is such a thing. */
export function blank(field: Field, scenario: Scenario): Json {
  if (field.default !== undefined) return JSON.parse(JSON.stringify(field.default)) as Json
  switch (field.kind) {
    case 'integer':
    case 'number':
      return Math.max(field.slider?.min ?? field.min ?? 0, field.unit === '1/s' ? 1 : Number.NEGATIVE_INFINITY)
    case 'boolean':
      return true
    case 'enum':
      return field.values?.[0] ?? ''
    case 'duration':
      return 0.1
    case 'ref':
      return candidates(field, scenario, () => true)[0] ?? ''
    case 'refs': {
      const first = candidates(field, scenario, () => true)[0]
      return first === undefined ? [] : [first]
    }
    case 'object':
      return blankObject(field, scenario)
    case 'list':
      return Array.from({ length: field.min ?? 0 }, () =>
        field.item === undefined ? null : blank(field.item, scenario),
      )
    case 'variant':
      return field.variants?.[0] === undefined ? {} : blank(field.variants[0].field, scenario)
    case 'json':
      // an empty filter is refused
      return field.name === 'Pattern' ? { body: { type: ['order'] } } : {}
    case 'map':
      return {}
    default:
      return field.suggestions?.[0] ?? ''
  }
}

function blankObject(field: Field, scenario: Scenario): JsonObject {
  const required = (field.fields ?? []).filter((child) => child.required)
  return Object.fromEntries(required.map((child): [string, Json] => [child.name, blank(child, scenario)]))
}

/** Another shape of a variant: what both shapes know stays. */
export function switched(field: Field, value: unknown, name: string, scenario: Scenario): Json {
  const variant = field.variants?.find((candidate) => candidate.name === name)
  if (variant === undefined) return {}
  const fresh = blank(variant.field, scenario)
  if (
    typeof fresh !== 'object' ||
    fresh === null ||
    Array.isArray(fresh) ||
    typeof value !== 'object' ||
    value === null
  )
    return fresh
  const old = variantOf(field, value)?.field.fields ?? []
  const kept: JsonObject = {}
  for (const child of variant.field.fields ?? []) {
    const before: unknown = (value as JsonObject)[child.name]
    const same = old.find((other) => other.name === child.name)
    if (before !== undefined && same?.kind === child.kind && child.kind !== 'enum') kept[child.name] = before as Json
  }
  return { ...fresh, ...kept, ...(field.discriminator === undefined ? {} : { [field.discriminator]: name }) }
}

/** What is wrong with a text for a field; undefined when nothing is. */
export function textProblem(field: Field, text: string): string | undefined {
  const name = field.name || field.title
  if (text === '') return field.required ? `${name} may not be empty.` : undefined
  if (field.max !== undefined && text.length > field.max)
    return `${name} has at most ${grouped(field.max)} characters. This has ${grouped(text.length)}.`
  if (field.pattern !== undefined && !new RegExp(field.pattern).test(text)) {
    const example = field.suggestions?.[0] ?? (typeof field.default === 'string' ? field.default : undefined)
    return example === undefined
      ? `${name} may not hold "${text}". It has the form ${field.pattern}`
      : `Write ${name} like ${example}.`
  }
  return undefined
}
