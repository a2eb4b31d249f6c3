/** Scenarios as text with a stable order of keys. */
import { Document, isMap, isScalar, isSeq, visit } from 'yaml'
import type { Node } from 'yaml'
import type { Json, JsonObject, Resource, Scenario } from '../model/scenario'
import { ENVELOPE_KEYS } from './envelope'

const RESOURCE_KEYS = ['Type', 'Properties', 'Behavior']
const INLINE = 72

/** Envelope and resource keys in their fixed order; everything below keeps the order it has. */
export function ordered(scenario: Scenario): JsonObject {
  const document = arrange(scenario as unknown as JsonObject, ENVELOPE_KEYS)
  document.resources = Object.fromEntries(
    Object.entries(scenario.resources).map(([id, resource]: [string, Resource]) => [
      id,
      arrange(resource as unknown as JsonObject, RESOURCE_KEYS),
    ]),
  )
  return document
}

function arrange(object: JsonObject, keys: readonly string[]): JsonObject {
  const rank = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length)
  const entries = Object.entries(object).filter(([, value]: [string, Json | undefined]) => value !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)))
}

/** Text that the gate reads back as the same document. */
export function serialise(scenario: Scenario, format: 'json' | 'yaml'): string {
  if (format === 'json') return `${JSON.stringify(ordered(scenario), null, 2)}\n`
  const document = new Document(ordered(scenario), { aliasDuplicateObjects: false })
  if (document.contents !== null) compact(document.contents, 2)
  return document.toString(YAML_STYLE)
}

export const YAML_STYLE = { lineWidth: 120, flowCollectionPadding: true } as const

/** Writes small collections that lie at least `depth` levels down on one line. */
export function compact(root: Node, depth: number): void {
  visit(root, {
    Collection(_, node, path) {
      const level = path.filter((step) => isMap(step) || isSeq(step)).length
      if (level < depth || !short(node)) return undefined
      node.flow = true
      return visit.SKIP
    },
  })
}

function short(node: Node): boolean {
  let commented = false
  visit(node, (_, part) => {
    if (typeof part === 'object' && part !== null && ('comment' in part || 'commentBefore' in part) && hasComment(part))
      commented = true
    if (isScalar(part) && typeof part.value === 'string' && part.value.includes('\n')) commented = true
  })
  return !commented && JSON.stringify(node.toJSON()).length <= INLINE
}

function hasComment(node: object): boolean {
  const { comment, commentBefore } = node as { comment?: string | null; commentBefore?: string | null }
  return (comment ?? commentBefore ?? null) !== null
}
