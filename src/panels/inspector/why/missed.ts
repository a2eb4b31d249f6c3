import { RowKind } from '../../../model/recording'
import type { Scenario } from '../../../model/scenario'
import { pointer, valueAt } from '../patches'
import type { Building, Row, RunQueries } from '../types'

type Run = Pick<RunQueries, 'reasonOf' | 'resource' | 'wire'>

/** The pattern that let nothing through, with the event that came to it, when that is what the last row tells; null otherwise. */
export function missedPattern(rows: readonly Row[], run: Run, scenario: Scenario): Building | null {
  const last = rows.at(-1)
  if (last === undefined) return null
  const at = run.resource(last.resource)
  const subject = run.resource(last.subject)
  if (at === undefined) return null
  const came = (): number | undefined =>
    rows.findLast((row) => row.kind === RowKind.hop && run.wire(row.subject)?.to === at)?.index
  const property = (id: string, ...names: readonly (string | number)[]): Building | null => {
    const keys = ['resources', id, 'Properties', ...names]
    return valueAt(scenario, keys) === undefined
      ? null
      : { tool: 'pattern', resource: id, path: pointer(keys), row: came() }
  }
  switch (run.reasonOf(last)) {
    case 'eventbridge.unmatched':
      return { tool: 'pattern', resource: at, path: '', row: came() }
    case 'sns.filteredOut':
      return subject === undefined ? null : property(subject, 'FilterPolicy')
    case 'lambda.filteredOut':
      return property(at, 'FilterCriteria', 'Filters', 0, 'Pattern')
    default:
      return null
  }
}
