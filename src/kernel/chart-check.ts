import type { AnyStateMachine, AnyStateNode } from 'xstate'

/**
 * Why a chart cannot be compiled to a table, naming the place; empty when it can.
 * Compilable: one region, named guards, actions and delays, no context, no invoked or spawned actors, no history.
 */
export function chartProblems(machine: AnyStateMachine): string[] {
  const problems: string[] = []
  if (machine.config.context !== undefined)
    problems.push(`${machine.id}: context is not compilable, keep data in columns`)
  const delays = machine.implementations.delays as { [name: string]: unknown }
  walk(machine.root as AnyStateNode, (node) => {
    const config = node.config as StateConfig
    const at = node.id
    if (node.type === 'parallel') problems.push(`${at}: parallel states are not compilable`)
    if (node.type === 'history') problems.push(`${at}: history states are not compilable`)
    if (config.invoke !== undefined) problems.push(`${at}: invoke is not compilable`)
    for (const delay of Object.keys(config.after ?? {})) {
      if (delays[delay] === undefined) problems.push(`${at}: after "${delay}" is not a named delay`)
    }
    checkActions(config.entry, `${at} entry`, problems)
    checkActions(config.exit, `${at} exit`, problems)
    for (const [event, transitions] of [
      ...Object.entries(config.on ?? {}),
      ...Object.entries(config.after ?? {}),
      ['always', config.always] as const,
    ]) {
      if (event.includes('*')) problems.push(`${at}: wildcard event "${event}" is not compilable`)
      for (const transition of list(transitions)) {
        if (typeof transition !== 'object' || transition === null) continue
        const { actions, guard } = transition as { actions?: unknown; guard?: unknown }
        checkActions(actions, `${at} on ${event}`, problems)
        if (guard !== undefined && typeof guard !== 'string') problems.push(`${at} on ${event}: guards must be names`)
      }
    }
  })
  return problems
}

interface StateConfig {
  invoke?: unknown
  entry?: unknown
  exit?: unknown
  always?: unknown
  on?: { [event: string]: unknown }
  after?: { [delay: string]: unknown }
}

/** Leaf states in document order; their index is the state's code. */
export function leafStates(machine: AnyStateMachine): AnyStateNode[] {
  const leaves: AnyStateNode[] = []
  walk(machine.root as AnyStateNode, (node) => {
    if (node.type === 'atomic' || node.type === 'final') leaves.push(node)
  })
  return leaves
}

function walk(node: AnyStateNode, visit: (node: AnyStateNode) => void): void {
  visit(node)
  for (const child of Object.values(node.states) as AnyStateNode[]) walk(child, visit)
}

function list(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function checkActions(actions: unknown, at: string, problems: string[]): void {
  for (const action of list(actions)) if (typeof action !== 'string') problems.push(`${at}: actions must be names`)
}
