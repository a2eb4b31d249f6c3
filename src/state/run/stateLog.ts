import { bytes, floats, ints, upperBoundBy, type NumberList } from './numberList'

/** State of an entity at an instant. Times in µs. */
export interface EntityState {
  readonly entity: number
  readonly code: number
  /** Number written with the state. */
  readonly value: number
  readonly since: number
  /** When the next state begins; Infinity while none is known. */
  readonly until: number
  readonly row: number
}

/** State changes of all entities, in time order, with a step function per entity. */
export class StateLog {
  readonly at = floats()
  readonly entity = ints()
  readonly code = bytes()
  readonly value = floats()
  readonly row = ints()
  /** µs the entity was active before this entry: answers "how busy between a and b?" without a walk. */
  readonly active = floats()
  /** Positions in the log, by entity. */
  readonly of: NumberList<Int32Array>[] = []
  /** Whether a state counts as active, by entity's machine and code; set by the store. */
  isActive: (entity: number, code: number) => boolean = () => false

  add(at: number, entity: number, code: number, value: number, row: number): void {
    while (this.of.length <= entity) this.of.push(ints(4))
    const own = this.of[entity]!
    let active = 0
    if (own.length > 0) {
      const last = own.at(own.length - 1)
      active = this.active.at(last) + (this.isActive(entity, this.code.at(last)) ? at - this.at.at(last) : 0)
    }
    own.push(this.at.length)
    this.at.push(at)
    this.entity.push(entity)
    this.code.push(code)
    this.value.push(value)
    this.row.push(row)
    this.active.push(active)
  }

  truncate(keepRows: number, keepEntities: number): void {
    const length = this.row.lowerBound(keepRows)
    for (const list of [this.at, this.entity, this.code, this.value, this.row, this.active]) list.truncate(length)
    if (this.of.length > keepEntities) this.of.length = keepEntities
    for (const own of this.of) own.truncate(own.lowerBound(length))
  }

  /** Index into `of[entity]` of the state that holds at `t`; -1 before birth. Of several at one instant, the last. */
  indexAt(entity: number, t: number): number {
    const own = this.of[entity]
    return own === undefined ? -1 : upperBoundBy(own, this.at, t) - 1
  }

  stateAt(entity: number, t: number): EntityState | null {
    const index = this.indexAt(entity, t)
    if (index < 0) return null
    const own = this.of[entity]!
    const position = own.at(index)
    return {
      entity,
      code: this.code.at(position),
      value: this.value.at(position),
      since: this.at.at(position),
      until: index + 1 < own.length ? this.at.at(own.at(index + 1)) : Infinity,
      row: this.row.at(position),
    }
  }

  /** When the first state after `t` begins; Infinity while none is known. */
  nextAfter(entity: number, t: number): number {
    const own = this.of[entity]
    const index = this.indexAt(entity, t) + 1
    return own !== undefined && index < own.length ? this.at.at(own.at(index)) : Infinity
  }

  /** µs the entity was active from its birth to `t`. */
  activeUntil(entity: number, t: number): number {
    const index = this.indexAt(entity, t)
    if (index < 0) return 0
    const position = this.of[entity]!.at(index)
    return this.active.at(position) + (this.isActive(entity, this.code.at(position)) ? t - this.at.at(position) : 0)
  }

  /** When an entity entered its first state; Infinity when it never did. */
  bornAt(entity: number): number {
    const own = this.of[entity]
    return own && own.length > 0 ? this.at.at(own.at(0)) : Infinity
  }
}
