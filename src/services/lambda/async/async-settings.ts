import type { JsonObject, LogicalId } from '../../../model/scenario'
import { toMicros } from '../../../model/units'
import type { ServiceContext } from '../../service'
import type { FunctionConfig } from '../config'
import { ALIAS, INVOKE_CONFIG } from '../resource-types'
import { publishedPart, LATEST, versionsOf } from '../versions/versions'

/** Where a record goes. */
export interface Destination {
  readonly id: LogicalId
  readonly wire: number
  /** Resource type, which decides how the record is wrapped. */
  readonly type: string
}

/** How the events handed to a function, a version or an alias are treated. */
export interface AsyncSettings {
  readonly maxRetries: number
  /** µs */
  readonly maxAge: number
  readonly onSuccess: Destination | null
  readonly onFailure: Destination | null
  /** Queue or topic that gets the event as it came (INV-9). */
  readonly deadLetter: Destination | null
  /** What callers called: `arn:aws:lambda:…:function:Name:qualifier`. */
  readonly arn: string
}

export const BUS = 'AWS::Events::EventBus'
export const BUCKET = 'AWS::S3::Bucket'
export const TOPIC = 'AWS::SNS::Topic'
const ACTIONS: { readonly [type: string]: string } = {
  'AWS::SQS::Queue': 'sqs:SendMessage',
  [TOPIC]: 'sns:Publish',
  [BUCKET]: 's3:PutObject',
  [BUS]: 'events:PutEvents',
}

/** Settings of everything that events can be handed to, by resource index. */
export function asyncSettings(context: ServiceContext, configs: readonly FunctionConfig[]): AsyncSettings[] {
  const found: AsyncSettings[] = []
  const latest = configs.filter(({ version }) => version === LATEST)
  for (const config of latest) {
    const { id } = config
    const qualified: { resource: number; qualifier: string; properties: JsonObject }[] = [
      { resource: context.index(id), qualifier: LATEST, properties: context.properties(id) },
    ]
    for (const { id: version, number } of versionsOf(context.scenario(), id))
      qualified.push({
        resource: context.index(version),
        qualifier: String(number),
        properties: propertiesOf(context, id, version),
      })
    for (const alias of context.ids(ALIAS)) {
      const { FunctionName, FunctionVersion, Name } = context.properties(alias)
      if (FunctionName !== id) continue
      const version = String(FunctionVersion)
      const properties = version === LATEST ? context.properties(id) : propertiesOf(context, id, version)
      qualified.push({ resource: context.index(alias), qualifier: String(Name ?? 'live'), properties })
    }
    for (const { resource, qualifier, properties } of qualified)
      found[resource] = settingsOf(context, config, qualifier, properties)
  }
  return found
}

function propertiesOf(context: ServiceContext, fn: LogicalId, version: LogicalId): JsonObject {
  return publishedPart(context.scenario().resources[version], 'Properties', context.properties(fn))
}

function settingsOf(
  context: ServiceContext,
  { id, role }: FunctionConfig,
  qualifier: string,
  properties: JsonObject,
): AsyncSettings {
  const config = context
    .ids(INVOKE_CONFIG)
    .map((it) => context.properties(it))
    .find((it) => it['FunctionName'] === id && (it['Qualifier'] ?? LATEST) === qualifier)
  const to = (target: unknown): Destination | null => {
    if (typeof target !== 'string') return null
    const type = context.scenario().resources[target]?.Type ?? ''
    const wire = context.calls.wire(id, target, ACTIONS[type] ?? 'lambda:InvokeAsync', { role, network: false })
    return { id: target, wire, type }
  }
  const destination = (name: string): Destination | null =>
    to(((config?.['DestinationConfig'] as JsonObject | undefined)?.[name] as JsonObject | undefined)?.['Destination'])
  const number = (name: string, fallback: number): number => {
    const value = config?.[name]
    return typeof value === 'number' ? value : fallback
  }
  return {
    maxRetries: number('MaximumRetryAttempts', 2),
    maxAge: toMicros(number('MaximumEventAgeInSeconds', 21_600)),
    onSuccess: destination('OnSuccess'),
    onFailure: destination('OnFailure'),
    deadLetter: to((properties['DeadLetterConfig'] as JsonObject | undefined)?.['TargetArn']),
    arn: `arn:aws:lambda:us-east-1:123456789012:function:${String(properties['FunctionName'] ?? id)}:${qualifier}`,
  }
}
