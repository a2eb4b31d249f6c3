import type { JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { possibleTargets } from '../../named-instances'
import { roleOf } from '../../roles'
import type { Connection, Connector } from '../../service'
import { ALIAS, FUNCTION, VERSION } from '../resource-types'
import { BUS, granting, isOut, isSame, QUEUE, releasing, stepsOf } from './targets'

const INVOKE = { action: 'lambda:Invoke', iam: 'lambda:InvokeFunction' }

/** Calls a function's code makes, by the type it calls: the action, and the permission it needs. */
const CALLS: { readonly [type: string]: { readonly action: string; readonly iam: string } } = {
  [QUEUE]: { action: 'sqs:SendMessage', iam: 'sqs:SendMessage' },
  [FUNCTION]: INVOKE,
  [VERSION]: INVOKE,
  [ALIAS]: INVOKE,
  'AWS::DynamoDB::Table': { action: 'dynamodb:PutItem', iam: 'dynamodb:PutItem' },
  [BUS]: { action: 'events:PutEvents', iam: 'events:PutEvents' },
  'AWS::S3::Bucket': { action: 's3:PutObject', iam: 's3:PutObject' },
  'AWS::SNS::Topic': { action: 'sns:Publish', iam: 'sns:Publish' },
  'AWS::Kinesis::Stream': { action: 'kinesis:PutRecord', iam: 'kinesis:PutRecord' },
  'AWS::RDS::DBInstance': { action: 'rds:Query', iam: '' },
  'AWS::EC2::Instance': { action: 'ec2:StartInstances', iam: 'ec2:StartInstances' },
  'Coldstart::Internet': { action: 'https:Request', iam: '' },
}
const HANDS_OVER = ['sqs:SendMessage', 'events:PutEvents', 'lambda:InvokeAsync', 'sns:Publish', 'kinesis:PutRecord']

/** What a step calls: the resource it says, or the instances it may find by name. */
function targetsOf(fn: Resource, { to, target }: JsonObject, scenario: Scenario): LogicalId[] {
  if (typeof to === 'string') return [to]
  return typeof target === 'string' ? possibleTargets(fn, target, scenario) : []
}

/** Function -> anything its code calls: a step, with the permission it needs. */
export const call: Connector = {
  derive: (scenario) =>
    Object.entries(scenario.resources)
      .filter(([, resource]) => resource.Type === FUNCTION)
      .flatMap(([id, resource]) => {
        const seen = new Set<string>()
        return stepsOf(resource).flatMap((step) =>
          targetsOf(resource, step, scenario).flatMap((to): Connection[] => {
            if (typeof step['call'] !== 'string') return []
            const key = `${step['call']} ${to}`
            if (seen.has(key)) return []
            seen.add(key)
            const style = HANDS_OVER.includes(step['call']) ? 'async' : 'sync'
            return [{ from: id, to, action: step['call'], style }]
          }),
        )
      }),
  accepts(from, to, scenario, port) {
    if (!isOut(port) || scenario.resources[from]?.Type !== FUNCTION) return null
    const target = scenario.resources[to]
    if (target === undefined || CALLS[target.Type] === undefined) return null
    if (isSame(from, to, scenario))
      return { refused: 'A function that calls itself loops. Send through a queue if it must.' }
    const there = call.derive(scenario).some((it) => it.from === from && isSame(it.to, to, scenario))
    return there ? { refused: `${from} already calls ${to}. Add a step in Behavior for another call.` } : true
  },
  connect(from, to, scenario) {
    const fn = scenario.resources[from]!
    const { action, iam } = CALLS[scenario.resources[to]!.Type]!
    // a FIFO queue refuses messages without a group (SQS-4)
    const grouped = scenario.resources[to]!.Properties?.['FifoQueue'] === true
    const step = { call: action, to, ...(grouped ? { group: 'a' } : {}) }
    const wired: Resource = { ...fn, Behavior: { ...fn.Behavior, steps: [...stepsOf(fn), step] } }
    const added = grouped ? `${action} in message group a` : action
    return {
      resources: granting(scenario, { [from]: wired }, from, iam, to),
      said:
        iam === ''
          ? `Connected ${from} to ${to}. Added the call ${added} to its steps.`
          : `Connected ${from} to ${to}. Added the call${grouped ? ' in message group a' : ''} and ${iam} to ${roleOf(fn) ?? 'its role'}.`,
    }
  },
  disconnect({ from, to, action }, scenario) {
    const fn = scenario.resources[from]!
    const steps = stepsOf(fn).filter((step) => !(step['call'] === action && targetsOf(fn, step, scenario).includes(to)))
    // where one type answers several actions, each is a permission of its own
    const iam = /^(s3|dynamodb|ec2):/.test(action) ? action : (CALLS[scenario.resources[to]?.Type ?? '']?.iam ?? '')
    const changed = { [from]: { ...fn, Behavior: { ...fn.Behavior, steps } } }
    return { resources: releasing(scenario, changed, from, iam, to), said: `${from} no longer calls ${to}.` }
  },
}
