/** Drawing and removing wires through the services' connectors. */
import type { LogicalId, Scenario } from '../model/scenario'
import type { Connection, Refusal } from '../services/service'
import { label, withResources, type EditResult } from './edit-result'
import { unknownKind } from './outline'
import type { Registry } from './types'

/** true, or why a wire from one to the other cannot be. The first connector that accepts wins; refusals are collected. */
export function canConnect(
  scenario: Scenario,
  registry: Registry,
  from: string,
  to: string,
  port?: string,
): true | Refusal {
  let refusal: Refusal | null = null
  for (const connector of registry.connectors) {
    const answer = connector.accepts(from, to, scenario, port)
    if (answer === true) return true
    if (answer !== null && refusal === null) refusal = answer
  }
  return (
    refusal ?? {
      refused:
        from === to
          ? `${from} cannot be wired to itself.`
          : `No wire leads from ${describe(scenario, registry, from)} to ${describe(scenario, registry, to)}.`,
    }
  )
}

export function connect(
  scenario: Scenario,
  registry: Registry,
  from: LogicalId,
  to: LogicalId,
  port?: string,
): EditResult {
  for (const connector of registry.connectors) {
    if (connector.accepts(from, to, scenario, port) !== true) continue
    const { resources, said } = connector.connect(from, to, scenario, port)
    return { scenario: withResources(scenario, resources), said, ids: [from] }
  }
  const verdict = canConnect(scenario, registry, from, to, port)
  return verdict === true ? { refused: `No wire leads from ${from} to ${to}.` } : verdict
}

/** Removes a wire through the connector that derives it. */
export function disconnect(scenario: Scenario, registry: Registry, connection: Connection): EditResult {
  for (const connector of registry.connectors) {
    if (!connector.derive(scenario).some((other) => isSameWire(other, connection))) continue
    const { resources, said } = connector.disconnect(connection, scenario)
    return { scenario: withResources(scenario, resources), said, ids: [] }
  }
  return { refused: `There is no wire from ${connection.from} to ${connection.to}.` }
}

function isSameWire(a: Connection, b: Connection): boolean {
  return a.from === b.from && a.to === b.to && a.action === b.action && a.port === b.port && a.resource === b.resource
}

function describe(scenario: Scenario, registry: Registry, id: LogicalId): string {
  const type = scenario.resources[id]?.Type
  const kind = type === undefined ? undefined : (registry.kinds[type] ?? unknownKind(type))
  return kind === undefined ? id : `${label(scenario, id)} (${kind.label.toLowerCase()})`
}
