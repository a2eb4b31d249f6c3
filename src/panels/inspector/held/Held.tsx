import type { LogicalId, Scenario } from '../../../model/scenario'
import { Section } from '../../../ui/Section'
import type { Clock, Held as HeldThing, RunQueries } from '../types'
import { useNow } from '../use-now'
import { versionsOf } from '../versions/releases'
import { heldText } from './held'

const WHERE: { readonly [scope in HeldThing['scope']]: string } = {
  global: 'Global',
  handler: 'Handler',
  connection: 'Connection',
  tmp: '/tmp',
}
/** Environments listed; a busy function has hundreds. */
const MOST = 8

interface HeldProps {
  id: LogicalId
  scenario: Scenario
  run: RunQueries
  playhead: Clock
}

/** What each environment of a function holds at the playhead (LAM-21). */
export default function Held({ id, scenario, run, playhead }: HeldProps) {
  const now = useNow(playhead)
  const held = [id, ...versionsOf(id, scenario)].flatMap((own) =>
    run.heldBy(own, now).map((one) => (own === id ? one : { ...one, environment: `${own} ${one.environment}` })),
  )
  if (held.length === 0) return null
  const environments = [...new Set(held.map(({ environment }) => environment))]
  return (
    <Section title="In the environments">
      <ul className="insp-verdicts">
        {environments.slice(0, MOST).map((environment) => (
          <li key={environment} className="insp-verdict">
            <span className="mono xs medium">{environment}</span>
            <dl className="insp-held xs grow">
              {held
                .filter((one) => one.environment === environment)
                .map((one) => (
                  <div key={`${one.scope} ${one.name}`}>
                    <dt className="dim">{WHERE[one.scope]}</dt>
                    <dd className="num">{heldText(one)}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
      {environments.length > MOST && <p className="xs dim">And {environments.length - MOST} more environments.</p>}
    </Section>
  )
}
