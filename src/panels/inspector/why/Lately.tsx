import type { LogicalId, Scenario } from '../../../model/scenario'
import { Section } from '../../../ui/Section'
import type { Clock, RunQueries } from '../types'
import { useNow } from '../use-now'
import { nameOf } from '../words'
import { newestOfEach } from './newest'

interface LatelyProps {
  id: LogicalId
  scenario: Scenario
  run: RunQueries
  playhead: Clock
  onWhy: (row: number) => void
}

const SHOWN = 3
/** Decisions looked at for them. */
const LOOKED = 200
const SOURCES = /\s*\((?:[A-Z]{2,}[A-Z-]*-\d+(?:,\s*)?)+\)/g

/** The newest decisions about a resource at the playhead, each with its "Why?". */
export function Lately({ id, scenario, run, playhead, onWhy }: LatelyProps) {
  const now = useNow(playhead)
  const reasons = newestOfEach(run.lastReasons(id, now, LOOKED), SHOWN)
  if (reasons.length === 0) return null
  return (
    <Section title="Lately" glyph="why" className="insp-last">
      <ol className="insp-verdicts" aria-label={`What ${nameOf(id, scenario)} decided`}>
        {reasons.map(({ row: index }) => {
          const row = run.rowAt(index)
          if (row === undefined) return null
          const told = run.told(row)
          return (
            <li key={index} className="insp-verdict">
              <span className="mono xxs faint insp-time">{told.time}</span>
              <p className="grow xs">{told.text.replaceAll(SOURCES, '')}</p>
              <button
                type="button"
                className="ui-link xs"
                aria-label={`Why? ${told.text}`}
                onClick={() => onWhy(index)}
              >
                Why?
              </button>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}
