import type { LogicalId, Scenario } from '../../model/scenario'
import type { Fix, Problem } from '../../services/service'
import { EmptyState } from '../../ui/EmptyState'
import { bySeverity, problemCounts } from './problem-list'
import { ProblemItem } from './ProblemItem'
import './problems.css'

export interface ProblemsProps {
  scenario: Scenario
  problems: readonly Problem[]
  readOnly?: boolean | undefined
  /** Opens the place: `path` is a JSON pointer into the document, `resource` what to select (null: the scenario). */
  onGo: (path: string, resource: LogicalId | null) => void
  /** Applies `fix.patches` (see `patchRecipe`) as one step labelled `fix.title`. */
  onFix: (fix: Fix) => void
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** All problems of the document, errors first. */
export function Problems({ scenario, problems, readOnly = false, onGo, onFix }: ProblemsProps) {
  if (problems.length === 0) {
    return (
      <EmptyState>No problems. Wrong values, missing permissions and unsafe settings would be listed here.</EmptyState>
    )
  }
  const { error, warning, info } = problemCounts(problems)
  return (
    <div className="problems">
      <p className="visually-hidden">
        {counted(error, 'error')}, {counted(warning, 'warning')}, {counted(info, 'note')}.
      </p>
      <ol className="problem-list" aria-label="Problems">
        {bySeverity(problems).map((problem) => (
          <ProblemItem
            key={`${problem.path} ${problem.message}`}
            problem={problem}
            scenario={scenario}
            onGo={onGo}
            onFix={readOnly ? undefined : onFix}
          />
        ))}
      </ol>
    </div>
  )
}
