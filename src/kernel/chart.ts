import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { chartProblems, leafStates } from './chart-check'

/** Guards and actions by name, over an entity id. Delays are sampled on entry, in microseconds. */
export interface ChartImplementation {
  readonly guards?: { readonly [name: string]: (entity: number) => boolean }
  readonly actions?: { readonly [name: string]: (entity: number) => void }
  readonly delays?: { readonly [name: string]: (entity: number) => number }
}

/** What a step does, in XState's order: actions (code >= 0), timers started (START - slot), timers cancelled (CANCEL - slot). */
export type Program = Int32Array
export const START = -1
export const CANCEL = -1_000
/** Not known, or decided by guards: ask `step`. */
export const OPEN = -1

/** A node of a decision: a question (`guard` >= 0) or an answer (`guard` -1). One shape for both keeps the hot path monomorphic. */
class Node {
  readonly guard: number
  readonly next: number
  readonly program: Program
  yes: Node | null = null
  no: Node | null = null
  constructor(guard: number, next: number, program: Program) {
    this.guard = guard
    this.next = next
    this.program = program
  }
}
export type Leaf = Pick<Node, 'next' | 'program'>
const NOTHING: Program = new Int32Array(0)

/**
 * The transition table of a statechart, computed by XState itself: for (state, event, outcome of the guards it asks)
 * XState's pure `transition()` runs once, and its answer is remembered (design.md 5). The chart drawn is the chart that runs.
 */
export class ChartTable {
  readonly name: string
  /** Leaf state paths by code: `warm.busy`. */
  readonly states: readonly string[]
  readonly events: readonly string[]
  readonly actions: readonly string[]
  readonly guards: readonly string[]
  /** `after` timers by slot: the named delay and the event that fires. */
  readonly timers: readonly { readonly delay: string; readonly event: number }[]
  readonly initial: Leaf
  /** Steps that hang on no guard, by state x events.length + event, once asked for: the next state (OPEN before) and what to do. */
  readonly next: Int32Array
  readonly programs: Program[]
  readonly #machine: AnyStateMachine
  readonly #snapshots: AnyMachineSnapshot[]
  readonly #codes = new Map<string, number>()
  readonly #roots: (Node | null)[]
  #answers = new Map<string, boolean>()
  #asked: string[] = []

  constructor(machine: AnyStateMachine) {
    const problems = chartProblems(machine)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    this.name = machine.id
    const leaves = leafStates(machine)
    this.states = leaves.map((node) => node.path.join('.'))
    leaves.forEach((node, code) => this.#codes.set(node.id, code))
    this.events = machine.events.filter((event) => event !== '')
    this.actions = Object.keys(machine.implementations.actions)
    this.guards = Object.keys(machine.implementations.guards)
    const timers: { delay: string; event: number }[] = []
    this.events.forEach((event, code) => {
      const match = /^xstate\.after\.(.*?)\./.exec(event)
      if (match) timers.push({ delay: match[1]!, event: code })
    })
    this.timers = timers
    const stubs: { [name: string]: () => boolean } = {}
    for (const guard of this.guards) stubs[guard] = () => this.#ask(guard)
    this.#machine = machine.provide({ guards: stubs } as Parameters<AnyStateMachine['provide']>[0])
    this.#snapshots = leaves.map((node) => this.#machine.resolveState({ value: valueOf(node.path), context: {} }))
    this.#roots = Array.from({ length: leaves.length * this.events.length }, () => null)
    this.next = new Int32Array(this.#roots.length).fill(OPEN)
    this.programs = this.#roots.map(() => NOTHING)
    const [snapshot, effects] = initialTransition(this.#machine)
    if (this.#asked.length > 0) throw new Error(`${machine.id}: the initial state may not depend on a guard`)
    this.initial = new Node(-1, this.#codeOf(snapshot), this.#program(effects))
  }

  eventCode(event: string): number {
    const code = this.events.indexOf(event)
    if (code < 0) throw new Error(`${this.name} has no event "${event}"`)
    return code
  }

  /** The step for an event in a state, asking `guard(code)` only for the guards XState would ask. */
  step(state: number, event: number, ask: (guard: number) => boolean): Leaf {
    const root = state * this.events.length + event
    let node = this.#roots[root] ?? this.#root(root, state, event)
    while (node.guard >= 0) {
      const yes = ask(node.guard)
      let next: Node | null = yes ? node.yes : node.no
      if (next === null) {
        next = this.#compile(state, event, this.#pathTo(root, node, yes))
        if (yes) node.yes = next
        else node.no = next
      }
      node = next
    }
    return node
  }

  #root(root: number, state: number, event: number): Node {
    const node = this.#compile(state, event, new Map())
    this.#roots[root] = node
    if (node.guard < 0) {
      this.next[root] = node.next
      this.programs[root] = node.program
    }
    return node
  }

  /** Answers on the way from the root to a branch of `target`, needed to ask XState again with them fixed. */
  #pathTo(root: number, target: Node, answer: boolean): Map<string, boolean> {
    const search = (node: Node | null, path: [string, boolean][]): [string, boolean][] | null => {
      if (node === null || node.guard < 0) return null
      const name = this.guards[node.guard]!
      if (node === target) return [...path, [name, answer]]
      return search(node.yes, [...path, [name, true]]) ?? search(node.no, [...path, [name, false]])
    }
    return new Map(search(this.#roots[root]!, []) ?? [])
  }

  /** Runs XState with some answers fixed; the first guard it asks beyond them becomes a branch to fill in later. */
  #compile(state: number, event: number, answers: Map<string, boolean>): Node {
    this.#answers = answers
    this.#asked = []
    const [snapshot, effects] = transition(this.#machine, this.#snapshots[state]!, { type: this.events[event]! })
    const open = this.#asked.find((name) => !answers.has(name))
    if (open !== undefined) return new Node(this.guards.indexOf(open), -1, NOTHING)
    return new Node(-1, this.#codeOf(snapshot), this.#program(effects))
  }

  #ask(name: string): boolean {
    if (!this.#asked.includes(name)) this.#asked.push(name)
    return this.#answers.get(name) ?? false
  }

  #codeOf(snapshot: AnyMachineSnapshot): number {
    for (const node of snapshot._nodes) {
      const code = this.#codes.get(node.id)
      if (code !== undefined) return code
    }
    throw new Error(`${this.name}: no leaf state in ${JSON.stringify(snapshot.value)}`)
  }

  #program(effects: readonly { type: string; params?: unknown }[]): Program {
    const program: number[] = []
    for (const effect of effects) {
      if (effect.type === 'xstate.raise') {
        const { delay, event } = effect.params as { delay?: unknown; event: { type: string } }
        if (delay !== undefined) program.push(START - this.#timer(event.type))
      } else if (effect.type === 'xstate.cancel') {
        program.push(CANCEL - this.#timer((effect.params as { sendId: string }).sendId))
      } else {
        const action = this.actions.indexOf(effect.type)
        if (action < 0) throw new Error(`${this.name}: "${effect.type}" is not compilable`)
        program.push(action)
      }
    }
    return Int32Array.from(program)
  }

  #timer(event: string): number {
    const code = this.events.indexOf(event)
    return this.timers.findIndex((timer) => timer.event === code)
  }
}

function valueOf(path: readonly string[]): string | { [key: string]: ReturnType<typeof valueOf> } {
  const [head, ...rest] = path
  return rest.length === 0 ? head! : { [head!]: valueOf(rest) }
}
