/** What follows from the registry: facts by name. Nothing here lists services by hand. */
import * as all from './all'
import type { Fact } from '../model/facts'
import type { Service } from './service'

export const SERVICES: readonly Service[] = Object.values(all)

export const FACTS: { readonly [key: string]: Fact } = Object.fromEntries(
  SERVICES.flatMap((service) => Object.values(service.facts)).map((fact) => [fact.key, fact]),
)

export function serviceOf(type: string): Service | undefined {
  return SERVICES.find((service) => type.startsWith(service.namespace))
}
