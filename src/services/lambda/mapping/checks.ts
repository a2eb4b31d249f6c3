/** What AWS refuses or advises about event source mappings. */
import { parsePattern } from '../../../events/parse-pattern'
import type { Json, JsonObject, LogicalId, Scenario } from '../../../model/scenario'
import { idsOf, pointer } from '../../edit'
import type { Check, Fix, Problem } from '../../service'
import { functionProperty } from './config'
import { streamChecks } from './streams/checks'
import { isStreamSource } from './streams/source'
import { MAPPING } from '../resource-types'

interface Drawn {
  readonly id: LogicalId
  readonly mapping: JsonObject
  readonly queue: LogicalId
  readonly fn: LogicalId
  readonly fifo: boolean
}

const REFUSED = 'InvalidParameterValueException'
/** Characters of one pattern (ESM-4). */
const LONGEST_PATTERN = 4_096

/** A check of every mapping whose source and function exist; of queues alone, if it does not say `any`. */
const each =
  (check: (drawn: Drawn, scenario: Scenario) => Problem[], any = false): Check =>
  (scenario) =>
    idsOf(MAPPING, scenario).flatMap((id) => {
      const mapping = scenario.resources[id]!.Properties ?? {}
      const queue = String(mapping['EventSourceArn'])
      const fn = String(mapping['FunctionName'])
      if (scenario.resources[queue] === undefined || scenario.resources[fn] === undefined) return []
      if (!any && isStreamSource(queue, scenario)) return []
      const fifo = scenario.resources[queue].Properties?.['FifoQueue'] === true
      return check({ id, mapping, queue, fn, fifo }, scenario)
    })

const number = (value: Json | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)
const error = (path: string, message: string, fix?: Fix): Problem => ({
  severity: 'error',
  path,
  message,
  ...(fix === undefined ? {} : { fix }),
})
const set = (path: string, value: Json, unit = ''): Fix => ({
  title: `Set ${String(value)}${unit}`,
  patches: [{ op: 'add', path, value }],
})
const without = (path: string, name: string): Fix => ({ title: `Remove ${name}`, patches: [{ op: 'remove', path }] })

/** SQS-ESM-2: refused below the function timeout, advised at six times plus the window. */
const visibility = each(({ mapping, queue, fn }, scenario) => {
  const hidden = number(scenario.resources[queue]!.Properties?.['VisibilityTimeout'], 30)
  const timeout = number(functionProperty(fn, 'Timeout', scenario), 3)
  const advised = Math.min(43_200, 6 * timeout + number(mapping['MaximumBatchingWindowInSeconds'], 0))
  if (hidden >= advised) return []
  const path = pointer(queue, 'Properties', 'VisibilityTimeout')
  const fix = set(path, advised, ' s')
  if (hidden < timeout) {
    const message = `${REFUSED}: Queue visibility timeout: ${hidden} seconds is less than Function timeout: ${timeout} seconds. AWS refuses to map ${queue} to ${fn} (SQS-ESM-2). Set ${advised} s.`
    return [error(path, message, fix)]
  }
  const message = `Messages of ${queue} stay hidden for ${hidden} s. With a function timeout of ${timeout} s AWS advises ${advised} s, or a throttled batch may be delivered twice.`
  return [{ severity: 'warning', path, message, fix }]
})

/** SQS-ESM-1: more than ten messages need a window; a FIFO queue has neither. */
const batch = each(({ id, mapping, queue, fifo }) => {
  const size = number(mapping['BatchSize'], 10)
  const window = number(mapping['MaximumBatchingWindowInSeconds'], 0)
  const path = pointer(id, 'Properties', 'MaximumBatchingWindowInSeconds')
  // a starting position completes the size of a stream, and is refused by itself
  if (mapping['StartingPosition'] !== undefined) return []
  if (!fifo) {
    if (size <= 10 || window > 0) return []
    const message = `${REFUSED}: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10. ${id} has a batch size of ${size} and no window.`
    return [error(path, message, set(path, 1, ' s'))]
  }
  const problems: Problem[] = []
  if (size > 10) {
    const at = pointer(id, 'Properties', 'BatchSize')
    const message = `${REFUSED}: the batch size of a FIFO queue is at most 10. ${id} has ${size}.`
    problems.push(error(at, message, set(at, 10)))
  }
  if (window > 0) {
    const message = `${REFUSED}: a batching window is not supported for FIFO queues, and ${queue} is one. ${id} has ${window} s.`
    problems.push(error(path, message, without(path, 'the window')))
  }
  return problems
})

/** SQS-ESM-5: provisioned pollers exclude a maximum concurrency; the least are at most the most. */
const pollers = each(({ id, mapping }) => {
  const provisioned = mapping['ProvisionedPollerConfig'] as JsonObject | undefined
  if (provisioned === undefined) return []
  const problems: Problem[] = []
  const scaling = mapping['ScalingConfig'] as JsonObject | undefined
  if (scaling?.['MaximumConcurrency'] !== undefined) {
    const path = pointer(id, 'Properties', 'ScalingConfig')
    const message = `${REFUSED}: MaximumConcurrency and ProvisionedPollerConfig cannot be used together. Keep one of them in ${id}.`
    problems.push(error(path, message, without(path, 'the maximum concurrency')))
  }
  const least = number(provisioned['MinimumPollers'], 2)
  const most = number(provisioned['MaximumPollers'], 200)
  if (least > most) {
    const path = pointer(id, 'Properties', 'ProvisionedPollerConfig', 'MinimumPollers')
    const message = `${REFUSED}: MinimumPollers ${least} is greater than MaximumPollers ${most}.`
    problems.push(error(path, message, set(path, most)))
  }
  return problems
})

/** ESM-4: a pattern is one of at most 4,096 characters that can be read. */
const filters = each(({ id, mapping }) => {
  const list = (mapping['FilterCriteria'] as JsonObject | undefined)?.['Filters']
  if (!Array.isArray(list)) return []
  return list.flatMap((filter, i): Problem[] => {
    const pattern = (filter as JsonObject | null)?.['Pattern']
    if (pattern === undefined) return []
    const path = pointer(id, 'Properties', 'FilterCriteria', 'Filters', i, 'Pattern')
    const length = (typeof pattern === 'string' ? pattern : JSON.stringify(pattern)).length
    if (length > LONGEST_PATTERN) {
      const message = `${REFUSED}: a filter pattern has at most ${LONGEST_PATTERN} characters. This one has ${length}.`
      return [error(path, message)]
    }
    const parsed = parsePattern(pattern)
    if (parsed.ok) return []
    return [error(path, `${REFUSED}: Invalid filter pattern definition. In ${id}, ${parsed.reason}.`)]
  })
}, true)

/** ESM-1: a source is mapped to a function once. */
const once: Check = (scenario) => {
  const seen = new Map<string, LogicalId>()
  return idsOf(MAPPING, scenario).flatMap((id): Problem[] => {
    const { EventSourceArn: queue, FunctionName: fn } = scenario.resources[id]!.Properties ?? {}
    const key = `${String(queue)} ${String(fn)}`
    const before = seen.get(key)
    if (before === undefined) {
      seen.set(key, id)
      return []
    }
    const message = `ResourceConflictException: an event source mapping from ${String(queue)} to ${String(fn)} already exists: ${before}. Remove ${id}.`
    return [error(pointer(id), message, { title: `Remove ${id}`, patches: [{ op: 'remove', path: pointer(id) }] })]
  })
}

/** SQS-ESM-4: maximum concurrencies beyond the reserved concurrency of the function throttle. */
const reserved = each(({ id, mapping, fn }, scenario) => {
  const most = (mapping['ScalingConfig'] as JsonObject | undefined)?.['MaximumConcurrency']
  const limit = functionProperty(fn, 'ReservedConcurrentExecutions', scenario)
  if (typeof most !== 'number' || typeof limit !== 'number' || limit === 0 || most <= limit) return []
  const path = pointer(id, 'Properties', 'ScalingConfig', 'MaximumConcurrency')
  const message = `${id} may run ${most} batches at once, but ${fn} has ${limit} reserved environments. Batches beyond are throttled. Reserve ${most}.`
  return [{ severity: 'warning', path, message }]
})

export const mappingChecks: readonly Check[] = [visibility, batch, pollers, filters, once, reserved, ...streamChecks]
