/** Versions and aliases of functions, and what functions share: as the drawing shows them. */
import { factValue } from '../model/facts'
import { objectOf } from '../model/json'
import type { LogicalId, Scenario } from '../model/scenario'
import { accountConcurrency } from '../services/functions'
import type { Pool, Release } from './types'

export const FUNCTION = 'AWS::Lambda::Function'
export const VERSION = 'AWS::Lambda::Version'
export const ALIAS = 'AWS::Lambda::Alias'
/** The unpublished code and configuration (LAM-60). */
export const LATEST = '$LATEST'

/** As much of a document as names need. */
type Named = Pick<Scenario, 'resources' | 'labels'>

/** The function a version or an alias belongs to; null for any other resource. */
export function ownerOf(id: LogicalId, scenario: Named): LogicalId | null {
  const resource = scenario.resources[id]
  if (resource?.Type !== VERSION && resource?.Type !== ALIAS) return null
  const owner = resource.Properties?.['FunctionName']
  return typeof owner === 'string' ? owner : null
}

/** `3` of a version, `live` of an alias, `$LATEST` of a function; the id where the document does not say. */
export function qualifierOf(id: LogicalId, scenario: Named): string {
  const resource = scenario.resources[id]
  if (resource?.Type === FUNCTION) return LATEST
  const written = resource?.Type === VERSION ? resource.Behavior?.['number'] : resource?.Properties?.['Name']
  return typeof written === 'string' || typeof written === 'number' ? String(written) : id
}

/** The name on screen of any resource: its label, `Checkout:live` for an alias, else its id. */
export function nameIn(id: LogicalId, scenario: Named): string {
  const written = scenario.labels?.[id]
  if (written !== undefined) return written
  const owner = ownerOf(id, scenario)
  return owner === null ? id : `${scenario.labels?.[owner] ?? owner}:${qualifierOf(id, scenario)}`
}

/** What a function's face shows of a version or an alias; null for anything else. */
export function releaseOf(id: LogicalId, scenario: Scenario): Release | null {
  const resource = scenario.resources[id]
  if (resource?.Type !== VERSION && resource?.Type !== ALIAS) return null
  const kept = objectOf(resource.Properties?.['ProvisionedConcurrencyConfig'])['ProvisionedConcurrentExecutions']
  const base = { name: qualifierOf(id, scenario), provisioned: typeof kept === 'number' ? kept : 0 }
  if (resource.Type === VERSION) return { kind: 'version', ...base, to: [] }
  const { version, second, weight } = routesOf(id, scenario)
  const named = (target: LogicalId, share: number): Release['to'][number] => {
    const isLatest = target === LATEST
    const owner = ownerOf(id, scenario)
    return {
      id: isLatest && owner !== null ? owner : target,
      name: isLatest ? LATEST : qualifierOf(target, scenario),
      share,
    }
  }
  const to = second === null ? [named(version, 1)] : [named(version, 1 - weight), named(second, weight)]
  return { kind: 'alias', ...base, to: version === '' ? [] : to }
}

export interface Routes {
  /** Logical id of a version, or `$LATEST`; empty where the document does not say. */
  readonly version: LogicalId
  readonly second: LogicalId | null
  /** Share of the second one, 0..1. */
  readonly weight: number
}

/** Where calls to an alias go (LAM-61). */
export function routesOf(alias: LogicalId, scenario: Scenario): Routes {
  const { FunctionVersion, RoutingConfig } = scenario.resources[alias]?.Properties ?? {}
  const weights = objectOf(RoutingConfig)['AdditionalVersionWeights']
  const first = objectOf(Array.isArray(weights) ? weights[0] : undefined)
  const [second, weight] = [first['FunctionVersion'], first['FunctionWeight']]
  return {
    version: typeof FunctionVersion === 'string' ? FunctionVersion : '',
    second: typeof second === 'string' ? second : null,
    weight: typeof weight === 'number' ? weight : 0,
  }
}

const reservedOf = (id: LogicalId, scenario: Scenario): number | null => {
  const reserved = scenario.resources[id]?.Properties?.['ReservedConcurrentExecutions']
  return typeof reserved === 'number' ? reserved : null
}

/** What each function may use at once: its reserved concurrency, or what the account has left for all others (LAM-41, LAM-42). */
export function poolsOf(scenario: Scenario): (id: LogicalId) => Pool | null {
  const functions = Object.keys(scenario.resources).filter((id) => scenario.resources[id]!.Type === FUNCTION)
  if (functions.length === 0) return () => null
  const usual = factValue(accountConcurrency, scenario.profile)
  const account = scenario.facts?.[accountConcurrency.key] ?? (typeof usual === 'number' ? usual : 0)
  const reserved = functions.reduce((sum, id) => sum + (reservedOf(id, scenario) ?? 0), 0)
  const unreserved = new Set(functions.filter((id) => reservedOf(id, scenario) === null))
  const versions = Object.keys(scenario.resources).filter((id) => scenario.resources[id]!.Type === VERSION)
  const sharers = [...unreserved, ...versions.filter((id) => unreserved.has(ownerOf(id, scenario) ?? ''))]
  return (id) =>
    scenario.resources[id]?.Type === FUNCTION
      ? {
          reserved: reservedOf(id, scenario),
          own: [id, ...versions.filter((version) => ownerOf(version, scenario) === id)],
          shared: Math.max(0, account - reserved),
          sharers,
        }
      : null
}
