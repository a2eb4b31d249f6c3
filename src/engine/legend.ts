import type { Entity, Level, Wire } from '../model/recording'
import type { Stateful } from '../kernel/stateful'
import { EntityList } from './entity-list'

/** Names behind the numbers in rows. Grows during a run; a keyframe remembers how far it had grown. */
export class LegendBook implements Stateful {
  readonly wires: Wire[] = []
  readonly levels: Level[] = []
  /** One an event or message, where those are drawn. */
  readonly #entities: EntityList
  readonly #wireKeys: string[] = []
  readonly #wireIds = new Map<string, number>()
  readonly #levelIds = new Map<string, number>()

  /** `resources`: ids by index. */
  constructor(resources: readonly string[]) {
    this.#entities = new EntityList(resources)
  }

  /** Number of a wire; the same triple gives the same number. `apart`: what it is called for, where that decides whether it may be. */
  wire(wire: Wire, apart = ''): number {
    const key = `${wire.from}>${wire.to}>${wire.action}>${apart}`
    const known = this.#wireIds.get(key)
    if (known !== undefined) return known
    const id = this.wires.push(wire) - 1
    this.#wireKeys.push(key)
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

  get entities(): readonly Entity[] {
    return this.#entities.all
  }

  /** How many entities there are; asking for them writes out their names. */
  get born(): number {
    return this.#entities.length
  }

  /** Number of a machine, for `entity`. */
  machine(name: string): number {
    return this.#entities.machine(name)
  }

  /** `owner`: a resource; `label`: a name, or the number after the name of the machine. */
  entity(owner: number, machine: number, label: string | number): number {
    return this.#entities.add(owner, machine, label)
  }

  save(): { wires: number; levels: Level[]; entities: ReturnType<EntityList['past']> } {
    return { wires: this.wires.length, levels: this.levels.slice(), entities: this.#entities.past() }
  }

  /** Wires of a fresh run were made by the same installation; levels and entities are also named during a run. */
  load(image: unknown): void {
    const saved = image as ReturnType<LegendBook['save']>
    this.wires.length = saved.wires
    for (const key of this.#wireKeys.splice(saved.wires)) this.#wireIds.delete(key)
    this.#entities.restore(saved.entities)
    this.levels.length = 0
    this.#levelIds.clear()
    for (const level of saved.levels) this.level(level)
  }
}
