import { useStore } from 'zustand'
import { nameIn } from '../drawing'
import Reach from '../panels/dock/reach/Reach'
import { patchRecipe } from '../panels/problems/applyPatches'
import { openProperty } from './reach'
import type { Workspace } from './workspace'

/** The reachability tab of the dock, wired. */
export default function ReachTab({ workspace, readOnly }: { workspace: Workspace; readOnly: boolean }) {
  const { session, ui } = workspace
  const scenario = useStore(session.history.store, (state) => state.document)
  const query = useStore(ui, (state) => state.query)
  const hop = useStore(ui, (state) => state.hop)
  return (
    <Reach
      scenario={scenario}
      nameOf={(id) => nameIn(id, scenario)}
      query={query}
      onQuery={(next) => ui.setState({ query: next })}
      hop={hop}
      onHop={(next) => ui.setState({ hop: next })}
      onProperty={(at) => openProperty(workspace, at)}
      onFix={readOnly ? undefined : (fix) => session.history.edit(fix.title, patchRecipe(fix.patches))}
    />
  )
}
