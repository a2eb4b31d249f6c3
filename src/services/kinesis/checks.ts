import type { Scenario } from '../../model/scenario'
import { list, object, properties, text } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import type { Check, Problem } from '../service'
import { CONSUMER, consumersOf, isOnDemand, STREAM, streamOf } from './settings'

/** Consumers a stream may have (KIN-5). */
const MOST_CONSUMERS = 20

/** Capacity that CreateStream refuses (KIN-6). */
function capacityProblems(scenario: Scenario): Problem[] {
  return idsOf(STREAM, scenario).flatMap((id): Problem[] => {
    const resource = scenario.resources[id]!
    const path = pointer(id, 'Properties', 'ShardCount')
    if (isOnDemand(resource) && properties(resource)['ShardCount'] !== undefined) {
      const message = `InvalidArgumentException: ${id} is on demand, where AWS sets the number of shards. Remove ShardCount, or set the mode PROVISIONED (KIN-6).`
      const fix = { title: 'Remove ShardCount', patches: [{ op: 'remove' as const, path }] }
      return [{ severity: 'error', path, message, fix }]
    }
    return []
  })
}

function consumerProblems(scenario: Scenario): Problem[] {
  const many = idsOf(STREAM, scenario).flatMap((id) =>
    consumersOf(id, scenario)
      .slice(MOST_CONSUMERS)
      .map((consumer): Problem => ({
        severity: 'error',
        path: pointer(consumer),
        message: `LimitExceededException: ${id} has more than ${MOST_CONSUMERS} consumers with enhanced fan-out. Let ${consumer} poll the stream instead (KIN-5).`,
      })),
  )
  const idle = idsOf(CONSUMER, scenario).flatMap((id): Problem[] => {
    const stream = streamOf(scenario.resources[id])
    if (typeOf(stream, scenario) !== STREAM) return []
    const read = Object.values(scenario.resources).some(({ Properties }) => Properties?.['EventSourceArn'] === id)
    if (read) return []
    const message = `Nothing reads through ${id}, which costs by the hour in AWS. Name it as EventSourceArn of a mapping.`
    return [{ severity: 'info', path: pointer(id), message }]
  })
  return [...many, ...idle]
}

/** One partition key for everything a client sends: one shard works, the others idle (KIN-3). */
function hotKeyProblems(scenario: Scenario): Problem[] {
  return idsOf('Coldstart::Client', scenario).flatMap((id): Problem[] => {
    const behavior = object(scenario.resources[id]!.Behavior)
    const to = text(behavior['to'])
    const group = text(behavior['group'])
    if (behavior['call'] !== 'kinesis:PutRecord' || to === null || group === null) return []
    if (typeOf(to, scenario) !== STREAM || properties(scenario.resources[to]!)['ShardCount'] === 1) return []
    const otherKeys = Object.values(scenario.resources).some(
      ({ Behavior: other }) => other?.['to'] === to && other['call'] === behavior['call'] && other['group'] !== group,
    )
    if (otherKeys || callsFrom(to, scenario)) return []
    const path = pointer(id, 'Behavior', 'group')
    const message = `All records of ${to} have the partition key ${group}, so they all go to one shard and the rest stay empty. Remove the key to spread them (KIN-3).`
    return [
      {
        severity: 'info',
        path,
        message,
        fix: { title: 'Remove the partition key', patches: [{ op: 'remove', path }] },
      },
    ]
  })
}

/** Whether functions put records too. */
const callsFrom = (stream: string, scenario: Scenario): boolean =>
  Object.values(scenario.resources).some(({ Behavior }) =>
    list(Behavior?.['steps']).some((step) => object(step)['to'] === stream),
  )

export const checks: readonly Check[] = [capacityProblems, consumerProblems, hotKeyProblems]
