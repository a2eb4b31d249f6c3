/** What the canvas needs and what it tells. Everything comes through props; the app wires them to its stores. */
import type { ComponentType, ReactNode } from 'react'
import type { Attachment, Drawing, DrawnEdge, DrawnNode, Point, Rect } from '../drawing'
import type { Refusal } from '../services/service'
import type { BadgeKind } from '../ui/Badge'
import type { TokenSource } from './tokens/token-buffer'

/* ---- live data ------------------------------------------------------------------------------------------------ */

/** How a slot is drawn: `slotWord` in state/run/machines.ts says it. */
export type SlotState =
  'pending' | 'cold' | 'init' | 'restore' | 'busy' | 'idle' | 'reset' | 'reclaimed' | 'throttled' | 'error'

export interface SlotData {
  readonly state: SlotState
  /** `e3`, or `+41` for what was refused. */
  readonly label: string
  /** Share done, 0..1; drawn for init and busy. */
  readonly progress: number
  /** Recording id of the entity, for "why?" and the timeline. */
  readonly entity?: number
  /** The one the inspector shows. */
  readonly chosen?: boolean
  /** Kept by provisioned concurrency: drawn with a double frame. */
  readonly provisioned?: boolean
  /** Number of the version it runs; absent for `$LATEST`. */
  readonly version?: string
}

/** What a version or alias of a function did up to now. */
export interface PartData {
  readonly ended: number
  /** Environments of it that work or start now. */
  readonly active: number
  /** Status of its provisioned concurrency, in AWS's words; absent while none was asked for. */
  readonly provisioned?: 'IN_PROGRESS' | 'READY' | 'FAILED'
  /** Provisioned environments of it that work now. */
  readonly kept: number
}

/** A rule on its bus, a subscription on its topic. */
export interface RowData {
  /** What it let through: `18`, `18 of 24` where that is known. */
  readonly value?: string
  /** In place of its pattern: `next 00:05:00`. */
  readonly line?: string
  /** The event that was judged last went through it, or not; absent a moment later. */
  readonly gate?: 'open' | 'closed'
}

/** A shard: records as a row of cells that pass a reader. */
export interface LaneData {
  readonly label: string
  /** Records before the reader, in its hands, and waiting behind those. */
  readonly done: number
  readonly inHand: number
  readonly waiting: number
  /** `12 s`, `tried 3×`. */
  readonly words: string
  /** The whole sentence: `shard 2 is blocked: tried 3 times, 41 s behind`. */
  readonly says: string
  readonly state?: 'blocked' | 'held' | 'denied' | 'hot'
}

export interface BadgeData {
  readonly kind: BadgeKind
  readonly count: number
  /** The whole sentence: `3 messages dead-lettered.` */
  readonly reason: string
  /** Row of the recording where the causal chain starts. */
  readonly row?: number
}

/** A fact in the foot of a node: `1.9` `/s`, `p95` `1.71` `s`. */
export interface FactData {
  readonly before?: string
  readonly value: string
  readonly after?: string
  readonly state?: 'throttled' | 'error'
}

/** What a node shows at the playhead. The same object as before means that nothing changed. */
export interface FaceData {
  readonly slots?: readonly SlotData[]
  /** `visible`, `inFlight`, `items`, `concurrency`, ... as recorded. */
  readonly levels: Readonly<Record<string, number>>
  readonly badges: readonly BadgeData[]
  /** Last items of a table, newest first. */
  readonly items?: readonly { readonly label: string; readonly value: string }[]
  /** Replaces the type line: `20 requests/s`, `after 3 receives`. */
  readonly line?: string
  /** At the right of the header: `4 of 5 in use`, `Pending 62 s`. */
  readonly tag?: { readonly text: string; readonly state?: 'pending' | 'throttled' | 'error' }
  readonly facts?: readonly FactData[]
  /** Of a bus or topic: by id of the rule or subscription. */
  readonly rows?: Readonly<Record<string, RowData>>
  /** Of a stream: its shards, the worst ones where there are many, and a line about the others. */
  readonly lanes?: readonly LaneData[]
  readonly moreLanes?: string
  /** Of a queue: when the first of what is in flight comes back (`back in 12 s`), groups that wait for others. */
  readonly back?: string
  readonly groups?: string
  /** Of a dead-letter queue that holds some, and how many ever came. */
  readonly dead?: { readonly words: string; readonly arrived: number }
  /** Of a function with versions: by resource id, its own for `$LATEST`. */
  readonly parts?: Readonly<Record<string, PartData>>
  /** Of a function: what it may use at once, and how much of that is taken. */
  readonly quota?: { readonly used: number; readonly of: number; readonly words: string }
  /** Of a bus or topic: events that no rule or subscription wanted so far. */
  readonly unmatched?: number
  /** Of a function without environments: why there are none. */
  readonly quiet?: string
  /** Border and outline of the whole node. */
  readonly state?: 'pending' | 'throttled' | 'error' | 'down'
  /** A lesson hides results until a prediction is made: numbers become `?`, gauges flat, nothing moves. */
  readonly hidden?: boolean
}

export const NO_FACE: FaceData = { levels: {}, badges: [] }

/** Live data by id of a drawn node, or of a wire with a poller; at most 10 changes a second and node. */
export interface FaceSource {
  get(id: string): FaceData
  subscribe(id: string, listener: () => void): () => void
  /** Visits the calls an alias has just shared out: the number of the version, and how far the call is on its way (0..1). */
  routed?(alias: string, visit: (version: string, fraction: number) => void): void
}

export interface FaceProps {
  readonly node: DrawnNode
  readonly data: FaceData
  readonly attachments: readonly Attachment[]
  /** Opens a reason: of a badge, a slot, a number. */
  readonly onWhy: (subject: WhySubject) => void
}
/** Body of a node below its header. Registered by type in `services/<svc>/view.tsx`: `export const faces = { 'AWS::X::Y': Face }`. */
export type Face = ComponentType<FaceProps>

/* ---- what the canvas tells ------------------------------------------------------------------------------------- */

export type WhySubject =
  | { readonly kind: 'badge'; readonly node: string; readonly badge: BadgeData }
  | { readonly kind: 'slot'; readonly node: string; readonly slot: SlotData }
  | { readonly kind: 'unmatched'; readonly node: string }
  | { readonly kind: 'token'; readonly edge: string; readonly row: number }

/** What an edit said. The canvas shows it (toast for what writes properties, announcement otherwise) unless it is nothing. */
export type Told = { readonly said: string } | Refusal | void

export interface Move {
  /** New absolute top left corners of the moved nodes; what they hold moves along. */
  readonly to: ReadonlyMap<string, Point>
  /** Drawn container they were dropped into (a zone counts), null for out of all; absent when it did not change. */
  readonly into?: string | null
}

/** What a drag would drop: existing nodes, or a new one of a type. */
export type Dragged = { readonly ids: readonly string[] } | { readonly type: string }

/** The packet walk, or a hovered row of a panel: marks over the drawing. */
export interface Marks {
  readonly edges: ReadonlyMap<string, 'reachable' | 'blocked' | 'hot'>
  readonly nodes: ReadonlyMap<string, 'reachable' | 'blocked' | 'faded' | 'hot'>
}

export interface CanvasProps {
  readonly drawing: Drawing
  /** Drawn node ids and edge ids. */
  readonly selection: ReadonlySet<string>
  readonly faces: FaceSource
  readonly tokens: TokenSource
  readonly marks?: Marks | undefined
  /** Nothing can be changed: phones, held runs, links not yet trusted. */
  readonly readOnly?: boolean | undefined
  /** An edit was made and the first chunk of its run is not here yet. */
  readonly stale?: boolean | undefined

  readonly onSelect: (ids: readonly string[]) => void
  /** Enter or double click: show the inspector and give it focus. */
  readonly onOpen: (id: string) => void
  readonly onOpenReason: (subject: WhySubject) => void
  readonly onAdd: (type: string, at: { point: Point; container: string | null }) => Told
  readonly onMove: (move: Move) => Told
  readonly onResize: (id: string, rect: Rect) => Told
  readonly onExtent: (ids: readonly string[], extent: 'collapsed' | 'normal' | 'wide') => Told
  readonly canConnect: (from: string, to: string, port?: string) => true | Refusal
  readonly onConnect: (from: string, to: string, port?: string) => Told
  readonly onRemove: (ids: readonly string[]) => Told
  readonly onRename: (id: string, label: string) => Told
  readonly onDuplicate: (ids: readonly string[]) => Told
  /** Text for the clipboard, or null when nothing can be copied. */
  readonly onCopy: (ids: readonly string[]) => string | null
  readonly onPaste: (text: string, at: Point | null) => Told
  /** What dropping there would write, in one sentence, or why not. Called while dragging: must be quick and change nothing. */
  readonly previewDrop: (dragged: Dragged, container: string | null) => { readonly says: string } | Refusal
  /** Whether a type can live in containers; drags of others never light one. */
  readonly canNest: (type: string) => boolean
  /** More entries of a node's context menu, such as "Show in timeline". */
  readonly moreEntries?: ((node: DrawnNode) => readonly MoreEntry[]) | undefined
  /** What is drawn over everything, inside the camera: the packet walk. */
  readonly overlay?: ReactNode
  /** Shown while the drawing is empty. */
  readonly empty?: EmptyActions | undefined
}

export interface MoreEntry {
  readonly label: string
  readonly shortcut?: string
  readonly onSelect: () => void
}

/** What the app answers when something is drawn, and nothing of choosing or explaining. */
export type DrawingCommands = Pick<
  CanvasProps,
  | 'onAdd'
  | 'onMove'
  | 'onResize'
  | 'onExtent'
  | 'canConnect'
  | 'onConnect'
  | 'onRemove'
  | 'onRename'
  | 'onDuplicate'
  | 'onCopy'
  | 'onPaste'
  | 'previewDrop'
  | 'canNest'
>

export interface EmptyActions {
  readonly onPlaceThree: () => void
  /** `Open Orders` */
  readonly example: { readonly name: string; readonly onOpen: () => void }
  readonly onPasteTemplate: () => void
}

/** What the app may ask of the canvas: through `ref`. */
export interface CanvasHandle {
  /** Canvas coordinates of the middle of what is visible. */
  viewCenter(): Point
  fit(ids?: readonly string[]): void
  /** Moves the camera so that a node is visible and gives it focus. */
  focus(id: string): void
  openConnect(id: string): void
  rename(id: string): void
}

export type { DrawnEdge, DrawnNode }
