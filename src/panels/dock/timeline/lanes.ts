import { isEni, isEnvironment } from '../../../state/run/machines'
import { heldLevel, type HeldLevel } from '../../../state/run/heldLevel'
import { spaced } from '../../../state/run/describe'
import type { RunStore } from '../../../state/run/runStore'

const BAR_PITCH = 17
export const BAR_HEIGHT = 12
const AREA_HEIGHT = 52
const STEP_HEIGHT = 32
/** A lane of what an environment holds, its name beside it. */
const HELD_PITCH = 22
/** The line that names a group whose lanes have names of their own. */
const TITLE = 20
const GROUP_PADDING = 4
/** Room for the name of a resource and, below it, what its one lane shows. */
const TWO_LINES = 40
/** Lanes of one kind per resource; the event list has the rest. */
const MOST_LANES = 200
/** Of what environments hold; the inspector has the rest. */
const MOST_HELD = 40

interface LanePlace {
  readonly resource: string
  /** Left of the lane. */
  readonly label: string
  /** From the top of all lanes (px). */
  readonly y: number
  readonly height: number
}
export interface BarLane extends LanePlace {
  readonly type: 'bars'
  readonly entity: number
}
export interface LevelLane extends LanePlace {
  readonly type: 'levels'
  /** Indices in the run's levels; the first one is filled. */
  readonly levels: readonly number[]
}
export type Lane = BarLane | LevelLane

/** Lanes of one resource between two rules. */
export interface LaneGroup {
  readonly resource: string
  /** The resource, and its versions and aliases: what happens to them is marked here. */
  readonly members: readonly string[]
  readonly subtitle: string
  /** The lanes begin below a line with the name and the subtitle, and each has its own name. */
  readonly titled: boolean
  readonly lanes: readonly Lane[]
  readonly y: number
  readonly height: number
}

export interface LaneModel {
  /** What it was made for. */
  readonly shape: string
  readonly groups: readonly LaneGroup[]
  readonly height: number
}

/** The function a version belongs to, and what to call its lanes: `v2`; null for resources that stand for themselves. */
export type OwnerOf = (resource: string) => { readonly owner: string; readonly tag: string } | null

/** Levels that the bars of the same resource already show. */
const SHOWN_BY_BARS = new Set(['concurrency', 'environments', 'busy', 'inUse'])
/** Running totals: their charts say more than a lane. */
const TOTALS = new Set(['matched', 'unmatched', 'delivered', 'filtered', 'items', 'eni'])
/** What only faces show: ages, the next time of a schedule, places in shards. */
const FACES = /^(oldest|next|groups|shard \d+ (written|refused|read))$/
/** What exists in thousands, or is told by a level lane or the node; the event list has all of it. */
const UNDRAWN = new Set(['item', 'message', 'request', 'event', 'call', 'poller', 'function', 'update'])
/** What lives longest with an environment first, then what only looks as if it did. */
const HELD_ORDER: readonly HeldLevel['scope'][] = ['global', 'connection', 'tmp', 'handler']
const QUEUE_LEVELS = ['visible', 'inFlight', 'delayed']

/**
 * Which lanes a run has, from top to bottom: queues, then environments, then interfaces, then other levels. `shape` is anything that
 * changes when lanes may have changed.
 */
export function laneModel(store: RunStore, shape = '', ownerOf: OwnerOf = () => null): LaneModel {
  const groups: LaneGroup[] = []
  let y = 0
  const push = (
    resource: string,
    subtitle: string,
    make: (y: number) => Lane[],
    { members = [resource], titled = false }: { members?: readonly string[]; titled?: boolean } = {},
  ): void => {
    const head = titled ? TITLE : 0
    const lanes = make(y + GROUP_PADDING + head)
    if (lanes.length === 0) return
    const [first] = lanes
    const least = lanes.length === 1 && first?.type === 'bars' && first.label === '' ? TWO_LINES : 0
    const height = Math.max(
      least,
      lanes.reduce((sum, lane) => sum + lane.height, head + 2 * GROUP_PADDING),
    )
    groups.push({ resource, members, subtitle, titled, lanes, y, height })
    y += height
  }
  const { resources } = store.head
  const levelsOf = (resource: string): number[] =>
    store.levels.flatMap((level, index) => (level.resource === resource ? [index] : []))

  for (const resource of resources) {
    const queue = levelsOf(resource).filter((level) => QUEUE_LEVELS.includes(store.levels[level]!.name))
    queue.sort((a, b) => QUEUE_LEVELS.indexOf(store.levels[a]!.name) - QUEUE_LEVELS.indexOf(store.levels[b]!.name))
    push(resource, 'messages waiting', (top) =>
      queue.length === 0
        ? []
        : [{ type: 'levels', resource, label: '', levels: queue, y: top, height: areaHeight(store, queue) }],
    )
  }
  /** What the environments of a function and of its versions hold, a lane for each thing. */
  const pushHeld = (resource: string, family: readonly string[]): void => {
    const own = new Set([resource, ...family])
    const held = store.levels
      .flatMap(({ resource: of, name }, level) => {
        const parts = own.has(of) ? heldLevel(name) : null
        const tag = ownerOf(of)?.tag
        const place = parts && `${tag ?? ''} ${parts.environment} ${HELD_ORDER.indexOf(parts.scope)}`
        return parts === null ? [] : [{ level, place, label: heldLabel(parts, tag) }]
      })
      .sort((a, b) => `${a.place}${a.label}`.localeCompare(`${b.place}${b.label}`, 'en', { numeric: true }))
    const shown = held.slice(0, MOST_HELD)
    push(
      resource,
      shown.length < held.length ? `holds, ${shown.length} of ${held.length}` : 'holds',
      (top) =>
        shown.map(({ level, label }, i) => ({
          type: 'levels',
          resource,
          label,
          levels: [level],
          y: top + i * HELD_PITCH,
          height: HELD_PITCH,
        })),
      { members: [...own], titled: true },
    )
  }
  for (const pass of ['environments', 'interfaces', 'others'] as const) {
    for (const resource of resources) {
      if (pass === 'environments' && ownerOf(resource) !== null) continue
      const family = pass === 'environments' ? resources.filter((id) => ownerOf(id)?.owner === resource) : []
      const machines = [resource, ...family].flatMap((id) => store.machinesOf(id))
      for (const machine of new Set(machines)) {
        if (passOf(machine) !== pass) continue
        const entities = [resource, ...family].flatMap((id) => store.entitiesOf(id, machine)).slice(0, MOST_LANES)
        const subtitle = pass === 'others' ? (SUBTITLES[machine] ?? spaced(machine)) : pass
        // one lane of a kind of its own is told by its subtitle
        const alone = pass === 'others' && entities.length === 1
        const lanes = (top: number): Lane[] =>
          entities.map((entity, i) => ({
            type: 'bars',
            resource,
            entity,
            label: alone ? '' : labelOf(store, entity, ownerOf),
            y: top + i * BAR_PITCH + (alone ? (TWO_LINES - BAR_PITCH) / 2 - GROUP_PADDING : 0),
            height: BAR_PITCH,
          }))
        push(resource, subtitle, lanes, { members: [resource, ...family] })
      }
      if (pass === 'environments') pushHeld(resource, family)
    }
  }
  for (const resource of resources) {
    const bars = groups.some((group) => group.resource === resource && group.subtitle === 'environments')
    for (const level of levelsOf(resource)) {
      const { name } = store.levels[level]!
      if (QUEUE_LEVELS.includes(name) || TOTALS.has(name) || FACES.test(name) || (bars && SHOWN_BY_BARS.has(name)))
        continue
      if (heldLevel(name) !== null) continue
      push(resource, spaced(name), (top) => [
        { type: 'levels', resource, label: '', levels: [level], y: top, height: STEP_HEIGHT },
      ])
    }
  }
  return { shape, groups, height: y }
}

/** `e1 calls`, `e1 handler calls`, `v2 e1 /tmp space`: globals are what lives on, so they need no word. */
function heldLabel({ environment, scope, name }: HeldLevel, tag: string | undefined): string {
  const what = { global: name, handler: `handler ${name}`, connection: `${name} open`, tmp: `/tmp ${name}` }[scope]
  return `${tag === undefined ? '' : `${tag} `}${environment} ${what}`
}

/** `e3`; `v2 p1` for an environment of a version. */
function labelOf(store: RunStore, entity: number, ownerOf: OwnerOf): string {
  const { owner, label } = store.entities[entity]!
  const tag = ownerOf(owner)?.tag
  return tag === undefined ? label : `${tag} ${label}`
}

/** A queue that stays empty does not need the room of a curve. */
function areaHeight(store: RunStore, levels: readonly number[]): number {
  return levels.some((level) => store.levelPeak(level, Infinity) > 0) ? AREA_HEIGHT : STEP_HEIGHT
}

function passOf(machine: string): 'environments' | 'interfaces' | 'others' | null {
  if (isEnvironment(machine)) return 'environments'
  if (isEni(machine)) return 'interfaces'
  return UNDRAWN.has(machine) ? null : 'others'
}

/** Machines whose name is the resource's again: `Mapping mapping`. */
const SUBTITLES: { readonly [machine: string]: string } = { mapping: 'state' }

/** The lane at a height; null between lanes. Lanes are in order of `y`. */
export function laneAt(model: LaneModel, y: number): Lane | null {
  const group = model.groups.find((one) => y >= one.y && y < one.y + one.height)
  return group?.lanes.find((lane) => y >= lane.y && y < lane.y + lane.height) ?? null
}
