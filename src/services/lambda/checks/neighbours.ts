import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { LAYER } from '../resource-types'
import { functionOf } from '../targets'

/**
 * What AWS looks at when a resource is changed: the functions it concerns with all that belongs to them, and what these name. Read
 * from the document before the run; what belongs to what never changes in a run.
 */
export class Neighbours {
  /** Versions, aliases, mappings and settings by function. */
  readonly #members = new Map<LogicalId, LogicalId[]>()
  readonly #owner = new Map<LogicalId, LogicalId>()
  /** Functions by the role or layer that they or their versions name. */
  readonly #users = new Map<LogicalId, Set<LogicalId>>()

  constructor(scenario: Scenario) {
    const { resources } = scenario
    for (const [id, resource] of Object.entries(resources)) {
      const fn = ownerOf(id, scenario)
      if (fn === null) continue
      this.#owner.set(id, fn)
      if (fn !== id) this.#belongs(fn, id)
      for (const named of namesIn(resource, resources)) {
        const { Type } = resources[named]!
        if (Type === LAYER || Type === 'AWS::IAM::Role')
          this.#users.set(named, (this.#users.get(named) ?? new Set()).add(fn))
      }
    }
  }

  #belongs(fn: LogicalId, id: LogicalId): void {
    const members = this.#members.get(fn)
    if (members === undefined) this.#members.set(fn, [id])
    else members.push(id)
  }

  /** Ids of a resource and its neighbours among `resources`. */
  of(id: LogicalId, resources: Scenario['resources']): LogicalId[] {
    const fn = this.#owner.get(id) ?? null
    const functions = fn === null ? [...(this.#users.get(id) ?? [])] : [fn]
    const members = [id, ...functions.flatMap((it) => [it, ...(this.#members.get(it) ?? [])])]
    const named = members.flatMap((it) => namesIn(resources[it]!, resources))
    return [...new Set([...members, ...named])]
  }
}

function ownerOf(id: LogicalId, scenario: Scenario): LogicalId | null {
  const owner = functionOf(id, scenario)
  if (owner !== null) return owner
  const named = scenario.resources[id]?.Properties?.['FunctionName']
  return typeof named === 'string' ? functionOf(named, scenario) : null
}

/** Ids a resource names in its properties, or in those it was published with. */
function namesIn({ Properties, Behavior }: Resource, resources: Scenario['resources']): LogicalId[] {
  const found: LogicalId[] = []
  const visit = (value: Json | undefined): void => {
    if (typeof value === 'string') {
      if (Object.hasOwn(resources, value)) found.push(value)
    } else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part)
  }
  visit(Properties)
  visit((Behavior?.['snapshot'] as JsonObject | undefined)?.['Properties'])
  return found
}
