import { applySet, ordered } from '../../../model/interventions'
import type { Json, LogicalId, Resource, Scenario } from '../../../model/scenario'
import type { Check, Problem } from '../../service'
import { ALIAS, FUNCTION, INVOKE_CONFIG, LAYER, MAPPING, VERSION } from '../resource-types'
import { Neighbours } from './neighbours'
import { removing, report } from './report'

/** Resources looked at, those of every intervention counted, before the rest is left to the run. */
const MOST = 5_000

const parts = (path: string): string[] =>
  path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What AWS's update calls do not take: it is decided when the resource is created. */
const CREATED_WITH: { readonly [type: string]: { readonly what: string; readonly names: readonly string[] } } = {
  [FUNCTION]: { what: 'function', names: ['FunctionName', 'PackageType'] },
  [ALIAS]: { what: 'alias', names: ['FunctionName', 'Name'] },
  [MAPPING]: { what: 'event source mapping', names: ['EventSourceArn'] },
  [INVOKE_CONFIG]: { what: 'configuration', names: ['FunctionName', 'Qualifier'] },
}

/** LAM-60: what is published never changes. Provisioned concurrency is no part of a version and may be set. */
export const immutable: Check = (scenario) =>
  (scenario.interventions ?? []).flatMap((step, index): Problem[] => {
    if (!('set' in step)) return []
    const [, , id = '', part, name] = parts(step.set)
    const resource = Object.hasOwn(scenario.resources, id) ? scenario.resources[id]! : null
    const refuse = (message: string): Problem[] => {
      const fix = removing(`Remove intervention ${index + 1}`, `/interventions/${index}`)
      return report('error', `/interventions/${index}/set`, `Intervention ${index + 1} ${message}`, null, fix)
    }
    if (resource?.Type === VERSION && !(part === 'Properties' && name === 'ProvisionedConcurrencyConfig'))
      return refuse(
        `changes ${id}. A published version never changes (LAM-60). Change the function and publish a new version.`,
      )
    if (resource?.Type === LAYER)
      return refuse(`changes ${id}. A layer version never changes (LAM-60). Publish a new layer version.`)
    const created = CREATED_WITH[resource?.Type ?? '']
    if (created === undefined || part !== 'Properties') return []
    if (!created.names.includes(name ?? '') || same(step.value, resource?.Properties?.[name!])) return []
    return refuse(`changes ${name} of ${id}, which AWS takes only when it creates one. Add another ${created.what}.`)
  })

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Properties whose sum over all functions is limited. */
const SUMMED = /\/(ReservedConcurrentExecutions|ProvisionedConcurrencyConfig)/

/**
 * A `set` that leads to what AWS would refuse is refused as it is in the document. `own` concern a function with what belongs to it,
 * `mappings` mappings, `sums` all functions together.
 */
export const afterSets =
  (own: readonly Check[], mappings: readonly Check[], sums: readonly Check[]): Check =>
  (scenario) => {
    const steps = ordered(scenario).filter((step) => 'set' in step)
    if (steps.length === 0) return []
    const neighbours = new Neighbours(scenario)
    const known = new Set<string>()
    const now: { [id: LogicalId]: Resource } = { ...scenario.resources }
    let left = MOST
    return steps.flatMap((step): Problem[] => {
      const index = scenario.interventions!.indexOf(step)
      const id = 'set' in step ? parts(step.set)[2] : undefined
      if (!('set' in step) || id === undefined || !Object.hasOwn(now, id) || parts(step.set).length < 4) return []
      const before = now[id]!
      const changed = applySet({ ...scenario, resources: { [id]: before } }, step.set, step.value).scenario.resources[
        id
      ]!
      now[id] = changed
      if (left < 0 || !/^AWS::(Lambda|IAM)::/.test(changed.Type)) return []
      const ids = neighbours.of(id, now)
      left -= ids.length
      const checks = changed.Type === MAPPING ? [...own, ...mappings] : own
      const near = Object.fromEntries(ids.map((it) => [it, now[it]!]))
      const errors = (resource: Resource): string[] => [
        ...said(checks, { ...scenario, resources: { ...near, [id]: resource } }),
        ...(SUMMED.test(step.set) ? said(sums, { ...scenario, resources: { ...now, [id]: resource } }) : []),
      ]
      const already = new Set(errors(before))
      return errors(changed).flatMap((message) => {
        if (already.has(message) || known.has(message)) return []
        known.add(message)
        return report('error', `/interventions/${index}/value`, `Intervention ${index + 1}: ${message}`)
      })
    })
  }

const said = (checks: readonly Check[], scenario: Scenario): string[] =>
  checks.flatMap((check) => check(scenario).flatMap(({ severity, message }) => (severity === 'error' ? [message] : [])))
