/** The versions and aliases of a function, what tells them apart, and who calls them. */
import { fields, references } from '../../../gate'
import { isObject } from '../../../model/json'
import type { Json, JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { ALIAS, FUNCTION, LATEST, ownerOf, qualifierOf, VERSION } from '../../../drawing'
import { publishedPart } from '../../../services/functions'
import { digits, durationText, nameOf } from '../words'

const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig'
/** What stays with the function: it is no part of a version. */
const UNVERSIONED = new Set(['ReservedConcurrentExecutions', 'published'])

export interface Code {
  readonly Properties: JsonObject
  readonly Behavior: JsonObject
}

const isOf = (type: string, fn: LogicalId, scenario: Scenario) => (id: LogicalId) =>
  scenario.resources[id]?.Type === type && ownerOf(id, scenario) === fn

export const numberOf = (version: LogicalId, scenario: Scenario): number => {
  const written = scenario.resources[version]?.Behavior?.['number']
  return typeof written === 'number' ? written : 0
}

/** Versions of a function, oldest first. */
export const versionsOf = (fn: LogicalId, scenario: Scenario): LogicalId[] =>
  Object.keys(scenario.resources)
    .filter(isOf(VERSION, fn, scenario))
    .sort((a, b) => numberOf(a, scenario) - numberOf(b, scenario))

export const aliasesOf = (fn: LogicalId, scenario: Scenario): LogicalId[] =>
  Object.keys(scenario.resources).filter(isOf(ALIAS, fn, scenario))

/** Code and configuration of `$LATEST`, as publishing keeps them (LAM-60). */
export function latestOf(fn: LogicalId, scenario: Scenario): Code {
  const { Properties = {}, Behavior = {} } = scenario.resources[fn] ?? {}
  return { Properties: versioned(Properties), Behavior: versioned(Behavior) }
}

const versioned = (part: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(part).filter(([name]) => !UNVERSIONED.has(name)))

/** What a version holds, as the engine reads it. */
export function publishedOf(version: LogicalId, scenario: Scenario): Code {
  const latest = latestOf(ownerOf(version, scenario) ?? '', scenario)
  const part = (name: keyof Code): JsonObject => publishedPart(scenario.resources[version], name, latest[name])
  return { Properties: part('Properties'), Behavior: part('Behavior') }
}

/** What publishing keeps: `$LATEST` with its defaults, so that nothing has to be taken from the function later. */
export function snapshotOf(fn: LogicalId, scenario: Scenario): JsonObject {
  const code = latestOf(fn, scenario)
  const whole = (part: keyof Code): JsonObject => {
    const usual = fields(FUNCTION, part).filter(
      ({ name, default: value }) => !UNVERSIONED.has(name) && value !== undefined,
    )
    return { ...Object.fromEntries(usual.map(({ name, default: value }) => [name, value as Json])), ...code[part] }
  }
  return { complete: true, Properties: whole('Properties'), Behavior: whole('Behavior') }
}

/** Code of a version or of `$LATEST` of a function. */
export const codeOf = (version: LogicalId, fn: LogicalId, scenario: Scenario): Code =>
  version === LATEST ? latestOf(fn, scenario) : publishedOf(version, scenario)

export interface Difference {
  readonly name: string
  readonly here: string
  readonly there: string
}

/** What differs between two versions, in the order of the form; a value that is not written counts as its default. */
export function differences(here: Code, there: Code): Difference[] {
  return (['Properties', 'Behavior'] as const).flatMap((part) =>
    fields(FUNCTION, part).flatMap(({ name, default: usual }): Difference[] => {
      if (UNVERSIONED.has(name)) return []
      const [a, b] = [here[part][name] ?? usual, there[part][name] ?? usual]
      return same(a, b) ? [] : [{ name, here: say(a), there: say(b) }]
    }),
  )
}

function say(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'number') return digits(value)
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`
  const [first] = Object.entries(value as JsonObject)
  if (isDuration(value as JsonObject)) return durationText(value as Parameters<typeof durationText>[0])
  return first === undefined ? 'empty' : typeof first[1] === 'object' ? first[0] : `${first[0]} ${say(first[1])}`
}
const isDuration = (value: JsonObject): boolean =>
  ['exp', 'uniform', 'lognormal', 'quantiles'].some((shape) => Object.hasOwn(value, shape))

/** Equal as JSON, whatever the order of the names. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a, sortNames) === JSON.stringify(b, sortNames)
}
const sortNames = (_: string, value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value

export interface Caller {
  /** The resource that names it. */
  readonly id: LogicalId
  /** Who it is for a reader: the client, the queue of a mapping, the function whose records these are. */
  readonly name: string
  /** JSON pointer of the reference. */
  readonly path: string
  /** What it calls now: the function, a version or an alias. */
  readonly to: LogicalId
}

/** Whoever names a function, one of its versions or one of its aliases in order to call it. */
export function callersOf(fn: LogicalId, scenario: Scenario): Caller[] {
  const family = new Set([fn, ...versionsOf(fn, scenario), ...aliasesOf(fn, scenario)])
  return references(scenario).flatMap(({ from, to, path }): Caller[] => {
    const type = scenario.resources[from]?.Type
    if (!family.has(to) || from === fn || type === VERSION || type === ALIAS) return []
    if (type === INVOKE_CONFIG && !path.includes('/DestinationConfig/')) return []
    return [{ id: from, name: callerName(from, scenario), path, to }]
  })
}

function callerName(id: LogicalId, scenario: Scenario): string {
  const { Type, Properties } = scenario.resources[id] ?? {}
  const behind = Type === INVOKE_CONFIG ? Properties?.['FunctionName'] : Properties?.['EventSourceArn']
  return typeof behind === 'string' && Object.hasOwn(scenario.resources, behind)
    ? `${nameOf(behind, scenario)}, ${nameOf(id, scenario)}`
    : nameOf(id, scenario)
}

/** What may be named in place of a function: itself, its aliases, its versions, newest first. */
export function targetsOf(fn: LogicalId, scenario: Scenario): { value: LogicalId; label: string; note: string }[] {
  const named = (id: LogicalId, note: string) => ({ value: id, label: nameOf(id, scenario), note })
  return [
    named(fn, LATEST),
    ...aliasesOf(fn, scenario).map((id) => named(id, 'alias')),
    ...versionsOf(fn, scenario)
      .reverse()
      .map((id) => named(id, 'version')),
  ]
}

/** `version 3`, `$LATEST`. */
export const versionWords = (version: LogicalId, scenario: Scenario): string =>
  version === LATEST ? LATEST : `version ${qualifierOf(version, scenario)}`
