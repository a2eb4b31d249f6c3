import { Fragment, useMemo, useState } from 'react'
import type { Scenario } from '../../../model/scenario'
import { Button } from '../../../ui/Button'
import { Chain } from '../../../ui/Chain'
import { EmptyState } from '../../../ui/EmptyState'
import { Section } from '../../../ui/Section'
import type { Fix } from '../../../services/service'
import type { Building, EditHandler, Row, RunQueries } from '../types'
import { span } from '../words'
import { explain } from './explain'
import { missedPattern } from './missed'
import { fixesOf, type Trouble } from './remedies'

interface WhyPanelProps {
  row: number
  scenario: Scenario
  run: RunQueries
  readOnly: boolean
  onEdit: EditHandler
  onSeek: (t: number) => void
  /** Opens the JSON of the event a row belongs to. */
  onEvent?: ((row: number) => void) | undefined
  /** Opens the builder of a property. */
  onBuild?: ((building: Building) => void) | undefined
  /** Goes back to what was selected before; absent where the chain is part of another panel. */
  onClose?: (() => void) | undefined
}

/** Why a row of the recording happened: its causes in order, and what can be done about it. */
export function WhyPanel({ row, scenario, run, readOnly, onEdit, onSeek, onEvent, onBuild, onClose }: WhyPanelProps) {
  const [unfolded, setUnfolded] = useState(false)
  const rows = useMemo(() => run.causes(row), [run, row])
  const explanation = useMemo(() => explain(rows, (each) => run.told(each), unfolded), [run, rows, unfolded])
  const fixes = useMemo(() => (readOnly ? [] : fixesFor(rows, run, scenario)), [rows, run, scenario, readOnly])
  const missed = useMemo(() => missedPattern(rows, run, scenario), [rows, run, scenario])
  const first = rows[0]
  const last = rows.at(-1)
  if (last === undefined) {
    return <EmptyState>The run does not hold this moment any more. Choose it again on the timeline.</EmptyState>
  }
  return (
    <Section
      title={`Why? ${explanation.headline}`}
      glyph="why"
      className="insp-why"
      end={<span className="xs num">{explanation.took > 0 ? span(explanation.took) : ''}</span>}
    >
      <Chain label={`Why? ${explanation.headline}`} steps={explanation.steps} />
      {explanation.folded > 0 && (
        <Button size="sm" variant="quiet" onClick={() => setUnfolded(true)}>
          Show {explanation.folded} steps between
        </Button>
      )}
      {explanation.sources.length > 0 && (
        <p className="xs faint insp-hint">
          Source:{' '}
          {explanation.sources.map((source, index) => (
            <Fragment key={source}>
              {index > 0 && ', '}
              {source.includes('/') ? (
                <a className="ui-link" href={`https://${source}`} target="_blank" rel="noreferrer">
                  {pageOf(source)}
                </a>
              ) : (
                source
              )}
            </Fragment>
          ))}
        </p>
      )}
      <div className="insp-fixes">
        {missed && onBuild && <Button onClick={() => onBuild(missed)}>Which field missed?</Button>}
        {fixes.map((fix) => (
          <Button key={fix.title} onClick={() => onEdit(fix.title, fix.patches)}>
            {fix.title}
          </Button>
        ))}
        {first !== undefined && first.at < last.at && (
          <Button variant="quiet" onClick={() => onSeek(first.at)}>
            Go to the first cause
          </Button>
        )}
        <Button variant="quiet" onClick={() => onSeek(last.at)}>
          Go to this moment
        </Button>
        {onEvent && last.trace >= 0 && (
          <Button variant="quiet" onClick={() => onEvent(last.index)}>
            Show its JSON
          </Button>
        )}
        {onClose && (
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
        )}
      </div>
    </Section>
  )
}

const MOST = 3

/** `load-balancer-troubleshooting` of the address of a page. */
const pageOf = (address: string): string => (address.split('/').at(-1) ?? address).replace(/\.html$/, '')

/** Remedies for the reasons in the chain, the newest first. */
function fixesFor(rows: readonly Row[], run: RunQueries, scenario: Scenario): readonly Fix[] {
  const troubles = [...rows].reverse().flatMap((row): Trouble[] => {
    const code = run.reasonOf(row)
    const resource = run.resource(row.resource)
    if (code === null || resource === undefined) return []
    return [
      code.startsWith('call.')
        ? { code, resource, wire: run.wire(row.subject) }
        : { code, resource, subject: run.resource(row.subject) },
    ]
  })
  return fixesOf(troubles, scenario).slice(0, MOST)
}
