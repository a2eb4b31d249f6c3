import { parseJsonPath, type JsonPath } from '../../events/input/json-path'
import { compileInput, type TargetInput } from '../../events/input/target-input'
import type { LogicalId } from '../../model/scenario'
import { toMicros } from '../../model/units'
import { properties, text } from '../../network/read'
import { noRoute, type Route } from '../delivery/deliveries'
import type { Policy } from '../delivery/policy'
import type { ServiceContext } from '../service'
import { ACCOUNT, accountOf } from './accounts'
import { asksForIdentity } from './event'
import { matcherOf, type Matcher } from './matcher'
import { BUS, BY_ROLE, PRINCIPAL, ruleOf, type RuleSettings, type TargetSettings } from './settings'

export interface LiveTarget {
  readonly id: LogicalId
  readonly action: string
  /** Null: a stream gets a key of its own for every record. */
  readonly key: JsonPath | null
  /** Makes what the target gets; null: the event itself. */
  readonly input: TargetInput | null
  /** Message group it gives; null: that of the event. */
  readonly group: string | null
  /** The target keeps the event, or tells it from others by its content: it gets it with id and time filled in. */
  readonly whole: boolean
  /** The target is a bus, of another account or of this one. */
  readonly bus: boolean
  readonly foreign: boolean
}
export interface LiveRule {
  readonly settings: RuleSettings
  readonly resource: number
  /** What AWS calls it: by its name, and by the name of a bus that is not the default one. */
  readonly name: string
  readonly arn: string
  /** -1: it listens to none. */
  readonly bus: number
  readonly matches: Matcher
  /** The pattern asks for the id or the time of events. */
  readonly exact: boolean
  readonly targets: readonly LiveTarget[]
}

/** A rule as it runs. `before`: the same one before a `set`, whose remembered matches are kept while the pattern stays. */
export function liveRule(context: ServiceContext, id: LogicalId, before: LiveRule | undefined): LiveRule {
  const settings = ruleOf(id, context.scenario())
  const { bus, pattern } = settings
  const nameOf = (of: LogicalId | null): string => {
    const resource = of === null ? undefined : context.scenario().resources[of]
    return (resource === undefined ? null : text(properties(resource)['Name'])) ?? of ?? ''
  }
  const name = nameOf(id)
  const on = nameOf(bus)
  const account = bus === null ? ACCOUNT : accountOf(bus, context.scenario())
  const same = before !== undefined && JSON.stringify(before.settings.pattern) === JSON.stringify(pattern)
  return {
    settings,
    resource: context.index(id),
    name,
    arn: `arn:aws:events:us-east-1:${account}:rule/${on === 'default' || on === '' ? '' : `${on}/`}${name}`,
    bus: bus === null ? -1 : context.index(bus),
    matches: same ? before.matches : matcherOf(pattern),
    exact: asksForIdentity(pattern),
    targets: bus === null ? [] : settings.targets.map((target) => liveTarget(context, bus, target)),
  }
}

function liveTarget(context: ServiceContext, from: LogicalId, target: TargetSettings): LiveTarget {
  const { id, action, keyPath, group } = target
  const input = compileInput(target.input)
  const resource = context.scenario().resources[id]
  const bus = resource?.Type === BUS
  const fifo = resource !== undefined && properties(resource)['FifoQueue'] === true
  return {
    id,
    action,
    key: keyPath === null || action !== 'kinesis:PutRecord' ? null : parseJsonPath(keyPath),
    input: typeof input === 'function' ? input : null,
    group: fifo ? group : null,
    whole: fifo || BY_ROLE.includes(action),
    bus,
    foreign: bus && accountOf(id, context.scenario()) !== accountOf(from, context.scenario()),
  }
}

/** How the deliveries of a bus go: the time before they start, and their waits. */
export interface Pace {
  readonly latency: () => number
  readonly wait: Policy['wait']
}

/** Way of a rule to one of its places for targets. An empty place keeps one, for deliveries that a `set` left under way. */
export function routeOf(
  context: ServiceContext,
  { settings, targets, resource, bus }: LiveRule,
  place: number,
  { latency, wait }: Pace,
  noRole: number,
): Route {
  const target = bus < 0 ? undefined : settings.targets[place]
  if (target === undefined) return noRoute(bus, resource, latency)
  const { calls } = context
  const { id, action, role, deadLetter, maxRetries, maxAge } = target
  const from = context.id(bus)
  const direct = { role: null, network: false }
  // functions ask their resource policy; queues and buses are in the same account
  const as = action === 'lambda:InvokeAsync' ? { service: PRINCIPAL, source: settings.id } : null
  const { foreign } = targets[place]!
  const wire = calls.wire(from, id, action, { ...direct, role, as })
  return {
    from: bus,
    to: context.index(id),
    owner: resource,
    wire: role === null && (foreign || BY_ROLE.includes(action)) ? -1 : wire,
    refusal: noRole,
    deadLetterWire: deadLetter === null ? -1 : calls.wire(from, deadLetter, 'sqs:SendMessage', direct),
    deadLetter: deadLetter === null ? -1 : context.index(deadLetter),
    policy: { retries: maxRetries, maxAge: toMicros(maxAge), wait },
    latency,
  }
}
