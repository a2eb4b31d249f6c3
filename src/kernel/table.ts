/** Guards and actions by name, over an entity id. Delays are sampled on entry, in microseconds. */
export interface ChartImplementation {
  readonly guards?: { readonly [name: string]: (entity: number) => boolean }
  readonly actions?: { readonly [name: string]: (entity: number) => void }
  readonly delays?: { readonly [name: string]: (entity: number) => number }
}

/** The next state, then what a step does in XState's order: actions (code >= 0), timers started (START - slot), timers cancelled (CANCEL - slot). */
export type Step = readonly [next: number, ...program: number[]]
/** A step, or the question it hangs on: `guard` and what follows from its answers. */
export type Branch = Step | { readonly guard: number; readonly yes: Branch; readonly no: Branch }
export const START = -1
export const CANCEL = -1_000

/** A statechart as numbers, computed by XState itself (chart.ts): what runs. */
export interface CompiledChart {
  readonly name: string
  /** Leaf state paths by code: `warm.busy`. */
  readonly states: readonly string[]
  readonly events: readonly string[]
  readonly actions: readonly string[]
  readonly guards: readonly string[]
  /** `after` timers by slot: the named delay and the event that fires. */
  readonly timers: readonly { readonly delay: string; readonly event: number }[]
  readonly initial: Step
  /** By state x events.length + event; where nothing happens there is none. */
  readonly cells: readonly (readonly [at: number, branch: Branch])[]
}

export type Program = Int32Array
/** In `next`: decided by guards, ask `step`. */
export const OPEN = -1

/** A node of a decision: a question (`guard` >= 0) or an answer (`guard` -1). One shape for both keeps the hot path monomorphic. */
class Node {
  readonly guard: number
  readonly next: number
  readonly program: Program
  readonly yes: Node | null
  readonly no: Node | null
  constructor(branch: Branch) {
    const asks = 'guard' in branch
    this.guard = asks ? branch.guard : -1
    this.next = asks ? OPEN : branch[0]
    this.program = asks || branch.length === 1 ? NOTHING : Int32Array.from(branch.slice(1))
    this.yes = asks ? new Node(branch.yes) : null
    this.no = asks ? new Node(branch.no) : null
  }
}
export type Leaf = Pick<Node, 'next' | 'program'>
const NOTHING: Program = new Int32Array(0)

/** A compiled chart, ready to be looked up: one read for a step that hangs on no guard. */
export class ChartTable {
  readonly name: string
  readonly states: readonly string[]
  readonly events: readonly string[]
  readonly actions: readonly string[]
  readonly guards: readonly string[]
  readonly timers: CompiledChart['timers']
  readonly initial: Leaf
  /** By state x events.length + event: the next state (OPEN when guards decide) and what to do. */
  readonly next: Int32Array
  readonly programs: Program[]
  readonly #roots: (Node | null)[]

  constructor({ name, states, events, actions, guards, timers, initial, cells }: CompiledChart) {
    this.name = name
    this.states = states
    this.events = events
    this.actions = actions
    this.guards = guards
    this.timers = timers
    this.initial = new Node(initial)
    const size = states.length * events.length
    this.next = Int32Array.from({ length: size }, (_, at) => Math.floor(at / events.length))
    this.programs = Array.from({ length: size }, () => NOTHING)
    this.#roots = Array.from({ length: size }, () => null)
    for (const [at, branch] of cells) {
      const root = new Node(branch)
      this.#roots[at] = root
      this.next[at] = root.next
      this.programs[at] = root.program
    }
  }

  eventCode(event: string): number {
    const code = this.events.indexOf(event)
    if (code < 0) throw new Error(`${this.name} has no event "${event}"`)
    return code
  }

  /** The step for an event in a state, asking `guard(code)` only for the guards XState would ask. */
  step(state: number, event: number, ask: (guard: number) => boolean): Leaf {
    const at = state * this.events.length + event
    let node = this.#roots[at] ?? null
    if (node === null) return { next: this.next[at]!, program: NOTHING }
    while (node.guard >= 0) node = (ask(node.guard) ? node.yes : node.no)!
    return node
  }
}
