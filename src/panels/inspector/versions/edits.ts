/** Publishing, aliases, weights, roll back: each one edit with its name and what it says, or why not. */
import { objectOf } from '../../../model/json'
import { removeResources } from '../../../gate'
import { ALIAS, FUNCTION, LATEST, madeRoom, ownerOf, qualifierOf, routesOf, VERSION } from '../../../drawing'
import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { freeId, taken } from '../../../services/edit'
import { withPermission } from '../../../services/roles'
import type { Refusal } from '../../../services/service'
import { pointer, resourcePatches, setPatches } from '../patches'
import type { Patch } from '../types'
import { nameOf } from '../words'
import {
  snapshotOf,
  aliasesOf,
  callersOf,
  codeOf,
  differences,
  latestOf,
  numberOf,
  publishedOf,
  versionsOf,
  versionWords,
  type Caller,
} from './releases'

export interface Change {
  /** Name of the step in the history. */
  readonly label: string
  readonly patches: readonly Patch[]
  readonly said: string
  /** The resource it made. */
  readonly made?: LogicalId
}
export type Answer = Change | Refusal

const ALIAS_NAME = /^(?![0-9]+$)[a-zA-Z0-9_-]{1,128}$/

/** The number the next version gets: one more than any ever given, so that numbers are never used again (LAM-60). */
export function nextNumber(fn: LogicalId, scenario: Scenario): number {
  const counted = scenario.resources[fn]?.Behavior?.['published']
  const given = versionsOf(fn, scenario).map((id) => numberOf(id, scenario))
  return Math.max(typeof counted === 'number' ? counted : 0, 0, ...given) + 1
}

/** Snapshot of the function as its next version; nothing when the newest version is the same (LAM-60). */
export function publish(fn: LogicalId, description: string, scenario: Scenario): Answer {
  const name = nameOf(fn, scenario)
  const code = latestOf(fn, scenario)
  const newest = versionsOf(fn, scenario).at(-1)
  if (newest !== undefined && differences(publishedOf(newest, scenario), code).length === 0) {
    const number = numberOf(newest, scenario)
    return {
      refused: `Nothing changed since version ${number}, so no version was made. Version ${number} is this code.`,
    }
  }
  const number = nextNumber(fn, scenario)
  const id = freeId(`${fn}V${number}`, taken(scenario))
  const note = description.trim() === '' ? {} : { Description: description.trim().slice(0, 256) }
  const version: Resource = {
    Type: VERSION,
    Properties: { FunctionName: fn, ...note },
    Behavior: { number, snapshot: clone(snapshotOf(fn, scenario)) },
  }
  const owner = scenario.resources[fn] ?? { Type: FUNCTION }
  const counted: Resource = { ...owner, Behavior: { ...owner.Behavior, published: number } }
  return {
    label: `Publish version ${number} of ${name}`,
    patches: withRoom(fn, { [id]: version, [fn]: counted }, scenario),
    said: `Published version ${number} of ${name}. It never changes; ${LATEST} is still yours to edit.`,
    made: id,
  }
}

/** New resources of a function, and what its taller face would cover moved below it. */
function withRoom(fn: LogicalId, changes: { readonly [id: LogicalId]: Resource }, scenario: Scenario): Patch[] {
  const after: Scenario = { ...scenario, resources: { ...scenario.resources, ...changes } }
  const moved = Object.entries(madeRoom(fn, scenario, after)).map(([id, at]): Patch => ({
    op: 'replace',
    path: pointer(['layout', id]),
    value: { ...at },
  }))
  return [...resourcePatches(scenario, changes), ...moved]
}

const clone = (value: JsonObject): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject

/** What is wrong with a name for a new alias; undefined when nothing is. */
export function aliasNameProblem(fn: LogicalId, name: string, scenario: Scenario): string | undefined {
  if (!ALIAS_NAME.test(name))
    return /^[0-9]+$/.test(name)
      ? 'A name of digits alone is a version. Add a letter.'
      : 'Write letters, digits, - and _, at most 128.'
  const there = aliasesOf(fn, scenario).some((id) => qualifierOf(id, scenario) === name)
  return there ? `${nameOf(fn, scenario)} has an alias ${name} already.` : undefined
}

export function newAlias(fn: LogicalId, name: string, version: LogicalId, scenario: Scenario): Answer {
  const problem = aliasNameProblem(fn, name, scenario)
  if (problem !== undefined) return { refused: problem }
  const stem = name.replace(/[^a-zA-Z0-9]/g, '')
  const id = freeId(`${fn}${stem.charAt(0).toUpperCase()}${stem.slice(1)}`, taken(scenario))
  const alias: Resource = { Type: ALIAS, Properties: { FunctionName: fn, Name: name, FunctionVersion: version } }
  return {
    label: `New alias ${name}`,
    patches: withRoom(fn, { [id]: alias }, scenario),
    said: `Alias ${name} points to ${versionWords(version, scenario)} of ${nameOf(fn, scenario)}.`,
    made: id,
  }
}

function withRoutes(
  alias: LogicalId,
  version: LogicalId,
  second: LogicalId | null,
  weight: number,
  scenario: Scenario,
) {
  const resource = scenario.resources[alias]
  const { RoutingConfig: _, ...rest } = resource?.Properties ?? {}
  const entry = { FunctionVersion: second, FunctionWeight: weight }
  const routing = second === null ? {} : { RoutingConfig: { AdditionalVersionWeights: [entry] } as Json }
  const next: Resource = { Type: ALIAS, ...resource, Properties: { ...rest, FunctionVersion: version, ...routing } }
  return resourcePatches(scenario, { [alias]: next })
}

export function pointTo(alias: LogicalId, version: LogicalId, scenario: Scenario): Answer {
  const { second, weight } = routesOf(alias, scenario)
  const name = nameOf(alias, scenario)
  const keeps = second !== null && second !== version && sharingProblem(alias, version, second, scenario) === undefined
  return {
    label: `Point ${name} to ${versionWords(version, scenario)}`,
    patches: withRoutes(alias, version, keeps ? second : null, weight, scenario),
    said: `${name} points to ${versionWords(version, scenario)}. Who calls it calls that now.`,
  }
}

/** Why two versions may not share the calls of an alias (LAM-62); undefined when they may. */
export function sharingProblem(
  alias: LogicalId,
  first: LogicalId,
  second: LogicalId,
  scenario: Scenario,
): string | undefined {
  if (first === LATEST || second === LATEST) return `${LATEST} is not published, so it takes no weight`
  const fn = ownerOf(alias, scenario) ?? ''
  const [a, b] = [codeOf(first, fn, scenario), codeOf(second, fn, scenario)]
  if (a.Properties['Role'] !== b.Properties['Role']) return 'another execution role'
  const queue = (code: typeof a): unknown => objectOf(code.Properties['DeadLetterConfig'])['TargetArn']
  return queue(a) === queue(b) ? undefined : 'another dead-letter queue'
}

/** `second` null: the first version gets every call. */
export function weigh(alias: LogicalId, second: LogicalId | null, weight: number, scenario: Scenario): Answer {
  const { version } = routesOf(alias, scenario)
  const name = nameOf(alias, scenario)
  if (second === null) {
    return {
      label: `One version for ${name}`,
      patches: withRoutes(alias, version, null, 0, scenario),
      said: `${name} sends every call to ${versionWords(version, scenario)}.`,
    }
  }
  const problem = sharingProblem(alias, version, second, scenario)
  if (problem !== undefined)
    return { refused: `${versionWords(second, scenario)} cannot share the calls of ${name}: ${problem} (LAM-62).` }
  const share = Math.round(weight * 10_000) / 10_000
  return {
    label: `Weights of ${name}`,
    patches: withRoutes(alias, version, second, share, scenario),
    said: `${name} sends about ${percent(share)} of the calls to ${versionWords(second, scenario)}, drawn call by call.`,
  }
}

export const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`

export interface Back {
  readonly version: LogicalId
  /** `Roll back to version 1`, `Stop sending to version 2`. */
  readonly words: string
}

/** Where rolling back leads: to the version without its canary, else to the one published before; null where there is none. */
export function backOf(alias: LogicalId, scenario: Scenario): Back | null {
  const { version, second } = routesOf(alias, scenario)
  const fn = ownerOf(alias, scenario)
  if (fn === null) return null
  if (second !== null) return { version, words: `Stop sending to ${versionWords(second, scenario)}` }
  const all = versionsOf(fn, scenario)
  const before =
    version === LATEST ? all.at(-1) : all.filter((id) => numberOf(id, scenario) < numberOf(version, scenario)).at(-1)
  return before === undefined ? null : { version: before, words: `Roll back to ${versionWords(before, scenario)}` }
}

export function rollBack(alias: LogicalId, scenario: Scenario): Answer {
  const back = backOf(alias, scenario)
  const name = nameOf(alias, scenario)
  if (back === null) return { refused: `No version was published before the one ${name} points to.` }
  return {
    label: `Roll back ${name}`,
    patches: withRoutes(alias, back.version, null, 0, scenario),
    said: `${name} sends every call to ${versionWords(back.version, scenario)}. No caller changed.`,
  }
}

/** Provisioned concurrency of a version or an alias; undefined takes it away. */
export function provision(id: LogicalId, count: number | undefined, scenario: Scenario): Answer {
  const value = count === undefined ? undefined : { ProvisionedConcurrentExecutions: count }
  const name = nameOf(id, scenario)
  return {
    label: `Provisioned concurrency of ${name}`,
    patches: [
      ...setPatches(scenario, ['resources', id, 'Properties', 'ProvisionedConcurrencyConfig'], value),
      ...(count === undefined ? setPatches(scenario, ['resources', id, 'Behavior', 'requestedAt'], undefined) : []),
    ],
    said:
      count === undefined
        ? `${name} keeps no environments ready.`
        : `${name} keeps ${count} environments ready, and they are paid for while they wait.`,
  }
}

/** Second of the run at which provisioned concurrency is asked for (LAM-47); undefined: it is ready when the run begins. */
export function requestAt(id: LogicalId, second: number | undefined, scenario: Scenario): Answer {
  const name = nameOf(id, scenario)
  return {
    label: `Provisioned concurrency of ${name}`,
    patches: setPatches(scenario, ['resources', id, 'Behavior', 'requestedAt'], second),
    said:
      second === undefined
        ? `The environments of ${name} are ready when the run begins.`
        : `The environments of ${name} are asked for at ${second} s, and are allocated from then on.`,
  }
}

/** Makes callers name another version or alias, with the permission their role needs, as one edit. */
export function repoint(callers: readonly Caller[], to: LogicalId, scenario: Scenario): Answer {
  let now = scenario
  for (const { id, path } of callers) {
    now = withValue(now, path, to)
    const type = scenario.resources[id]?.Type
    const role = type === FUNCTION ? id : scenario.resources[id]?.Properties?.['FunctionName']
    // code and destinations run under a role; clients, mappings and rules do not invoke with one
    if (type === FUNCTION || path.includes('/DestinationConfig/')) {
      if (typeof role === 'string' && now.resources[role] !== undefined) {
        const changed = withPermission(now, role, 'lambda:InvokeFunction', to)
        now = { ...now, resources: { ...now.resources, ...changed } }
      }
    }
  }
  const names = [...new Set(callers.map(({ name }) => name))].join(', ')
  return {
    label: `Call ${nameOf(to, scenario)}`,
    patches: resourcePatches(scenario, now.resources),
    said: `${names} ${callers.length === 1 ? 'calls' : 'call'} ${nameOf(to, scenario)} now.`,
  }
}

function withValue(scenario: Scenario, path: string, value: Json): Scenario {
  const names = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const put = (at: Json | undefined, [name = '', ...rest]: string[]): Json => {
    const next = (child: Json | undefined): Json => (rest.length === 0 ? value : put(child, rest))
    if (Array.isArray(at)) return at.map((item, i) => (String(i) === name ? next(item) : item))
    const object = objectOf(at)
    return { ...object, [name]: next(object[name]) }
  }
  return put(scenario as unknown as Json, names) as unknown as Scenario
}

/** Deletes a version or an alias; what goes with it is in `said`. A version that an alias points to stays (LAM-61). */
export function removal(id: LogicalId, scenario: Scenario): Answer {
  const name = nameOf(id, scenario)
  const fn = ownerOf(id, scenario) ?? ''
  const holding = aliasesOf(fn, scenario).filter((alias) => {
    const { version, second } = routesOf(alias, scenario)
    return version === id || second === id
  })
  if (scenario.resources[id]?.Type === VERSION && holding.length > 0) {
    const names = holding.map((alias) => qualifierOf(alias, scenario)).join(', ')
    return { refused: `${names} ${holding.length === 1 ? 'points' : 'point'} to ${name}. Point elsewhere first.` }
  }
  const { scenario: next, removed } = removeResources(scenario, [id])
  const gone = Object.fromEntries(removed.map((other) => [other, null]))
  return {
    label: `Delete ${name}`,
    patches: resourcePatches(scenario, { ...next.resources, ...gone }),
    said: `Deleted ${name}. ${lossOf(id, scenario)}`.trim(),
  }
}

/** What deleting a version or alias takes away, in one sentence; empty when nobody calls it. */
export function lossOf(id: LogicalId, scenario: Scenario): string {
  const callers = callersOf(ownerOf(id, scenario) ?? '', scenario).filter(({ to }) => to === id)
  const names = [...new Set(callers.map(({ name }) => name))]
  if (names.length === 0) return ''
  return `${names.join(', ')} ${names.length === 1 ? 'calls it and loses its' : 'call it and lose their'} target.`
}
