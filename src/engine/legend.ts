import type { Entity, Level, Wire } from '../model/recording'
import type { Stateful } from '../kernel/stateful'

/** Names behind the numbers in rows. Grows during a run; a keyframe remembers how far it had grown. */
export class LegendBook implements Stateful {
  readonly wires: Wire[] = []
  readonly entities: Entity[] = []
  readonly levels: Level[] = []
  readonly #wireIds = new Map<string, number>()
  readonly #levelIds = new Map<string, number>()

  /** Number of a wire; the same triple gives the same number. */
  wire(wire: Wire): number {
    const key = `${wire.from}>${wire.to}>${wire.action}`
    const known = this.#wireIds.get(key)
    if (known !== undefined) return known
    const id = this.wires.push(wire) - 1
    this.#wireIds.set(key, id)
    return id
  }

  level(level: Level): number {
    const key = `${level.resource}>${level.name}`
    const known = this.#levelIds.get(key)
    if (known !== undefined) return known
    const id = this.levels.push(level) - 1
    this.#levelIds.set(key, id)
    return id
  }

  entity(entity: Entity): number {
    return this.entities.push(entity) - 1
  }

  save(): { wires: number; entities: number; levels: number; named: Entity[] } {
    return {
      wires: this.wires.length,
      entities: this.entities.length,
      levels: this.levels.length,
      named: this.entities.slice(),
    }
  }

  /** Wires and levels of a fresh run were made by the same installation, so only entities are restored by content. */
  load(image: unknown): void {
    const saved = image as ReturnType<LegendBook['save']>
    for (const wire of this.wires.splice(saved.wires)) this.#wireIds.delete(`${wire.from}>${wire.to}>${wire.action}`)
    for (const level of this.levels.splice(saved.levels)) this.#levelIds.delete(`${level.resource}>${level.name}`)
    this.entities.length = 0
    this.entities.push(...saved.named)
  }
}
