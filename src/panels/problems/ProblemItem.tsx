import type { LogicalId, Scenario } from '../../model/scenario'
import type { Fix, Problem } from '../../services/service'
import { Button } from '../../ui/Button'
import { Glyph, type GlyphName } from '../../ui/glyphs'
import { placeOf } from './problem-list'
import './problems.css'

const GLYPHS: { readonly [severity in Problem['severity']]: GlyphName } = {
  error: 'error',
  warning: 'warning',
  info: 'info',
}
const WORDS: { readonly [severity in Problem['severity']]: string } = {
  error: 'Error',
  warning: 'Warning',
  info: 'Note',
}

interface ProblemItemProps {
  problem: Problem
  scenario: Scenario
  /** Without it the place is not shown (the list already stands at the resource). */
  onGo?: ((path: string, resource: LogicalId | null) => void) | undefined
  onFix?: ((fix: Fix) => void) | undefined
}

/** One problem: what is wrong, where, and the button that repairs it. */
export function ProblemItem({ problem, scenario, onGo, onFix }: ProblemItemProps) {
  const place = placeOf(problem.path, scenario)
  const { fix } = problem
  return (
    <li className="problem" data-severity={problem.severity}>
      <Glyph name={GLYPHS[problem.severity]} label={WORDS[problem.severity]} />
      <div className="grow">
        <p>{problem.message}</p>
        {onGo && (
          <button type="button" className="ui-link problem-place" onClick={() => onGo(problem.path, place.resource)}>
            {place.text}
          </button>
        )}
      </div>
      {fix && onFix && (
        <Button size="sm" onClick={() => onFix(fix)}>
          {fix.title}
        </Button>
      )}
    </li>
  )
}
