import type { AnyStateMachine } from 'xstate'
import { compileChart } from './chart'
import { CANCEL, ChartTable, OPEN, START, type ChartImplementation, type Leaf, type Program } from './table'
import type { Column, Table } from './columns'
import type { Drawing } from './drawing'
import type { Kernel } from './kernel'

const tables = new WeakMap<AnyStateMachine, ChartTable>()

/** The table of a machine, shared by all runs of this process. */
export function tableOf(machine: AnyStateMachine): ChartTable {
  let table = tables.get(machine)
  if (table === undefined) tables.set(machine, (table = new ChartTable(compileChart(machine))))
  return table
}

/** Called when an entity enters a state, before the actions of that entry run. */
export type OnEnter = (entity: number, state: number) => void

/**
 * Runs one chart for all entities of a table: state in a column, `after` timers in the agenda. A timer that is cancelled keeps
 * its agenda entry, suspended, for the next time it is started, by this entity or by the next one with its id.
 * Actions may send further events; they are handled at once, after the state has changed.
 */
export class Lifecycle {
  readonly table: ChartTable
  readonly state: Column<Uint8Array>
  readonly #timers: Column<Int32Array>
  readonly #kernel: Kernel
  readonly #guards: ((entity: number) => boolean)[]
  readonly #actions: ((entity: number) => void)[]
  readonly #delays: ((entity: number) => number)[]
  readonly #fire: number
  readonly #onEnter: OnEnter | null
  readonly #drawing: Drawing | null
  readonly #events: number
  #asking = 0
  readonly #ask = (guard: number): boolean => this.#guards[guard]!(this.#asking)

  constructor(
    kernel: Kernel,
    entities: Table,
    machine: AnyStateMachine,
    implementation: ChartImplementation,
    onEnter: OnEnter | null,
    drawing: Drawing | null = null,
  ) {
    this.#kernel = kernel
    this.table = tableOf(machine)
    this.state = entities.u8()
    this.#timers = entities.kept(-1, Math.max(1, this.table.timers.length))
    this.#guards = this.table.guards.map((name) => named(implementation.guards, name, `${this.table.name} guard`))
    this.#actions = this.table.actions.map((name) => named(implementation.actions, name, `${this.table.name} action`))
    this.#delays = this.table.timers.map(({ delay }) => named(implementation.delays, delay, `${this.table.name} delay`))
    this.#onEnter = onEnter
    this.#drawing = drawing
    this.#events = this.table.events.length
    this.#fire = kernel.handler((entity, timer) => {
      this.#timers.data[entity * this.#timers.stride + timer] = -1
      this.send(entity, this.table.timers[timer]!.event)
    })
  }

  /** The recording of the entities. Throws when they are not drawn. */
  get drawn(): Drawing {
    if (this.#drawing === null) throw new Error(`${this.table.name} is not drawn`)
    return this.#drawing
  }

  /** Code of an event, for `send`. Look it up once. */
  event(name: string): number {
    return this.table.eventCode(name)
  }

  /** Code of a leaf state path. */
  code(state: string): number {
    const code = this.table.states.indexOf(state)
    if (code < 0) throw new Error(`${this.table.name} has no state "${state}"`)
    return code
  }

  /** Timers of an entity that will come due: the event that fires and when (µs). For tests and inspectors. */
  timers(entity: number): { event: string; at: number }[] {
    return this.table.timers.flatMap(({ event }, timer) => {
      const slot = this.#timers.data[entity * this.#timers.stride + timer]!
      const at = slot < 0 ? Infinity : this.#kernel.agenda.time[slot]!
      return at === Infinity ? [] : [{ event: this.table.events[event]!, at }]
    })
  }

  /** What a running timer of an entity leads to is from now on the consequence of the present cause, not of what started the timer. */
  blame(entity: number, timer: number): void {
    const slot = this.#timers.data[entity * this.#timers.stride + timer]!
    if (slot >= 0) this.#kernel.agenda.cause[slot] = this.#kernel.recorder.cause
  }

  start(entity: number): void {
    const { next, program } = this.table.initial
    this.state.data[entity] = next
    if (this.#onEnter !== null) this.#onEnter(entity, next)
    if (this.#drawing !== null) this.#drawing.enter(entity, next)
    if (program.length > 0) this.#run(entity, program)
  }

  /** Sends an event. Returns whether the state changed. */
  send(entity: number, event: number): boolean {
    const { table } = this
    const state = this.state.data
    const before = state[entity]!
    const at = before * this.#events + event
    let next = table.next[at]!
    let program = table.programs[at]!
    if (next === OPEN) {
      const leaf = this.#decide(entity, before, event)
      next = leaf.next
      program = leaf.program
    }
    if (next !== before) {
      state[entity] = next
      if (this.#onEnter !== null) this.#onEnter(entity, next)
      if (this.#drawing !== null) this.#drawing.enter(entity, next)
    }
    if (program.length > 0) this.#run(entity, program)
    return next !== before
  }

  #decide(entity: number, state: number, event: number): Leaf {
    const outer = this.#asking
    this.#asking = entity
    const leaf = this.table.step(state, event, this.#ask)
    this.#asking = outer
    return leaf
  }

  #run(entity: number, program: Program): void {
    const stride = this.#timers.stride
    for (let i = 0; i < program.length; i++) {
      const code = program[i]!
      if (code >= 0) this.#actions[code]!(entity)
      else if (code <= CANCEL) {
        const slot = this.#timers.data[entity * stride + (CANCEL - code)]!
        if (slot >= 0) this.#kernel.agenda.suspend(slot)
      } else {
        const timer = START - code
        const delay = this.#delays[timer]!(entity)
        // an infinite delay never comes due; it costs no entry
        if (delay === Infinity) continue
        const at = entity * stride + timer
        const slot = this.#timers.data[at]!
        if (slot < 0) this.#timers.data[at] = this.#kernel.after(delay, this.#fire, entity, timer)
        else this.#kernel.again(slot, delay)
      }
    }
  }
}

function named<F>(functions: { readonly [name: string]: F } | undefined, name: string, what: string): F {
  const found = functions?.[name]
  if (found === undefined) throw new Error(`${what} "${name}" is not implemented`)
  return found
}
