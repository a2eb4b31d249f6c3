import { initialTransition, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { chartProblems, leafStates } from './chart-check'
import { CANCEL, START, type Branch, type CompiledChart, type Step } from './table'

/**
 * The transition table of a statechart, computed by XState itself: for (state, event, outcome of the guards it asks)
 * XState's pure `transition()` runs once, and its answer is written down (design.md 5). The chart drawn is the chart that runs.
 * The page's build does this ahead for the worker (scripts/vite-worker-charts.ts). Throws when the chart cannot be compiled.
 */
export function compileChart(machine: AnyStateMachine): CompiledChart {
  const problems = chartProblems(machine)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return new Compiler(machine).chart()
}

class Compiler {
  readonly #machine: AnyStateMachine
  readonly #events: readonly string[]
  readonly #actions: readonly string[]
  readonly #guards: readonly string[]
  readonly #timers: readonly { readonly delay: string; readonly event: number }[]
  readonly #leaves: readonly { readonly id: string; readonly path: readonly string[] }[]
  #answers: ReadonlyMap<string, boolean> = new Map()
  #asked: string[] = []

  constructor(machine: AnyStateMachine) {
    this.#leaves = leafStates(machine)
    this.#events = machine.events.filter((event) => event !== '')
    this.#actions = Object.keys(machine.implementations.actions)
    this.#guards = Object.keys(machine.implementations.guards)
    this.#timers = this.#events.flatMap((event, code) => {
      const match = /^xstate\.after\.(.*?)\./.exec(event)
      return match === null ? [] : [{ delay: match[1]!, event: code }]
    })
    const stubs: { [name: string]: () => boolean } = {}
    for (const guard of this.#guards) stubs[guard] = () => this.#ask(guard)
    this.#machine = machine.provide({ guards: stubs } as Parameters<AnyStateMachine['provide']>[0])
  }

  chart(): CompiledChart {
    const [snapshot, effects] = initialTransition(this.#machine)
    if (this.#asked.length > 0) throw new Error(`${this.#machine.id}: the initial state may not depend on a guard`)
    const cells: (readonly [number, Branch])[] = []
    this.#leaves.forEach(({ path }, state) => {
      const before = this.#machine.resolveState({ value: valueOf(path), context: {} })
      this.#events.forEach((event, code) => {
        const branch = this.#branch(before, event, new Map())
        const nothing = !('guard' in branch) && branch[0] === state && branch.length === 1
        if (!nothing) cells.push([state * this.#events.length + code, branch])
      })
    })
    return {
      name: this.#machine.id,
      states: this.#leaves.map(({ path }) => path.join('.')),
      events: this.#events,
      actions: this.#actions,
      guards: this.#guards,
      timers: this.#timers,
      initial: this.#step(snapshot, effects),
      cells,
    }
  }

  /** Runs XState with some answers fixed; the first guard it asks beyond them is a question with a branch for either answer. */
  #branch(before: AnyMachineSnapshot, event: string, answers: ReadonlyMap<string, boolean>): Branch {
    this.#answers = answers
    this.#asked = []
    const [snapshot, effects] = transition(this.#machine, before, { type: event })
    const open = this.#asked.find((name) => !answers.has(name))
    if (open === undefined) return this.#step(snapshot, effects)
    return {
      guard: this.#guards.indexOf(open),
      yes: this.#branch(before, event, new Map([...answers, [open, true]])),
      no: this.#branch(before, event, new Map([...answers, [open, false]])),
    }
  }

  #ask(name: string): boolean {
    if (!this.#asked.includes(name)) this.#asked.push(name)
    return this.#answers.get(name) ?? false
  }

  #step(snapshot: AnyMachineSnapshot, effects: readonly { type: string; params?: unknown }[]): Step {
    const ids = new Set(snapshot._nodes.map(({ id }) => id))
    const next = this.#leaves.findIndex(({ id }) => ids.has(id))
    if (next < 0) throw new Error(`${this.#machine.id}: no leaf state in ${JSON.stringify(snapshot.value)}`)
    const program: number[] = []
    for (const effect of effects) {
      if (effect.type === 'xstate.raise') {
        const { delay, event } = effect.params as { delay?: unknown; event: { type: string } }
        if (delay !== undefined) program.push(START - this.#timer(event.type))
      } else if (effect.type === 'xstate.cancel') {
        program.push(CANCEL - this.#timer((effect.params as { sendId: string }).sendId))
      } else {
        const action = this.#actions.indexOf(effect.type)
        if (action < 0) throw new Error(`${this.#machine.id}: "${effect.type}" is not compilable`)
        program.push(action)
      }
    }
    return [next, ...program]
  }

  #timer(event: string): number {
    const code = this.#events.indexOf(event)
    return this.#timers.findIndex((timer) => timer.event === code)
  }
}

function valueOf(path: readonly string[]): string | { [key: string]: ReturnType<typeof valueOf> } {
  const [head, ...rest] = path
  return rest.length === 0 ? head! : { [head!]: valueOf(rest) }
}
