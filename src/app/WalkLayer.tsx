import { useCallback } from 'react'
import { useStore } from 'zustand'
import type { Marks } from '../canvas'
import Walk from '../canvas/walk/Walk'
import { nameIn } from '../drawing'
import type { Hop } from '../network'
import { propertyAt } from '../panels/dock/reach/property'
import { answerOf, networkOf, stands } from '../panels/dock/reach/question'
import { openProperty } from './reach'
import type { Workspace } from './workspace'

/** The packet walk over the canvas, wired. */
export default function WalkLayer({ workspace, onMarks }: { workspace: Workspace; onMarks: (marks?: Marks) => void }) {
  const { session, ui } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const query = useStore(ui, (state) => state.query)
  const hop = useStore(ui, (state) => state.hop)
  const onHop = useCallback((next: number | null) => ui.setState({ hop: next }), [ui])
  if (query === null || hop === null) return null
  const network = networkOf(scenario)
  if (!stands(network, query)) return null
  return (
    <Walk
      key={`${query.from} ${query.to}`}
      drawing={workspace.picture(scenario)}
      network={network}
      query={query}
      verdict={answerOf(network, query)}
      hop={hop}
      onHop={onHop}
      onMarks={onMarks}
      propertyOf={(each: Hop) => {
        const at = propertyAt(each, query, scenario)
        return at === null ? null : () => openProperty(workspace, at)
      }}
      nameOf={(id) => (id === 'internet' ? 'the internet' : nameIn(id, scenario))}
    />
  )
}
