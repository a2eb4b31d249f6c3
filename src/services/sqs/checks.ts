import { objectOf } from '../../model/json'
import type { Json, JsonObject, LogicalId, Scenario } from '../../model/scenario'
import { list, object, ref } from '../../network/read'
import { idsOf, pointer, typeOf } from '../edit'
import type { Check, Problem } from '../service'
import { leadsTo } from './connectors'
import { isFifo, QUEUE, redriveOf, settingsOf } from './settings'

/** Redrive policies that cannot work or surprise. */
export function redriveProblems(scenario: Scenario): Problem[] {
  return idsOf(QUEUE, scenario).flatMap((id) => problemsOf(id, scenario))
}

function problemsOf(id: LogicalId, scenario: Scenario): Problem[] {
  const redrive = redriveOf(scenario.resources[id]!)
  if (redrive === null) return []
  const path = pointer(id, 'Properties', 'RedrivePolicy', 'deadLetterTargetArn')
  const remove = {
    title: 'Remove the redrive policy',
    patches: [{ op: 'remove' as const, path: pointer(id, 'Properties', 'RedrivePolicy') }],
  }
  const type = typeOf(redrive.target, scenario)
  if (redrive.target === id) {
    return [
      { severity: 'error', path, message: `${id} is its own dead-letter queue. Name a second queue.`, fix: remove },
    ]
  }
  // the gate says so of every reference
  if (type !== QUEUE) return []
  const problems: Problem[] = []
  const fifo = isFifo(scenario.resources[id])
  if (isFifo(scenario.resources[redrive.target]) !== fifo) {
    const kind = fifo ? 'a FIFO queue' : 'a standard queue'
    const message = `InvalidParameterValue: the dead-letter queue of ${id} must be ${kind} as well. ${redrive.target} is not (SQS-5).`
    problems.push({ severity: 'error', path, message, fix: remove })
  }
  if (leadsTo(redrive.target, id, scenario)) {
    const message = `${id} and ${redrive.target} dead-letter to each other. A message that always fails goes round until it expires.`
    problems.push({ severity: 'warning', path, message })
  }
  if (redrive.maxReceiveCount === 1) {
    const at = pointer(id, 'Properties', 'RedrivePolicy', 'maxReceiveCount')
    problems.push({
      severity: 'warning',
      path: at,
      message: `maxReceiveCount is 1: one failed receive sends a message of ${id} to ${redrive.target}. Set 3 for two more tries?`,
      fix: { title: 'Set maxReceiveCount 3', patches: [{ op: 'replace', path: at, value: 3 }] },
    })
  }
  const own = settingsOf(scenario.resources[id]!.Properties ?? {})
  const dead = settingsOf(scenario.resources[redrive.target]!.Properties ?? {})
  if (dead.retention < own.retention) {
    problems.push({
      severity: 'warning',
      path: pointer(redrive.target, 'Properties', 'MessageRetentionPeriod'),
      message: `${redrive.target} keeps messages ${dead.retention} s, ${id} keeps them ${own.retention} s, and the age counts on after the move. Some would expire on arrival. Keep them longer in ${redrive.target}.`,
    })
  }
  return problems
}

const FIFO_ONLY = ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit']

/** What SQS refuses about FIFO queues (SQS-4), in its words. */
export function fifoProblems(scenario: Scenario): Problem[] {
  return idsOf(QUEUE, scenario).flatMap((id): Problem[] => {
    const properties = scenario.resources[id]!.Properties ?? {}
    const fifo = isFifo(scenario.resources[id])
    const problems: Problem[] = []
    const name = properties['QueueName']
    if (typeof name === 'string' && name.endsWith('.fifo') !== fifo) {
      const path = pointer(id, 'Properties', 'QueueName')
      const value = fifo ? `${name.slice(0, 75)}.fifo` : name.slice(0, -5)
      const message = fifo
        ? `The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length. You wrote ${name}.`
        : `Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length. The suffix .fifo is for FIFO queues; ${id} is a standard queue.`
      problems.push({
        severity: 'error',
        path,
        message,
        fix: { title: `Set ${value}`, patches: [{ op: 'replace', path, value }] },
      })
    }
    for (const attribute of fifo ? [] : FIFO_ONLY) {
      // a false one is what a standard queue has anyway
      if (properties[attribute] === undefined || properties[attribute] === false) continue
      const path = pointer(id, 'Properties', attribute)
      problems.push({
        severity: 'error',
        path,
        message: `InvalidAttributeName: Unknown Attribute ${attribute}. It belongs to FIFO queues and ${id} is a standard queue.`,
        fix: { title: `Remove ${attribute}`, patches: [{ op: 'remove', path }] },
      })
    }
    if (
      fifo &&
      properties['FifoThroughputLimit'] === 'perMessageGroupId' &&
      properties['DeduplicationScope'] !== 'messageGroup'
    ) {
      const path = pointer(id, 'Properties', 'DeduplicationScope')
      problems.push({
        severity: 'error',
        path: pointer(id, 'Properties', 'FifoThroughputLimit'),
        message: `InvalidAttributeValue: FifoThroughputLimit perMessageGroupId needs DeduplicationScope messageGroup. ${id} has ${String(properties['DeduplicationScope'] ?? 'queue')}.`,
        fix: { title: 'Set messageGroup', patches: [{ op: 'add', path, value: 'messageGroup' }] },
      })
    }
    return problems
  })
}

/** Clients and steps that send to a FIFO queue without a message group: every one of their messages is refused (SQS-4). */
export function groupProblems(scenario: Scenario): Problem[] {
  return Object.entries(scenario.resources).flatMap(([id, { Type, Behavior }]): Problem[] => {
    if (Type === 'Coldstart::Client') return missingGroup(id, Behavior, pointer(id, 'Behavior'), scenario)
    const steps = Behavior?.['steps']
    if (!Array.isArray(steps)) return []
    return steps.flatMap((step, i) => missingGroup(id, objectOf(step), pointer(id, 'Behavior', 'steps', i), scenario))
  })
}

/** `call`: what says `call`, `to` and `group`, at `path`. */
function missingGroup(id: LogicalId, call: JsonObject | undefined, path: string, scenario: Scenario): Problem[] {
  const to = call?.['to']
  if (call?.['call'] !== 'sqs:SendMessage' || typeof to !== 'string') return []
  if (!isFifo(scenario.resources[to]) || call['group'] !== undefined) return []
  return [
    {
      severity: 'warning',
      path: `${path}/group`,
      message: `MissingParameter: ${to} is a FIFO queue and the messages of ${id} have no message group. SQS refuses all of them (SQS-4).`,
      fix: { title: 'Set group a', patches: [{ op: 'add', path: `${path}/group`, value: 'a' }] },
    },
  ]
}

/** Rules and schedules name no deduplication id: a FIFO queue behind one has to take the content for it (SQS-4). */
export function deduplicationProblems(scenario: Scenario): Problem[] {
  const targets = Object.entries(scenario.resources).flatMap(([id, { Type, Properties = {} }]): [string, Json][] => {
    if (Type === 'AWS::Events::Rule')
      return list(Properties['Targets']).map((target) => [id, object(target)['Arn'] ?? null])
    return Type === 'AWS::Scheduler::Schedule' ? [[id, object(Properties['Target'])['Arn'] ?? null]] : []
  })
  return targets.flatMap(([id, arn]): Problem[] => {
    const to = ref(arn ?? undefined)
    const properties = to === null ? undefined : scenario.resources[to]?.Properties
    if (to === null || typeOf(to, scenario) !== QUEUE || properties?.['FifoQueue'] !== true) return []
    if (properties['ContentBasedDeduplication'] === true) return []
    const path = pointer(to, 'Properties', 'ContentBasedDeduplication')
    return [
      {
        severity: 'warning',
        path,
        message: `${id} sends to the FIFO queue ${to} and names no deduplication id. SQS refuses all of it until ${to} deduplicates by content (SQS-4).`,
        fix: { title: 'Deduplicate by content', patches: [{ op: 'add', path, value: true }] },
      },
    ]
  })
}

export const checks: readonly Check[] = [redriveProblems, fifoProblems, groupProblems, deduplicationProblems]
