import { useMemo, useState } from 'react'
import type { Scenario } from '../../../model/scenario'
import type { Fix, Hop, Query } from '../../../network'
import { EmptyState } from '../../../ui/EmptyState'
import { Segmented } from '../../../ui/Segmented'
import { Hops } from './Hops'
import { Matrix } from './Matrix'
import type { PropertyAt } from './property'
import { propertyAt } from './property'
import { answerOf, firstQuestion, INTERNET, networkOf, stands } from './question'
import { QuestionBar } from './QuestionBar'
import { Verdict } from './Verdict'
import './reach.css'

export interface ReachProps {
  scenario: Scenario
  nameOf: (id: string) => string
  /** Null until somebody asks; then the first function and the internet are asked about. */
  query: Query | null
  onQuery: (query: Query) => void
  /** Where the walk on the canvas stands. */
  hop: number | null
  onHop: (hop: number | null) => void
  onProperty: (at: PropertyAt) => void
  onFix: ((fix: Fix) => void) | undefined
}

/** Can it get there? One pair with every gate, or everyone to everyone. */
export default function Reach(props: ReachProps) {
  const { scenario, query: asked, onQuery, hop, onHop, onProperty, onFix } = props
  const [view, setView] = useState<'pair' | 'all'>('pair')
  const network = networkOf(scenario)
  const query = useMemo(
    () => (asked !== null && stands(network, asked) ? asked : firstQuestion(network)),
    [asked, network],
  )
  const nameOf = (id: string): string => (id === INTERNET ? 'the internet' : props.nameOf(id))
  if (query === null)
    return (
      <EmptyState>
        Nothing here sends packets yet. Place a function or a client, and ask whether it gets through.
      </EmptyState>
    )
  const verdict = answerOf(network, query)
  const propertyOf = (each: Hop): (() => void) | null => {
    const at = propertyAt(each, query, scenario)
    return at === null ? null : () => onProperty(at)
  }
  const blocking = verdict.hops.find(({ passed }) => !passed)
  const walkTo = (index: number): void => {
    if (asked !== query) onQuery(query)
    onHop(index)
  }
  const choice = (
    <Segmented
      label="Reachability of"
      value={view}
      options={[
        { value: 'pair', label: 'One pair' },
        { value: 'all', label: 'Everyone' },
      ]}
      onChange={setView}
    />
  )
  const ask = (next: Query): void => {
    onHop(null)
    onQuery(next)
    setView('pair')
  }
  return (
    <div className="rc">
      {view === 'all' ? (
        <Matrix network={network} nameOf={nameOf} onPick={ask} choice={choice} />
      ) : (
        <>
          <div className="rc-bar">
            {choice}
            <QuestionBar network={network} query={query} nameOf={props.nameOf} onQuery={ask} />
          </div>
          <div className="rc-pair">
            <Verdict
              network={network}
              query={query}
              verdict={verdict}
              nameOf={nameOf}
              onWalk={() => walkTo(0)}
              onQuery={onQuery}
              onProperty={blocking === undefined ? null : propertyOf(blocking)}
              onFix={onFix}
            />
            <Hops
              direction="forward"
              empty="Nobody checks it on the way."
              {...{ hops: verdict.hops, at: hop, onWalk: walkTo, propertyOf, nameOf }}
            />
            <Hops
              direction="return"
              empty={
                verdict.reachable
                  ? 'Nothing checks it. Security groups remember the connection and let the reply through.'
                  : 'Not checked: the request does not arrive.'
              }
              {...{ hops: verdict.hops, at: hop, onWalk: walkTo, propertyOf, nameOf }}
            />
          </div>
        </>
      )}
    </div>
  )
}
