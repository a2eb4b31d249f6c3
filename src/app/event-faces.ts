/** What queues, streams, buses, topics and pollers show at the playhead, from the recording. */
import type { FaceData } from '../canvas'
import { MOST_LANES } from '../drawing/faces'
import type { Attachment, DrawnNode } from '../drawing'
import { clockParts, digits } from '../state/run/clock'
import { gatesOf } from '../state/run/gates'
import { queueFace } from '../state/run/queueFace'
import type { RunStore } from '../state/run/runStore'
import { shardLanes, worstLanes, type ShardLane } from '../state/run/shardLanes'

/** A queue whose oldest message is younger keeps up (µs). */
const OLD = 5_000_000
/** How long a gate is seen open or closed (ms on screen). */
const GATE_MS = 900

/** `40 s`, `12 min`, `3 h`: whole ones, so that they do not flicker. */
export function roundly(micros: number): string {
  const seconds = Math.floor(micros / 1e6)
  if (seconds < 120) return `${seconds} s`
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`
}

const some = (n: number, one: string, many: string): string => `${digits(n)} ${n === 1 ? one : many}`

export function queueLook(run: RunStore, node: DrawnNode, levels: FaceData['levels'], t: number): Partial<FaceData> {
  const { back, oldest = 0 } = queueFace(run, node.id, t)
  const { visible = 0, inFlight = 0, delayed = 0, groups = 0 } = levels
  const held = visible + inFlight + delayed
  if (node.silhouette === 'deadLetter') {
    if (held === 0) return {}
    const words = some(held, 'dead letter', 'dead letters')
    return { line: words, dead: { words, arrived: arrivedAt(run, node.id, t) } }
  }
  return {
    ...(oldest < OLD ? {} : { line: `oldest ${roundly(oldest)}` }),
    ...(back === undefined ? {} : { back: `back in ${Math.ceil(back / 1e6)} s` }),
    ...(groups > 0 && visible > 0 ? { groups: `${some(groups, 'group', 'groups')} blocked` } : {}),
  }
}

/** Whatever is sent to a queue that only failures reach. */
function arrivedAt(run: RunStore, queue: string, t: number): number {
  let sum = 0
  for (let token = 0; token < 16; token++) sum += run.countUntil(queue, 'sentTo', token, t)
  return sum
}

/** `readers`: the mappings that read the stream. */
export function streamLook(
  run: RunStore,
  node: DrawnNode,
  readers: readonly string[],
  t: number,
): Pick<FaceData, 'lanes' | 'moreLanes'> {
  const { shown, others } = worstLanes(shardLanes(run, node.id, readers, node.shards ?? 0, t), MOST_LANES)
  const behind = Math.max(0, ...others.map(({ age }) => age ?? 0))
  const late = behind < OLD ? '' : `, up to ${roundly(behind)} behind`
  return {
    lanes: shown.map(laneLook),
    ...(others.length === 0 ? {} : { moreLanes: `+${some(others.length, 'shard', 'shards')}${late}` }),
  }
}

function laneLook(lane: ShardLane): NonNullable<FaceData['lanes']>[number] {
  const { shard, read, written, inHand, age, stuck, hot, retries } = lane
  const state = stuck ?? (hot ? 'hot' : undefined)
  const late = age === null ? '' : roundly(age)
  const why = { blocked: `tried ${retries}×`, held: 'held', denied: 'denied', hot: 'hot' }
  const whole = {
    blocked: `blocked, tried ${some(retries, 'time', 'times')}`,
    held: 'held, the function has no room',
    denied: 'not permitted to be read',
    hot: 'hot, writes are refused',
  }
  const says = [
    `shard ${shard}`,
    ...(state === undefined ? [] : [whole[state]]),
    `${digits(written - read)} waiting`,
    ...(age === null || age < 1e6 ? [] : [`${late} behind`]),
  ]
  return {
    label: String(shard),
    done: read,
    inHand,
    waiting: written - read - inHand,
    words:
      age === null
        ? digits(written)
        : [...(state === undefined ? [] : [why[state]]), ...(late === '' ? [] : [late])].join(' '),
    says: says.join(', '),
    ...(state === undefined ? {} : { state }),
  }
}

/** Rules and subscriptions as gates. `pace`: simulated seconds per second on screen. */
export function gateLook(
  run: RunStore,
  node: DrawnNode,
  attachments: readonly Attachment[],
  t: number,
  pace: number,
): Pick<FaceData, 'rows' | 'unmatched'> {
  const own = attachments.filter(({ row }) => row !== undefined)
  const level = (id: string, name: string): number => run.levelAt(id, name, t)
  const judged = own.filter(({ row }) => row?.off !== true)
  const gates = gatesOf(
    run,
    node.id,
    judged.map(({ id, row }) => ({ id, timed: row?.timed === true })),
    t,
    GATE_MS * 1_000 * Math.max(pace, 1e-3),
  )
  const rows = own.map(({ id, row }): [string, NonNullable<FaceData['rows']>[string]] => {
    const next = level(id, 'next') * 1e6
    const filtered = level(id, 'filtered')
    const passed = level(id, 'matched') + level(id, 'delivered')
    return [
      id,
      {
        value: `${digits(passed)}${filtered > 0 ? ` of ${digits(passed + filtered)}` : ''}`,
        ...(row?.timed === true && row.off !== true && next > t ? { line: `next ${clockParts(next).main}` } : {}),
        ...(gates[id] === undefined ? {} : { gate: gates[id] }),
      },
    ]
  })
  const nobody = run.countUntil(node.id, 'reason', run.head.reasons.indexOf('sns.nobody'), t)
  return { rows: Object.fromEntries(rows), unmatched: level(node.id, 'unmatched') + nobody }
}

const OFF: { readonly [state: string]: string } = { Creating: 'creating', Disabled: 'off' }

/** A poller on its wire: how many of it there are. */
export function pollerLook(run: RunStore, mapping: string, t: number): FaceData {
  const levels = { pollers: run.levelAt(mapping, 'pollers', t) }
  const entity = run.at(t).entitiesOf(mapping, 'mapping')[0]
  const off = entity === undefined ? undefined : OFF[run.stateName(entity, t) ?? '']
  return { levels, badges: [], line: off ?? some(levels.pollers, 'poller', 'pollers') }
}

/** An instance in EC2's words. */
export function instanceLook(run: RunStore, node: DrawnNode, t: number): Partial<FaceData> {
  const entity = run.at(t).entitiesOf(node.id, 'instance')[0]
  const state = entity === undefined ? null : run.stateName(entity, t)
  if (state === null || state === 'absent') return {}
  const type = node.typeLine === 'Stopped' ? '' : `${node.typeLine}, `
  const look = state === 'pending' ? 'pending' : state === 'running' ? undefined : 'down'
  return { line: type + state, ...(look === undefined ? {} : { state: look }) }
}

/** What a node holds, as its one number: level, one of it, many of it. */
const HOLDS = [
  ['objects', 'object', 'objects'],
  ['events', 'event', 'events'],
] as const
const FACTS = [
  ['buffered', 'buffered'],
  ['batches', 'in hand'],
] as const

/** Buckets, archives, buffers and pipes. */
export function holdsLook(levels: FaceData['levels']): Partial<FaceData> {
  const held = HOLDS.find(([level]) => levels[level] !== undefined)
  const facts = FACTS.flatMap(([level, after]) => {
    const value = levels[level]
    return value === undefined ? [] : [{ value: digits(value), after }]
  })
  return {
    ...(held === undefined ? {} : { line: some(levels[held[0]] ?? 0, held[1], held[2]) }),
    ...(facts.length === 0 ? {} : { facts }),
  }
}
