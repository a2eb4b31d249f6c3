/** What the wires of functions share: which function an id stands for, what an invocation of a target is called, and permissions. */
import type { JsonObject, LogicalId, Resource, Scenario } from '../../../model/scenario'
import { withoutPermission, withPermission } from '../../roles'
import { ALIAS, FUNCTION, INVOKE_CONFIG, VERSION } from '../resource-types'

export const QUEUE = 'AWS::SQS::Queue'
export const TOPIC = 'AWS::SNS::Topic'
export const BUCKET = 'AWS::S3::Bucket'
export const BUS = 'AWS::Events::EventBus'

type Resources = { [id: LogicalId]: Resource | null }

export const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}

/** The function behind an id: itself, or that of a version or an alias; null for anything else. */
export function functionOf(id: LogicalId, scenario: Scenario): LogicalId | null {
  const resource = scenario.resources[id]
  if (resource?.Type === FUNCTION) return id
  if (resource?.Type !== VERSION && resource?.Type !== ALIAS) return null
  const owner = resource.Properties?.['FunctionName']
  return typeof owner === 'string' && scenario.resources[owner]?.Type === FUNCTION ? owner : null
}

/** Whether two ids are the same resource, or stand for the same function. */
export function isSame(a: LogicalId, b: LogicalId, scenario: Scenario): boolean {
  return a === b || (functionOf(a, scenario) !== null && functionOf(a, scenario) === functionOf(b, scenario))
}

/** The plain port on the right: what the resource does by itself. */
export const isOut = (port: string | undefined): boolean => port === undefined || port === 'out'

export const stepsOf = (resource: Resource | undefined): JsonObject[] =>
  (resource?.Behavior?.['steps'] as JsonObject[] | undefined) ?? []

const DELIVERS: { readonly [type: string]: { readonly action: string; readonly iam: string } } = {
  [QUEUE]: { action: 'sqs:SendMessage', iam: 'sqs:SendMessage' },
  [FUNCTION]: { action: 'lambda:InvokeAsync', iam: 'lambda:InvokeFunction' },
  [VERSION]: { action: 'lambda:InvokeAsync', iam: 'lambda:InvokeFunction' },
  [ALIAS]: { action: 'lambda:InvokeAsync', iam: 'lambda:InvokeFunction' },
  [BUS]: { action: 'events:PutEvents', iam: 'events:PutEvents' },
  [TOPIC]: { action: 'sns:Publish', iam: 'sns:Publish' },
  [BUCKET]: { action: 's3:PutObject', iam: 's3:PutObject' },
}

/** The call that hands an event or a record to a target, and the permission it needs (INV-10); null for what takes none. */
export function delivery(to: LogicalId, scenario: Scenario): { action: string; iam: string } | null {
  return DELIVERS[scenario.resources[to]?.Type ?? ''] ?? null
}

export interface Destination {
  /** The AWS::Lambda::EventInvokeConfig it is written in. */
  readonly config: LogicalId
  readonly when: 'OnSuccess' | 'OnFailure'
  readonly from: LogicalId
  readonly to: LogicalId
}

/** All destinations of a document (INV-10). */
export function destinationsOf(scenario: Scenario): Destination[] {
  return Object.entries(scenario.resources).flatMap(([config, { Type, Properties }]): Destination[] => {
    const from = Properties?.['FunctionName']
    if (Type !== INVOKE_CONFIG || typeof from !== 'string') return []
    return (['OnSuccess', 'OnFailure'] as const).flatMap((when): Destination[] => {
      const to = objectOf(objectOf(Properties?.['DestinationConfig'])[when])['Destination']
      return typeof to === 'string' && Object.hasOwn(scenario.resources, to) ? [{ config, when, from, to }] : []
    })
  })
}

export function deadLettersOf(id: LogicalId, scenario: Scenario): LogicalId | null {
  const target = objectOf(scenario.resources[id]?.Properties?.['DeadLetterConfig'])['TargetArn']
  return typeof target === 'string' ? target : null
}

/** `changes`, and the grant that lets the function do `iam` on `to`. */
export function granting(
  scenario: Scenario,
  changes: Resources,
  from: LogicalId,
  iam: string,
  to: LogicalId,
): Resources {
  if (iam === '') return changes
  return { ...changes, ...withPermission(after(scenario, changes), from, iam, to) }
}

/** `changes`, and a grant taken back, unless something else the function does still needs it. */
export function releasing(
  scenario: Scenario,
  changes: Resources,
  from: LogicalId,
  iam: string,
  to: LogicalId,
): Resources {
  const next = after(scenario, changes)
  if (iam === '' || next.resources[from] === undefined || needs(next, from, iam, to)) return changes
  return { ...changes, ...withoutPermission(next, from, iam, to) }
}

/** The document with changes made; null deletes. */
export function after(scenario: Scenario, changes: Resources): Scenario {
  const resources: { [id: LogicalId]: Resource } = { ...scenario.resources }
  for (const [id, resource] of Object.entries(changes)) {
    if (resource === null) delete resources[id]
    else resources[id] = resource
  }
  return { ...scenario, resources }
}

const IAM: { readonly [action: string]: string } = {
  'lambda:Invoke': 'lambda:InvokeFunction',
  'lambda:InvokeAsync': 'lambda:InvokeFunction',
  'lambda:InvokeWithResponseStream': 'lambda:InvokeFunction',
}

function needs(scenario: Scenario, from: LogicalId, iam: string, to: LogicalId): boolean {
  const calls = stepsOf(scenario.resources[from]).some(
    (step) => step['to'] === to && typeof step['call'] === 'string' && (IAM[step['call']] ?? step['call']) === iam,
  )
  const delivers = destinationsOf(scenario).some((one) => one.from === from && one.to === to)
  const buries = deadLettersOf(from, scenario) === to
  return calls || ((delivers || buries) && delivery(to, scenario)?.iam === iam)
}
