/** What the gate must know of the services. Given as a value, so that parts of the gate are tested with a few types. */
import type { Fact } from '../model/facts'
import type { Schemas } from '../services/schema-kit'
import type { Check, Kind } from '../services/service'

export interface Registry {
  readonly schemas: Schemas
  readonly kinds: { readonly [type: string]: Kind }
  readonly checks: readonly Check[]
  readonly facts: { readonly [key: string]: Fact }
}

/** `Queue` for `AWS::SQS::Queue`; the type itself when nothing is known. */
export function labelOf(registry: Pick<Registry, 'kinds'>, type: string): string {
  return Object.hasOwn(registry.kinds, type) ? (registry.kinds[type]?.label ?? type) : (type.split('::').at(-1) ?? type)
}
