import type { Duration, Json, JsonObject, LogicalId } from '../../model/scenario'
import { MICROS, toMicros } from '../../model/units'
import type { Sampler } from '../../kernel/sampler'
import { MOUNT, mountOf, type Mount } from '../file-systems'
import type { ServiceContext } from '../service'
import { coldStartOf, missingImport } from './environment/cold-start'
import { ERROR, errorTypes } from './invocation/errors'
import { readSteps, type Spend, type Step } from './invocation/steps'
import type { RunningVersion } from './versions/versions'

export { ALIAS, FUNCTION, INVOKE_CONFIG, LAYER, MAPPING, VERSION } from './resource-types'

/** Shutdown budget by kind of extensions, a fact each (LAM-24). */
const SHUTDOWN: { readonly [extensions: string]: string } = {
  internal: 'lambda.shutdownInternal',
  external: 'lambda.shutdownExternal',
}

/** The file system a function mounts (LAM-67). */
export interface MountConfig {
  readonly wire: number
  readonly payload: number
  /** Resource index. */
  readonly fileSystem: number
}

/** `$LATEST` or a published version as the run needs it; rebuilt whole when a `set` intervention changes it. Durations in µs. */
export interface FunctionConfig {
  /** Logical id of the function. */
  readonly id: LogicalId
  /** Resource its environments and invocations belong to: the function for `$LATEST`, else the version. */
  readonly resource: number
  /** Place of the function among the functions. */
  readonly fn: number
  /** Place of the version among the versions; those of `$LATEST` come first and equal `fn`. */
  readonly slot: number
  /** `$LATEST` or the number. */
  readonly version: string
  /** MB */
  readonly memory: number
  /** Runs on arm64, which has prices of its own (PR-3). */
  readonly arm: boolean
  readonly timeout: number
  /** null: unreserved. */
  readonly reserved: number | null
  readonly role: LogicalId | null
  readonly provision: Sampler
  readonly init: Sampler
  readonly restore: Sampler
  readonly overhead: Sampler
  /** Environments start from a snapshot (SS-1). */
  readonly snapStart: boolean
  readonly idle: number
  /** Infinity: no limit. */
  readonly maxAge: number
  readonly initLimit: number
  /** The same for an environment of a provisioned pool (LAM-20). */
  readonly preparedLimit: number
  /** Whether the init phase is billed (LAM-27). */
  readonly initBilled: boolean
  readonly shutdown: number
  readonly mount: MountConfig | null
  readonly steps: readonly Step[]
  /** The steps when in all of them only time passes and nothing can stop them, so that one agenda entry per invocation is enough; else null. */
  readonly spends: readonly Spend[] | null
  /** Some step keeps something in the environment. */
  readonly remembers: boolean
  readonly errorRate: number
  readonly failing: number
  readonly errorTypes: readonly string[]
  /** errorMessage by type, where the code says one. */
  readonly messages: ReadonlyMap<string, string>
  /** errorType every init ends with; null: init succeeds. */
  readonly initFails: string | null
  /** MB the loaded code takes, and /tmp has. */
  readonly needs: number
  readonly space: number
  readonly reportsFailures: boolean
  readonly response: Json | undefined
  /** The response is larger than what is sent unstreamed (LAM-9). */
  readonly large: boolean
  /** Even a stream does not carry it. */
  readonly tooLarge: boolean
  /** µs a stream takes for what is throttled. */
  readonly streaming: number
  /** The answer to a batch may say more than that it succeeded. */
  readonly returns: boolean
  readonly created: number | null
  /** StateReasonCode its creation, or an update to this configuration, fails with; null: it succeeds. */
  readonly creationFails: string | null
  readonly updateFails: string | null
  readonly allowsLoops: boolean
  /** Changes of anything but this are deployments, which end the environments of the old code. */
  readonly deployed: string
}

const PURPOSE = { provision: 'provision', init: 'init', restore: 'restore', overhead: 'overhead' } as const
const REMEMBERING = new Set<Step['kind']>(['state', 'connect', 'write', 'read', 'memory'])

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null)
const number = (value: Json | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)

export function readFunction(context: ServiceContext, running: RunningVersion, slot: number): FunctionConfig {
  const { id, own, properties, behavior, fn, version } = running
  const memory = number(properties['MemorySize'], 128)
  const role = typeof properties['Role'] === 'string' ? properties['Role'] : null
  const share = context.number('lambda.mbPerVcpu') / memory
  const layers = ((properties['Layers'] as LogicalId[] | undefined) ?? []).map((layer) => context.behavior(layer))
  const start = coldStartOf(context, properties, behavior, layers)
  const draw = (duration: Duration, purpose: string): Sampler => context.sampler(duration, own, purpose)
  const provision = draw(start.provision, PURPOSE.provision)
  const extra = toMicros(start.extra)
  const mount = mountOf(properties, context.scenario())
  const steps = readSteps(context, { id, role, properties, share, mount }, (behavior['steps'] ?? []) as JsonObject[])
  const snapStart =
    version !== '$LATEST' && (properties['SnapStart'] as JsonObject | undefined)?.['ApplyOn'] === 'PublishedVersions'
  const timeout = toMicros(number(properties['Timeout'], 3))
  const maxAge = number(behavior['maxAge'], context.number('lambda.environmentMaxAge'))
  const needs = number(behavior['memory'], 40)
  const missing = missingImport(
    behavior,
    layers,
    typeof properties['Handler'] === 'string' ? properties['Handler'] : undefined,
  )
  const initFails =
    typeof behavior['initFails'] === 'string' ? behavior['initFails'] : missing === null ? null : ERROR.import
  // prepared ahead, init may take as long as the function, at least 130 s and at most 15 min (LAM-20)
  const preparedLimit = Math.min(
    900 * MICROS,
    Math.max(timeout, toMicros(context.number('lambda.initLimitProvisioned'))),
  )
  const size = number(behavior['responseSize'], 0)
  const whole = context.number('lambda.responseMost')
  const large = size > whole
  const { ReservedConcurrentExecutions: _, DeadLetterConfig: __, ...deployed } = properties
  return {
    id,
    resource: context.index(own),
    fn,
    slot,
    version,
    memory,
    arm: (properties['Architectures'] as string[] | undefined)?.[0] === 'arm64',
    timeout,
    // of the function, whatever the version was published with
    reserved: running.reserved,
    role,
    provision: extra === 0 ? provision : () => provision() + extra,
    init: draw(start.init, PURPOSE.init),
    restore: draw(start.restore, PURPOSE.restore),
    overhead: draw(
      (behavior['overhead'] as Duration | undefined) ?? context.fact('lambda.warmOverhead'),
      PURPOSE.overhead,
    ),
    snapStart,
    idle: toMicros(number(behavior['idle'], context.number('lambda.idleTimeout'))),
    maxAge: maxAge === 0 ? Infinity : toMicros(maxAge),
    initLimit: snapStart ? preparedLimit : toMicros(context.number('lambda.initLimit')),
    preparedLimit,
    initBilled:
      context.number('lambda.initBilled') === 1 ||
      properties['PackageType'] === 'Image' ||
      String(properties['Runtime'] ?? '').startsWith('provided'),
    shutdown: shutdownOf(context, behavior),
    mount: mount === null ? null : mountConfig(context, id, role, mount),
    steps,
    large,
    tooLarge: size > context.number('lambda.streamMost'),
    streaming: large ? Math.round(((size - whole) / context.number('lambda.streamRate')) * MICROS) : 0,
    spends:
      steps.every((step): step is Spend => step.kind === 'spend') && needs <= memory && initFails === null && !large
        ? steps
        : null,
    remembers: steps.some(({ kind }) => REMEMBERING.has(kind)),
    errorRate: number((behavior['errors'] as JsonObject | undefined)?.['rate'], 0),
    failing: context.stream(own, 'errors'),
    errorTypes: errorTypes(behavior),
    messages: messagesOf(steps, missing),
    initFails,
    needs,
    space: number((properties['EphemeralStorage'] as JsonObject | undefined)?.['Size'], 512),
    reportsFailures: behavior['reportFailures'] === true,
    response: behavior['response'],
    returns: behavior['response'] !== undefined || behavior['reportFailures'] === true,
    created: typeof behavior['created'] === 'number' ? toMicros(behavior['created']) : null,
    creationFails: textOf(behavior['creationFails']),
    updateFails: textOf(behavior['updateFails']),
    allowsLoops: properties['RecursiveLoop'] === 'Allow',
    deployed: JSON.stringify([deployed, behavior]),
  }
}

function mountConfig(
  context: ServiceContext,
  id: LogicalId,
  role: LogicalId | null,
  { fileSystem, root, made }: Mount,
): MountConfig {
  return {
    wire: context.calls.wire(id, fileSystem, MOUNT, { role, network: true }),
    payload: context.payloads.intern({ body: made ? {} : { root }, poison: false }),
    fileSystem: context.index(fileSystem),
  }
}

function shutdownOf(context: ServiceContext, behavior: JsonObject): number {
  const fact = SHUTDOWN[String(behavior['extensions'])]
  return fact === undefined ? 0 : toMicros(context.number(fact))
}

function messagesOf(steps: readonly Step[], missing: string | null): Map<string, string> {
  const said = new Map<string, string>()
  for (const step of steps) if (step.kind === 'fail' && step.message !== null) said.set(step.type, step.message)
  if (missing !== null) said.set(ERROR.import, missing)
  return said
}
