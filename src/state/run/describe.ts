import { STATE_REASONS, stateReasonCode } from '../../services/functions'
import { Outcome, RowKind, Token } from '../../model/recording'
import { clock, digits, span } from './clock'
import { isEnvironment, isEni } from './machines'
import type { Row } from './rowChunks'
import { verdictOf, type Verdict } from './rowFilter'
import type { RunStore } from './runStore'

/** Words a view needs that the recording does not carry. */
export interface Words {
  /** Name on screen of a resource id. */
  name(id: string): string
  /** Sentence template of a reason code, with {resource}, {value}, {subject}; undefined when unknown. */
  reason(code: string): string | undefined
  /** The function a version or an alias belongs to, and what it is called there: `v2`; null for anything else. */
  ownerOf?: ((id: string) => { readonly owner: string; readonly tag: string } | null) | undefined
}

/** A row in words. */
export interface Told {
  readonly row: number
  readonly at: number
  /** `02:14.318` */
  readonly time: string
  /** Resource id it is listed under. */
  readonly resource: string
  /** One sentence. */
  readonly text: string
  /** null: neither good nor bad. */
  readonly verdict: Verdict | null
  readonly entity: number
}

const TRAVELS: { readonly [token: number]: (count: number) => string } = {
  [Token.event]: (count) => plural(count, 'event'),
  [Token.message]: (count) => plural(count, 'message'),
  [Token.batch]: (count) => `a batch of ${count}`,
  [Token.request]: (count) => (count === 1 ? 'a request' : plural(count, 'request')),
  [Token.retry]: (count) => (count === 1 ? 'a retry' : plural(count, 'retry', 'retries')),
  [Token.deadLetter]: (count) => plural(count, 'dead letter'),
}
const plural = (count: number, one: string, many = `${one}s`): string =>
  count === 1 ? `1 ${one}` : `${digits(count)} ${many}`

const ENDED: { readonly [outcome: number]: string } = {
  [Outcome.ok]: 'finished',
  [Outcome.error]: 'failed',
  [Outcome.throttled]: 'was throttled',
  [Outcome.timeout]: 'timed out',
  [Outcome.denied]: 'was denied',
  [Outcome.unreachable]: 'found no way through the network',
  [Outcome.unavailable]: 'was unavailable',
  [Outcome.dropped]: 'was dropped',
  [Outcome.deadLettered]: 'went to the dead-letter queue',
}

/** Says what a row tells, for the event list, tooltips and causal chains. */
export function describe(store: RunStore, row: Row, words: Words): Told {
  const resource = store.head.resources[row.resource] ?? ''
  const name = words.name(resource)
  const told = (text: string, entity = -1): Told => ({
    row: row.index,
    at: row.at,
    time: clock(row.at),
    resource,
    text,
    verdict: verdictOf(row.kind, row.code),
    entity,
  })
  switch (row.kind) {
    case RowKind.hop:
      return told(hopText(store, row, words))
    case RowKind.state:
      return told(stateText(store, row, words), row.subject)
    case RowKind.span: {
      const who = entityName(store, row.subject, name)
      return told(`${who} ${ENDED[row.code] ?? 'ended'} after ${span(row.at - row.value)}.`, row.subject)
    }
    case RowKind.reason:
      return told(reasonText(store, row, words))
    case RowKind.level: {
      const level = store.levels[row.subject]
      return told(`${name}: ${level ? spaced(level.name) : 'level'} is ${digits(row.value)}.`)
    }
  }
}

function entityName(store: RunStore, entity: number, owner: string): string {
  const label = store.entities[entity]?.label
  return label === undefined ? owner : `${owner} ${label}`
}

function hopText(store: RunStore, row: Row, words: Words): string {
  const wire = store.wires[row.subject]
  if (wire === undefined) return 'Something travelled.'
  const from = words.name(wire.from)
  const to = words.name(wire.to)
  const took = row.until > row.at ? ` It took ${span(row.until - row.at)}.` : ''
  switch (row.code) {
    case Token.response:
      return `${to} answered ${from} (${wire.action}).${took}`
    case Token.throttled:
      return `${to} refused ${from}: throttled (${wire.action}).`
    case Token.error:
      return `${to} answered ${from} with an error (${wire.action}).`
    case Token.blocked:
      return `${from} could not reach ${to} (${wire.action}). The network stopped the call.`
    default: {
      const what = TRAVELS[row.code]?.(Math.max(1, row.value)) ?? 'something'
      return `${from} sent ${what} to ${to} (${wire.action}).${took}`
    }
  }
}

const ENVIRONMENT_TEXTS: { readonly [state: string]: string } = {
  provisioning: 'is being provisioned: a cold start.',
  mounting: 'mounts its file system.',
  init: 'runs its init code.',
  restoring: 'is restored from its snapshot.',
  'warm.reset': 'lost its process. The next request pays init again; /tmp is kept.',
  shutdown: 'shuts down.',
  'warm.busy': 'runs a request.',
  'warm.idle': 'is warm and waits.',
  reclaimed: 'was reclaimed.',
}

function stateText(store: RunStore, row: Row, words: Words): string {
  const entity = store.entities[row.subject]
  const look = store.look(row.subject)
  const state = look?.states[row.code] ?? `state ${row.code}`
  if (entity === undefined) return `Entered ${state}.`
  const owner = words.name(entity.owner)
  const who = `${owner} ${entity.label}`
  if (isEnvironment(entity.machine)) return `${who} ${ENVIRONMENT_TEXTS[state] ?? `is ${spaced(state)}.`}`
  if (isEni(entity.machine)) {
    const eni = `ENI ${entity.label} of ${owner}`
    if (state === 'pending')
      return row.value > row.at ? `${eni} is pending, ready at ${clock(row.value)}.` : `${eni} is pending.`
    return `${eni} is ${spaced(state)}.`
  }
  const number = entity.machine === 'item' ? ` (${digits(row.value)})` : ''
  return `${who} is ${spaced(state)}${number}.`
}

function reasonText(store: RunStore, row: Row, words: Words): string {
  const code = store.head.reasons[row.code] ?? ''
  const template = words.reason(code) ?? `${spaced(code)} at {resource}.`
  const id = (index: number): string => words.name(store.head.resources[index] ?? '')
  // The engine's own call reasons carry a wire as subject and a resource as value (engine/calls.ts).
  const call = code.startsWith('call.')
  const wire = call ? store.wires[row.subject] : undefined
  const detail = stateReasonText(code, row.value)
  return (detail === '' ? template : `${template} ${detail}`)
    .replaceAll('{resource}', id(row.resource))
    .replaceAll('{subject}', wire ? `${words.name(wire.from)} → ${words.name(wire.to)}` : id(row.subject))
    .replaceAll('{value}', call ? id(row.value) : digits(row.value))
    .replace(/\b1 (message|attempt|poller|day)s\b/g, '1 $1')
}

/** The state reason that a row carries as its number (LAM-16). */
function stateReasonText(code: string, value: number): string {
  if (code !== 'lambda.stateFailed' && code !== 'lambda.updateFailed') return ''
  const reason = stateReasonCode(value)
  return `${reason}: ${STATE_REASONS[reason]}`
}

/** `inFlight` -> `in flight`, `warm.busy` -> `warm busy`. */
export function spaced(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .toLowerCase()
}
