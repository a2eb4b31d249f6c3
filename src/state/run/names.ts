import type { Entity, Legend, Level, RunHead, Wire } from '../../model/recording'
import { isEni, isEnvironment, isGone, slotStateOf, type SlotState } from './machines'

/** What a machine's state codes mean for the picture. */
export interface MachineLook {
  readonly name: string
  readonly states: readonly string[]
  readonly looks: readonly SlotState[]
  readonly gone: readonly boolean[]
  readonly environment: boolean
  readonly eni: boolean
}

const NONE: readonly number[] = []

/** What the numbers in rows refer to. One for all indexes of a run, so that numbers mean the same in each of them. */
export class Names {
  readonly head: RunHead
  readonly wires: Wire[] = []
  readonly entities: Entity[] = []
  readonly levels: Level[] = []
  readonly resourceIndex = new Map<string, number>()
  readonly #looks = new Map<string, MachineLook>()
  readonly #lookOf: MachineLook[] = []
  readonly #wireTo: number[] = []
  readonly #levelsOf = new Map<string, number[]>()
  readonly #levelIndex = new Map<string, number>()

  constructor(head: RunHead) {
    this.head = head
    head.resources.forEach((id, index) => this.resourceIndex.set(id, index))
    for (const { name, states } of head.machines) {
      this.#looks.set(name, {
        name,
        states,
        looks: states.map((state) => slotStateOf(state)),
        gone: states.map((state) => isGone(state)),
        environment: isEnvironment(name),
        eni: isEni(name),
      })
    }
  }

  /** Look of an entity's machine. */
  look(entity: number): MachineLook | undefined {
    return this.#lookOf[entity]
  }
  /** Index of the resource at the end of a wire; -1 when there is none. */
  wireTo(wire: number): number {
    return this.#wireTo[wire] ?? -1
  }

  /** Index in `levels`; -1 when there is none. */
  levelIndex(resource: string, name: string): number {
    return this.#levelIndex.get(`${resource} ${name}`) ?? -1
  }
  /** Indices in `levels` of what a resource shows. */
  levelsOf(resource: string): readonly number[] {
    return this.#levelsOf.get(resource) ?? NONE
  }

  add({ wires, entities, levels }: Legend): void {
    for (const wire of wires) {
      this.wires.push(wire)
      this.#wireTo.push(this.resourceIndex.get(wire.to) ?? -1)
    }
    for (const level of levels) this.#name(level)
    for (const entity of entities) {
      this.entities.push(entity)
      const known = this.#looks.get(entity.machine)
      this.#lookOf.push(
        known ?? { name: entity.machine, states: [], looks: [], gone: [], environment: false, eni: false },
      )
    }
  }

  #name(level: Level): void {
    const index = this.levels.push(level) - 1
    this.#levelIndex.set(`${level.resource} ${level.name}`, index)
    const own = this.#levelsOf.get(level.resource)
    if (own === undefined) this.#levelsOf.set(level.resource, [index])
    else own.push(index)
  }

  truncate(keepEntities: number, keepLevels: number, keepWires: number): void {
    this.wires.length = Math.min(this.wires.length, keepWires)
    this.#wireTo.length = this.wires.length
    const levels = this.levels.slice(0, keepLevels)
    this.levels.length = 0
    this.#levelsOf.clear()
    this.#levelIndex.clear()
    for (const level of levels) this.#name(level)
    this.entities.length = Math.min(this.entities.length, keepEntities)
    this.#lookOf.length = this.entities.length
  }
}
