import type { FaceData, FaceSource } from '../canvas'
import type { Attachment, Drawing, DrawnNode } from '../drawing'
import { digits } from '../state/run/clock'
import type { Player } from '../player/player'
import { stretchOf, throttled } from '../player/playhead'
import { gateLook, holdsLook, instanceLook, pollerLook, queueLook, streamLook } from './event-faces'
import {
  activeEnvironments,
  faceData as recorded,
  type FaceBadge,
  type FaceData as Recorded,
  type Part,
} from '../state/run/faces'
import type { RunStore } from '../state/run/runStore'

/** Faces change at most this often (ms): more would cost layout and tell nothing. */
const EVERY_MS = 100
/** How long a call is seen on its way through an alias (ms on screen), and how many at most. */
const ROUTED_MS = 800
const MOST_ROUTED = 24

const BADGES: { readonly [kind in FaceBadge['kind']]: (count: number) => string } = {
  dead: (count) => `${count} dead-lettered.`,
  error: (count) => `${count} failed.`,
  throttled: (count) => `${count} refused for lack of capacity.`,
  retry: (count) => `${count} tried again.`,
  warn: (count) => `${count} found no way through the network.`,
}

/** What a face was computed from. */
interface Instant {
  /** µs. */
  readonly t: number
  readonly version: number
  readonly picture: Drawing
}
const isSame = (a: Instant, b: Instant): boolean => a.t === b.t && a.version === b.version && a.picture === b.picture

/**
 * Live faces of the drawing at the playhead, from the recording. They follow run and playhead while anybody listens, so there is nothing
 * to dispose of: a canvas that is taken away and put back (StrictMode, Activity) finds them alive.
 */
export function facesOf(run: RunStore, player: Pick<Player, 'playhead'>, drawing: () => Drawing): FaceSource {
  const time = throttled(player.playhead, EVERY_MS, {
    now: () => performance.now(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms)
      return () => clearTimeout(timer)
    },
  })
  const cache = new Map<string, { at: Instant; text: string; data: FaceData }>()
  const listeners = new Map<string, Set<() => void>>()
  let asked: ReturnType<typeof setTimeout> | null = null
  const tell = (): void => {
    asked = null
    for (const own of listeners.values()) for (const listener of own) listener()
  }
  let stops: readonly (() => void)[] = []
  const follow = (): void => {
    stops = [
      time.subscribe(tell),
      run.subscribe(() => {
        asked ??= setTimeout(tell, EVERY_MS)
      }),
    ]
  }
  const rest = (): void => {
    stops.forEach((stop) => stop())
    stops = []
    if (asked !== null) clearTimeout(asked)
    asked = null
  }
  return {
    get(id) {
      // asked several times for each change, of which the first is computed
      const at: Instant = { t: time.get(), version: run.version(), picture: drawing() }
      const known = cache.get(id)
      if (known !== undefined && isSame(known.at, at)) return known.data
      const node = at.picture.nodeById.get(id)
      const data =
        node === undefined
          ? pollerOf(run, at.picture, id, at.t)
          : faceOf(run, node, at, stretchOf(player.playhead.pace()))
      const text = JSON.stringify(data)
      const kept = known?.text === text ? known.data : data
      cache.set(id, { at, text, data: kept })
      return kept
    },
    subscribe(id, listener) {
      const own = listeners.get(id) ?? new Set()
      if (listeners.size === 0) follow()
      listeners.set(id, own)
      own.add(listener)
      return () => {
        own.delete(listener)
        if (own.size > 0 || listeners.get(id) !== own) return
        listeners.delete(id)
        if (listeners.size === 0) rest()
      }
    },
    routed(alias, visit) {
      const t = player.playhead.get()
      const length = ROUTED_MS * 1_000 * stretchOf(player.playhead.pace())
      for (const { at, row, code } of run.lastReasons(alias, t, MOST_ROUTED)) {
        if (t - at > length) return
        if (run.head.reasons[code] === 'lambda.routed') visit(String(run.rowAt(row)?.value), (t - at) / length)
      }
    },
  }
}

const NONE: readonly Attachment[] = []

/** Versions and aliases among what is attached to a function. */
const partsOf = (attachments: readonly Attachment[]): Part[] =>
  attachments.flatMap(({ id, release }): Part[] =>
    release === undefined ? [] : [{ id, version: release.kind === 'version' ? release.name : null }],
  )

function pollerOf(run: RunStore, drawing: Drawing, id: string, t: number): FaceData {
  const connection = drawing.edgeById?.get(id)?.connection
  const mapping = connection?.poller === true ? connection.resource : undefined
  return mapping === undefined ? { levels: {}, badges: [] } : pollerLook(run, mapping, t)
}

/** The pollers of what a node holds. */
const readersOf = (node: DrawnNode, { edges }: Drawing): string[] =>
  edges.flatMap(({ from, connection }) => (from === node.id && connection?.poller ? (connection.resource ?? []) : []))

/** `pace`: simulated seconds per second on screen. */
function faceOf(run: RunStore, node: DrawnNode, { t, picture }: Instant, pace: number): FaceData {
  const attachments = picture.attachments.get(node.id) ?? NONE
  if (node.type === 'eni') return interfaceFace(run, node, t)
  if (node.resource === null) return { levels: {}, badges: [] }
  const face = recorded(run, node.resource, t, partsOf(attachments))
  const badges = face.badges.map((badge) => ({
    kind: badge.kind,
    count: badge.count,
    reason: BADGES[badge.kind](badge.count),
    row: badge.row,
  }))
  const items = face.items.map(({ label, value }) => ({ label, value: String(value) }))
  const base: FaceData = { levels: face.levels, badges, ...(items.length > 0 ? { items } : {}) }
  if (node.type === 'AWS::Lambda::Function') return { ...base, ...functionFace(face, quotaOf(run, node, t)) }
  const lanes = node.shards === undefined ? {} : streamLook(run, node, readersOf(node, picture), t)
  if (node.type === 'AWS::DynamoDB::Table') {
    const count = face.levels['items'] ?? items.length
    return { ...base, ...lanes, line: count === 1 ? '1 item' : `${count} items` }
  }
  if (node.silhouette === 'bus') return { ...base, ...gateLook(run, node, attachments, t, pace) }
  if (node.silhouette === 'queue' || node.silhouette === 'deadLetter')
    return { ...base, ...queueLook(run, node, face.levels, t) }
  if (node.type === 'AWS::AutoScaling::AutoScalingGroup') return { ...base, ...fleetFace(face) }
  if (node.type === 'AWS::EC2::Instance') return { ...base, ...instanceLook(run, node, t) }
  return { ...base, ...lanes, ...holdsLook(face.levels) }
}

/** `4 of 5 reserved`, or what all unreserved functions take of what the account leaves them (LAM-41, LAM-42). */
function quotaOf(run: RunStore, node: DrawnNode, t: number): FaceData['quota'] {
  const { pool } = node
  if (pool === undefined) return undefined
  const used = (ids: readonly string[]): number => ids.reduce((sum, id) => sum + activeEnvironments(run, id, t), 0)
  if (pool.reserved === null) return named(used(pool.sharers), pool.shared, 'pool')
  return named(used(pool.own), pool.reserved, 'reserved')
}

function named(used: number, of: number, kind: 'pool' | 'reserved'): NonNullable<FaceData['quota']> {
  const words = `${digits(used)} of ${digits(of)}`
  return { used, of, words: kind === 'pool' ? `pool ${words}` : `${words} reserved` }
}

/** States that leave no doubt about the function as a whole (LAM-15). */
const STATES: { readonly [state: string]: FaceData['tag'] } = {
  Absent: { text: 'not created', state: 'pending' },
  Pending: { text: 'Pending', state: 'pending' },
  Inactive: { text: 'Inactive', state: 'pending' },
  Failed: { text: 'Failed', state: 'error' },
}
/** What becomes of calls meanwhile. */
const QUIET: { readonly [state: string]: string } = {
  Absent: 'It does not exist yet. Calls are refused.',
  Pending: 'AWS is still building it. Calls are refused.',
  Inactive: 'AWS took it down while it was idle. The next call brings it back.',
  Failed: 'It could not be built. Calls are refused.',
}
/** LastUpdateStatus: the function goes on as before. */
const UPDATES: { readonly [status: string]: FaceData['tag'] } = {
  InProgress: { text: 'updating', state: 'pending' },
  Failed: { text: 'update failed', state: 'error' },
}

function functionFace(face: Recorded, quota: FaceData['quota']): Partial<FaceData> {
  const slots = face.slots ?? []
  const living = slots.filter(({ state }) => state !== 'reclaimed' && state !== 'throttled').length
  const busy = slots.filter(({ state }) => WORKING.has(state)).length
  const errors = face.badges.find(({ kind }) => kind === 'error')?.count ?? 0
  const refused = face.badges.find(({ kind }) => kind === 'throttled')?.count ?? 0
  const finished = Number(face.facts['finished'] ?? 0)
  const state = STATES[String(face.facts['state'])]
  const usual = living === 0 ? undefined : { text: `${busy} of ${living} in use` }
  const tag = state ?? UPDATES[String(face.facts['lastUpdate'])] ?? usual
  const quiet = QUIET[String(face.facts['state'])]
  return {
    slots: slots.map(({ entity, ...slot }) => (entity < 0 ? slot : { ...slot, entity })),
    ...(tag === undefined ? {} : { tag }),
    ...(quiet === undefined ? {} : { quiet }),
    facts: [
      { value: digits(finished), after: 'done' },
      { value: String(face.facts['rate'] ?? 0), after: '/s' },
      ...(refused > 0 ? [{ value: digits(refused), after: 'refused', state: 'throttled' as const }] : []),
      ...(errors > 0 ? [{ value: digits(errors), after: 'failed', state: 'error' as const }] : []),
    ],
    ...(quota === undefined ? {} : { quota }),
    ...(face.parts === undefined ? {} : { parts: face.parts }),
    ...(state?.state === undefined ? {} : { state: state.state }),
  }
}
const WORKING: ReadonlySet<string> = new Set(['busy', 'cold', 'init', 'restore'])

/** Instances of a group as slots, and how many of them it wants. */
function fleetFace({ slots = [], levels }: Recorded): Partial<FaceData> {
  const { desired = 0, inService = 0, max = 0 } = levels
  const busy = slots.filter(({ state }) => state === 'busy').length
  return {
    slots: slots.map(({ entity, ...slot }) => ({ ...slot, entity })),
    quiet: 'No instance in service.',
    ...(inService === 0 ? {} : { tag: { text: `${busy} of ${digits(inService)} busy` } }),
    facts: [
      { value: digits(inService), after: 'in service' },
      { value: digits(desired), after: 'desired' },
      { before: 'max', value: digits(max) },
    ],
  }
}

/** An interface chip: in use, or pending with the time it will be ready. The recording names interfaces by address. */
function interfaceFace(run: RunStore, node: DrawnNode, t: number): FaceData {
  const subnet = node.parent ?? ''
  const entity = run
    .entitiesOf(subnet, 'eni')
    .find((it) => node.typeLine.includes(run.entities[it]!.label) || node.label.includes(run.entities[it]!.label))
  const state = entity === undefined ? null : run.stateName(entity, t)
  if (state === null) return { levels: {}, badges: [], tag: { text: 'not built yet', state: 'pending' } }
  if (state === 'pending') {
    const until = run.stateAt(entity!, t)?.until ?? Infinity
    return {
      levels: {},
      badges: [],
      state: 'pending',
      tag: { text: until < Infinity ? `pending ${Math.ceil((until - t) / 1e6)} s` : 'pending', state: 'pending' },
    }
  }
  return { levels: {}, badges: [], tag: { text: state === 'inUse' ? 'in use' : state } }
}
