/** What AWS refuses or advises about mappings of streams, and of what only streams have. */
import { evaluate, grant, statementsOf } from '../../../../iam'
import type { Json, JsonObject, LogicalId, Resource, Scenario } from '../../../../model/scenario'
import { idsOf, pointer, typeOf } from '../../../edit'
import { ROLE } from '../../../roles'
import type { Check, Fix, Problem } from '../../../service'
import { functionProperty } from '../config'
import { MAPPING } from '../../resource-types'
import { destinationOf, isStreamSource, needsOf, STREAM_DEFAULTS, streamOf, TABLE } from './source'

const REFUSED = 'InvalidParameterValueException'
const ONLY_STREAMS = [
  'StartingPosition',
  'StartingPositionTimestamp',
  'ParallelizationFactor',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'TumblingWindowInSeconds',
  'DestinationConfig',
]
const ONLY_QUEUES = ['ScalingConfig', 'ProvisionedPollerConfig']
/** Seconds a limit of the age has at least (STR-ESM-3). */
const LEAST_AGE = 60
/** Readers of one shard of a table's stream (STR-ESM-10). */
const MOST_READERS = 2

interface Drawn {
  readonly id: LogicalId
  readonly mapping: JsonObject
  readonly source: LogicalId
  readonly fn: LogicalId
}

/** A check of every mapping whose source and function exist; of streams, or of queues. */
const each =
  (streams: boolean, check: (drawn: Drawn, scenario: Scenario) => Problem[]): Check =>
  (scenario) =>
    idsOf(MAPPING, scenario).flatMap((id) => {
      const mapping = scenario.resources[id]!.Properties ?? {}
      const source = String(mapping['EventSourceArn'])
      const fn = String(mapping['FunctionName'])
      if (typeOf(source, scenario) === null || typeOf(fn, scenario) === null) return []
      return isStreamSource(source, scenario) === streams ? check({ id, mapping, source, fn }, scenario) : []
    })

const at = (id: LogicalId, name: string): string => pointer(id, 'Properties', name)
const set = (path: string, value: Json): Fix => ({
  title: `Set ${String(value)}`,
  patches: [{ op: 'add', path, value }],
})
const error = (path: string, message: string, fix?: Fix): Problem => ({
  severity: 'error',
  path,
  message: `${REFUSED}: ${message}`,
  ...(fix === undefined ? {} : { fix }),
})

/** Properties of the other kind of source; not what a starting position alone completes (`mappingSchema`). */
const surplus = (streams: boolean): Check =>
  each(streams, ({ id, mapping, source }, scenario) =>
    (streams ? ONLY_QUEUES : ONLY_STREAMS).flatMap((name): Problem[] => {
      if (mapping[name] === undefined) return []
      if (mapping['StartingPosition'] !== undefined && mapping[name] === STREAM_DEFAULTS[name]) return []
      const path = at(id, name)
      const words =
        name === 'StartingPosition'
          ? `Unsupported starting position for arn type: arn:aws:sqs:us-east-1:123456789012:${source}`
          : `Unsupported ${name} parameter for given event source mapping type.`
      const what = streams ? 'reads a stream' : `polls ${source}, a queue`
      const kind = scenario.resources[source]!.Type
      return [
        error(path, `${words} ${id} ${what} (${kind}). Remove ${name}.`, {
          title: `Remove ${name}`,
          patches: [{ op: 'remove', path }],
        }),
      ]
    }),
  )

/** STR-ESM-9: said, and at a time only where there is one. */
const position = each(true, ({ id, mapping, source }, scenario) => {
  const starts = mapping['StartingPosition']
  const path = at(id, 'StartingPosition')
  const fix = set(path, 'TRIM_HORIZON')
  if (starts === undefined) {
    const words =
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null."
    return [error(path, `${words} Say where ${id} begins to read ${source}: TRIM_HORIZON or LATEST (STR-ESM-9).`, fix)]
  }
  const time = mapping['StartingPositionTimestamp']
  if (starts !== 'AT_TIMESTAMP') {
    if (time === undefined) return []
    const message = `StartingPositionTimestamp goes with AT_TIMESTAMP, and ${id} starts at ${String(starts)}. Remove it.`
    const timed = at(id, 'StartingPositionTimestamp')
    return [error(timed, message, { title: 'Remove the time', patches: [{ op: 'remove', path: timed }] })]
  }
  if (typeOf(source, scenario) === TABLE) {
    const words = `Unsupported starting position for arn type: arn:aws:dynamodb:us-east-1:123456789012:table/${source}/stream`
    return [error(path, `${words} Only Kinesis can be read from a time (STR-ESM-9).`, fix)]
  }
  if (time !== undefined) return []
  return [
    error(at(id, 'StartingPositionTimestamp'), `${id} starts AT_TIMESTAMP, so StartingPositionTimestamp is needed.`),
  ]
})

/** STR-ESM-1: a table has something to read only with a stream. */
const streamOn = each(true, ({ id, source }, scenario) => {
  const table = scenario.resources[source]!
  if (table.Type !== TABLE || table.Properties?.['StreamSpecification'] !== undefined) return []
  const path = pointer(source, 'Properties', 'StreamSpecification')
  const message = `${source} has no stream that ${id} could read. Set StreamSpecification.`
  const value = { StreamViewType: 'NEW_AND_OLD_IMAGES' }
  return [error(path, message, { title: 'Switch the stream on', patches: [{ op: 'add', path, value }] })]
})

/** STR-ESM-3: no limit, or at least a minute. */
const age = each(true, ({ id, mapping }) => {
  const most = mapping['MaximumRecordAgeInSeconds']
  if (typeof most !== 'number' || most < 0 || most >= LEAST_AGE) return []
  const path = at(id, 'MaximumRecordAgeInSeconds')
  const message = `MaximumRecordAgeInSeconds is -1 or ${LEAST_AGE} to 604800 s. ${id} has ${most}.`
  return [error(path, message, set(path, LEAST_AGE))]
})

/** LAM-66: the execution role may read the stream, and tell the destination. */
const permitted = each(true, ({ id, mapping, source, fn }, scenario) => {
  const role = functionProperty(fn, 'Role', scenario)
  if (typeof role !== 'string' || typeOf(role, scenario) !== ROLE) return []
  const reads = needsOf(source, scenario)
  const actions = reads.map(([action]) => action.slice(action.indexOf(':') + 1))
  const list = `${actions.slice(0, -1).join(', ')}, and ${actions.at(-1)}`
  const stream = streamOf(source, scenario) ?? source
  const words = `Cannot access stream ${stream}. Please ensure the role can perform the ${list} Actions on your stream in IAM.`
  const to = destinationOf(mapping, scenario)
  return [
    ...forbidden(id, role, reads, words, scenario),
    ...(to === null
      ? []
      : forbidden(
          id,
          role,
          [[to.action, to.to]],
          `The function's execution role does not have permissions to call ${to.action.slice(to.action.indexOf(':') + 1)} on ${to.to}.`,
          scenario,
        )),
  ]
})

const RECEIVES = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']

/** LAM-66: the same of a queue. AWS refuses it; here it runs, for a lesson to show that nothing is read (claim 5.7). */
const receives = each(false, ({ id, source, fn }, scenario) => {
  const role = functionProperty(fn, 'Role', scenario)
  if (typeof role !== 'string' || typeOf(role, scenario) !== ROLE) return []
  const needs = RECEIVES.map((action) => [action, source] as const)
  const words = `The function execution role does not have permissions to call ReceiveMessage on SQS. ${id} reads nothing from ${source}.`
  return forbidden(id, role, needs, words, scenario).map((it): Problem => ({ ...it, severity: 'warning' }))
})

function forbidden(
  id: LogicalId,
  role: LogicalId,
  needs: readonly (readonly [action: string, on: LogicalId])[],
  words: string,
  scenario: Scenario,
): Problem[] {
  const resource = scenario.resources[role]!
  const statements = statementsOf(resource)
  const missing = needs.filter(([action, on]) => !evaluate({ statements, action, resource: [on] }).allowed)
  if (missing.length === 0) return []
  const granted = missing.reduce((changed: Resource, [action, on]) => grant(changed, action, on), resource)
  const policies = pointer(role, 'Properties', 'Policies')
  const value = granted.Properties?.['Policies']
  const names = missing.map(([action]) => action).join(', ')
  const fix: Fix = { title: `Allow ${names}`, patches: [{ op: 'add', path: policies, value }] }
  const problem = error(
    at(id, 'FunctionName'),
    `${words} ${role} lacks ${names} (LAM-66). Allow it.`,
    granted === resource ? undefined : fix,
  )
  // policies of AWS itself are not read here, so that they may well allow it
  const managed = resource.Properties?.['ManagedPolicyArns']
  if (!Array.isArray(managed) || managed.length === 0) return [problem]
  const message = `Coldstart reads inline policies only, and those of ${role} lack ${names}, which ${id} needs (LAM-66). Allow it there.`
  return [{ ...problem, severity: 'warning', message }]
}

/** STR-ESM-7: a standard queue. */
const destination = each(true, ({ id, mapping }, scenario) => {
  const to = destinationOf(mapping, scenario)
  if (to === null || scenario.resources[to.to]?.Properties?.['FifoQueue'] !== true) return []
  const path = at(id, 'DestinationConfig')
  const message = `The destination ARN arn:aws:sqs:us-east-1:123456789012:${to.to}.fifo is invalid. Name a standard queue.`
  return [error(path, message, { title: 'Remove the destination', patches: [{ op: 'remove', path }] })]
})

/** STR-ESM-10: a third reader of a table's stream is throttled. */
const readers: Check = (scenario) => {
  const count = new Map<LogicalId, number>()
  return idsOf(MAPPING, scenario).flatMap((id): Problem[] => {
    const table = String(scenario.resources[id]!.Properties?.['EventSourceArn'])
    if (typeOf(table, scenario) !== TABLE) return []
    count.set(table, (count.get(table) ?? 0) + 1)
    if (count.get(table)! <= MOST_READERS) return []
    const message = `${id} is reader ${count.get(table)} of the stream of ${table}. More than ${MOST_READERS} are throttled (STR-ESM-10). Let one function hand on what the others need.`
    return [{ severity: 'warning', path: at(id, 'EventSourceArn'), message }]
  })
}

export const streamChecks: readonly Check[] = [
  surplus(true),
  surplus(false),
  position,
  streamOn,
  age,
  permitted,
  receives,
  destination,
  readers,
]
