import type { InputSettings } from '../../events/input/target-input'
import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { integer, list, object, properties, ref, text } from '../../network/read'
import { idsOf, typeOf } from '../edit'
import { retryDefaults } from './custom/mode'

export const BUS = 'AWS::Events::EventBus'
export const RULE = 'AWS::Events::Rule'
export const BUS_POLICY = 'AWS::Events::EventBusPolicy'
/** EB-2. */
export const MAX_TARGETS = 5

/** The action a rule performs on a target, by the target's type. */
export const TARGET_ACTIONS: { readonly [type: string]: string } = {
  'AWS::Lambda::Function': 'lambda:InvokeAsync',
  'AWS::Lambda::Alias': 'lambda:InvokeAsync',
  'AWS::Lambda::Version': 'lambda:InvokeAsync',
  'AWS::SQS::Queue': 'sqs:SendMessage',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::Kinesis::Stream': 'kinesis:PutRecord',
  'AWS::KinesisFirehose::DeliveryStream': 'firehose:PutRecord',
  [BUS]: 'events:PutEvents',
}

/** Whom a function's resource policy names for rules (EB-12). */
export const PRINCIPAL = 'events.amazonaws.com'

/** Targets that are called with the role of the rule alone (EB-12): streams. A bus of another account too (EB-14). */
export const BY_ROLE = ['kinesis:PutRecord', 'firehose:PutRecord']

/** The bus of the account, where events of AWS services arrive (EB-1). */
export const isDefault = (bus: Resource): boolean => text(properties(bus)['Name']) === 'default'

/** Partner event source a bus is fed by; null: it is no partner's bus (EB-1). */
export const partnerOf = (bus: Resource | undefined): string | null =>
  bus === undefined ? null : text(properties(bus)['EventSourceName'])

export interface TargetSettings {
  readonly id: LogicalId
  readonly action: string
  readonly maxRetries: number
  /** Seconds. */
  readonly maxAge: number
  readonly deadLetter: LogicalId | null
  /** Role whose permission counts; null: the wire counts as permission. */
  readonly role: LogicalId | null
  /** Message group of a FIFO queue. */
  readonly group: string | null
  /** Where in the event the partition key of a stream stands: `$.detail.id`. */
  readonly keyPath: string | null
  /** What the target gets in place of the event (EB-13). */
  readonly input: InputSettings
}

export interface RuleSettings {
  readonly id: LogicalId
  readonly bus: LogicalId | null
  readonly enabled: boolean
  /** Second of the run from which a late subscriber wants events (EB-N). */
  readonly startsAt: number
  readonly pattern: Json
  /** Fires by the clock, in UTC (EB-60); null: it only matches events. */
  readonly schedule: string | null
  readonly targets: readonly TargetSettings[]
}

export function ruleOf(id: LogicalId, scenario: Scenario): RuleSettings {
  const from = properties(scenario.resources[id]!)
  const bus = ref(from['EventBusName'])
  const startsAt = scenario.resources[id]!.Behavior?.['startsAt']
  return {
    id,
    bus,
    startsAt: typeof startsAt === 'number' ? startsAt : 0,
    enabled: text(from['State']) !== 'DISABLED',
    pattern: from['EventPattern'] ?? null,
    schedule: text(from['ScheduleExpression']),
    targets: targetEntries(scenario.resources[id]!).flatMap((entry) => targetOf(entry, scenario, bus) ?? []),
  }
}

/** Input options of a target as they are written. */
export const inputOf = ({ Input, InputPath, InputTransformer }: JsonObject): InputSettings =>
  ({
    ...(Input === undefined ? {} : { Input }),
    ...(InputPath === undefined ? {} : { InputPath }),
    ...(InputTransformer === undefined ? {} : { InputTransformer }),
  }) as InputSettings

export function targetEntries(rule: Resource): JsonObject[] {
  return list(properties(rule)['Targets']).map((entry) => object(entry))
}

/** Null when it is nothing a rule of this sandbox can deliver to. */
export function targetOf(entry: JsonObject, scenario: Scenario, bus: LogicalId | null = null): TargetSettings | null {
  const id = ref(entry['Arn'])
  const action = TARGET_ACTIONS[typeOf(id, scenario) ?? '']
  if (id === null || action === undefined) return null
  const retry = object(entry['RetryPolicy'])
  const deadLetter = ref(object(entry['DeadLetterConfig'])['Arn'])
  const usual = retryDefaults(bus, scenario)
  return {
    id,
    action,
    maxRetries: integer(retry['MaximumRetryAttempts']) ?? usual.retries,
    maxAge: integer(retry['MaximumEventAgeInSeconds']) ?? usual.maxAge,
    deadLetter: typeOf(deadLetter, scenario) === 'AWS::SQS::Queue' ? deadLetter : null,
    role: ref(entry['RoleArn']),
    group: text(object(entry['SqsParameters'])['MessageGroupId']),
    keyPath: text(object(entry['KinesisParameters'])['PartitionKeyPath']),
    input: inputOf(entry),
  }
}

export function rulesOn(bus: LogicalId, scenario: Scenario): RuleSettings[] {
  return idsOf(RULE, scenario)
    .map((id) => ruleOf(id, scenario))
    .filter((rule) => rule.bus === bus)
}
