import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, properties } from '../../network/read'
import { freeId, idsOf, taken, typeOf, withProperties } from '../edit'
import { ROLE, roleOf, withoutPermission, withPermissions } from '../roles'
import type { Connection, Connector } from '../service'
import { pipeRole } from './role'
import { FUNCTIONS, PIPE, pipeOf, QUEUE, SOURCES, TABLE, TARGETS } from './settings'

type Resources = { [id: LogicalId]: Resource }
const isPipe = (id: LogicalId, scenario: Scenario): boolean => typeOf(id, scenario) === PIPE

/** The pipe with properties changed, and a role that may do what that takes. */
function changed(
  scenario: Scenario,
  id: LogicalId,
  change: JsonObject,
  iam: readonly string[],
  on: LogicalId,
): Resources {
  const resource = scenario.resources[id]!
  const role = roleOf(resource) ?? freeId(`${id}Role`, taken(scenario))
  const resources: Resources = {
    [id]: withProperties(resource, { ...change, RoleArn: role }),
    ...(typeOf(role, scenario) === ROLE ? {} : { [role]: pipeRole() }),
  }
  const now = { ...scenario, resources: { ...scenario.resources, ...resources } }
  return { ...resources, ...withPermissions(now, id, iam, on) }
}

/** The pipe without properties, and its role without the permissions. */
function without(
  scenario: Scenario,
  id: LogicalId,
  names: readonly string[],
  iam: readonly string[],
  on: LogicalId,
): Resources {
  const kept = Object.entries(properties(scenario.resources[id]!)).filter(([name]) => !names.includes(name))
  let resources: Resources = { [id]: { ...scenario.resources[id]!, Properties: Object.fromEntries(kept) } }
  for (const action of iam) {
    const now = { ...scenario, resources: { ...scenario.resources, ...resources } }
    resources = { ...resources, ...withoutPermission(now, id, action, on) }
  }
  return resources
}

/** queue, stream or table -> pipe. The pipe reads, so the wire points back. */
export const sourceConnector: Connector = {
  derive: (scenario) =>
    idsOf(PIPE, scenario).flatMap((id): Connection[] => {
      const { source, batchSize } = pipeOf(id, scenario)
      if (source === null) return []
      const { action } = SOURCES[source.type]!
      return [{ from: id, to: source.id, action, style: 'sync', label: `batch ${batchSize}` }]
    }),
  accepts(from, to, scenario, port) {
    if (!isPipe(to, scenario)) return null
    if (SOURCES[typeOf(from, scenario) ?? ''] === undefined || port === 'failure')
      return { refused: `A pipe reads a queue, a stream or a table with a stream. Draw from one of these to ${to}.` }
    const { source, target } = pipeOf(to, scenario)
    if (source?.id === from) return { refused: `${to} reads ${from} already.` }
    if (source !== null) return { refused: `${to} reads ${source.id}, and a pipe has one source. Add another pipe.` }
    return target?.id === from ? { refused: `${to} would read what it writes, over and over.` } : true
  },
  connect(from, to, scenario) {
    const { iam } = SOURCES[typeOf(from, scenario) ?? '']!
    const table = scenario.resources[from]!
    const streaming =
      table.Type !== TABLE || properties(table)['StreamSpecification'] !== undefined
        ? {}
        : { [from]: withProperties(table, { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }) }
    return {
      resources: { ...changed(scenario, to, { Source: from }, iam, from), ...streaming },
      said: `${to} reads ${from}. Added ${iam[0]!} to its role.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const { iam } = SOURCES[typeOf(to, scenario) ?? '']!
    return {
      resources: without(scenario, from, ['Source', 'SourceParameters'], iam, to),
      said: `${from} no longer reads ${to}.`,
    }
  },
}

/** pipe -> target. Drawn to a function when there is a target already, the function enriches. */
export const targetConnector: Connector = {
  derive: (scenario) =>
    idsOf(PIPE, scenario).flatMap((from): Connection[] => {
      const { target, enrichment } = pipeOf(from, scenario)
      return [
        ...(enrichment === null
          ? []
          : [{ from, to: enrichment, action: 'lambda:Invoke', style: 'sync' as const, label: 'enriches' }]),
        ...(target === null
          ? []
          : [
              {
                from,
                to: target.id,
                action: target.action,
                style: target.action === 'lambda:Invoke' ? ('sync' as const) : ('async' as const),
              },
            ]),
      ]
    }),
  accepts(from, to, scenario, port) {
    if (!isPipe(from, scenario) || port === 'failure') return null
    const type = typeOf(to, scenario) ?? ''
    const { source, target, enrichment } = pipeOf(from, scenario)
    if (TARGETS[type] === undefined)
      return { refused: `A pipe delivers to a function, queue, topic, stream or bus, not to ${to}.` }
    if (to === source?.id) return { refused: `${from} would read what it writes, over and over.` }
    if (to === target?.id || to === enrichment) return { refused: `${from} calls ${to} already.` }
    if (target === null || (FUNCTIONS.includes(type) && enrichment === null)) return true
    return {
      refused: `${from} delivers to ${target.id}, and a pipe has one target. Deliver to a bus or topic instead.`,
    }
  },
  connect(from, to, scenario) {
    const { iam } = TARGETS[typeOf(to, scenario) ?? '']!
    const first = pipeOf(from, scenario).target === null
    return {
      resources: changed(scenario, from, first ? { Target: to } : { Enrichment: to }, [iam], to),
      said: first
        ? `${from} delivers to ${to}. Added ${iam} to its role.`
        : `${to} enriches what ${from} delivers. Added ${iam} to its role.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const { enrichment } = pipeOf(from, scenario)
    const { iam } = TARGETS[typeOf(to, scenario) ?? '']!
    return enrichment === to
      ? {
          resources: without(scenario, from, ['Enrichment'], [iam], to),
          said: `${to} no longer enriches what ${from} delivers.`,
        }
      : {
          resources: without(scenario, from, ['Target', 'TargetParameters'], [iam], to),
          said: `${from} no longer delivers to ${to}.`,
        }
  },
}

/** pipe -> queue at the bottom: what it gives up of a stream. */
export const deadLetterConnector: Connector = {
  derive: (scenario) =>
    idsOf(PIPE, scenario).flatMap((from): Connection[] => {
      const { deadLetter } = pipeOf(from, scenario)
      if (deadLetter === null) return []
      return [{ from, to: deadLetter, action: 'sqs:SendMessage', port: 'failure', style: 'async', label: 'discarded' }]
    }),
  accepts(from, to, scenario, port) {
    if (!isPipe(from, scenario) || port !== 'failure') return null
    const { source, deadLetter } = pipeOf(from, scenario)
    if (typeOf(to, scenario) !== QUEUE) return { refused: 'What a pipe gives up is told to a queue.' }
    if (source === null || SOURCES[source.type]!.shards === null)
      return { refused: `A queue has its own dead-letter queue. Draw that from ${source?.id ?? 'the queue'}.` }
    return deadLetter === to ? { refused: `${to} is told already.` } : true
  },
  connect(from, to, scenario) {
    return {
      resources: changed(scenario, from, told(from, scenario, { Arn: to }), ['sqs:SendMessage'], to),
      said: `${to} is told where records are that ${from} gives up.`,
    }
  },
  disconnect({ from, to }, scenario) {
    const resources = without(scenario, from, [], ['sqs:SendMessage'], to)
    resources[from] = withProperties(resources[from]!, told(from, scenario, undefined))
    return { resources, said: `${to} is told no more of what ${from} gives up.` }
  },
}

function told(id: LogicalId, scenario: Scenario, DeadLetterConfig: JsonObject | undefined): JsonObject {
  const { source } = pipeOf(id, scenario)
  const name = SOURCES[source?.type ?? '']?.parameters ?? ''
  const all = object(properties(scenario.resources[id]!)['SourceParameters'])
  const { DeadLetterConfig: _, ...rest } = object(all[name])
  return {
    SourceParameters: { ...all, [name]: { ...rest, ...(DeadLetterConfig === undefined ? {} : { DeadLetterConfig }) } },
  }
}

export const connectors: readonly Connector[] = [sourceConnector, targetConnector, deadLetterConnector]
