import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { object, ref, text } from '../../network/read'
import { defaultBus } from '../default-bus'
import { typeOf } from '../edit'

export const SOURCE = 'Coldstart::Source'
export const BUS = 'AWS::Events::EventBus'
const TOPIC = 'AWS::SNS::Topic'
const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Lambda::Alias', 'AWS::Lambda::Version']

/** An AWS service as a producer: what it hands over directly, and what it tells the default bus; ids of events/samples, the usual one first. */
export interface Producer {
  readonly title: string
  /** Whom a function's resource policy names; null: it calls with the permission of who runs it, so nothing is asked. */
  readonly principal: string | null
  readonly direct: readonly string[]
  readonly bus: readonly string[]
  /** Hands the same content to topics. */
  readonly topics: boolean
}
const producer = (title: string, more: Partial<Producer>): Producer => ({
  title,
  principal: null,
  direct: [],
  bus: [],
  topics: false,
  ...more,
})

/** Services that call functions asynchronously (INV-14) and have no resource of their own here, and such that only tell the default bus (EB-1). */
export const PRODUCERS: { readonly [service: string]: Producer } = {
  ses: producer('Amazon SES', { principal: 'ses.amazonaws.com', direct: ['ses-receipt'] }),
  iot: producer('AWS IoT', { principal: 'iot.amazonaws.com', direct: ['iot-rule', 'iot-button'], topics: true }),
  logs: producer('CloudWatch Logs', { principal: 'logs.amazonaws.com', direct: ['logs-subscription'] }),
  codecommit: producer('AWS CodeCommit', {
    principal: 'codecommit.amazonaws.com',
    direct: ['codecommit-trigger'],
    bus: ['codecommit-reference-updated'],
    topics: true,
  }),
  codepipeline: producer('AWS CodePipeline', {
    direct: ['codepipeline-job'],
    bus: ['codepipeline-failed', 'codepipeline-action-succeeded'],
  }),
  cloudformation: producer('AWS CloudFormation', {
    direct: ['cloudformation-custom-resource'],
    bus: ['cloudformation-update-complete', 'cloudformation-rollback-complete'],
    topics: true,
  }),
  config: producer('AWS Config', {
    principal: 'config.amazonaws.com',
    direct: ['config-rule'],
    bus: ['config-compliance'],
  }),
  ec2: producer('Amazon EC2', {
    bus: ['ec2-stopped', 'ec2-stopping', 'ec2-pending', 'ec2-running', 'ec2-shutting-down', 'ec2-terminated'],
  }),
  autoscaling: producer('EC2 Auto Scaling', { bus: ['autoscaling-launch', 'autoscaling-terminate'] }),
  ecs: producer('Amazon ECS', { bus: ['ecs-task-stopped', 'ecs-task-running'] }),
  cloudwatch: producer('CloudWatch alarm', { bus: ['cloudwatch-alarm'] }),
  guardduty: producer('Amazon GuardDuty', { bus: ['guardduty-finding'] }),
  health: producer('AWS Health', { bus: ['health-event'] }),
}

const behaviorOf = (source: Resource | undefined): JsonObject => object(source?.Behavior)
export const serviceOf = (source: Resource | undefined): string => text(behaviorOf(source)['service']) ?? 'ses'
export const producerOf = (source: Resource | undefined): Producer => PRODUCERS[serviceOf(source)] ?? PRODUCERS['ses']!
export const targetOf = (source: Resource | undefined): LogicalId | null => ref(behaviorOf(source)['to'])

/** How a source hands its events to a resource; null: it cannot. */
export interface Way {
  readonly action: string
  /** Ids of what it sends there. */
  readonly events: readonly string[]
  readonly principal: string | null
}
export function wayTo(
  { principal, direct, bus, topics }: Producer,
  to: LogicalId | null,
  scenario: Scenario,
): Way | null {
  const type = typeOf(to, scenario) ?? ''
  if (FUNCTIONS.includes(type))
    return direct.length === 0 ? null : { action: 'lambda:InvokeAsync', events: direct, principal }
  if (type === TOPIC) return topics ? { action: 'sns:Publish', events: direct, principal: null } : null
  if (type !== BUS || to !== defaultBus(scenario) || bus.length === 0) return null
  return { action: 'events:PutEvents', events: bus, principal: null }
}

/** What a source may send to, in words. */
export const takersOf = ({ direct, topics, bus }: Producer): string =>
  [
    ...(direct.length > 0 ? ['functions'] : []),
    ...(topics ? ['topics'] : []),
    ...(bus.length > 0 ? ['the default bus'] : []),
  ].join(' and ')

/** Id of the sample it sends this way: the one it names, where that fits, else the usual one. */
export function sampleFor(source: Resource | undefined, { events }: Way): string {
  const named = text(behaviorOf(source)['event'])
  return named !== null && events.includes(named) ? named : events[0]!
}

/** Ids of what a source may send: to whom it sends now, else to anyone. */
export function eventsOf(source: Resource | undefined, scenario: Scenario): readonly string[] {
  const producer = producerOf(source)
  return wayTo(producer, targetOf(source), scenario)?.events ?? [...producer.direct, ...producer.bus]
}
