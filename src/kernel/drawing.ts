import { RowKind } from '../model/recording'
import type { Clock } from './clock'
import type { Column, Table } from './columns'
import type { Recorder } from './recorder'

/** Places of an entity's integers. */
const INTS = 3
const OWNER = 0
const ID = 1
const ROW = 2

/** What the recording knows about an entity when it is born. */
export interface Birth {
  /** Its id in the recording. */
  readonly id: number
  /** Number of the resource it belongs to, for all its life. */
  readonly owner: number
}

/** Records the states of the entities of a lifecycle, and knows the present ones. */
export class Drawing {
  /** Id in the recording; -1 for what is not alive. */
  readonly recorded: Column<Int32Array>
  /** When the present state was entered (µs). */
  readonly since: Column<Float64Array>
  readonly #ints: Column<Int32Array>
  readonly #clock: Clock
  readonly #recorder: Recorder
  readonly #birth: (entity: number) => Birth
  readonly #value: ((entity: number, state: number) => number) | null

  constructor(
    clock: Clock,
    recorder: Recorder,
    entities: Table,
    birth: (entity: number) => Birth,
    value: ((entity: number, state: number) => number) | null,
  ) {
    this.#clock = clock
    this.#recorder = recorder
    this.#birth = birth
    this.#value = value
    this.recorded = entities.i32(-1)
    // written at birth and at every state
    this.since = entities.keptF64()
    this.#ints = entities.kept(0, INTS)
  }

  /** Gives an entity its id in the recording. Before it enters its first state. */
  born(entity: number): number {
    const { id, owner } = this.#birth(entity)
    this.#ints.data[entity * INTS + OWNER] = owner
    this.#ints.data[entity * INTS + ID] = id
    return (this.recorded.data[entity] = id)
  }
  /** Id of an entity in the recording. */
  of(entity: number): number {
    return this.recorded.data[entity]!
  }
  owner(entity: number): number {
    return this.#ints.data[entity * INTS + OWNER]!
  }
  /** Row that told the present state. */
  row(entity: number): number {
    return this.#ints.data[entity * INTS + ROW]!
  }
  value(entity: number, state: number): number {
    return this.#value === null ? 0 : this.#value(entity, state)
  }

  /** An entity entered a state. */
  enter(entity: number, state: number): void {
    const ints = this.#ints.data
    const at = entity * INTS
    this.since.data[entity] = this.#clock.now
    ints[at + ROW] = this.#recorder.emit(
      RowKind.state,
      ints[at + OWNER]!,
      ints[at + ID]!,
      state,
      this.#value === null ? 0 : this.#value(entity, state),
    )
  }
}
