import type { Duration, Json, JsonObject, LogicalId } from '../../../model/scenario'
import type { Sampler } from '../../../kernel/sampler'
import { MOUNT, pathIn, WRITE, type Mount } from '../../file-systems'
import { INSTANCE, instanceId, instanceNamed, listed, variableOf } from '../../named-instances'
import type { ServiceContext } from '../../service'
import { ERROR } from './errors'

export type Scope = 'global' | 'handler' | 'tmp'

/** A step in which only time passes. Times are sampled in µs. */
export interface Spend {
  readonly kind: 'spend'
  readonly warm: Sampler
  readonly cold: Sampler | null
  readonly perMessage: boolean
}
export interface CallStep {
  readonly kind: 'call'
  /** -1: `named` finds it. */
  readonly wire: number
  /** Wires by the id of their instance, and where in the event that id stands: `$.detail.instance-id`. */
  readonly named: { readonly path: string; readonly wires: ReadonlyMap<string, number> } | null
  readonly payload: number
  readonly optional: boolean
  /** Carries the messages themselves, for a handler that deletes them (claim 8.6). */
  readonly forwards: boolean
  /** Reads or writes a file of the mounted file system. */
  readonly file: boolean
}
export interface FailStep {
  readonly kind: 'fail'
  readonly always: boolean
  readonly rate: number
  readonly attempts: readonly number[]
  readonly poison: boolean
  /** Name of the number in the event that says how many attempts fail. */
  readonly field: string | null
  readonly crash: boolean
  readonly type: string
  readonly message: string | null
}
export type Remember = { readonly kind: 'state'; readonly name: string; readonly scope: Scope } & (
  { readonly add: number } | { readonly set: Json }
)
/** One step of a function's Behavior, ready to run. `loop` and `next` enclose adjacent steps that are done message by message. */
export type Step =
  | Spend
  | CallStep
  | FailStep
  | Remember
  | { readonly kind: 'connect'; readonly took: Sampler; readonly name: string; readonly kept: boolean }
  | { readonly kind: 'memory'; readonly size: number; readonly kept: boolean }
  | { readonly kind: 'write'; readonly file: string; readonly size: number }
  | { readonly kind: 'read'; readonly file: string; readonly optional: boolean }
  | { readonly kind: 'log'; readonly index: number }
  | { readonly kind: 'loop'; readonly end: number }
  | { readonly kind: 'next'; readonly start: number }

/** What a step needs of its function. */
export interface StepOwner {
  readonly id: LogicalId
  readonly role: LogicalId | null
  readonly properties: JsonObject
  /** Memory that buys one vCPU over memory of the function. */
  readonly share: number
  readonly mount: Mount | null
}

/** Steps as the engine runs them. A list in which only time passes stays flat: loops change nothing in its sum. */
export function readSteps(context: ServiceContext, owner: StepOwner, steps: readonly JsonObject[]): Step[] {
  const known = steps.flatMap((step, index) => eachTarget(context, owner, step).map((one) => ({ step: one, index })))
  const read = known.map(({ step, index }) => readStep(context, owner, step, index))
  if (read.every(({ kind }) => kind === 'spend')) return read
  const found: Step[] = []
  for (let i = 0; i < read.length; i++) {
    if (known[i]!.step['perMessage'] !== true) {
      found.push(read[i]!)
      continue
    }
    let last = i
    while (last + 1 < read.length && known[last + 1]!.step['perMessage'] === true) last++
    const start = found.length
    found.push({ kind: 'loop', end: start + (last - i) + 2 }, ...read.slice(i, last + 1), { kind: 'next', start })
    i = last
  }
  return found
}

function readStep(context: ServiceContext, owner: StepOwner, step: JsonObject, index: number): Step {
  const { id, role, share } = owner
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
  const text = (value: Json | undefined): string => String(value)
  if (step['call'] !== undefined) {
    const { key, add, set, body, group } = step
    const content: JsonObject = { ...(body as JsonObject | undefined) }
    for (const [name, value] of Object.entries({ key, add, set })) if (value !== undefined) content[name] = value
    if (step['idempotent'] === true) content['$once'] = true
    const action = text(step['call'])
    const wireTo = (to: LogicalId): number => context.calls.wire(id, to, action, { role, network: true })
    const path = step['target']
    return {
      kind: 'call',
      wire: path === undefined ? wireTo(text(step['to'])) : -1,
      named: path === undefined ? null : { path: text(path), wires: instanceWires(context, wireTo) },
      payload: context.payloads.intern({
        body: content,
        poison: false,
        ...(typeof group === 'string' ? { group } : {}),
      }),
      optional: step['optional'] === true,
      forwards: action === 'sqs:DeleteMessage' || action === 'sqs:ChangeMessageVisibility',
      file: false,
    }
  }
  if (step['fail'] !== undefined) return readFail(step['fail'] as JsonObject)
  if (step['connect'] !== undefined)
    return {
      kind: 'connect',
      took: at(step['connect'], 1, 'connect')!,
      name: text(step['name'] ?? 'connection'),
      kept: step['scope'] !== 'handler',
    }
  if (step['memory'] !== undefined)
    return { kind: 'memory', size: Number(step['memory']), kept: step['scope'] === 'global' }
  const mounted = fileStep(context, owner, step)
  if (mounted !== null) return mounted
  if (step['write'] !== undefined) return { kind: 'write', file: text(step['write']), size: Number(step['size'] ?? 0) }
  if (step['read'] !== undefined) return { kind: 'read', file: text(step['read']), optional: step['optional'] === true }
  if (step['log'] !== undefined) return { kind: 'log', index }
  if (step['state'] !== undefined) {
    const named = { kind: 'state', name: text(step['state']), scope: (step['scope'] ?? 'global') as Scope } as const
    return step['set'] === undefined
      ? { ...named, add: typeof step['add'] === 'number' ? step['add'] : 1 }
      : { ...named, set: step['set'] }
  }
  // one thread cannot use more than one vCPU (claim 2.2), so memory beyond 1,769 MB does not shorten a step of one thread
  const cpu = step['cpu'] !== undefined
  const threads = typeof step['threads'] === 'number' ? step['threads'] : 1
  const scale = cpu ? Math.max(1 / threads, share) : 1
  return {
    kind: 'spend',
    warm: at(cpu ? step['cpu'] : step['wait'], scale, 'warm') ?? (() => 0),
    cold: at(step['cold'], scale, 'cold'),
    perMessage: step['perMessage'] === true,
  }
}

/** Writing or reading a file under the mount is a call to its file system (LAM-67). */
function fileStep(context: ServiceContext, { id, role, mount }: StepOwner, step: JsonObject): CallStep | null {
  const { write, read, size, content } = step
  const path = pathIn(mount, String(write ?? read ?? ''))
  if (mount === null || path === null) return null
  const written = { path, size: size ?? 0, ...(content === undefined ? {} : { content }) }
  return {
    kind: 'call',
    named: null,
    wire: context.calls.wire(id, mount.fileSystem, write === undefined ? MOUNT : WRITE, { role, network: true }),
    payload: context.payloads.intern({ body: write === undefined ? { path } : written, poison: false }),
    optional: step['optional'] === true,
    forwards: false,
    file: true,
  }
}

/** A step whose target is an environment variable is one call for each instance listed there; a name of nothing is an error of EC2. */
function eachTarget(context: ServiceContext, { properties }: StepOwner, step: JsonObject): JsonObject[] {
  const { target, ...call } = step
  const variable = typeof target === 'string' ? variableOf(target) : null
  if (variable === null) return [step]
  const scenario = context.scenario()
  return listed(properties, variable).map((name): JsonObject => {
    const to = instanceNamed(name, scenario)
    if (to !== null) return { ...call, to }
    return {
      fail: { type: ERROR.call, message: `InvalidInstanceID.NotFound: The instance ID '${name}' does not exist` },
    }
  })
}

function instanceWires(context: ServiceContext, wireTo: (to: LogicalId) => number): Map<string, number> {
  const wires = context.ids(INSTANCE).map((to) => [to, wireTo(to)] as const)
  return new Map([...wires, ...wires.map(([to, wire]) => [instanceId(to, context.scenario()), wire] as const)])
}

function readFail(fail: JsonObject): FailStep {
  const { rate, attempts, poison, field } = fail
  const crash = fail['crash'] === true
  return {
    kind: 'fail',
    always: rate === undefined && attempts === undefined && poison === undefined && field === undefined,
    rate: typeof rate === 'number' ? rate : 0,
    attempts: (attempts as number[] | undefined) ?? [],
    poison: poison === true,
    field: typeof field === 'string' ? field : null,
    crash,
    type: typeof fail['type'] === 'string' ? fail['type'] : crash ? ERROR.exit : ERROR.handler,
    message: typeof fail['message'] === 'string' ? fail['message'] : null,
  }
}
