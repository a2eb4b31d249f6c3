import type { JsonObject, Scenario } from '../../model/scenario'
import type { Check, Problem } from '../service'
import { deadLetters, destinations, logs, qualifiers } from './checks/async'
import { provisioned, reserved } from './checks/concurrency'
import { environment, imports, names, role, runtimes } from './checks/configuration'
import { afterSets, immutable } from './checks/interventions'
import { layers, sizes } from './checks/package'
import { recursion } from './checks/recursion'
import { snapStart, snapStartOrProvisioned } from './checks/snapstart'
import { aliasNames, aliasTargets, versionNumbers } from './checks/versions'
import { MAPPING } from './resource-types'

const of = (scenario: Scenario, type: string): [string, JsonObject][] =>
  Object.entries(scenario.resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties ?? {}])

/** SQS-ESM-2: refused below the function timeout, advised at six times plus the window. */
const visibility: Check = (scenario) =>
  of(scenario, MAPPING).flatMap(([, mapping]): Problem[] => {
    const queueId = String(mapping['EventSourceArn'])
    const functionId = String(mapping['FunctionName'])
    const queue = scenario.resources[queueId]
    const fn = scenario.resources[functionId]
    if (queue === undefined || fn === undefined) return []
    const hidden = Number(queue.Properties?.['VisibilityTimeout'] ?? 30)
    const timeout = Number(fn.Properties?.['Timeout'] ?? 3)
    const advised = 6 * timeout + Number(mapping['MaximumBatchingWindowInSeconds'] ?? 0)
    if (hidden >= advised) return []
    const path = `/resources/${queueId}/Properties/VisibilityTimeout`
    const fix = { title: `Set ${advised} s`, patches: [{ op: 'add' as const, path, value: advised }] }
    return hidden < timeout
      ? [
          {
            severity: 'error',
            path,
            message: `${queueId} hides messages for ${hidden} s, but ${functionId} may run for ${timeout} s. AWS refuses this mapping. Set ${advised} s.`,
            fix,
          },
        ]
      : [
          {
            severity: 'warning',
            path,
            message: `Messages of ${queueId} stay hidden for ${hidden} s. With a function timeout of ${timeout} s AWS advises ${advised} s, or a throttled batch may be delivered twice.`,
            fix,
          },
        ]
  })

/** SQS-ESM-1: more than ten messages need a window. */
const batchWindow: Check = (scenario) =>
  of(scenario, MAPPING).flatMap(([id, mapping]): Problem[] => {
    if (Number(mapping['BatchSize'] ?? 10) <= 10 || Number(mapping['MaximumBatchingWindowInSeconds'] ?? 0) >= 1)
      return []
    const path = `/resources/${id}/Properties/MaximumBatchingWindowInSeconds`
    return [
      {
        severity: 'error',
        path,
        message: `A batch of more than 10 needs MaximumBatchingWindowInSeconds of at least 1 s. ${id} has none.`,
        fix: { title: 'Set 1 s', patches: [{ op: 'add', path, value: 1 }] },
      },
    ]
  })

const configuration: readonly Check[] = [
  role,
  names,
  environment,
  runtimes,
  imports,
  sizes,
  layers,
  snapStart,
  snapStartOrProvisioned,
  versionNumbers,
  aliasNames,
  aliasTargets,
  reserved,
  provisioned,
  qualifiers,
  deadLetters,
  destinations,
]

/** What AWS refuses or advises beyond the limits of one property. Only the gate loads them (`services/checks.ts`). */
export const checks: readonly Check[] = [
  visibility,
  batchWindow,
  ...configuration,
  logs,
  recursion,
  immutable,
  afterSets(configuration),
]
