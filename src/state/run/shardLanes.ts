import type { RunStore } from './runStore'

/** One shard of a stream as its face shows it. */
export interface ShardLane {
  readonly shard: number
  /** Records it ever got, and how far the reader is: the first one that is not done. */
  readonly written: number
  readonly read: number
  /** Of those from `read` on, what the function works on or failed at. */
  readonly inHand: number
  /** How long the record at the iterator waits (µs); null where nobody reads. */
  readonly age: number | null
  /** Writes were refused within the last 2 s. */
  readonly hot: boolean
  /** What keeps its reader. `held`: the function had no room. */
  readonly stuck?: 'blocked' | 'held' | 'denied'
  /** How often the batch that blocks was tried again. */
  readonly retries: number
}

const HOT_FOR = 2_000_000
/** Stays what it is this long (µs), so that lanes do not change places with every batch. */
const COARSE = 2_000_000
const WORKS = new Set(['invoking', 'retrying', 'holding', 'blocked'])
const STUCK = { blocked: 'blocked', retrying: 'blocked', holding: 'held', denied: 'denied' } as const
/** A batch is behind the reader once its lane entered one of these. */
const DONE = new Set(['checkpointing', 'discarding'])

/** Shards 0 to `shards` - 1 of a stream at `t` (µs), each by the reader among `readers` (mappings) that is furthest behind. */
export function shardLanes(
  store: RunStore,
  stream: string,
  readers: readonly string[],
  shards: number,
  t: number,
): ShardLane[] {
  const entities = readers.map((reader) => entitiesByShard(store, reader, t))
  return Array.from({ length: shards }, (_, shard): ShardLane => {
    const written = store.levelAt(stream, `shard ${shard} written`, t)
    const lanes = readers.map((reader, i) =>
      laneOf(store, stream, { reader, shard, entities: entities[i]?.get(shard) ?? [] }, written, t),
    )
    const refused = (at: number): number => store.levelAt(stream, `shard ${shard} refused`, at)
    const hot = refused(t) > refused(Math.max(0, t - HOT_FOR))
    const worst = lanes.sort((a, b) => rank(b) - rank(a) || a.read - b.read)[0]
    return { shard, written, hot, ...(worst ?? { read: written, inHand: 0, age: null, retries: 0 }) }
  })
}

/** The worst `most` lanes in order of their shards, and the others. */
export function worstLanes(lanes: readonly ShardLane[], most: number): { shown: ShardLane[]; others: ShardLane[] } {
  const ranked = lanes.toSorted((a, b) => rank(b) - rank(a) || a.shard - b.shard)
  const shown = new Set(ranked.slice(0, most))
  return { shown: lanes.filter((lane) => shown.has(lane)), others: lanes.filter((lane) => !shown.has(lane)) }
}

type Reading = Omit<ShardLane, 'shard' | 'written' | 'hot'>

const rank = (lane: Reading & { readonly hot?: boolean }): number =>
  (lane.stuck === undefined ? 0 : 2e6) + (lane.hot === true ? 1e6 : 0) + Math.floor((lane.age ?? 0) / COARSE)

/** A shard as one mapping reads it, by one lane or more. */
interface Read {
  readonly reader: string
  readonly shard: number
  readonly entities: readonly number[]
}

/** Lanes of a mapping are called `shard 3`, with a parallelization factor `shard 3.0`, `shard 3.1`, ... */
function entitiesByShard(store: RunStore, reader: string, t: number): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const entity of store.at(t).entitiesOf(reader, 'shard')) {
    const shard = parseInt(store.entities[entity]!.label.slice('shard '.length), 10)
    found.set(shard, [...(found.get(shard) ?? []), entity])
  }
  return found
}

function laneOf(
  store: RunStore,
  stream: string,
  { reader, shard, entities }: Read,
  written: number,
  t: number,
): Reading {
  const read = Math.min(written, store.levelAt(reader, `shard ${shard} read`, t))
  let inHand = 0
  let retries = 0
  let stuck: ShardLane['stuck']
  for (const entity of entities) {
    const state = store.stateAt(entity, t)
    const name = store.stateName(entity, t) ?? ''
    if (state === null) continue
    if (WORKS.has(name)) inHand += state.value
    const tried = retriesOf(store, entity, t)
    const why = name === 'retrying' && tried === 0 ? undefined : STUCK[name as keyof typeof STUCK]
    // of the lanes of a shard that are stuck, the one that was tried most often tells
    if (stuck === undefined || tried > retries) stuck = why ?? stuck
    retries = Math.max(retries, tried)
  }
  return {
    read,
    inHand: Math.min(inHand, written - read),
    age: written === read ? 0 : Math.max(0, t - writtenAt(store, stream, shard, read, t)),
    retries,
    ...(stuck === undefined ? {} : { stuck }),
  }
}

/** When record `record` of a shard was written (µs); of one older than what is known, when that begins. */
function writtenAt(store: RunStore, stream: string, shard: number, record: number, t: number): number {
  const index = store.levelIndex(stream, `shard ${shard} written`)
  for (const stretch of store.stretches().toReversed()) {
    if (stretch.from > t) continue
    const steps = stretch.levelSteps(index)
    const found = steps === undefined ? 0 : steps.value.upperBound(record)
    if (steps === undefined || found >= steps.at.length) continue
    const at = steps.at.at(found)
    if (at > -Infinity) return at
  }
  return Math.max(0, store.at(t).from)
}

/** How often a lane blocked since its last batch was over. */
function retriesOf(store: RunStore, entity: number, t: number): number {
  const { states } = store.at(t)
  const names = store.look(entity)?.states ?? []
  const own = states.of[entity]
  if (own === undefined) return 0
  let retries = 0
  for (let i = states.indexAt(entity, t); i >= 0; i--) {
    const name = names[states.code.at(own.at(i))] ?? ''
    if (DONE.has(name)) break
    if (name === 'blocked') retries++
  }
  return retries
}
