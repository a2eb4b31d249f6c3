import { oneLine } from './from-event'
import type { LogicalId, Scenario } from '../../model/scenario'
import { ref } from '../../network/read'
import { Section } from '../../ui/Section'
import { pointer } from '../inspector/patches'
import type { Building } from '../inspector/types'
import { nameOf } from '../inspector/words'

interface RowsOfProps {
  /** A bus or a topic. */
  id: LogicalId
  scenario: Scenario
  onOpen: (row: LogicalId) => void
  onBuild: ((building: Building) => void) | undefined
}

const RULES = { title: 'Rules', type: 'AWS::Events::Rule', of: 'EventBusName', filter: 'EventPattern' }
const SUBSCRIPTIONS = { title: 'Subscriptions', type: 'AWS::SNS::Subscription', of: 'TopicArn', filter: 'FilterPolicy' }

/** The rules of a bus, the subscriptions of a topic: each opens, and so does its pattern or schedule. */
export default function RowsOf({ id: owner, scenario, onOpen, onBuild }: RowsOfProps) {
  const { title, type, of, filter } = scenario.resources[owner]?.Type === 'AWS::SNS::Topic' ? SUBSCRIPTIONS : RULES
  const rows = Object.entries(scenario.resources).filter(
    ([, { Type, Properties }]) => Type === type && ref(Properties?.[of]) === owner,
  )
  if (rows.length === 0) return null
  return (
    <Section title={title} end={<span className="xs num">{rows.length}</span>}>
      <ul aria-label={`${title} of ${nameOf(owner, scenario)}`}>
        {rows.map(([id, { Properties = {} }]) => {
          const pattern = Properties[filter]
          const schedule = Properties['ScheduleExpression']
          const [tool, property] =
            pattern === undefined && typeof schedule === 'string'
              ? (['schedule', 'ScheduleExpression'] as const)
              : (['pattern', filter] as const)
          const verb = tool === 'schedule' ? 'Build' : 'Edit'
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
                  aria-label={`${verb} the ${tool} of ${nameOf(id, scenario)}`}
                  onClick={() => onBuild({ tool, resource: id, path })}
                >
                  {verb} {tool}
                </button>
              )}
              <p className="mono xxs dim truncate">
                {pattern === undefined ? String(schedule ?? 'every message') : oneLine(pattern)}
              </p>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
