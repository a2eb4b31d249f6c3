import { createActor, type AnyStateMachine } from 'xstate'
import type { ChartImplementation } from '../table'
import { Table } from '../columns'
import { Kernel } from '../kernel'
import { Lifecycle, tableOf } from '../lifecycle'

/** One thing that happens to a chart: time passes (µs), then an event is sent, or none. */
export interface Step {
  readonly wait: number
  readonly event: string | null
}

/** What guards answer and how long delays are: any fixed function of the name and the time. Delays may be Infinity. */
export interface World {
  guard(name: string, now: number): boolean
  delay(name: string, now: number): number
}

/** What can be seen of a chart after a step. */
export interface Seen {
  /** Path of the leaf state. */
  readonly state: string
  /** `name@time` of all actions since the start. */
  readonly actions: readonly string[]
  /** Events of the timers that run, sorted, and when they are due (µs), sorted. Timers that never come due do not count. */
  readonly timers: readonly string[]
  readonly due: readonly number[]
}

const increasing = (x: number, y: number): number => x - y

/** The functions a chart asks for, answered by `world` and written to `actions`. */
function implement(
  machine: AnyStateMachine,
  world: World,
  actions: string[],
  now: () => number,
): Required<ChartImplementation> {
  const { guards, actions: names, timers } = tableOf(machine)
  return {
    guards: Object.fromEntries(guards.map((name) => [name, () => world.guard(name, now())])),
    actions: Object.fromEntries(names.map((name) => [name, () => void actions.push(`${name}@${now()}`)])),
    delays: Object.fromEntries(timers.map(({ delay }) => [delay, () => world.delay(delay, now())])),
  }
}

/** Drives the compiled table. */
export function runCompiled(machine: AnyStateMachine, steps: readonly Step[], world: World): Seen[] {
  const kernel = new Kernel(1, 1_000)
  const entities = kernel.part(new Table())
  const actions: string[] = []
  const life = new Lifecycle(
    kernel,
    entities,
    machine,
    implement(machine, world, actions, () => kernel.now),
    () => {},
  )
  // not the first row, so that a mix-up of rows shows
  entities.add()
  const entity = entities.add()
  life.start(entity)
  const look = (): Seen => {
    const timers = life.timers(entity)
    return {
      state: life.table.states[life.state.data[entity]!]!,
      actions: actions.slice(),
      timers: timers.map(({ event }) => event).sort(),
      due: timers.map(({ at }) => at).sort(increasing),
    }
  }
  const alarm = kernel.handler(() => {})
  const seen = [look()]
  for (const { wait, event } of steps) {
    const until = kernel.now + wait
    // takes the clock there, after every timer due by then
    kernel.agenda.insert(until, alarm, 0, 1e12)
    kernel.advance(until + 0.5, Infinity)
    if (event !== null) life.send(entity, life.event(event))
    seen.push(look())
  }
  return seen
}

/** Drives XState's own interpreter, under a clock that only moves when told to. */
export function runInterpreted(machine: AnyStateMachine, steps: readonly Step[], world: World): Seen[] {
  let now = 0
  let ids = 0
  const pending = new Map<number, { at: number; fire: () => void }>()
  const clock = {
    setTimeout(fire: () => void, delay: number): number {
      pending.set(ids, { at: now + delay, fire })
      return ids++
    },
    clearTimeout: (id: number): void => void pending.delete(id),
  }
  const actions: string[] = []
  const implementation = implement(machine, world, actions, () => now)
  const actor = createActor(machine.provide(implementation as unknown as Parameters<AnyStateMachine['provide']>[0]), {
    clock,
  })
  actor.start()
  const look = (): Seen => ({
    state: path(actor.getSnapshot().value as string | object),
    actions: actions.slice(),
    timers: Object.values(actor.system.getSnapshot()._scheduledEvents)
      .filter(({ delay }) => delay < Infinity)
      .map(({ event }) => event.type)
      .sort(),
    due: [...pending.values()]
      .map(({ at }) => at)
      .filter((at) => at < Infinity)
      .sort(increasing),
  })
  const seen = [look()]
  for (const { wait, event } of steps) {
    const until = now + wait
    for (;;) {
      const [next] = [...pending].filter(([, { at }]) => at <= until).sort(([, x], [, y]) => x.at - y.at)
      if (next === undefined) break
      pending.delete(next[0])
      now = next[1].at
      next[1].fire()
    }
    now = until
    if (event !== null && actor.getSnapshot().status === 'active') actor.send({ type: event })
    seen.push(look())
  }
  return seen
}

function path(value: string | object): string {
  if (typeof value === 'string') return value
  const [head, rest] = Object.entries(value)[0]!
  return `${head}.${path(rest as string | object)}`
}
