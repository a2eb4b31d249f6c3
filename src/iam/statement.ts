import { isObject } from '../model/json'
import type { Json, JsonObject } from '../model/scenario'

/** One statement of a policy, read and checked. Lists are as written; a single string becomes a list of one. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  readonly sid?: string
  /** Action patterns; with `notActions` the statement covers every action that fits none of them. */
  readonly actions: readonly string[]
  readonly notActions: boolean
  /** Resource patterns: logical ids, ARNs or `*`; with `notResources` every resource that fits none of them. */
  readonly resources: readonly string[]
  readonly notResources: boolean
  /** Where it stands: JSON pointer into the resource it was read from. */
  readonly path: string
  /** Name of the policy it belongs to. */
  readonly policy?: string
}

export interface PolicyProblem {
  /** JSON pointer into the resource, such as `/Properties/Policies/0/PolicyDocument/Statement/1/Effect`. */
  readonly path: string
  readonly message: string
}

const KNOWN = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

/**
 * Reads a statement of an identity policy. Null, with problems added, when it cannot be applied. Problems may also be
 * added to a statement that can.
 */
export function readStatement(json: Json, path: string, policy: string, problems: PolicyProblem[]): Statement | null {
  if (!isObject(json)) {
    problems.push({ path, message: 'A statement is an object with Effect, Action and Resource.' })
    return null
  }
  reportKeys(json, path, problems)
  const effect = json['Effect']
  if (effect !== 'Allow' && effect !== 'Deny') {
    problems.push({ path: `${path}/Effect`, message: 'Effect is missing or unknown; write Allow or Deny.' })
  }
  const action = readPatterns(json, 'Action', path, problems)
  const resource = readPatterns(json, 'Resource', path, problems)
  if (action !== null) reportActions(action, problems)
  if (action === null || resource === null || (effect !== 'Allow' && effect !== 'Deny')) return null
  const sid = json['Sid']
  return {
    effect,
    ...(typeof sid === 'string' ? { sid } : {}),
    actions: action.patterns,
    notActions: action.negated,
    resources: resource.patterns,
    notResources: resource.negated,
    path,
    ...(policy === '' ? {} : { policy }),
  }
}

function reportKeys(json: JsonObject, path: string, problems: PolicyProblem[]): void {
  for (const key of Object.keys(json)) {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (key === 'Principal' || key === 'NotPrincipal') {
      problems.push({
        path: at,
        message: `${key} has no place in a role's policy; the role is the principal. Remove it.`,
      })
    } else if (!KNOWN.includes(key)) {
      problems.push({ path: at, message: `${key} is no part of a statement; use ${KNOWN.join(', ')}.` })
    }
  }
  const sid = json['Sid']
  if (sid !== undefined && (typeof sid !== 'string' || !/^[A-Za-z0-9]*$/.test(sid))) {
    problems.push({ path: `${path}/Sid`, message: 'Sid is text of letters and digits only.' })
  }
  if (json['Condition'] !== undefined) {
    problems.push({
      path: `${path}/Condition`,
      message: 'Condition is not evaluated yet; the statement counts as if its condition held.',
    })
  }
}

interface Patterns {
  readonly patterns: readonly string[]
  readonly negated: boolean
  readonly path: string
}

function readPatterns(
  json: JsonObject,
  name: 'Action' | 'Resource',
  path: string,
  problems: PolicyProblem[],
): Patterns | null {
  const plain = json[name]
  const negated = json[`Not${name}`]
  if ((plain === undefined) === (negated === undefined)) {
    const both = plain !== undefined
    const message = both
      ? `Use ${name} or Not${name}, not both.`
      : `${name} is missing; write a string or a list of strings.`
    problems.push({ path: `${path}/${name}`, message })
    return null
  }
  const at = `${path}/${negated === undefined ? name : `Not${name}`}`
  const value = plain ?? negated
  const items = Array.isArray(value) ? value : [value]
  const patterns: string[] = []
  for (const [i, item] of items.entries()) {
    const itemPath = Array.isArray(value) ? `${at}/${i}` : at
    if (typeof item === 'string' && item !== '') patterns.push(item)
    else
      problems.push({
        path: itemPath,
        message: `${name} holds ${shown(item)}; write a string such as ${EXAMPLE[name]}.`,
      })
  }
  if (items.length === 0) problems.push({ path: at, message: `${name} is an empty list; name at least one.` })
  return patterns.length === items.length && patterns.length > 0
    ? { patterns, negated: negated !== undefined, path: at }
    : null
}

const EXAMPLE = { Action: 'sqs:SendMessage', Resource: 'Orders or *' } as const

function reportActions({ patterns, path }: Patterns, problems: PolicyProblem[]): void {
  for (const pattern of patterns) {
    if (pattern !== '*' && !/^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/.test(pattern)) {
      problems.push({ path, message: `"${pattern}" is no action; write service:Name, such as sqs:SendMessage.` })
    }
  }
}

function shown(value: Json | undefined): string {
  if (value === '') return 'an empty string'
  if (Array.isArray(value)) return 'a list'
  return isObject(value) ? 'an object' : String(value)
}
