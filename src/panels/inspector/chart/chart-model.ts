/** A statechart as states and arrows, read from the machine that runs. */
import type { AnyStateMachine, AnyStateNode } from 'xstate'

export interface ChartState {
  /** `.`-joined path, as in recordings: `warm.busy`. */
  readonly path: string
  readonly name: string
  readonly final: boolean
  readonly children: readonly ChartState[]
}

export interface ChartArrow {
  readonly from: string
  readonly to: string
  /** Events in declaration order: `done`, `after idle`, `failed [retry left]`. */
  readonly labels: readonly string[]
}

export interface ChartModel {
  readonly states: readonly ChartState[]
  /** Leaf the machine starts in. */
  readonly initial: string
  readonly arrows: readonly ChartArrow[]
}

export function chartModel(machine: AnyStateMachine): ChartModel {
  const root = machine.root as AnyStateNode
  const arrows = new Map<string, { from: string; to: string; labels: string[] }>()
  const visit = (node: AnyStateNode): ChartState => {
    const path = node.path.join('.')
    for (const { event, guard, target } of transitionsOf(node)) {
      const key = `${path}>${target}`
      const arrow = arrows.get(key) ?? { from: path, to: target, labels: [] }
      const label = guard === '' ? event : `${event} [${guard}]`
      if (!arrow.labels.includes(label)) arrow.labels.push(label)
      arrows.set(key, arrow)
    }
    return { path, name: node.key, final: node.type === 'final', children: childrenOf(node).map(visit) }
  }
  const states = childrenOf(root).map(visit)
  return { states, initial: leaf(root), arrows: [...arrows.values()] }
}

const childrenOf = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states) as AnyStateNode[]

function leaf(node: AnyStateNode): string {
  let at = node
  for (let next = initialOf(at); next !== undefined; next = initialOf(at)) at = next
  return at.path.join('.')
}

const initialOf = (node: AnyStateNode): AnyStateNode | undefined =>
  childrenOf(node).length === 0 ? undefined : (node.initial.target[0] as AnyStateNode | undefined)

function transitionsOf(node: AnyStateNode): { event: string; guard: string; target: string }[] {
  const all = [...node.transitions.values()].flat().concat(node.always ?? [])
  return all.flatMap(({ eventType, guard, target }) =>
    (target ?? []).map((to) => ({
      event: eventText(eventType),
      guard: typeof guard === 'string' ? guard : '',
      target: (to as AnyStateNode).path.join('.'),
    })),
  )
}

/** `xstate.after.IDLE.environment.warm.idle` -> `after idle`; a transition without event is `always`. */
function eventText(type: string): string {
  const after = /^xstate\.after\.(.*?)\./.exec(type)
  return after ? `after ${(after[1] ?? '').replaceAll('_', ' ').toLowerCase()}` : type === '' ? 'always' : type
}
