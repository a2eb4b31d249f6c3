import type { AnyStateMachine } from 'xstate'
import type { Column, Table } from './columns'
import { tableOf } from './lifecycle'

/**
 * Runs a chart of states and events alone, without guards, actions or timers, for all entities of a table: one lookup per event.
 * For what every call goes through; anything richer is a `Lifecycle`.
 */
export class Phases {
  readonly state: Column<Uint8Array>
  readonly #name: string
  readonly #states: readonly string[]
  readonly #events: readonly string[]
  readonly #initial: number
  readonly #next: Uint8Array
  readonly #stride: number

  /** Throws when the chart has guards, actions or timers. */
  constructor(entities: Table, machine: AnyStateMachine) {
    const table = tableOf(machine)
    if (table.guards.length + table.actions.length + table.timers.length > 0) {
      throw new Error(`${table.name} has guards, actions or timers; it needs a Lifecycle`)
    }
    this.state = entities.keptU8()
    this.#name = table.name
    this.#states = table.states
    this.#events = table.events
    this.#initial = table.initial.next
    this.#stride = table.events.length
    this.#next = new Uint8Array(table.states.length * this.#stride)
    table.states.forEach((_, state) =>
      table.events.forEach((__, event) => {
        this.#next[state * this.#stride + event] = table.step(state, event, () => false).next
      }),
    )
  }

  /** Code of an event, for `send`. Look it up once. */
  event(name: string): number {
    return this.#known(this.#events, name, 'event')
  }
  /** Code of a state. */
  code(state: string): number {
    return this.#known(this.#states, state, 'state')
  }

  start(entity: number): void {
    this.state.data[entity] = this.#initial
  }
  send(entity: number, event: number): void {
    const state = this.state.data
    state[entity] = this.#next[state[entity]! * this.#stride + event]!
  }

  #known(names: readonly string[], name: string, what: string): number {
    const code = names.indexOf(name)
    if (code < 0) throw new Error(`${this.#name} has no ${what} "${name}"`)
    return code
  }
}
