import { applySet, ordered } from '../../../model/interventions'
import type { Scenario } from '../../../model/scenario'
import type { Check, Problem } from '../../service'
import { LAYER, VERSION } from '../resource-types'
import { removing, report } from './report'

/** Interventions looked at; each costs the checks once. */
const MOST = 50

const parts = (path: string): string[] =>
  path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** LAM-60: what is published never changes. Provisioned concurrency is no part of a version and may be set. */
export const immutable: Check = (scenario) =>
  (scenario.interventions ?? []).flatMap((step, index): Problem[] => {
    if (!('set' in step)) return []
    const [, , id = '', part, name] = parts(step.set)
    const type = Object.hasOwn(scenario.resources, id) ? scenario.resources[id]!.Type : null
    if (type !== VERSION && type !== LAYER) return []
    if (type === VERSION && part === 'Properties' && name === 'ProvisionedConcurrencyConfig') return []
    const what = type === VERSION ? 'A published version' : 'A layer version'
    const remedy = type === VERSION ? 'Change the function and publish a new version.' : 'Publish a new layer version.'
    const fix = removing(`Remove intervention ${index + 1}`, `/interventions/${index}`)
    return report(
      'error',
      `/interventions/${index}/set`,
      `Intervention ${index + 1} changes ${id}. ${what} never changes (LAM-60). ${remedy}`,
      null,
      fix,
    )
  })

/** A `set` that leads to what AWS would refuse is refused as it is in the document. */
export const afterSets =
  (checks: readonly Check[]): Check =>
  (scenario) => {
    const steps = ordered(scenario)
      .filter((step) => 'set' in step)
      .slice(0, MOST)
    const errors = (it: Scenario): Problem[] =>
      checks.flatMap((check) => check(it)).filter(({ severity }) => severity === 'error')
    let now: Scenario = { ...scenario, interventions: [] }
    const known = new Set(errors(now).map(({ message }) => message))
    return steps.flatMap((step): Problem[] => {
      const index = scenario.interventions!.indexOf(step)
      const id = 'set' in step ? parts(step.set)[2] : undefined
      if (!('set' in step) || id === undefined || !Object.hasOwn(now.resources, id) || parts(step.set).length < 4)
        return []
      now = applySet(now, step.set, step.value).scenario
      if (!now.resources[id]!.Type.startsWith('AWS::Lambda::') && !now.resources[id]!.Type.startsWith('AWS::IAM::'))
        return []
      return errors(now).flatMap(({ message }) => {
        if (known.has(message)) return []
        known.add(message)
        return report('error', `/interventions/${index}/value`, `Intervention ${index + 1}: ${message}`)
      })
    })
  }
