import { useEffect, useState } from 'react'
import { reach, type Fix, type Network, type Query, type Trace } from '../../../network'
import { defaultPort, own } from '../../../network/placements'
import { Button } from '../../../ui/Button'
import { Glyph } from '../../../ui/glyphs'
import { flowText } from './question'

interface VerdictProps {
  network: Network
  query: Query
  verdict: Trace
  nameOf: (id: string) => string
  onWalk: () => void
  onQuery: (query: Query) => void
  /** Goes to the property that decided; null where there is none. */
  onProperty: (() => void) | null
  /** Absent where nothing may be edited. */
  onFix: ((fix: Fix) => void) | undefined
}

/** The answer in one line, why, and what would open the path. */
export function Verdict(props: VerdictProps) {
  const { network, query, verdict, nameOf, onWalk, onProperty, onFix } = props
  const { reachable, code, hops, explanation } = verdict
  const fixes = useFixes(network, query, reachable)
  const port = query.port ?? defaultPort(own(network.scenario, query.to))
  const blocked = hops.findIndex(({ passed }) => !passed)
  const back = hops[blocked]?.direction === 'return'
  const heading = reachable ? 'Reachable' : `Blocked at gate ${blocked + 1}${back ? ', on the way back' : ''}`
  return (
    <section className="rc-verdict" aria-label="Verdict" data-good={reachable}>
      <div className="rc-head">
        <span className="rc-sign">
          <Glyph name={reachable ? 'reachable' : 'blocked'} size={20} />
        </span>
        <div className="grow">
          <p className="rc-word" role="status">
            {heading}
          </p>
          <p className="xs dim truncate">
            {nameOf(query.from)} to {nameOf(query.to)}, {flowText(query, port)}
          </p>
        </div>
        <Button variant="primary" glyph="play" disabled={hops.length === 0} onClick={onWalk}>
          Walk
        </Button>
      </div>
      <p className="rc-why">{explanation}</p>
      {!reachable && (
        <p className="rc-code">
          <span className="mono xs">{code}</span>
          {onProperty && (
            <button type="button" className="ui-link xs" onClick={onProperty}>
              Go to the property
            </button>
          )}
        </p>
      )}
      <Sources {...props} />
      {!reachable && fixes !== null && (
        <div className="rc-fixes">
          <h3>{fixes.length === 0 ? 'No single edit opens it' : 'What opens it'}</h3>
          <ul>
            {fixes.map((fix) => (
              <li key={fix.title}>
                {onFix === undefined ? (
                  fix.title
                ) : (
                  <button type="button" className="rc-fix" onClick={() => onFix(fix)}>
                    <span className="grow">{fix.title}</span>
                    <span className="rc-apply">Apply</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** A sender in several subnets: what each of its interfaces sees. */
function Sources({ query, verdict, onQuery }: VerdictProps) {
  if (verdict.sources.length < 2 && query.interface === undefined) return null
  const { interface: only, ...rest } = query
  return (
    <div className="rc-sources" role="group" aria-label="Interface of the sender">
      <span className="dim">from</span>
      {only !== undefined && (
        <Button size="sm" onClick={() => onQuery(rest)}>
          all interfaces
        </Button>
      )}
      {verdict.sources.map((source) => (
        <Button
          key={source.interface}
          size="sm"
          glyph={source.reachable ? 'reachable' : 'blocked'}
          aria-pressed={only === source.interface}
          onClick={() => onQuery({ ...query, interface: source.interface })}
        >
          {source.subnet}
        </Button>
      ))}
    </div>
  )
}

/** Fixes are searched after the verdict is on screen: each is tried on a network of its own. */
function useFixes(network: Network, query: Query, reachable: boolean): readonly Fix[] | null {
  const [found, setFound] = useState<{ network: Network; query: Query; fixes: readonly Fix[] } | null>(null)
  useEffect(() => {
    if (reachable) return
    const timer = setTimeout(() => setFound({ network, query, fixes: reach(network, query).fixes }), 30)
    return () => clearTimeout(timer)
  }, [network, query, reachable])
  return found?.network === network && found.query === query ? found.fixes : null
}
