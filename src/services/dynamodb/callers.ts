import type { Json, JsonObject, LogicalId, Resource } from '../../model/scenario'
import type { ServiceContext } from '../service'

const FUNCTION = 'AWS::Lambda::Function'
const VERSION = 'AWS::Lambda::Version'

/** Series that count an effect, and a repeated one. */
export interface EffectMeters {
  readonly effects: number
  readonly duplicates: number
}

export function effectMeters({ kernel: { metrics } }: ServiceContext, id: LogicalId): EffectMeters {
  return {
    effects: metrics.series(id, 'Effects', 'count'),
    duplicates: metrics.series(id, 'DuplicateEffects', 'count'),
  }
}

const writes = (behavior: Json | undefined): boolean =>
  ((behavior as JsonObject | undefined)?.['steps'] as JsonObject[] | undefined)?.some(({ call }) =>
    String(call).startsWith('dynamodb:'),
  ) === true
const codeOf = ({ Behavior: behavior }: Resource): readonly (Json | undefined)[] => [
  behavior,
  (behavior?.['snapshot'] as JsonObject | undefined)?.['Behavior'],
]

/** Meters of functions that write to tables, by the resource that calls: a version counts for its function too. */
export function callerMeters(context: ServiceContext): (readonly EffectMeters[] | undefined)[] {
  const { resources } = context.scenario()
  const byResource: EffectMeters[][] = []
  const versions = context.ids(VERSION)
  for (const id of context.ids(FUNCTION)) {
    const own = versions.filter((version) => resources[version]!.Properties?.['FunctionName'] === id)
    if (![id, ...own].some((one) => codeOf(resources[one]!).some(writes))) continue
    const meters = effectMeters(context, id)
    byResource[context.index(id)] = [meters]
    for (const version of own) byResource[context.index(version)] = [meters, effectMeters(context, version)]
  }
  return byResource
}
