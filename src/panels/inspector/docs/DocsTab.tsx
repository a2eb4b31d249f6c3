import { useEffect, useState } from 'react'
import { factValue, type Fact } from '../../../model/facts'
import type { Scenario } from '../../../model/scenario'
import { serviceOf } from '../../../services'
import { KINDS } from '../../../services/kinds'
import { NumberField } from '../../../ui/NumberField'
import { Section } from '../../../ui/Section'
import { Tag } from '../../../ui/Tag'
import { setPatches } from '../patches'
import type { EditHandler } from '../types'
import { digits, durationText } from '../words'
import { Markdown } from './Markdown'

const GUIDES = import.meta.glob<string>('../../../services/*/guide.md', { query: '?raw', import: 'default' })

interface DocsTabProps {
  type: string
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
}

/** What the service is, and every number the run takes from AWS, with its source. */
export function DocsTab({ type, scenario, readOnly, onEdit }: DocsTabProps) {
  const service = serviceOf(type)
  const guide = useGuide(service?.id)
  const facts = Object.values(service?.facts ?? {})
  return (
    <>
      <Section title={service?.title ?? type}>
        <p className="dim insp-hint">{KINDS[type]?.summary}</p>
        {guide && <Markdown text={guide} />}
      </Section>
      {facts.length > 0 && (
        <Section title="Numbers it runs on" end={<span className="xs faint">{scenario.profile}</span>}>
          <ul className="insp-facts">
            {facts.map((fact) => (
              <FactRow key={fact.key} fact={fact} scenario={scenario} readOnly={readOnly} onEdit={onEdit} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function useGuide(service: string | undefined): string | null {
  const [guide, setGuide] = useState<{ service: string; text: string } | null>(null)
  useEffect(() => {
    const load = service === undefined ? undefined : GUIDES[`../../../services/${service}/guide.md`]
    let here = true
    if (service !== undefined && load) void load().then((text) => here && setGuide({ service, text }))
    return () => {
      here = false
    }
  }, [service])
  return guide !== null && guide.service === service ? guide.text.replace(/^#\s.*\n/, '') : null
}

function FactRow({
  fact,
  scenario,
  readOnly,
  onEdit,
}: {
  fact: Fact
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
}) {
  const own = scenario.facts?.[fact.key]
  const value = factValue(fact, scenario.profile)
  const unit = fact.unit === 'count' || fact.unit === 'ratio' ? '' : fact.unit
  const edit = (next: number | undefined) =>
    onEdit(`Set ${fact.title}`, setPatches(scenario, ['facts', fact.key], next), fact.key)
  return (
    <li className="insp-fact">
      <div className="row">
        <span className="grow">{fact.title}</span>
        {fact.configurable && !readOnly ? (
          <span className="insp-fact-value">
            <NumberField
              aria-label={fact.title}
              value={own}
              min={fact.configurable.min}
              max={fact.configurable.max}
              unit={unit || undefined}
              placeholder={typeof value === 'number' ? digits(value) : 'varies'}
              onCommit={edit}
              onClear={() => edit(undefined)}
            />
          </span>
        ) : (
          <span className="num">{factText(own ?? value, unit)}</span>
        )}
      </div>
      <p className="xs faint">
        {typeof value !== 'number' && `${durationText(value, unit)}. `}
        {fact.rows.join(', ')} · {fact.asOf}{' '}
        {fact.confidence === 'verified' ? 'on an AWS page' : <Tag>{fact.confidence}</Tag>}
      </p>
    </li>
  )
}

const factText = (value: Parameters<typeof durationText>[0], unit: string): string =>
  typeof value === 'number'
    ? `${Math.abs(value) < 0.001 && value !== 0 ? value.toPrecision(3) : digits(value)} ${unit}`
    : 'varies'
