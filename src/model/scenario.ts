/**
 * What a scenario is: the document a learner draws, keeps and shares (design.md 3).
 *
 * Resource types, property names, units and defaults are CloudFormation's own. What only a simulation needs stands
 * beside them under `Behavior`. References are logical ids. Everything here is plain JSON.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** CloudFormation logical id: `^[A-Za-z][A-Za-z0-9]*$`. Random streams hang on it, so a display label stands apart. */
export type LogicalId = string

export interface Resource {
  Type: string
  Properties?: JsonObject
  Behavior?: JsonObject
}

/**
 * A duration in seconds, fixed or drawn at random.
 * `lognormal` is given by its median and 90th percentile, `quantiles` by points of its inverse CDF (`{"0.5": 0.1}`).
 */
export type Duration =
  | number
  | { exp: number }
  | { uniform: [number, number] }
  | { lognormal: { p50: number; p90: number } }
  | { quantiles: { [probability: string]: number } }

/** A change during the run, at simulated second `at`. The past stays; what follows is computed anew. */
export type Intervention =
  /** A client makes its call `count` more times (1) at once. */
  | { at: number; send: LogicalId; count?: number }
  | { at: number; fault: FaultName; resource?: LogicalId; zone?: string }
  | { at: number; repair: FaultName; resource?: LogicalId; zone?: string }
  /** Sets one property; `path` is a JSON pointer below `/resources`, such as `/resources/Fn/Properties/Timeout`. */
  | { at: number; set: string; value: Json }
  /** An archive sends what came to its bus from second `from` on and before `to` again, to all rules of the bus or to these. */
  | { at: number; replay: LogicalId; from: number; to: number; rules?: LogicalId[] }
  /** Replays of an archive that are under way end. */
  | { at: number; cancel: LogicalId }

/**
 * `resource-down`: every call to the resource fails. `az-outage`: everything in the zone is unreachable. `deleted`: the resource is gone:
 * routes to it are black holes, rules and endpoints no longer count, nothing is paid for it; its repair makes it again.
 */
export type FaultName = 'resource-down' | 'az-outage' | 'deleted'

export interface Position {
  x: number
  y: number
  /** Only for containers, and for nodes a learner opened wide. */
  w?: number
  h?: number
}

export interface Scenario {
  /** Format version. */
  coldstart: 1
  name: string
  /** One or two sentences for the gallery and the scenario panel. */
  description?: string
  profile: string
  seed: number
  /** Seconds of simulated time to compute. */
  duration: number
  resources: { [id: LogicalId]: Resource }
  interventions?: Intervention[]
  /** Overrides of configurable facts by key, in the fact's unit. */
  facts?: { [key: string]: number }
  /** x, y are absolute canvas coordinates of the top left corner. */
  layout?: { [id: string]: Position }
  /** Display names by logical id. */
  labels?: { [id: LogicalId]: string }
  notes?: string
}

export const FORMAT_VERSION = 1
export const LOGICAL_ID = /^[A-Za-z][A-Za-z0-9]{0,254}$/

/** The document parts that carry no meaning for the run: editing them never simulates again. */
export const LAYOUT_KEYS = ['layout', 'labels', 'notes', 'name', 'description'] as const
