import { Outcome, Token } from '../../model/recording'
import { clock, digits } from './clock'
import { spaced } from './describe'
import { isEni, isEnvironment, isProvisioned, isSlot, type SlotState } from './machines'
import type { RunStore } from './runStore'

export interface FaceSlot {
  readonly state: SlotState
  readonly label: string
  /** Share of the present state that is over, 0..1; 0 where it has no known end. */
  readonly progress: number
  /** Entity in the recording; -1 for a refusal that stands where a slot would be. */
  readonly entity: number
  /** It is kept by provisioned concurrency (LAM-46). */
  readonly provisioned?: true
  /** The version it runs, where that is not `$LATEST`: `1`. */
  readonly version?: string
}

/** A version or an alias, whose rows and environments its function's face shows. */
export interface Part {
  /** Resource id. */
  readonly id: string
  /** Number of a version; null for an alias. */
  readonly version: string | null
}

export interface PartData {
  /** Invocations that ended so far. */
  readonly ended: number
  /** Environments that work or start now. */
  readonly active: number
  /** Status of its provisioned concurrency, in AWS's words (LAM-47); absent while none was asked for. */
  readonly provisioned?: 'IN_PROGRESS' | 'READY' | 'FAILED'
  /** Provisioned environments that work now. */
  readonly kept: number
}

export interface FaceBadge {
  readonly kind: 'dead' | 'error' | 'throttled' | 'retry' | 'warn'
  readonly count: number
  /** Newest row behind the count, for "why?". */
  readonly row: number
}

/** What a node shows at an instant, as plain data. */
export interface FaceData {
  /** Execution environments in order of birth; absent where there are none to see. */
  readonly slots?: readonly FaceSlot[]
  readonly levels: { readonly [name: string]: number }
  readonly badges: readonly FaceBadge[]
  /** Table items, interfaces and other named things. */
  readonly items: readonly { readonly label: string; readonly value: number | string }[]
  /** Counters since the start of the run, by name. */
  readonly facts: { readonly [name: string]: number | string }
  /** By resource id: the function itself (`$LATEST`) and each of its parts; absent without parts. */
  readonly parts?: { readonly [id: string]: PartData }
}

const OUTCOMES = Object.values(Outcome)
const NO_PARTS: readonly Part[] = []

const ERRORS = [Outcome.error, Outcome.timeout, Outcome.denied, Outcome.unreachable, Outcome.unavailable] as const
/** How long an ended error or a refusal keeps showing in the slot row (µs). */
const LINGER = 500_000
const MOST_ITEMS = 64

/**
 * Reads the face of a resource at time `t` (µs), with what its parts did. Pure: the same run and `t` give the same face. Slots stand in order
 * of birth, those of `$LATEST` first.
 */
export function faceData(store: RunStore, resource: string, t: number, parts: readonly Part[] = NO_PARTS): FaceData {
  const family = [resource, ...parts.map(({ id }) => id)]
  const levels: { [name: string]: number } = {}
  for (const index of store.levelsOf(resource)) levels[store.levels[index]!.name] = store.levelValue(index, t)
  const items: { label: string; value: number | string }[] = []
  const slots: FaceSlot[] = []
  for (const machine of store.at(t).machinesOf(resource)) {
    if (isSlot(machine)) slots.push(...slotsOf(store, resource, machine, t))
    else if (isEni(machine) || machine === 'item')
      for (const item of itemsOf(store, resource, machine, t)) items.push(item)
  }
  for (const { id, version } of parts) {
    for (const machine of store.at(t).machinesOf(id)) {
      if (!isEnvironment(machine)) continue
      for (const slot of slotsOf(store, id, machine, t)) slots.push(version === null ? slot : { ...slot, version })
    }
  }
  const refused = family.some((id) => refusedHere(store, id, t))
  if (slots.length > 0 && refused)
    slots.push({
      state: 'throttled',
      label: `+${short(sum(store, family, 'sentTo', [Token.throttled], t).count)}`,
      progress: 0,
      entity: -1,
    })
  return {
    ...(slots.length > 0 ? { slots } : {}),
    levels,
    badges: badgesOf(store, family, t),
    items,
    facts: factsOf(store, family, t),
    ...(parts.length > 0 ? { parts: partsOf(store, family, t) } : {}),
  }
}

/** `912`, `34k`: it stands below a slot. */
const short = (n: number): string => (n < 1_000 ? String(n) : `${Math.floor(n / 1_000)}k`)

function partsOf(store: RunStore, family: readonly string[], t: number): { [id: string]: PartData } {
  return Object.fromEntries(
    family.map((id): [string, PartData] => [
      id,
      {
        ended: sum(store, [id], 'span', OUTCOMES, t).count,
        active: activeEnvironments(store, id, t),
        kept: activeEnvironments(store, id, t, true),
        ...provisionedOf(store, id, t),
      },
    ]),
  )
}

function provisionedOf(store: RunStore, id: string, t: number): Pick<PartData, 'provisioned'> {
  const provisioned = provisionedStatus(store, id, t)
  return provisioned === null ? {} : { provisioned }
}

const IN_PROGRESS: ReadonlySet<string> = new Set(['REQUESTED', 'ALLOCATING'])

/** Status of the provisioned concurrency of a version or an alias at `t` (LAM-47); null while none was asked for. */
function provisionedStatus(store: RunStore, id: string, t: number): NonNullable<PartData['provisioned']> | null {
  const [entity] = store.at(t).entitiesOf(id, 'provisioned')
  const state = entity === undefined ? null : store.stateName(entity, t)
  if (state === 'READY' || state === 'FAILED') return state
  return state !== null && IN_PROGRESS.has(state) ? 'IN_PROGRESS' : null
}

/** Environments of a resource that work or start at `t`; with `kept`, only its provisioned ones. */
export function activeEnvironments(store: RunStore, resource: string, t: number, kept = false): number {
  let active = 0
  for (const machine of store.at(t).machinesOf(resource)) {
    if (!isEnvironment(machine)) continue
    for (const entity of store.at(t).entitiesOf(resource, machine)) {
      const state = store.stateAt(entity, t)
      if (state === null) break
      if (kept && !isProvisioned(store.entities[entity]!.label)) continue
      if (IN_USE.has(store.look(entity)?.looks[state.code] ?? 'idle')) active++
    }
  }
  return active
}
/** Looks of environments that take a place of the concurrency there is. */
const IN_USE: ReadonlySet<SlotState> = new Set(['cold', 'init', 'restore', 'busy'])

function slotsOf(store: RunStore, resource: string, machine: string, t: number): FaceSlot[] {
  const slots: FaceSlot[] = []
  const errors = recentErrors(store, resource, t)
  for (const entity of store.at(t).entitiesOf(resource, machine)) {
    const state = store.stateAt(entity, t)
    if (state === null) continue
    const look = store.look(entity)?.looks[state.code] ?? 'idle'
    // What is gone keeps its place for a moment, so that a row of slots does not jump.
    if (look === 'reclaimed' && t - state.since > LINGER * 20) continue
    const length = state.until - state.since
    const timed = look !== 'idle' && look !== 'reclaimed' && length < Infinity && length > 0
    const { label } = store.entities[entity]!
    slots.push({
      state: look === 'idle' && errors.has(entity) ? 'error' : look,
      label,
      progress: timed ? (t - state.since) / length : 0,
      entity,
      ...(isProvisioned(label) ? { provisioned: true } : {}),
    })
  }
  return slots
}

function refusedHere(store: RunStore, resource: string, t: number): boolean {
  const index = store.resourceIndex(resource)
  const list = store.at(t).marks.lists.refused
  for (let i = list.at.upperBound(t) - 1; i >= 0 && t - list.at.at(i) < LINGER; i--) {
    if (list.resource.at(i) === index) return true
  }
  return false
}

function recentErrors(store: RunStore, resource: string, t: number): Set<number> {
  const found = new Set<number>()
  const index = store.resourceIndex(resource)
  const list = store.at(t).marks.lists.error
  for (let i = list.at.upperBound(t) - 1; i >= 0 && t - list.at.at(i) < LINGER; i--) {
    if (list.resource.at(i) === index && list.entity.at(i) >= 0) found.add(list.entity.at(i))
  }
  return found
}

function itemsOf(
  store: RunStore,
  resource: string,
  machine: string,
  t: number,
): { label: string; value: number | string }[] {
  const items: { label: string; value: number | string }[] = []
  for (const entity of store.at(t).entitiesOf(resource, machine)) {
    if (items.length === MOST_ITEMS) break
    const state = store.stateAt(entity, t)
    const look = store.look(entity)
    // Entities come in order of birth: nothing after the first unborn one is there yet.
    if (state === null) break
    if (look?.gone[state.code]) continue
    const name = look?.states[state.code] ?? ''
    const { label } = store.entities[entity]!
    if (machine === 'item') items.push({ label, value: state.value })
    else if (isEni(machine) && name === 'pending' && (state.until < Infinity || state.value > t))
      items.push({ label, value: `pending, ready at ${clock(state.until < Infinity ? state.until : state.value)}` })
    else items.push({ label, value: spaced(name) })
  }
  return items
}

function badgesOf(store: RunStore, family: readonly string[], t: number): FaceBadge[] {
  const badges: FaceBadge[] = []
  const add = (kind: FaceBadge['kind'], count: number, row: number): void => {
    if (count > 0) badges.push({ kind, count, row })
  }
  const dead = sum(store, family, 'sentTo', [Token.deadLetter], t)
  add('dead', dead.count, dead.row)
  const errors = sum(store, family, 'span', ERRORS, t)
  add('error', errors.count, errors.row)
  const throttled = sum(store, family, 'sentTo', [Token.throttled], t)
  add('throttled', throttled.count, throttled.row)
  const retries = sum(store, family, 'hop', [Token.retry], t)
  add('retry', retries.count, retries.row)
  const blocked = sum(store, family, 'hop', [Token.blocked], t)
  add('warn', blocked.count, blocked.row)
  return badges
}

function sum(
  store: RunStore,
  family: readonly string[],
  what: 'hop' | 'span' | 'sentTo',
  codes: readonly number[],
  t: number,
): { count: number; row: number } {
  let count = 0
  let row = -1
  for (const resource of family) {
    for (const code of codes) {
      count += store.countUntil(resource, what, code, t)
      row = Math.max(row, store.lastCounted(resource, what, code, t))
    }
  }
  return { count, row }
}

const ARRIVES = [Token.event, Token.message, Token.batch, Token.request, Token.retry]

function factsOf(store: RunStore, family: readonly string[], t: number): { [name: string]: number | string } {
  const received = sum(store, family, 'sentTo', ARRIVES, t).count
  const sent = sum(store, family, 'hop', ARRIVES, t).count
  const finished = sum(store, family, 'span', [Outcome.ok], t).count
  const facts: { [name: string]: number | string } = { received, sent, finished }
  const [resource = ''] = family
  for (const [machine, fact] of [
    ['function', 'state'],
    ['update', 'lastUpdate'],
  ] as const) {
    const entity = store.at(t).entitiesOf(resource, machine)[0]
    const state = entity === undefined ? null : store.stateName(entity, t)
    if (state !== null) facts[fact] = state
  }
  // Rate over the last second, as a learner would count it on the wire.
  facts['rate'] = digits(received - sum(store, family, 'sentTo', ARRIVES, t - 1_000_000).count)
  return facts
}
