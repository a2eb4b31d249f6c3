import type { Scenario } from '../../../model/scenario'
import { stored } from '../logs/small.fixture'
import { outcomeOf, type TraceTree } from './segment'
import { traceOf } from './trace'
import { TraceIndex } from './traceIndex'

/** The traces of a scenario's run. `slice`: rows judged at a time. */
export function tracesOf(scenario: Scenario, slice = 7) {
  const { store, documents } = stored(scenario)
  const index = new TraceIndex(store.shown, scenario)
  while (!index.complete) index.scan(slice)
  const trees = Array.from({ length: index.length }, (_, place) => traceOf(index, documents, place))
  const names = store.head.resources
  return { index, trees, documents, names, tree: trees[0]! }
}

/** A trace as indented lines: `Invocation 101-151 fault`, times in ms, segments of their own with their origin in front. */
export function outline({ segments }: TraceTree): string[] {
  return segments.map((segment) => {
    const { depth, own, origin, name, start, end, status, notes } = segment
    const what = own || origin === 'phase' ? name : `${origin} ${name}`
    const time = `${start / 1_000}-${end === null ? '' : end / 1_000}`
    const facts = [own ? `${origin}:` : null, what, time, status, ...notes, outcomeOf(segment)]
    return '  '.repeat(depth) + facts.filter((fact) => fact !== null).join(' ')
  })
}
