import type { Standing } from '../model/recording'
import type { Column, Table } from '../kernel/columns'

export type PresentStates = Standing['states']

/** One lifecycle that is drawn: the columns that hold what its entities are now. */
export interface DrawnLife {
  readonly entities: Table
  /** Id in the recording; -1 for what is not alive. */
  readonly recorded: Column<Int32Array>
  readonly state: Column<Uint8Array>
  /** When the present state was entered (µs), and the row that told so. */
  readonly since: Column<Float64Array>
  readonly rows: Column<Int32Array>
  /** Resource index of an entity. */
  readonly owner: (entity: number) => number
  readonly value: ((entity: number, state: number) => number) | null
}

/** Reads the present state of everything drawn, without touching the run. */
export class Present {
  readonly #lives: DrawnLife[] = []

  add(life: DrawnLife): void {
    this.#lives.push(life)
  }

  /** In ascending order of recording ids, which is the order of birth. */
  read(): PresentStates {
    const alive: { life: DrawnLife; entity: number; id: number }[] = []
    for (const life of this.#lives) {
      for (let entity = 0; entity < life.entities.size; entity++) {
        const id = life.recorded.data[entity]!
        if (id >= 0) alive.push({ life, entity, id })
      }
    }
    alive.sort((a, b) => a.id - b.id)
    return {
      entity: Int32Array.from(alive, ({ id }) => id),
      code: Uint16Array.from(alive, ({ life, entity }) => life.state.data[entity]!),
      value: Float64Array.from(alive, ({ life, entity }) =>
        life.value === null ? 0 : life.value(entity, life.state.data[entity]!),
      ),
      since: Float64Array.from(alive, ({ life, entity }) => life.since.data[entity]!),
      row: Int32Array.from(alive, ({ life, entity }) => life.rows.data[entity]!),
      resource: Uint16Array.from(alive, ({ life, entity }) => life.owner(entity)),
    }
  }
}
