import { compileInput } from '../../events/input/target-input'
import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, properties, text } from '../../network/read'
import { typeOf } from '../edit'
import { notGranted } from '../service-role'
import type { Problem } from '../service'
import { accountOf } from './accounts'
import { BUS, inputOf, type TargetSettings } from './settings'

interface Written {
  readonly rule: LogicalId
  readonly bus: LogicalId | null
  readonly target: TargetSettings
  readonly entry: JsonObject
  /** Where the target is written. */
  readonly path: string
}

const flag = (id: LogicalId, name: string, scenario: Scenario): boolean =>
  properties(scenario.resources[id] ?? NOTHING)[name] === true
const NOTHING: Resource = { Type: '' }

/** What a target of this kind needs, or does not take (EB-12, EB-13, SQS-4). */
export function kindProblems({ rule, bus, target, entry, path }: Written, scenario: Scenario): Problem[] {
  const { id, action, role, group } = target
  const problems: Problem[] = []
  const error = (at: string, message: string): void => void problems.push({ severity: 'error', path: at, message })
  const fifo = flag(id, 'FifoQueue', scenario)
  if (fifo && group === null)
    problems.push({
      severity: 'error',
      path: `${path}/Arn`,
      message: `${id} is a FIFO queue and takes no message without a group (SQS-4). Set SqsParameters.MessageGroupId.`,
      fix: {
        title: 'Send to message group a',
        patches: [{ op: 'add', path: `${path}/SqsParameters`, value: { MessageGroupId: 'a' } }],
      },
    })
  if (!fifo && entry['SqsParameters'] !== undefined)
    error(`${path}/SqsParameters`, `${id} is no FIFO queue. Remove SqsParameters.`)
  if (flag(id, 'FifoTopic', scenario))
    error(`${path}/Arn`, `${id} is a FIFO topic, and a rule names no message group to it. Deliver to a FIFO queue.`)
  const input = compileInput(inputOf(entry))
  if (input !== null && 'refused' in input) error(path, input.refused)
  else if (input !== null && bus !== null && typeOf(id, scenario) === BUS) {
    if (accountOf(id, scenario) !== accountOf(bus, scenario))
      error(path, `${id} belongs to another account and gets events as they are (EB-13). Remove the input options.`)
    else if (text(entry['InputPath']) !== '$' && object(entry['InputTransformer'])['InputTemplate'] === undefined)
      problems.push({
        severity: 'warning',
        path,
        message: `${id} is a bus: what it gets in place of the event becomes an event of its own, whose detail it is. Transform at the rule that ends at a target.`,
      })
  }
  if (role !== null) {
    const iam = action === 'lambda:InvokeAsync' ? 'lambda:InvokeFunction' : action
    problems.push(...notGranted(scenario, { who: rule, role, action: iam, on: id, path: `${path}/RoleArn` }))
  }
  return problems
}

/** Targets of one rule with the same Id: the later would take the place of the earlier. */
export function sameIds(rule: LogicalId, entries: readonly JsonObject[], path: string): Problem[] {
  const ids = entries.map((entry) => text(entry['Id']))
  return ids.flatMap((id, index): Problem[] => {
    if (id === null || ids.indexOf(id) === index) return []
    const message = `${rule} has two targets with the Id ${id}. Give each an Id of its own.`
    return [{ severity: 'error', path: `${path}/${index}/Id`, message }]
  })
}
