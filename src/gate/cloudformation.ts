/** What CloudFormation templates write otherwise: pasted snippets are read as if they were ours. */
import type { Json, JsonObject, LogicalId } from '../model/scenario'
import { childField, type Field, variantOf } from './field'

type Known = (id: string) => boolean
const LOGICAL_ID = /^[A-Za-z][A-Za-z0-9]*$/

/**
 * The resource that `{Ref: X}`, `{'Fn::GetAtt': [X, Arn]}` or `{'Fn::Sub': '${X.Arn}'}` means; undefined for anything else, parameters too.
 * Where a resource is asked for, any name is one, so that what is said of it is that it does not exist.
 */
function meant(value: JsonObject, known: Known, asked: boolean): LogicalId | undefined {
  const [[key, of] = [], ...more] = Object.entries(value)
  if (more.length > 0) return undefined
  let name: Json | undefined
  if (key === 'Ref') name = of
  else if (key === 'Fn::GetAtt')
    name = Array.isArray(of) ? of[0] : typeof of === 'string' ? of.split('.')[0] : undefined
  else if (key === 'Fn::Sub' && typeof of === 'string') name = /^\$\{([A-Za-z0-9]+)(\.Arn)?\}$/.exec(of)?.[1]
  return typeof name === 'string' && (known(name) || (asked && LOGICAL_ID.test(name))) ? name : undefined
}

/** `"30"` where a number is asked for, `"true"` where a yes or no, `-1` where a text. */
function plain(value: string | number | boolean, field: Field): Json {
  const shape = field.variants === undefined ? field : (variantOf(field, value)?.field ?? field)
  const { kind, values } = shape
  if (typeof value === 'string') {
    if (kind === 'boolean' || (kind === 'enum' && values?.includes(true) === true))
      return value === 'true' ? true : value === 'false' ? false : value
    const asked =
      kind === 'integer' || kind === 'number' || (kind === 'enum' && values?.includes(Number(value)) === true)
    return asked && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  }
  if (kind === 'string' || (kind === 'enum' && values?.includes(String(value)) === true)) return String(value)
  return value
}

/** A part of a resource as it would be written here. What needs no change is returned as it is. `part`: its field, as far as known. */
export function asWrittenHere(part: Json, field: Field | undefined, known: Known): Json {
  if (part === null || field?.kind === 'json') return part
  if (typeof part !== 'object') return field === undefined ? part : plain(part, field)
  if (!Array.isArray(part)) {
    const id = meant(part, known, field?.kind === 'ref')
    if (id !== undefined) return id
  }
  let changed = false
  const entries = Object.entries(part).map(([key, value]): [string, Json] => {
    const child = field === undefined ? undefined : childField(field, part, Array.isArray(part) ? Number(key) : key)
    const now = asWrittenHere(value, child, known)
    changed ||= now !== value
    return [key, now]
  })
  if (!changed) return part
  return Array.isArray(part) ? entries.map(([, value]) => value) : Object.fromEntries(entries)
}

const isTag = (tag: Json): boolean =>
  typeof tag === 'object' && tag !== null && !Array.isArray(tag) && Object.keys(tag).sort().join() === 'Key,Value'

/** Properties without Tags, which every type of AWS may have and nothing here reads. */
export function withoutTags(properties: JsonObject): JsonObject {
  const { Tags, ...rest } = properties
  return Array.isArray(Tags) && Tags.every(isTag) ? rest : properties
}
