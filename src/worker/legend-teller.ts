import type { Legend } from '../model/recording'

/** Tells the page every name once, in order, whichever run of the same order was the first to use it. */
export class LegendTeller {
  #told: { readonly [what in keyof Legend]: number }

  /** `told`: how many names the page has. */
  constructor(told: { readonly [what in keyof Legend]: number } = { wires: 0, entities: 0, levels: 0 }) {
    this.#told = told
  }

  /** What the page does not know yet. */
  news({ wires, entities, levels }: Legend): Legend {
    const told = this.#told
    this.#told = {
      wires: Math.max(told.wires, wires.length),
      entities: Math.max(told.entities, entities.length),
      levels: Math.max(told.levels, levels.length),
    }
    return {
      wires: wires.slice(told.wires),
      entities: entities.slice(told.entities),
      levels: levels.slice(told.levels),
    }
  }
}
