/** Strict schemas: the envelope, then every resource by its type. */
import type { Json, JsonObject, Resource, Scenario } from '../model/scenario'
import type { Problem } from '../services/service'
import { asWrittenHere, withoutTags } from './cloudformation'
import { ENVELOPE } from './envelope'
import { rootField } from './fields'
import { problemsOf } from './issues'
import { MAX_PROBLEMS, MAX_RESOURCES } from './limits'
import type { Path } from './pointer'
import { pointer } from './pointer'
import type { Registry } from './registry'
import { labelOf } from './registry'
import { oneOf, show } from './say'
import { nearest } from './suggest'
import type { Schema } from '../services/schema-kit'

export type Structured =
  | { readonly ok: true; readonly scenario: Scenario; readonly normalised: Scenario }
  | { readonly ok: false; readonly problems: Problem[] }

export type Part = 'Properties' | 'Behavior'

/** Checks a migrated document against the schemas; `normalised` has every default filled in. */
export function structure(given: JsonObject, registry: Registry): Structured {
  const { resources: written } = given
  if (typeof written === 'object' && written !== null && Object.keys(written).length > MAX_RESOURCES) {
    const message = `The scenario has ${Object.keys(written).length} resources. The most is ${MAX_RESOURCES}.`
    return { ok: false, problems: [{ severity: 'error', path: '/resources', message }] }
  }
  const document = respelled(given, registry)
  const { resources } = document
  const parsed = ENVELOPE.safeParse(document)
  const problems = parsed.success
    ? []
    : problemsOf(parsed.error.issues, rootField(ENVELOPE, 'scenario'), document, [], 'The scenario')
  const normalised: { [id: string]: Resource } = {}
  for (const [id, resource] of entriesOf(resources)) {
    if (problems.length >= MAX_PROBLEMS) break
    const result = normaliseResource(id, resource, registry)
    problems.push(...result.problems)
    normalised[id] = result.resource
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) }
  const { name, profile, seed, duration } = parsed.data
  const scenario = { name, profile, seed, duration, ...document } as unknown as Scenario
  return { ok: true, scenario, normalised: { ...(parsed.data as unknown as Scenario), resources: normalised } }
}

/** The document with what resources write as CloudFormation does respelled. */
function respelled(document: JsonObject, registry: Registry): JsonObject {
  const entries = entriesOf(document.resources)
  const known = new Set(entries.map(([id]) => id))
  const changed = entries.flatMap(([id, resource]): [string, JsonObject][] => {
    const type = Object.hasOwn(registry.schemas, resource.Type) ? registry.schemas[resource.Type] : undefined
    const parts = (['Properties', 'Behavior'] as const).flatMap((part): [string, Json][] => {
      const value = resource[part]
      const schema = type?.[part]
      if (value === undefined || schema === undefined) return []
      const now = asWrittenHere(value, rootField(schema, part), (name) => known.has(name))
      return now === value ? [] : [[part, now]]
    })
    return parts.length === 0 ? [] : [[id, { ...resource, ...Object.fromEntries(parts) }]]
  })
  if (changed.length === 0) return document
  return { ...document, resources: { ...(document.resources as JsonObject), ...Object.fromEntries(changed) } }
}

/** Resources that are objects with a textual type; the envelope reports the others. */
function entriesOf(resources: Json | undefined): [string, Resource][] {
  if (typeof resources !== 'object' || resources === null || Array.isArray(resources)) return []
  return Object.entries(resources).filter(
    (entry): entry is [string, Resource & JsonObject] =>
      typeof entry[1] === 'object' &&
      entry[1] !== null &&
      !Array.isArray(entry[1]) &&
      typeof entry[1].Type === 'string',
  )
}

/** One resource with its defaults, and what is wrong with it. */
export function normaliseResource(
  id: string,
  resource: Resource,
  registry: Registry,
): { resource: Resource; problems: Problem[] } {
  const base: Path = ['resources', id]
  const type = Object.hasOwn(registry.schemas, resource.Type) ? registry.schemas[resource.Type] : undefined
  if (type === undefined) return { resource, problems: [unknownType(id, resource.Type, registry)] }
  const problems: Problem[] = []
  const result: Resource = { Type: resource.Type }
  const what = `${id} (${labelOf(registry, resource.Type)})`
  for (const part of ['Properties', 'Behavior'] as const) {
    const schema = type[part]
    if (schema === undefined) {
      if (resource[part] !== undefined) problems.push(surplus(what, [...base, part], part))
      continue
    }
    const written = part === 'Properties' ? withoutTags(resource[part] ?? {}) : (resource[part] ?? {})
    const parsed = parsePart(schema, written, part, [...base, part], what)
    problems.push(...parsed.problems)
    result[part] = parsed.value
  }
  return { resource: result, problems }
}

function parsePart(
  schema: Schema,
  value: Json,
  part: Part,
  path: Path,
  what: string,
): { value: JsonObject; problems: Problem[] } {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data as JsonObject, problems: [] }
  return { value: {}, problems: problemsOf(parsed.error.issues, rootField(schema, part), value, path, what) }
}

function surplus(what: string, path: Path, part: Part): Problem {
  const at = pointer(path)
  return {
    severity: 'error',
    path: at,
    message: `${what} has no ${part}. Remove it.`,
    fix: { title: `Remove ${part}`, patches: [{ op: 'remove', path: at }] },
  }
}

function unknownType(id: string, type: string, registry: Registry): Problem {
  const known = Object.keys(registry.schemas)
  const short = type.split('::').at(-1) ?? type
  const meant =
    nearest(type, known) ??
    known.find((candidate) => candidate.split('::').at(-1)?.toLowerCase() === short.toLowerCase())
  const path = pointer(['resources', id, 'Type'])
  const message = `${id}: the type ${show(type)} is not known.`
  if (meant === undefined) return { severity: 'error', path, message: `${message} Known are ${oneOf(known)}.` }
  const fix = { title: `Set ${meant}`, patches: [{ op: 'replace' as const, path, value: meant }] }
  return { severity: 'error', path, message: `${message} Did you mean ${meant}?`, fix }
}
