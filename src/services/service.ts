/**
 * The contract between a service and the rest of the program. One object per folder, registered by one line in `all.ts`.
 *
 * Everything reachable from a service's `index.ts` runs in the worker: no DOM, no React, no zod. Property schemas live in
 * `schema.ts`, semantic checks in `checks.ts` (both for the gate only), resource types in `kinds.ts`, wires in `connectors.ts`,
 * sentences in `reasons.ts`, faces in `view.tsx` (main thread only), explanations for readers in `guide.md`.
 */
import type { FactTable } from '../model/facts'
import type { Duration, Json, JsonObject, LogicalId, Resource, Scenario } from '../model/scenario'
import type { Outcome, Token } from '../model/recording'
import type { Invitation } from '../iam'
import type { Kernel } from '../kernel/kernel'
import type { Lifecycle, OnEnter } from '../kernel/lifecycle'
import type { ChartImplementation } from '../kernel/table'
import type { Table } from '../kernel/columns'
import type { Sampler } from '../kernel/sampler'
import type { AnyStateMachine } from 'xstate'
import type { Moved, Parcels, Payloads } from './payload'

export type { Moved, Parcels, Payload, Payloads } from './payload'

/**
 * Builds the running service for the resources of its kinds that a scenario holds. A folder that has something to run exports it as
 * `install` from its `runtime.ts`, apart from `index.ts`, so that the page does not load what only the worker runs.
 */
export type Install = (context: ServiceContext) => Runtime

export interface Service {
  /** Folder name. */
  readonly id: string
  /** AWS's name: `Amazon SQS`. */
  readonly title: string
  /** What the names of its resource types begin with: `AWS::SQS::`. */
  readonly namespace: string
  /** Calls its resources answer. */
  readonly actions: Actions
  readonly facts: FactTable
  /** Charts by name, for the pictures and the equivalence tests. */
  readonly machines: { readonly [name: string]: AnyStateMachine }
}

/* ---- what is drawn ------------------------------------------------------------------------------------------- */

export type Category = 'sources' | 'events' | 'compute' | 'data' | 'network' | 'access'
export type Silhouette = 'actor' | 'plain' | 'bus' | 'queue' | 'deadLetter' | 'store' | 'device' | 'gate'

/** How a resource type appears: one of node, edge, attachment shown on its owner, container, or none (only in lists and code). */
export interface Kind {
  /** The learner's word: `Queue`. */
  readonly label: string
  /** A shorter one where room is scarce (the palette); default: the label. */
  readonly short?: string
  readonly category: Category
  readonly drawn: 'node' | 'edge' | 'attachment' | 'container' | 'none'
  /** Glyph name in the UI kit. */
  readonly glyph: string
  readonly silhouette?: Silhouette
  /** Fixed node size at zoom 1 (px). */
  readonly size?: { readonly w: number; readonly h: number }
  /** One sentence for the palette and the docs. */
  readonly summary: string
  /** Shown in the palette (default: drawn is node or container). */
  readonly palette?: boolean
  /** Key that places one. */
  readonly key?: string
  /** Stem of new logical ids; default: label without spaces. */
  readonly idStem?: string
  /** Ids of the resources this one belongs to: deleting any of them deletes it; containers and attachments are drawn there. */
  owners?(resource: Resource, scenario: Scenario): LogicalId[]
  /** The container it is drawn in (`VPC`, subnet), if any. */
  container?(resource: Resource, scenario: Scenario): LogicalId | null
  /** What placing one writes besides the bare resource (a role, an attachment). `id` is taken and free. */
  create?(id: LogicalId, place: Placement, scenario: Scenario): { [id: LogicalId]: Resource }
  /** Moves it into a container (drop on a subnet) or out (null); absent: cannot be placed in containers. */
  moveInto?(
    id: LogicalId,
    container: LogicalId | null,
    scenario: Scenario,
  ): { [id: LogicalId]: Resource | null } | Refusal
  /** Calls it answers, by action: those of the service's `actions`, which the registry adds. */
  readonly actions?: { readonly [action: string]: Action }
  /** What a choice of its Behavior offers here, the usual one first; absent or null: all there is. */
  choices?(field: string, resource: Resource, scenario: Scenario): readonly string[] | null
  /** Type line under the name: `Queue · standard`. */
  typeLine?(resource: Resource): string
  /** What its row on another face says: its pattern, its filter, its schedule; `off` while it is switched off. */
  row?(resource: Resource): Row
  /** Shards of its stream, which its face shows as lanes; 0 for none. */
  shards?(resource: Resource, scenario: Scenario): number
}

/** A rule on its bus, a subscription on its topic: one line. */
export interface Row {
  readonly line: string
  readonly glyph?: string
  /** It fires by the clock, at the time its level `next` says. */
  readonly timed?: true
  readonly off?: true
}

export interface Placement {
  /** Container the pointer was over, if any. */
  readonly container: LogicalId | null
  /** Ids already taken. */
  readonly taken: ReadonlySet<string>
}

/** Why something cannot be, in one sentence, with the remedy. */
export interface Refusal {
  readonly refused: string
}

/** Calls by resource type and action; those that answer none are left out. */
export type Actions = { readonly [type: string]: { readonly [action: string]: Action } }

/** A call a resource answers. */
export interface Action {
  readonly title: string
  /** IAM action a role needs: `sqs:SendMessage`. */
  readonly iam: string
  /** Whether the caller waits for the work (solid wire) or only for acceptance (dashed wire). */
  readonly waits: boolean
  /** Shape that travels. */
  readonly token: Token
  /** TCP port the call needs; 443 for AWS APIs. */
  readonly port: number
}

/* ---- wires --------------------------------------------------------------------------------------------------- */

/** A wire of the drawing, derived from properties. `id` is stable: `from->to:action`. */
export interface Connection {
  readonly from: LogicalId
  readonly to: LogicalId
  readonly action: string
  /** Port on the source: `out` (default), `failure` (dead-letter, bottom), or a rule's id. */
  readonly port?: string
  /** Resource drawn as this edge (a mapping, a rule's target), selected with it. */
  readonly resource?: LogicalId
  /** Service principal that makes the call by itself, for `resource` or `from`: the target's resource policy must let it in (LAM-65). */
  readonly principal?: string
  readonly style: 'sync' | 'async'
  /** Short label below the wire: `batch 10`. */
  readonly label?: string
  /** `resource` is a poller: it reads from one end and calls the other, and stands on the wire as a station of its own. */
  readonly poller?: true
}

/** One way to wire resources: finds the wires a document has, and writes new ones. */
export interface Connector {
  /** All wires of this kind in the document. */
  derive(scenario: Scenario): Connection[]
  /** Whether a wire from -> to would be of this kind: true, or why not; null: not this connector's business. */
  accepts(from: LogicalId, to: LogicalId, scenario: Scenario, port?: string): true | Refusal | null
  /** Writes it: changed or new resources (null deletes). `said` tells what was written, permission included. */
  connect(
    from: LogicalId,
    to: LogicalId,
    scenario: Scenario,
    port?: string,
  ): { resources: { [id: LogicalId]: Resource | null }; said: string }
  /** Removes one of its own wires. */
  disconnect(
    connection: Connection,
    scenario: Scenario,
  ): { resources: { [id: LogicalId]: Resource | null }; said: string }
}

/* ---- checks -------------------------------------------------------------------------------------------------- */

export interface Problem {
  readonly severity: 'error' | 'warning' | 'info'
  /** JSON pointer into the document. */
  readonly path: string
  readonly message: string
  readonly fix?: Fix
}

/** A remedy: JSON Patch operations on the document. */
export interface Fix {
  readonly title: string
  readonly patches: readonly {
    readonly op: 'add' | 'replace' | 'remove'
    readonly path: string
    readonly value?: unknown
  }[]
}

export type Check = (scenario: Scenario) => Problem[]

/* ---- running ------------------------------------------------------------------------------------------------- */

/** A running service. Its state is in tables and parts of the kernel, so that keyframes hold it. */
export interface Runtime {
  /** First thing of the run, in registry order. */
  start?(): void
  /** A call arrived at a resource, network and permission passed. Must lead to one `calls.answer(request, ...)`. */
  handle?(request: number): void
  /** A `set` intervention changed properties of one of its resources; `scenario` is the document from now on. */
  configure?(resource: number, scenario: Scenario): void
  /** A client is told to make its call now (`send` intervention). */
  send?(resource: number, count: number): void
  /** Fault or repair of something this service holds; network and calls are handled by the engine. `deleted`: it is gone, or made again. */
  fault?(resource: number, down: boolean, deleted: boolean): void
  /** An archive is told to send events again (seconds of the run), or with null to end its replays. */
  replay?(resource: number, what: { from: number; to: number; rules?: readonly LogicalId[] } | null): void
  /** What calls of functions in a VPC go through; at most one service has one. */
  readonly carrier?: Carrier
  /** Money spent up to now, from facts. */
  costs?(): Cost[]
  /** What its resources hold now, for `state` and `records` queries: messages in queues, items, what environments remember. */
  contents?(): Content[]
}

/** One way of a call out of a VPC and back: what it goes through. A function in several subnets has several. */
export interface Way {
  /** Number of the reason why nothing gets through; -1 when it does. */
  readonly lost: number
  /** Shared interface it starts at: `eni:subnet:groups`. */
  readonly eni: string
  readonly from: LogicalId
  readonly to: LogicalId
  readonly nat: LogicalId | null
  /** The interface endpoint. */
  readonly endpoint: LogicalId | null
  /** How often it goes from one zone to another, one way. */
  readonly crossings: number
  /** What travels is a payload, whose bytes count. */
  readonly bodied: boolean
  /** The connection stays: all calls of one environment take the same way. */
  readonly mounted: boolean
}

/**
 * Connections and bytes of calls that start in a VPC. A service that knows how large an answer is, or what was sent where that is more than
 * the payload, publishes `call.answerBytes` and `call.sentBytes`: bytes of the call it is answering.
 */
export interface Carrier {
  /** A call of `caller` (a function's environment) sets out on one of the ways: -1, or the number of the reason why it is lost. */
  open(request: number, ways: readonly Way[], caller: number): number
  /** The answer sets out: -1, or the number of the reason why it is lost. */
  back(request: number): number
  /** The call is over; called at least once for every call that was opened, and for others. */
  close(request: number): void
}

/** One thing a resource holds. */
export interface Content {
  readonly resource: LogicalId
  /** `message`, `item`, `global`, `tmp`. */
  readonly kind: string
  /** Key of an item, name of a variable or file, label of the environment before it: `e1/count`. Empty for messages. */
  readonly key: string
  /** When it came there (µs). */
  readonly at: number
  readonly value: Json
}

export interface Cost {
  readonly resource: LogicalId
  readonly item: string
  readonly quantity: number
  readonly unit: string
  /** Price fact; quantity x value = USD. */
  readonly fact: string
  /** Accrues with time alone, whatever is used. Default: what is counted in hours does. */
  readonly idle?: boolean
  /** Units it accrues per second at the end of what is computed, for what accrues with time alone. */
  readonly perSecond?: number
}

/** All a service may do to the world. Times are µs unless said otherwise. */
export interface ServiceContext {
  readonly kernel: Kernel
  scenario(): Scenario
  readonly calls: Calls
  readonly payloads: Payloads
  readonly parcels: Parcels
  /** What is sent now says where it comes from (`pastOf` of parcel.ts): set around a send by functions, 0 for everyone else. */
  readonly lineage: { past: number }

  /** Ids of the scenario's resources of a type, in document order. */
  ids(type: string): LogicalId[]
  /** Index of a resource in the recording. Throws on an unknown id. */
  index(id: LogicalId): number
  id(index: number): LogicalId
  /** Properties of a resource with defaults filled in (the gate did). */
  properties(id: LogicalId): JsonObject
  behavior(id: LogicalId): JsonObject

  /** A fact's value under the scenario's profile and overrides. */
  fact(key: string): Duration
  /** The same for facts that are plain numbers. */
  number(key: string): number
  /** Sampler on the stream `id/purpose`. */
  sampler(duration: Duration, id: LogicalId, purpose: string): Sampler
  /** A stream for `kernel.random`. */
  stream(id: LogicalId, purpose: string): number

  /**
   * A lifecycle over a table. With `drawn`, state rows are recorded for every entry, and `drawn.born` must be called for an entity
   * before `start`. Without it the chart runs unrecorded, for what exists in thousands (messages).
   */
  lifecycle(options: {
    entities: Table
    machine: AnyStateMachine
    implementation: ChartImplementation
    /** Asked at birth, `life.drawn.born(entity)`. `owner`: resource index of an entity. `label`: its name on screen; a number stands for `machine 12`. */
    drawn?: { owner: (entity: number) => number; label: (entity: number) => string | number }
    /** Number written with a state row, such as the time the state will end; default 0. */
    value?: (entity: number, state: number) => number
    /** Called before the recorder, for counters. */
    onEnter?: OnEnter
  }): Lifecycle

  /** Number of a reason, whose sentence is in the service's `reasons.ts`. To be asked while a service is installed. */
  reason(code: string): number
  /** Records why something was decided; becomes the cause of what follows. Returns the row. */
  explain(reason: number, resource: number, subject?: number, value?: number): number

  /** A number to draw and to chart: recorded as level rows under `name` and as a gauge metric `metric` when given. */
  level(resource: number, name: string, metric?: string): (value: number) => void

  /** Lets other services find a number this one keeps, such as the state of a function. Names are `service.topic`. */
  publish(topic: string, read: (resource: number) => number): void
  /** Value of a published topic, 0 when nobody publishes it. */
  read(topic: string, resource: number): number
  /** Tells whoever listens that something about a resource changed; handled at once, in the order of `listen`. */
  signal(topic: string, resource: number, value: number): void
  listen(topic: string, handle: (resource: number, value: number) => void): void
}

/**
 * The one path of every call: wire -> network -> permission -> service -> answer (design.md 5).
 * A request is an id; its columns are readable between `handle` and the caller's answer handler.
 */
export interface Calls {
  /**
   * The wire a caller uses. `role` is the execution role whose permission counts (null: none is asked, as for clients and services
   * acting by themselves); `network` tells whether reachability is asked; `as`: the service principal the target's resource policy must
   * let in, and what it calls for (LAM-65).
   */
  wire(
    from: LogicalId,
    to: LogicalId,
    action: string,
    options: { role: LogicalId | null; network: boolean; as?: Invitation | null },
  ): number
  /**
   * Makes a call. The answer comes as `kernel.call(answerKind, request, tag)`; there `outcome`, `value` and `reasonOf` can be read,
   * and the request ends when that handler returns. A call that cannot arrive (no route) is never answered: the caller's own
   * timeout ends it, by `abandon`.
   * `payload` is an id of `payloads` (or a parcel, by agreement of both services), `count` how many travel, `token` overrides the shape.
   */
  send(wire: number, payload: number, count: number, answerKind: number, tag: number, token?: Token): number
  /**
   * `value` belongs to the action. Of `lambda:Invoke`: 0, or what the handler of a batch returned as batchItemFailures: a parcel of the failed
   * messages as its id + 1, or -1 for a response that is none (SQS-ESM-7); to anyone else whose `response` is the answer: the index of the
   * function or version + 1, or 0.
   * `count`: how many travel back, when that is another number than was sent or asked for.
   */
  answer(request: number, outcome: Outcome, value?: number, count?: number): void
  /** A message goes from one queue to another without a call: SQS moves it by itself. */
  moved(wire: number, token: Token, moved: Moved): void
  /** The caller stops waiting: no answer will be delivered. The service may still be working. */
  abandon(request: number): void
  /** Of a request: */
  target(request: number): number
  source(request: number): number
  /** Index of the action within the target's kind, in declaration order. */
  action(request: number): number
  payload(request: number): number
  count(request: number): number
  wireOf(request: number): number
  outcome(request: number): Outcome
  value(request: number): number
  /** When the caller sent it (µs). */
  sentAt(request: number): number
}
