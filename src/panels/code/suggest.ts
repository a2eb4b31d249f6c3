/** What may be written at a place of the document, and what a place means: for completion and hovers in YAML. */
import { childField, fields, valueAt, variantOf, type Field } from '../../gate'
import { PROFILES } from '../../model/facts'
import { objectOf } from '../../model/json'
import type { Json, Scenario } from '../../model/scenario'
import { KINDS } from '../../services/kinds'
import type { YamlContext } from './yaml-context'

export interface Suggestion {
  readonly label: string
  /** Text to write. */
  readonly insert: string
  readonly kind: 'property' | 'value' | 'reference' | 'type'
  readonly detail?: string
  readonly help?: string
}

const ENVELOPE: { readonly [key: string]: string } = {
  name: 'What the scenario is called.',
  description: 'One or two sentences for the library.',
  profile: 'Which numbers the run uses: round ones, or AWS as measured.',
  seed: 'Same seed, same run.',
  duration: 'Seconds of simulated time.',
  resources: 'The parts of the drawing, by logical id.',
  interventions: 'Changes during the run.',
  facts: 'Own values of configurable facts.',
  layout: 'Where nodes stand.',
  labels: 'Names on screen by logical id.',
  notes: 'Text for readers.',
}
const RESOURCE: { readonly [key: string]: string } = {
  Type: 'CloudFormation type, such as AWS::SQS::Queue.',
  Properties: 'Properties as in CloudFormation.',
  Behavior: 'What only a simulation needs.',
}

export function suggestions(context: YamlContext, text: string, scenario: Scenario): Suggestion[] {
  const { path, at } = context
  if (at === 'key') return keysAt(path, text, scenario)
  if (path.length === 1 && path[0] === 'profile')
    return Object.entries(PROFILES).map(([name, { title }]) => value(name, title))
  if (path.length === 3 && path[0] === 'resources' && path[2] === 'Type') {
    return Object.entries(KINDS).map(([type, kind]) => ({
      label: type,
      insert: type,
      kind: 'type',
      detail: kind.label,
      help: kind.summary,
    }))
  }
  const field = fieldAt(path, text, scenario)
  return field === undefined ? [] : valuesOf(field, path, scenario)
}

function keysAt(path: YamlContext['path'], text: string, scenario: Scenario): Suggestion[] {
  if (path.length === 0) return Object.entries(ENVELOPE).map(([name, help]) => key(name, help))
  if (path[0] !== 'resources') return []
  if (path.length === 2) return Object.entries(RESOURCE).map(([name, help]) => key(name, help))
  const field = path.length === 3 ? undefined : fieldAt(path, text, scenario)
  const [, id, part] = path
  const here = valueAt(scenario as unknown as Json, path)
  const children =
    path.length === 3
      ? partFields(String(id), part, text, scenario)
      : field === undefined
        ? []
        : childrenOf(field, here)
  const written = Object.keys(objectOf(here))
  return children
    .filter(({ name }) => !written.includes(name))
    .map((child) => ({
      ...key(child.name, child.help),
      detail: [child.title, rangeOf(child)].filter((word) => word !== '').join(', '),
    }))
}

/** The field at a path below `/resources/<id>/<part>`, for hovers too. */
function fieldAt(path: YamlContext['path'], text: string, scenario: Scenario): Field | undefined {
  const [root, id, part, name, ...rest] = path
  if (root !== 'resources' || name === undefined) return undefined
  let field = partFields(String(id), part, text, scenario).find((candidate) => candidate.name === name)
  let walked: (string | number)[] = [root, id ?? '', part ?? '', name]
  for (const step of rest) {
    if (field === undefined) return undefined
    const here = valueAt(scenario as unknown as Json, walked)
    field = childField(field, here, step) ?? anyVariant(field, step)
    walked = [...walked, step]
  }
  return field
}

/** What hovers say about a key. */
export function helpAt(path: YamlContext['path'], text: string, scenario: Scenario): string | null {
  const last = path.at(-1)
  if (path.length === 1) return ENVELOPE[String(last)] ?? null
  if (path[0] !== 'resources') return null
  if (path.length === 2) return KINDS[typeIn(text, String(last), scenario)]?.summary ?? null
  if (path.length === 3) return RESOURCE[String(last)] ?? null
  const field = fieldAt(path, text, scenario)
  if (field === undefined) return null
  const usual =
    field.default === undefined || typeof field.default === 'object' ? '' : ` Default ${String(field.default)}.`
  const range = rangeOf(field)
  const source = field.factRows.length === 0 ? '' : ` Source: ${field.factRows.join(', ')}.`
  return `**${field.title}** ${field.help}${range === '' ? '' : ` ${range}.`}${usual}${source}`
}

function partFields(id: string, part: string | number | undefined, text: string, scenario: Scenario): readonly Field[] {
  return part === 'Properties' || part === 'Behavior' ? fields(typeIn(text, id, scenario), part) : []
}

/** Type of a resource as the text says now; the last valid document knows the rest. */
function typeIn(text: string, id: string, scenario: Scenario): string {
  const start = new RegExp(`^\\s+["']?${id.replace(/\W/g, '')}["']?\\s*:`, 'm').exec(text)
  const after = start === null ? '' : text.slice(start.index + start[0].length, start.index + 400)
  return (
    /^[\s{]*(?:#.*\n\s*)*Type["']?\s*:\s*["']?([A-Za-z0-9:]+)/.exec(after)?.[1] ?? scenario.resources[id]?.Type ?? ''
  )
}

function childrenOf(field: Field, here: Json | undefined): readonly Field[] {
  if (field.fields !== undefined) return field.fields
  const chosen = variantOf(field, here)
  if (chosen?.field.fields !== undefined) return chosen.field.fields
  const all = (field.variants ?? []).flatMap((variant) => variant.field.fields ?? [])
  return all.filter((child, index) => all.findIndex(({ name }) => name === child.name) === index)
}

/** While a shape is being written the document does not tell which it is. */
const anyVariant = (field: Field, step: string | number): Field | undefined =>
  childrenOf(field, undefined).find(({ name }) => name === step)

function valuesOf(field: Field, path: YamlContext['path'], scenario: Scenario): Suggestion[] {
  switch (field.kind) {
    case 'boolean':
      return [value('true', ''), value('false', '')]
    case 'enum':
      return (field.values ?? []).map((one) => value(String(one), ''))
    case 'ref':
      return references(field, scenario)
    case 'refs':
      return field.item === undefined ? [] : references(field.item, scenario)
    case 'string': {
      const actions = actionsFor(path, scenario)
      return (actions.length > 0 ? actions : (field.suggestions ?? [])).map((one) => value(one, field.title))
    }
    case 'integer':
    case 'number':
      return field.default === undefined ? [] : [value(String(field.default), 'default')]
    default:
      return []
  }
}

function references(field: Field, scenario: Scenario): Suggestion[] {
  const types = field.types ?? []
  return Object.entries(scenario.resources)
    .filter(([, { Type }]) =>
      types.length === 0 ? KINDS[Type]?.actions !== undefined || field.answers === undefined : types.includes(Type),
    )
    .map(([id, { Type }]) => ({ label: id, insert: id, kind: 'reference', detail: KINDS[Type]?.label ?? Type }))
}

/** `call:` beside `to:` takes what the target answers. */
function actionsFor(path: YamlContext['path'], scenario: Scenario): string[] {
  if (path.at(-1) !== 'call') return []
  const to = valueAt(scenario as unknown as Json, [...path.slice(0, -1), 'to'])
  const known = typeof to === 'string' ? Object.keys(KINDS[scenario.resources[to]?.Type ?? '']?.actions ?? {}) : []
  return known.length > 0 ? known : Object.values(KINDS).flatMap((kind) => Object.keys(kind.actions ?? {}))
}

function rangeOf({ min, max, unit, kind }: Field): string {
  if ((kind !== 'integer' && kind !== 'number') || min === undefined || max === undefined) return ''
  return `${min} to ${max}${unit === undefined || unit === 'count' || unit === 'ratio' ? '' : ` ${unit}`}`
}

const key = (label: string, help: string): Suggestion => ({ label, insert: `${label}: `, kind: 'property', help })
const value = (label: string, detail: string): Suggestion => ({ label, insert: label, kind: 'value', detail })
