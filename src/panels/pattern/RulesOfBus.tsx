import { oneLine } from './from-event'
import type { LogicalId, Scenario } from '../../model/scenario'
import { ref } from '../../network/read'
import { Section } from '../../ui/Section'
import { pointer } from '../inspector/patches'
import type { Building } from '../inspector/types'
import { nameOf } from '../inspector/words'

interface RulesOfBusProps {
  bus: LogicalId
  scenario: Scenario
  onOpen: (rule: LogicalId) => void
  onBuild: ((building: Building) => void) | undefined
}

/** The rules of a bus: each opens, and so does its pattern or schedule. */
export default function RulesOfBus({ bus, scenario, onOpen, onBuild }: RulesOfBusProps) {
  const rules = Object.entries(scenario.resources).filter(
    ([, { Type, Properties }]) => Type === 'AWS::Events::Rule' && ref(Properties?.['EventBusName']) === bus,
  )
  if (rules.length === 0) return null
  return (
    <Section title="Rules" end={<span className="xs num">{rules.length}</span>}>
      <ul aria-label={`Rules of ${nameOf(bus, scenario)}`}>
        {rules.map(([id, { Properties = {} }]) => {
          const pattern = Properties['EventPattern']
          const schedule = Properties['ScheduleExpression']
          const [tool, property] =
            pattern === undefined && typeof schedule === 'string'
              ? (['schedule', 'ScheduleExpression'] as const)
              : (['pattern', 'EventPattern'] as const)
          const path = pointer(['resources', id, 'Properties', property])
          return (
            <li key={id} className="insp-rule">
              <button type="button" className="ui-link" onClick={() => onOpen(id)}>
                {nameOf(id, scenario)}
              </button>
              {onBuild && (
                <button
                  type="button"
                  className="ui-link xs"
                  aria-label={`Edit the ${tool} of ${nameOf(id, scenario)}`}
                  onClick={() => onBuild({ tool, resource: id, path })}
                >
                  Edit {tool}
                </button>
              )}
              <p className="mono xxs dim truncate">
                {pattern === undefined ? String(schedule ?? '') : oneLine(pattern)}
              </p>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
