/** Document edits as JSON patches (RFC 6902 add, replace, remove), applied without touching the original. */
import type { Json, JsonObject, Scenario } from '../model/scenario'
import type { Patch } from './types'

/** Throws when a path leads nowhere. */
export function applyPatches(scenario: Scenario, patches: readonly Patch[]): Scenario {
  let document: unknown = scenario
  for (const patch of patches) document = edit(document, patch.path.split('/').slice(1).map(unescape), patch)
  // The gate has checked the scenario and patches only touch what lies below /resources.
  return document as Scenario
}

export function pointer(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

function edit(node: unknown, keys: readonly string[], patch: Patch): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return patch.value
  if (Array.isArray(node)) return editList(node, key, rest, patch)
  if (typeof node !== 'object' || node === null) throw new Error(`${patch.path} leads nowhere`)
  const copy: { [key: string]: unknown } = { ...node }
  if (rest.length > 0 || patch.op !== 'add') {
    if (!Object.hasOwn(copy, key)) throw new Error(`${patch.path} leads nowhere`)
  }
  if (rest.length === 0 && patch.op === 'remove') delete copy[key]
  else copy[key] = edit(copy[key], rest, patch)
  return copy
}

function editList(node: readonly unknown[], key: string, rest: readonly string[], patch: Patch): unknown[] {
  const copy = [...node]
  const index = key === '-' ? copy.length : Number(key)
  const last = rest.length === 0 && patch.op === 'add' ? copy.length : copy.length - 1
  if (!Number.isInteger(index) || index < 0 || index > last) throw new Error(`${patch.path} leads nowhere`)
  if (rest.length > 0) copy[index] = edit(copy[index], rest, patch)
  else if (patch.op === 'remove') copy.splice(index, 1)
  else if (patch.op === 'add') copy.splice(index, 0, patch.value)
  else copy[index] = patch.value
  return copy
}

/** A scenario being edited step by step, which remembers the steps. */
export class Draft {
  scenario: Scenario
  readonly patches: Patch[] = []

  constructor(scenario: Scenario) {
    this.scenario = scenario
  }

  /** Adds a resource under `name`, or `name2`, `name3` where that is taken, and returns its id. */
  add(name: string, Type: string, Properties: JsonObject): string {
    let id = name
    for (let n = 2; Object.hasOwn(this.scenario.resources, id); n++) id = `${name}${n}`
    this.apply({
      op: 'add',
      path: pointer('resources', id),
      value: Object.keys(Properties).length === 0 ? { Type } : { Type, Properties },
    })
    return id
  }

  set(id: string, property: string, value: Json): void {
    const existing = this.scenario.resources[id]?.Properties
    if (existing === undefined)
      this.apply({ op: 'add', path: pointer('resources', id, 'Properties'), value: { [property]: value } })
    else if (existing[property] !== value)
      this.apply({
        op: Object.hasOwn(existing, property) ? 'replace' : 'add',
        path: pointer('resources', id, 'Properties', property),
        value,
      })
  }

  /** Changes a name of `Behavior`, which must be there. */
  behave(id: string, name: string, value: Json): void {
    this.apply({ op: 'replace', path: pointer('resources', id, 'Behavior', name), value })
  }

  unset(id: string, property: string): void {
    if (!Object.hasOwn(this.scenario.resources[id]?.Properties ?? {}, property)) return
    this.apply({ op: 'remove', path: pointer('resources', id, 'Properties', property) })
  }

  /** Appends to a list property, which need not exist yet. */
  push(id: string, property: string, value: Json): void {
    if (Array.isArray(this.scenario.resources[id]?.Properties?.[property]))
      this.apply({ op: 'add', path: pointer('resources', id, 'Properties', property, '-'), value })
    else this.set(id, property, [value])
  }

  remove(id: string): void {
    this.apply({ op: 'remove', path: pointer('resources', id) })
  }

  private apply(patch: Patch): void {
    this.scenario = applyPatches(this.scenario, [patch])
    this.patches.push(patch)
  }
}
