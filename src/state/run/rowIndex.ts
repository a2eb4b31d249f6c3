import { COUNTED, Outcome, RowKind, Token, type Rows, type Standing } from '../../model/recording'
import { Counts } from './counts'
import { HopLog } from './hopLog'
import { Instants } from './instants'
import { LevelLog } from './levelLog'
import { Marks, type MarkKind } from './marks'
import type { Names } from './names'
import { floats, ints, type NumberList } from './numberList'
import { StateLog } from './stateLog'

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

/** Everything that is known about consecutive rows of a run without keeping the rows. Fed in order, once per row. */
export class RowIndex {
  readonly names: Names
  readonly states = new StateLog()
  readonly levelLog = new LevelLog()
  readonly hops = new HopLog()
  readonly marks = new Marks()
  readonly instants = new Instants()
  readonly counts = new Counts()
  /** Rows of reasons by resource, in time order, at `at`. */
  readonly reasons: { at: NumberList<Float64Array>; row: NumberList<Int32Array>; code: NumberList<Int32Array> }[] = []
  /** Entities that have a state here, by `owner`, then machine, in order of birth. */
  readonly groups = new Map<string, Map<string, number[]>>()

  /** `standing`: what holds before the first row, where that is not the start of the run. */
  constructor(names: Names, standing?: Standing) {
    this.names = names
    this.states.isActive = (entity, code) => names.look(entity)?.looks[code] === 'busy'
    if (standing !== undefined) this.#stand(standing)
  }

  #stand({ states, levels, counts }: Standing): void {
    states.entity.forEach((entity, i) => {
      this.#group(entity)
      this.states.add(states.since[i]!, entity, states.code[i]!, states.value[i]!, states.row[i]!)
    })
    levels.value.forEach((value, level) => this.levelLog.start(level, value, levels.peak[level]!))
    counts.sum.forEach((sum, i) =>
      this.counts.add(counts.resource[i]!, COUNTED[counts.what[i]!]!, counts.code[i]!, -Infinity, counts.row[i]!, sum),
    )
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
        const to = this.names.wireTo(subject)
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
    const look = this.names.look(entity)
    this.#group(entity)
    if (look?.eni) this.marks.add('eni', at, resource, entity, row)
    if (look?.environment) {
      const own = this.states.of[entity]
      const before = own && own.length > 0 ? look.looks[this.states.code.at(own.at(own.length - 1))] : undefined
      const now = look.looks[code]
      // An environment that is provisioned and then initialised or restored starts cold once, not twice; a reset one is there already.
      const loads = now === 'init' || now === 'restore'
      if (now === 'cold' || (loads && before !== 'cold' && before !== 'reset' && before !== 'restore'))
        this.marks.add('coldStart', at, resource, entity, row)
    }
    this.states.add(at, entity, code, value, row)
  }

  /** Lists an entity with its first state. Numbers grow with birth, first states nearly so. */
  #group(entity: number): void {
    if ((this.states.of[entity]?.length ?? 0) > 0) return
    const known = this.names.entities[entity]
    if (known === undefined) return
    const { owner, machine } = known
    let machines = this.groups.get(owner)
    if (machines === undefined) this.groups.set(owner, (machines = new Map()))
    let group = machines.get(machine)
    if (group === undefined) machines.set(machine, (group = []))
    let place = group.length
    while (place > 0 && group[place - 1]! > entity) place--
    if (group[place - 1] !== entity) group.splice(place, 0, entity)
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
  }
}
