/** What the inspector is given and what it tells. */
import type { Legend, Wire } from '../../model/recording'
import type { Query } from '../../network'
import type { Intervention, LogicalId, Scenario } from '../../model/scenario'
import type { Connection, Problem } from '../../services/service'
import type { Row } from '../../state/run/rowChunks'
import type { EntityState } from '../../state/run/stateLog'
import type { Patch } from '../problems/applyPatches'

export type { Patch, Row, EntityState, Wire, Legend }

export type Selection =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'resources'; readonly ids: readonly LogicalId[] }
  | { readonly kind: 'connection'; readonly connection: Connection }
  /** A row of the recording: opens "Why?". */
  | { readonly kind: 'row'; readonly row: number }

/** A row in words. `time` is the clock as printed, `text` one sentence. */
export interface Told {
  readonly time: string
  readonly text: string
}

/** What the inspector asks of the run on screen. Times in µs. `runQueries(store, words)` makes one of a `RunStore`. */
export interface RunQueries {
  /** Grows with every change of the run. */
  readonly version: number
  /** The rows that led to a row, oldest first, itself last. */
  causes(row: number): readonly Row[]
  told(row: Row): Told
  /** Reason code of a row; null for rows that are no reasons. */
  reasonOf(row: Row): string | null
  resource(index: number): LogicalId | undefined
  wire(index: number): Wire | undefined
  /** Machines a resource has entities of. */
  machinesOf(resource: LogicalId): readonly string[]
  /** Entities in order of birth; with `t` those born by then and not gone. */
  entitiesOf(resource: LogicalId, machine: string, t?: number): readonly number[]
  labelOf(entity: number): string
  stateAt(entity: number, t: number): EntityState | null
  /** Path of the state an entity is in: `warm.busy`. */
  stateName(entity: number, t: number): string | null
  /** Newest reasons of a resource at `t`, newest first. */
  lastReasons(
    resource: LogicalId,
    t: number,
    limit: number,
  ): readonly { readonly at: number; readonly row: number; readonly code: number }[]
  /** What environments of a function hold at `t`: variables, connections, space in /tmp. */
  heldBy(resource: LogicalId, t: number): readonly Held[]
  rowAt(row: number): Row | undefined
  /** The most a gauge of a resource showed in the whole run; 0 without one. */
  peak(resource: LogicalId, metric: string): number
}

/** Something one environment holds (LAM-21). */
export interface Held {
  /** Label of the environment: `e1`. */
  readonly environment: string
  readonly scope: 'global' | 'handler' | 'connection' | 'tmp'
  readonly name: string
  readonly value: number
}

/** The time shown (µs), read outside React. */
export interface Clock {
  get(): number
  subscribe(listener: () => void): () => void
}

/** A property that has a builder of its own. */
export interface Building {
  readonly tool: 'pattern' | 'schedule'
  /** For a pattern also a bus: the rule that came nearest to taking the event of `row` is opened. */
  readonly resource: LogicalId
  /** JSON pointer of the property; empty for a bus. */
  readonly path: string
  /** A row of the recording: the event to begin with. */
  readonly row?: number | undefined
}

export type EditHandler = (label: string, patches: readonly Patch[], key?: string) => void

export interface InspectorProps {
  /** The document as written. */
  readonly scenario: Scenario
  /** The same with defaults filled in, as the gate gives it. */
  readonly normalised: Scenario
  readonly selection: Selection
  readonly problems: readonly Problem[]
  readonly readOnly?: boolean | undefined
  readonly run: RunQueries
  readonly playhead: Clock
  /** One step of the history; edits with the same key in quick succession are one step. */
  readonly onEdit: EditHandler
  readonly onSelect: (selection: Selection) => void
  /** Moves the playhead (µs). */
  readonly onSeek: (t: number) => void
  /** A change during the run, at the playhead's time. */
  readonly onIntervene: (intervention: Intervention) => void
  /** Changes the name on screen; an empty text takes it away. */
  readonly onRename: (id: LogicalId, name: string) => void
  readonly onRemove: (ids: readonly LogicalId[]) => void
  readonly onDuplicate: (ids: readonly LogicalId[]) => void
  /** Opens the reachability tab with a question; with `walk` the packet sets out. */
  readonly onAsk?: ((query: Query, walk?: boolean) => void) | undefined
  /** Opens the builder of a property. */
  readonly onBuild?: ((building: Building) => void) | undefined
  /** Opens the JSON of the event a row belongs to. */
  readonly onEvent?: ((row: number) => void) | undefined
  /** Shows the document as text. */
  readonly onOpenCode?: (() => void) | undefined
}
