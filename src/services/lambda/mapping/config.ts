import { publishedPart } from '../versions/versions'
import type { Json, JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { toMicros } from '../../../model/units'
import type { ServiceContext } from '../../service'
import { filterOf, type Filter } from './filter'

export { LATEST, versionsOf } from '../versions/versions'

/** A mapping as the run needs it; rebuilt whole when a `set` intervention changes it. Times in µs. */
export interface Mapping {
  readonly id: LogicalId
  readonly resource: number
  readonly queue: number
  /** Wires of the poller. */
  readonly receive: number
  readonly remove: number
  readonly invoke: number
  readonly batchSize: number
  readonly window: number
  readonly enabled: boolean
  readonly fifo: boolean
  /** The function says which messages failed (SQS-ESM-7). */
  readonly reports: boolean
  readonly filter: Filter | null
  /** Passes through Lambda from which a message is in a loop and dropped; Infinity where the function allows it (LAM-68). */
  readonly mostPasses: number
  /** Bytes of one batch; Infinity where no batch can reach it. */
  readonly mostBytes: number
  /** Batches worked on at once: at first, when idle for long, and at most. */
  readonly atFirst: number
  readonly idle: number
  readonly most: number
  /** Added at a time, and the unbroken backlog it takes. */
  readonly step: number
  readonly stepAfter: number
  /** Batches at once, polls per second and bytes per second of one provisioned poller; null without provisioned mode (SQS-ESM-5). */
  readonly provisioned: { readonly invokes: number; readonly polls: number; readonly bytes: number } | null
}

const MINUTE = 60
/** Provisioned pollers come in steps of so many. */
const PROVISIONED_STEP = 10
/** No message is longer (SQS-2). */
const LONGEST_MESSAGE = 1_048_576

const number = (value: Json | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)

/** The function behind a name: itself, or that of a version or alias. */
export function functionOf(id: LogicalId, scenario: Scenario): LogicalId {
  const owner = scenario.resources[id]?.Properties?.['FunctionName']
  return scenario.resources[id]?.Type !== 'AWS::Lambda::Function' && typeof owner === 'string' ? owner : id
}

/** Reads a property of what a mapping invokes: as published in a version, else of the function. */
export function functionProperty(id: LogicalId, name: string, scenario: Scenario): Json | undefined {
  return publishedPart(
    scenario.resources[id],
    'Properties',
    scenario.resources[functionOf(id, scenario)]?.Properties ?? {},
  )[name]
}

export function readMapping(context: ServiceContext, id: LogicalId): Mapping {
  const properties = context.properties(id)
  const queue = String(properties['EventSourceArn'])
  const fn = String(properties['FunctionName'])
  const role = functionProperty(fn, 'Role', context.scenario())
  const permitted = { role: typeof role === 'string' ? role : null, network: false }
  const scaling = properties['ScalingConfig'] as JsonObject | undefined
  const provisioned = properties['ProvisionedPollerConfig'] as JsonObject | undefined
  const capped = typeof scaling?.['MaximumConcurrency'] === 'number' ? scaling['MaximumConcurrency'] : null
  const batchSize = number(properties['BatchSize'], 10)
  const mostBytes = context.number('lambda.batchPayload') * 1024 * 1024
  const responses = properties['FunctionResponseTypes']
  const most = capped ?? context.number('lambda.pollersMost')
  const atFirst = Math.min(context.number('lambda.pollersAtFirst'), most)
  const invokes = context.number('lambda.provisionedInvokes')
  const least = number(provisioned?.['MinimumPollers'], 2) * invokes
  return {
    id,
    resource: context.index(id),
    queue: context.index(queue),
    receive: context.calls.wire(id, queue, 'sqs:ReceiveMessage', permitted),
    remove: context.calls.wire(id, queue, 'sqs:DeleteMessage', permitted),
    invoke: context.calls.wire(id, fn, 'lambda:Invoke', { role: null, network: false }),
    batchSize,
    window: toMicros(number(properties['MaximumBatchingWindowInSeconds'], 0)),
    enabled: properties['Enabled'] !== false,
    fifo: context.properties(queue)['FifoQueue'] === true,
    reports: Array.isArray(responses) && responses.includes('ReportBatchItemFailures'),
    filter: filterOf(properties['FilterCriteria'], queue),
    mostPasses:
      functionProperty(fn, 'RecursiveLoop', context.scenario()) === 'Allow'
        ? Infinity
        : context.number('lambda.recursionLimit'),
    mostBytes: batchSize * LONGEST_MESSAGE > mostBytes ? mostBytes : Infinity,
    ...(provisioned === undefined
      ? {
          atFirst,
          // a mapping with a maximum concurrency keeps its pollers
          idle: capped === null ? Math.min(context.number('lambda.pollersIdle'), atFirst) : atFirst,
          most,
          step: Math.max(
            1,
            Math.round((context.number('lambda.pollersPerMinute') * context.number('lambda.pollerStep')) / MINUTE),
          ),
          stepAfter: toMicros(context.number('lambda.pollerStep')),
          provisioned: null,
        }
      : {
          atFirst: least,
          idle: least,
          most: Math.max(least, number(provisioned['MaximumPollers'], 200) * invokes),
          step: PROVISIONED_STEP * invokes,
          stepAfter: toMicros(
            (MINUTE * PROVISIONED_STEP * invokes) / context.number('lambda.pollersProvisionedPerMinute'),
          ),
          provisioned: {
            invokes,
            polls: context.number('lambda.provisionedPolls'),
            bytes: context.number('lambda.provisionedRate') * 1024 * 1024,
          },
        }),
  }
}
