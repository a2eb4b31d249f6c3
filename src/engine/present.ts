import type { Standing } from '../model/recording'
import type { Column, Table } from '../kernel/columns'
import type { Drawing } from '../kernel/drawing'

export type PresentStates = Standing['states']

/** One lifecycle that is drawn: the columns that hold what its entities are now. */
export interface DrawnLife {
  readonly entities: Table
  readonly state: Column<Uint8Array>
  readonly drawing: Drawing
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
        const id = life.drawing.of(entity)
        if (id >= 0) alive.push({ life, entity, id })
      }
    }
    alive.sort((a, b) => a.id - b.id)
    return {
      entity: Int32Array.from(alive, ({ id }) => id),
      code: Uint16Array.from(alive, ({ life, entity }) => life.state.data[entity]!),
      value: Float64Array.from(alive, ({ life, entity }) => life.drawing.value(entity, life.state.data[entity]!)),
      since: Float64Array.from(alive, ({ life, entity }) => life.drawing.since.data[entity]!),
      row: Int32Array.from(alive, ({ life, entity }) => life.drawing.row(entity)),
      resource: Uint16Array.from(alive, ({ life, entity }) => life.drawing.owner(entity)),
    }
  }
}
