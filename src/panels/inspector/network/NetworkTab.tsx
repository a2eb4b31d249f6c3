import { lazy, Suspense, useMemo } from 'react'
import type { LogicalId, Scenario } from '../../../model/scenario'
import { fields, type Field } from '../../../gate'
import { buildNetwork, hyperplaneEnis, reach, type Verdict } from '../../../network'
import type { Fix } from '../../../services/service'
import { Button } from '../../../ui/Button'
import { Glyph } from '../../../ui/glyphs'
import { Section } from '../../../ui/Section'
import { callsOf, type Call } from '../access/calls'
import { FormField } from '../form/FormField'
import { pointer, setPatches, valueAt } from '../patches'
import type { EditHandler, InspectorProps } from '../types'
import { nameOf, shortAction } from '../words'

const TwoVpcs = lazy(() => import('./TwoVpcs'))

type Props = Pick<InspectorProps, 'run' | 'playhead' | 'onAsk'> & {
  id: LogicalId
  scenario: Scenario
  /** With defaults, for the analysis. */
  normalised: Scenario
  readOnly: boolean
  onEdit: EditHandler
}

/** Where a function stands in the network, and whether its calls arrive. */
export function NetworkTab({ id, scenario, normalised, readOnly, run, playhead, onEdit, onAsk }: Props) {
  const vpc: Field | undefined = fields('AWS::Lambda::Function', 'Properties').find(({ name }) => name === 'VpcConfig')
  const path = ['resources', id, 'Properties', 'VpcConfig']
  const config = valueAt(scenario, path)
  const enis = useMemo(
    () => hyperplaneEnis(normalised).filter(({ functions }) => functions.includes(id)),
    [normalised, id],
  )
  const verdicts = useMemo(() => verdictsOf(id, normalised), [normalised, id])
  return (
    <>
      <Suspense fallback={null}>
        <TwoVpcs id={id} scenario={scenario} enis={enis} run={run} playhead={playhead} />
      </Suspense>
      <Section title="Place">
        {vpc && (
          <FormField
            field={vpc}
            value={config}
            path={pointer(path)}
            onChange={(next) => onEdit(`VpcConfig of ${nameOf(id, scenario)}`, setPatches(scenario, path, next))}
          />
        )}
      </Section>
      <Section title="Do its calls arrive?">
        {verdicts.length === 0 ? (
          <p className="xs dim">{nameOf(id, scenario)} calls nothing yet.</p>
        ) : (
          <ul className="insp-verdicts">
            {verdicts.map(({ call, verdict }) => (
              <ReachRow
                key={`${call.to} ${call.port}`}
                call={call}
                verdict={verdict}
                scenario={scenario}
                readOnly={readOnly}
                onEdit={onEdit}
                onWalk={onAsk && (() => onAsk({ from: id, to: call.to, port: call.port }, true))}
              />
            ))}
          </ul>
        )}
        {onAsk && (
          <Button size="sm" onClick={() => onAsk({ from: id, to: 'internet' })}>
            Ask about others
          </Button>
        )}
        <p className="xs faint insp-hint">
          This is the network only. Whether the role may make a call is under Access.
        </p>
      </Section>
    </>
  )
}

/** One verdict per target and port; pollers and failed events travel outside the function's network. */
function verdictsOf(id: LogicalId, scenario: Scenario): { call: Call; verdict: Verdict }[] {
  const network = buildNetwork(scenario)
  const seen = new Set<string>()
  return callsOf(id, scenario)
    .filter(({ by, to, port }) => by === 'code' && !seen.has(`${to} ${port}`) && seen.add(`${to} ${port}`))
    .map((call) => ({ call, verdict: reach(network, { from: id, to: call.to, port: call.port }) }))
}

interface ReachRowProps {
  call: Call
  verdict: Verdict
  scenario: Scenario
  readOnly: boolean
  onEdit: EditHandler
  /** Sends the packet over the canvas. */
  onWalk: (() => void) | undefined
}

function ReachRow({ call, verdict, scenario, readOnly, onEdit, onWalk }: ReachRowProps) {
  const passed = verdict.hops.filter((hop) => hop.passed).length
  return (
    <li className="insp-verdict" data-good={verdict.reachable}>
      <Glyph name={verdict.reachable ? 'reachable' : 'blocked'} label={verdict.reachable ? 'Reachable' : 'Blocked'} />
      <div className="grow">
        <p>
          <span className="medium">{nameOf(call.to, scenario)}</span>{' '}
          <span className="dim">
            {shortAction(call.action)}, port {call.port}
          </span>
        </p>
        <p className="xs dim">{verdict.explanation}</p>
        {!verdict.reachable && (
          <p className="xs">
            <span className="mono xxs">{verdict.code}</span> <span className="faint">after {passed} open gates</span>
          </p>
        )}
        <div className="insp-fixes">
          {onWalk && (
            <Button size="sm" onClick={onWalk}>
              Walk the packet
            </Button>
          )}
          {!readOnly &&
            verdict.fixes.map((fix: Fix) => (
              <Button key={fix.title} size="sm" onClick={() => onEdit(fix.title, fix.patches)}>
                {fix.title}
              </Button>
            ))}
        </div>
      </div>
    </li>
  )
}
