import { ERROR } from '../invocation/errors'
import type { Duration, Json, JsonObject } from '../../../model/scenario'
import { measuredAs } from './cold-start-data'

/** Facts under the scenario's profile and overrides. */
export interface ColdStartFacts {
  fact(key: string): Duration
  number(key: string): number
}

/** What starting an environment takes. */
export interface ColdStart {
  /** Getting a sandbox and the code (CS-1 a). */
  readonly provision: Duration
  /** Seconds added to it for the size of package and layers (CS-3, CS-4). */
  readonly extra: number
  /** Runtime and function init, reported as Init Duration; the same at every memory size (CS-2). */
  readonly init: Duration
  /** In place of init where a snapshot is restored (SS-3). */
  readonly restore: Duration
}

/**
 * The cold start of a function or version. `behavior.provision`, `.init` and `.restore` win over the facts. An image has its own init
 * times (it is loaded as it is read, so its size adds nothing); a runtime that was never measured takes those of its language.
 */
export function coldStartOf(
  context: ColdStartFacts,
  properties: JsonObject,
  behavior: JsonObject,
  layers: readonly JsonObject[],
): ColdStart {
  const image = properties['PackageType'] === 'Image'
  const runtime = measuredAs(textOf(properties['Runtime']) ?? 'nodejs24.x')
  const given = (key: 'provision' | 'init' | 'restore', fact: string): Duration =>
    (behavior[key] as Duration | undefined) ?? context.fact(fact)
  const init = given('init', `lambda.${image ? 'initImage' : 'init'}.${runtime}`)
  const arm = behavior['init'] === undefined && (properties['Architectures'] as Json[] | undefined)?.[0] === 'arm64'
  return {
    provision: given('provision', 'lambda.provision'),
    extra: image ? 0 : extraOf(context, behavior, layers),
    init: arm ? scaled(init, context.number(`lambda.initArm.${runtime}`)) : init,
    restore: given('restore', 'lambda.restore'),
  }
}

function extraOf(context: ColdStartFacts, behavior: JsonObject, layers: readonly JsonObject[]): number {
  const zip = numberOf((behavior['package'] as JsonObject | undefined)?.['zip'], 1)
  const size = layers.reduce((sum, layer) => sum + numberOf(layer['unzipped'], 0), zip)
  return Math.max(0, size - context.number('lambda.packageFree')) * context.number('lambda.mbPerExtraMs')
}

/**
 * Why the first import that nothing holds fails (LAM-53); null when package and layers provide all. `handler` is the Handler property,
 * whose part before the dot is the module that could not be imported; also what `initFails` of that type says.
 */
export function missingImport(
  behavior: JsonObject,
  layers: readonly JsonObject[],
  handler = 'lambda_function.lambda_handler',
): string | null {
  const provided = new Set([
    ...list((behavior['package'] as JsonObject | undefined)?.['provides']),
    ...layers.flatMap((layer) => list(layer['provides'])),
  ])
  const missing = list(behavior['imports']).find((name) => !provided.has(name))
  if (missing === undefined && behavior['initFails'] !== ERROR.import) return null
  const module = handler.includes('.') ? handler.slice(0, handler.lastIndexOf('.')) : handler
  return `Unable to import module '${module}': No module named '${missing ?? module}'`
}

/** A duration `factor` times as long. */
export function scaled(duration: Duration, factor: number): Duration {
  if (factor === 1) return duration
  if (typeof duration === 'number') return duration * factor
  if ('exp' in duration) return { exp: duration.exp * factor }
  if ('uniform' in duration) return { uniform: [duration.uniform[0] * factor, duration.uniform[1] * factor] }
  if ('lognormal' in duration) {
    return { lognormal: { p50: duration.lognormal.p50 * factor, p90: duration.lognormal.p90 * factor } }
  }
  const entries = Object.entries(duration.quantiles).map(([p, seconds]) => [p, seconds * factor] as const)
  return { quantiles: Object.fromEntries(entries) }
}

const numberOf = (value: Json | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)
const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)
const list = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
