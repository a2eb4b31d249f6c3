import type { LogicalId, Scenario } from '../../../model/scenario'
import { evaluate, grant, statementsOf } from '../../../iam'
import { idsOf, pointer, typeOf } from '../../edit'
import { ROLE } from '../../roles'
import type { Check, Fix, Problem } from '../../service'
import { BUCKET, deadLettersOf, delivery, destinationsOf, functionOf, isSame, objectOf, QUEUE, TOPIC } from '../targets'
import { INVOKE_CONFIG } from '../resource-types'
import { functionIds, LATEST } from '../versions/versions'
import { familiesOf } from './families'
import { removing, report, textOf } from './report'

const ARN: { readonly [iam: string]: (id: LogicalId) => string } = {
  'sqs:SendMessage': (id) => `arn:aws:sqs:us-east-1:123456789012:${id}`,
  'lambda:InvokeFunction': (id) => `arn:aws:lambda:us-east-1:123456789012:function:${id}`,
  'events:PutEvents': (id) => `arn:aws:events:us-east-1:123456789012:event-bus/${id}`,
  'sns:Publish': (id) => `arn:aws:sns:us-east-1:123456789012:${id}`,
  's3:PutObject': (id) => `arn:aws:s3:::${id}`,
}

const isFifo = (id: LogicalId, scenario: Scenario): boolean => {
  const { Type, Properties } = scenario.resources[id]!
  const name = textOf(Properties?.[Type === QUEUE ? 'QueueName' : 'TopicName'])
  const fifo = Properties?.[Type === QUEUE ? 'FifoQueue' : 'FifoTopic'] === true
  return (Type === QUEUE || Type === TOPIC) && (fifo || name?.endsWith('.fifo') === true)
}

/** A qualifier names `$LATEST`, an alias or a version number, and has one configuration. */
export const qualifiers: Check = (scenario) => {
  const families = familiesOf(scenario)
  const taken = new Map<string, LogicalId>()
  return idsOf(INVOKE_CONFIG, scenario).flatMap((id): Problem[] => {
    const properties = scenario.resources[id]!.Properties ?? {}
    const fn = textOf(properties['FunctionName'])
    const qualifier = textOf(properties['Qualifier']) ?? LATEST
    if (fn === null || typeOf(fn, scenario) === null) return []
    const path = pointer(id, 'Properties', 'Qualifier')
    const family = families.get(fn)
    const names = [
      LATEST,
      ...(family?.aliases ?? []).map(({ name }) => name),
      ...(family?.versions ?? []).map(({ number }) => String(number)),
    ]
    if (!names.includes(qualifier)) {
      const message = `${id}: ${fn} has no alias or version ${qualifier}. It has ${names.join(', ')}.`
      const words = `The function arn:aws:lambda:us-east-1:123456789012:function:${fn}:${qualifier} doesn't exist.`
      return report('error', path, message, words, {
        title: `Set ${LATEST}`,
        patches: [{ op: 'replace', path, value: LATEST }],
      })
    }
    const key = `${fn}:${qualifier}`
    const other = taken.get(key)
    taken.set(key, other ?? id)
    if (other === undefined) return []
    return report(
      'error',
      path,
      `${id} and ${other} are both the async settings of ${qualifier} of ${fn}. Keep one.`,
      null,
      removing(`Remove ${id}`, pointer(id)),
    )
  })
}

/** INV-9, INV-12: a standard queue or topic that the role may send to. */
export const deadLetters: Check = (scenario) =>
  functionIds(scenario).flatMap((id): Problem[] => {
    const queue = deadLettersOf(id, scenario)
    const type = typeOf(queue, scenario)
    if (queue === null || (type !== QUEUE && type !== TOPIC)) return []
    const path = pointer(id, 'Properties', 'DeadLetterConfig', 'TargetArn')
    if (type === TOPIC && isFifo(queue, scenario))
      return report(
        'error',
        path,
        `${queue} is a FIFO topic. Dead letters of ${id} go to a standard one. Name another.`,
      )
    if (isFifo(queue, scenario)) {
      const words = 'Invalid dead letter queue ARN: FIFO SQS queue is not supported for dead letter configuration'
      return report(
        'error',
        path,
        `${queue} is a FIFO queue. The dead-letter queue of ${id} is a standard queue. Name another.`,
        words,
      )
    }
    return forbidden(
      id,
      queue,
      type === TOPIC ? 'sns:Publish' : 'sqs:SendMessage',
      path,
      scenario,
      `The provided execution role does not have permissions to call ${type === TOPIC ? 'Publish on SNS' : 'SendMessage on SQS'}`,
    )
  })

/** INV-10, INV-12: where records may go. */
export const destinations: Check = (scenario) =>
  destinationsOf(scenario).flatMap(({ config, when, from, to }): Problem[] => {
    const path = pointer(config, 'Properties', 'DestinationConfig', when, 'Destination')
    const remove = removing(`Remove ${when}`, pointer(config, 'Properties', 'DestinationConfig', when))
    const iam = delivery(to, scenario)?.iam
    if (iam === undefined || typeOf(from, scenario) === null) return []
    if (functionOf(to, scenario) !== null && isSame(from, to, scenario)) {
      const message = `${from} sends records of its events to itself, which would go on for ever. Name another destination.`
      return report('error', path, message, "You can't specify the function as a destination for itself.", remove)
    }
    if (when === 'OnSuccess' && typeOf(to, scenario) === BUCKET)
      return report(
        'error',
        path,
        `${to} is a bucket, which takes records of failures alone (INV-10). Name another destination.`,
        null,
        remove,
      )
    if (isFifo(to, scenario)) {
      const kind = typeOf(to, scenario) === TOPIC ? 'topic' : 'queue'
      const message = `${to} is a FIFO ${kind}. A destination is a standard queue or topic, a function or a bus. Name another.`
      return report('error', path, message, `The destination ARN ${ARN[iam]!(`${to}.fifo`)} is invalid.`, remove)
    }
    const action = iam.slice(iam.indexOf(':') + 1)
    const words = `The function's execution role does not have permissions to call ${action} on ${ARN[iam]?.(to) ?? to}`
    return forbidden(from, to, iam, path, scenario, words)
  })

/** What the role of a function may not do and must, with the grant as the fix. */
function forbidden(
  fn: LogicalId,
  target: LogicalId,
  iam: string,
  path: string,
  scenario: Scenario,
  words: string,
): Problem[] {
  const role = textOf(scenario.resources[fn]!.Properties?.['Role'])
  if (role === null || typeOf(role, scenario) !== ROLE) return []
  const resource = scenario.resources[role]!
  if (evaluate({ statements: statementsOf(resource), action: iam, resource: [target] }).allowed) return []
  const policies = pointer(role, 'Properties', 'Policies')
  const granted = grant(resource, iam, target)
  const fix: Fix | undefined =
    granted === resource
      ? undefined
      : {
          title: `Allow ${iam} on ${target}`,
          patches: [{ op: 'replace', path: policies, value: granted.Properties?.['Policies'] }],
        }
  return report(
    'error',
    path,
    `${role} does not allow ${iam} on ${target}, which ${fn} needs here (INV-12). Allow it.`,
    words,
    fix,
  )
}

/** LAM-29: without these nothing is written. */
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'] as const
/** AWS's own policies that hold them. */
const LOGGING =
  /AWSLambda(BasicExecution|VPCAccessExecution|SQSQueueExecution|KinesisExecution|DynamoDBExecution)Role$|AdministratorAccess$/

export const logs: Check = (scenario) =>
  functionIds(scenario).flatMap((fn): Problem[] => {
    const role = textOf(scenario.resources[fn]!.Properties?.['Role'])
    if (role === null || typeOf(role, scenario) !== ROLE) return []
    const resource = scenario.resources[role]!
    const managed = objectOf(resource.Properties)['ManagedPolicyArns']
    if (Array.isArray(managed) && managed.some((arn) => typeof arn === 'string' && LOGGING.test(arn))) return []
    const statements = statementsOf(resource)
    const missing = LOGS.filter((action) => !evaluate({ statements, action, resource: [`/aws/lambda/${fn}`] }).allowed)
    if (missing.length === 0) return []
    const granted = missing.reduce((changed, action) => grant(changed, action, '*'), resource)
    const path = pointer(fn, 'Properties', 'Role')
    const fix: Fix = {
      title: 'Allow logs',
      patches: [
        { op: 'replace', path: pointer(role, 'Properties', 'Policies'), value: granted.Properties?.['Policies'] },
      ],
    }
    return report(
      'info',
      path,
      `${role} does not allow ${missing.join(', ')}. ${fn} runs, and nothing appears in its logs (LAM-29).`,
      null,
      granted === resource ? undefined : fix,
    )
  })
