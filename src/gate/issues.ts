/** Turns what zod found into problems with a message a learner can act on, and a fix where one is certain. */
import type { Json } from '../model/scenario'
import type { z } from '../services/schema-kit'
import type { Fix, Problem } from '../services/service'
import type { Field } from './field'
import { childField, variantOf } from './field'
import { MAX_PROBLEMS } from './limits'
import type { Path } from './pointer'
import { pointer, valueAt } from './pointer'
import { expected, nameOf, oneOf, rangeOf, show } from './say'
import { nearest } from './suggest'

type Issue = z.core.$ZodIssue

interface Place {
  readonly path: Path
  readonly field: Field | undefined
  readonly value: Json | undefined
  readonly name: string
}

/** Problems of one parsed part. `base` is where the part stands in the document, `what` its name in messages. */
export function problemsOf(issues: readonly Issue[], root: Field, value: Json, base: Path, what: string): Problem[] {
  const problems: Problem[] = []

  function placeOf(path: Path): Place {
    let field: Field | undefined = root
    let here: Json | undefined = value
    for (const part of path) {
      field = field === undefined ? undefined : childField(field, here, part)
      here = valueAt(here, [part])
    }
    return { path: [...base, ...path], field, value: here, name: nameOf(path, what) }
  }
  function report(place: Place, message: string, fix?: Fix, constraint?: string): void {
    if (problems.length >= MAX_PROBLEMS) return
    const said = message + wordsOfAws(place, constraint)
    problems.push({
      severity: 'error',
      path: pointer(place.path),
      message: said,
      ...(fix === undefined ? {} : { fix }),
    })
  }

  function visit(issue: Issue, above: Path): void {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))]
    const place = placeOf(path)
    switch (issue.code) {
      case 'too_big':
      case 'too_small':
        return tooFar(
          place,
          issue.code === 'too_big',
          issue.code === 'too_big' ? Number(issue.maximum) : Number(issue.minimum),
        )
      case 'invalid_type':
        return place.value === undefined ? missing(place, placeOf(path.slice(0, -1))) : wrongType(place)
      case 'invalid_value':
        if (place.value === undefined) return missing(place, placeOf(path.slice(0, -1)))
        return wrongValue(place, issue.values)
      case 'invalid_format':
        return wrongForm(place)
      case 'unrecognized_keys':
        for (const key of issue.keys) unknownKey(place, key)
        return
      case 'invalid_union':
        return union(issue, place, path)
      case 'invalid_key':
        return report(
          place,
          `${String(path.at(-1))} cannot be a name here. ${keyRule(placeOf(path.slice(0, -1)).name)}`,
        )
      default:
        return report(
          place,
          issue.code === 'custom' ? `${place.name}: ${issue.message}` : `${place.name} is ${expected(place.field)}.`,
        )
    }
  }

  function tooFar(place: Place, big: boolean, limit: number): void {
    const { field, value: written, name } = place
    if (typeof written === 'number') {
      const range = field === undefined ? '' : rangeOf(shapeFor(field, written))
      const says = range === '' ? '' : `${name} is ${range}. `
      return report(
        place,
        `${says}You wrote ${show(written)}. The ${big ? 'largest' : 'smallest'} is ${limit}.`,
        setTo(place, limit),
        `Member must have value ${big ? 'less' : 'greater'} than or equal to ${limit}`,
      )
    }
    const length = Array.isArray(written) || typeof written === 'string' ? written.length : 0
    const items = Array.isArray(written) ? 'items' : 'characters'
    const remedy = big ? `Remove ${length - limit}.` : `Add ${limit - length}.`
    report(
      place,
      `${name} has at ${big ? 'most' : 'least'} ${limit} ${items}. There are ${length}. ${remedy}`,
      undefined,
      `Member must have length ${big ? 'less' : 'greater'} than or equal to ${limit}`,
    )
  }

  function missing(place: Place, parent: Place): void {
    const owner = parent.path.length === base.length ? what : parent.name
    report({ ...place, path: parent.path }, `${owner} needs ${place.name}: ${expected(place.field)}.`)
  }

  function wrongType(place: Place): void {
    const { field, value: written, name } = place
    const meant = meantBy(field, written)
    if (meant === undefined) return report(place, `${name} is ${expected(field)}. You wrote ${show(written)}.`)
    report(
      place,
      `${name} is ${expected(field)}. You wrote ${show(written)}. Write ${show(meant)}.`,
      setTo(place, meant),
    )
  }

  function wrongValue(place: Place, values: readonly unknown[]): void {
    const names = values.map(String)
    const meant = nearest(String(place.value), names)
    const fix = meant === undefined ? undefined : setTo(place, values[names.indexOf(meant)] as Json)
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
    report(
      place,
      `${place.name} is ${oneOf(values)}. You wrote ${show(place.value)}.${hint}`,
      fix,
      `Member must satisfy enum value set: [${values.join(', ')}]`,
    )
  }

  function wrongForm(place: Place): void {
    const { field, name, value: written } = place
    if (field?.kind === 'ref') {
      return report(place, `${name} is a logical id: letters and digits, a letter first. You wrote ${show(written)}.`)
    }
    const example = field?.suggestions?.[0] === undefined ? '' : ` Write it like ${field.suggestions[0]}.`
    const pattern =
      field?.pattern === undefined ? undefined : `Member must satisfy regular expression pattern: ${field.pattern}`
    report(place, `${name} does not have the right form. You wrote ${show(written)}.${example}`, undefined, pattern)
  }

  function unknownKey(place: Place, key: string): void {
    const known = knownKeys(place)
    const meant = nearest(key, known)
    const at = { ...place, path: [...place.path, key] }
    const owner = place.path.length === base.length ? what : place.name
    const path = pointer(at.path)
    if (meant !== undefined && valueAt(place.value, [meant]) === undefined) {
      const fix: Fix = {
        title: `Rename to ${meant}`,
        patches: [
          { op: 'remove', path },
          { op: 'add', path: pointer([...place.path, meant]), value: valueAt(place.value, [key]) ?? null },
        ],
      }
      return report(at, `${owner} has no ${key}. Did you mean ${meant}?`, fix)
    }
    const list = known.length === 0 ? `${owner} has no settings here.` : `It has ${oneOf(known)}.`
    report(at, `${owner} has no ${key}. ${list}`, { title: `Remove ${key}`, patches: [{ op: 'remove', path }] })
  }

  function union(issue: z.core.$ZodIssueInvalidUnion, place: Place, path: Path): void {
    const { field } = place
    if (place.value === undefined) return missing(place, placeOf(path.slice(0, -1)))
    if (issue.errors.length === 0) {
      // A discriminated union reports at its discriminator, where no shape is known yet.
      const owner = field?.variants === undefined ? placeOf(path.slice(0, -1)).field : field
      const names = (owner?.variants ?? []).map((variant) => variant.name)
      if (names.length > 0) return wrongValue(place, names)
    }
    const variant = field === undefined ? undefined : variantOf(field, place.value)
    const branch = variant === undefined ? undefined : issue.errors[field?.variants?.indexOf(variant) ?? -1]
    if (branch === undefined || branch.length === 0) return wrongType(place)
    for (const nested of branch) visit(nested, path)
  }

  for (const issue of issues) visit(issue, [])
  return problems
}

/** What AWS answers to the same value; empty where a property says no member of its API, or nothing was broken there. */
function wordsOfAws({ field, value }: Place, constraint: string | undefined): string {
  if (field?.aws === undefined || constraint === undefined) return ''
  const written = Array.isArray(value) ? `[${value.join(', ')}]` : String(value)
  return ` AWS: 1 validation error detected: Value '${cut(written)}' at '${field.aws}' failed to satisfy constraint: ${constraint}`
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

/** The shape of a union that a value is of, in the unit of the whole. */
function shapeFor(field: Field, value: Json): Field {
  const shape = variantOf(field, value)?.field
  if (shape === undefined) return field
  return field.unit === undefined ? shape : { ...shape, unit: field.unit }
}

function knownKeys({ field, value }: Place): string[] {
  if (field === undefined) return []
  const shape = field.variants === undefined ? field : variantOf(field, value)?.field
  return (shape?.fields ?? []).map((child) => child.name)
}

const keyRule = (owner: string): string =>
  owner === 'resources' ? 'A logical id is letters and digits, a letter first.' : 'Use a probability such as 0.5.'

const setTo = (place: Place, value: Json): Fix => ({
  title: `Set ${typeof value === 'string' ? value : show(value)}`,
  patches: [{ op: 'replace', path: pointer(place.path), value }],
})

/** What the writer evidently meant: `"30"` as 30, `{ Ref: Orders }` as Orders. */
function meantBy(field: Field | undefined, written: Json | undefined): Json | undefined {
  if (field === undefined || written === undefined || written === null) return undefined
  if (field.kind === 'integer' || field.kind === 'number') {
    const value = typeof written === 'string' && written.trim() !== '' ? Number(written) : written
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
    const whole = field.kind === 'integer' ? Math.round(value) : value
    return Math.min(field.max ?? whole, Math.max(field.min ?? whole, whole))
  }
  if (field.kind === 'boolean') return written === 'true' ? true : written === 'false' ? false : undefined
  if (field.kind === 'ref' && typeof written === 'object' && !Array.isArray(written)) {
    const { Ref, 'Fn::GetAtt': attribute } = written
    const target = typeof Ref === 'string' ? Ref : Array.isArray(attribute) ? attribute[0] : undefined
    return typeof target === 'string' ? target : undefined
  }
  if (field.kind === 'refs' || field.kind === 'list') return typeof written === 'string' ? [written] : undefined
  if (field.kind === 'string' && typeof written === 'number') return String(written)
  return undefined
}
