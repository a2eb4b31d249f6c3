import {
  Outcome,
  RowKind,
  Token,
  type Entity,
  type Legend,
  type Level,
  type RunHead,
  type Rows,
  type Wire,
} from '../../model/recording'
import { Counts } from './counts'
import { HopLog } from './hopLog'
import { Instants } from './instants'
import { LevelLog } from './levelLog'
import { isEni, isEnvironment, isGone, slotStateOf, type SlotState } from './machines'
import { Marks, type MarkKind } from './marks'
import { floats, ints, type NumberList } from './numberList'
import { StateLog } from './stateLog'

/** What a machine's state codes mean for the picture. */
export interface MachineLook {
  readonly name: string
  readonly states: readonly string[]
  readonly looks: readonly SlotState[]
  readonly gone: readonly boolean[]
  readonly environment: boolean
  readonly eni: boolean
}

const HOP_MARKS = new Map<number, MarkKind>([
  [Token.retry, 'retry'],
  [Token.throttled, 'refused'],
  [Token.error, 'error'],
  [Token.blocked, 'error'],
  [Token.deadLetter, 'deadLetter'],
])
const SPAN_MARKS = new Map<number, MarkKind>([
  [Outcome.error, 'error'],
  [Outcome.timeout, 'error'],
  [Outcome.denied, 'error'],
  [Outcome.unreachable, 'error'],
  [Outcome.unavailable, 'error'],
  [Outcome.throttled, 'refused'],
  [Outcome.dropped, 'refused'],
  [Outcome.deadLettered, 'deadLetter'],
])

/** Everything that is known about the rows of one run without keeping the rows. Fed in order, once per row. */
export class RowIndex {
  readonly head: RunHead
  readonly wires: Wire[] = []
  readonly entities: Entity[] = []
  readonly levels: Level[] = []
  readonly states = new StateLog()
  readonly levelLog = new LevelLog()
  readonly hops = new HopLog()
  readonly marks = new Marks()
  readonly instants = new Instants()
  readonly counts = new Counts()
  /** Rows of reasons by resource, in time order, at `at`. */
  readonly reasons: { at: NumberList<Float64Array>; row: NumberList<Int32Array>; code: NumberList<Int32Array> }[] = []
  /** Entity ids by `owner`, then machine, in order of birth. */
  readonly groups = new Map<string, Map<string, number[]>>()
  readonly resourceIndex = new Map<string, number>()
  readonly #looks = new Map<string, MachineLook>()
  readonly #lookOf: MachineLook[] = []
  readonly #wireTo: number[] = []

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
    this.states.isActive = (entity, code) => {
      const look = this.#lookOf[entity]
      return look?.looks[code] === 'busy'
    }
  }

  /** Look of an entity's machine. */
  look(entity: number): MachineLook | undefined {
    return this.#lookOf[entity]
  }

  addLegend(legend: Legend): void {
    for (const wire of legend.wires) {
      this.wires.push(wire)
      this.#wireTo.push(this.resourceIndex.get(wire.to) ?? -1)
    }
    for (const level of legend.levels) this.levels.push(level)
    for (const entity of legend.entities) {
      const id = this.entities.length
      this.entities.push(entity)
      const known = this.#looks.get(entity.machine)
      this.#lookOf.push(
        known ?? { name: entity.machine, states: [], looks: [], gone: [], environment: false, eni: false },
      )
      let machines = this.groups.get(entity.owner)
      if (machines === undefined) this.groups.set(entity.owner, (machines = new Map()))
      const group = machines.get(entity.machine)
      if (group) group.push(id)
      else machines.set(entity.machine, [id])
    }
  }

  add(rows: Rows): void {
    for (let i = 0; i < rows.length; i++) this.#row(rows, i, rows.first + i)
  }

  #row(rows: Rows, i: number, row: number): void {
    const at = rows.at[i]!
    const kind = rows.kind[i]!
    const code = rows.code[i]!
    const subject = rows.subject[i]!
    const resource = rows.resource[i]!
    const value = rows.value[i]!
    this.instants.add(at, row, kind === RowKind.hop || kind === RowKind.state || kind === RowKind.reason)
    switch (kind) {
      case RowKind.hop: {
        const count = Math.max(1, value)
        this.hops.add(at, rows.until[i]!, subject, code, count, row)
        this.counts.add(resource, 'hop', code, at, row, count)
        const to = this.#wireTo[subject] ?? -1
        if (to >= 0) this.counts.add(to, 'sentTo', code, at, row, count)
        const mark = HOP_MARKS.get(code)
        // Refusals and errors are answers of the wire's target, and a dead letter is news where it ends up.
        if (mark) this.marks.add(mark, at, code !== Token.retry && to >= 0 ? to : resource, -1, row)
        break
      }
      case RowKind.state:
        this.#state(at, subject, code, value, resource, row)
        break
      case RowKind.span: {
        this.counts.add(resource, 'span', code, at, row, 1)
        const mark = SPAN_MARKS.get(code)
        if (mark) this.marks.add(mark, at, resource, subject, row)
        break
      }
      case RowKind.reason: {
        this.counts.add(resource, 'reason', code, at, row, 1)
        while (this.reasons.length <= resource) this.reasons.push({ at: floats(), row: ints(), code: ints() })
        const reasons = this.reasons[resource]!
        reasons.at.push(at)
        reasons.row.push(row)
        reasons.code.push(code)
        break
      }
      case RowKind.level:
        this.levelLog.add(at, subject, value, row)
        break
    }
  }

  #state(at: number, entity: number, code: number, value: number, resource: number, row: number): void {
    const look = this.#lookOf[entity]
    if (look?.eni) this.marks.add('eni', at, resource, entity, row)
    if (look?.environment) {
      const own = this.states.of[entity]
      const before = own && own.length > 0 ? look.looks[this.states.code.at(own.at(own.length - 1))] : undefined
      const now = look.looks[code]
      // An environment that is provisioned and then initialised starts cold once, not twice.
      if (now === 'cold' || (now === 'init' && before !== 'cold'))
        this.marks.add('coldStart', at, resource, entity, row)
    }
    this.states.add(at, entity, code, value, row)
  }

  truncate(keepRows: number, keepEntities: number, keepLevels: number, keepWires: number): void {
    this.states.truncate(keepRows, keepEntities)
    this.levelLog.truncate(keepRows, keepLevels)
    this.hops.truncate(keepRows, keepWires)
    this.marks.truncate(keepRows)
    this.instants.truncate(keepRows)
    this.counts.truncate(keepRows)
    for (const { at, row, code } of this.reasons) {
      const length = row.lowerBound(keepRows)
      for (const list of [at, row, code]) list.truncate(length)
    }
    for (const machines of this.groups.values()) {
      for (const ids of machines.values()) while (ids.length > 0 && ids[ids.length - 1]! >= keepEntities) ids.pop()
    }
    this.wires.length = Math.min(this.wires.length, keepWires)
    this.#wireTo.length = this.wires.length
    this.levels.length = Math.min(this.levels.length, keepLevels)
    this.entities.length = Math.min(this.entities.length, keepEntities)
    this.#lookOf.length = this.entities.length
  }
}
