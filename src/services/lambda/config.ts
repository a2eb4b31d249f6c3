import type { Duration, Json, JsonObject, LogicalId } from '../../model/scenario'
import { toMicros } from '../../model/units'
import type { Sampler } from '../../kernel/sampler'
import type { ServiceContext } from '../service'

export const FUNCTION = 'AWS::Lambda::Function'
export const VERSION = 'AWS::Lambda::Version'
export const ALIAS = 'AWS::Lambda::Alias'
export const LAYER = 'AWS::Lambda::LayerVersion'
export const MAPPING = 'AWS::Lambda::EventSourceMapping'
export const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig'

/** A step in which only time passes. Times are sampled in µs. */
export interface Spend {
  readonly kind: 'spend'
  readonly warm: Sampler
  readonly cold: Sampler | null
  readonly perMessage: boolean
}
/** One step of a function's Behavior, ready to run. */
export type Step =
  | Spend
  | {
      readonly kind: 'call'
      readonly wire: number
      readonly payload: number
      readonly perMessage: boolean
      readonly optional: boolean
    }
  | { readonly kind: 'fail'; readonly rate: number; readonly attempts: readonly number[]; readonly poison: boolean }

/** A function as the run needs it; rebuilt whole when a `set` intervention changes it. */
export interface FunctionConfig {
  readonly id: LogicalId
  readonly resource: number
  readonly memory: number
  /** µs */
  readonly timeout: number
  /** null: unreserved. */
  readonly reserved: number | null
  readonly role: LogicalId | null
  readonly provision: Sampler
  readonly init: Sampler
  readonly overhead: Sampler
  readonly idle: number
  readonly steps: readonly Step[]
  /** The steps when in all of them only time passes, so that one agenda entry per invocation is enough; else null. */
  readonly spends: readonly Spend[] | null
  readonly errorRate: number
  readonly failing: number
  readonly deadLetterWire: number
  readonly maxRetries: number
  /** µs */
  readonly maxAge: number
  readonly created: number | null
}

const PURPOSE = { provision: 'provision', init: 'init', overhead: 'overhead' } as const

export function readFunction(context: ServiceContext, id: LogicalId): FunctionConfig {
  const properties = context.properties(id)
  const behavior = context.behavior(id)
  const number = (value: Json | undefined, fallback: number): number => (typeof value === 'number' ? value : fallback)
  const memory = number(properties['MemorySize'], 128)
  const runtime = String(properties['Runtime'] ?? 'nodejs24.x')
  const role = typeof properties['Role'] === 'string' ? properties['Role'] : null
  const share = context.number('lambda.mbPerVcpu') / memory
  const duration = (key: keyof typeof PURPOSE, fact: string): Sampler =>
    context.sampler((behavior[key] as Duration | undefined) ?? context.fact(fact), id, PURPOSE[key])
  const steps = ((behavior['steps'] ?? []) as JsonObject[]).map((step, index) =>
    readStep(context, id, step, index, role, share),
  )
  const deadLetter = (properties['DeadLetterConfig'] as JsonObject | undefined)?.['TargetArn']
  const invokeConfig = context
    .ids(INVOKE_CONFIG)
    .map((it) => context.properties(it))
    .find((it) => it['FunctionName'] === id)
  return {
    id,
    resource: context.index(id),
    memory,
    timeout: toMicros(number(properties['Timeout'], 3)),
    reserved:
      typeof properties['ReservedConcurrentExecutions'] === 'number'
        ? properties['ReservedConcurrentExecutions']
        : null,
    role,
    provision: duration('provision', 'lambda.provision'),
    init: duration('init', `lambda.init.${runtime}`),
    overhead: duration('overhead', 'lambda.warmOverhead'),
    idle: toMicros(number(behavior['idle'], context.number('lambda.idleTimeout'))),
    steps,
    spends: steps.every((step) => step.kind === 'spend') ? steps : null,
    errorRate: number((behavior['errors'] as JsonObject | undefined)?.['rate'], 0),
    failing: context.stream(id, 'errors'),
    deadLetterWire:
      typeof deadLetter === 'string'
        ? context.calls.wire(id, deadLetter, 'sqs:SendMessage', { role, network: false })
        : -1,
    maxRetries: number(invokeConfig?.['MaximumRetryAttempts'], 2),
    maxAge: toMicros(number(invokeConfig?.['MaximumEventAgeInSeconds'], 21_600)),
    created: typeof behavior['created'] === 'number' ? toMicros(behavior['created']) : null,
  }
}

function readStep(
  context: ServiceContext,
  id: LogicalId,
  step: JsonObject,
  index: number,
  role: LogicalId | null,
  share: number,
): Step {
  const perMessage = step['perMessage'] === true
  const at = (duration: Json | undefined, scale: number, purpose: string): Sampler | null => {
    if (duration === undefined) return null
    const draw = context.sampler(duration as Duration, id, `step ${index} ${purpose}`)
    // half a microsecond is lost at most; a fixed step stays exact because it is scaled once
    return scale === 1
      ? draw
      : typeof duration === 'number'
        ? context.sampler(duration * scale, id, purpose)
        : () => Math.round(draw() * scale)
  }
  if (step['call'] !== undefined) {
    const { key, add, set, body } = step
    const content: JsonObject = { ...(body as JsonObject | undefined) }
    for (const [name, value] of Object.entries({ key, add, set })) if (value !== undefined) content[name] = value
    return {
      kind: 'call',
      wire: context.calls.wire(id, String(step['to']), String(step['call']), { role, network: true }),
      payload: context.payloads.intern({ body: content, poison: false }),
      perMessage,
      optional: step['optional'] === true,
    }
  }
  if (step['fail'] !== undefined) {
    const fail = step['fail'] as JsonObject
    return {
      kind: 'fail',
      rate: typeof fail['rate'] === 'number' ? fail['rate'] : 0,
      attempts: (fail['attempts'] as number[] | undefined) ?? [],
      poison: fail['poison'] === true,
    }
  }
  // one thread cannot use more than one vCPU (claim 2.2), so memory beyond 1,769 MB does not shorten a step
  const cpu = step['cpu'] !== undefined
  const scale = cpu ? Math.max(1, share) : 1
  const warm = at(cpu ? step['cpu'] : step['wait'], scale, 'warm')
  return { kind: 'spend', warm: warm ?? (() => 0), cold: at(step['cold'], scale, 'cold'), perMessage }
}
