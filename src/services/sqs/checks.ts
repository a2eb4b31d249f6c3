import type { LogicalId, Scenario } from '../../model/scenario'
import { idsOf, pointer, typeOf } from '../edit'
import type { Problem } from '../service'
import { leadsTo } from './connectors'
import { QUEUE, redriveOf, settingsOf } from './settings'

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
  if (type !== QUEUE) {
    const what = type === null ? `There is no ${redrive.target}` : `${redrive.target} is no queue`
    return [{ severity: 'error', path, message: `${what}. The dead-letter queue of ${id} is a queue.`, fix: remove }]
  }
  const problems: Problem[] = []
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
