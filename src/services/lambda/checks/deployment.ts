import { factValue, PROFILES } from '../../../model/facts'
import { ordered } from '../../../model/interventions'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { idsOf, pointer } from '../../edit'
import type { Check, Problem } from '../../service'
import { facts } from '../facts'
import { FUNCTION, LAYER } from '../resource-types'
import { isFailure, type StateReasonCode } from '../states/state-reasons'
import { objectOf } from '../targets'
import { familiesOf } from './families'
import { numberOf, removing, report } from './report'

/** MB of code a region keeps (LAM-12). */
const STORED = 300 * 1_024

/** LAM-12: every version and layer version is stored. Images are kept elsewhere. */
export const codeStorage: Check = (scenario) => {
  let total = 0
  for (const { configurations } of familiesOf(scenario).values())
    for (const { properties, behavior } of configurations) {
      const { zip, unzipped } = objectOf(behavior['package'])
      if (properties['PackageType'] !== 'Image') total += numberOf(unzipped) ?? numberOf(zip) ?? 1
    }
  for (const id of idsOf(LAYER, scenario)) total += numberOf(scenario.resources[id]!.Behavior?.['unzipped']) ?? 0
  if (total <= STORED) return []
  const message = `Functions, their versions and layers are ${Math.ceil(total / 1_024)} GB unzipped. A region keeps ${STORED / 1_024} GB (LAM-12). Remove old versions.`
  return report('error', '/resources', message, 'Code storage limit exceeded.')
}

/** LAM-16: some reasons say what a state is waiting for, and are no failure. */
export const failures: Check = (scenario) =>
  idsOf(FUNCTION, scenario).flatMap((id) =>
    (['creationFails', 'updateFails'] as const).flatMap((name): Problem[] => {
      const code = scenario.resources[id]!.Behavior?.[name]
      if (typeof code !== 'string' || isFailure(code as StateReasonCode)) return []
      const path = pointer(id, 'Behavior', name)
      const message = `${id}: ${code} is the reason of a state that passes, not of a failure (LAM-16). Name another.`
      return report('error', path, message, null, removing(`Remove ${name}`, path))
    }),
  )

/** A change of these is no update of the function. */
const APART = new Set(['ReservedConcurrentExecutions', 'RecursiveLoop'])

/** LAM-15: AWS takes no update of a function while another is in progress. What is set at one moment is one update. */
export const updates: Check = (scenario) => {
  const took = updateTime(scenario)
  if (took === 0) return []
  const last = new Map<LogicalId, { at: number; index: number }>()
  return ordered(scenario).flatMap((step): Problem[] => {
    if (!('set' in step)) return []
    const [, , id = '', , name = ''] = step.set.split('/')
    if (!Object.hasOwn(scenario.resources, id) || scenario.resources[id]!.Type !== FUNCTION || APART.has(name))
      return []
    const index = scenario.interventions!.indexOf(step)
    const before = last.get(id)
    if (before?.at === step.at) return []
    last.set(id, { at: step.at, index })
    if (before === undefined || step.at - before.at >= took) return []
    const wait = Number((step.at - before.at).toFixed(3))
    const message = `Intervention ${index + 1} changes ${id} ${wait} s after intervention ${before.index + 1}, whose update takes ${took} s. AWS refuses it with 409 ResourceConflictException (LAM-15, LAM-52); the run makes both. Wait ${took} s, or set both at one moment.`
    const words = `The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:123456789012:function:${id}`
    return report('warning', `/interventions/${index}/at`, message, words)
  })
}

/** Seconds an update takes, 0 where that is drawn at random. */
function updateTime(scenario: Scenario): number {
  const fact = facts['updateTime']!
  const profile = Object.hasOwn(PROFILES, scenario.profile) ? scenario.profile : 'teaching'
  const value = scenario.facts?.[fact.key] ?? factValue(fact, profile)
  return typeof value === 'number' ? value : 0
}
