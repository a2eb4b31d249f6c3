import { compilePattern } from '../../events/compile-pattern'
import { matchEvent } from '../../events/match-event'
import { parsePattern } from '../../events/parse-pattern'
import type { JsonObject, LogicalId, Resource, Scenario } from '../../model/scenario'
import { list, object, properties, ref, text } from '../../network/read'
import { idsOf, typeOf } from '../edit'
import { invokedFunction } from '../invitations'
import { eventOf } from './notification'
import { keyOf } from './object'
import { FUNCTION, marks, nameOf, QUEUE, TOPIC } from './settings'

const HANDS_ON = /^(sqs:SendMessage(Batch)?|sns:Publish|lambda:Invoke(Async)?)$/
const ERASED = 's3:ObjectRemoved:Delete'
const MARKED = 's3:ObjectRemoved:DeleteMarkerCreated'
const WRITES: { readonly [action: string]: string } = {
  's3:PutObject': 's3:ObjectCreated:Put',
  's3:DeleteObject': ERASED,
}

/**
 * The way from a notification of a bucket to a function whose code writes to that bucket what the notification tells of (S3-5): what the
 * event passes on it, without the bucket itself. Null when there is none.
 */
export function wayBack(bucket: LogicalId, to: LogicalId, asks: Asks, scenario: Scenario): LogicalId[] | null {
  const start = invokedFunction(to, scenario)
  const before = new Map<LogicalId, LogicalId | null>([[start, null]])
  const todo = [start]
  for (const here of todo) {
    const steps = stepsOf(here, scenario)
    if (steps.some((step) => ref(step['to']) === bucket && returns(step, scenario.resources[bucket], asks))) {
      const way: LogicalId[] = []
      for (let at: LogicalId | null = here; at !== null; at = before.get(at) ?? null) way.unshift(at)
      return way
    }
    for (const to of [...handedOn(steps), ...readers(here, scenario)]) {
      const next = invokedFunction(to, scenario)
      if (before.has(next)) continue
      before.set(next, here)
      todo.push(next)
    }
  }
  return null
}

/** Whether somebody is told of an event, `s3:ObjectCreated:Put`, with a key. */
export type Asks = (happened: string, key: string) => boolean

const stepsOf = (id: LogicalId, scenario: Scenario): JsonObject[] =>
  typeOf(id, scenario) === FUNCTION ? list(scenario.resources[id]!.Behavior?.['steps']).map(object) : []

/** Whether a step makes an event that is asked for. */
function returns(step: JsonObject, bucket: Resource | undefined, asks: Asks): boolean {
  const event = WRITES[text(step['call']) ?? '']
  const happened = event === ERASED && marks(bucket) ? MARKED : event
  const key = text(step['key']) ?? text(object(step['body'])['key'])
  return happened !== undefined && asks(happened, keyOf(key, 1))
}

const handedOn = (steps: readonly JsonObject[]): LogicalId[] =>
  steps.flatMap((step) => (HANDS_ON.test(text(step['call']) ?? '') ? (ref(step['to']) ?? []) : []))

/** Who gets what comes to a queue or a topic. */
function readers(id: LogicalId, scenario: Scenario): LogicalId[] {
  const type = typeOf(id, scenario)
  const [reader, source, target] =
    type === QUEUE
      ? ['AWS::Lambda::EventSourceMapping', 'EventSourceArn', 'FunctionName']
      : type === TOPIC
        ? ['AWS::SNS::Subscription', 'TopicArn', 'Endpoint']
        : ['', '', '']
  return Object.values(scenario.resources).flatMap((resource) => {
    if (resource.Type !== reader) return []
    const from = properties(resource)
    return ref(from[source]) === id ? (ref(from[target]) ?? []) : []
  })
}

/** By a rule of a bus: the function it calls, on to the one that writes. */
export interface BusLoop {
  readonly rule: LogicalId
  readonly way: readonly LogicalId[]
}

/** Ways back by the rules of the bus a bucket tells of all its changes. */
export function loopsByBus(bucket: LogicalId, bus: LogicalId, scenario: Scenario): BusLoop[] {
  const resource = scenario.resources[bucket]
  return idsOf('AWS::Events::Rule', scenario).flatMap((rule): BusLoop[] => {
    const { EventBusName, EventPattern, State, Targets } = properties(scenario.resources[rule]!)
    if (ref(EventBusName) !== bus || State === 'DISABLED' || EventPattern === undefined) return []
    const parsed = parsePattern(EventPattern)
    if (!parsed.ok) return []
    const pattern = compilePattern(parsed.pattern)
    const asks: Asks = (happened, key) => {
      const name = happened.replace('s3:', '')
      const stored = name.startsWith('ObjectCreated') ? { size: 1, eTag: '' } : null
      const change = { bucket: nameOf(bucket, resource), name, key, stored, versionId: null, at: 0, number: 1, seed: 0 }
      return matchEvent(pattern, eventOf(change))
    }
    const ways = list(Targets).flatMap((target) => {
      const to = ref(object(target)['Arn'])
      return to === null ? [] : [wayBack(bucket, to, asks, scenario)]
    })
    const way = ways.find((it) => it !== null)
    return way === undefined || way === null ? [] : [{ rule, way }]
  })
}
