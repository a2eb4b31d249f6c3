/** What schemas cannot see: references, calls, interventions and overridden facts. */
import type { LogicalId, Scenario } from '../model/scenario'
import type { Check, Fix, Problem } from '../services/service'
import { afterSets } from './afterwards'
import { MAX_PROBLEMS } from './limits'
import { parsePointer, pointer } from './pointer'
import type { FoundReference } from './references'
import { actionOf, references } from './references'
import type { Registry } from './registry'
import { labelOf } from './registry'
import { article, oneOf, show } from './say'
import { normaliseResource } from './structure'
import { nearest } from './suggest'

/** Told to send by an intervention. */
const SENDERS = ['Coldstart::Client', 'Coldstart::Source']

/** Every semantic problem of a document whose structure is right. */
export function semanticProblems(scenario: Scenario, registry: Registry): Problem[] {
  return [
    ...checkReferences(scenario, registry),
    ...checkInterventions(scenario, registry),
    ...checkFacts(scenario, registry),
    ...registry.checks.flatMap((check) => guarded(check, scenario)),
    ...afterSets(scenario, (changed) =>
      registry.checks.flatMap((check) => guarded(check, changed)).filter(({ severity }) => severity === 'error'),
    ),
  ]
}

/** A check that fails on a strange document must not take the others with it. */
function guarded(check: Check, scenario: Scenario): Problem[] {
  try {
    return check(scenario).slice(0, MAX_PROBLEMS)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [{ severity: 'info', path: '', message: `One check could not be done: ${reason}` }]
  }
}

const set = (path: string, value: string): Fix => ({ title: `Set ${value}`, patches: [{ op: 'replace', path, value }] })

/** The first hundred: looking for what was meant takes time for each. */
function checkReferences(scenario: Scenario, registry: Registry): Problem[] {
  const problems: Problem[] = []
  for (const reference of references(scenario, registry.schemas)) {
    if (problems.length >= MAX_PROBLEMS) break
    problems.push(...checkReference(reference, scenario, registry))
  }
  return problems
}

const idsOfTypes = (types: readonly string[], scenario: Scenario): LogicalId[] =>
  Object.entries(scenario.resources).flatMap(([id, { Type }]) =>
    types.length === 0 || types.includes(Type) ? [id] : [],
  )

function checkReference(reference: FoundReference, scenario: Scenario, registry: Registry): Problem[] {
  const { from, path, to, types, field } = reference
  const property = field.name === '' ? (parsePointer(path).findLast((part) => !/^\d+$/.test(part)) ?? '') : field.name
  const target = Object.hasOwn(scenario.resources, to) ? scenario.resources[to] : undefined
  if (target === undefined) {
    if (field.dangling === 'blackhole') {
      return [
        {
          severity: 'warning',
          path,
          message: `${from}: ${property} names ${to}, which does not exist. The route is a black hole: its packets are dropped.`,
        },
      ]
    }
    const fitting = idsOfTypes(types, scenario)
    const meant = nearest(to, fitting) ?? (fitting.length === 1 && types.length > 0 ? fitting[0] : undefined)
    const message = `${from}: ${property} names ${to}, which does not exist.`
    if (meant === undefined) return [{ severity: 'error', path, message: `${message} Add it, or name another.` }]
    return [{ severity: 'error', path, message: `${message} Did you mean ${meant}?`, fix: set(path, meant) }]
  }
  if (types.length > 0 && !types.includes(target.Type)) {
    const wanted = oneOf(types.map((type) => labelOf(registry, type)))
    const message = `${from}: ${property} names ${to}, ${article(labelOf(registry, target.Type))}. It takes ${article(wanted)}.`
    const fitting = idsOfTypes(types, scenario)
    const only = fitting.length === 1 ? fitting[0] : undefined
    return [{ severity: 'error', path, message, ...(only === undefined ? {} : { fix: set(path, only) }) }]
  }
  return checkCall(reference, target.Type, registry)
}

function checkCall(reference: FoundReference, type: string, registry: Registry): Problem[] {
  const action = actionOf(reference)
  const kind = Object.hasOwn(registry.kinds, type) ? registry.kinds[type] : undefined
  if (action === undefined || kind === undefined) return []
  const answered = Object.keys(kind.actions ?? {})
  if (answered.includes(action)) return []
  const { from, to, field } = reference
  const parent = parsePointer(reference.path).slice(0, -1)
  const path = pointer([...parent, field.answers ?? ''])
  const message = `${from}: ${to} is ${article(kind.label)} and does not answer ${action}.`
  if (answered.length === 0) return [{ severity: 'error', path, message: `${message} It answers no calls.` }]
  const meant = nearest(action, answered) ?? (answered.length === 1 ? answered[0] : undefined)
  const fix = meant === undefined ? {} : { fix: set(path, meant) }
  return [{ severity: 'error', path, message: `${message} It answers ${oneOf(answered)}.`, ...fix }]
}

function checkInterventions(scenario: Scenario, registry: Registry): Problem[] {
  return (scenario.interventions ?? []).flatMap((step, i): Problem[] => {
    const problems: Problem[] = []
    const report = (severity: Problem['severity'], key: string, message: string, fix?: Fix) =>
      problems.push({
        severity,
        path: pointer(['interventions', i, key]),
        message,
        ...(fix === undefined ? {} : { fix }),
      })
    const exists = (key: string, id: LogicalId): boolean => {
      if (Object.hasOwn(scenario.resources, id)) return true
      const meant = nearest(id, Object.keys(scenario.resources))
      const fix = meant === undefined || key === 'set' ? undefined : set(pointer(['interventions', i, key]), meant)
      report(
        'error',
        key,
        `Intervention ${i + 1}: ${id} does not exist.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
        fix,
      )
      return false
    }
    if (step.at > scenario.duration) {
      report(
        'warning',
        'at',
        `Intervention ${i + 1} is at ${step.at} s. The run ends at ${scenario.duration} s, so it never happens.`,
      )
    }
    if ('send' in step) {
      if (exists('send', step.send) && !SENDERS.includes(scenario.resources[step.send]?.Type ?? '')) {
        report('error', 'send', `Intervention ${i + 1}: ${step.send} is no client. Only clients are told to send.`)
      }
    } else if ('set' in step) {
      const [, id = ''] = parsePointer(step.set)
      if (exists('set', id)) problems.push(...checkSet(scenario, registry, i))
    } else if ('replay' in step) {
      exists('replay', step.replay)
      for (const rule of step.rules ?? []) exists('rules', rule)
    } else if ('cancel' in step) {
      exists('cancel', step.cancel)
    } else {
      const fault = 'fault' in step ? step.fault : step.repair
      if (step.resource !== undefined) exists('resource', step.resource)
      if (fault !== 'az-outage' && step.resource === undefined)
        report('error', 'resource', `Intervention ${i + 1}: ${fault} needs resource.`)
      if (fault === 'az-outage' && step.zone === undefined)
        report('error', 'zone', `Intervention ${i + 1}: az-outage needs zone.`)
    }
    return problems
  })
}

/** The resource as it would be after a `set` must pass its schema too. */
function checkSet(scenario: Scenario, registry: Registry, index: number): Problem[] {
  const step = scenario.interventions?.[index]
  if (step === undefined || !('set' in step)) return []
  const [, id = '', ...path] = parsePointer(step.set)
  const resource = scenario.resources[id]
  if (resource === undefined) return []
  if (['__proto__', 'constructor', 'prototype'].some((name) => path.includes(name))) {
    return [
      {
        severity: 'error',
        path: pointer(['interventions', index, 'set']),
        message: `Intervention ${index + 1}: ${show(step.set)} is no property.`,
      },
    ]
  }
  const changed = structuredClone(resource)
  let here: { [key: string]: unknown } = changed as unknown as { [key: string]: unknown }
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(here, part) ? here[part] : undefined
    if (typeof next !== 'object' || next === null) here[part] = {}
    here = here[part] as { [key: string]: unknown }
  }
  const last = path.at(-1) ?? ''
  here[last] = step.value
  return normaliseResource(id, changed, registry).problems.map(({ severity, message }) => ({
    severity,
    path: pointer(['interventions', index, 'value']),
    message: `Intervention ${index + 1}: ${message}`,
  }))
}

function checkFacts(scenario: Scenario, registry: Registry): Problem[] {
  return Object.entries(scenario.facts ?? {}).flatMap(([key, value]): Problem[] => {
    const path = pointer(['facts', key])
    const fact = Object.hasOwn(registry.facts, key) ? registry.facts[key] : undefined
    const configurable = Object.values(registry.facts).filter((known) => known.configurable !== undefined)
    if (fact?.configurable === undefined) {
      const meant = nearest(
        key,
        configurable.map((known) => known.key),
      )
      const remove: Fix = { title: `Remove ${key}`, patches: [{ op: 'remove', path }] }
      const reason = fact === undefined ? 'is not a known fact' : 'cannot be changed: AWS gives no choice'
      return [
        {
          severity: 'error',
          path,
          message: `${key} ${reason}.${meant === undefined ? ' Remove it.' : ` Did you mean ${meant}?`}`,
          fix: remove,
        },
      ]
    }
    const { min, max } = fact.configurable
    if (value >= min && value <= max) return []
    const nearestLegal = Math.min(max, Math.max(min, value))
    const unit = fact.unit === 'count' || fact.unit === 'ratio' ? '' : ` ${fact.unit}`
    const message = `${key} is ${min} to ${max}${unit}. You wrote ${show(value)}. The ${value > max ? 'largest' : 'smallest'} is ${nearestLegal}.`
    return [
      {
        severity: 'error',
        path,
        message,
        fix: { title: `Set ${nearestLegal}`, patches: [{ op: 'replace', path, value: nearestLegal }] },
      },
    ]
  })
}
