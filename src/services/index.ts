/** What follows from the registry: all kinds, facts and reasons by name. Nothing here lists services by hand. */
import * as all from './all'
import { CALL_REASONS } from './call-reasons'
import type { Fact } from '../model/facts'
import type { Kind, Service } from './service'

export const SERVICES: readonly Service[] = Object.values(all)

export const KINDS: { readonly [type: string]: Kind } = Object.assign({}, ...SERVICES.map((service) => service.kinds))
export const FACTS: { readonly [key: string]: Fact } = Object.fromEntries(
  SERVICES.flatMap((service) => Object.values(service.facts)).map((fact) => [fact.key, fact]),
)
export const REASONS: { readonly [code: string]: string } = Object.assign(
  {},
  CALL_REASONS,
  ...SERVICES.map((service) => service.reasons),
)

export function serviceOf(type: string): Service | undefined {
  return SERVICES.find((service) => service.kinds[type] !== undefined)
}
